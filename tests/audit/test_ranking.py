"""Laws of the rank, and the first so many posts against sorting all of them."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from itertools import pairwise, product
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from flamecheck.audit.ranking import Top, age_of, day_of, rank, reach_of, weight_of
from flamecheck.audit.result import Post, Result
from flamecheck.grading import Confidence, Severity
from flamecheck.report import CONFIDENCE_WEIGHT, SEVERITY_WEIGHT

TODAY = date(2026, 11, 24)
SEVERITIES = [grade.label for grade in Severity]
SURE = [grade.label for grade in Confidence]
FINDINGS = st.lists(
    st.fixed_dictionaries({"severity": st.sampled_from(SEVERITIES), "confidence": st.sampled_from(SURE)}), min_size=1
)
REACHES = st.none() | st.integers(0, 10**30)
DAYS = st.none() | st.dates()


def value(findings: list[dict[str, str]], reach: int | None, day: date | None) -> float:
    post = Post("a", 1, "a 1", posted_at="" if day is None else day.isoformat(), reach=reach)
    return rank(Result(1, post, {"findings": findings}), TODAY).value


def test_the_factors_are_what_the_module_says() -> None:
    assert reach_of(0) == 0.65
    assert reach_of(10**6) == reach_of(10**400) == 1.0
    assert reach_of(None) == reach_of(1_000) > reach_of(0)
    assert age_of(TODAY, TODAY) == age_of(TODAY + timedelta(days=90), TODAY) == 1.0
    assert round(age_of(date(2023, 11, 24), TODAY), 3) == round(age_of(None, TODAY), 3) == 0.825
    assert (
        0.65 <= age_of(date(1, 1, 1), TODAY) < age_of(date(2000, 1, 1), TODAY) < 0.651 < age_of(date(2002, 1, 1), TODAY)
    )
    assert weight_of([]) == 0


def test_a_day_is_read_from_what_a_post_tells_or_is_none() -> None:
    assert day_of("2024-03-11T14:46:00+09:00") == day_of("2024-03-11") == date(2024, 3, 11)
    assert [day_of(text) for text in ("", "昨日", "2024-02-30", "2024")] == [None] * 4


@given(FINDINGS, REACHES, DAYS, st.sampled_from(SEVERITIES), st.sampled_from(SURE))
def test_one_more_finding_never_lowers_a_rank(
    findings: list[dict[str, str]], reach: int | None, day: date | None, severity: str, sure: str
) -> None:
    more = [*findings, {"severity": severity, "confidence": sure}]
    assert value(more, reach, day) >= value(findings, reach, day) > 0


@given(FINDINGS, st.integers(0, 10**30), st.integers(0, 10**30), DAYS)
def test_more_reach_never_lowers_a_rank(findings: list[dict[str, str]], one: int, other: int, day: date | None) -> None:
    assert value(findings, max(one, other), day) >= value(findings, min(one, other), day)


@given(FINDINGS, REACHES, st.dates(), st.dates())
def test_a_newer_post_never_ranks_lower(
    findings: list[dict[str, str]], reach: int | None, one: date, other: date
) -> None:
    assert value(findings, reach, max(one, other)) >= value(findings, reach, min(one, other))


@given(FINDINGS, REACHES, DAYS, st.data())
def test_a_graver_or_surer_finding_never_lowers_a_rank(
    findings: list[dict[str, str]], reach: int | None, day: date | None, data: Any
) -> None:
    at = data.draw(st.integers(0, len(findings) - 1))
    key, grades = data.draw(st.sampled_from([("severity", SEVERITIES), ("confidence", SURE)]))
    grade = data.draw(st.sampled_from(grades[grades.index(findings[at][key]) :]))
    changed = [*findings[:at], {**findings[at], key: grade}, *findings[at + 1 :]]
    assert value(changed, reach, day) >= value(findings, reach, day)


def test_two_grades_of_severity_count_for_more_than_reach_and_age_together() -> None:
    for sure in Confidence:
        for low, _, high in zip(Severity, list(Severity)[1:], list(Severity)[2:], strict=False):
            least, most = reach_of(0) * age_of(date(1, 1, 1), TODAY), reach_of(10**9) * age_of(TODAY, TODAY)
            weight = CONFIDENCE_WEIGHT[sure]
            assert SEVERITY_WEIGHT[high] * weight * least > SEVERITY_WEIGHT[low] * weight * most


def test_between_neighbouring_grades_reach_and_age_may_decide() -> None:
    old = value([{"severity": "critical", "confidence": "high"}], 0, date(2010, 1, 1))
    new = value([{"severity": "high", "confidence": "high"}], 10**6, TODAY)
    assert new > old


@given(
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 12)), max_size=80),
    st.integers(0, 10),
)
def test_the_first_posts_are_those_of_sorting_everything(offers: list[tuple[int, int]], size: int) -> None:
    top: Top[str] = Top(size)
    best: dict[int, tuple[float, int]] = {}
    for number, (points, root) in enumerate(offers, start=1):
        top.offer(points / 5, number, root, partial("post {}".format, number))
        if root not in best or points / 5 > best[root][0]:
            best[root] = points / 5, number
    wanted = sorted(((value, number, root) for root, (value, number) in best.items()), key=lambda p: (-p[0], p[1]))
    places = top.places()
    assert [(p.value, p.number, p.root) for p in places] == wanted[:size]
    assert [p.item for p in places] == [f"post {p.number}" for p in places]


def test_what_is_kept_is_made_only_for_posts_among_the_first() -> None:
    made: list[int] = []

    def make(number: int) -> int:
        made.append(number)
        return number

    top: Top[int] = Top(3)
    for number in range(1, 1001):
        top.offer(1 / number, number, number, partial(make, number))
    assert made == [1, 2, 3]


def test_a_text_that_ranks_ever_better_leaves_no_trace_behind() -> None:
    top: Top[int] = Top(5)
    for number in range(1, 10_001):
        top.offer(number, number, number % 7, partial(int, number))
    assert len(top._heap) < 40
    assert [later < earlier for earlier, later in pairwise(p.value for p in top.places())] == [True] * 4


def test_every_pair_of_grades_has_its_own_weight() -> None:
    weights = {weight_of([{"severity": a, "confidence": b}]) for a, b in product(SEVERITIES, SURE)}
    assert len(weights) == 15
