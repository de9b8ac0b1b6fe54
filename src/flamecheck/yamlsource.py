"""YAML files as plain data with a place for every key and value; the only module that imports ``yaml``.

Every scalar stays the string the author wrote (``072``, ``1:30``, ``on``); only a missing value is ``None``.
Duplicate keys, aliases, tags and deep nesting are refused, so that no file can mean something its reader cannot see.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeAlias

import yaml

from flamecheck.errors import Diagnostic, LoadError, Place, said
from flamecheck.spans import Alignment, Lines, MappedText, Span
from flamecheck.yamlerrors import complaint
from flamecheck.yamlplace import ScalarPlace, place_of, undecoded

Loader: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MAX_DEPTH: Final = 40
MAX_BYTES: Final = 16_000_000
Path_: TypeAlias = tuple[str | int, ...]

# YAML 1.1 が認めない文字と、YAML だけが改行とみなす文字。読み手の位置の数え方に頼らず、先に自分で見つける。
_UNSEEN: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
# 「- 誤解 #招く」のように引用符なしの # で切れた値。「# 説明」（空白つき）は普通の注釈。
_CUT_BY_HASH: Final = re.compile(r"[ \t]+(#[^\s#][^\r\n]*)")
_COMMENT: Final = re.compile(r"[ \t]*(#[^\r\n]*)")
_BLOCK_COMMENT: Final = re.compile(r"[|>][-+1-9]*[ \t]+(#[^\r\n]*)")


@dataclass(slots=True)
class YamlFile:
    """One file as data; ``places`` leads a path of keys and indexes to its value, ``keys`` to the key itself.

    ``cut`` holds the comments that cut a value off.
    """

    path: str
    data: Any = None
    name: str = ""
    places: dict[Path_, Place] = field(default_factory=dict)
    keys: dict[Path_, Place] = field(default_factory=dict)
    cut: dict[Path_, Place] = field(default_factory=dict)

    def place(self, path: Path_) -> Place:
        """Return the place of ``path``, or of its nearest ancestor that stands in the file."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path) or Place(self.path, 1, 1)

    def written(self, path: Path_) -> tuple[Span, MappedText] | None:
        """Return where the scalar at ``path`` is written, with its value mapped to that range; None for no scalar.

        A value that cannot be followed sign by sign is given as it is written.
        """
        scalar = self.place(path).inside
        if not isinstance(scalar, ScalarPlace):
            return None
        return scalar.written, scalar.mapped or MappedText(scalar.raw, Alignment())

    def within(self, path: Path_, offset: int, length: int = 1) -> Place:
        """Return the place ``offset`` code points into the scalar at ``path``."""
        return self.place(path).within(offset, length)


def read_yaml(path: Path, *, name: str | None = None) -> YamlFile:
    """Read and parse one file; raises LoadError (FC1xx) with every problem found in it."""
    label = name or shown(path)
    return parse_yaml(read_file(path, label), name=label)


def read_file(path: Path, label: str) -> str:
    """Return the text of a file a person wrote, without its byte order mark; raises LoadError (FC101, FC102)."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        hint = "場所の書き間違いと、権限を確かめてください"
        raise LoadError([Diagnostic("FC101", Place(label, 1, 1), f"読めません: {said(error)}", hint)]) from None
    if len(raw) > MAX_BYTES:
        message = f"大きすぎます（{len(raw):,} バイト。{MAX_BYTES:,} バイトまで）"
        raise LoadError([Diagnostic("FC101", Place(label, 1, 1), message, "二つのファイルに分けてください")])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LoadError([undecoded(label, raw, error.start)]) from None


def shown(path: Path) -> str:
    """Return the path as a person would write it: relative to the working directory when it lies below."""
    whole = path.absolute()
    here = Path.cwd()
    return whole.relative_to(here).as_posix() if whole.is_relative_to(here) else str(path)


def parse_yaml(text: str, *, name: str = "<yaml>") -> YamlFile:
    """Parse ``text``, which has no byte order mark; raises LoadError with every problem found in it."""
    return _Builder(text, name).build()


class Event(NamedTuple):
    """What the parser met: ``kind`` is document, mapping, sequence, scalar, alias or end (of a collection).

    ``span`` is where it is written; ``value`` the value of a scalar, ``name`` an anchor or what an alias refers to.
    """

    kind: str
    span: Span
    value: str = ""
    name: str = ""
    plain: bool = False


_KINDS: Final = {
    "DocumentStartEvent": "document", "MappingStartEvent": "mapping", "SequenceStartEvent": "sequence",
    "ScalarEvent": "scalar", "AliasEvent": "alias", "MappingEndEvent": "end", "SequenceEndEvent": "end",
}  # fmt: skip


def read_events(text: str, *, name: str = "<yaml>") -> list[Event]:
    """Return the events of a file of any YAML, anchors, tags and several documents included.

    Raises LoadError (FC103) for what is no YAML.
    """
    builder = _Builder(text, name)
    found = []
    for event in builder.events():
        kind = _KINDS.get(type(event).__name__)
        if kind:
            span = Span(event.start_mark.index, event.end_mark.index)
            plain = kind == "scalar" and not event.style
            value = str(event.value) if kind == "scalar" else ""
            found.append(Event(kind, span, value, getattr(event, "anchor", None) or "", plain))
    return found


def read_comments(text: str) -> Iterator[Span]:
    """Yield where the comments of ``text``, which can be parsed, stand, ``#`` included."""
    at = 0
    for token in yaml.scan(text, Loader=Loader):
        # 字句のあいだにあるのは、空白と注釈だけ。| や > の行の注釈は、その字句の中にある。
        yield from (Span(*match.span(1)) for match in _COMMENT.finditer(text, at, token.start_mark.index))
        at = token.end_mark.index
        if isinstance(token, yaml.ScalarToken) and token.style in ("|", ">"):
            header = _BLOCK_COMMENT.match(text, token.start_mark.index)
            yield from [Span(*header.span(1))] if header else []
    yield from (Span(*match.span(1)) for match in _COMMENT.finditer(text, at))


class _Builder:
    """Turn the parser's events into data, keeping a place for each."""

    def __init__(self, text: str, name: str) -> None:
        self.file = YamlFile(name)
        self.text = text
        self.lines = Lines(text)
        self.problems: list[Diagnostic] = []

    def build(self) -> YamlFile:
        self._consume(self.events())
        if self.problems:
            raise LoadError(self.problems)
        return self.file

    def events(self) -> Iterator[Any]:
        """Yield what the parser meets; raises LoadError with every problem found."""
        for match in _UNSEEN.finditer(self.text):
            message = f"見えない文字 U+{ord(match[0]):04X} があります"
            hint = '消してください。値の一部なら、" で囲んで \\u の形で書いてください'
            self._problem("FC103", Span(*match.span()), message, hint)
        if self.problems:
            raise LoadError(self.problems)
        try:
            yield from yaml.parse(self.text, Loader=Loader)
        except yaml.MarkedYAMLError as error:
            self._complain(error)
            raise LoadError(self.problems) from None

    def _complain(self, error: yaml.MarkedYAMLError) -> None:
        detail = " ".join(part for part in (error.context, error.problem) if part)
        mark = error.problem_mark or error.context_mark
        index = mark.index if mark else 0
        found = complaint(detail, self.text[index : index + 1])
        if found.at_context and error.context_mark:
            index = error.context_mark.index
        # ファイルの終わりで気づいた誤りは、最後に何か書いてある行を指す。
        index = min(index, len(self.text.rstrip()))
        self._problem("FC103", Span(index, index + 1), found.message, f"{found.help}\nYAML の言葉では: {detail}")

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
            hint = "同じ内容でも書き写してください。文字の * なら、値を引用符で囲んでください"
            self._at(event, "FC105", "別名（*）は使えません", hint)
            return None
        if getattr(event, "anchor", None):
            hint = "同じ内容でも書き写してください。文字の & なら、値を引用符で囲んでください"
            self._at(event, "FC105", "目印（&）は使えません", hint, word=True)
        elif event.tag is not None:
            hint = "値だけを書いてください。文字の ! なら、値を引用符で囲んでください"
            self._at(event, "FC105", "タグ（!）は使えません", hint, word=True)
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
        if not event.style:
            if event.value == "":
                return None
            if cut := _CUT_BY_HASH.match(self.text, event.end_mark.index):
                self.file.cut[path] = place_of(self.file.path, self.lines, Span(*cut.span(1)))
        return str(event.value)

    def _place(self, event: Any) -> Place:
        span = Span(event.start_mark.index, event.end_mark.index)
        value = str(event.value) if isinstance(event, yaml.ScalarEvent) else None
        if value == "" and not event.style and (comment := _COMMENT.match(self.text, span.start)):
            span = Span(*comment.span(1))
        return place_of(self.file.path, self.lines, span, value)

    def _at(self, event: Any, code: str, message: str, hint: str, *, word: bool = False) -> None:
        """Say what is wrong with an event, or only with its first word."""
        start, end = event.start_mark.index, event.end_mark.index
        if word:
            end = start + len(self.text[start:].split(maxsplit=1)[0])
        self._problem(code, Span(start, end), message, hint)

    def _problem(self, code: str, span: Span, message: str, hint: str) -> None:
        self.problems.append(Diagnostic(code, place_of(self.file.path, self.lines, span), message, hint))


def _skip(events: Iterator[Any]) -> None:
    """Read past the collection whose start was just read."""
    level = 1
    while level:
        event = next(events)
        if isinstance(event, yaml.CollectionStartEvent):
            level += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            level -= 1
