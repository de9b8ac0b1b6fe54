r"""One YAML scalar as written → its value, with the map back to every character of the file.

``"誤解\u3092招く"`` is 誤解を招く, and its third character stands at the backslash.  The parser that reads the file
gives values without such a map; this module follows YAML 1.1 for the five styles, and a property test holds it to the
parser's own values.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final, NamedTuple

from flamecheck.spans import MapBuilder, MappedText

_BREAK: Final = r"(?:\r\n|\r|\n)"
_FOLD: Final = re.compile(rf"[ \t]*{_BREAK}(?:[ \t]|{_BREAK})*")
_JOIN: Final = re.compile(rf"\\{_BREAK}(?:[ \t]|{_BREAK})*")
_ESCAPE: Final = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)")
_HEADER: Final = re.compile(rf"[|>]([-+1-9]{{0,2}})[ \t]*(?:#[^\r\n]*)?(?:{_BREAK}|$)")
_LINE: Final = re.compile(rf"[^\r\n]*(?:{_BREAK}|$)")
_ESCAPED: Final = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
    " ": " ", '"': '"', "/": "/", "\\": "\\", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip


def decode(raw: str, value: str) -> MappedText | None:
    """Return ``value`` mapped to ``raw``, the scalar as written; None when the two do not say the same."""
    if raw[:1] == "|" or raw[:1] == ">":
        made = _block(raw, value)
    elif raw[:1] in ("'", '"'):
        made = _quoted(raw)
    else:
        made = _flow(raw, MapBuilder(), "")
    return made if made and made.text == value else None


def _quoted(raw: str) -> MappedText:
    builder = MapBuilder()
    builder.replace(1, "")
    return _flow(raw[1:-1], builder, raw[0])


def _flow(body: str, builder: MapBuilder, quote: str) -> MappedText:
    """Emit a plain or quoted scalar: one line break is a space, more of them are one fewer."""
    at = 0
    while at < len(body):
        if fold := _FOLD.match(body, at):
            breaks = _breaks(fold[0])
            builder.replace(len(fold[0]), "\n" * (breaks - 1) or " ")
            at = fold.end()
        elif quote == "'" and body.startswith("''", at):
            builder.replace(2, "'")
            at += 2
        elif quote == '"' and (join := _JOIN.match(body, at)):
            builder.replace(len(join[0]), "\n" * (_breaks(join[0]) - 1))
            at = join.end()
        elif quote == '"' and (escape := _ESCAPE.match(body, at)):
            name = escape[0][1:]
            builder.replace(len(escape[0]), chr(int(name[1:], 16)) if len(name) > 1 else _ESCAPED.get(name, ""))
            at = escape.end()
        else:
            builder.copy(body[at])
            at += 1
    return builder.build()


def _breaks(text: str) -> int:
    return len(re.findall(_BREAK, text))


class _Row(NamedTuple):
    """One line of a block: its text and how many characters its line end takes."""

    text: str
    end: int


def _block(raw: str, value: str) -> MappedText | None:
    """Return the block scalar, read with the indentation that gives ``value``."""
    header = _HEADER.match(raw)
    if not header:
        return None
    rows = [
        _Row(line.rstrip("\r\n"), len(line) - len(line.rstrip("\r\n"))) for line in _LINE.findall(raw, header.end())
    ]
    chomp = "".join(sign for sign in header[1] if sign in "+-")
    # 字下げの段は、書いてあれば親からの差で、なければ最初の行で決まる。どちらも値から確かめられる。
    indents = sorted({len(row.text) - len(row.text.lstrip(" ")) for row in rows})
    for indent in [*range(1, max(indents, default=0) + 1), 0]:
        made = _at_indent(len(header[0]), rows, indent, chomp, folded=raw[0] == ">")
        if made.text == value:
            return made
    return None


def _at_indent(header: int, rows: list[_Row], indent: int, chomp: str, *, folded: bool) -> MappedText:
    """Emit the block as it reads with ``indent``; gaps between lines of text are one edit each."""
    builder = MapBuilder()
    full = [number for number, row in enumerate(rows) if len(row.text) > indent]
    first = full[0] if full else len(rows)
    size = sum(len(row.text) + row.end for row in rows[:first])
    blank = sum(1 for row in rows[:first] if row.end)
    if not full:
        builder.replace(header + size, "\n" * blank if chomp == "+" else "")
        return builder.build()
    builder.replace(header + size + indent, "\n" * blank)
    for number, following in pairwise(full):
        builder.copy(rows[number].text[indent:])
        size, breaks = _gap(rows[number:following])
        plain = rows[number].text[indent] not in " \t" and rows[following].text[indent] not in " \t"
        builder.replace(size + indent, ("\n" * (breaks - 1) or " ") if folded and plain else "\n" * breaks)
    builder.copy(rows[full[-1]].text[indent:])
    size, breaks = _gap(rows[full[-1] :])
    builder.replace(size, "\n" * {"+": breaks, "": min(1, breaks), "-": 0}[chomp])
    return builder.build()


def _gap(rows: list[_Row]) -> tuple[int, int]:
    """Return how many characters stand behind the text of the first row, and how many of the line ends are there."""
    return rows[0].end + sum(len(row.text) + row.end for row in rows[1:]), sum(1 for row in rows if row.end)
