"""What a cell of a spreadsheet can hold: 32,767 UTF-16 units, no control characters, no half of a surrogate pair.

Everything taken out or put in is mapped, so that the offsets of findings lead to the words in the cell.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from flamecheck.spans import Alignment, MapBuilder, MappedText, Span
from flamecheck.units import Units

LIMIT: Final = 32_767
"""The most UTF-16 units a cell may hold, in Excel as in LibreOffice."""
EXACT: Final = 10**15
"""From here on a spreadsheet rounds a number."""
BEFORE: Final = "（前 {count:,} 字略）…"
BEHIND: Final = "…（後 {count:,} 字略）"
_MARKS: Final = 60
"""Room for both marks."""
_DIRTY: Final = re.compile(r"\r\n?|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def cell(text: str, anchor: int = 0, limit: int = LIMIT) -> MappedText:
    """Return ``text`` as a cell holds it, with its map back.

    Line ends become LF, control characters their pictures (␀), what no file can hold U+FFFD.  A text longer than
    ``limit`` UTF-16 units is cut around the code point ``anchor``; marks say how many code points are left out, and a
    range in a part that is left out leads to its mark.
    """
    kept = _window(text, anchor, limit)
    if kept.length == len(text) and not _DIRTY.search(text):
        return MappedText(text, Alignment())
    made = MapBuilder()
    if kept.start:
        made.replace(kept.start, BEFORE.format(count=kept.start))
    at = kept.start
    for found in _DIRTY.finditer(text, kept.start, kept.end):
        made.copy(text[at : found.start()])
        made.replace(found.end() - found.start(), _picture(found.group()))
        at = found.end()
    made.copy(text[at : kept.end])
    if kept.end < len(text):
        made.replace(len(text) - kept.end, BEHIND.format(count=len(text) - kept.end))
    return made.build()


def plain(text: str, limit: int = LIMIT) -> str:
    """Return ``text`` as a cell holds it, cut at the end when it is too long."""
    if 2 * len(text) <= limit and not _DIRTY.search(text):
        return text
    return cell(text, limit=limit).text


def parts(shown: MappedText, spans: Iterable[Span]) -> Iterator[tuple[str, bool]]:
    """Yield the text of a cell piece by piece, none empty, and whether one of ``spans`` (of the source) covers it."""
    there = shown.alignment.inverse()
    marked = [span for span in map(there.to_old, spans) if span.length > 0]
    # 重なりと隣り合わせを一つにまとめる。
    merged: list[Span] = []
    for span in sorted(marked):
        if merged and span.start <= merged[-1].end:
            merged[-1] = merged[-1].hull(span)
        else:
            merged.append(span)
    edges = [0, *(edge for span in merged for edge in span), len(shown.text)]
    for number, (start, end) in enumerate(pairwise(edges)):
        if start < end:
            yield shown.text[start:end], bool(number % 2)


def _window(text: str, anchor: int, limit: int) -> Span:
    """Return the range of ``text`` that is shown."""
    if 2 * len(text) <= limit:
        return Span(0, len(text))
    units = Units(text, "utf-16")
    if units.before(len(text)) <= limit:
        return Span(0, len(text))
    room = limit - _MARKS
    # 初めから読めるなら初めから。だめなら、指摘の前にも四分の一は見せる。
    start = 0
    if units.before(min(len(text), anchor)) > room * 3 // 4:
        start = _reach(units, len(text), max(0, units.before(min(len(text), anchor)) - room // 4))
        # 後ろに余りがあれば、前へ広げる。
        start = min(start, _reach(units, len(text), units.before(len(text)) - room) + 1)
    return Span(start, _reach(units, len(text), units.before(start) + room))


def _reach(units: Units, size: int, room: int) -> int:
    """Return how many code points stand wholly in the first ``room`` units."""
    return bisect_right(range(size + 1), room, key=units.before) - 1


def _picture(sign: str) -> str:
    if sign[0] == "\r":
        return "\n"
    code = ord(sign)
    return chr(0x2400 + code) if code < 0x20 else "\u2421" if code == 0x7F else "\ufffd"
