"""TOML files as plain data with a place for every key and value; the only module of the settings that parses TOML.

The values come from ``tomllib``, the places from the nodes of a grammar that knows where each of them stands.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, Final

from flamecheck.errors import Diagnostic, LoadError, Place
from flamecheck.spans import CodePoints, Lines, Span
from flamecheck.yamlscalar import decode
from flamecheck.yamlsource import MAX_DEPTH, Path_, read_file

if TYPE_CHECKING:
    from tree_sitter import Node

_AT: Final = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)\Z")
_COMPLAINTS: Final = {
    "Cannot overwrite": ("同じキーが二度あります", "どちらか一つにしてください"),
    "Cannot declare": ("同じ表が二度あります", "どちらか一つにするか、[[ ]] で並べてください"),
    "Cannot mutate": ("一度閉じた表に書き足しています", "{ } で書いた表に、後からは足せません"),
    "Duplicate inline table key": ("同じキーが二度あります", "どちらか一つにしてください"),
    "Invalid value": ("値として読めません", "文字列は \" か ' で囲んでください"),
    "Invalid statement": ("キーとして読めません", '日本語などを含むキーは " で囲んでください'),
    "Invalid initial character": ("キーとして読めません", '日本語などを含むキーは " で囲んでください'),
    "Expected '=' after a key": ("キーの後ろに = がありません", '日本語などを含むキーは " で囲んでください'),
    "Expected newline": ("値の後ろに余分なものがあります", "一行には、キー = 値 を一つだけ書いてください"),
    "Unclosed array": ("一覧が閉じていません", "] で閉じ、項目は , で区切ってください"),
    "Unclosed inline table": ("表が閉じていません", "} で閉じ、項目は , で区切ってください"),
    "Unescaped '\\'": ("\\ の書き方が違います", "\\ をそのまま書くときは、全体を ' で囲んでください"),
    "Unterminated string": ("文字列が閉じていません", "引用符を足してください"),
    "Expected": ("書き方が違います", "引用符や括弧が閉じているかを確かめてください"),
    "Illegal character": ("使えない文字があります", "見えない文字や、引用符のなかの改行を消してください"),
}
_TABLES: Final = ("table", "table_array_element")


@dataclass(slots=True)
class TomlFile:
    """One file as data; ``places`` leads a path of keys and indexes to its value, ``keys`` to the key itself."""

    path: str
    data: dict[str, Any] = field(default_factory=dict)
    places: dict[Path_, Place] = field(default_factory=dict)
    keys: dict[Path_, Place] = field(default_factory=dict)

    def place(self, path: Path_) -> Place:
        """Return the place of the value at ``path``, or of its nearest ancestor that stands in the file."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path) or Place(self.path, 1, 1)

    def key(self, path: Path_) -> Place:
        """Return the place of the last key of ``path``, or of the value there when it is an item of a list."""
        return self.keys.get(path) or self.place(path)


def read_toml(path: Path) -> TomlFile:
    """Read and parse one file; raises LoadError (FC101, FC102, FC107, FC701)."""
    label = named(path)
    return parse_toml(read_file(path, label), name=label)


def named(path: Path) -> str:
    """Return a path as a person would write it here: relative, unless only the root of the disk is shared."""
    whole, here = os.path.abspath(path), os.getcwd()  # noqa: PTH100, PTH109 - resolve() would follow links
    try:
        apart = os.path.commonpath([whole, here]) == os.path.splitdrive(here)[0] + os.sep
    except ValueError:  # 別のドライブ
        apart = True
    return str(path) if apart else PurePath(os.path.relpath(whole, here)).as_posix()


def parse_toml(text: str, *, name: str = "<toml>") -> TomlFile:
    """Parse ``text``, which has no byte order mark; raises LoadError (FC107, FC701)."""
    lines = Lines(text)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LoadError([_complaint(str(error), name, lines)]) from None
    except RecursionError:
        raise LoadError([_too_deep(Place(name, 1, 1))]) from None
    return _Builder(TomlFile(name, data), lines).build()


def _complaint(said: str, name: str, lines: Lines) -> Diagnostic:
    """Return what the parser complains of; what it notices at the end of the file is told at the last written line."""
    found = _AT.search(said)
    at = len(lines.text.rstrip())
    if found and found[1]:
        at = min(at, lines.start_of(int(found[1])) + int(found[2]) - 1)
    detail = _AT.sub("", said)
    known = (texts for start, texts in _COMPLAINTS.items() if detail.startswith(start))
    message, hint = next(known, ("TOML として読めません", "引用符や括弧が閉じているかを確かめてください"))
    place = Place.at(name, lines, Span(at, at + 1))
    return Diagnostic("FC701", place, message, f"{hint}\nTOML の言葉では: {detail}")


def _too_deep(place: Place) -> Diagnostic:
    return Diagnostic("FC107", place, f"入れ子が深すぎます（{MAX_DEPTH} 段まで）", "一覧や表を浅くしてください")


class _Builder:
    """Walk the tree beside the data; what the grammar does not follow has the place of what it stands in."""

    def __init__(self, file: TomlFile, lines: Lines) -> None:
        self.file, self.lines = file, lines
        self.points = CodePoints(lines.text)
        self.counts: dict[Path_, int] = {}

    def build(self) -> TomlFile:
        import tree_sitter
        import tree_sitter_toml

        # 文法は CR だけの改行を知らず、tomllib も認めないので、ここには LF と CRLF しか来ない。
        parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_toml.language()))
        for node in parser.parse(self.points.raw).root_node.named_children:
            if node.type == "pair":
                self._pair(node, ())
            elif node.type in _TABLES:
                self._table(node)
        return self.file

    def _table(self, node: Node) -> None:
        names = [child for child in node.named_children if child.type != "comment"]
        if not names:
            return
        path = self._key(names[0], (), header=True)
        if node.type == "table_array_element":
            number = self.counts[path] = self.counts.get(path, -1) + 1
            path = (*path, number)
        self.file.places[path] = self._place(names[0])
        for child in names[1:]:
            if child.type == "pair":
                self._pair(child, path)

    def _pair(self, node: Node, base: Path_) -> None:
        parts = [child for child in node.named_children if child.type != "comment"]
        if len(parts) == 2:
            self._value(parts[1], self._key(parts[0], base, header=False))

    def _key(self, node: Node, base: Path_, *, header: bool) -> Path_:
        """Note the place of every part of a key, and return the path it leads to."""
        path = base
        names = list(_names(node))
        for number, name in enumerate(names):
            path = (*path, self._name(name))
            self.file.keys.setdefault(path, self._place(name))
            self.file.places.setdefault(path, self._place(name))
            if header and number < len(names) - 1 and path in self.counts:
                path = (*path, self.counts[path])
        return path

    def _name(self, node: Node) -> str:
        raw = self._text(node)
        return next(iter(tomllib.loads(f"{raw} = 0"))) if node.type == "quoted_key" else raw

    def _value(self, node: Node, path: Path_) -> None:
        if len(path) > MAX_DEPTH:
            raise LoadError([_too_deep(self._place(node))])
        self.file.places[path] = self._place(node, path)
        children = [child for child in node.named_children if child.type != "comment"]
        if node.type == "array":
            for number, child in enumerate(children):
                self._value(child, (*path, number))
        elif node.type == "inline_table":
            for child in children:
                if child.type == "pair":
                    self._pair(child, path)

    def _text(self, node: Node) -> str:
        return self.points.raw[node.start_byte : node.end_byte].decode()

    def _span(self, node: Node) -> Span:
        return Span(self.points.at(node.start_byte), self.points.at(node.end_byte))

    def _place(self, node: Node, path: Path_ = ()) -> Place:
        span = self._span(node)
        value = _found(self.file.data, path) if path and node.type == "string" else None
        inside = _Inside(self.file.path, self.lines, span, value) if isinstance(value, str) else None
        return Place.at(self.file.path, self.lines, span, inside)


@dataclass(slots=True, frozen=True)
class _Inside:
    """Leads offsets in the value of one string to places in its file; a string over several lines is one place."""

    path: str
    lines: Lines
    written: Span
    value: str

    def __call__(self, offset: int, length: int) -> Place:
        raw = self.lines.text[self.written.start : self.written.end]
        mapped = None if raw.startswith(('"""', "'''")) else decode(raw, self.value)
        inner = mapped.to_source(Span(offset, offset + length)) if mapped else Span(0, self.written.length)
        start = self.written.start + inner.start
        return Place.at(self.path, self.lines, Span(start, max(start + 1, self.written.start + inner.end)))


def _names(node: Node) -> Iterator[Node]:
    """Yield the parts of a key in order; a dotted one leans to the left, however long it is."""
    parts: list[Node] = []
    while node.type == "dotted_key":
        children = node.named_children
        parts += reversed(children[1:])
        node = children[0]
    yield node
    yield from reversed(parts)


def _found(data: Any, path: Path_) -> Any:
    """Return the value at ``path``, or None where the tree and the data do not agree."""
    for part in path:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return None
    return data
