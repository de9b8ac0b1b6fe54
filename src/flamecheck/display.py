"""Text of strangers on a terminal: escapes for what it would act on, and a window of a long line around a span."""

from __future__ import annotations

from flamecheck.spans import Span, cells

WIDTH = 100


def visible(text: str) -> str:
    """Return ``text`` on one line, with everything a terminal would act on written as an escape."""
    return "".join(char if char.isprintable() or char == "\u3000" else ascii(char)[1:-1] for char in text)


def window(line: str, span: Span) -> tuple[str, Span]:
    """Return the printable part of ``line`` around ``span``, about WIDTH cells, and the span in it.

    A span wider than that is cut as well: each cut is one ``…``.
    """
    # 長い行のうち、見せるかもしれない所だけを読む。一字の幅は 0 のこともあるので多めに取る。
    reach = 4 * WIDTH
    before = visible(line[max(0, span.start - reach) : span.start])
    words = _first(visible(line[span.start : min(span.end, span.start + reach)]), WIDTH)
    after = visible(line[span.end : span.end + reach])
    room = max(0, WIDTH - cells(words))
    tail = _first(after, room - min(cells(before), room // 2))
    head = _last(before, room - cells(tail))
    return head + words + tail, Span(len(head), len(head) + len(words))


def _last(text: str, room: int) -> str:
    if cells(text) <= room:
        return text
    while text and cells(text) > room - 2:
        text = text[max(1, (cells(text) - room) // 2) :]
    return "…" + text


def _first(text: str, room: int) -> str:
    if cells(text) <= room:
        return text
    text = text[: max(0, room)]
    while text and cells(text) > room - 2:
        text = text[:-1]
    return text + "…"
