"""A stretch of a paragraph and its syntax tree, in code points."""

from __future__ import annotations

from typing import Final

import tree_sitter_markdown
from tree_sitter import Language, Node, Parser

from flamecheck.spans import CodePoints, Span

_LANGUAGE: Final = Language(tree_sitter_markdown.inline_language())


class Stretch:
    """Part of a paragraph with its syntax tree; ``span`` leads a node back to the paragraph."""

    __slots__ = ("_base", "_points", "_tree")

    def __init__(self, text: str, base: int) -> None:
        """Parse ``text``, which starts at ``base``."""
        self._base: Final = base
        self._points: Final = CodePoints(text)
        self._tree: Final = Parser(_LANGUAGE).parse(self._points.raw)

    @property
    def root(self) -> Node:
        """Return the root of the tree."""
        return self._tree.root_node

    def span(self, node: Node) -> Span:
        """Return the range of a node."""
        return Span(self._base + self._points.at(node.start_byte), self._base + self._points.at(node.end_byte))
