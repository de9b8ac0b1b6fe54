"""YAML → values with places; anchors, tags and several documents are read."""

from __future__ import annotations

import re
from functools import partial
from typing import Final

from flamecheck.errors import InputError, LoadError
from flamecheck.inputs.data.value import MAX_DEPTH, MERGED, Entry, Value
from flamecheck.spans import Alignment, Lines, MapBuilder, MappedText, Span
from flamecheck.yamlscalar import decode
from flamecheck.yamlsource import Event, read_events

_PROPERTIES: Final = re.compile(r"(?:[&!]\S*\s+)+")
_OTHER: Final = frozenset(("", "~", "null", "Null", "NULL", "true", "True", "TRUE", "false", "False", "FALSE"))


def yaml_values(text: str) -> list[Value]:
    """Return the documents of a file.

    Raises InputError with its line (code ``yaml``) for what is no YAML, and for a key written twice in a mapping.
    """
    try:
        return _Builder(text).build(read_events(text))
    except LoadError as error:
        first = error.diagnostics[0]
        raise InputError("yaml", f"{first.place.line} 行目: {first.message}", line=first.place.line) from None


class _Builder:
    def __init__(self, text: str) -> None:
        self._text: Final = text
        self._anchors: dict[str, Value] = {}
        self._roots: list[Value] = []
        self._open: list[Value] = []
        self._keys: list[Entry | None] = []  # 開いた組ごとに、値を待っているキー
        self._known: list[set[str]] = []

    def build(self, events: list[Event]) -> list[Value]:
        for event in events:
            if event.kind == "document":
                self._anchors = {}
            elif event.kind == "end":
                value = self._open.pop()
                self._keys.pop()
                self._known.pop()
                self._grow(value.span.end)
            else:
                self._meet(event)
        return self._roots

    def _grow(self, end: int) -> None:
        """Let the innermost open value reach to ``end``, where something in it ends."""
        if self._open:
            self._open[-1].span = self._open[-1].span.hull(Span(end, end))

    def _meet(self, event: Event) -> None:
        value = self._value(event)
        if event.name and event.kind != "alias":
            self._anchors[event.name] = value
        if not self._open:
            self._roots.append(value)
        elif self._open[-1].kind == "sequence":
            self._open[-1].items.append(value)
        elif (waiting := self._keys[-1]) is None:
            self._keys[-1] = Entry(self._key(event), event.span, value)
        else:
            waiting.value = value
            self._open[-1].entries.append(waiting)
            self._keys[-1] = None
        self._grow(event.span.end)
        if event.kind in ("mapping", "sequence"):
            if len(self._open) == MAX_DEPTH:
                raise self._bad(event, f"入れ子が深すぎます（{MAX_DEPTH} 段まで）")
            self._open.append(value)
            self._keys.append(None)
            self._known.append(set())

    def _key(self, event: Event) -> str:
        """Return a key; one that is no scalar has no name."""
        if event.kind != "scalar":
            return ""
        if event.value in self._known[-1] and event.value != MERGED:
            raise self._bad(event, f"キー「{event.value}」が重なっています")
        self._known[-1].add(event.value)
        return event.value

    def _bad(self, event: Event, message: str) -> InputError:
        line = Lines(self._text).locate(event.span.start)[0]
        return InputError("yaml", f"{line} 行目: {message}", line=line)

    def _value(self, event: Event) -> Value:
        if event.kind == "alias":
            if event.name not in self._anchors:
                raise self._bad(event, f"目印「&{event.name}」がこれより前にありません")
            return Value("alias", event.span, target=self._anchors[event.name])
        if event.kind != "scalar":
            # 入れ物は、中身のあるところまで広がる。
            return Value(event.kind, Span(event.span.start, event.span.start))
        if event.plain and event.value in _OTHER:
            return Value("other", event.span, event.value or None)
        return Value("text", event.span, event.value, partial(self._decoded, event))

    def _decoded(self, event: Event) -> MappedText:
        """Return the value mapped to the scalar as written; what cannot be followed is given as it is written."""
        raw = self._text[event.span.start : event.span.end]
        before = _PROPERTIES.match(raw) if event.name or raw[:1] in ("!", "&") else None
        skipped = before.end() if before else 0
        made = decode(raw[skipped:], event.value) or MappedText(raw[skipped:], Alignment())
        builder, at = MapBuilder(), 0
        for span, text in made.runs():
            builder.replace(skipped + span.start - at, "")
            if text is None:
                builder.copy(raw[skipped + span.start : skipped + span.end])
            else:
                builder.replace(span.length, text)
            at = skipped + span.end
        return builder.build()
