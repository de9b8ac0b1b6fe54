"""Rates, intervals and what counts as caught."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flamecheck.corpus.golden import differences, moved
from flamecheck.corpus.model import Case, Outcome, Seen
from flamecheck.corpus.score import Rate, Score, by_rule, category_of, grouped, pairs, screen
from flamecheck.document import plain
from flamecheck.grading import Severity
from flamecheck.screener import Screener
from flamecheck.spans import Span

APOLOGY = Seen("tone/conditional-apology", "non-apology", Severity.HIGH, Span(0, 2))
OTHER = Seen("tone/insult", "insult-violence", Severity.LOW, Span(0, 2))


def case(batch: str = "posts/non-apology/one", *expect: str, want: Severity = Severity.LOW, hard: bool = False) -> Case:
    silent = Severity.MEDIUM if batch.startswith("everyday/") else Severity.LOW
    return Case(f"{batch}#1", batch, plain("本文"), expect, want, hard=hard, silent_below=silent)


def test_intervals_are_those_of_wilson() -> None:
    # 値は Wilson の式を手で計算したもの。
    assert Rate(8, 10).interval == pytest.approx((0.4902, 0.9433), abs=1e-4)
    assert Rate(0, 80).interval == pytest.approx((0.0, 0.0458), abs=1e-4)
    assert str(Rate(8, 10)) == "8/10 = 80.0 % (49–94)"
    assert str(Rate(0, 0)) == "–"


@given(st.integers(0, 200), st.integers(1, 200))
def test_the_rate_lies_in_its_interval(hits: int, total: int) -> None:
    rate = Rate(min(hits, total), total)
    low, high = rate.interval
    assert 0 <= low <= (rate.value or 0) + 1e-12
    assert (rate.value or 0) - 1e-12 <= high <= 1


def test_a_risky_post_may_be_caught_in_another_category_or_too_mildly() -> None:
    risky = case("posts/non-apology/one", "non-apology", want=Severity.HIGH)
    outcomes = [Outcome(risky, (APOLOGY,)), Outcome(risky, (OTHER,)), Outcome(risky, ())]
    score = Score.of(outcomes)
    assert (score.caught, score.in_category, score.at_severity) == (Rate(2, 3), Rate(1, 3), Rate(1, 3))
    assert [outcome.difference for outcome in outcomes] == [
        {},
        {"missed": ["non-apology"], "found": ["insult-violence"]},
        {"missed": ["non-apology"]},
    ]
    mild = Outcome(risky, (Seen("tone/conditional-apology", "non-apology", Severity.LOW, Span(0, 2)),))
    assert mild.difference == {"want": "high", "got": "low"}


def test_a_finding_beside_the_drawn_span_is_not_the_one_the_reader_meant() -> None:
    drawn = replace(case("posts/non-apology/one", "non-apology"), spans=(Span(0, 1),), pair="p", functionality="direct")
    there, beside = (Outcome(drawn, (replace(APOLOGY, span=span),)) for span in (Span(0, 2), Span(1, 2)))
    assert (there.right, beside.right) == (True, False)
    assert (there.difference, beside.difference) == ({}, {"elsewhere": ["本⟦文⟧"]})
    calm = Outcome(replace(case(), pair="p", functionality="direct"), ())
    assert pairs([there, calm]) == {"direct": Rate(1, 1)}
    assert pairs([beside, calm]) == {"direct": Rate(0, 1)}


def test_an_everyday_post_is_flagged_from_medium_on_and_another_benign_post_from_low_on() -> None:
    assert Outcome(case("everyday/shop"), (OTHER,)).false == ()
    assert Outcome(case(hard=True), (OTHER,)).difference == {"false": ["tone/insult low"]}
    score = Score.of([Outcome(case(hard=True), (OTHER,)), Outcome(case(), ())])
    assert (score.false, score.hard_false) == (Rate(1, 2), Rate(1, 1))


def test_rules_are_counted_by_where_their_findings_stand() -> None:
    outcomes = [
        Outcome(case("posts/non-apology/one", "non-apology"), (APOLOGY, APOLOGY, OTHER)),
        Outcome(case("everyday/shop"), (OTHER,)),
        Outcome(case("everyday/shop"), ()),
    ]
    rows = by_rule(outcomes)
    assert (rows["tone/conditional-apology"].right, rows["tone/conditional-apology"].false) == (1, 0)
    assert (rows["tone/insult"].other, rows["tone/insult"].false, rows["tone/insult"].everyday) == (1, 1, 500.0)


def test_a_case_belongs_to_its_folder_or_to_what_it_expects() -> None:
    outcomes = [
        Outcome(case("posts/non-apology/one"), ()),
        Outcome(case("first", "personal-data"), ()),
        Outcome(case("everyday/shop"), ()),
    ]
    assert list(grouped(outcomes, category_of)) == ["non-apology", "personal-data"]


def test_only_findings_above_info_count() -> None:
    outcomes = screen([case()], Screener.default())
    assert differences(outcomes) == {}
    assert moved({"a": {"missed": ["x"]}}, {"b": {"false": ["y"]}}) == [
        ("a", {"missed": ["x"]}, None),
        ("b", None, {"false": ["y"]}),
    ]
