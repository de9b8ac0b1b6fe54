"""Text as a browser lays it out: blanks collapsed, character references read, blocks apart."""

from __future__ import annotations

import re
from typing import Final
from unicodedata import east_asian_width, name

from flamecheck.inputs.html.references import REFERENCE, meant
from flamecheck.page import Page
from flamecheck.spans import Span

_PART: Final = re.compile(r"[ \t\n\f\r]+|&|[^ \t\n\f\r&]+")
_BLANKS: Final = " \t\n\f\r"
_BREAKS: Final = frozenset("\n\f\r")


class Flow:
    """Shows text in one block after the other."""

    def __init__(self, page: Page) -> None:
        """Start with a first block."""
        self._page: Final = page
        self._block = page.block()
        self._gap: Span | None = None
        self._broken = False  # 空白の中に改行がある
        self._last = ""
        self._shown: list[str] = []

    @property
    def text(self) -> str:
        """Return what the block shows so far."""
        return "".join(self._shown)

    def cut(self) -> None:
        """Let a new block begin."""
        self._gap, self._broken = None, False
        if self._last:
            self._block, self._last, self._shown = self._page.block(), "", []

    def line_end(self, tag: Span) -> None:
        """Let ``<br>`` end the line."""
        self._gap, self._broken = None, False
        self._emit(tag, "\n", "\n")

    def sign(self, tag: Span, sign: str) -> None:
        """Let a tag show a sign."""
        self._visible(tag, sign, sign)

    def show(self, span: Span, *, attribute: bool = False) -> None:
        """Show a range of text, or of the value of an attribute."""
        source, at = self._page.source, span.start
        while at < span.end and (part := _PART.match(source, at, span.end)):
            at = part.end()
            words = part[0]
            if words[0] in _BLANKS:
                self._blank(Span(*part.span()), words)
            elif words == "&":
                at = self._reference(Span(part.start(), span.end), attribute=attribute)
            else:
                self._visible(Span(*part.span()), None, words)

    def _reference(self, span: Span, *, attribute: bool) -> int:
        match = REFERENCE.match(self._page.source, span.start, span.end)
        found = meant(match, attribute=attribute) if match else None
        if found is None:
            self._visible(Span(span.start, span.start + 1), None, "&")
            return span.start + 1
        written = Span(span.start, span.start + found[0])
        if found[1] and not found[1].strip(_BLANKS):
            self._blank(written, found[1])
        elif found[1]:
            self._visible(written, found[1], found[1])
        return written.end

    def _blank(self, span: Span, words: str) -> None:
        self._gap = self._gap or span
        self._broken = self._broken or not _BREAKS.isdisjoint(words)

    def _visible(self, span: Span, text: str | None, shown: str) -> None:
        gap = self._gap
        if gap and self._last and self._last != "\n" and not (self._broken and _wide(self._last) and _wide(shown[0])):
            self._emit(gap, None if self._page.source[gap.start : gap.end] == " " else " ", " ")
        self._gap, self._broken = None, False
        self._emit(span, text, shown)

    def _emit(self, span: Span, text: str | None, shown: str) -> None:
        self._page.show(span, self._block, text)
        self._shown.append(shown)
        self._last = shown[-1:] or self._last


def _wide(sign: str) -> bool:
    """Return whether a line end beside ``sign`` is no blank: between two signs of Japanese there is none (CSS Text)."""
    return east_asian_width(sign) in "WFH" and not name(sign, "").startswith("HANGUL")
