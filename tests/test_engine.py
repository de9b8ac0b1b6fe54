"""The engine on whole posts: order, guards, hostile input, and the law of the prefilter."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path

import pytest
from agreement import pack_of, phrase, rule_of, tokenizer
from hypothesis import given
from hypothesis import strategies as st

from flamecheck.compiler import compile_rules
from flamecheck.document import plain
from flamecheck.engine import find, masked
from flamecheck.grading import Severity
from flamecheck.report import Report
from flamecheck.rules.condition import WeakCue, Weigh
from flamecheck.screener import Screener

ROOT = Path(__file__).parents[1]
FRAGMENTS = [
    "誤解を招いた", "のであれば", "お詫び", "不快に思われた", "方がいらっしゃいましたら", "地震", "台風", "セール", "お前", "バカ",
    "死ね", "カスタマー", "必ず", "儲かる", "わけではありません", "女", "のくせに", "「", "」", "という言葉", "。", "、", "\n", "www",
    "090-8765-4321", "{{name}}", "○○様", "おめでとう", "なんでもない日", "業界No.1", "外国人", "は", "迷惑", "😂", "ﾊﾞｶ", "\u200b", " ",
]  # fmt: skip
posts = st.lists(st.sampled_from(FRAGMENTS), max_size=12).map("".join)


def report(text: str, *, prefilter: bool = True, **context: object) -> Report:
    screener = Screener.default()
    from flamecheck.context import Context

    document = plain(text, context=Context.of(context))
    return find(document, screener.ruleset, screener.tokenizer, prefilter=prefilter)


@given(posts)
def test_the_prefilter_changes_nothing(text: str) -> None:
    assert report(text, posted_at="2026-08-09") == report(text, prefilter=False, posted_at="2026-08-09")


def test_the_prefilter_changes_nothing_on_the_shipped_examples() -> None:
    for rule in Screener.default().ruleset.rules:
        for example in (*rule.flags, *rule.passes):
            assert report(example.text) == report(example.text, prefilter=False)


@given(posts)
def test_findings_are_ordered_and_inside_the_text(text: str) -> None:
    findings = report(text, posted_at="2026-08-09").findings
    keys = [(f.span.start, -f.span.length, f.rule_id) for f in findings]
    assert keys == sorted(keys)
    for finding in findings:
        assert 0 <= finding.span.start < finding.span.end <= len(text)
        if "*" not in finding.matched:
            assert text[finding.span.start : finding.span.end] == finding.matched


@given(posts)
def test_leaving_a_rule_out_never_changes_the_findings_of_another(text: str) -> None:
    screener = Screener.default()
    whole = report(text).findings
    for left_out in {finding.rule_id for finding in whole}:
        rest = find(plain(text), screener.ruleset, screener.tokenizer, ignore={left_out}).findings
        # 伏せ字だけは、番号を伏せる規則を外せば消える。
        kept = tuple(finding for finding in whole if finding.rule_id != left_out)
        assert [replace(one, matched="", message="") for one in rest] == [
            replace(one, matched="", message="") for one in kept
        ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("\x00\x01\x1b[31m誤解を招いたのであれば", id="NUL and escape"),
        pytest.param("\ud83d誤解を\udc00招いたのであれば", id="lone surrogates"),
        pytest.param("w" * 100_000, id="long run of w"),
        pytest.param("死" * 60_000, id="long run of kanji"),
        pytest.param("ー" * 100_000, id="long run of long marks"),
        pytest.param("か" + "\u3099" * 50_000, id="pile of combining marks"),
        pytest.param("「" * 50_000 + "」" * 50_000, id="deep brackets"),
        pytest.param("\u202e\u2066誤解", id="bidi"),
        pytest.param("ﷺ" * 5_000, id="growing ligature"),
        pytest.param("\n" * 50_000, id="line ends"),
    ],
)
def test_hostile_text_gives_a_report(text: str) -> None:
    assert report(text).screened.dictionary.startswith("sudachidict")


def test_a_lone_surrogate_is_noted_and_the_rest_is_read() -> None:
    found = report("\ud83d 誤解を招いたのであれば、お詫びします")
    assert found.screened.notes
    assert {finding.category for finding in found.findings} == {"non-apology"}


def test_five_megabytes_are_screened_and_the_last_line_is_found() -> None:
    line = "本日は晴天です。新しいお店ができました。\n"
    size = 5_000_000 // len(line.encode())
    found = report(line * size + "誤解を招いたのであれば、お詫びします。")
    assert found.findings[-1].span.start >= len(line) * size


def test_the_same_text_gives_the_same_bytes() -> None:
    text = "お前は本当にバカだな。誤解を招いたのであればお詫びします。"
    rows = {json.dumps(Screener.default().screen(text).to_wire(), ensure_ascii=False) for _ in range(3)}
    assert len(rows) == 1


def test_masking_keeps_little() -> None:
    assert masked("090-8765-4321") == "090-****-4321"
    assert masked("1234 5678 9012") == "**** **** **12"
    assert masked("東京都港区芝公園4-2-8") == "*********-2-8"


def test_threads_share_one_screener() -> None:
    from concurrent.futures import ThreadPoolExecutor

    screener = Screener.default()
    texts = ["".join(random.Random(seed).choices(FRAGMENTS, k=8)) for seed in range(60)]
    alone = [screener.screen(text).report for text in texts]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda text: screener.screen(text).report, texts)) == alone


def test_asyncio_goes_through_a_thread() -> None:
    import asyncio

    async def run() -> int:
        verdict = await asyncio.to_thread(Screener.default().screen, "誤解を招いたのであれば、お詫びします")
        return len(verdict.report.findings)

    assert asyncio.run(run()) == 1


def test_what_one_rule_hides_no_other_shows() -> None:
    hiding = replace(rule_of(phrase("四五六七"), name="leak/a"), mask=True)
    ruleset = compile_rules(pack_of([hiding, rule_of(phrase("番号…{8}です"), name="tone/b")]), tokenizer())
    found = find(plain("番号四五六七です"), ruleset, tokenizer()).findings
    assert [finding.matched for finding in found] == ["番号**六七です", "**六七"]
    assert "四五" not in found[0].message


@pytest.mark.parametrize(("threshold", "severity"), [(4, Severity.LOW), (3, Severity.HIGH)])
def test_weak_cues_that_only_just_reach_their_threshold_give_no_more_than_low(
    threshold: int, severity: Severity
) -> None:
    cues = tuple(WeakCue(word, phrase(word), 2, "皮肉") for word in ("ご立派", "遅い"))
    rule = replace(rule_of(Weigh(cues, threshold)), severity=Severity.HIGH)
    document = plain("返事は遅いのに、ご立派")
    (finding,) = find(document, compile_rules(pack_of([rule]), tokenizer()), tokenizer()).findings
    assert finding.severity == severity
    assert [item.by for item in finding.adjustments] == ["just-enough"] * (threshold == 4)
