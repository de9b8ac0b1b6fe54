"""Front matter: the fields a reader sees become visible text, the circumstances of the post its context."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from flamecheck.context import EMPTY, Context
from flamecheck.errors import InputError, LoadError
from flamecheck.inputs.markdown.page import Page
from flamecheck.spans import MapBuilder, MappedText, Span
from flamecheck.yamlscalar import decode
from flamecheck.yamlsource import parse_yaml

VISIBLE: Final = ("title", "description", "summary", "tags")
"""The fields a reader sees: headings, search results, cards, tag lists."""
_OURS: Final = ("post_type", "channel", "industry", "account", "paid", "crisis")
_DATES: Final = ("published_at", "date")
_YAML: Final = re.compile(r"---[ \t]*\n(?:.*\n)*?(?P<end>(?:---|\.\.\.)[ \t]*(?:\n|\Z))")
_TOML: Final = re.compile(r"\+\+\+[ \t]*\n(?:.*\n)*?(?P<end>\+\+\+[ \t]*(?:\n|\Z))")
_MOMENT: Final = re.compile(
    r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ]+(\d{1,2}:\d{2}(?::\d{2})?)(?:\.\d+)?[ ]*(Z|[+-]\d{2}:?\d{2})?)?\Z"
)
_TOML_KEY: Final = re.compile(r"^[ \t]*(?:(\w+)|\"(\w+)\")[ \t]*=[ \t]*", re.MULTILINE | re.ASCII)
_TOML_STRING: Final = re.compile(
    r"\"{3}(?:[^\"\\]|\\.|\"(?!\"\"))*\"{3}|'{3}(?:[^']|'(?!''))*'{3}|\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'", re.DOTALL
)
_AT_LINE: Final = re.compile(r"line (\d+)")
_TOML_TABLE: Final = re.compile(r"^[ \t]*\[", re.MULTILINE)


def read_front_matter(page: Page) -> tuple[int, Context]:
    """Show the visible fields; return where the front matter ends (0 without one) and the context it gives.

    Raises InputError with the line in the file: code ``front-matter`` when it cannot be read, ``context-value`` for
    a value outside its list.
    """
    for pattern, read in ((_YAML, _yaml), (_TOML, _toml)):
        match = pattern.match(page.source)
        if match:
            head = match.group().index("\n") + 1
            data = read(page, Span(head, match.start("end")))
            # 区切り線（---）が二本続いただけなら、あいだは本文。
            return (match.end(), _context(data, match.group())) if isinstance(data, dict) else (0, EMPTY)
    return 0, EMPTY


def _yaml(page: Page, within: Span) -> Any:
    try:
        file = parse_yaml(page.source[within.start : within.end])
    except LoadError as error:
        first = error.diagnostics[0]
        raise _unreadable(first.message, first.place.line + 1) from None
    if not isinstance(file.data, dict):
        return None
    for key in VISIBLE:
        value = file.data.get(key)
        for path in [(key, number) for number in range(len(value))] if isinstance(value, list) else [(key,)]:
            found = file.written(path)
            if found:
                _show(page, within.start + found[0].start, found[1])
    return file.data


def _toml(page: Page, within: Span) -> Any:
    text = page.source[within.start : within.end]
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = _AT_LINE.search(str(error))
        raise _unreadable(f"TOML として読めません: {error}", int(found.group(1)) + 1 if found else 1) from None
    table = _TOML_TABLE.search(text)
    for match in _TOML_KEY.finditer(text, 0, table.start() if table else len(text)):
        key = match.group(1) or match.group(2)
        at = match.end()
        for value in _strings(data.get(key)) if key in VISIBLE else ():
            string = _TOML_STRING.search(text, at)
            if string is None:
                break
            at = string.end()
            _show(page, within.start + string.start(), _toml_string(string.group(), value))
    return data


def _toml_string(raw: str, value: str) -> MappedText:
    """Return the string mapped to what is written; escapes over several lines stay as they are written."""
    if raw[0] == '"' and not raw.startswith('"""') and (mapped := decode(raw, value)):
        return mapped
    quote = 3 if raw.startswith(('"""', "'''")) else 1
    builder = MapBuilder()
    builder.replace(quote, "")
    builder.copy(raw[quote:-quote])
    return builder.build()


def _strings(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [item for item in values if isinstance(item, str)]


def _show(page: Page, base: int, value: MappedText) -> None:
    block, whole = page.block(), None
    for span, text in value.runs():
        moved = Span(base + span.start, base + span.end)
        page.show(moved, block, text)
        whole = moved if whole is None else whole.hull(moved)
    if whole is not None:
        page.region("front-matter", whole)


def _context(data: Mapping[str, Any], text: str) -> Context:
    values: dict[str, Any] = {key: data[key] for key in _OURS if data.get(key) is not None}
    if values.get("paid") in ("true", "false"):
        values["paid"] = values["paid"] == "true"
    if data.get("posted_at") is not None:
        values["posted_at"] = _moment(data["posted_at"]) or data["posted_at"]
    else:
        # date は道具ごとに書き方が違う。日時として読めなければ、知らないものとする。
        moments = (_moment(data.get(key)) for key in _DATES)
        values["posted_at"] = next((moment for moment in moments if moment), None)
    known = EMPTY
    for key, value in values.items():
        try:
            known = known.over(Context.of({key: value}))
        except InputError as error:
            at = re.search(rf"^{key}\b", text, re.MULTILINE)
            line = text.count("\n", 0, at.start()) + 1 if at else 1
            raise InputError(error.code, f"front matter（{line} 行目）: {error.message}", line=line) from None
    return known


def _moment(value: object) -> str | None:
    """Return a time or date of YAML or TOML as ISO 8601, or None when it is neither."""
    if isinstance(value, date):
        return value.isoformat()
    match = _MOMENT.match(value) if isinstance(value, str) else None
    if match is None:
        return None
    year, month, day, clock, zone = match.groups()
    written = f"{year}-{int(month):02}-{int(day):02}"
    try:
        if clock is None:
            return date.fromisoformat(written).isoformat()
        hour, rest = clock.split(":", 1)
        return datetime.fromisoformat(f"{written}T{hour:0>2}:{rest}{zone or ''}").isoformat()
    except ValueError:
        return None


def _unreadable(message: str, line: int) -> InputError:
    return InputError("front-matter", f"front matter（{line} 行目）: {message}", line=line)
