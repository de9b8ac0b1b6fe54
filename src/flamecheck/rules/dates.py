"""Dates of a calendar as values: on which days they fall, and in which year what falls on a day began.

Everything counts calendar days; which day a moment belongs to in JST, its caller knows.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Protocol

WEEKDAYS: Final = "月火水木金土日"
LENGTHS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
EQUINOX_YEARS: Final = range(1980, 2100)
"""The years for which the formula of the equinoxes holds."""


class Dated(Protocol):
    """Something that falls on certain days."""

    def began(self, day: date) -> int | None:
        """Return the year in which the occurrence that ``day`` belongs to began, or None when none does."""


@dataclass(slots=True, frozen=True)
class Yearly:
    """A day of every year, or a range of days with both ends; a range may run over the turn of the year."""

    first: tuple[int, int]
    last: tuple[int, int]

    def began(self, day: date) -> int | None:
        """Return the year in which the range began; its tail in January belongs to the year before."""
        at = (day.month, day.day)
        if self.first <= self.last:
            return day.year if self.first <= at <= self.last else None
        if at >= self.first:
            return day.year
        return day.year - 1 if at <= self.last else None


@dataclass(slots=True, frozen=True)
class Once:
    """One date of one year, or a range of dates with both ends."""

    first: date
    last: date

    def began(self, day: date) -> int | None:
        """Return the year of the first date."""
        return self.first.year if self.first <= day <= self.last else None


@dataclass(slots=True, frozen=True)
class Monthly:
    """The same day of every month that has it (月命日)."""

    number: int

    def began(self, day: date) -> int | None:
        """Return the year of the day."""
        return day.year if day.day == self.number else None


@dataclass(slots=True, frozen=True)
class Nth:
    """The nth weekday (0 is Monday) of a month; ``number`` 0 is the last one.  A month without a fifth has none."""

    month: int
    weekday: int
    number: int

    def began(self, day: date) -> int | None:
        """Return the year of the day."""
        if (day.month, day.weekday()) != (self.month, self.weekday):
            return None
        last = day.day + 7 > monthrange(day.year, day.month)[1]
        return day.year if (last if self.number == 0 else (day.day + 6) // 7 == self.number) else None


@dataclass(slots=True, frozen=True)
class Equinox:
    """春分の日 or 秋分の日, by the usual approximation, for the years of EQUINOX_YEARS; in other years never.

    The formula is the one Japanese handbooks of the calendar print (海上保安庁水路部 暦計算研究会『新こよみ便利帳』); the government
    announces the day each February for the next year (国立天文台『暦要項』).
    """

    autumn: bool

    def began(self, day: date) -> int | None:
        """Return the year of the day."""
        if day.month != (9 if self.autumn else 3) or day.year not in EQUINOX_YEARS:
            return None
        since = day.year - 1980
        number = int((23.2488 if self.autumn else 20.8431) + 0.242194 * since) - since // 4
        return day.year if day.day == number else None


@dataclass(slots=True, frozen=True)
class Relative:
    """So many days after (negative: before) each day of another date; the year is that of the other date."""

    to: Dated
    days: int

    def began(self, day: date) -> int | None:
        """Return the year of the day it is counted from."""
        try:
            other = day - timedelta(days=self.days)
        except OverflowError:
            return None
        return self.to.began(other)


@dataclass(slots=True, frozen=True)
class Day:
    """One entry of a calendar.  It does not exist before ``year`` or the date ``since``; ``minute`` counts from 00:00."""

    id: str
    title: str
    dates: tuple[Dated, ...]
    minute: int | None = None
    region: tuple[str, ...] = ()
    year: int | None = None
    since: date | None = None
    base: str = "low"
    source: str = ""
    checked: date | None = None
    named: bool = True
    """Whether it stands in a calendar; False for a date that a rule writes out."""

    def began(self, day: date) -> int | None:
        """Return the year in which the occurrence that ``day`` belongs to began, or None when the day is another."""
        if self.since and day < self.since:
            return None
        years = (item.began(day) for item in self.dates)
        return next((year for year in years if year is not None and year >= (self.year or 1)), None)

    def anniversary(self, day: date, every: int) -> bool:
        """Return whether ``day`` is a full multiple of ``every`` years after the year of the event."""
        began = self.began(day)
        return began is not None and self.year is not None and began > self.year and (began - self.year) % every == 0


@dataclass(slots=True, frozen=True)
class Shifted:
    """A parsed relative date whose other date still is a text: an id of a calendar or a notation."""

    to: str
    days: int


class DateError(ValueError):
    """A text that is no date; ``known`` tells a date that does not exist from a text that cannot be read."""

    def __init__(self, message: str, hint: str, *, known: bool = True) -> None:
        """Keep what was found and what to write instead."""
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.known = known


_YEARLY: Final = re.compile(r"(\d\d)-(\d\d)(?:\.\.(\d\d)-(\d\d))?")
_ONCE: Final = re.compile(r"(\d{4}-\d\d-\d\d)(?:\.\.(\d{4}-\d\d-\d\d))?")
_MONTHLY: Final = re.compile(r"\*-(\d\d)")
_NTH: Final = re.compile(rf"(\d\d?)月の?(?:第(\d)|最終)([{WEEKDAYS}])曜日?")
_SHIFTED: Final = re.compile(r"(.+?)の(?:(前日)|(翌日)|(\d{1,3})日(前|後))")
_CLOCK: Final = re.compile(r"(\d{1,2}):(\d\d)")
EXAMPLES: Final = "例: 08-09, 12-28..01-03, 2026-10-20, *-17, 9月の第3月曜, 春分の日, 03-11の前日"


def parse_date(text: str) -> Yearly | Once | Monthly | Nth | Equinox | Shifted:
    """Return the date a notation names (docs/grammar.md, "Dates"); raises DateError."""
    flat = unicodedata.normalize("NFKC", text).replace(" ", "")
    if flat in ("春分の日", "秋分の日"):
        return Equinox(flat[0] == "秋")
    if found := _YEARLY.fullmatch(flat):
        first = _month_day(found[1], found[2])
        return Yearly(first, _month_day(found[3], found[4]) if found[3] else first)
    if found := _ONCE.fullmatch(flat):
        once = Once(_full(found[1]), _full(found[2] or found[1]))
        if once.first > once.last:
            raise DateError(f"「{text}」は終わりが始まりより前です", "早い日を先に書いてください")
        return once
    if found := _MONTHLY.fullmatch(flat):
        return Monthly(_month_day("01", found[1])[1])
    if found := _NTH.fullmatch(flat):
        month, _ = _month_day(found[1].zfill(2), "01")
        if found[2] and not 1 <= int(found[2]) <= 5:
            raise DateError(f"第{found[2]}{found[3]}曜という日はありません", "第1 から第5、または最終を書いてください")
        return Nth(month, WEEKDAYS.index(found[3]), int(found[2] or 0))
    if found := _SHIFTED.fullmatch(flat):
        before, after, number, side = found[2], found[3], found[4], found[5]
        return Shifted(found[1], -1 if before else 1 if after else int(number) * (-1 if side == "前" else 1))
    raise DateError(f"「{text}」は日付として読めません", EXAMPLES, known=False)


def parse_clock(text: str, *, last: int = 1439) -> int:
    """Return a time of day as minutes after 00:00, ``last`` at most; raises DateError."""
    found = _CLOCK.fullmatch(unicodedata.normalize("NFKC", text))
    if not found or int(found[2]) > 59 or int(found[1]) * 60 + int(found[2]) > last:
        raise DateError(f"「{text}」という時刻はありません", "時:分（例: 14:46）で書いてください")
    return int(found[1]) * 60 + int(found[2])


def parse_window(text: str) -> tuple[int, int]:
    """Return a window of the day as two minutes after 00:00; raises DateError."""
    first, dots, last = text.partition("..")
    if not dots:
        raise DateError(f"「{text}」は時間帯として読めません", "始まり..終わり（例: 22:00..06:00）で書いてください")
    window = parse_clock(first), parse_clock(last, last=1440)
    if window[0] == window[1]:
        raise DateError(f"「{text}」は始まりと終わりが同じです", "始まり..終わり（例: 22:00..06:00）で書いてください")
    return window


def _month_day(month: str, day: str) -> tuple[int, int]:
    number = int(month), int(day)
    if not (1 <= number[0] <= 12 and 1 <= number[1] <= LENGTHS[number[0] - 1]):
        raise DateError(f"「{month}-{day}」という日はありません", "月-日（例: 08-09）で書いてください")
    return number


def _full(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise DateError(f"「{text}」という日はありません", "年-月-日（例: 2026-10-20）で書いてください") from None
