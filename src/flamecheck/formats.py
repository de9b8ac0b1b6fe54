"""Which input reads a file: the one table of suffixes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import PurePath
from typing import Final, TypeAlias

from flamecheck.context import EMPTY, Context
from flamecheck.document import Document, Source, plain

PROSE: Final[Mapping[str, str]] = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdx": "markdown",
    ".html": "html",
    ".htm": "html",
    ".txt": "text",
}
"""The media type of each suffix that is read wherever it is met."""
DATA: Final[Mapping[str, str]] = {".yml": "yaml", ".yaml": "yaml", ".json": "json", ".jsonl": "jsonl"}
"""The media type of each suffix that is met in a folder for many other reasons: read where its fields are named."""
Fields: TypeAlias = tuple[str, ...]


def documents_of(source: Source, context: Context = EMPTY, fields: Fields = ()) -> tuple[Document, ...]:
    """Return the posts of a file in the format its name says, in order; with any other suffix it is plain text.

    ``context`` goes before what the file says of itself; ``fields`` names what is read of YAML and JSON.  Raises
    InputError for a file that cannot be read as what it is.
    """
    suffix = PurePath(source.name).suffix.lower()
    media = PROSE.get(suffix) or DATA.get(suffix, "text")
    return _READERS[media](replace(source, media=media), context, fields)


def _text(source: Source, context: Context, _fields: Fields) -> tuple[Document, ...]:
    return (plain(source.text, name=source.name, context=context),)


def _markdown(source: Source, context: Context, _fields: Fields) -> tuple[Document, ...]:
    from flamecheck.inputs.markdown import read_markdown

    return (read_markdown(source, context=context),)


def _html(source: Source, context: Context, _fields: Fields) -> tuple[Document, ...]:
    from flamecheck.inputs.html import read_html

    return (read_html(source, context=context),)


def _yaml(source: Source, context: Context, fields: Fields) -> tuple[Document, ...]:
    from flamecheck.inputs.data import read_yaml

    return read_yaml(source, context=context, fields=fields)


def _json(source: Source, context: Context, fields: Fields) -> tuple[Document, ...]:
    from flamecheck.inputs.data import read_json

    return read_json(source, context=context, fields=fields)


def _jsonl(source: Source, context: Context, fields: Fields) -> tuple[Document, ...]:
    from flamecheck.inputs.data import read_jsonl

    return read_jsonl(source, context=context, fields=fields)


_READERS: Final[Mapping[str, Callable[[Source, Context, Fields], tuple[Document, ...]]]] = {
    "text": _text,
    "markdown": _markdown,
    "html": _html,
    "yaml": _yaml,
    "json": _json,
    "jsonl": _jsonl,
}
