"""What was said, in the order in which it counts: the tables of files, their overrides, flags; a later one wins.

A key with one value is replaced; of the keys with several, those in ADDS add to what was said before.  ``context`` and
``severity`` are keys with dots (``context.post_type``), so that each part is replaced by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from flamecheck.errors import Place
from flamecheck.settings.globs import Globs

ADDS: Final = ("packs", "exclude", "extend-select", "ignore", "allow", "lexicons")
"""The lists that add to earlier ones; ``include``, ``select`` and ``fields`` take their place."""
FLAG: Final = "--"


@dataclass(slots=True, frozen=True)
class Said:
    """One value, checked and hashable, and the place that says it; ``parts`` are selectors inside it."""

    value: Any
    place: Place
    parts: tuple[Said, ...] = ()

    @property
    def where(self) -> str:
        """Return ``flamecheck.toml:3``, or the flag."""
        return f"{self.place.path}:{self.place.line}" if self.place.line else self.place.path


Entries = Mapping[str, tuple[Said, ...]]


@dataclass(frozen=True)
class Step:
    """One table: what it says, and for which paths (all of them without a pattern)."""

    entries: Entries
    paths: tuple[str, ...] = ()
    place: Place = field(default=Place("", 1, 1), compare=False)

    @cached_property
    def globs(self) -> Globs | None:
        """Return the patterns compiled, or None without any."""
        return Globs(self.paths) if self.paths else None

    def reaches(self, path: str) -> bool:
        """Return whether the table holds for ``path`` as seen from the root."""
        return self.globs is None or self.globs.match(path)


def fold(steps: Iterable[Step]) -> dict[str, tuple[Said, ...]]:
    """Return what the steps come to.

    A selector that a step selects leaves the ``ignore`` of the steps before it, so that a later file can take back by
    the same name what an earlier one left out.
    """
    found: dict[str, tuple[Said, ...]] = {}
    for step in steps:
        wanted = {said.value for key in ("select", "extend-select") for said in step.entries.get(key, ())}
        if wanted and "ignore" in found:
            found["ignore"] = tuple(said for said in found["ignore"] if said.value not in wanted)
        for key, values in step.entries.items():
            found[key] = (*found.get(key, ()), *values) if key in ADDS else values
    return found
