"""Which rules can hold at all, from one pass over the characters.

Every rule states, as a boolean formula, literals without which it cannot hold (``flamecheck.matching``).  One
Aho-Corasick automaton over all literals reads the folded text once; a rule whose formula is false of the literals
found is not a candidate.  Two-factor rules keep their conjunction: 台風 alone does not make 「台風 × セール」 a
candidate.  A pattern may run over a soft line end, so the text is read with its line ends taken out: a literal that
occurs with or without a line end inside occurs there.

Law (tests/property): findings with the prefilter equal findings without it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flamecheck.matching import Promise, fulfilled, literals_of


class Prefilter:
    """Immutable once built; ``promises`` are indexed like the rules they belong to."""

    __slots__ = ("_always", "_automaton", "_literals", "_promises", "_rules_of")

    def __init__(self, promises: Sequence[Promise]) -> None:
        """Build the automaton over every literal of ``promises``."""
        import daachorse

        self._promises = tuple(promises)
        self._literals = sorted({literal for promise in promises for literal in literals_of(promise)})
        self._always = [number for number, promise in enumerate(self._promises) if promise is None]
        self._rules_of: dict[str, set[int]] = {literal: set() for literal in self._literals}
        for number, promise in enumerate(self._promises):
            for literal in literals_of(promise):
                self._rules_of[literal].add(number)
        automaton: Any = daachorse.CharwiseDoubleArrayAhoCorasick
        self._automaton = automaton(self._literals) if self._literals else None

    @property
    def promises(self) -> tuple[Promise, ...]:
        """Return the formulas, rule by rule."""
        return self._promises

    def present(self, folded: str) -> frozenset[str]:
        """Return the literals that occur in ``folded`` once its line ends are taken out."""
        if self._automaton is None:
            return frozenset()
        hits = self._automaton.find_overlapping(folded.replace("\n", ""))
        return frozenset(self._literals[number] for number in {hit[2] for hit in hits})

    def candidates(self, folded: str) -> list[int]:
        """Return the indexes of the rules that may hold in ``folded``, ascending."""
        present = self.present(folded)
        # 約束のある規則は、その字面が一つも無ければ成り立たない。
        touched = {number for literal in present for number in self._rules_of[literal]}
        return sorted([*self._always, *(number for number in touched if fulfilled(self._promises[number], present))])
