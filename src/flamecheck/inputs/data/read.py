"""Data files → posts: each mapping of a list is a post of its own, any other file is one document."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, Final, NamedTuple

from flamecheck.context import EMPTY, Context
from flamecheck.document import Comment, Document, Source
from flamecheck.fieldcontext import context_of
from flamecheck.inputs.data.choice import Choice
from flamecheck.inputs.data.value import Entry, Path, Value
from flamecheck.page import Page
from flamecheck.spans import Lines, Span

DIRECTIVE: Final = "flamecheck"
"""The key that speaks to this program, as a comment does."""
REGIONS: Final = {"alt": "alt", "title": "title"}
"""The keys whose values have a role that rules know."""


def read_yaml(source: Source, *, context: Context = EMPTY, fields: tuple[str, ...] = ()) -> tuple[Document, ...]:
    """Return the posts of a YAML file; what ``context`` does not know is taken from the fields of each.

    Raises InputError with its line: ``yaml`` for what cannot be read, ``context-key``, ``context-value``.
    """
    from flamecheck.inputs.data.yamlvalue import yaml_values
    from flamecheck.yamlsource import read_comments

    file = _File(source, yaml_values(source.text), context, fields)
    marks = list(read_comments(source.text)) if DIRECTIVE in source.text else []
    return file.read(marks)


def read_json(source: Source, *, context: Context = EMPTY, fields: tuple[str, ...] = ()) -> tuple[Document, ...]:
    """Return the posts of a JSON file, as ``read_yaml`` does; raises InputError (code ``json``)."""
    from flamecheck.inputs.data.jsonvalue import json_values

    return _File(source, json_values(source.text), context, fields).read([])


def read_jsonl(source: Source, *, context: Context = EMPTY, fields: tuple[str, ...] = ()) -> tuple[Document, ...]:
    """Return the posts of a JSON Lines file, one a line; raises InputError (code ``json``)."""
    from flamecheck.inputs.data.jsonvalue import json_values

    return _File(source, json_values(source.text, lines=True), context, fields, lines=True).read([])


class _Post(NamedTuple):
    """A value that is a post, the path that leads to it, its own name, and what it is part of."""

    value: Value
    path: Path = ()
    number: int = 0
    within: Value | None = None
    without: Value | None = None


class _File:
    """Reads one file."""

    def __init__(
        self, source: Source, roots: list[Value], context: Context, fields: tuple[str, ...], *, lines: bool = False
    ) -> None:
        self._source: Final = source
        self._roots: Final = roots
        self._context: Final = context
        self._choice: Final = Choice(fields)
        self._several: Final = lines or len(roots) > 1
        self._lines: Final = Lines(source.text)
        self._ids: set[str | int] = set()

    def read(self, marks: Iterable[Span]) -> tuple[Document, ...]:
        posts = list(self._posts())
        comments = self._comments(posts, marks)
        found = [self._document(post) for post in posts]
        shown = [document for document in found if document.text] or [self._empty()]
        return tuple(replace(document, comments=comments) for document in shown)

    def _empty(self) -> Document:
        """Return what stands for a file in which nothing is chosen."""
        body, _ = Page(self._source.text).build()
        return Document(self._source.name, self._source, body, self._context.over(Context(format="text")))

    def _posts(self) -> Iterator[_Post]:
        number = 0
        for root in self._roots:
            listed = _listed(root)
            if listed is None:
                number += 1
                yield _Post(root, number=number if self._several else 0)
                continue
            path, several = listed
            if several is not root:
                yield _Post(root, without=several)
            for index, item in enumerate(several.items):
                number += 1
                yield _Post(item, (*path, index), number, root if several is not root else None)

    def _chosen(self, post: _Post) -> list[tuple[Path, Value]]:
        inside = {id(text) for _, text in post.without.texts()} if post.without else set()
        return [
            (path, text)
            for path, text in post.value.texts()
            if id(text) not in inside and DIRECTIVE not in path and (*post.path, *path) in self._choice
        ]

    def _document(self, post: _Post) -> Document:
        page = Page(self._source.text)
        for path, text in self._chosen(post):
            self._show(page, path, text)
        body, regions = page.build()
        told = self._told(post.value, post.path)
        if post.within:
            told = told.over(self._told(post.within, ()))
        known = self._context.over(told).over(Context(format="text"))
        return Document(self._id(post), self._source, body, known, regions)

    def _show(self, page: Page, path: Path, text: Value) -> None:
        if text.decoded is None:
            return
        block, base = page.block(), text.span.start
        for span, written in text.decoded().runs():
            page.show(Span(base + span.start, base + span.end), block, written)
        key = next((part for part in reversed(path) if isinstance(part, str)), "")
        if key in REGIONS:
            page.region(REGIONS[key], text.span)

    def _told(self, value: Value, path: Path) -> Context:
        """Return the context the fields of a post give; a field that is screened is none of them."""
        entries = {
            key: entry
            for key, entry in value.fields().items()
            if entry.value.followed().kind != "text" or (*path, key) not in self._choice
        }
        plain = {key: _plain(entry.value.followed()) for key, entry in entries.items()}
        return context_of(plain, lambda key: self._lines.locate(entries[key].place.start)[0])

    def _id(self, post: _Post) -> str | int:
        """Return the post's own id, or the file with the number of the post when it has none or another has it."""
        if not post.number:
            return self._source.name
        entry: Entry | None = post.value.fields().get("id")
        own = entry.value.followed().plain if entry else None
        if isinstance(own, bool) or not isinstance(own, (str, int)) or own in self._ids or own == "":
            return f"{self._source.name}#{post.number}"
        self._ids.add(own)
        return own

    def _comments(self, posts: list[_Post], marks: Iterable[Span]) -> tuple[Comment, ...]:
        """Return what is said to this program, with the values it stands before."""
        if DIRECTIVE not in self._source.text:
            return ()
        page = Page(self._source.text)
        for post in posts:
            for path, text in self._chosen(post):
                self._show(page, path, text)
            if post.path:
                page.extent(post.value.span)
        apart = {id(post.value) for post in posts if post.number}
        for root in self._roots:
            self._extents(page, root)
            self._directives(page, root, root.span if id(root) in apart else None)
        values = sorted(self._spans())
        for span in marks:
            line = self._lines.start_of(self._lines.locate(span.start)[0])
            words = page.words([(Span(span.start + 1, span.end), None)])
            page.comment(words, span, line=Span(line, span.start), block=_on_line(values, line, span.start))
        return page.comments()

    def _spans(self) -> Iterator[Span]:
        """Yield where the values of the file are written."""
        stack = list(self._roots)
        while stack:
            value = stack.pop()
            yield value.span
            stack += [*value.items, *(entry.value for entry in value.entries)]

    def _extents(self, page: Page, root: Value) -> None:
        """Let a value of several parts be one block to a comment before its key."""
        stack = [root]
        while stack:
            value = stack.pop()
            stack += value.items
            for entry in value.entries:
                if entry.value.kind in ("mapping", "sequence"):
                    page.extent(entry.place.hull(entry.value.span))
                    stack.append(entry.value)

    def _directives(self, page: Page, root: Value, block: Span | None) -> None:
        """Keep what the key says in each mapping: of ``block`` at the root, else of the mapping."""
        stack = [(root, block)]
        while stack:
            value, block = stack.pop()
            stack += [(item, item.span) for item in value.items]
            for entry in value.entries:
                if entry.key == DIRECTIVE:
                    self._directive(page, entry.value, block)
                else:
                    stack.append((entry.value, entry.value.span))

    def _directive(self, page: Page, value: Value, block: Span | None) -> None:
        """Keep a text or each text of a list; anything else as it is written, so that it is told to be wrong."""
        for said in value.items or [value]:
            base = said.span.start
            runs: list[tuple[Span, str | None]] = [(said.span, None)] if said.span.length else []
            if said.decoded is not None:
                runs = [(Span(base + at.start, base + at.end), sign) for at, sign in said.decoded().runs()]
            if runs:
                whole = runs[0][0].hull(runs[-1][0])
                page.comment(page.words(runs, f"{DIRECTIVE}: "), whole, whole=block is None, block=block)


def _listed(root: Value) -> tuple[Path, Value] | None:
    """Return the list of posts: the file itself, or the only list of mappings at its top."""
    if _is_list(root):
        return (), root
    lists = [entry for entry in root.entries if _is_list(entry.value)]
    return ((lists[0].key,), lists[0].value) if len(lists) == 1 else None


def _on_line(values: list[Span], start: int, end: int) -> Span | None:
    """Return the first value that begins on the line and ends before the comment at ``end``, whichever is longest."""
    found = Span(end, end)
    for value in values[bisect_left(values, Span(start, 0)) : bisect_left(values, Span(end, 0))]:
        if value.start > found.start:
            break
        if value.length and value.end <= end:
            found = value
    return found if found.length else None


def _is_list(value: Value) -> bool:
    kinds = {item.followed().kind for item in value.items}
    return "mapping" in kinds and kinds <= {"mapping", "other"}


def _plain(value: Value) -> Any:
    if value.kind == "mapping":
        return {key: entry.value.followed().plain for key, entry in value.fields().items()}
    return value.plain
