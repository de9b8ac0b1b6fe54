"""``read_markdown(source) -> Document``: one file is one post whose text is its prose.

One file, one document: what was promised in a heading and taken back three paragraphs on is one publication with one
tier, one context and one owner.  Blocks stand a blank line apart in the visible text, so no sentence runs over two.
"""

from __future__ import annotations

import re
from typing import Final

from flamecheck.context import EMPTY, Context
from flamecheck.document import Comment, Document, Source
from flamecheck.inputs.markdown.blocks import Blocks
from flamecheck.inputs.markdown.flavours import Flavours
from flamecheck.inputs.markdown.frontmatter import read_front_matter
from flamecheck.page import Page
from flamecheck.spans import Alignment, MapBuilder, MappedText, compose

_RETURN: Final = re.compile("\r\n?")


def read_markdown(source: Source, *, context: Context = EMPTY) -> Document:
    """Return the prose of a Markdown file; what ``context`` does not know is taken from the front matter.

    Raises InputError (codes ``front-matter``, ``context-value``) for front matter that cannot be read.
    """
    lines = _unified(source.text)
    page = Page(lines.text)
    start, told = read_front_matter(page)
    plain = Flavours(page, start, mdx=source.name.endswith(".mdx")).plain()
    Blocks(page, plain).show()
    body, regions = page.build()
    known = context.over(told).over(Context(format="markdown"))
    comments = tuple(_moved(said, lines) for said in page.comments())
    return Document(source.name, source, compose(lines, body), known, regions, comments)


def _moved(said: Comment, lines: MappedText) -> Comment:
    words = MappedText(said.text, said.alignment or Alignment())
    return Comment(
        said.text,
        lines.to_source(said.span),
        said.block and lines.to_source(said.block),
        compose(lines, words).alignment,
    )


def _unified(text: str) -> MappedText:
    """Return ``text`` with LF for every line end, which is what the grammars count on."""
    builder = MapBuilder()
    at = 0
    for match in _RETURN.finditer(text):
        builder.copy(text[at : match.start()])
        builder.replace(match.end() - match.start(), "\n")
        at = match.end()
    builder.copy(text[at:])
    return builder.build()
