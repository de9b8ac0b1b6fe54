"""All formulas of a pack as one network, and which of its nodes are true of one text.

A node is a literal or a formula; equal formulas are one node, and a node comes after everything it is made of.  A
literal that occurs wakes the formulas that watch it.  A conjunction watches only the rarest of its parts, for without
that one the others need not be looked at; so the work goes with what a text holds and not with the size of the pack.
Nodes are looked at level by level: by then all their parts are known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple, TypeAlias

from flamecheck.keys import Keys
from flamecheck.promise import And, AtLeast, Or, Promise, literals_of

Weighed: TypeAlias = tuple[int, dict[int, int]]
"""The threshold of a node, and the weight of each of its parts."""


class Parts(NamedTuple):
    """A network as plain values: literals, then for every further node its level, and what it is made of.

    ``all_of`` holds the parts of the conjunctions, ``weighed`` those of the thresholds; any other node is true as soon
    as a node it watches is.  ``watched`` leads a node to those that watch it.
    """

    literals: list[str]
    levels: list[int]
    all_of: dict[int, frozenset[int]]
    weighed: dict[int, Weighed]
    watched: dict[int, list[int]]


class Circuit:
    """Immutable once built."""

    __slots__ = ("_deepest", "parts")

    def __init__(self, parts: Parts) -> None:
        """Take a network over."""
        self.parts: Final = parts
        self._deepest = max(parts.levels, default=0)

    def true(self, occurring: set[int]) -> set[int]:
        """Return the nodes that are true when exactly these literals occur, themselves included."""
        literals, levels, all_of, weighed, watched = self.parts
        true = set(occurring)
        count = len(literals)
        woken: list[set[int]] = [set() for _ in range(self._deepest + 1)]
        for node in occurring:
            for other in watched.get(node, ()):
                woken[levels[other - count]].add(other)
        for nodes in woken:
            for node in nodes:
                needed = all_of.get(node)
                if needed is not None:
                    if not needed <= true:
                        continue
                elif node in weighed:
                    threshold, weights = weighed[node]
                    if sum(weights[part] for part in true & weights.keys()) < threshold:
                        continue
                true.add(node)
                for other in watched.get(node, ()):
                    woken[levels[other - count]].add(other)
        return true


def built(promises: Sequence[Promise]) -> tuple[Circuit, list[int | None]]:
    """Return the network of these formulas and the node of each; None for one without a promise."""
    keys = Keys()
    told = [keys.telling(promise) for promise in promises]
    builder = _Builder(sorted(literals_of(*told)), keys)
    nodes = [None if promise is None else builder.node(promise) for promise in told]
    return Circuit(builder.parts), nodes


class _Builder:
    def __init__(self, literals: list[str], keys: Keys) -> None:
        self.parts = Parts(literals, [], {}, {}, {})
        self._literal = {literal: number for number, literal in enumerate(literals)}
        self._keys = keys
        # 式も一緒に持っておく。消えた式の id は、ほかの式のものになりうる。
        self._made: dict[int, tuple[Promise, int]] = {}
        self._same: dict[tuple[object, ...], int] = {}

    def node(self, promise: str | And | Or | AtLeast) -> int:
        """Return the node of a formula, after making those of its parts."""
        if isinstance(promise, str):
            return self._literal[promise]
        if id(promise) not in self._made:
            self._made[id(promise)] = promise, self._node(promise)
        return self._made[id(promise)][1]

    def _node(self, promise: And | Or | AtLeast) -> int:
        if isinstance(promise, AtLeast):
            weights: dict[int, int] = {}
            for weight, part in promise.parts:
                weights[self.node(part)] = weights.get(self.node(part), 0) + weight
            key: tuple[object, ...] = AtLeast, promise.threshold, frozenset(weights.items())
            watching: Iterable[int] = map(self.node, self._keys.watched(promise))
        else:
            nodes = frozenset((*map(self._literal.__getitem__, promise.literals), *map(self.node, promise.parts)))
            key = type(promise), nodes
            watching = nodes if isinstance(promise, Or) else [self.node(self._keys.rarest(promise))]
        if key not in self._same:
            self._same[key] = number = len(self.parts.literals) + len(self.parts.levels)
            made_of = weights if isinstance(promise, AtLeast) else nodes
            self.parts.levels.append(1 + max((self._level(part) for part in made_of), default=0))
            if isinstance(promise, AtLeast):
                self.parts.weighed[number] = promise.threshold, weights
            elif isinstance(promise, And):
                self.parts.all_of[number] = nodes
            for watched in sorted(set(watching)):
                self.parts.watched.setdefault(watched, []).append(number)
        return self._same[key]

    def _level(self, node: int) -> int:
        at = node - len(self.parts.literals)
        return 0 if at < 0 else self.parts.levels[at]
