"""The account of one post: carets under full-width text, cut lines, nothing a terminal would act on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from flamecheck.display import WIDTH, caret, cells, visible, window
from flamecheck.document import Document, plain
from flamecheck.finding import Adjustment, Dismissed, Finding
from flamecheck.grading import Confidence, Severity
from flamecheck.outputs.terminal import CLEAN, render
from flamecheck.policy.decide import decide
from flamecheck.policy.load import load_policy
from flamecheck.policy.model import Verdict
from flamecheck.report import Report, Screened
from flamecheck.screener import Screener
from flamecheck.spans import Span

POLICY = load_policy("standard", [Path(__file__).parents[2] / "rules" / "policies"])


def found(text: str, words: str, *, group: str = "tone", severity: Severity = Severity.HIGH) -> Finding:
    start = text.index(words)
    return Finding(
        f"{group}/sample", "non-apology", group, severity, Confidence.MEDIUM, Span(start, start + len(words)), words,
        f"「{words}」は、そう受け取られるおそれがあります。", "読む人", "別の言い方にする。",
    )  # fmt: skip


def screened(text: str, *findings: Finding, dismissed: tuple[Dismissed, ...] = ()) -> tuple[Document, Verdict]:
    report = Report(findings, dismissed, Screened("p", "d"))
    return plain(text, name="draft.txt"), decide(report, POLICY)


def test_findings_tier_and_owners(snapshot: SnapshotAssertion) -> None:
    text = "一行目。\r\n🎉\tもしｷﾞﾌﾄか\u3000誤解なら、お詫びします。\r\n電話は090です"
    raised = replace(found(text, "誤解なら"), adjustments=(Adjustment("crisis", 1, "災害の直後"),))
    leak = found(text, "090", group="leak", severity=Severity.CRITICAL)
    assert render(*screened(text, raised, leak)) == snapshot


def test_a_clean_post_is_told_what_was_not_looked_at() -> None:
    assert render(*screened("晴れです")) == f"draft.txt: {CLEAN}\n"
    assert "対象外" in CLEAN


def test_dismissed_ones_are_shown_on_request_only() -> None:
    text = "誤解なら\x1b[0m"
    item = Dismissed(replace(found(text, "誤解なら"), matched=text), "negation", "打ち消されている")
    document, verdict = screened(text, dismissed=(item,))
    assert "取り下げ" not in render(document, verdict)
    shown = render(document, verdict, verbose=True)
    assert "取り下げ tone/sample「誤解なら\\x1b[0m」: 打ち消されている" in shown


def test_colour_changes_no_word(snapshot: SnapshotAssertion) -> None:
    text = "これは [bold]誤解なら[/bold] :smile:"
    document, verdict = screened(text, found(text, "誤解なら"))
    coloured = render(document, verdict, colour=True)
    assert coloured == snapshot
    assert "[bold]誤解なら[/bold] :smile:" in coloured


@pytest.mark.parametrize(
    "hostile", ["\x1b[31m", "\x9b1m", "\x07", "\0", "\u202e", "\u2028", "\ud800", "\x85", "\u200d"]
)
def test_what_a_terminal_would_act_on_is_shown_escaped(hostile: str) -> None:
    text = f"あ{hostile}誤解{hostile}なら{hostile}。"
    finding = replace(found(text, f"誤解{hostile}なら"), rewrite=f"直す{hostile}", affected=hostile)
    document, verdict = screened(text, finding)
    named = replace(document, origin=replace(document.origin, name=f"x{hostile}.txt"))
    shown = render(named, verdict, verbose=True)
    assert hostile not in shown
    assert visible(hostile) in shown
    assert shown.replace("\n", "").replace("\u3000", "").isprintable()


@pytest.mark.parametrize("filler", ["あ", "a", "🎉", "\x1b", "e\u0301"])
def test_a_long_line_is_cut_around_the_span(filler: str) -> None:
    line = filler * 5000 + "誤解なら" + filler * 5000
    start = 5000 * len(filler)
    shown, span = window(line, Span(start, start + 4))
    assert shown[span.start : span.end] == "誤解なら"
    assert (shown[0], shown[-1]) == ("…", "…")
    assert cells(shown) <= WIDTH
    assert cells(caret(shown, span)) == cells(shown[: span.end])


def test_a_long_span_is_cut_too() -> None:
    shown, span = window("前" + "ｗ" * 100_000 + "後", Span(1, 100_001))
    assert cells(shown) <= WIDTH + 2
    assert shown[span.start : span.end].endswith("ｗ…")


def test_a_short_line_is_whole() -> None:
    assert window("あ\t誤解", Span(2, 4)) == ("あ\\t誤解", Span(3, 5))


@given(st.text(st.characters(exclude_characters="\r\n"), min_size=1, max_size=300), st.data())
def test_any_line_fits_with_its_caret(line: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(line) - 1))
    end = data.draw(st.integers(start + 1, len(line)))
    shown, span = window(line, Span(start, end))
    assert cells(shown) <= WIDTH + 2
    assert shown.isprintable() or "\u3000" in shown
    assert 0 <= span.start < span.end <= len(shown)


def test_the_quoted_line_tells_no_more_than_the_finding() -> None:
    text = "田中さんの番号は090-8765-4321です。お問い合わせは090-2345-6781へ"
    shown = render(plain(text), Screener.default().screen(text))
    assert "090-****-4321です" in shown
    assert "8765" not in shown
    assert "2345" not in shown
