"""HTML and JSX tags, read sign by sign: where one ends, what it is called, which attributes it has."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from flamecheck.page import Page
from flamecheck.spans import Excerpt, Span

_NAME: Final = re.compile(r"/?(?:[A-Za-z][A-Za-z0-9.-]*(?::[A-Za-z][A-Za-z0-9.-]*)?)?")
_KEY: Final = re.compile(r"[A-Za-z_:@#*][A-Za-z0-9_.:@-]*")
_BARE: Final = re.compile(r"[^\s\"'=<>`{}]+")
_BLANKS: Final = re.compile(r"\s*")
_EQUALS: Final = re.compile(r"\s*=\s*")
_ENTITY: Final = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_NAMED: Final = {"alt": "alt", "title": "title", "caption": "title", "description": "title", "summary": "title"}
"""Attributes a reader sees or hears, and the region each is."""


class Tag(NamedTuple):
    """One tag; ``name`` is as written and begins with ``/`` in a closing tag; attributes have their value's range."""

    end: int
    name: str
    attributes: tuple[tuple[str, Span], ...] = ()
    empty: bool = False


def braces(text: str) -> dict[int, int]:
    """Return, for every ``{`` that is closed, the place of its ``}``."""
    found: dict[int, int] = {}
    stack: list[int] = []
    for match in re.finditer(r"[{}]", text):
        if match.group() == "{":
            stack.append(match.start())
        elif stack:
            found[stack.pop()] = match.start()
    return found


def read_tag(text: str, at: int, closed: Mapping[int, int]) -> Tag | None:
    """Return the tag that starts with the ``<`` at ``at``, or None when no tag does.

    ``closed`` is ``braces(text)``.  The cost is what lies up to the next ``<``, so a text of ``<`` costs its length.
    """
    match = _NAME.match(text, at + 1)
    name = match.group() if match else ""
    spot = at + 1 + len(name)
    attributes: list[tuple[str, Span]] = []
    while True:
        blanks = _BLANKS.match(text, spot)
        gap = blanks.end() if blanks else spot
        if text.startswith(">", gap):
            return Tag(gap + 1, name, tuple(attributes))
        if text.startswith("/>", gap):
            return Tag(gap + 2, name, tuple(attributes), empty=True)
        if gap == spot or name in ("", "/"):
            return None
        if text.startswith("{", gap):  # {...props}
            if gap not in closed:
                return None
            spot = closed[gap] + 1
            continue
        key = _KEY.match(text, gap)
        if key is None:
            return None
        spot = key.end()
        equals = _EQUALS.match(text, spot)
        if equals is None:
            continue
        value = _value(text, equals.end(), closed)
        if value is None:
            return None
        spot = value.end
        if text[value.start : value.start + 1] in ("'", '"'):
            attributes.append((key.group().lower(), Span(value.start + 1, value.end - 1)))


def _value(text: str, at: int, closed: Mapping[int, int]) -> Span | None:
    sign = text[at : at + 1]
    if sign in ("'", '"'):
        end = text.find(sign, at + 1)
        return None if end < 0 else Span(at, end + 1)
    if sign == "{":
        return Span(at, closed[at] + 1) if at in closed else None
    bare = _BARE.match(text, at)
    return Span(*bare.span()) if bare else None


def show_attributes(page: Page, excerpt: Excerpt, attributes: tuple[tuple[str, Span], ...]) -> None:
    """Show the values of a tag that a reader sees, each in a block of its own."""
    for key, span in attributes:
        if key in _NAMED and span.length > 0:
            block = page.block()
            show_text(page, excerpt, span, block)
            page.region(_NAMED[key], excerpt.hull(span))


def show_text(page: Page, excerpt: Excerpt, span: Span, block: int) -> None:
    """Show a range of plain text, its entities as the characters they stand for."""
    at = span.start
    for start, end, text in entities(excerpt.text, span):
        for part in excerpt.parts(Span(at, start)):
            page.show(part, block)
        page.show(excerpt.hull(Span(start, end)), block, text)
        at = end
    for part in excerpt.parts(Span(at, span.end)):
        page.show(part, block)


def entities(text: str, span: Span) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and meaning of every entity in a range."""
    for match in _ENTITY.finditer(text, span.start, span.end):
        meant = html.unescape(match.group())
        if meant != match.group():
            yield match.start(), match.end(), meant
