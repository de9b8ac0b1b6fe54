"""The charts as SVG: pure functions from numbers to markup.  Colours are classes of the style sheet, never attributes.

Every chart has its numbers in a table beside it, so nothing is told by colour or length alone.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from flamecheck.audit.outputs.page.markup import number
from flamecheck.audit.outputs.page.tally import Month
from flamecheck.rules.dates import LENGTHS

_WIDTH: Final = 960
_HEIGHT: Final = 220
_LEFT: Final = 52
_TOP: Final = 12
_BOTTOM: Final = 28
_CELL: Final = 26
_ROW: Final = 22
_SIDE: Final = 44


class Part(NamedTuple):
    """One part of a stacked bar: a class of the style sheet and how much."""

    look: str
    size: int


def bar(parts: Iterable[Part], most: int) -> str:
    """Return a bar for a row of a table, its parts side by side; ``most`` is the length of the whole width."""
    drawn, at = [], 0.0
    for look, size in parts:
        width = 100 * size / most if most else 0
        # 一件でもあれば、細くても見えるようにする。
        seen = max(width, 0.6) if size else 0
        if seen:
            drawn.append(f'<rect class="{look}" x="{at:.2f}" width="{seen:.2f}" height="10"/>')
        at += width
    return (
        '<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        f"{''.join(drawn)}</svg>"
    )


def steps(most: int) -> tuple[int, ...]:
    """Return the marks of an axis from 0 to at least ``most``, up to five equal steps of 1, 2 or 5 times a power of ten."""
    size = 1
    while True:
        for step in (size, 2 * size, 5 * size):
            if step * 4 >= most:
                count = max(1, -(-most // step))
                return tuple(step * index for index in range(count + 1))
        size *= 10


def timeline(months: Sequence[tuple[Month, Sequence[Part]]], title: str) -> str:
    """Return a stacked column for each month, in order, under ``title`` for those who do not see it."""
    marks = steps(max((sum(part.size for part in parts) for _, parts in months), default=0))
    floor, room = _HEIGHT - _BOTTOM, _HEIGHT - _TOP - _BOTTOM
    wide = (_WIDTH - _LEFT - 8) / max(len(months), 1)
    drawn = [f'<svg class="chart" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{title}">']
    for mark in marks:
        y = floor - room * mark / marks[-1]
        drawn.append(f'<line class="grid" x1="{_LEFT}" x2="{_WIDTH - 8}" y1="{y:.1f}" y2="{y:.1f}"/>')
        drawn.append(f'<text class="tick end" x="{_LEFT - 6}" y="{y + 4:.1f}">{number(mark)}</text>')
    for index, ((year, month), parts) in enumerate(months):
        x, y = _LEFT + wide * index, float(floor)
        total = sum(part.size for part in parts)
        drawn.append(f"<g><title>{year}年{month}月：{number(total)} 件</title>")
        for look, size in parts:
            high = room * size / marks[-1]
            y -= high
            gap = min(wide * 0.16, 3)
            drawn.append(
                f'<rect class="{look}" x="{x + gap:.2f}" y="{y:.2f}" width="{wide - 2 * gap:.2f}" height="{high:.2f}"/>'
            )
        drawn.append("</g>")
        if month == 1 or len(months) <= 24:
            words = f"{year}年" if month == 1 or index == 0 else f"{month}月"
            drawn.append(f'<line class="axis" x1="{x:.1f}" x2="{x:.1f}" y1="{floor}" y2="{floor + 5}"/>')
            drawn.append(f'<text class="tick" x="{x + 3:.1f}" y="{_HEIGHT - 9}">{words}</text>')
    drawn.append(f'<line class="axis" x1="{_LEFT}" x2="{_WIDTH - 8}" y1="{floor}" y2="{floor}"/></svg>')
    return "".join(drawn)


def level(count: int, most: int) -> int:
    """Return how dark a day is drawn: 0 for none, 1 to 4 up to the highest count.

    By the root, so that one day far above the others leaves differences between those.
    """
    return 0 if not count else max(1, math.ceil(4 * math.sqrt(count / most)))


def calendar(
    counts: Mapping[Month, int], named: Mapping[Month, Sequence[str]], title: str, told: Callable[[str], str]
) -> str:
    """Return the days of a year, a row a month, darker where more was flagged, with a ring on days that have names.

    ``told`` makes HTML of a name.
    """
    most = max(counts.values(), default=0)
    wide, high = _SIDE + 31 * _CELL + 4, 20 + 12 * _ROW + 4
    drawn = [f'<svg class="chart calendar" viewBox="0 0 {wide} {high}" role="img" aria-label="{title}">']
    drawn += [
        f'<text class="tick mid" x="{_SIDE + (day - 0.5) * _CELL:.1f}" y="13">{day}日</text>'
        for day in (1, 5, 10, 15, 20, 25, 31)
    ]
    for month, length in enumerate(LENGTHS, start=1):
        y = 20 + (month - 1) * _ROW
        drawn.append(f'<text class="tick end" x="{_SIDE - 6}" y="{y + 15}">{month}月</text>')
        for day in range(1, length + 1):
            x, count = _SIDE + (day - 1) * _CELL, counts.get((month, day), 0)
            names = named.get((month, day), ())
            words = "・".join([f"{month}月{day}日：{number(count)} 件", *map(told, names)])
            drawn.append(f"<g><title>{words}</title>")
            drawn.append(
                f'<rect class="day d{level(count, most)}" x="{x + 1}" y="{y + 1}" '
                f'width="{_CELL - 2}" height="{_ROW - 2}" rx="3"/>'
            )
            if names:
                drawn.append(f'<circle class="named" cx="{x + _CELL / 2:.0f}" cy="{y + _ROW / 2:.0f}" r="4"/>')
            drawn.append("</g>")
    drawn.append("</svg>")
    return "".join(drawn)
