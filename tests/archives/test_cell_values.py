"""Cells as tools and people write them → channels, counts and moments."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flamecheck.archives.values import channel_of, channel_of_url, count_of, moment_of
from flamecheck.context import JST


@pytest.mark.parametrize(
    ("cell", "channel"),
    [
        ("Twitter", "x"), ("TWITTER", "x"), ("X（旧Twitter）", "x"), ("Ｘ", "x"), ("X / Twitter", "x"),
        ("インスタ", "instagram"), ("Instagram フィード", "instagram"), ("Instagram Reels", "instagram"),
        ("FB", "facebook"), ("Facebook Page", "facebook"), ("LINE公式アカウント", "line"), ("note", "blog"),
        ("twitter - @acme", "x"), ("マストドン", "mastodon"),
        ("TikTok", None), ("", None), ("X/Instagram", None), ("○", None), ("プレスリリース", None),
    ],
)  # fmt: skip
def test_a_channel_by_any_of_its_names(cell: str, channel: str | None) -> None:
    assert channel_of(cell) == channel


def test_a_channel_by_the_address_of_a_post() -> None:
    assert channel_of_url("https://twitter.com/acme/status/1") == "x"
    assert channel_of_url("https://www.instagram.com/p/abc/") == "instagram"
    assert channel_of_url("https://example.com/x.com") is None


@pytest.mark.parametrize(
    ("cell", "count"),
    [
        ("1,234", 1234), ("１２３４", 1234), ("1.2万", 12000), ("3.4K", 3400), ("12回", 12), (5.0, 5), (0, 0),
        ("-", None), ("", None), ("-5", None), ("12%", None), (True, None), ("約100", None),
    ],
)  # fmt: skip
def test_counts(cell: object, count: int | None) -> None:
    assert count_of(cell) == count


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2024/3/5 9:00", "2024-03-05T09:00:00+09:00"),
        ("2024-03-05 09:00:00", "2024-03-05T09:00:00+09:00"),
        ("2024-03-05T00:00:00.000Z", "2024-03-05T09:00:00+09:00"),
        ("2024-03-05 09:00 +0900", "2024-03-05T09:00:00+09:00"),
        ("2024-03-05 00:00:00 UTC", "2024-03-05T09:00:00+09:00"),
        ("2024年3月5日", "2024-03-05"),
        ("２０２４年３月５日（火）　９時３０分", "2024-03-05T09:30:00+09:00"),
        ("2024年3月5日 午後3時半", "2024-03-05T15:30:00+09:00"),
        ("2024/3/5（火・祝） 25:30", "2024-03-06T01:30:00+09:00"),
        ("2024/03/05(Tue) 9:00 PM", "2024-03-05T21:00:00+09:00"),
        ("2024/3/5 12:05 AM", "2024-03-05T00:05:00+09:00"),
        ("2024. 3. 5", "2024-03-05"),
        ("令和6年3月5日", "2024-03-05"), ("R6.3.5", "2024-03-05"), ("令和元年5月1日", "2019-05-01"),
        ("20240305", "2024-03-05"), ("20240305 0930", "2024-03-05T09:30:00+09:00"),
        ("45356", "2024-03-05"), ("45356.375", "2024-03-05T09:00:00+09:00"), (45356.375, "2024-03-05T09:00:00+09:00"),
        (45356, "2024-03-05"), (1709596800, "2024-03-05T09:00:00+09:00"), ("1709596800000", "2024-03-05T09:00:00+09:00"),
        ("03/05/2024 09:00", "2024-03-05T09:00:00+09:00"), ("03/05/24 09:00", "2024-03-05T09:00:00+09:00"),
        ("25/03/2024", "2024-03-25"),
        ("Mar 5, 2024", "2024-03-05"), ("5 Mar 2024 09:00", "2024-03-05T09:00:00+09:00"),
        ("March 5, 2024 at 9:00 AM", "2024-03-05T09:00:00+09:00"),
        ("Tue Mar 05 00:00:00 +0000 2024", "2024-03-05T09:00:00+09:00"),
        (date(2024, 3, 5), "2024-03-05"), (datetime(2024, 3, 5, 9), "2024-03-05T09:00:00+09:00"),  # noqa: DTZ001
        (datetime(2024, 3, 5, tzinfo=UTC), "2024-03-05T09:00:00+09:00"),
    ],
)  # fmt: skip
def test_moments(cell: object, moment: str) -> None:
    assert moment_of(cell) == moment


@pytest.mark.parametrize(
    "cell",
    ["", "未定", "3月5日", "2024/3", "2024/13/5", "2024/2/30", "2024/3/5 未定", "Lifetime", "3/5", "12", "1e9", "2024/3/5 31:00",
     "Mar 5", "99999999", "9" * 400, "0", True, "９９９９９９９９９", None, "2024/3/5 9:61", "2024-03-05 09:00+99:99"],
)  # fmt: skip
def test_what_is_no_moment_is_none(cell: object) -> None:
    assert moment_of(cell) is None


@pytest.mark.parametrize(
    "clock", ["9:00", "９：００", "9時", time(9), timedelta(hours=9), 0.375, "0.375", "9:00:00", "9 AM"]
)
def test_the_time_of_day_in_a_cell_of_its_own(clock: object) -> None:
    assert moment_of("2024/3/5", clock) == "2024-03-05T09:00:00+09:00"


def test_a_time_that_stands_with_the_day_goes_before() -> None:
    assert moment_of("2024/3/5 10:00", "9:00") == "2024-03-05T10:00:00+09:00"


def test_the_day_first_and_another_zone() -> None:
    assert moment_of("03/05/2024", day_first=True) == "2024-05-03"
    assert moment_of("2024-03-05 00:00", zone=UTC) == "2024-03-05T09:00:00+09:00"


@given(st.datetimes(datetime(1960, 1, 1), datetime(2100, 1, 1)))  # noqa: DTZ001
def test_what_python_writes_is_read(moment: datetime) -> None:
    moment = moment.replace(microsecond=0, tzinfo=JST)
    assert moment_of(moment.isoformat()) == moment.isoformat()
    assert moment_of(f"{moment:%Y/%m/%d %H:%M:%S}") == moment.isoformat()
    assert moment_of(f"{moment:%Y年%m月%d日 %H時%M分%S秒}") == moment.isoformat()
    assert moment_of(moment.astimezone(timezone(timedelta(hours=-5))).isoformat()) == moment.isoformat()


@given(st.text() | st.floats() | st.integers())
def test_no_cell_raises(cell: object) -> None:
    assert channel_of(cell) is None or channel_of(cell)
    assert (count_of(cell) or 0) >= 0
    assert datetime.fromisoformat(moment_of(cell) or "2024-03-05")
