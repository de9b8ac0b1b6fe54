"""What of a range is not shown as it stands, and what is left of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from flamecheck.spans import Span


class Mark(NamedTuple):
    """A range that is not shown as it stands; an empty ``text`` is nothing at all."""

    start: int
    end: int
    text: str = ""


def shown(within: Span, marks: Iterable[Mark], edges: Iterable[int] = ()) -> Iterator[tuple[Span, str | None]]:
    """Yield what is left of a range between its marks, and what the marks stand for; of nested marks the outer counts.

    What is left is cut at ``edges``.
    """
    cuts = sorted(edges)
    at = within.start
    index = 0
    for mark in [*sorted(marks, key=lambda mark: (mark.start, -mark.end)), Mark(within.end, within.end)]:
        if mark.start < at:
            continue
        while index < len(cuts) and cuts[index] < mark.start:
            if cuts[index] > at:
                yield Span(at, cuts[index]), None
                at = cuts[index]
            index += 1
        if mark.start > at:
            yield Span(at, mark.start), None
        if mark.text:
            yield Span(mark.start, mark.end), mark.text
        at = mark.end


def outermost(spans: Iterable[Span]) -> list[Span]:
    """Return the spans that lie in no other, in order."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if not found or span.start >= found[-1].end:
            found.append(span)
    return found
