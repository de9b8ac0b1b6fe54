"""What sets a finding aside, in which order, and what is told of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from setting_aside import RULES, aside, codes, controls, draft, known_of, left

from flamecheck.grading import Severity
from flamecheck.spans import Span
from flamecheck.suppression.apply import Changed, set_aside
from flamecheck.suppression.baseline import Baseline
from flamecheck.suppression.known import Known, Rest
from flamecheck.suppression.sentence import Sentences

IGNORE = '<!-- flamecheck: ignore[{}] reason="引用です" -->\n'


@dataclass(frozen=True)
class Allowed:
    words: str
    reason: str = "商品の名前"
    rules: tuple[str, ...] = ()
    where: str = "flamecheck.toml:3"


@pytest.mark.parametrize(
    ("text", "words", "rules", "kept"),
    [
        ("新発売の⟦爆弾⟧おにぎり。あの⟦爆弾⟧も。", "爆弾おにぎり", (), ["爆弾"]),
        ("⟦ﾊﾞｸﾀﾞﾝ⟧おにぎり、⟦バクダン⟧オニギリ", "バクダンおにぎり", (), ["バクダン"]),
        ("⟦爆弾⟧おにぎり", "爆弾おにぎり", ("tone/sorry",), []),
        ("⟦爆弾⟧おにぎり", "爆弾おにぎり", ("tone/",), []),
        ("⟦爆弾⟧おにぎり", "爆弾おにぎり", ("non-apology",), []),
        ("⟦爆弾⟧おにぎり", "爆弾おにぎり", ("topic/", "tone/if-any"), ["爆弾"]),
        ("⟦爆弾おにぎり⟧", "爆弾", (), ["爆弾おにぎり"]),
        ("😀⟦爆弾⟧と⟦爆弾⟧", "爆弾", (), []),
        ("⟦爆弾⟧", " ", (), ["爆弾"]),
    ],
)
def test_allowed_words_cover_what_lies_inside_them(
    text: str, words: str, rules: tuple[str, ...], kept: list[str]
) -> None:
    report, _ = aside(text, allow=(Allowed(words, rules=rules),))
    assert left(report) == kept
    assert {(item.by, item.where, item.why) for item in report.suppressed} <= {
        ("allow", "flamecheck.toml:3", "商品の名前")
    }


def test_a_finding_is_covered_when_it_overlaps_the_range() -> None:
    report, said = aside(IGNORE.format("tone/sorry") + "一行目は⟦遺憾です。\n\n次の段落⟧も。")
    assert (left(report), said) == ([], ())


def test_the_nearest_directive_is_named_and_all_that_cover_are_used() -> None:
    text = (
        '<!-- flamecheck: ignore-file[non-apology] reason="社史" -->\n' + IGNORE.format("tone/sorry") + "⟦遺憾です⟧。"
    )
    report, said = aside(text)
    assert [(item.by, item.where, item.why, item.until) for item in report.suppressed] == [
        ("directive", "post.md:2", "引用です", None)
    ]
    assert said == ()


def test_unused_names_are_told_one_by_one_unless_their_rules_did_not_run() -> None:
    text = IGNORE.format("tone/sorry, tone/if-any, topic/insult") + "⟦遺憾です⟧。"
    known = known_of(left_out=("tone/if-any",))
    _, said = aside(text, by=controls(known=known))
    assert [(d.code, d.level, d.place.column, d.message) for d in said] == [
        ("FC808", "warning", 50, "「topic/insult」の指摘は、ここにはありません")
    ]


def test_a_category_counts_as_unused_though_rules_that_nobody_asks_for_did_not_run() -> None:
    quiet = [rule._replace(status="experimental") if rule.id == "tone/if-any" else rule for rule in RULES]
    known = known_of(quiet, left_out=("tone/if-any",))
    assert codes(aside(IGNORE.format("non-apology") + "晴れ。", by=controls(known=known))[1]) == ["FC808"]
    left_out = known_of(left_out=("tone/if-any",))
    assert codes(aside(IGNORE.format("non-apology") + "晴れ。", by=controls(known=left_out))[1]) == []


def test_what_nobody_may_release_only_allowed_words_set_aside(tmp_path: Path) -> None:
    fixed = frozenset({("leak", Severity.CRITICAL)})
    text = IGNORE.format("leak/key") + "鍵は⟦leak/key:ABC123⟧です。"
    baseline = Baseline(tmp_path / "b.jsonl", "0" * 32)
    document, report = draft("鍵は⟦leak/key:ABC123⟧です。", severity=Severity.CRITICAL)
    entry = baseline.entry(report.findings[0], baseline.path_of("post.md"), Sentences(document))
    by = controls(fixed=fixed, baseline=replace(baseline, entries={entry: 1}))
    report, said = aside(text, by=by, severity=Severity.CRITICAL)
    assert left(report) == ["******"]
    assert [(d.code, d.level) for d in said] == [("FC809", "warning")]
    report, _ = aside(text, by=by, severity=Severity.CRITICAL, allow=(Allowed("ABC123"),))
    assert left(report) == []
    report, _ = aside(text, by=by, severity=Severity.HIGH)
    assert left(report) == []


def test_a_diagnostic_beside_a_leak_does_not_show_it() -> None:
    text = '鍵は⟦leak/key:ABC123⟧です。<!-- flamecheck: ignore-line[leak/kye] reason="見本" -->'
    _, said = aside(text)
    assert codes(said) == ["FC803"]
    assert "ABC123" not in said[0].render()
    assert "******" in said[0].render()


def test_posts_of_one_file_share_its_directives() -> None:
    first, second = draft(IGNORE.format("tone/sorry") + "⟦遺憾です⟧。"), draft("⟦残念です⟧。")
    source = replace(second[0], comments=first[0].comments)
    reports, said = set_aside([first, (source, second[1])], controls(), name="post.md")
    assert [left(report) for report in reports] == [[], ["残念です"]]
    assert said == ()


def test_a_file_without_posts_has_no_reports() -> None:
    assert set_aside([], controls(), name="post.md") == ([], ())


@pytest.mark.parametrize(
    ("spans", "kept"),
    [
        ((Span(0, 3),), ["遺憾"]),
        ((Span(6, 9),), ["残念"]),
        ((Span(3, 3),), ["遺憾"]),
        ((Span(6, 6),), []),
        ((Span(0, 1), Span(20, 21)), ["遺憾"]),
        ((), []),
    ],
)
def test_only_sentences_that_changed_are_left(spans: tuple[Span, ...], kept: list[str]) -> None:
    report, _ = aside("とても⟦遺憾⟧。\n⟦残念⟧です。", changed=Changed(spans, "--since main"))
    assert left(report) == kept
    assert {(item.by, item.where) for item in report.suppressed} == {("unchanged", "--since main")}


def test_the_rules_are_asked_for_only_where_a_directive_stands() -> None:
    def refuse() -> Known:
        raise AssertionError

    by = replace(controls(), known=refuse)
    assert left(aside("⟦遺憾です⟧。", by=by)[0]) == ["遺憾です"]
    with pytest.raises(AssertionError):
        aside(IGNORE.format("tone/sorry") + "晴れ。", by=by)


def test_a_directive_that_is_used_asks_for_no_more_than_ids_and_categories() -> None:
    def refuse() -> Rest:
        raise AssertionError

    by = controls(known=Known(RULES, refuse))
    assert left(aside(IGNORE.format("tone/sorry, insult-violence") + "⟦遺憾⟧、⟦topic/insult:ばか⟧。", by=by)[0]) == []
    with pytest.raises(AssertionError):
        aside(IGNORE.format("tone/sorry") + "晴れ。", by=by)
