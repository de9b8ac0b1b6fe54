"""Which input reads a file: the one table of suffixes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath
from typing import Final

from flamecheck.context import EMPTY, Context
from flamecheck.document import Document, Source, plain
from flamecheck.inputs.files import MARKDOWN

MEDIA: Final = {**dict.fromkeys(MARKDOWN, "markdown"), ".txt": "text"}
"""The media type of each suffix; a file with any other one is read as plain text."""


def documents_of(source: Source, context: Context = EMPTY) -> tuple[Document, ...]:
    """Return the posts of a file in the format its name says, in order.

    ``context`` goes before what the file says of itself.  Raises InputError for a file that cannot be read as what it is.
    """
    media = MEDIA.get(PurePath(source.name).suffix.lower(), "text")
    source = replace(source, media=media)
    if media == "markdown":
        from flamecheck.inputs.markdown import read_markdown

        return (read_markdown(source, context=context),)
    return (plain(source.text, name=source.name, context=context),)
