"""Which rules can hold at all, from one pass over the characters.

Every rule states, as a boolean formula, literals without which it cannot hold (``flamecheck.matching``).  One
Aho-Corasick automaton over all literals reads the folded text once; a rule whose formula is false of the literals
found is not a candidate.  Two-factor rules keep their conjunction: 台風 alone does not make 「台風 × セール」 a
candidate.  A pattern may run over a soft line end, so the text is read with its line ends taken out: a literal that
occurs with or without a line end inside occurs there.

Which formulas to look at is itself a question worth an index.  A formula is a disjunction of branches, and most
branches need several literals; of those the rarest set is the branch's *key*: one of its literals must occur, and
nearly always none does.  「災害 × 笑い」 is keyed by the disasters and not by 「w」 or 「草」, which stand in every
second post.  A small automaton over the keys alone reads the text first, and most posts end there; where a key
occurs, all literals are looked for and the branches of that key evaluated.  How rare a literal is, is estimated from
its length and its script; a wrong estimate costs time and never a finding.

Law (tests/property): findings with the prefilter equal findings without it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple, Self, TypeAlias

from flamecheck.matching import And, AtLeast, Or, Promise, fulfilled, literals_of

Parts: TypeAlias = tuple[list[str], list[int], dict[str, list[tuple[int, Promise]]]]
_POST: Final = 40
"""Characters of an ordinary post."""


class Prefilter:
    """Immutable once built; ``promises`` are indexed like the rules they belong to."""

    __slots__ = ("_always", "_automaton", "_branches", "_keys", "_keys_of", "_literals")

    def __init__(self, promises: Sequence[Promise]) -> None:
        """Build the automaton over every literal of ``promises``, and the index of branches by key."""
        by_key: dict[str, list[tuple[int, Promise]]] = {}
        keys = Keys()
        for number, promise in enumerate(promises):
            for branch in _branches(promise):
                for literal in sorted(keys.of(branch).literals):
                    by_key.setdefault(literal, []).append((number, branch))
        always = [number for number, promise in enumerate(promises) if promise is None]
        self._build(sorted(literals_of(*promises)), always, by_key)

    def _build(self, literals: list[str], always: list[int], by_key: Mapping[str, list[tuple[int, Promise]]]) -> None:
        self._literals = literals
        self._always = always
        self._branches = list(by_key.values())
        self._keys_of = list(by_key)
        self._automaton = _automaton(literals)
        self._keys = _automaton(self._keys_of)

    def parts(self) -> Parts:
        """Return everything that took time to work out, as values."""
        return self._literals, self._always, dict(zip(self._keys_of, self._branches, strict=True))

    @classmethod
    def of_parts(cls, parts: Parts) -> Self:
        """Return the prefilter whose :meth:`parts` these are."""
        made = cls.__new__(cls)
        made._build(*parts)
        return made

    @property
    def literals(self) -> frozenset[str]:
        """Return every literal that ``present`` can tell of."""
        return frozenset(self._literals)

    def present(self, folded: str) -> frozenset[str]:
        """Return the literals that occur in ``folded`` once its line ends are taken out."""
        if self._automaton is None:
            return frozenset()
        hits = self._automaton.find_overlapping(folded.replace("\n", ""))
        return frozenset([self._literals[number] for number in {hit[2] for hit in hits}])

    def candidates(self, folded: str) -> list[int]:
        """Return the indexes of the rules that may hold in ``folded``, ascending."""
        hits = self._keys.find_overlapping(folded.replace("\n", "")) if self._keys else ()
        if not hits:
            return self._always
        present = self.present(folded)
        found = set(self._always)
        for key in {hit[2] for hit in hits}:
            for number, branch in self._branches[key]:
                if number not in found and fulfilled(branch, present):
                    found.add(number)
        return sorted(found)


def _automaton(literals: list[str]) -> Any:
    """Return an automaton that knows the literals by their places in the list, or None for none."""
    import daachorse

    automaton: Any = daachorse.CharwiseDoubleArrayAhoCorasick
    return automaton(literals) if literals else None


def _branches(promise: Promise) -> Iterator[str | And | Or | AtLeast]:
    """Yield the formulas of which the promise is the disjunction."""
    if isinstance(promise, Or):
        yield from sorted(promise.literals)
        yield from promise.parts
    elif promise is not None:
        yield promise


class Key(NamedTuple):
    """Literals of which one must occur, and how often, by a rough estimate, a post holds one; only the order matters."""

    common: float
    literals: frozenset[str]


class Keys:
    """The rarest set of literals for each formula; a part that formulas share is looked at once."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._made: dict[int, tuple[And | Or | AtLeast, Key]] = {}

    def of(self, promise: str | And | Or | AtLeast) -> Key:
        """Return the rarest set of which one must occur wherever ``promise`` is true."""
        if isinstance(promise, str):
            return Key(_common(promise), frozenset((promise,)))
        if id(promise) not in self._made:
            # 式も一緒に持っておく。消えた式の id は、ほかの式のものになりうる。
            self._made[id(promise)] = promise, self._key(promise)
        return self._made[id(promise)][1]

    def _key(self, promise: And | Or | AtLeast) -> Key:
        if isinstance(promise, Or):
            return _together([Key(0.0, promise.literals), *map(self.of, promise.parts)])
        if isinstance(promise, And):
            choices = [*map(self.of, promise.literals), *map(self.of, promise.parts)]
            least = min(choice.common for choice in choices)
            return min((choice for choice in choices if choice.common == least), key=lambda key: sorted(key.literals))
        # 頻繁な手がかりだけではしきい値に届かないうちは、それらを鍵に入れなくてよい。
        keys = sorted(((self.of(part), weight) for weight, part in promise.parts), key=lambda pair: -pair[0].common)
        rest, kept = 0, []
        for key, weight in keys:
            if rest + weight < promise.threshold:
                rest += weight
            else:
                kept.append(key)
        return _together(kept)


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
