"""When one screening speaks for two posts: the same text, and contexts that no rule can tell apart.

Law (tests/audit/test_sameness.py): posts with the same key have the same report under the same rules.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final

from flamecheck.context import Context
from flamecheck.document import Document
from flamecheck.rules.rule import Rule
from flamecheck.rules.when import When

_MOST: Final = 65_536
# 日付の検出器だけが投稿の日そのものを読む。畳むと数字になる字が一つもなければ、日付はない。
_DIGITS: Final = re.compile(
    r"[\d²³¹¼-¾⁰-⁹₀-₉⅐-⅟↉①-⒛⓪-⓿❶-➓⼀⼆⼋⼗〇〸㆒-㆕㈠-㈩㉈-㉟㊀-㊉㊱-㋋㍘-㍰㍸㍹㎟-㎦㎨㎯㏠-㏾一七三九二五八六十四"
    "\U0001f100-\U0001f10c\U0001f214\U0001f229\U0001f22a\U0001f241\U0001f242\U0001fbf0-\U0001fbf9\uf9d1]"
)


class Sameness:
    """What the rules of one run can ask of a context, answered once for each kind of context."""

    def __init__(self, whens: Iterable[When], rules: Iterable[Rule], as_of: date | None = None) -> None:
        """Take ``whens`` (what rules, guards and conditions ask) and the windows in which ``rules`` are valid."""
        self._whens: Final = tuple(whens)
        self._days: Final = [] if as_of else sorted(set(_edges(rules)))
        self._minutes: Final = sorted(set(_minutes(self._whens)))
        self._known: dict[tuple[Any, ...], bytes] = {}

    def key(self, document: Document) -> bytes:
        """Return what two posts share when the engine cannot tell them apart, as 16 bytes."""
        context, text = document.context, document.text
        digest = hashlib.blake2b(self._signature(context), digest_size=16)
        if context.posted_at is not None and _DIGITS.search(text):
            digest.update(str(context.posted_at.date()).encode())
        for region in document.regions:
            digest.update(f"{region.kind} {region.span.start} {region.span.end},".encode())
        digest.update(b"\0")
        digest.update(text.encode("utf-8", "surrogatepass"))
        return digest.digest()

    def _signature(self, context: Context) -> bytes:
        """Return the answers to everything that is asked of contexts like this one."""
        moment = context.posted_at
        at = None if moment is None else (moment.date(), bisect_right(self._minutes, moment.hour * 60 + moment.minute))
        kind = (
            at,
            context.timed,
            context.post_type,
            context.channel,
            context.industry,
            context.account,
            (type(context.paid), context.paid),
            context.crisis,
            context.format,
            context.region,
            context.scheduled,
            context.voice,
            context.reply_to if context.reply_to is None else bool(context.reply_to),
            context.quote_of if context.quote_of is None else bool(context.quote_of),
        )
        known = self._known.get(kind)
        if known is None:
            if len(self._known) >= _MOST:
                self._known.clear()
            known = self._known[kind] = self._answers(context)
        return known

    def _answers(self, context: Context) -> bytes:
        moment = context.posted_at
        window = -1 if moment is None else bisect_right(self._days, moment.date())
        return f"{window} {''.join('01'[when.holds(context)] for when in self._whens)}".encode()


def _edges(rules: Iterable[Rule]) -> Iterable[date]:
    """Yield the first day of every stretch of days on which the same rules are valid."""
    for rule in rules:
        if rule.valid_from:
            yield rule.valid_from
        if rule.valid_to and rule.valid_to < date.max:
            yield rule.valid_to + timedelta(days=1)


def _minutes(whens: Iterable[When]) -> Iterable[int]:
    """Yield the minutes of the day at which an answer may change."""
    for when in whens:
        for window in when.time:
            yield from window
        if when.around is not None:
            for day in when.days:
                if day.minute is not None:
                    yield from (day.minute - when.around, day.minute + when.around + 1)
