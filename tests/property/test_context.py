"""Conditions on the context: the engine against the naive reference, and the laws they must obey."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, datetime, timedelta, timezone

from hypothesis import given, settings
from hypothesis import strategies as st
from reference_context import allows, named

from flamecheck.context import CRISES, PROFILES, Context
from flamecheck.rules.dates import Dated, Day, Equinox, Monthly, Nth, Once, Relative, Yearly
from flamecheck.rules.when import When

MANY = settings(max_examples=400)

month_days = st.sampled_from(
    [(1, 1), (1, 3), (2, 28), (2, 29), (3, 1), (3, 11), (6, 28), (8, 9), (12, 28), (12, 31)]
)  # 年の変わり目と閏日に寄せる
calendar_days = st.one_of(
    st.builds(
        lambda year, day: date(year, *day) if day != (2, 29) else date(2024, 2, 29), st.integers(2019, 2032), month_days
    ),
    st.dates(date(2019, 1, 1), date(2032, 12, 31)),
)
plain_dates = st.one_of(
    st.builds(lambda day: Yearly(day, day), month_days),
    st.builds(Yearly, month_days, month_days),
    st.builds(lambda day, length: Once(day, day + timedelta(days=length)), calendar_days, st.integers(0, 40)),
    st.builds(Monthly, st.sampled_from([1, 17, 29, 31])),
    st.builds(Nth, st.integers(1, 12), st.integers(0, 6), st.integers(0, 5)),
    st.builds(Equinox, st.booleans()),
)
dated = st.one_of(plain_dates, st.builds(Relative, plain_dates, st.integers(-40, 40)))
days = st.builds(
    Day,
    st.just("day"),
    st.just("日"),
    st.lists(dated, min_size=1, max_size=2).map(tuple),
    minute=st.sampled_from([None, 0, 5, 886, 1435, 1439]),
    region=st.sampled_from([(), ("宮城", "岩手"), ("広島",)]),
    year=st.sampled_from([None, None, 2016, 2021, 2025]),
    since=st.sampled_from([None, None, date(2024, 3, 1)]),
)
windows = st.tuples(st.integers(0, 1439), st.integers(0, 1440)).filter(lambda pair: pair[0] != pair[1])
few_windows = st.one_of(st.just(()), st.lists(windows, min_size=1, max_size=2).map(tuple))
asked = st.sampled_from([None, None, True, False])


def some(*values: object) -> st.SearchStrategy[tuple[object, ...]]:
    return st.one_of(st.just(()), st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True).map(tuple))


# 一度に多くの鍵を立てるとほとんど成り立たないので、日の鍵と人の鍵を分けて作る。
about_time = st.builds(
    When,
    days=st.lists(days, max_size=2).map(tuple),
    around=st.sampled_from([None, None, 1, 15, 120]),
    anniversary=st.sampled_from([None, None, 1, 5, 10]),
    region=st.sampled_from([(), (), ("same",), ("same", "福島"), ("宮城",)]),
    time=few_windows,
    weekday=st.one_of(st.just(()), st.sets(st.integers(0, 6), min_size=3).map(sorted).map(tuple)),
)
about_people = st.builds(
    When,
    region=some("宮城", "京都"),
    post_type=some("apology", "campaign"),
    channel=some("x", "blog"),
    account=some("main", "staff"),
    industry=some(PROFILES[0], "和菓子"),
    crisis=some(*CRISES),
    format=some("text", "html"),
    paid=st.sampled_from([None, True, False, "gifted"]),
    scheduled=asked,
    reply=asked,
    quote=asked,
    voice=st.sampled_from([None, (0, 0), (0, 1), (2, 3)]),
)


@st.composite
def sparse(draw: st.DrawFn, whole: st.SearchStrategy[When]) -> When:
    """Return a condition with few of its keys, so that it often holds."""
    when = draw(whole)
    given = [item.name for item in fields(When) if getattr(when, item.name) not in ((), None)]
    kept = draw(st.lists(st.sampled_from(given), max_size=3)) if given else []
    return When(**{name: getattr(when, name) for name in kept})


@st.composite
def moments(draw: st.DrawFn) -> str:
    """Return a moment near the edge of a day, in some zone, as an author writes it; or a date alone."""
    day = draw(calendar_days)
    if draw(st.integers(0, 5)) == 0:
        return day.isoformat()
    clock = draw(st.sampled_from(["00:00:00", "00:05:00", "14:31:00", "14:46:30", "15:01:59", "15:02:00", "23:59:59"]))
    moment = datetime.fromisoformat(f"{day.isoformat()}T{clock}+09:00")
    hours = draw(st.sampled_from([None, 9, 0, -10, 14]))
    if hours is None:
        return moment.replace(tzinfo=None).isoformat()
    return moment.astimezone(timezone(timedelta(hours=hours))).isoformat()


contexts = st.fixed_dictionaries(
    {},
    optional={
        "posted_at": moments(),
        "post_type": st.sampled_from(["apology", "campaign", "notice"]),
        "channel": st.sampled_from(["x", "blog"]),
        "account": st.sampled_from(["main", "staff"]),
        "industry": st.sampled_from([PROFILES[0], "和菓子"]),
        "crisis": st.sampled_from(CRISES),
        "format": st.sampled_from(["text", "html"]),
        "paid": st.sampled_from([True, False, "gifted"]),
        "scheduled": st.booleans(),
        "region": st.sampled_from(["宮城県仙台市", "京都府", "岩手", "福島", "北宮城", ""]),
        "voice": st.integers(0, 3),
        "reply_to": st.sampled_from(["", "投稿1"]),
        "quote_of": st.sampled_from(["", "投稿2"]),
    },
)


@given(dated, st.integers(2019, 2032))
@MANY
def test_a_date_falls_on_the_days_that_walking_through_the_year_finds(item: Dated, year: int) -> None:
    wanted = named(item, year)
    first = date(year, 1, 1)
    for on in (first + timedelta(days=more) for more in range(365)):
        assert item.began(on) == wanted.get(on)


@given(st.one_of(about_time, about_people, sparse(about_people), sparse(about_people)), contexts)
@MANY
def test_the_engine_says_what_the_reference_says(when: When, values: dict[str, object]) -> None:
    context = Context.of(values)
    assert when.holds(context) == allows(when, context)


@st.composite
def about_a_day(draw: st.DrawFn) -> tuple[When, dict[str, object]]:
    """Return a condition on a day and a context near that day, so that most pairs hold or fail by one key."""
    on = draw(calendar_days)
    day = replace(draw(days), dates=(Yearly((on.month, on.day), (on.month, on.day)),), since=None)
    clock = (day.minute or 0) + draw(st.integers(-16, 16))
    moment = datetime.fromisoformat(f"{on.isoformat()}T00:00:30+09:00") + timedelta(minutes=clock)
    values = draw(contexts) | {"posted_at": moment.isoformat()}
    return replace(draw(about_time), days=(day,), weekday=(), time=()), values


@given(about_a_day())
@MANY
def test_the_engine_says_what_the_reference_says_about_a_post_near_a_day(pair: tuple[When, dict[str, object]]) -> None:
    when, values = pair
    context = Context.of(values)
    assert when.holds(context) == allows(when, context)


KEY_OF = {
    "days": "posted_at", "around": "posted_at", "anniversary": "posted_at", "time": "posted_at", "weekday": "posted_at",
    "reply": "reply_to", "quote": "quote_of",
}  # fmt: skip


@given(st.one_of(about_time, about_people), contexts)
@MANY
def test_what_is_unknown_never_fits(when: When, values: dict[str, object]) -> None:
    for item in fields(When):
        if getattr(when, item.name) in ((), None):
            continue
        known = {key: value for key, value in values.items() if key != KEY_OF.get(item.name, item.name)}
        assert not when.holds(Context.of(known))


@given(about_time, contexts)
@MANY
def test_a_date_without_a_time_fits_no_minute_and_no_window(when: When, values: dict[str, object]) -> None:
    context = Context.of(values | {"posted_at": "2026-03-11"})
    assert not when.holds(context) or (when.around is None and not when.time)


@given(st.one_of(about_time, about_people), st.one_of(about_time, about_people), contexts)
@MANY
def test_one_more_key_never_makes_a_false_condition_true(when: When, more: When, values: dict[str, object]) -> None:
    context = Context.of(values)
    if when.holds(context):
        return
    for item in fields(When):
        if getattr(when, item.name) in ((), None) and item.name != "days":
            assert not replace(when, **{item.name: getattr(more, item.name)}).holds(context)


@given(about_time, days, contexts)
@MANY
def test_one_more_day_never_makes_a_true_condition_false(when: When, day: Day, values: dict[str, object]) -> None:
    context = Context.of(values)
    if when.days and when.holds(context):
        assert replace(when, days=(*when.days, day)).holds(context)


@given(moments())
@MANY
def test_the_same_moment_in_another_zone_is_the_same_post(moment: str) -> None:
    context = Context.of({"posted_at": moment})
    assert context.posted_at is not None
    abroad = context.posted_at.astimezone(timezone(timedelta(hours=-11))).isoformat()
    assert Context.of({"posted_at": abroad}).posted_at == context.posted_at
    assert Context.of({"posted_at": abroad}).posted_at.date() == context.posted_at.date()  # type: ignore[union-attr]
