"""Units other than code points: what stands before an offset in UTF-8 bytes or UTF-16 code units."""

from __future__ import annotations

from itertools import accumulate
from typing import Final

from flamecheck.spans import Lines


class Units:
    """How many units of an encoding stand before any code point of one text, for consumers that count those.

    Linear to make, constant to ask.  A lone surrogate counts as what replaces it (U+FFFD), since no file can hold it.
    """

    __slots__ = ("_before", "_encoding", "_text", "_width")
    _STEP: Final = 64

    def __init__(self, text: str, encoding: str) -> None:
        """Note the units before every 64th code point; ``encoding`` is ``utf-8`` (bytes) or ``utf-16`` (code units)."""
        self._text = text
        self._encoding: Final = {"utf-8": "utf-8", "utf-16": "utf-16-le"}[encoding]
        self._width: Final = 2 if encoding == "utf-16" else 1
        self._before: list[int] = []
        if not text.isascii():
            sizes = (self._size(at, at + self._STEP) for at in range(0, len(text), self._STEP))
            self._before = [0, *accumulate(sizes)]

    def _size(self, start: int, end: int) -> int:
        # 単独のサロゲートは「?」でなく U+FFFD になる。UTF-16 では同じ一単位、UTF-8 では同じ三バイト。
        return len(self._text[start:end].encode(self._encoding, "surrogatepass")) // self._width

    def before(self, offset: int) -> int:
        """Return the number of units before code point ``offset``."""
        if not self._before:
            return offset
        step = offset // self._STEP
        return self._before[step] + self._size(step * self._STEP, offset)

    def locate(self, lines: Lines, offset: int) -> tuple[int, int]:
        """Return the 1-based line and the 1-based column, in these units, of ``offset`` in the same text."""
        line, column = lines.locate(offset)
        return line, self.before(offset) - self.before(offset - column + 1) + 1
