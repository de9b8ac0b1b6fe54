from __future__ import annotations

import pytest

from flamecheck.context import Context
from flamecheck.rules.dates import Day, Yearly
from flamecheck.rules.when import When

QUAKE = Day("quake", "地震", (Yearly((3, 11), (3, 11)),), minute=886, region=("宮城", "岩手"), year=2011)
OTHER = Day("other", "別の日", (Yearly((3, 11), (3, 11)),), minute=0, region=("京都",), year=2013)


def fits(when: When, **values: object) -> bool:
    return when.holds(Context.of(values))


@pytest.mark.parametrize(
    ("posted_at", "wanted"),
    [
        ("2026-03-11T00:00:00", True),
        ("2026-03-11T23:59:59+09:00", True),
        ("2026-03-10T23:59:59+09:00", False),
        ("2026-03-12T00:00:00+09:00", False),
        ("2026-03-10T15:00:00Z", True),
        ("2026-03-11T15:00:00Z", False),
        ("2026-03-10T05:00:00-10:00", True),
        ("2026-03-11", True),
        ("2010-03-11T14:46:00", False),
        ("2011-03-11T00:00:00", True),
    ],
)
def test_a_day_is_counted_in_japan(posted_at: str, wanted: bool) -> None:
    assert fits(When(days=(QUAKE,)), posted_at=posted_at) is wanted


@pytest.mark.parametrize(
    ("posted_at", "wanted"),
    [
        ("2026-03-11T14:30:59", False),
        ("2026-03-11T14:31:00", True),
        ("2026-03-11T05:46:00Z", True),
        ("2026-03-11T15:01:59", True),
        ("2026-03-11T15:02:00", False),
        ("2026-03-11", False),
        ("2026-03-12T14:46:00", False),
    ],
)
def test_around_counts_whole_minutes_and_needs_a_time(posted_at: str, wanted: bool) -> None:
    assert fits(When(days=(QUAKE,), around=15), posted_at=posted_at) is wanted


def test_around_does_not_look_over_midnight() -> None:
    assert fits(When(days=(OTHER,), around=15), posted_at="2026-03-11T00:10")
    assert not fits(When(days=(OTHER,), around=15), posted_at="2026-03-10T23:55")


def test_keys_about_the_day_hold_for_one_and_the_same_day() -> None:
    both = When(days=(QUAKE, OTHER), around=15, region=("same",))
    assert fits(both, posted_at="2026-03-11T14:46", region="宮城県仙台市")
    assert not fits(both, posted_at="2026-03-11T14:46", region="京都府")
    assert fits(both, posted_at="2026-03-11T00:00", region="京都府")
    assert fits(When(days=(QUAKE, OTHER), anniversary=5, region=("same",)), posted_at="2026-03-11", region="岩手")
    assert not fits(When(days=(QUAKE, OTHER), anniversary=5, region=("same",)), posted_at="2026-03-11", region="京都")


def test_anniversaries() -> None:
    fifth = When(days=(QUAKE,), anniversary=5)
    assert [year for year in range(2009, 2027) if fits(fifth, posted_at=f"{year}-03-11")] == [2016, 2021, 2026]


def test_a_condition_about_no_day_holds_nowhere() -> None:
    assert When(around=15).is_open
    assert not fits(When(around=15), posted_at="2026-03-11T14:46")


def test_windows_of_the_day_may_run_over_midnight() -> None:
    night = When(time=((1320, 360),))
    times = ["21:59", "22:00", "23:59", "00:00", "05:59", "06:00"]
    assert [at for at in times if fits(night, posted_at=f"2026-05-12T{at}:59")] == times[1:5]
    assert not fits(night, posted_at="2026-05-12")
    assert fits(When(time=((540, 1440),)), posted_at="2026-05-12T23:59:59")


def test_weekdays_are_those_of_japan() -> None:
    assert fits(When(weekday=(5, 6)), posted_at="2026-05-15T15:00:00Z")
    assert not fits(When(weekday=(5, 6)), posted_at="2026-05-15T14:59:59Z")


def test_regions_are_compared_from_their_beginning() -> None:
    assert fits(When(region=("広島",)), region="広島県呉市")
    assert not fits(When(region=("広島",)), region="北広島市")
    assert not fits(When(region=("広島",)), region="")
    assert not fits(When(region=("広島",)))


def test_an_empty_name_says_that_there_is_no_other_post() -> None:
    assert fits(When(reply=False), reply_to="")
    assert fits(When(reply=True), reply_to="投稿")
    assert not fits(When(reply=False))
    assert not fits(When(reply=True))
    assert fits(When(quote=False), quote_of="")
    assert not fits(When(quote=False), quote_of="投稿")


@pytest.mark.parametrize(
    ("when", "context"),
    [
        (When(account=("recruit",)), {"account": "recruit"}),
        (When(industry=("cosmetics", "salon")), {"industry": "salon"}),
        (When(industry=("和菓子",)), {"industry": "和菓子"}),
        (When(format=("html",)), {"format": "html"}),
        (When(scheduled=False), {"scheduled": False}),
        (When(paid="gifted"), {"paid": "gifted"}),
        (When(voice=(0, 1)), {"voice": 0}),
        (When(crisis=("active", "watch")), {"crisis": "watch"}),
        (When(channel=("blog",)), {"channel": "blog"}),
    ],
)
def test_a_known_value_fits_and_an_unknown_one_does_not(when: When, context: dict[str, object]) -> None:
    assert when.holds(Context.of(context))
    assert not when.holds(Context.of({}))


def test_a_value_outside_does_not_fit() -> None:
    assert not fits(When(voice=(0, 1)), voice=2)
    assert not fits(When(paid=True), paid="gifted")
    assert not fits(When(scheduled=False), scheduled=True)
