"""Each place a directive can speak of, and each way to write one wrongly."""

from __future__ import annotations

from datetime import date

import pytest
from setting_aside import KNOWN, TODAY, aside, codes, controls, draft, left
from syrupy.assertion import SnapshotAssertion

from flamecheck.document import Comment
from flamecheck.spans import Lines, Span
from flamecheck.suppression.directives import Directives

WHY = 'reason="引用です"'


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (f"<!-- flamecheck: ignore[tone/sorry] {WHY} -->\n\n⟦遺憾です⟧。\n次の行も⟦遺憾⟧。\n\n⟦残念です⟧。\n", ["残念です"]),
        (f"<!-- flamecheck: ignore[non-apology] {WHY} -->\n⟦tone/if-any:もし⟧、⟦遺憾です⟧。\n", []),
        (f"<!-- flamecheck: ignore[topic/insult,\n  tone/sorry] {WHY} -->\n⟦遺憾⟧で⟦topic/insult:ばか⟧。\n", []),
        (f"⟦遺憾です⟧。<!-- flamecheck: ignore-line[tone/sorry] {WHY} -->\n⟦残念です⟧。\n", ["残念です"]),
        (f"<!-- flamecheck: ignore-line[tone/sorry] {WHY} -->\n\n⟦遺憾です⟧。\n⟦残念です⟧。\n", ["残念です"]),
        (f"> <!-- flamecheck: ignore-line[tone/sorry] {WHY} -->\r\n> ⟦遺憾です⟧。\r\n> ⟦残念です⟧。\r\n", ["残念です"]),
        ((f"⟦まだ⟧\n\n<!-- flamecheck: ignore-start[tone/sorry] {WHY} -->\n\n⟦遺憾⟧\n\n⟦残念⟧\n\n"
         "<!-- flamecheck: ignore-end[tone/sorry] -->\n\n⟦もう⟧\n"), ["まだ", "もう"]),
        (f"⟦遺憾です⟧。\n\n⟦残念です⟧。\n\n<!-- flamecheck: ignore-file[tone/sorry] {WHY} -->\n", []),
        ("<!--flamecheck:ignore[ tone/sorry ]reason = 「引用です」until=2026-11-24-->\n⟦遺憾です⟧。\n", []),
        (f"😀\t<!-- flamecheck: ignore[tone/sorry] {WHY} -->\r\n\r\n😀\t⟦遺憾です⟧。\r\n", []),
    ],
)  # fmt: skip
def test_a_directive_covers_what_it_speaks_of(text: str, kept: list[str]) -> None:
    report, said = aside(text)
    assert left(report) == kept
    assert [diagnostic.render() for diagnostic in said] == []
    assert report.suppressed
    assert {item.why for item in report.suppressed} == {"引用です"}


@pytest.mark.parametrize(
    "text",
    [
        "<!-- ふつうの覚え書き -->\n⟦遺憾です⟧。",
        "<!-- flamecheck については docs を見る -->\n⟦遺憾です⟧。",
        "<!-- flamecheck is a linter -->\n⟦遺憾です⟧。",
        "<!-- flame: 炎上 -->\n⟦遺憾です⟧。",
        "<!-- textlint-disable -->\n⟦遺憾です⟧。",
        "<!-- -->\n⟦遺憾です⟧。",
    ],
)
def test_other_comments_are_left_alone(text: str) -> None:
    report, said = aside(text)
    assert (left(report), said) == (["遺憾です"], ())


WRONG = {
    "name": f"<!-- flamechek: ignore[tone/sorry] {WHY} -->",
    "case": f"<!-- FlameCheck: ignore[tone/sorry] {WHY} -->",
    "colon": f"<!-- flamecheck ignore[tone/sorry] {WHY} -->",
    "hyphen": f"<!-- flamecheck-ignore[tone/sorry] {WHY} -->",
    "wide colon": f"<!-- flamecheck：ignore[tone/sorry] {WHY} -->",
    "wide bracket": f"<!-- flamecheck: ignore［tone/sorry］ {WHY} -->",
    "wide comma": f"<!-- flamecheck: ignore[tone/sorry、topic/insult] {WHY} -->",
    "wide quote": "<!-- flamecheck: ignore[tone/sorry] reason=“引用です” -->",
    "no bracket": f"<!-- flamecheck: ignore {WHY} -->",
    "open bracket": f"<!-- flamecheck: ignore[tone/sorry {WHY} -->",
    "open quote": '<!-- flamecheck: ignore[tone/sorry] reason="引用です -->',
    "no value": "<!-- flamecheck: ignore[tone/sorry] reason= -->",
    "rest": f"<!-- flamecheck: ignore[tone/sorry] {WHY} です -->",
    "verb": f"<!-- flamecheck: ignroe[tone/sorry] {WHY} -->",
    "key": '<!-- flamecheck: ignore[tone/sorry] reson="引用です" -->',
    "twice": f"<!-- flamecheck: ignore[tone/sorry] {WHY} {WHY} -->",
    "no rule": f"<!-- flamecheck: ignore[] {WHY} -->",
    "all": f"<!-- flamecheck: ignore[all] {WHY} -->",
    "group": f"<!-- flamecheck: ignore[tone/] {WHY} -->",
    "unknown": f"<!-- flamecheck: ignore[tone/sory, topic/insult] {WHY} -->",
    "gone": f"<!-- flamecheck: ignore[tone/gone] {WHY} -->",
    "no reason": "<!-- flamecheck: ignore[tone/sorry] until=2027-01-01 -->",
    "blank reason": '<!-- flamecheck: ignore[tone/sorry] reason="　" -->',
    "date": f"<!-- flamecheck: ignore[tone/sorry] {WHY} until=2027-02-30 -->",
    "short date": f"<!-- flamecheck: ignore[tone/sorry] {WHY} until=20270228 -->",
    "expired": f"<!-- flamecheck: ignore[tone/sorry] {WHY} until=2026-11-23 -->",
    "open region": f"<!-- flamecheck: ignore-start[tone/sorry] {WHY} -->",
    "end only": "<!-- flamecheck: ignore-end[tone/sorry] -->",
    "end with reason": f"<!-- flamecheck: ignore-end[tone/sorry] {WHY} -->",
    "tab and emoji": f"😀\t文。<!-- flamecheck:\n  ignore-lin[tone/sorry] {WHY} -->",
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_directive_covers_nothing_and_says_where_and_what(case: str, snapshot: SnapshotAssertion) -> None:
    report, said = aside(f"{WRONG[case]}\n\n⟦遺憾です⟧。\n")
    assert left(report) == ["遺憾です"]
    assert "\n\n".join(diagnostic.render() for diagnostic in said) == snapshot


def test_nothing_behind_a_directive_is_told() -> None:
    report, said = aside(f"⟦遺憾です⟧。\n\n<!-- flamecheck: ignore[tone/sorry] {WHY} -->\n")
    assert (left(report), codes(said)) == (["遺憾です"], ["FC806"])


def test_a_retired_id_leads_to_its_heir_with_a_warning() -> None:
    report, said = aside(f"<!-- flamecheck: ignore[tone/old-name] {WHY} -->\n⟦遺憾です⟧。\n")
    assert left(report) == []
    assert [(d.code, d.level, d.place.column) for d in said] == [("FC437", "warning", 25)]


@pytest.mark.parametrize(("today", "kept"), [(date(2027, 3, 31), []), (date(2027, 4, 1), ["遺憾です"])])
def test_the_last_day_is_included(today: date, kept: list[str]) -> None:
    text = f"<!-- flamecheck: ignore[tone/sorry] {WHY} until=2027-03-31 -->\n⟦遺憾です⟧。\n"
    report, said = aside(text, by=controls(today=today))
    assert left(report) == kept
    assert codes(said) == ["FC807"] * len(kept)


def test_the_end_of_an_expired_or_broken_region_is_not_reported_again() -> None:
    text = "<!-- flamecheck: ignore-start[tone/sorry] {} -->\n⟦遺憾⟧\n<!-- flamecheck: ignore-end[tone/sorry] -->"
    assert codes(aside(text.format(f"{WHY} until=2026-01-01"))[1]) == ["FC807"]
    assert codes(aside(text.format(""))[1]) == ["FC804"]


def test_regions_inside_one_another_close_by_their_rules() -> None:
    text = (
        f"<!-- flamecheck: ignore-start[tone/sorry] {WHY} -->\n⟦遺憾⟧\n"
        f"<!-- flamecheck: ignore-start[topic/insult] {WHY} -->\n⟦残念⟧⟦topic/insult:ばか⟧\n"
        "<!-- flamecheck: ignore-end[tone/sorry] -->\n⟦まだ⟧⟦topic/insult:あほ⟧\n"
        "<!-- flamecheck: ignore-end[topic/insult] -->\n⟦topic/insult:まぬけ⟧\n"
    )
    report, said = aside(text)
    assert (left(report), said) == (["まだ", "まぬけ"], ())


def test_a_place_inside_a_comment_without_a_map_is_the_comment() -> None:
    comment = Comment("flamecheck: ignore[tone/sory] reason=「x」", Span(4, 20))
    lines = Lines("---\nflamecheck: abcdef\n---\n")
    said = Directives([comment], lines, path="a.md", known=KNOWN, today=TODAY).diagnostics
    assert [(d.code, d.place.line, d.place.column) for d in said] == [("FC803", 2, 1), ("FC806", 2, 1)][:1]


def test_a_draft_of_many_comments_is_read_in_a_moment() -> None:
    # 二乗の時間がかかるなら、この一件だけで何分にもなる。
    one = f"<!-- flamecheck: ignore[tone/sorry] {WHY} -->\n⟦遺憾⟧\n\n"
    document, report = draft(f"<!-- flamecheck: ignore-file[topic/insult] {WHY} -->\n" + one * 2_000)
    from flamecheck.suppression.apply import set_aside

    reports, said = set_aside([(document, report)], controls(), name="post.md")
    assert len(reports[0].suppressed) == 2_000
    assert codes(said) == ["FC808"]
