"""Offers said to be limited that come again: links between posts, and what a chain of them comes to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from flamecheck.audit.contradictions import Seen
from flamecheck.audit.inconsistency import LISTED
from flamecheck.audit.sketch import alike

APART: Final = 45
"""Days between two posts of one chain: an offer that comes back after a season is another one."""
_WORDS: Final = 0.75
_PIECES: Final = 0.6
_SOON: Final = 14
_STOCK_DAYS: Final = 14
_STOCK_POSTS: Final = 4
_LONG: Final = 90


def same_offer(first: Seen, second: Seen, name: str = "") -> bool:
    """Return whether both posts speak of one offer; ``name`` is a campaign both name, if they met by one."""
    one, two = first.facts, second.facts
    if first.account != second.account or first.day is None or second.day is None:
        return False
    if one.places != two.places or one.editions != two.editions or (second.day - first.day).days > APART:
        return False
    if one.regular or two.regular or not one.cues & two.cues:
        return False
    if name:
        return "day" in one.cues & two.cues
    if one.names != two.names or [v.value for v in one.of("price")] != [v.value for v in two.of("price")]:
        return False
    return alike(one.words, two.words) >= _WORDS and alike(first.pieces, second.pieces) >= _PIECES


def cues_of(seen: Seen) -> str:
    """Return the kinds of limit a post tells and the last day it names, as a chain keeps them."""
    ends = [value.value for value in seen.facts.of("date") if value.role.endswith("end")]
    return " ".join([*sorted(seen.facts.cues), *ends[:1]])


@dataclass(slots=True)
class Chain:
    """What a chain of posts of one offer comes to, post by post in the order of time."""

    days: dict[str, list[date]] = field(default_factory=dict)
    """First, last and latest distinct days are enough: by cue, at most a bounded number of them."""
    ends: list[str] = field(default_factory=list)
    """The last days told, the first few of them."""
    end: str = ""
    moved: int = 0
    """How often the last day was put off about the time it came."""
    counts: dict[str, int] = field(default_factory=dict)

    def add(self, at: str, said: str) -> None:
        """Take in one post: when it was posted and what ``cues_of`` says of it."""
        day = date.fromisoformat(at[:10])
        for part in said.split():
            if part[0].isdecimal():
                self._end(day, part)
                continue
            days = self.days.setdefault(part, [])
            if not days or days[-1] != day:
                self.counts[part] = self.counts.get(part, 0) + 1
                days.append(day)
                if len(days) > 3:
                    days.pop(2)

    def _end(self, day: date, end: str) -> None:
        if self.end < end:
            if self.end and day <= date.fromisoformat(self.end) + timedelta(days=_SOON):
                self.moved += 1
            self.end = end
            if len(self.ends) < LISTED:
                self.ends.append(end)

    def verdicts(self) -> Iterator[tuple[str, int, int, int]]:
        """Yield kind, weight, days and span in days of what is worth telling; the gravest first, one at most."""
        for cue, days in sorted(self.days.items()):
            count, span = self.counts[cue], (days[-1] - days[0]).days
            if cue == "day" and count >= 2 and (count > 2 or span <= _SOON):
                yield "offer-day", min(95, 70 + 5 * (count - 2)), count, span
                return
            if cue in ("period", "term") and (self.moved >= 2 or (cue == "period" and count >= 4 and span >= _LONG)):
                yield "offer-period", min(80, 50 + 5 * self.moved), count, span
                return
            if cue == "stock" and count >= _STOCK_POSTS and span >= _STOCK_DAYS:
                yield "offer-stock", min(60, 35 + 2 * count), count, span
                return
