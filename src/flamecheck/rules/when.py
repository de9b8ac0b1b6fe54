"""``when:`` and ``requires:`` as a value: does the context of a post satisfy a condition?  What is unknown never does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from flamecheck.context import Context
from flamecheck.rules.dates import Day

SAME: Final = "same"


@dataclass(slots=True, frozen=True)
class When:
    """A condition on the context; all that is given must hold.

    ``around`` (minutes), ``anniversary`` (years) and the region ``same`` must hold for one and the same of ``days``;
    without days they never do.  ``time`` holds windows of minutes after 00:00, the end excluded; ``weekday`` counts
    from Monday.
    """

    days: tuple[Day, ...] = ()
    around: int | None = None
    anniversary: int | None = None
    time: tuple[tuple[int, int], ...] = ()
    weekday: tuple[int, ...] = ()
    region: tuple[str, ...] = ()
    post_type: tuple[str, ...] = ()
    channel: tuple[str, ...] = ()
    account: tuple[str, ...] = ()
    industry: tuple[str, ...] = ()
    crisis: tuple[str, ...] = ()
    format: tuple[str, ...] = ()
    paid: bool | str | None = None
    scheduled: bool | None = None
    reply: bool | None = None
    quote: bool | None = None
    voice: tuple[int, int] | None = None

    @property
    def asks_day(self) -> bool:
        """Return whether a key concerns the day itself: its minute, its year or its region."""
        return self.around is not None or self.anniversary is not None or SAME in self.region

    @property
    def is_open(self) -> bool:
        """Return whether a key concerns the day, but no day is named: the rule that uses the condition names it."""
        return self.asks_day and not self.days

    def holds(self, context: Context) -> bool:
        """Return whether the context is known to satisfy every given key."""
        return self._in_time(context) and self._by_whom(context)

    def _in_time(self, context: Context) -> bool:
        moment = context.posted_at
        if moment is None:
            return not (self.days or self.asks_day or self.time or self.weekday)
        if (self.days or self.asks_day) and not any(self._on(day, moment, context) for day in self.days):
            return False
        if self.weekday and moment.weekday() not in self.weekday:
            return False
        return not self.time or (context.timed and any(_within(window, moment) for window in self.time))

    def _on(self, day: Day, moment: datetime, context: Context) -> bool:
        today: date = moment.date()
        if day.began(today) is None:
            return False
        if self.around is not None and not (
            context.timed and day.minute is not None and abs(_minutes(moment) - day.minute) <= self.around
        ):
            return False
        if self.anniversary is not None and not day.anniversary(today, self.anniversary):
            return False
        return SAME not in self.region or _lies_in(context.region, (*self.region, *day.region))

    def _by_whom(self, context: Context) -> bool:
        if self.region and SAME not in self.region and not _lies_in(context.region, self.region):
            return False
        if self.voice and not (context.voice is not None and self.voice[0] <= context.voice <= self.voice[1]):
            return False
        closed = (
            (self.post_type, context.post_type),
            (self.channel, context.channel),
            (self.account, context.account),
            (self.industry, context.industry),
            (self.crisis, context.crisis),
            (self.format, context.format),
        )
        asked = (
            (self.paid, context.paid),
            (self.scheduled, context.scheduled),
            (self.reply, _given(context.reply_to)),
            (self.quote, _given(context.quote_of)),
        )
        return all(not wanted or known in wanted for wanted, known in closed) and all(
            wanted is None or known == wanted for wanted, known in asked
        )


def _minutes(moment: datetime) -> int:
    return moment.hour * 60 + moment.minute


def _within(window: tuple[int, int], moment: datetime) -> bool:
    first, last = window
    at = _minutes(moment)
    return first <= at < last if first < last else at >= first or at < last


def _lies_in(region: str | None, names: tuple[str, ...]) -> bool:
    """Return whether a region is one of the names or a place in one: 宮城県仙台市 lies in 宮城."""
    return bool(region) and any(str(region).startswith(name) for name in names if name != SAME)


def _given(name: str | None) -> bool | None:
    """Return whether there is another post; an empty name says that there is none, a missing one nothing."""
    return None if name is None else bool(name)
