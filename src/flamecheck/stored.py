"""A compiled pack in a file, so that a run that reads one draft does not read and compile every rule first.

What is compiled is a graph of a million small values, most of them words of lexicons that several rules share.  A run
needs the few rules that are candidates for its drafts, so the graph is cut into chunks: all values that are reachable
from exactly the same rules stand in one.  Decoding a rule reads its chunk and the chunks it leads to, and nothing that
it does not need; what two rules share is decoded once and is one object again, as when it was compiled.

The file holds numbers, strings and places in a fixed list of this program's own classes, never code: whoever changes it
can make findings wrong and nothing else.  It has a checksum over all of it.  What only authors of rules ask for (examples,
conditions as written, places in rule files) is left out.

Law (tests/agreement.py, tests/test_stored.py): a ruleset that was stored finds what the one it was made from finds.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
import zlib
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields, is_dataclass, replace
from datetime import date, time
from enum import Enum
from fractions import Fraction
from functools import cache
from importlib import import_module
from inspect import isclass
from itertools import accumulate
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeAlias, overload

import regex

from flamecheck.disguise.table import Disguises
from flamecheck.errors import NOWHERE, Place, said
from flamecheck.garbage import uncollected
from flamecheck.matching import Promise
from flamecheck.prefilter import Prefilter
from flamecheck.rules.condition import AnyOf, WeakCue
from flamecheck.rules.rule import Case, Disguise, Guard, Pack, Profile, Rule
from flamecheck.ruleset import CompiledRule, Ruleset
from flamecheck.saving import save

FORMAT: Final = "flamecheck ruleset 1"
MOST: Final = 6
"""How many compiled packs a folder keeps: a few repositories with packs of their own."""
_MODULES: Final = (
    "detectors.numerals", "disguise.spell", "disguise.table", "grading", "inflection", "matchers.count",
    "matchers.detectors", "matchers.expression", "matchers.logic", "matchers.phrase", "matchers.relation",
    "matchers.tokens", "matchers.weigh", "matching", "program", "report", "rules.condition", "rules.dates",
    "rules.provenance", "rules.rule", "rules.when", "ruleset", "spans",
)  # fmt: skip
_NOTHING: Final = AnyOf(())
"""Stands where a condition stood: it is compiled, and nobody asks how it was written."""
_BLANK: Final[dict[type, dict[str, Any]]] = {
    Rule: {"match": _NOTHING, "guards": (), "guard_places": (), "flags": (), "passes": ()},
    Guard: {"cases": ()},
    Case: {"match": None},
    Profile: {"leads": ()},
    Disguise: {"words": ()},
    WeakCue: {"match": _NOTHING},
}
_ATOMS: Final = frozenset((type(None), bool, int, float, str))
_Taker: TypeAlias = tuple[int, Callable[[Any], list[Any]]]
_PLAIN: Final[tuple[Callable[[list[Any]], Any], ...]] = (
    tuple,
    list,
    frozenset,
    lambda values: dict(zip(values[::2], values[1::2], strict=True)),
    lambda _: NOWHERE,
    lambda values: date.fromisoformat(values[0]),
    lambda values: time.fromisoformat(values[0]),
    lambda values: Fraction(values[0]),
    lambda values: regex.compile(values[0]),
)
"""What makes a value of each kind that is no class of this program, from its parts; ``_GATED`` comes behind them."""
_PLAIN_PARTS: Final[dict[type, _Taker]] = {
    tuple: (0, list),
    list: (1, list),
    frozenset: (2, sorted),
    dict: (3, lambda value: [part for pair in value.items() for part in pair]),
    Place: (4, lambda _: []),
    date: (5, lambda value: [value.isoformat()]),
    time: (6, lambda value: [value.isoformat()]),
    Fraction: (7, lambda value: [str(value)]),
    regex.Pattern: (8, lambda value: [value.pattern]),
}
_GATED: Final = len(_PLAIN)


@cache
def classes() -> dict[str, type]:
    """Return every class whose values may stand in a file, by its name."""
    found = {}
    for module in _MODULES:
        for name, value in vars(import_module(f"flamecheck.{module}")).items():
            if isclass(value) and value.__module__ == f"flamecheck.{module}" and _storable(value):
                found[f"{module}.{name}"] = value
    return found


def _storable(kind: type) -> bool:
    return is_dataclass(kind) or issubclass(kind, Enum) or (issubclass(kind, tuple) and hasattr(kind, "_fields"))


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
        self._takers: dict[type, _Taker] = dict(_PLAIN_PARTS)
        self._known: Final = {kind: name for name, kind in classes().items()}
        self._gates: Final = ruleset.gates
        self._numbers: dict[int, int] = {}
        self._alive: list[Any] = []  # id は、生きているものどうしでだけ一つに決まる
        self._nodes: list[tuple[int, list[Any]]] = []
        head = (
            replace(pack, lexicons={}, guards={}, days=(), warnings=()),
            ruleset.prefilter.parts(),
            ruleset.disguises.watches,
            ruleset.packs,
            ruleset.fingerprint,
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
                waiting += [(part, 0, None) for part in parts if type(part) not in _ATOMS and id(part) not in numbers]
                if gate is not None and type(gate) not in _ATOMS:
                    waiting.append((gate, 0, None))
                continue
            numbers[key] = len(nodes)
            nodes.append((kind, [part if type(part) in _ATOMS else _Ref(numbers[id(part)]) for part in parts]))
            if gate is not None:
                # 門のある条件は、門といっしょに読み戻す。
                asked = gate if type(gate) in _ATOMS else _Ref(numbers[id(gate)])
                nodes.append((_GATED, [_Ref(numbers[key]), asked]))
                numbers[key] = len(nodes) - 1
        return numbers[id(root)]

    def _taken(self, value: Any) -> tuple[int, list[Any]]:
        """Return the kind of a value and what it is made of."""
        kind = type(value)
        taker = self._takers.get(kind)
        if taker is None:
            self._kinds.append(self._known[kind])
            taker = self._takers[kind] = _GATED + len(self._kinds), _parts_of(kind)
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


def _parts_of(kind: type) -> Callable[[Any], list[Any]]:
    """Return what takes a value of a class of this program apart, without what only an author of rules asks for."""
    if issubclass(kind, Enum):
        return lambda value: [value.value]
    if not is_dataclass(kind):
        return list
    names = [item.name for item in fields(kind)]
    blank = _BLANK.get(kind, {})
    return lambda value: [blank[name] if name in blank else getattr(value, name) for name in names]


class BrokenError(ValueError):
    """The bytes are not what ``dump`` wrote for the same thing."""


def load(raw: bytes, made_from: str) -> tuple[Pack, Ruleset]:
    """Return what was stored; rules are decoded when they are asked for.

    Raises BrokenError for bytes that are damaged, of another format or made from something else.
    """
    reader = _Reader(raw, made_from)
    pack, parts, watches, packs, fingerprint = reader.root(0)
    prefilter = Prefilter.of_parts(parts)
    ruleset = Ruleset(_Compiled(reader), prefilter, fingerprint, packs, reader.gates, Disguises(watches))
    return pack, ruleset


class _Compiled(Sequence[CompiledRule]):
    """The rules of a stored ruleset, each decoded on first use."""

    def __init__(self, reader: _Reader) -> None:
        self._reader: Final = reader
        self._items: list[CompiledRule | None] = [None] * (len(reader.roots) - 1)

    def __len__(self) -> int:
        return len(self._items)

    @overload
    def __getitem__(self, number: int) -> CompiledRule: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[CompiledRule]: ...
    def __getitem__(self, number: int | slice) -> CompiledRule | Sequence[CompiledRule]:
        if isinstance(number, slice):
            return [self[one] for one in range(*number.indices(len(self)))]
        item = self._items[number]
        if item is None:
            self._items[number] = item = self._reader.root(range(len(self))[number] + 1)
        return item


class _Reader:
    """Decodes chunks, each once; safe to share between threads."""

    def __init__(self, raw: bytes, made_from: str) -> None:
        lead, _, body = raw.partition(b"\n")
        try:
            name, size, check = lead.decode().rsplit(" ", 2)
            if name != FORMAT or zlib.crc32(body) != int(check):
                raise BrokenError(name)
            head = json.loads(body[: int(size)])
            if head["made_from"] != made_from:
                raise BrokenError("made from something else")
        except (ValueError, TypeError) as error:
            raise BrokenError(str(error)) from None
        known = classes()
        self.gates: Final[dict[int, Promise]] = {}
        self._make: Final = [*_PLAIN, self._gated, *(_maker(known, name) for name in head["kinds"])]
        self.roots: Final[list[tuple[int, int]]] = head["roots"]
        self._starts: Final = [*accumulate(head["sizes"], initial=int(size))]
        self._body: Final = memoryview(body)
        self._chunks: dict[int, list[Any]] = {}
        self._lock: Final = threading.RLock()

    def _gated(self, values: list[Any]) -> Any:
        matcher, gate = values
        self.gates[id(matcher)] = gate
        return matcher

    def root(self, number: int) -> Any:
        """Return the value of a root."""
        chunk, place = self.roots[number]
        with self._lock, uncollected():
            return self._values(chunk)[place]

    def _values(self, number: int) -> list[Any]:
        """Return the values of a chunk, after those of the chunks it leads to."""
        if number in self._chunks:
            return self._chunks[number]
        data = zlib.decompress(self._body[self._starts[number] : self._starts[number + 1]])
        end = 4 + int.from_bytes(data[:4], "little")
        atoms, foreign = json.loads(data[4:end])
        parts: list[Any] = [*atoms, *(self._values(chunk)[place] for chunk, place in foreign)]
        first = len(parts)
        for kind, places in _stream(data[end:]):
            parts.append(self._make[kind]([parts[place] for place in places]))
        self._chunks[number] = parts[first:]
        return self._chunks[number]


def _stream(raw: bytes) -> Iterator[tuple[int, list[int]]]:
    numbers = array("I", raw).tolist()
    at = 0
    while at < len(numbers):
        end = at + 2 + numbers[at + 1]
        yield numbers[at], numbers[at + 2 : end]
        at = end


def _maker(known: Mapping[str, type], name: str) -> Callable[[list[Any]], Any]:
    if name not in known:
        raise BrokenError(name)
    kind: Any = known[name]
    return lambda values: kind(*values)


class Store(NamedTuple):
    """Where compiled packs are stored, what this one depends on, and who is told when that does not work."""

    folder: Path
    made_from: str
    warn: Callable[[str], object]

    def get(self, make: Callable[[], tuple[Pack, Ruleset]]) -> tuple[Pack, Ruleset]:
        """Return what is stored, or else what ``make`` returns, which is stored then.

        A pack with warnings is not stored, so that they are told every time.  A file that is damaged is made anew.
        """
        path = self.folder / f"{hashlib.blake2b(self.made_from.encode(), digest_size=12).hexdigest()}.fcr"
        try:
            made = load(path.read_bytes(), self.made_from)
            with suppress(OSError):
                os.utime(path)
            return made
        except FileNotFoundError:
            pass
        except (OSError, BrokenError) as error:
            self.warn(f"{path}: 読めないので作り直します（{error}）")
        made = pack, ruleset = make()
        if not pack.warnings:
            try:
                self.folder.mkdir(parents=True, exist_ok=True)
                save(path, dump(pack, ruleset, self.made_from))
                self._sweep()
            except OSError as error:
                self.warn(f"{path}: 書けないので、次も規則を読みます（{said(error)}）")
        return made

    def _sweep(self) -> None:
        """Remove all but the files that were used last."""
        found = sorted(self.folder.glob("*.fcr"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in found[MOST:]:
            with suppress(OSError):
                path.unlink()
