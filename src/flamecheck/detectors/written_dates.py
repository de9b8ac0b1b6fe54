"""Dates as they are written in Japanese, and two mistakes people make with them.

The year is the written one (2026年, 令和8年, 26年), or the one 今年, 来年 and 昨年 mean on the day of the post, or else
each year that puts the date near that day.  A date without any of these is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import regex

from flamecheck.context import Context
from flamecheck.detectors.found import Found
from flamecheck.detectors.numerals import value_of
from flamecheck.grading import Confidence
from flamecheck.spans import Span

# 元年の西暦から 1 を引いた数（元号を改める政令）。
_ERAS: Final = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018, "h": 1988, "r": 2018}
_RELATIVE: Final = {"今年": 0, "本年": 0, "来年": 1, "翌年": 1, "昨年": -1, "去年": -1, "一昨年": -2}
_NUMBER: Final = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_YEAR: Final = (
    r"(?:(?P<era>明治|大正|昭和|平成|令和|(?<![a-z])[hr]\.?) ?(?P<nth>元|\d{1,2}|[一二三四五六七八九十]{1,3})[年./]|(?P<western>(?:19|20)\d\d|[一二][〇一二三四五六七八九]{3})(?:年|[./-])"
    r"|'?(?P<short>\d\d)年|(?P<relative>今年|本年|来年|翌年|昨年|去年|一昨年)の?)"
)
_DATE: Final = regex.compile(
    rf"(?<!\d)(?<!\d[./:-])(?:{_YEAR} ?)?(?:(?P<month>{_NUMBER})月 ?(?P<day>{_NUMBER})日|(?P<m>\d{{1,2}})(?P<sign>[/.-])(?P<d>\d{{1,2}})(?![\d/:%-]|\.\d))"
)
_NEXT: Final = regex.compile(rf" ?(?:[〜~・,、&と–-]|から|および|及び|または|又は) ?(?P<day>{_NUMBER})日")
_WEEKDAYS: Final = {char: number for number, char in enumerate("月火水木金土日")} | {
    name: number for number, name in enumerate("mon tue wed thu fri sat sun".split())
}
_WEEKDAY: Final = regex.compile(
    r" ?[(\[〔【<〈] ?(?:祝日?[・/、,]?)?(?P<name>[月火水木金土日]|(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?)"
    r"(?:曜日?)?(?:[・/、, ]?(?:祝日?|祭日?|休日?|振休|振替休日|元日))? ?[)\]〕】>〉]"
    r"| ?(?P<name>[月火水木金土日])曜日?"
)
_BRACKET: Final = regex.compile(r" ?[(\[〔【][^()\[\]〔〕【】\n]{1,8}[)\]〕】]")
_EXPLICIT: Final = regex.compile(r"(?<!\d)(?:19|20)\d\d(?=年|[./-]\d)")
_PLAUSIBLE: Final = 250
"""Days between the post and a date without a year; two years may be plausible for one date."""
_CHAIN: Final = 12
_FRACTION: Final = 4


@dataclass(slots=True, frozen=True)
class Written:
    """A date of the folded text; ``years`` are the years it says, none when it says none.

    A ``loose`` one (3.5, 1/2) may as well be a decimal or a fraction.
    """

    span: Span
    years: tuple[int, ...]
    month: int
    day: int
    loose: bool = False

    def on(self, year: int) -> date | None:
        """Return the date in ``year``, None when there is no such day."""
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None


def dates(text: str, context: Context) -> Iterator[Written]:
    """Yield every date of the folded text from the left, with the days that go on from one: 8月1日〜3日."""
    today = context.posted_at.date() if context.posted_at else None
    for match in _DATE.finditer(text):
        month, day = int(value_of(match["month"] or match["m"])), int(value_of(match["day"] or match["d"]))
        years = _years(match, today)
        if years is None or not (1 <= month <= 12 and 1 <= day <= 31) or (match["sign"] == "-" and not years):
            continue
        loose = not years and (match["sign"] == "." or (match["sign"] == "/" and month < day <= _FRACTION))
        written = Written(Span(*match.span()), years, month, day, loose)
        yield written
        end = match.end()
        for _ in range(_CHAIN):
            bracket = _BRACKET.match(text, end)
            following = _NEXT.match(text, bracket.end() if bracket else end)
            if not following:
                break
            end = following.end()
            later = int(value_of(following["day"]))
            if not written.day < later <= 31:
                break
            yield replace(written, span=Span(following.start("day"), end), day=later)


def _years(match: regex.Match[str], today: date | None) -> tuple[int, ...] | None:
    """Return the years a date says, an empty tuple when none, and None when it says one that is not known."""
    if match["era"]:
        nth = 1 if match["nth"] == "元" else int(value_of(match["nth"]))
        return (_ERAS[match["era"].rstrip(".")] + nth,)
    if match["western"]:
        return (int(value_of(match["western"])),)
    if match["short"]:
        # 「26年」は 2026 年とも令和 26 年とも読める。
        return 2000 + int(match["short"]), _ERAS["令和"] + int(match["short"]), _ERAS["平成"] + int(match["short"])
    if match["relative"]:
        return (today.year + _RELATIVE[match["relative"]],) if today else None
    return ()


def meant(written: Written, today: date) -> date | None:
    """Return the day a date means for who reads it on ``today``: of the years it may have, the one nearest to that."""
    days = [day for year in (written.years or _nearest(written, today)) if (day := written.on(year))]
    return min(days, key=lambda day: abs((day - today).days), default=None)


def with_weekday(text: str, span: Span) -> Span:
    """Return the span of a date with the weekday that follows it."""
    weekday = _WEEKDAY.match(text, span.end)
    return Span(span.start, weekday.end()) if weekday else span


def weekday_mismatch(text: str, context: Context) -> Iterator[Found]:
    """Yield dates whose weekday in brackets is not theirs, by the Gregorian calendar; the span takes the weekday in.

    Without a year, the date must be wrong in every year that puts it within 250 days of the post, and in every year
    the text names.  A day that does not exist (2月30日) has no weekday.
    """
    named = tuple(dict.fromkeys(int(match.group()) for match in _EXPLICIT.finditer(text)))
    for written in dates(text, context):
        weekday = _WEEKDAY.match(text, written.span.end)
        if not weekday:
            continue
        years = written.years or _near(written, context)
        if not years:
            continue
        wanted = _WEEKDAYS[weekday["name"][:3] if weekday["name"][0].isascii() else weekday["name"]]
        possible = years if written.years else dict.fromkeys((*years, *named))
        if all((day := written.on(year)) is None or day.weekday() != wanted for year in possible):
            sure = Confidence.HIGH if written.years else Confidence.MEDIUM
            yield Found(Span(written.span.start, weekday.end()), sure)


def _near(written: Written, context: Context) -> tuple[int, ...]:
    """Return the years that put a date without a year near the post; none for an undated post."""
    if not context.posted_at:
        return ()
    today = context.posted_at.date()
    days = {year: written.on(year) for year in range(max(1, today.year - 1), min(9999, today.year + 1) + 1)}
    return tuple(year for year, day in days.items() if day and abs((day - today).days) <= _PLAUSIBLE)


_CLOCK: Final = r"(?: ?\d{1,2}(?::\d{2}|時(?:\d{1,2}分|半)?)| ?正午| ?いっぱい| ?当日消印| ?消印| ?深夜)?"
_EVENT: Final = (
    "(?:開催|実施|発売|公開|開店|オープン|販売開始|配信|放送|放映|スタート|開始|開幕|開講|リリース|発表|上映|出店|登場)"
)
_PLAN: Final = f"{_EVENT}(?:予定|決定|します|いたします|致します|する予定|となります|いたしま〜す|しま〜す)"
# 「11月1日から開催します」は、始まったあとに書いてもおかしくない。
_AHEAD: Final = regex.compile(
    rf"(?: ?\([^()\n]{{1,8}}\))?{_CLOCK}(?:(?P<until>まで|迄)|(?:に|の|、)? ?(?:{_PLAN}|締切|〆切|締め切り|必着)"
    rf"|(?:から|より) ?{_EVENT}(?:する)?予定)"
)
_RANGE: Final = regex.compile(rf"(?: ?\([^()\n]{{1,8}}\))?{_CLOCK} ?(?:[〜~–-]|から|より)")
_DEADLINE: Final = regex.compile(
    r"(?:締切|〆切|締め切り|応募期限|申込期限|申込み期限|申し込み期限|受付期限|提出期限|募集期限)(?:日|日時)?(?:は|:|】|\]|\)| |、|\n|→){0,3}\Z"
)
_OFFER: Final = regex.compile(
    r"申し?込|受付|受け付け|応募|エントリー|予約|募集|開催|販売|実施|キャンペーン|セール|フェア|クーポン|配布|来場|来店|公開中|お待ち|限定|期間|お早め|お急ぎ|投票"
    r"|割引|off|オフ|半額|特典|展示|配信|プレゼント|ポイント|提出|返信|ご連絡"
)
_OVER: Final = regex.compile(
    r"だった|ていた|[らさ]れた|[ただ](?:方|人|皆|みな|お客|全員)|した(?!い|ら|り|く)|終了|中止|延期|盛況|閉幕|終わ|昨年|去年|一昨年|先月|先日|前回|当時|以前|かつて"
    r"|累計|実績|時点|現在|生まれ|創業|設立|創立|過去|振り返|ふりかえ|アーカイブ|以降"
)
_STOP: Final = "。!?\n"
_SENTENCE: Final = 80
_RECENT: Final = 60
"""Days: a date without a year that lies further back is rather next year's."""


def past_date(text: str, context: Context) -> Iterator[Found]:
    """Yield dates given as a deadline or a plan that lie before the day of the post; none for an undated post.

    A deadline is 〜まで in a sentence with an offer, 締切 or 必着; a plan is a date with 開催予定, 発売します and the like.
    The sentence must tell nothing of the past, and the start of a range (8月1日〜) is never a deadline.
    """
    if not context.posted_at:
        return
    today = context.posted_at.date()
    for written in dates(text, context):
        weekday = _WEEKDAY.match(text, written.span.end)
        if written.loose and not weekday:
            continue
        span = Span(written.span.start, weekday.end() if weekday else written.span.end)
        low, high = _around(text, span)
        ahead = _AHEAD.match(text, span.end, high)
        deadline = _DEADLINE.search(text, low, span.start)
        if not (ahead or deadline) or (_RANGE.match(text, span.end) and not (ahead and not ahead["until"])):
            continue
        if _OVER.search(text, low, high) or (
            ahead and ahead["until"] and not deadline and not _OFFER.search(text, low, high)
        ):
            continue
        days = [day for year in (written.years or _nearest(written, today)) if (day := written.on(year))]
        if days and max(days) < today and (written.years or (today - max(days)).days <= _RECENT):
            end = ahead.end() if ahead else span.end
            yield Found(Span(span.start, end), Confidence.HIGH if written.years else Confidence.MEDIUM)


def _nearest(written: Written, today: date) -> tuple[int, ...]:
    years = range(max(1, today.year - 1), min(9999, today.year + 1) + 1)
    days = [day for year in years if (day := written.on(year))]
    return (min(days, key=lambda day: abs((day - today).days)).year,) if days else ()


def _around(text: str, span: Span) -> tuple[int, int]:
    """Return where the sentence of ``span`` starts and ends, 80 characters away at most."""
    low = max(text.rfind(stop, max(0, span.start - _SENTENCE), span.start) for stop in _STOP)
    ends = [at for stop in _STOP if (at := text.find(stop, span.end, span.end + _SENTENCE)) >= 0]
    return (low + 1 if low >= 0 else max(0, span.start - _SENTENCE)), min(
        ends, default=min(len(text), span.end + _SENTENCE)
    )
