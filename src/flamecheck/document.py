"""One post: where it came from, its visible text with a map back to the source, and its context."""

from __future__ import annotations

from dataclasses import dataclass

from flamecheck.context import EMPTY, Context
from flamecheck.spans import Alignment, MappedText, Span


@dataclass(slots=True, frozen=True)
class Source:
    """What was handed in: a name that is stable across runs, the text, its media type."""

    name: str
    text: str
    media: str = "text"


@dataclass(slots=True, frozen=True)
class Document:
    """One post to screen.  Every code point of ``text`` leads back into ``origin``; picklable."""

    id: str | int
    origin: Source
    body: MappedText
    context: Context = EMPTY

    @property
    def text(self) -> str:
        """Return the visible text."""
        return self.body.text

    def locate(self, span: Span) -> Span:
        """Return where ``span`` of the visible text stands in the source."""
        return self.body.to_source(span)


def plain(text: str, *, name: str = "<text>", id: str | int | None = None, context: Context = EMPTY) -> Document:
    """Return ``text`` as a document whose visible text is its source, character by character."""
    return Document(name if id is None else id, Source(name, text), MappedText(text, Alignment()), context)
