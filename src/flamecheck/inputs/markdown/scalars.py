"""The characters of a YAML or TOML string where they stand in the file: escapes, folded lines, indentation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, TypeAlias

from flamecheck.spans import Span

Shown: TypeAlias = Iterator[tuple[Span, str | None]]
"""Ranges that are visible as they stand, or as what they stand for."""

_CODES: Final = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b", "N": "\x85",
    "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
_NUMBERS: Final = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))")
_FOLD: Final = re.compile(r"\\[ \t]*\n\s*")
_LINE_END: Final = re.compile(r"[ \t]*\n[ \t]*")
_PLAIN: Final = re.compile(r"[^\\'\"\n \t]+|[ \t]+(?!\n)|.")
_WORD: Final = re.compile(r"\S+")


def read_quoted(text: str, start: int, quote: str, *, doubled: bool = True) -> Shown:
    r"""Yield the content of the string that opens with ``quote`` at ``start``.

    ``"`` and ``\"\"\"`` know backslash escapes, ``'`` is doubled inside itself with ``doubled`` (YAML); a text without end yields all there is.
    """
    at = start + len(quote)
    while at < len(text):
        if text.startswith("''", at) and quote == "'" and doubled:
            yield Span(at, at + 2), "'"
            at += 2
        elif text.startswith(quote.rstrip("\n"), at):
            return
        elif text[at] == "\\" and quote[0] == '"':
            end, meant = _escape(text, at)
            yield Span(at, end), meant
            at = end
        elif match := _LINE_END.match(text, at):
            yield Span(at, match.end()), "\n"
            at = match.end()
        else:
            plain = _PLAIN.match(text, at)
            end = plain.end() if plain else at + 1
            yield Span(at, end), None
            at = end


def _escape(text: str, at: int) -> tuple[int, str]:
    if fold := _FOLD.match(text, at):
        return fold.end(), ""
    if number := _NUMBERS.match(text, at):
        value = int(number.group(1) or number.group(2) or number.group(3), 16)
        return number.end(), chr(value) if value < 0x110000 and not 0xD800 <= value < 0xE000 else "\ufffd"
    sign = text[at + 1 : at + 2]
    return at + 1 + len(sign), _CODES.get(sign, sign)


def read_unquoted(text: str, start: int, written: str) -> Shown:
    """Yield the characters of a plain or block scalar, which means ``written``, from ``start`` on.

    Such a string has the words of its source, line by line, so that counting its signs tells where it ends.
    """
    left = sum(len(word) for word in written.split())
    if text[start : start + 1] in ("|", ">"):
        start = text.index("\n", start)
    at = None
    for match in _WORD.finditer(text, start):
        if left <= 0:
            return
        if at is not None:
            gap = text[at : match.start()]
            yield Span(at, match.start()), None if "\n" not in gap else "\n" * min(2, gap.count("\n"))
        end = min(match.end(), match.start() + left)
        yield Span(match.start(), end), None
        left -= match.end() - match.start()
        at = end
