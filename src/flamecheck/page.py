"""The visible text of one file, collected as pieces of the source and emitted once, in order, with its map."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import groupby
from typing import Final, NamedTuple

from flamecheck.document import Comment, Region
from flamecheck.spans import Excerpt, MapBuilder, MappedText, Span

APART: Final = "\n\n"
"""What stands between two blocks: unlike one line end, never a soft line break inside a sentence."""
_BLANK: Final = " \t\n"
_SPOKEN: Final = re.compile(r"\s*(?:flamecheck\b|[A-Za-z_-]+\s*[:：]?\s*ignore)")


class Piece(NamedTuple):
    """A range of the source that is visible, as it stands or, with ``text``, as what it stands for (an entity)."""

    start: int
    end: int
    text: str | None
    block: int

    def shown(self, source: str) -> str:
        """Return the visible text."""
        return source[self.start : self.end] if self.text is None else self.text


class _Said(NamedTuple):
    """A comment as it was met, with what ``Page.comment`` was told of it."""

    said: MappedText
    span: Span
    line: Span | None
    block: Span | None
    whole: bool


class Page:
    """Collects pieces in any order; ranges must not overlap.  Pieces of different blocks never share a sentence."""

    def __init__(self, source: str) -> None:
        """Start empty."""
        self.source: Final = source
        self._pieces: list[Piece] = []
        self._regions: list[tuple[str, Span]] = []
        self._blocks = 0
        self._extents: list[Span] = []
        self._comments: list[_Said] = []

    def block(self) -> int:
        """Return the number of a new block."""
        self._blocks += 1
        return self._blocks

    def show(self, span: Span, block: int, text: str | None = None) -> None:
        """Make a range of the source visible, as it stands or as ``text``."""
        if span.length > 0 and text != "":
            self._pieces.append(Piece(*span, text, block))

    def region(self, kind: str, span: Span) -> None:
        """Say that what is visible of a range of the source has a role."""
        self._regions.append((kind, span))

    def extent(self, span: Span) -> None:
        """Say that a range of the source (a list, a table) is one block to a comment that stands before it."""
        self._extents.append(span)

    def words(self, runs: Iterable[tuple[Span, str | None]], lead: str = "") -> MappedText:
        """Return ranges of the source (in order, disjoint), each as it stands or as a text, as one text with its map.

        ``lead`` stands before them and nowhere in the source.
        """
        builder, at = MapBuilder(), 0
        for span, text in runs:
            builder.replace(span.start - at, "")
            if lead:
                builder.replace(0, lead)
                lead = ""
            if text is None:
                builder.copy(self.source[span.start : span.end])
            else:
                builder.replace(span.length, text)
            at = span.end
        return builder.build()

    def comment(
        self,
        said: MappedText,
        span: Span,
        *,
        line: Span | None = None,
        block: Span | None = None,
        whole: bool = False,
    ) -> None:
        """Keep a comment that speaks to this program: of ``block``, of the ``whole`` source, or of what comes next.

        With ``line``, it speaks of the last that is visible of that range of the source, if anything is.
        """
        if _SPOKEN.match(said.text):
            self._comments.append(_Said(said, span, line, block, whole))

    def comments(self) -> tuple[Comment, ...]:
        """Return the comments in their order, each with the block it stands before."""
        if not self._comments:
            return ()
        blocks = self._visible()
        extents = sorted(self._extents, key=lambda extent: (extent.start, -extent.end))
        return tuple(
            Comment(kept.said.text, kept.span, _block(kept, blocks, extents), kept.said.alignment)
            for kept in sorted(self._comments, key=lambda kept: kept.span)
        )

    def _visible(self) -> list[list[Span]]:
        """Return the visible ranges of each block, in order."""
        found = []
        for _, group in groupby(sorted(self._pieces), key=lambda piece: piece.block):
            pieces = self._trimmed(list(group))
            if pieces:
                found.append([Span(piece.start, piece.end) for piece in pieces])
        return found

    def excerpt(self, parts: Iterable[Span]) -> Excerpt:
        """Return parts of the source put side by side."""
        return Excerpt(self.source, parts)

    def build(self) -> tuple[MappedText, tuple[Region, ...]]:
        """Return the visible text with its map, and the regions in it, in order of their start."""
        pieces: list[Piece] = []
        builder = MapBuilder()
        at = length = 0
        starts: list[int] = []  # 各断片が見える文のどこから始まるか
        for _, group in groupby(sorted(self._pieces), key=lambda piece: piece.block):
            for number, piece in enumerate(self._trimmed(list(group))):
                gap = piece.start - at
                between = APART if number == 0 and pieces else ""
                if gap or between:
                    builder.replace(gap, between)
                    length += len(between)
                shown = piece.shown(self.source)
                if piece.text is None:
                    builder.copy(shown)
                else:
                    builder.replace(piece.end - piece.start, shown)
                pieces.append(piece)
                starts.append(length)
                length += len(shown)
                at = piece.end
        if at < len(self.source):
            builder.replace(len(self.source) - at, "")
        return builder.build(), tuple(self._placed(pieces, [*starts, length]))

    def _trimmed(self, pieces: list[Piece]) -> list[Piece]:
        """Return the pieces of one block without blanks at either end."""
        while pieces and not pieces[0].shown(self.source).strip(_BLANK):
            pieces.pop(0)
        while pieces and not pieces[-1].shown(self.source).strip(_BLANK):
            pieces.pop()
        if pieces and pieces[0].text is None:
            shown = pieces[0].shown(self.source)
            pieces[0] = pieces[0]._replace(start=pieces[0].end - len(shown.lstrip(_BLANK)))
        if pieces and pieces[-1].text is None:
            shown = pieces[-1].shown(self.source)
            pieces[-1] = pieces[-1]._replace(end=pieces[-1].start + len(shown.rstrip(_BLANK)))
        return pieces

    def _placed(self, pieces: list[Piece], starts: list[int]) -> list[Region]:
        heads = [piece.start for piece in pieces]
        tails = [piece.end for piece in pieces]
        found = []
        for kind, span in self._regions:
            first, last = bisect_left(heads, span.start), bisect_right(tails, span.end) - 1
            if first <= last:
                end = starts[last] + len(pieces[last].shown(self.source))
                found.append(Region(kind, Span(starts[first], end)))
        return sorted(found, key=lambda region: (region.span.start, -region.span.end))


def _block(kept: _Said, blocks: list[list[Span]], extents: list[Span]) -> Span | None:
    """Return the block a comment speaks of: what stands before it on its line, else the next."""
    if kept.whole or kept.block:
        return kept.block
    if kept.line:
        at = bisect_left(blocks, kept.span.start, key=lambda block: block[0].start) - 1
        if at >= 0 and blocks[at][-1].end > kept.line.start:
            return blocks[at][0].hull(blocks[at][-1])
    at = bisect_left(blocks, kept.span.end, key=lambda block: block[-1].end)
    if at == len(blocks):
        return None
    parts = [part for part in blocks[at] if part.start >= kept.span.end] or blocks[at][-1:]
    block = parts[0].hull(parts[-1])
    for extent in extents[bisect_left(extents, kept.span.end, key=lambda extent: extent.start) :]:
        if extent.start > block.start:
            break
        if extent.contains(block):
            return extent
    return block
