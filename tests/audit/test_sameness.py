"""The law of one screening for two posts: the same key, the same report, whatever rules, guards and detectors ask."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

import flamecheck.detectors as package
from flamecheck.audit.sameness import _DIGITS, Sameness
from flamecheck.context import JST, Context
from flamecheck.document import Region, plain
from flamecheck.screener import Screener
from flamecheck.spans import Span

TEXTS = (
    "黙祷を捧げます。", "地震だ！揺れたｗｗｗ", "おはようございます！今日も元気に営業中", "花火大会、開催します。来てね！", "不謹慎ですが楽しみです",
    "10月3日(月)まで応募受付中です", "㋉㏢まで申し込み受付", "８月６日は特売の日！", "十月三日（火）開催します", "死ぬほど安い、原爆セール", "津波のような反響でした",
    "寝てない人集合〜", "新商品の紹介です。PRを含みます", "終戦の日セール開催中！", "今すぐ電話 090-1234-5678", "締切は3/9です", "お祭り騒ぎだ", "爆誕！",
)  # fmt: skip


@cache
def shipped() -> tuple[Screener, Sameness]:
    screener = Screener.default()
    return screener, Sameness(screener.ruleset.whens, screener.pack.rules)


_DAYS = st.dates(date(2011, 1, 1), date(2027, 12, 31)) | st.sampled_from(
    [date(year, month, day) for year in (2021, 2024) for month, day in ((3, 11), (8, 6), (8, 15), (1, 17))]
)
_TIMES = st.times() | st.sampled_from([time(14, 46), time(8, 15), time(3), time(12)])
_POSTED = st.none() | st.builds(datetime.combine, _DAYS, _TIMES, tzinfo=st.just(JST))
_CONTEXT = st.fixed_dictionaries(
    {
        "posted_at": _POSTED,
        "timed": st.booleans(),
        "channel": st.sampled_from([None, "x", "blog"]),
        "post_type": st.sampled_from([None, "apology", "campaign"]),
        "crisis": st.sampled_from([None, "active"]),
        "region": st.sampled_from([None, "宮城県仙台市", "東京都"]),
        "paid": st.sampled_from([None, True, "gifted"]),
        "reply_to": st.sampled_from([None, "", "7"]),
        "industry": st.sampled_from([None, "cosmetics"]),
        "voice": st.sampled_from([None, 0, 3]),
    }
)  # fmt: skip


def context(values: dict[str, Any], **more: Any) -> Context:
    return Context(**{**values, **more})


@given(st.sampled_from(TEXTS), st.lists(_CONTEXT, min_size=2, max_size=6))
def test_posts_with_the_same_key_have_the_same_report(text: str, values: list[dict[str, Any]]) -> None:
    screener, sameness = shipped()
    reports: dict[bytes, Any] = {}
    for number, value in enumerate(values):
        for days in (0, 1, 7):
            moment = value["posted_at"]
            moved = value | {"posted_at": moment and moment + timedelta(days=days)}
            document = plain(text, id=number, context=context(moved, reach=number, account=f"a{number}"))
            report = screener.report(document)
            assert reports.setdefault(sameness.key(document), report) == report


def test_two_ordinary_days_are_one_screening_and_a_day_of_mourning_is_another() -> None:
    _, sameness = shipped()

    def key(text: str, moment: str, **more: Any) -> bytes:
        return sameness.key(plain(text, context=Context.of({"posted_at": moment, **more})))

    assert key("おはよう", "2024-05-14T10:00") == key("おはよう", "2024-05-21T10:30", reach=9)
    assert key("おはよう", "2024-05-14T10:00") != key("おはよう", "2024-08-15T10:00")
    assert key("おはよう", "2024-05-14T10:00") != key("おはようございます", "2024-05-14T10:00")
    assert key("3日まで", "2024-05-14T10:00") != key("3日まで", "2024-05-15T10:00")
    assert sameness.key(plain("おはよう")) != key("おはよう", "2024-05-14T10:00")


def test_a_rule_that_ends_tells_the_days_around_its_end_apart() -> None:
    screener, _ = shipped()
    rule = replace(screener.pack.rules[0], valid_to=date(2024, 5, 14))
    days = [Context.of({"posted_at": f"2024-05-{day}"}) for day in (13, 14, 15, 16)]
    keys = [Sameness((), [rule]).key(plain("あ", context=day)) for day in days]
    assert keys[0] == keys[1] != keys[2] == keys[3]
    fixed = [Sameness((), [rule], as_of=date(2024, 5, 1)).key(plain("あ", context=day)) for day in days]
    assert len(set(fixed)) == 1


def test_regions_of_a_text_count() -> None:
    _, sameness = shipped()
    heading = plain("あいう", regions=[Region("heading", Span(0, 2))])
    assert sameness.key(heading) != sameness.key(plain("あいう"))


def test_every_character_that_folds_to_a_digit_is_known() -> None:
    digit = re.compile(r"[\d〇一二三四五六七八九十]")
    signs = (chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000)
    assert not [sign for sign in signs if digit.search(unicodedata.normalize("NFKC", sign)) and not _DIGITS.match(sign)]


def test_only_the_detectors_of_dates_read_the_context() -> None:
    folder = Path(package.__path__[0])
    reading = {path.stem for path in folder.glob("*.py") if "context." in path.read_text("utf-8")}
    assert reading == {"written_dates"}
