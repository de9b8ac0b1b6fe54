"""Bytes as a compiled pack: checked as a whole, decoded rule by rule."""

from __future__ import annotations

import json
import threading
import zlib
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any, Final, overload

from flamecheck.disguise.table import Disguises
from flamecheck.garbage import uncollected
from flamecheck.prefilter import Prefilter
from flamecheck.rules.rule import Pack
from flamecheck.ruleset import CompiledRule, Ruleset
from flamecheck.stored.kinds import FORMAT, PLAIN, classes


class BrokenError(ValueError):
    """The bytes are not what ``dump`` wrote for the same thing."""


def load(raw: bytes, made_from: str) -> tuple[Pack, Ruleset]:
    """Return what was stored; rules are decoded when they are asked for.

    Raises BrokenError for bytes that are damaged, of another format or made from something else.
    """
    reader = _Reader(raw, made_from)
    pack, parts, watches, packs, fingerprint, whens, bounds = reader.root(0)
    prefilter = Prefilter.of_parts(parts, reader.gates)
    disguises = Disguises(watches)
    ruleset = Ruleset(_Compiled(reader), prefilter, fingerprint, packs, disguises, whens, bounds)
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
        self.gates: Final[dict[int, int]] = {}
        self._make: Final = [*PLAIN, self._gated, *(_maker(known, name) for name in head["kinds"])]
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
