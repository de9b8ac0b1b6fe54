"""Front matter: the fields a reader sees become visible text, the circumstances of the post its context."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any, Final

from flamecheck.context import EMPTY, Context
from flamecheck.errors import InputError, LoadError
from flamecheck.fieldcontext import context_of
from flamecheck.inputs.markdown.tomlpieces import Pieces
from flamecheck.page import Page
from flamecheck.spans import Lines, MapBuilder, MappedText, Span
from flamecheck.yamlscalar import decode
from flamecheck.yamlsource import parse_yaml, read_comments

VISIBLE: Final = ("title", "description", "summary", "tags")
"""The fields a reader sees: headings, search results, cards, tag lists."""
DIRECTIVE: Final = "flamecheck"
"""The field that speaks to this program about the whole file, as a comment does."""
_YAML: Final = re.compile(r"---[ \t]*\n(?:.*\n)*?(?P<end>(?:---|\.\.\.)[ \t]*(?:\n|\Z))")
_TOML: Final = re.compile(r"\+\+\+[ \t]*\n(?:.*\n)*?(?P<end>\+\+\+[ \t]*(?:\n|\Z))")
_AT_LINE: Final = re.compile(r"line (\d+)")


def read_front_matter(page: Page) -> tuple[int, Context]:
    """Show the visible fields; return where the front matter ends (0 without one) and the context it gives.

    Raises InputError with the line in the file: code ``front-matter`` when it cannot be read, ``context-value`` for
    a value outside its list.
    """
    for pattern, read in ((_YAML, _yaml), (_TOML, _toml)):
        match = pattern.match(page.source)
        if match:
            known = read(page, Span(match.group().index("\n") + 1, match.start("end")))
            # 区切り線（---）が二本続いただけなら、あいだは本文。
            return (0, EMPTY) if known is None else (match.end(), known)
    return 0, EMPTY


def _yaml(page: Page, within: Span) -> Context | None:
    text = page.source[within.start : within.end]
    try:
        file = parse_yaml(text)
    except LoadError as error:
        first = error.diagnostics[0]
        raise _unreadable(first.message, first.place.line + 1) from None
    if not isinstance(file.data, dict):
        return None
    for key in (*VISIBLE, DIRECTIVE):
        value = file.data.get(key)
        for path in [(key, number) for number in range(len(value))] if isinstance(value, list) else [(key,)]:
            found = file.written(path)
            if found:
                _show(page, key, within.start + found[0].start, found[1])
    if DIRECTIVE in text:
        lines = Lines(page.source)
        for span in read_comments(text):
            moved = Span(within.start + span.start, within.start + span.end)
            line = Span(lines.start_of(lines.locate(moved.start)[0]), moved.start)
            page.comment(page.words([(Span(moved.start + 1, moved.end), None)]), moved, line=line)
    return context_of(file.data, lambda key: file.keys[(key,)].line + 1, where="front matter")


def _toml(page: Page, within: Span) -> Context | None:
    text = page.source[within.start : within.end]
    try:
        data: Mapping[str, Any] = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = _AT_LINE.search(str(error))
        raise _unreadable(f"TOML として読めません: {error}", int(found.group(1)) + 1 if found else 1) from None
    pieces, lines = Pieces(text), Lines(page.source)
    for key in (*VISIBLE, DIRECTIVE):
        for span, value in zip(pieces.strings.get(key, ()), _strings(data.get(key)), strict=False):
            _show(page, key, within.start + span.start, _toml_string(text[span.start : span.end], value))
    for span in pieces.comments:
        moved = Span(within.start + span.start, within.start + span.end)
        line = Span(lines.start_of(lines.locate(moved.start)[0]), moved.start)
        page.comment(page.words([(Span(moved.start + 1, moved.end), None)]), moved, line=line)
    return context_of(data, lambda key: lines.locate(within.start + pieces.keys.get(key, 0))[0], where="front matter")


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


def _show(page: Page, key: str, base: int, value: MappedText) -> None:
    """Show the value of a field that starts at ``base``; what is said to this program is a comment instead."""
    runs = [(Span(base + span.start, base + span.end), text) for span, text in value.runs()]
    if not runs:
        return
    whole = runs[0][0].hull(runs[-1][0])
    if key == DIRECTIVE:
        page.comment(page.words(runs, f"{DIRECTIVE}: "), whole, whole=True)
        return
    block = page.block()
    for span, text in runs:
        page.show(span, block, text)
    page.region("front-matter", whole)


def _unreadable(message: str, line: int) -> InputError:
    return InputError("front-matter", f"front matter（{line} 行目）: {message}", line=line)
