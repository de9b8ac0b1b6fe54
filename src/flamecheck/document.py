"""One post: where it came from, its visible text with a map back to the source, and its context."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from flamecheck.context import EMPTY, Context
from flamecheck.spans import Alignment, MappedText, Span


@dataclass(slots=True, frozen=True)
class Source:
    """What was handed in: a name that is stable across runs, the text, its media type."""

    name: str
    text: str
    media: str = "text"


REGIONS: Final = ("heading", "item", "cell", "blockquote", "link", "alt", "title", "code", "front-matter")
"""What a part of a formatted text can be; ``inside:`` asks for them.  A plain text has none."""


@dataclass(slots=True, frozen=True)
class Region:
    """A part of the visible text with a role; ``kind`` is one of REGIONS, ``span`` counts code points of the text."""

    kind: str
    span: Span


@dataclass(slots=True, frozen=True)
class Comment:
    """A comment of a source, where a person may speak to this program.

    ``text`` is what stands between the marks, ``span`` the whole comment and ``block`` the visible block that follows
    it (None when nothing follows); both count code points of the source.  ``alignment`` leads ``text`` back to the
    source.  Only comments that begin with ``flamecheck`` are kept.  A value of ``flamecheck:`` in front matter is a
    comment on the whole file: its text is ``flamecheck: `` and the value, its ``block`` None.
    """

    text: str
    span: Span
    block: Span | None = None
    alignment: Alignment | None = None

    def locate(self, span: Span) -> Span:
        """Return where ``span`` of the text stands in the source: the whole comment when nobody kept the map."""
        return self.span if self.alignment is None else self.alignment.to_old(span)


@dataclass(slots=True, frozen=True)
class Document:
    """One post to screen.  Every code point of ``text`` leads back into ``origin``; picklable.

    ``comments`` are those of the whole source, also where one source holds several posts.
    """

    id: str | int
    origin: Source
    body: MappedText
    context: Context = EMPTY
    regions: tuple[Region, ...] = ()
    comments: tuple[Comment, ...] = ()

    @property
    def text(self) -> str:
        """Return the visible text."""
        return self.body.text

    def locate(self, span: Span) -> Span:
        """Return where ``span`` of the visible text stands in the source."""
        return self.body.to_source(span)


def plain(
    text: str,
    *,
    name: str = "<text>",
    id: str | int | None = None,
    context: Context = EMPTY,
    regions: Iterable[Region] = (),
) -> Document:
    """Return ``text`` as a document whose visible text is its source, character by character."""
    body = MappedText(text, Alignment())
    return Document(name if id is None else id, Source(name, text), body, context, tuple(regions))
