"""Which rules can hold at all, from one pass over the characters.

Every rule states, as a boolean formula, literals without which it cannot hold (``flamecheck.matching``).  One
Aho-Corasick automaton over all literals reads the folded text once; a rule whose formula is false of the literals
found is not a candidate.  Two-factor rules keep their conjunction: 台風 alone does not make 「台風 × セール」 a
candidate.  A pattern may run over a soft line end, so the text is read with its line ends taken out: a literal that
occurs with or without a line end inside occurs there.

Which formulas to look at is itself a question worth an index.  A formula is a disjunction of branches, and most
branches need several literals; of those the rarest set is the branch's *key*: one of its literals must occur, and
nearly always none does.  「災害 × 笑い」 is keyed by the disasters and not by 「w」 or 「草」, which stand in every
second post.  Only branches whose key has a literal in the text are evaluated at all.  How rare a literal is, is
estimated from its length and its script; a wrong estimate costs time and never a finding.

Law (tests/property): findings with the prefilter equal findings without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from flamecheck.matching import And, AtLeast, Or, Promise, fulfilled, literals_of

_POST: Final = 40
"""Characters of an ordinary post."""


class Prefilter:
    """Immutable once built; ``promises`` are indexed like the rules they belong to."""

    __slots__ = ("_always", "_automaton", "_branches", "_literals", "_promises")

    def __init__(self, promises: Sequence[Promise]) -> None:
        """Build the automaton over every literal of ``promises``, and the index of branches by key."""
        import daachorse

        self._promises = tuple(promises)
        self._literals = sorted({literal for promise in promises for literal in literals_of(promise)})
        self._always = [number for number, promise in enumerate(self._promises) if promise is None]
        self._branches: dict[str, list[tuple[int, Promise]]] = {}
        for number, promise in enumerate(self._promises):
            for branch in _branches(promise):
                for literal in sorted(key_of(branch)):
                    self._branches.setdefault(literal, []).append((number, branch))
        automaton: Any = daachorse.CharwiseDoubleArrayAhoCorasick
        self._automaton = automaton(self._literals) if self._literals else None

    @property
    def promises(self) -> tuple[Promise, ...]:
        """Return the formulas, rule by rule."""
        return self._promises

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

    def candidates(self, present: frozenset[str]) -> list[int]:
        """Return the indexes of the rules that may hold where exactly ``present`` occur, ascending."""
        found = set(self._always)
        for literal in present & self._branches.keys():
            for number, branch in self._branches[literal]:
                if number not in found and fulfilled(branch, present):
                    found.add(number)
        return sorted(found)


def _branches(promise: Promise) -> Iterator[str | And | Or | AtLeast]:
    """Yield the formulas of which the promise is the disjunction."""
    if isinstance(promise, Or):
        yield from sorted(promise.literals)
        yield from promise.parts
    elif promise is not None:
        yield promise


def key_of(promise: str | And | Or | AtLeast) -> frozenset[str]:
    """Return the rarest set of literals of which one must occur wherever ``promise`` is true."""
    if isinstance(promise, str):
        return frozenset((promise,))
    if isinstance(promise, Or):
        return promise.literals.union(*(key_of(part) for part in promise.parts))
    if isinstance(promise, And):
        choices = [frozenset((literal,)) for literal in promise.literals] + [key_of(part) for part in promise.parts]
        return min(choices, key=lambda key: (commonness(key), sorted(key)))
    # 頻繁な手がかりだけではしきい値に届かないうちは、それらを鍵に入れなくてよい。
    keys = sorted(((key_of(part), weight) for weight, part in promise.parts), key=lambda pair: -commonness(pair[0]))
    rest, kept = 0, []
    for key, weight in keys:
        if rest + weight < promise.threshold:
            rest += weight
        else:
            kept.append(key)
    return frozenset().union(*kept)


def commonness(literals: Iterable[str]) -> float:
    """Return how often, by a rough estimate, a post holds one of ``literals``; only the order matters."""
    return sum(min(1.0, _POST * _product(literal)) for literal in literals)


def _product(literal: str) -> float:
    chance = 1.0
    for char in literal:
        # 平仮名は一字で投稿の半分に出る。漢字とほかの文字は種類が多く、一つひとつは少ない。
        chance *= 0.03 if "ぁ" <= char <= "ゖ" or char in "ー、。!?" else 0.01 if not "一" <= char <= "鿿" else 0.003
    return chance
