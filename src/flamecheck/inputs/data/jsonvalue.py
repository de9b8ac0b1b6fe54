"""JSON and JSON Lines → values with places."""

from __future__ import annotations

import json
import re
from functools import partial
from typing import Any, Final

import tree_sitter_json
from tree_sitter import Language, Node, Parser

from flamecheck.errors import InputError
from flamecheck.inputs.data.value import MAX_DEPTH, Entry, Value
from flamecheck.spans import CodePoints, Lines, MapBuilder, MappedText, Span

_LANGUAGE: Final = Language(tree_sitter_json.language())
_ESCAPE: Final = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\[\"\\/bfnrt]"
)
_SHORT: Final = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_OPEN: Final = {"object": "mapping", "array": "sequence"}


def json_values(text: str, *, lines: bool = False) -> list[Value]:
    """Return the value of a file, or, of JSON Lines, one a line; empty lines count for nothing.

    Raises InputError with its line (code ``json``) for what is no JSON, and for a key written twice.
    """
    if lines:
        for number, match in enumerate(re.finditer(r"([^\r\n]*)(\r\n?|\n|\Z)", text), 1):
            if match[1].strip(" \t"):
                _check(match[1], number)
    else:
        _check(text, 1)
    return _Builder(text).build()


def _check(text: str, line: int) -> None:
    """Raise InputError for what the standard library cannot read."""
    try:
        json.loads(text, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise _bad(f"{error.msg}（{error.colno} 文字目）", line + error.lineno - 1) from None
    except RecursionError:
        raise _bad("入れ子が深すぎます", line) from None
    except ValueError as error:
        raise _bad(str(error), line) from None


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} は JSON の値ではありません")


def _bad(message: str, line: int) -> InputError:
    return InputError("json", f"{line} 行目: JSON として読めません: {message}", line=line)


class _Builder:
    """Turns the syntax tree into values."""

    def __init__(self, text: str) -> None:
        self._text: Final = text
        self._points: Final = CodePoints(re.sub("[\x00\ud800-\udfff]", "\ufffd", text))
        self._tree: Final = Parser(_LANGUAGE).parse(self._points.raw)

    def build(self) -> list[Value]:
        roots = [(node, self._value(node)) for node in self._tree.root_node.named_children]
        level = roots
        for _ in range(MAX_DEPTH + 1):
            if not level:
                return [value for _, value in roots]
            level = [child for node, value in level for child in self._children(node, value)]
        raise self._bad(level[0][1].span, f"入れ子が深すぎます（{MAX_DEPTH} 段まで）")

    def _bad(self, span: Span, message: str) -> InputError:
        return _bad(message, Lines(self._text).locate(span.start)[0])

    def _children(self, node: Node, value: Value) -> list[tuple[Node, Value]]:
        if node.type == "object":
            return self._pairs(node, value)
        found = [(item, self._value(item)) for item in node.named_children] if node.type == "array" else []
        value.items = [item for _, item in found]
        return found

    def _pairs(self, node: Node, value: Value) -> list[tuple[Node, Value]]:
        found, known = [], set()
        for pair in node.named_children:
            key, held = pair.child_by_field_name("key"), pair.child_by_field_name("value")
            if key is None or held is None:
                continue
            place = self._span(key)
            name = _decoded(self._text[place.start : place.end]).text
            if name in known:
                raise self._bad(place, f"キー「{name}」が重なっています")
            known.add(name)
            child = self._value(held)
            value.entries.append(Entry(name, place, child))
            found.append((held, child))
        return found

    def _span(self, node: Node) -> Span:
        return Span(self._points.at(node.start_byte), self._points.at(node.end_byte))

    def _value(self, node: Node) -> Value:
        span = self._span(node)
        if node.type in _OPEN:
            return Value(_OPEN[node.type], span)
        raw = self._text[span.start : span.end]
        if node.type == "string":
            return Value("text", span, _decoded(raw).text, partial(_decoded, raw))
        plain: Any = json.loads(raw)
        return Value("other", span, plain)


def _decoded(raw: str) -> MappedText:
    """Return a string mapped to what is written; two escapes of a surrogate pair are one character."""
    builder = MapBuilder()
    builder.replace(1, "")
    at, end = 1, len(raw) - 1
    for match in _ESCAPE.finditer(raw, 1, end):
        builder.copy(raw[at : match.start()])
        builder.replace(len(match[0]), _meant(match[0]))
        at = match.end()
    builder.copy(raw[at:end])
    builder.replace(1, "")
    return builder.build()


def _meant(escape: str) -> str:
    """Return the character that an escape, or the two of a surrogate pair, stand for."""
    if len(escape) == 2:
        return _SHORT.get(escape[1], escape[1])
    high = int(escape[2:6], 16)
    return chr(high) if len(escape) == 6 else chr(0x10000 + ((high & 0x3FF) << 10 | int(escape[8:], 16) & 0x3FF))
