"""The same text again: how odd that is, from what is seen of its posts one after another."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

import regex

from flamecheck.audit.facts import facts_of
from flamecheck.audit.inconsistency import LISTED
from flamecheck.context import parse_time

_ORDINARY: Final = regex.compile(
    r"おはよう|こんにち[はわ]|こんばん|おやすみ|お疲れ|ありがとう|よろしくお願い|定休日|営業(?:日|時間|中|して|します|いたし|開始|終了)|オープン|開店|閉店|お?休み|休業|ご来店(?:を)?お待ち|フォロー"
    r"|明けまして|あけまして|良い(?:一日|週末|お年)|よい(?:一日|週末|お年)|メリークリスマス|お待ちしており|出勤|本日の(?:おすすめ|日替)"
)
_SHORT: Final = 15
_LONG: Final = 60
_SEASON: Final = 14
"""Days after which a text may well be meant to come again."""
_YEARLY: Final = 90
_CROSS: Final = timedelta(days=7)


@dataclass(slots=True)
class Repeat:
    """The posts of one text so far; everything here is of a bounded size."""

    first: str = ""
    last: str = ""
    count: int = 0
    listed: list[int] = field(default_factory=list)
    seen: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)
    """By account and channel: how many, and when the last one was posted."""
    ids: dict[str, str] = field(default_factory=dict)
    exact: set[bytes] = field(default_factory=set)
    closest: timedelta | None = None

    def add(self, n: int, at: str, where: tuple[str, str], exact: bytes, identity: str) -> None:
        """Take in the next post, in the order of time; the same post from two archives counts once."""
        if self.ids.get(identity) == at:
            return
        if len(self.ids) < LISTED:
            self.ids[identity] = at
        self.first, self.last = self.first or at, at or self.last
        self.count += 1
        if len(self.listed) < LISTED:
            self.listed.append(n)
        if len(self.exact) < LISTED:
            self.exact.add(exact)
        times, before = self.seen.get(where, (0, ""))
        if before and at:
            gap = _apart(before, at)
            self.closest = gap if self.closest is None else min(self.closest, gap)
        if where in self.seen or len(self.seen) < LISTED:
            self.seen[where] = times + 1, at

    def weight(self, text: str) -> int:
        """Return how odd the repetition is, 0 to 100; 0 for one text told in several places at one time."""
        if self.count < 2:
            return 0
        within = max(times for times, _ in self.seen.values())
        span = _apart(self.first, self.last) if self.first and self.last else timedelta(0)
        if within == 1 and (span <= _CROSS or not self.first):
            return 0
        weight = 35 + min(20, len(text) // 8) - 30 * bool(_ORDINARY.search(text)) - 15 * (len(text) < _SHORT)
        if within == 1:
            return max(0, weight - 25)
        if self.closest is not None and self.closest <= timedelta(hours=1):
            weight += 25
        elif self.closest is not None and self.closest <= timedelta(days=1):
            weight += 15
        if self.count >= 5 and span.days > _LONG:
            weight -= 20
        if self.stale(text):
            weight += 30
        elif self.closest is not None and self.closest.days > _SEASON:
            weight -= 12 if self.closest.days < _YEARLY else 20
        return max(1, min(95, weight))

    def stale(self, text: str) -> bool:
        """Return whether the text names a day that was to come when it was first posted and over at the last time.

        A date without a year means another day a year later, so the notice of every winter is not stale.
        """
        if not self.first or not self.last:
            return False
        first, last = (
            max((value.value for value in facts_of(text, parse_time(at)).of("date")), default="")
            for at in (self.first, self.last)
        )
        return bool(first) and self.first[:10] <= first < self.last[:10] and last < self.last[:10]


def _apart(first: str, second: str) -> timedelta:
    # 日付しか分からない投稿どうしは、その日のどこかとしか言えない。
    one, two = (datetime.fromisoformat(at).replace(tzinfo=None) for at in (first, second))
    return max(abs(two - one), timedelta(days=1) if len(first) == len(second) == 10 and one == two else timedelta(0))
