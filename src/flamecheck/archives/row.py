"""One record of an archive: a post, or why it is none.  Every record becomes exactly one row, in the order of the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from flamecheck.document import Document
from flamecheck.errors import InputError

KINDS: Final = ("post", "reply", "quote", "repost")
"""What a record is among posts; a repost holds the words of somebody else."""


@dataclass(slots=True, frozen=True)
class Origin:
    """Where a post stands out there: the address of the live post, its thread, what it is; "" where nobody says.

    ``thread`` is the id of the thread's first post; ``kind`` is one of KINDS.
    """

    url: str = ""
    thread: str = ""
    kind: str = "post"


NOWHERE: Final = Origin()


@dataclass(slots=True, frozen=True)
class Row:
    """One record of an archive; without ``document`` and ``error`` it was blank.

    ``number`` counts the records of the archive from 1; ``place`` is for people (「posts.csv 12 行目」); ``read`` says
    how much of the archive is read with it, in the unit of ``Archive.size``.  ``raw`` is the record as far as it can be
    shown, for the quarantine; empty for a row that could be read.  ``extra`` holds the columns nobody asked for.
    """

    number: int
    place: str
    read: int
    document: Document | None = None
    origin: Origin = NOWHERE
    extra: Mapping[str, Any] = field(default_factory=dict)
    error: InputError | None = None
    raw: str = ""


class Archive(Protocol):
    """One file or folder of posts, opened but not read whole."""

    @property
    def name(self) -> str:
        """Return the path as the user gave it, with ``/``."""

    @property
    def size(self) -> int:
        """Return how much there is to read, in whatever unit ``Row.read`` counts (bytes, rows, members)."""

    @property
    def told(self) -> tuple[str, ...]:
        """Return what was guessed (encoding, columns, format), a line each, for the user to see before the run."""

    def rows(self) -> Iterator[Row]:
        """Yield every record in order, the same ones each time, in constant memory.

        Raises InputError for an archive of which nothing more can be read; a broken record is a row with an error.
        """


@dataclass(slots=True, frozen=True)
class Asked:
    """What the user says of the archives: an encoding, a format, which column or key holds what.

    ``columns`` leads a field (``text``, ``id``, ``url``, a key of the context) to the name of its column or key.
    ``sheet`` is the name of a workbook's sheet; without it every visible one that holds posts is read.
    """

    encoding: str | None = None
    format: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    sheet: str | None = None
