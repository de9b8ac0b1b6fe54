from __future__ import annotations

from datetime import date, timedelta

import pytest

from flamecheck.rules.dates import (
    Dated,
    DateError,
    Day,
    Equinox,
    Monthly,
    Nth,
    Once,
    Relative,
    Shifted,
    Yearly,
    parse_clock,
    parse_date,
    parse_window,
)


def dated(text: str) -> Dated:
    found = parse_date(text)
    assert not isinstance(found, Shifted)
    return found


def days_in(year: int, item: Dated) -> list[str]:
    every = (date(year, 1, 1) + timedelta(days=more) for more in range(366))
    return [day.strftime("%m-%d") for day in every if day.year == year and item.began(day) is not None]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("08-09", Yearly((8, 9), (8, 9))),
        ("０８－０９", Yearly((8, 9), (8, 9))),
        ("12-28..01-03", Yearly((12, 28), (1, 3))),
        ("2026-10-20", Once(date(2026, 10, 20), date(2026, 10, 20))),
        ("2026-10-20..2026-11-01", Once(date(2026, 10, 20), date(2026, 11, 1))),
        ("*-17", Monthly(17)),
        ("9月の第3月曜", Nth(9, 0, 3)),
        ("９月の第３月曜日", Nth(9, 0, 3)),
        ("11月最終金曜", Nth(11, 4, 0)),
        ("春分の日", Equinox(autumn=False)),
        ("秋分の日", Equinox(autumn=True)),
        ("03-11の前日", Shifted("03-11", -1)),
        ("founding-day の翌日", Shifted("founding-day", 1)),
        ("9月の第3月曜の10日前", Shifted("9月の第3月曜", -10)),
    ],
)
def test_every_notation_is_read(text: str, wanted: object) -> None:
    assert parse_date(text) == wanted


@pytest.mark.parametrize(
    "text", ["02-30", "13-01", "00-10", "2026-02-29", "*-32", "13月の第1月曜", "9月の第6月曜", "9月の第0月曜", "2026-03-02..2026-03-01"]
)  # fmt: skip
def test_a_day_that_does_not_exist_is_told_from_an_unreadable_text(text: str) -> None:
    with pytest.raises(DateError) as caught:
        parse_date(text)
    assert caught.value.known


@pytest.mark.parametrize(
    "text", ["", "8-9", "08-09..", "明日", "9月の第3", "*-*", "08-09..2026-01-01", "前日", "九月の第三月曜"]
)
def test_an_unreadable_text_is_not_known(text: str) -> None:
    with pytest.raises(DateError) as caught:
        parse_date(text)
    assert not caught.value.known


def test_leap_days_and_the_turn_of_the_year() -> None:
    assert days_in(2024, dated("02-29")) == ["02-29"]
    assert days_in(2026, dated("02-29")) == []
    assert days_in(2026, dated("02-29..03-02")) == ["03-01", "03-02"]
    assert days_in(2026, dated("12-30..01-02")) == ["01-01", "01-02", "12-30", "12-31"]
    assert dated("12-30..01-02").began(date(2026, 1, 2)) == 2025
    assert dated("12-30..01-02").began(date(2026, 12, 30)) == 2026


@pytest.mark.parametrize(
    ("text", "year", "wanted"),
    [
        ("9月の第3月曜", 2026, ["09-21"]),
        ("1月の第2月曜", 2024, ["01-08"]),
        ("5月の第5金曜", 2026, ["05-29"]),
        ("2月の第5金曜", 2026, []),
        ("2月の第5木曜", 2024, ["02-29"]),
        ("11月の最終金曜", 2026, ["11-27"]),
        ("12月の最終木曜", 2026, ["12-31"]),
        ("春分の日", 2026, ["03-20"]),
        ("春分の日", 2027, ["03-21"]),
        ("秋分の日", 2026, ["09-23"]),
        ("秋分の日", 2028, ["09-22"]),
        ("春分の日", 2092, ["03-19"]),
        ("春分の日", 1979, []),
        ("秋分の日", 2100, []),
        ("*-31", 2026, ["01-31", "03-31", "05-31", "07-31", "08-31", "10-31", "12-31"]),
    ],
)
def test_floating_days(text: str, year: int, wanted: list[str]) -> None:
    assert days_in(year, dated(text)) == wanted


def test_a_relative_day_has_the_year_of_the_day_it_counts_from() -> None:
    eve = Relative(dated("01-01"), -1)
    assert days_in(2026, eve) == ["12-31"]
    assert eve.began(date(2026, 12, 31)) == 2027
    assert Relative(dated("03-11"), 2).began(date.min) is None


def test_before_its_year_a_day_does_not_exist() -> None:
    day = Day("quake", "地震", (dated("03-11"),), year=2011)
    assert day.began(date(2010, 3, 11)) is None
    assert day.began(date(2011, 3, 11)) == 2011
    assert Relative(day, -1).began(date(2011, 3, 10)) == 2011
    assert Relative(day, -1).began(date(2010, 3, 10)) is None


def test_since_is_exact_to_the_day() -> None:
    day = Day("month", "月命日", (dated("*-17"),), since=date(2019, 7, 17))
    assert days_in(2019, day) == ["07-17", "08-17", "09-17", "10-17", "11-17", "12-17"]


def test_anniversaries_count_from_the_year_in_which_a_range_began() -> None:
    day = Day("rain", "大雨", (dated("12-30..01-02"),), year=2010)
    assert day.anniversary(date(2016, 1, 1), 5)
    assert not day.anniversary(date(2015, 1, 1), 5)
    assert not day.anniversary(date(2010, 12, 31), 5)
    assert not Day("none", "年なし", (dated("12-30"),)).anniversary(date(2020, 12, 30), 1)


def test_times_and_windows() -> None:
    assert parse_clock("5:46") == 346
    assert parse_window("22:00..06:00") == (1320, 360)
    assert parse_window("09:00..24:00") == (540, 1440)
    for text in ("25:00", "24:00", "14:60", "1446", "14:46:00"):
        with pytest.raises(DateError):
            parse_clock(text)
    for text in ("22:00", "22:00..22:00", "24:00..06:00", "22:00-06:00"):
        with pytest.raises(DateError):
            parse_window(text)
