"""A value of a data file with its place, whatever it was written in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from flamecheck.spans import MappedText, Span

Path: TypeAlias = tuple[str | int, ...]
MERGED: Final = "<<"
"""The key under which YAML takes over another mapping."""
MAX_DEPTH: Final = 200
"""How deep values may be nested."""
_CHAIN: Final = 20


@dataclass(slots=True)
class Entry:
    """One value of a mapping, with the place of its key."""

    key: str
    place: Span
    value: Value


@dataclass(slots=True)
class Value:
    """``kind`` is mapping, sequence, text, other (numbers, true, nothing) or alias; ``span`` is where it is written.

    ``plain`` is the value of a text or other; ``decoded`` maps the value of a text to ``span``; ``target`` is what an
    alias stands for.
    """

    kind: str
    span: Span
    plain: Any = None
    decoded: Callable[[], MappedText] | None = None
    entries: list[Entry] = field(default_factory=list)
    items: list[Value] = field(default_factory=list)
    target: Value | None = None

    def texts(self) -> Iterator[tuple[Path, Value]]:
        """Yield the texts in it, each once and with its path, in the order of the file; aliases are not followed."""
        stack: list[tuple[Path, Value]] = [((), self)]
        while stack:
            path, value = stack.pop()
            if value.kind == "text":
                yield path, value
            stack += [((*path, entry.key), entry.value) for entry in reversed(value.entries)]
            stack += [((*path, number), item) for number, item in reversed(list(enumerate(value.items)))]

    def followed(self) -> Value:
        """Return what it stands for, if it is an alias."""
        value = self
        for _ in range(_CHAIN):
            if value.target is None:
                break
            value = value.target
        return value

    def fields(self) -> dict[str, Entry]:
        """Return the entries of a mapping by key, with those it takes over from others unless it has its own."""
        found: dict[str, Entry] = {}
        stack = [self]
        for _ in range(_CHAIN):
            if not stack:
                break
            for entry in stack.pop().entries:
                if entry.key == MERGED:
                    merged = entry.value.followed()
                    stack += [value.followed() for value in reversed(merged.items)] or [merged]
                else:
                    found.setdefault(entry.key, entry)
        return found
