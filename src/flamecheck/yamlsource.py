"""YAML files as plain data with a place for every key and value; the only module that imports ``yaml``.

Every scalar stays the string the author wrote (``072``, ``1:30``, ``on``); only a missing value is ``None``.
Duplicate keys, aliases, tags and deep nesting are refused, so that no file can mean something its reader cannot see.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeAlias

import yaml

from flamecheck.errors import Diagnostic, LoadError, Place
from flamecheck.spans import Lines

Loader: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MAX_DEPTH: Final = 40
MAX_BYTES: Final = 16_000_000
Path_: TypeAlias = tuple[str | int, ...]

# 「- 誤解 #招く」のように引用符なしの # で切れた値。「# 説明」（空白つき）は普通の注釈。
# YAML 1.1 が認めない文字。libyaml は位置をバイトで数えるので、先に自分で見つける。
_UNPRINTABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_CUT_BY_HASH: Final = re.compile(r"[ \t]+#[^\s#]")


@dataclass(slots=True)
class YamlFile:
    """One file as data; ``places`` leads a path of keys and indexes to its value, ``keys`` to the key itself."""

    path: str
    data: Any = None
    name: str = ""
    places: dict[Path_, Place] = field(default_factory=dict)
    keys: dict[Path_, Place] = field(default_factory=dict)
    cut: set[Path_] = field(default_factory=set)

    def place(self, path: Path_) -> Place:
        """Return the place of ``path``, or of its nearest ancestor that stands in the file."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path) or Place(self.path, 1, 1)

    def within(self, path: Path_, offset: int, length: int = 1) -> Place:
        """Return the place ``offset`` code points into the scalar at ``path``."""
        place = self.place(path)
        quote = 1 if place.source[place.column - 1 : place.column] in ("'", '"') else 0
        return Place(place.path, place.line, place.column + quote + offset, place.source, max(1, length))


def read_yaml(path: Path, *, name: str | None = None) -> YamlFile:
    """Read and parse one file; raises LoadError (FC1xx) with every problem found in it."""
    label = name or str(path)
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise LoadError([Diagnostic("FC101", Place(label, 1, 1), f"読めません: {error.strerror}")]) from None
    if len(raw) > MAX_BYTES:
        raise LoadError([Diagnostic("FC101", Place(label, 1, 1), f"大きすぎます（{MAX_BYTES:,} バイトまで）")])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        hint = "UTF-8 で保存しなおしてください（Shift_JIS／CP932 のままのようです）"
        raise LoadError(
            [Diagnostic("FC102", Place(label, line, 1), "UTF-8 として読めない文字があります", hint)]
        ) from None
    return parse_yaml(text, name=label)


def parse_yaml(text: str, *, name: str = "<yaml>") -> YamlFile:
    """Parse ``text``; raises LoadError with every problem found in it."""
    return _Builder(text, name).build()


class _Builder:
    """Turn the parser's events into data, keeping a place for each."""

    def __init__(self, text: str, name: str) -> None:
        self.file = YamlFile(name)
        self.lines = Lines(text)
        self.text = text
        self.problems: list[Diagnostic] = []

    def build(self) -> YamlFile:
        for match in _UNPRINTABLE.finditer(self.text):
            line, column = self.lines.locate(match.start())
            self._problem("FC103", line, column, "使えない制御文字があります", "見えない文字を消してください")
        if self.problems:
            raise LoadError(self.problems)
        try:
            self._consume(iter(yaml.parse(self.text, Loader=Loader)))
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            detail = " ".join(part for part in (error.context, error.problem) if part)
            self._problem("FC103", line, column, f"YAML として読めません: {detail}", "字下げと引用符を確かめてください")
        if self.problems:
            raise LoadError(self.problems)
        return self.file

    def _consume(self, events: Iterator[Any]) -> None:
        done = False
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if done:
                    self._at(event, "FC104", "一つのファイルに文書は一つです", "--- で分けないでください")
                    return
                done = True
                self.file.data = self._value(events, (), 0)

    def _value(self, events: Iterator[Any], path: Path_, depth: int, event: Any = None) -> Any:
        event = event or next(events)
        self.file.places[path] = self._place(event)
        if isinstance(event, yaml.AliasEvent):
            self._at(event, "FC105", "別名（*）は使えません", "同じ内容でも書き写してください")
            return None
        if getattr(event, "anchor", None):
            self._at(event, "FC105", "目印（&）は使えません", "同じ内容でも書き写してください")
        if event.tag not in (None, "!"):
            self._at(event, "FC105", f"タグ {event.tag} は使えません", "値だけを書いてください")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, path)
        if depth >= MAX_DEPTH:
            self._at(event, "FC107", f"入れ子が深すぎます（{MAX_DEPTH} 段まで）", "条件を分けてください")
            _skip(events)
            return None
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Any] = []
            while not isinstance(event := next(events), yaml.SequenceEndEvent):
                items.append(self._value(events, (*path, len(items)), depth + 1, event))
            return items
        return self._mapping(events, path, depth)

    def _mapping(self, events: Iterator[Any], path: Path_, depth: int) -> dict[str, Any]:
        result: dict[str, Any] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                self._at(event, "FC104", "キーには文字列だけを書けます", "[ や { で始まる値は引用符で囲んでください")
                if not isinstance(event, yaml.AliasEvent):
                    _skip(events)
                self._value(events, (*path, "?"), depth + 1)
                continue
            key = str(event.value)
            if key in result:
                first = self.file.keys[(*path, key)].line
                self._at(
                    event,
                    "FC106",
                    f"キー「{key}」が重なっています（最初は {first} 行目）",
                    "どちらか一つにしてください",
                )
            self.file.keys[(*path, key)] = self._place(event)
            result[key] = self._value(events, (*path, key), depth + 1)
        return result

    def _scalar(self, event: Any, path: Path_) -> str | None:
        if event.style is None or event.style == "":
            if event.value == "":
                return None
            end = event.end_mark
            if _CUT_BY_HASH.match(self.lines.text_of(end.line + 1), end.column):
                self.file.cut.add(path)
        return str(event.value)

    def _place(self, event: Any) -> Place:
        start, end = event.start_mark, event.end_mark
        source = self.lines.text_of(start.line + 1)
        length = end.column - start.column if end.line == start.line else len(source) - start.column
        return Place(self.file.path, start.line + 1, start.column + 1, source, max(1, length))

    def _at(self, event: Any, code: str, message: str, hint: str) -> None:
        self.problems.append(Diagnostic(code, self._place(event), message, hint))

    def _problem(self, code: str, line: int, column: int, message: str, hint: str) -> None:
        place = Place(self.file.path, line, column, self.lines.text_of(line))
        self.problems.append(Diagnostic(code, place, message, hint))


def _skip(events: Iterator[Any]) -> None:
    """Read past the collection whose start was just read."""
    level = 1
    while level:
        event = next(events)
        if isinstance(event, yaml.CollectionStartEvent):
            level += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            level -= 1
