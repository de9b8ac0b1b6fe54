"""Which literals of a promise are rare: the *key* of a formula is the rarest set of literals of which one must occur.

How rare a literal is, is estimated from its length and its script; a wrong estimate costs time and never a finding.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from flamecheck.promise import And, AtLeast, Or, Promise, both, either

_POST: Final = 40
"""Characters of an ordinary post."""
_MOST: Final = 0.5
"""How many of all posts hold a part of a conjunction that tells nothing."""


class Key(NamedTuple):
    """Literals of which one must occur, and how often, by a rough estimate, a post holds one; only the order matters."""

    common: float
    literals: frozenset[str]


class Keys:
    """The rarest set of literals for each formula; a part that formulas share is looked at once."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._made: dict[int, tuple[And | Or | AtLeast, Key]] = {}
        self._sure: dict[int, tuple[Or, float]] = {}
        self._told: dict[int, tuple[And | Or | AtLeast, str | And | Or | AtLeast]] = {}

    def telling(self, promise: Promise) -> Promise:
        """Return a formula that is true wherever ``promise`` is, without the parts that are true of most posts anyway."""
        return None if promise is None else self._telling(promise)

    def _telling(self, promise: str | And | Or | AtLeast) -> str | And | Or | AtLeast:
        if isinstance(promise, str):
            return promise
        if id(promise) not in self._told:
            self._told[id(promise)] = promise, self._without(promise)
        return self._told[id(promise)][1]

    def _without(self, promise: And | Or | AtLeast) -> str | And | Or | AtLeast:
        if isinstance(promise, AtLeast):
            return AtLeast(promise.threshold, tuple((weight, self._telling(part)) for weight, part in promise.parts))
        if isinstance(promise, Or):
            told = either([*promise.literals, *map(self._telling, promise.parts)])
        else:
            parts = [part for part in (*promise.literals, *promise.parts) if self._surest(part) < _MOST]
            told = both(map(self._telling, parts or [self.rarest(promise)]))
        return told if told is not None else promise

    def _surest(self, promise: str | And | Or | AtLeast) -> float:
        """Return how many posts, by the estimate, hold the one part that is enough to make ``promise`` true."""
        if isinstance(promise, str):
            return _common(promise)
        if not isinstance(promise, Or):
            return 0.0
        if id(promise) not in self._sure:
            most = max((*map(_common, promise.literals), *map(self._surest, promise.parts)))
            self._sure[id(promise)] = promise, most
        return self._sure[id(promise)][1]

    def common(self, promise: str | And | Or | AtLeast) -> float:
        """Return how many posts, by the estimate, hold a literal of the key of ``promise``."""
        return _common(promise) if isinstance(promise, str) else self.of(promise).common

    def of(self, promise: str | And | Or | AtLeast) -> Key:
        """Return the rarest set of which one must occur wherever ``promise`` is true."""
        if isinstance(promise, str):
            return Key(_common(promise), frozenset((promise,)))
        if id(promise) not in self._made:
            # 式も一緒に持っておく。消えた式の id は、ほかの式のものになりうる。
            self._made[id(promise)] = promise, self._key(promise)
        return self._made[id(promise)][1]

    def rarest(self, promise: And) -> str | Or | AtLeast:
        """Return the part of a conjunction that is true most rarely."""
        parts = [*sorted(promise.literals), *promise.parts]
        return min(parts, key=self.common)

    def watched(self, promise: AtLeast) -> list[str | And | Or | AtLeast]:
        """Return parts of a threshold formula of which one must be true for it to be, the most common ones left out."""
        # 頻繁な手がかりだけではしきい値に届かないうちは、それらを見張らなくてよい。
        parts = sorted(promise.parts, key=lambda part: -self.common(part[1]))
        rest, kept = 0, []
        for weight, part in parts:
            if rest + weight < promise.threshold:
                rest += weight
            else:
                kept.append(part)
        return kept

    def _key(self, promise: And | Or | AtLeast) -> Key:
        if isinstance(promise, Or):
            return _together([Key(0.0, promise.literals), *map(self.of, promise.parts)])
        if isinstance(promise, And):
            return self.of(self.rarest(promise))
        return _together([self.of(part) for part in self.watched(promise)])


def _together(keys: Sequence[Key]) -> Key:
    literals = frozenset().union(*(key.literals for key in keys))
    return Key(sum(map(_common, sorted(literals))), literals)


@lru_cache(maxsize=65536)
def _common(literal: str) -> float:
    return min(1.0, _POST * _chance(literal))


def _chance(literal: str) -> float:
    """Return the estimated chance that ``literal`` stands at a given place."""
    # 平仮名は種類が少なく、続き方も決まっている（しました、として）。漢字は種類が多く、次の字も絞れない。
    chance = 1.0
    for number, char in enumerate(literal):
        if "ぁ" <= char <= "ゖ" or char in "ー、。!?":
            first, later = 0.03, 0.2
        elif "一" <= char <= "鿿":
            first, later = 0.002, 0.03
        else:
            first, later = 0.006, 0.1
        chance *= later if number else first
    return chance
