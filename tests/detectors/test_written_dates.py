"""Weekdays that do not fit, and deadlines that are over."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from detecting import drawn, lines, sure
from hypothesis import given
from hypothesis import strategies as st

from flamecheck.context import Context
from flamecheck.detectors.written_dates import dates, meant, with_weekday

# 投稿は 2026-11-24（火）。
TODAY = "2026-11-24"
WRONG = """
⟦11月25日(木)⟧に開きます
⟦１１月２５日（木）⟧に開きます
⟦11月25日（木曜日）⟧
⟦11月25日(木・祝)⟧
⟦11月25日[木]⟧
⟦11月25日【木】⟧
⟦11月25日木曜日⟧
⟦11/25(木)⟧
⟦11/25 (Thu)⟧
⟦11/25（Thursday）⟧
⟦2026年11月25日(木)⟧
⟦2026/11/25(木)⟧
⟦2026.11.25（木）⟧
⟦2026-11-25(木)⟧
⟦令和8年11月25日(木)⟧
⟦R8.11.25(木)⟧
⟦平成30年5月1日(水)⟧
⟦2026年1月1日(金)⟧
⟦二〇二六年十一月二十五日（木）⟧
⟦十一月二十五日(木)⟧
来年の予定は⟦来年1月1日(木)⟧
11月28日(土)〜⟦29日(月)⟧
11月28日(土)、⟦12月5日(日)⟧
⟦12月1日㈬⟧
⟦2026年2月30日(月)⟧
開催日⏎⟦11月25日(木)⟧
"""
RIGHT = """
11月24日(火)
11月25日（水曜日）
11月25日（水・祝）
11/25(Wed)
2026年1月1日(木)
2027年1月1日(金)
1月10日(日)
令和8年11月25日(水)
令和元年5月1日(水)
平成30年5月1日(火)
昭和64年1月7日(土)
2024年2月29日(木)
昨年の11月24日(月)
来年1月1日(金)
8月9日(日本時間)
8月9日(土日)
8月9日(火災予防の日)
8月9日(月刊みどり)
11月28日(土)〜29日(日)
2025年の思い出、11月24日(月)の写真
3/4カップ(水)
第2(土)
(水)11月
11月25日(仮)
26年11月25日(水)
8年11月25日(水)
1995年1月17日(火)の地震
11月31日
1:30(金)
"""
OVER = """
応募は⟦11月20日まで⟧
応募は⟦１１月２０日まで⟧です
応募は⟦11月20日(金)まで⟧
応募は⟦11/20まで⟧
応募は⟦11月20日（金）23:59まで⟧
受付は⟦11月20日18時まで⟧
申込みは⟦2026年11月1日まで⟧
申し込みは⟦令和8年11月1日まで⟧
キャンペーンは⟦2025年12月15日まで⟧開催中！
エントリーは⟦11月20日正午まで⟧
⟦11月20日締切⟧
⟦11月20日必着⟧でお送りください
⟦11月20日（金）消印まで⟧に応募してください
締切：⟦11月20日⟧
締め切りは⟦11月20日(金)⟧です
応募期限：⟦2026/11/20⟧
⟦2026年10月3日開催予定⟧
⟦2026年10月3日に開催します⟧
⟦10月30日に発売します⟧
⟦10月30日より販売開始予定⟧
11月1日〜⟦20日まで⟧開催
11月1日〜⟦11月20日まで⟧のｾｰﾙ
ｸｰﾎﾟﾝは⟦10月31日まで⟧
"""
NOT_OVER = """
応募は11月24日まで
応募は11月30日まで
応募は1月5日まで
応募は2027年1月5日まで
応募は3月10日まで
応募は11月20日までとなっていましたが、延長します
昨年8月9日に開催した催し
2025年8月9日に開催しました
11月20日に開催しました
11月20日まで開催していた展示
11月1日〜11月30日まで開催
11月1日〜30日まで開催中
11月1日から開催します
11月1日(日)〜販売します
2005年4月1日までに生まれた方が応募できます
2026年3月31日までの累計販売数
2020年3月まで東京にいました
1985年4月1日設立
創業は1985年4月1日です
11月20日は定休日です
11月20日まで寒かった
11月20日現在の受付数
10月31日までにご購入いただいた方への特典
評価は4.5まで上がりました
カップ1/2まで注ぐ
前回は11月20日締切でした
11月20日まででセールは終了しました
10月30日に発売した新作
"""


@pytest.mark.parametrize("text", lines(WRONG))
def test_a_weekday_that_does_not_fit_is_taken(text: str) -> None:
    assert drawn("weekday-mismatch", text, TODAY) == text


@pytest.mark.parametrize("text", lines(RIGHT))
def test_a_weekday_that_fits_or_is_none_is_left(text: str) -> None:
    assert drawn("weekday-mismatch", text, TODAY) == text


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)), st.integers(0, 6))
def test_a_written_year_decides_alone(day: date, other: int) -> None:
    text = f"{day.year}年{day.month}月{day.day}日({'月火水木金土日'[other]})"
    assert bool(sure("weekday-mismatch", text)) == (other != day.weekday())


@given(st.dates(date(2000, 1, 1), date(2090, 12, 31)), st.integers(-110, 110), st.integers(0, 6))
def test_without_a_year_the_day_near_the_post_decides(today: date, away: int, other: int) -> None:
    day = today + timedelta(days=away)
    if (day.month, day.day) == (2, 29):
        return
    text = f"{day.month}/{day.day}({'月火水木金土日'[other]})"
    assert bool(sure("weekday-mismatch", text, today.isoformat())) == (other != day.weekday())


@pytest.mark.parametrize("text", ["11月25日(木)", "来年1月1日(木)", "応募は11月20日まで", "応募は2020年1月1日まで"])
def test_an_undated_post_without_a_year_is_left(text: str) -> None:
    assert sure("weekday-mismatch", text) == sure("past-date", text) == []


def test_a_written_year_is_surer_than_a_guessed_one() -> None:
    assert sure("weekday-mismatch", "2026年11月25日(木)、12月5日(日)", TODAY) == ["high", "medium"]
    assert sure("past-date", "応募は2026年11月20日まで。応募は11月20日まで", TODAY) == ["high", "medium"]


@pytest.mark.parametrize("text", lines(OVER))
def test_deadlines_and_plans_that_are_over_are_taken(text: str) -> None:
    assert drawn("past-date", text, TODAY) == text


@pytest.mark.parametrize("text", lines(NOT_OVER))
def test_the_future_and_the_told_past_are_left(text: str) -> None:
    assert drawn("past-date", text, TODAY) == text


def test_the_day_is_that_of_japan() -> None:
    assert sure("past-date", "応募は11月24日まで", "2026-11-24T14:59:00+00:00") == []
    assert sure("past-date", "応募は11月24日まで", "2026-11-24T15:00:00+00:00") == ["medium"]


@pytest.mark.parametrize(
    ("text", "today", "expected"),
    [
        ("1月10日", "2025-12-20", "2026-01-10"),
        ("12月28日", "2026-01-05", "2025-12-28"),
        ("2024年2月29日", "2026-01-05", "2024-02-29"),
        ("26年4月1日", "2026-01-05", "2026-04-01"),
        ("2月29日", "2026-01-05", None),
    ],
)
def test_a_date_means_the_nearest_day_it_may(text: str, today: str, expected: str | None) -> None:
    (written,) = dates(text, Context())
    day = meant(written, date.fromisoformat(today))
    assert (day and day.isoformat()) == expected


def test_the_weekday_behind_a_date_belongs_to_it() -> None:
    text = "8月1日(金)と8月2日"
    assert [text[slice(*with_weekday(text, written.span))] for written in dates(text, Context())] == [
        "8月1日(金)",
        "8月2日",
    ]
