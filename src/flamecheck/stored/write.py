"""A compiled pack as bytes: values numbered, children first, and cut into chunks by the rules they are reachable from."""

from __future__ import annotations

import json
import zlib
from array import array
from dataclasses import replace
from typing import Any, Final

from flamecheck.garbage import uncollected
from flamecheck.rules.rule import Pack
from flamecheck.ruleset import Ruleset
from flamecheck.stored.kinds import ATOMS, FORMAT, GATED, PLAIN_PARTS, Taker, classes, parts_of


def dump(pack: Pack, ruleset: Ruleset, made_from: str) -> bytes:
    """Return a pack and its rules as bytes; ``made_from`` is what they depend on."""
    with uncollected():
        return _Writer(pack, ruleset).written(made_from)


class _Ref(int):
    """The number of a value, among parts that are numbers themselves."""

    __slots__ = ()


class _Writer:
    """Number the values, children first; cut them into chunks by the roots they are reachable from."""

    def __init__(self, pack: Pack, ruleset: Ruleset) -> None:
        self._kinds: list[str] = []
        self._takers: dict[type, Taker] = dict(PLAIN_PARTS)
        self._known: Final = {kind: name for name, kind in classes().items()}
        self._gates: Final = ruleset.prefilter.gates
        self._numbers: dict[int, int] = {}
        self._alive: list[Any] = []  # id は、生きているものどうしでだけ一つに決まる
        self._nodes: list[tuple[int, list[Any]]] = []
        head = (
            replace(pack, lexicons={}, guards={}, days=(), warnings=()),
            ruleset.prefilter.parts(),
            ruleset.disguises.watches,
            ruleset.packs,
            ruleset.fingerprint,
            ruleset.whens,
            dict(ruleset.bounds or {}),
        )
        self._roots = [self._number(root) for root in (head, *ruleset.compiled)]

    def _number(self, root: Any) -> int:
        """Return the number of a value, after numbering everything it is made of."""
        numbers, gates, nodes, alive = self._numbers, self._gates, self._nodes, self._alive
        waiting: list[tuple[Any, int, list[Any] | None]] = [(root, 0, None)]
        while waiting:
            value, kind, parts = waiting.pop()
            key = id(value)
            if key in numbers:
                continue
            gate = gates.get(key)
            if parts is None:
                kind, parts = self._taken(value)
                alive.append((value, parts))
                waiting.append((value, kind, parts))
                waiting += [(part, 0, None) for part in parts if type(part) not in ATOMS and id(part) not in numbers]
                continue
            numbers[key] = len(nodes)
            nodes.append((kind, [part if type(part) in ATOMS else _Ref(numbers[id(part)]) for part in parts]))
            if gate is not None:
                # 門のある条件は、門といっしょに読み戻す。
                nodes.append((GATED, [_Ref(numbers[key]), gate]))
                numbers[key] = len(nodes) - 1
        return numbers[id(root)]

    def _taken(self, value: Any) -> tuple[int, list[Any]]:
        """Return the kind of a value and what it is made of."""
        kind = type(value)
        taker = self._takers.get(kind)
        if taker is None:
            self._kinds.append(self._known[kind])
            taker = self._takers[kind] = GATED + len(self._kinds), parts_of(kind)
        number, parts = taker
        return number, parts(value)

    def written(self, made_from: str) -> bytes:
        """Return the bytes."""
        nodes = self._nodes
        reached = [0] * len(nodes)
        for number, root in enumerate(self._roots):
            reached[root] |= 1 << number
        for number in range(len(nodes) - 1, -1, -1):
            mask = reached[number]
            for part in nodes[number][1]:
                if type(part) is _Ref:
                    reached[part] |= mask
        chunks: dict[int, _Chunk] = {}
        at: list[tuple[_Chunk, int]] = []
        for (kind, parts), mask in zip(nodes, reached, strict=True):
            chunk = chunks.get(mask)
            if chunk is None:
                chunk = chunks[mask] = _Chunk(len(chunks))
            at.append((chunk, chunk.add(kind, parts, at)))
        raw = [chunk.raw() for chunk in chunks.values()]
        roots = [(at[root][0].number, at[root][1]) for root in self._roots]
        sizes = [len(part) for part in raw]
        head = json.dumps({"made_from": made_from, "kinds": self._kinds, "sizes": sizes, "roots": roots}).encode()
        body = b"".join([head, *raw])
        return f"{FORMAT} {len(head)} {zlib.crc32(body)}\n".encode() + body


class _Chunk:
    """Values that are reachable from the same roots; a part is named by its place among atoms, foreigners, values."""

    def __init__(self, number: int) -> None:
        self.number = number
        self._atoms: dict[tuple[type, Any], int] = {}
        self._foreign: dict[tuple[int, int], int] = {}
        self._values: list[tuple[int, list[tuple[int, int]]]] = []

    def add(self, kind: int, parts: list[Any], at: list[tuple[_Chunk, int]]) -> int:
        """Take in a value whose parts are in ``at``, by number; return its place among the values."""
        atoms, foreign = self._atoms, self._foreign
        named = []
        for part in parts:
            if type(part) is not _Ref:
                named.append((0, atoms.setdefault((type(part), part), len(atoms))))
                continue
            chunk, place = at[part]
            if chunk is self:
                named.append((2, place))
            else:
                named.append((1, foreign.setdefault((chunk.number, place), len(foreign))))
        self._values.append((kind, named))
        return len(self._values) - 1

    def raw(self) -> bytes:
        """Return the chunk: its atoms and foreigners as JSON, its values as a row of numbers."""
        shift = (0, len(self._atoms), len(self._atoms) + len(self._foreign))
        stream: list[int] = []
        for kind, named in self._values:
            stream += (kind, len(named))
            stream += [shift[which] + place for which, place in named]
        atoms = json.dumps([[value for _, value in self._atoms], list(self._foreign)]).encode()
        return zlib.compress(len(atoms).to_bytes(4, "little") + atoms + array("I", stream).tobytes(), 1)
