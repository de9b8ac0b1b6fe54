"""All offset arithmetic: spans, maps between two texts, lines and columns.

The unit is the Unicode code point of the text a value names; ranges are half-open.  A map is built while
the new text is emitted, and nothing ever searches for a position afterwards.

``fold("死(し)ね！")`` gives ``死ね!``; its map leads the span 0–2 back to 0–5 (``死(し)ね``) in the text as written.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Final, NamedTuple


class Span(NamedTuple):
    """A half-open range of code points."""

    start: int
    end: int

    @property
    def length(self) -> int:
        """Return the number of code points covered."""
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Return whether the two ranges share a code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Return whether ``other`` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def gap(self, other: Span) -> int:
        """Return the number of code points between the two ranges, 0 when they touch or overlap."""
        return max(0, other.start - self.end, self.start - other.end)

    def hull(self, other: Span) -> Span:
        """Return the smallest range that covers both."""
        return Span(min(self.start, other.start), max(self.end, other.end))


def pieces(size: int, spans: Iterable[Span]) -> Iterator[tuple[Span, tuple[int, ...]]]:
    """Yield the ranges that ``spans`` cut a text of ``size`` code points into, each with the numbers of its spans.

    The ranges are in order and make up the whole text; a span that is empty or reaches beyond the text counts as far as
    it covers something.
    """
    cut = [(max(0, span.start), min(size, span.end)) for span in spans]
    opening: dict[int, list[int]] = {}
    closing: dict[int, list[int]] = {}
    for number, (start, end) in enumerate(cut):
        if start < end:
            opening.setdefault(start, []).append(number)
            closing.setdefault(end, []).append(number)
    covering: set[int] = set()
    start = 0
    for at in sorted({*opening, *closing, size}):
        if start < at:
            yield Span(start, at), tuple(sorted(covering))
        covering.difference_update(closing.get(at, ()))
        covering.update(opening.get(at, ()))
        start = at


def windows(size: int, spans: Iterable[Span], *, most: int, around: int) -> tuple[Span, ...]:
    """Return what to show of a text of ``size`` code points: all of it up to ``most``, else its head and parts.

    Each span is shown from ``around`` code points before it to as many behind it (a long one as far as ``around``
    reaches into it), until ``most`` code points are shown.
    """
    if size <= most:
        return (Span(0, size),)
    shown = [Span(0, 2 * around)]
    room = most - 2 * around
    for span in spans:
        start, end = max(0, span.start - around), min(size, span.end + around, span.start + 3 * around)
        room -= max(0, end - start)
        if room < 0:
            break
        shown.append(Span(start, end))
    return tuple(shown)


class Edit(NamedTuple):
    """One place where the new text differs: ``new`` there stands for ``old`` in the text it came from."""

    new: Span
    old: Span


class Alignment:
    """Monotone map from a new text back to the text it was made from; between edits, both advance together."""

    __slots__ = ("_edits", "_new_ends", "_new_starts")

    def __init__(self, edits: Iterable[Edit] = ()) -> None:
        """Keep ``edits``, sorted and disjoint in both texts; a deletion has an empty ``new`` range."""
        self._edits: Final[tuple[Edit, ...]] = tuple(edits)
        self._new_starts: Final = [edit.new.start for edit in self._edits]
        self._new_ends: Final = [edit.new.end for edit in self._edits]

    @property
    def edits(self) -> tuple[Edit, ...]:
        """Return every place where the two texts differ, in order."""
        return self._edits

    def inverse(self) -> Alignment:
        """Return the map the other way, from the old text to the new one."""
        return Alignment(Edit(edit.old, edit.new) for edit in self._edits)

    def _start(self, offset: int) -> int:
        # 直前の編集のうち一番右のもの。削除された文字は、始点より前に置く。
        index = bisect_right(self._new_starts, offset) - 1
        if index < 0:
            return offset
        edit = self._edits[index]
        if offset < edit.new.end:
            return edit.old.start
        return edit.old.end + offset - edit.new.end

    def _end(self, offset: int) -> int:
        # 終点より後ろで消えた文字は含めない。
        index = bisect_left(self._new_ends, offset)
        if index < len(self._edits) and self._edits[index].new.start < offset:
            return self._edits[index].old.end
        if index == 0:
            return offset
        edit = self._edits[index - 1]
        return edit.old.end + offset - edit.new.end

    def to_old(self, span: Span) -> Span:
        """Return the smallest range of the old text that gave rise to ``span`` (not empty) of the new one."""
        if span.length <= 0:
            point = self._start(span.start)
            return Span(point, point)
        return Span(self._start(span.start), self._end(span.end))


class MappedText(NamedTuple):
    """A text together with the map back to the text it was made from."""

    text: str
    alignment: Alignment

    def to_source(self, span: Span) -> Span:
        """Return where ``span`` of this text stands in the source."""
        return self.alignment.to_old(span)

    def runs(self) -> Iterator[tuple[Span, str | None]]:
        """Yield the ranges of the source this text is made of, each as it stands (None) or with what stands for it."""
        new = old = 0
        for edit in self.alignment.edits:
            if edit.new.start > new:
                yield Span(old, edit.old.start), None
            if edit.new.length:
                yield edit.old, self.text[edit.new.start : edit.new.end]
            new, old = edit.new.end, edit.old.end
        if new < len(self.text):
            yield Span(old, old + len(self.text) - new), None


class MapBuilder:
    """Emit a new text piece by piece and keep the map while doing so."""

    __slots__ = ("_edits", "_length", "_old", "_pieces")

    def __init__(self) -> None:
        """Start with both texts empty."""
        self._pieces: list[str] = []
        self._edits: list[Edit] = []
        self._length = 0
        self._old = 0

    def copy(self, piece: str) -> None:
        """Take over ``piece`` unchanged."""
        self._pieces.append(piece)
        self._length += len(piece)
        self._old += len(piece)

    def replace(self, old_length: int, new: str) -> None:
        """Let ``new`` (may be empty) stand for the next ``old_length`` code points of the old text."""
        edit = Edit(Span(self._length, self._length + len(new)), Span(self._old, self._old + old_length))
        self._edits.append(edit)
        self._pieces.append(new)
        self._length += len(new)
        self._old += old_length

    def build(self) -> MappedText:
        """Return the text with its map."""
        return MappedText("".join(self._pieces), Alignment(self._edits))


def compose(outer: MappedText, inner: MappedText) -> MappedText:
    """Return ``inner`` (made from ``outer.text``) mapped straight to the source of ``outer``."""
    if not outer.alignment.edits:
        return inner
    if not inner.alignment.edits:
        return MappedText(inner.text, outer.alignment)
    return MappedText(inner.text, Alignment(_composed(outer.alignment, inner.alignment)))


def _composed(outer: Alignment, inner: Alignment) -> Iterator[Edit]:
    """Yield the edits of the combined map; edits of the two maps that share a middle code point become one.

    Edits that only touch stay apart, so the map is as fine as the two it is made of.
    """
    # 中間テキスト上の範囲で両者を並べる。幅のない編集は同じ位置の他の編集より先、同着なら outer が先。
    removed = [(e.new.start, e.new.end, 0, e.old.length - e.new.length) for e in outer.edits]
    middles = sorted(removed + [(e.old.start, e.old.end, 1, e.new.length - e.old.length) for e in inner.edits])
    low = high = 0
    growth = [0, 0]  # いまの組での長さの差: [中間 → 旧, 中間 → 新]
    shift = [0, 0]  # その組より前までの差の累計
    started = False
    for start, end, side, delta in middles:
        if started and start >= high:
            yield _grown(low, high, growth, shift)
            shift = [shift[0] + growth[0], shift[1] + growth[1]]
            started = False
        if not started:
            low, high, growth, started = start, end, [0, 0], True
        high = max(high, end)
        growth[side] += delta
    if started:
        yield _grown(low, high, growth, shift)


def _grown(low: int, high: int, growth: list[int], shift: list[int]) -> Edit:
    """Return the middle range ``low``–``high`` as an edit between the old and the new text."""
    old, new = Span(low + shift[0], high + shift[0] + growth[0]), Span(low + shift[1], high + shift[1] + growth[1])
    return Edit(new, old)


class CodePoints:
    """Code point offsets of UTF-8 byte offsets of one text, for parsers that count bytes.

    Linear to make, constant to ask.  The text must not hold lone surrogates, which UTF-8 cannot write.
    """

    __slots__ = ("_starts", "raw")
    _STEP: Final = 64

    def __init__(self, text: str) -> None:
        """Encode ``text`` into ``raw`` and note the byte offset of every 64th code point."""
        self.raw: Final = text.encode()
        self._starts: list[int] = []
        if len(self.raw) != len(text):
            sizes = (len(text[at : at + self._STEP].encode()) for at in range(0, len(text), self._STEP))
            self._starts = [0, *accumulate(sizes)][:-1]

    def at(self, offset: int) -> int:
        """Return the code point offset of byte ``offset``, which must not lie inside a character."""
        if not self._starts:
            return offset
        step = bisect_right(self._starts, offset) - 1
        return step * self._STEP + len(self.raw[self._starts[step] : offset].decode())


class Excerpt:
    """Parts of a text put side by side, such as a quoted paragraph without its ``>``; leads spans back to the parts."""

    __slots__ = ("_offsets", "_parts", "text")

    def __init__(self, text: str, parts: Iterable[Span]) -> None:
        """Join ``parts`` of ``text``, which are in order and disjoint; empty ones count for nothing."""
        self._parts: Final = [part for part in parts if part.length > 0]
        self._offsets: Final = [0, *accumulate(part.length for part in self._parts)]
        self.text: Final = "".join(text[part.start : part.end] for part in self._parts)

    def parts(self, span: Span) -> Iterator[Span]:
        """Yield the ranges of the text that ``span`` of the excerpt is made of, in order."""
        index = bisect_right(self._offsets, span.start) - 1
        at = span.start
        while at < span.end:
            end = min(span.end, self._offsets[index + 1])
            shift = self._parts[index].start - self._offsets[index]
            yield Span(at + shift, end + shift)
            at, index = end, index + 1

    def hull(self, span: Span) -> Span:
        """Return the smallest range of the text that holds ``span`` (not empty) of the excerpt."""
        parts = list(self.parts(span))
        return parts[0].hull(parts[-1])


class Lines:
    """Line and column of any offset; lines end at LF, CR or CRLF or, as git has it, at LF alone."""

    __slots__ = ("_starts", "_text")

    def __init__(self, text: str, *, feed_alone: bool = False) -> None:
        """Index the line starts of ``text``; with ``feed_alone`` a CR ends no line."""
        self._text = text
        if feed_alone:
            self._starts = [0, *(found.end() for found in re.finditer("\n", text))]
            return
        starts = [0]
        index, size = 0, len(text)
        while index < size:
            char = text[index]
            index += 1
            if char == "\r" and index < size and text[index] == "\n":
                index += 1
            if char in "\r\n":
                starts.append(index)
        self._starts = starts

    @property
    def text(self) -> str:
        """Return the whole text."""
        return self._text

    def locate(self, offset: int) -> tuple[int, int]:
        """Return the 1-based line and 1-based column (code points) of ``offset``."""
        row = bisect_right(self._starts, offset) - 1
        return row + 1, offset - self._starts[row] + 1

    def __len__(self) -> int:
        """Return the number of lines; a text that ends with a line end has an empty last one."""
        return len(self._starts)

    def start_of(self, line: int) -> int:
        """Return the offset where 1-based ``line`` starts."""
        return self._starts[line - 1]

    def span_of(self, line: int) -> Span:
        """Return the range of 1-based ``line`` with its line end; empty, at the end, when there is no such line."""
        starts, size = self._starts, len(self._text)
        return Span(*(starts[at] if at < len(starts) else size for at in (line - 1, line)))

    def text_of(self, line: int) -> str:
        """Return 1-based ``line`` without its line end; empty when there is no such line."""
        if not 1 <= line <= len(self._starts):
            return ""
        start = self._starts[line - 1]
        end = self._starts[line] if line < len(self._starts) else len(self._text)
        return self._text[start:end].rstrip("\r\n")


class Hunk(NamedTuple):
    """Lines of a text as git counts them, from 1 and by LF alone; with no ``size``, something behind ``first`` is gone."""

    first: int
    size: int


def spans_of(text: str, hunks: Iterable[Hunk]) -> tuple[Span, ...]:
    """Return the ranges of ``text`` that hunks (in order) stand for; an empty one is where something was taken out."""
    lines = Lines(text, feed_alone=True)
    found = []
    for first, size in hunks:
        if size:
            found.append(lines.span_of(first).hull(lines.span_of(first + size - 1)))
        else:
            gone = lines.span_of(first + 1).start
            found.append(Span(gone, gone))
    return tuple(found)
