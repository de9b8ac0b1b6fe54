"""Text of strangers on a terminal: its cells, a caret under it, escapes for what it acts on, a window of a long line."""

from __future__ import annotations

import unicodedata

from flamecheck.spans import Span

WIDTH = 100


def visible(text: str) -> str:
    """Return ``text`` on one line, with everything a terminal would act on written as an escape."""
    return "".join(char if char.isprintable() or char == "\u3000" else ascii(char)[1:-1] for char in text)


def sound(text: str) -> str:
    """Return ``text`` as a UTF-8 file can hold it: a surrogate without its partner becomes U+FFFD."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


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


def cells(text: str) -> int:
    """Return how many terminal cells ``text`` takes: 2 for wide characters, 0 for combining ones, else 1."""
    return sum(_char_cells(char) for char in text)


def _char_cells(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf", "Cc", "Cs"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def caret(line: str, span: Span) -> str:
    """Return a line of spaces and carets that stands under ``span`` (code points of ``line``) in a terminal."""
    blank = "".join(char if char == "\t" else " " * _char_cells(char) for char in line[: span.start])
    return blank + "^" * max(1, cells(line[span.start : span.end]))
