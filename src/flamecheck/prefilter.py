"""Which rules can hold at all, from one pass over the characters.

Every rule states, as a boolean formula, literals without which it cannot hold (``flamecheck.promise``).  One
Aho-Corasick automaton over all literals reads the folded text once, and one network of all formulas
(``flamecheck.circuit``) tells which are true of the literals found; a rule whose formula is false is not a candidate.
Two-factor rules keep their conjunction: 台風 alone does not make 「台風 × セール」 a candidate.  A pattern may run over a
soft line end, so the text is read with its line ends taken out: a literal that occurs with or without a line end inside
occurs there.

A condition inside a rule may have a *gate*, its own formula: where that is false, the condition finds nothing unasked.

Law (tests/property): findings with the prefilter equal findings without it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, Self, TypeAlias

from flamecheck.circuit import Circuit, built
from flamecheck.circuit import Parts as Network
from flamecheck.promise import Promise

Parts: TypeAlias = tuple[list[Any], list[int | None]]


class Prefilter:
    """Immutable once built; ``promises`` are indexed like the rules they belong to."""

    __slots__ = ("_always", "_automaton", "_circuit", "_rules", "_rules_of", "gates")

    def __init__(self, promises: Sequence[Promise], gates: Mapping[int, Promise] | None = None) -> None:
        """Build the automaton over every literal of ``promises``, and the network of these and of the ``gates``.

        A gate holds no literal that the promises do not hold.
        """
        asked = dict(gates or {})
        circuit, nodes = built([*promises, *asked.values()])
        self.gates = {key: node for key, node in zip(asked, nodes[len(promises) :], strict=True) if node is not None}
        """The node of each gate, by the id of its condition."""
        self._build(circuit, nodes[: len(promises)])

    def _build(self, circuit: Circuit, rules: list[int | None]) -> None:
        self._circuit = circuit
        self._rules = rules
        self._always = frozenset(number for number, node in enumerate(rules) if node is None)
        self._rules_of: dict[int, list[int]] = {}
        for number, node in enumerate(rules):
            if node is not None:
                self._rules_of.setdefault(node, []).append(number)
        self._automaton = _automaton(circuit.parts.literals)

    def parts(self) -> Parts:
        """Return everything that took time to work out, as values; the gates are stored with their conditions."""
        return list(self._circuit.parts), self._rules

    @classmethod
    def of_parts(cls, parts: Parts, gates: dict[int, int]) -> Self:
        """Return the prefilter whose :meth:`parts` these are."""
        made = cls.__new__(cls)
        made.gates = gates
        made._build(Circuit(Network(*parts[0])), parts[1])
        return made

    @property
    def literals(self) -> frozenset[str]:
        """Return every literal that ``present`` can tell of."""
        return frozenset(self._circuit.parts.literals)

    def _occurring(self, folded: str) -> set[int]:
        if self._automaton is None:
            return set()
        return {hit[2] for hit in self._automaton.find_overlapping(folded.replace("\n", ""))}

    def present(self, folded: str) -> frozenset[str]:
        """Return the literals that occur in ``folded`` once its line ends are taken out."""
        literals = self._circuit.parts.literals
        return frozenset([literals[number] for number in self._occurring(folded)])

    def true(self, folded: str) -> AbstractSet[int]:
        """Return the nodes of the network that are true of ``folded``."""
        return self._circuit.true(self._occurring(folded))

    def candidates(self, true: AbstractSet[int], allowed: frozenset[int] | None = None) -> list[int]:
        """Return the indexes of the rules that may hold where these nodes are ``true``, ascending; only ``allowed`` ones."""
        found = set(self._always)
        for node in true & self._rules_of.keys():
            found.update(self._rules_of[node])
        return sorted(found if allowed is None else found & allowed)


def _automaton(literals: list[str]) -> Any:
    """Return an automaton that knows the literals by their places in the list, or None for none."""
    import daachorse

    automaton: Any = daachorse.CharwiseDoubleArrayAhoCorasick
    return automaton(literals) if literals else None
