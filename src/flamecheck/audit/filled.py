"""An archive with what the user says of all its posts, where it does not say so itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from flamecheck.archives.row import Archive, Row
from flamecheck.context import EMPTY, Context


@dataclass(slots=True, frozen=True)
class Filled:
    """``archive``, with ``context`` behind the context of every post."""

    archive: Archive
    context: Context

    @property
    def name(self) -> str:
        """Return the name of the archive."""
        return self.archive.name

    @property
    def size(self) -> int:
        """Return the size of the archive."""
        return self.archive.size

    @property
    def told(self) -> tuple[str, ...]:
        """Return what was guessed about the archive."""
        return self.archive.told

    def rows(self) -> Iterator[Row]:
        """Yield its records; raises what it raises."""
        for row in self.archive.rows():
            document = row.document
            if document is None or self.context is EMPTY:
                yield row
            else:
                yield replace(row, document=replace(document, context=document.context.over(self.context)))
