"""Flagged posts by rank, from the disk."""

from __future__ import annotations

from datetime import date

from auditresults import Kept, facts_of, finding, unread, verdict
from hypothesis import given
from hypothesis import strategies as st

from flamecheck.audit.ordered import ordered
from flamecheck.audit.ranking import rank
from flamecheck.audit.result import Result

TODAY = date(2026, 8, 9)


def post(number: int, severity: str | None, reach: int | None, day: str) -> Result:
    if severity is None:
        return verdict(number, "晴れ\ud800")
    return verdict(number, "バカ\ud800", finding("バカ", "バカ", severity=severity), reach=reach, posted_at=day)


POSTS = st.tuples(
    st.sampled_from([None, "info", "low", "high", "critical"]),
    st.sampled_from([None, 0, 1000, 10**30]),
    st.sampled_from(["", "2019-01-01", "2026-08-09T10:00:00+09:00"]),
)


@given(st.lists(POSTS, max_size=12))
def test_the_order_is_the_rank_and_then_the_order_of_the_run(drawn: list[tuple[str | None, int | None, str]]) -> None:
    results = [post(number, *values) for number, values in enumerate(drawn, start=1)]
    flagged = [result for result in results if result.row["findings"]]
    with ordered(Kept(results), facts_of(results)) as (tally, posts):
        listed = list(posts)
    assert [item.number for item in listed] == [
        item.number for item in sorted(flagged, key=lambda item: (-rank(item, TODAY).value, item.number))
    ]
    assert all(item.post == results[item.number - 1].post for item in listed)
    assert (tally.flagged, tally.clean) == (len(flagged), len(results) - len(flagged))


def test_everything_is_counted_a_rule_once_a_post() -> None:
    results = [
        verdict(1, "バカバカ", finding("バカバカ", "バカ"), finding("バカバカ", "バカ", start=2, end=4)),
        verdict(2, "晴れ"),
        unread(3, "行が壊れています"),
    ]
    with ordered(Kept(results), facts_of(results)) as (tally, _):
        pass
    assert (tally.flagged, tally.clean, tally.failed) == (1, 1, 1)
    assert tally.rules == {"tone/insult": 1}
    assert tally.tiers == {"shacho": 1, "genba": 1}
