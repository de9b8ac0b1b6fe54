"""Which flagged post a person should read first: severity × confidence × reach × age, and the first so many of a run.

The rank of a post is ``weight · reach · age``; every factor lies above 0 and at 1 at most, and a rank decides nothing.

- ``weight`` is ``1 − Π(1 − s·c)`` over the findings, with the weights s of severity and c of confidence of
  ``flamecheck.report``: the score of the post before it is rounded, so that one more finding never lowers it.
- ``reach`` grows from 0.65 (seen by nobody) to 1 (a million and more) by the logarithm: whether ten or a hundred
  people saw a post matters as much as whether it were a hundred thousand or a million.  A reach that nobody tells is
  taken as a thousand, the middle of that scale: an unknown reach is no reach of 0.
- ``age`` falls from 1 (today, or to come) towards 0.65, half of the way every three years: what is new is still
  shared, what is ten years old is found only by who digs, but those who dig find everything, so it never falls to 0.
  A post without a date is taken as three years old, the middle of that scale.

Why 0.65: reach and age together can lower a rank to 0.4225 of itself at most, which is more than 0.35 / 0.90.  So of
two posts with one finding each, of the same confidence, the one that is two grades graver (critical and medium, high
and low) comes first whatever its reach and age; between neighbouring grades, reach and age may decide.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable
from datetime import date
from typing import Any, Final, Generic, NamedTuple, TypeVar

from flamecheck.audit.result import Result
from flamecheck.grading import Confidence, Severity
from flamecheck.report import CONFIDENCE_WEIGHT, SEVERITY_WEIGHT

LEAST: Final = 0.65
"""What is left of a rank when nobody saw the post, or when it is very old."""
FULL: Final = 6
"""The reach that counts in full, as a power of ten."""
MIDDLE: Final = 1_000
"""The reach of a post of which nobody tells it."""
HALF: Final = 3.0
"""After how many years half of what age can take away is gone; also the age of a post without a date."""
_YEAR: Final = 365.2425
_SEVERITY: Final = {grade.label: weight for grade, weight in SEVERITY_WEIGHT.items()}
_CONFIDENCE: Final = {grade.label: weight for grade, weight in CONFIDENCE_WEIGHT.items()}
GRADES: Final = {grade.label: grade for grade in Severity}
"""Severities by the word that rows use."""
SURENESS: Final = {grade.label: grade for grade in Confidence}
"""Confidences by the word that rows use."""

T = TypeVar("T")


class Rank(NamedTuple):
    """The rank of a post and the factors it is made of; ``value`` is rounded, so that it is the same everywhere."""

    value: float
    weight: float
    reach: float
    age: float


def rank(result: Result, today: date) -> Rank:
    """Return the rank of a post that was screened; 0 for one without findings."""
    weight = weight_of(result.row.get("findings", ()))
    reach = reach_of(result.post.reach)
    age = age_of(day_of(result.post.posted_at), today)
    return Rank(round(weight * reach * age, 6), weight, reach, age)


def weight_of(findings: Any) -> float:
    """Return ``1 − Π(1 − s·c)`` over findings as they stand in a row."""
    weights = sorted(_SEVERITY[item["severity"]] * _CONFIDENCE[item["confidence"]] for item in findings)
    return 1 - math.prod(1 - weight for weight in weights)


def reach_of(reach: int | None) -> float:
    """Return the factor of a reach."""
    # 桁数の多すぎる整数は浮動小数点数にできないので、先に切る。
    seen = MIDDLE if reach is None else min(max(reach, 0), 10**FULL)
    return LEAST + (1 - LEAST) * min(1.0, math.log10(1 + seen) / FULL)


def age_of(posted: date | None, today: date) -> float:
    """Return the factor of the day of a post; a day to come counts as today."""
    years = HALF if posted is None else max(0, (today - posted).days) / _YEAR
    return LEAST + (1 - LEAST) * 2 ** (-years / HALF)


def day_of(posted_at: str) -> date | None:
    """Return the day of a moment in ISO 8601, or None when there is none to read."""
    try:
        return date.fromisoformat(posted_at[:10])
    except ValueError:
        return None


class Place(NamedTuple, Generic[T]):
    """A post among the first ones: ``number`` is that of its result, ``root`` that of the first with the same text."""

    value: float
    number: int
    root: int
    item: T


class Top(Generic[T]):
    """The first ``size`` posts of a run by rank, the same text once; the earlier of two equal ranks comes first.

    Memory grows with ``size`` alone.
    """

    def __init__(self, size: int) -> None:
        """Start empty."""
        self._size: Final = size
        self._best: Final[dict[int, Place[T]]] = {}
        self._heap: list[tuple[float, int, int]] = []

    def offer(self, value: float, number: int, root: int, make: Callable[[], T]) -> None:
        """Take in a result; ``make`` gives what is kept of it and is only asked when it is among the first so far."""
        known = self._best.get(root)
        if known is not None and (known.value, -known.number) >= (value, -number):
            return
        if known is None and len(self._best) >= self._size:
            if not self._size or self._last()[:2] >= (value, -number):
                return
            del self._best[heapq.heappop(self._heap)[2]]
        self._best[root] = Place(value, number, root, make())
        heapq.heappush(self._heap, (value, -number, root))
        if len(self._heap) > 2 * self._size + 16:
            self._heap = [(place.value, -place.number, place.root) for place in self._best.values()]
            heapq.heapify(self._heap)

    def _last(self) -> tuple[float, int, int]:
        """Return the entry of the post that would go next; entries that a better one of the same text replaced go."""
        while True:
            value, number, root = self._heap[0]
            place = self._best.get(root)
            if place is not None and (place.value, -place.number) == (value, number):
                return self._heap[0]
            heapq.heappop(self._heap)

    def places(self) -> tuple[Place[T], ...]:
        """Return the posts that are left, the first one first."""
        return tuple(sorted(self._best.values(), key=lambda place: (-place.value, place.number)))
