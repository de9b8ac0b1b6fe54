"""The blocks of a file, read with the block grammar: which ranges are prose, and what role they have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import tree_sitter_markdown
from tree_sitter import Language, Node, Parser

from flamecheck.inputs.markdown.flavours import Plain
from flamecheck.inputs.markdown.prose import Prose, normal
from flamecheck.inputs.markdown.tags import show_text
from flamecheck.page import Page
from flamecheck.spans import CodePoints, Span

_LANGUAGE: Final = Language(tree_sitter_markdown.language())
_ROLES: Final = {
    "atx_heading": "heading",
    "setext_heading": "heading",
    "list_item": "item",
    "block_quote": "blockquote",
    "pipe_table_cell": "cell",
}
_PROSE: Final = frozenset(("inline", "pipe_table_cell", "html_block"))
_SILENT: Final = frozenset(("fenced_code_block", "minus_metadata", "plus_metadata", "thematic_break"))
_WHOLE: Final = frozenset(("list", "pipe_table", "block_quote"))
"""What is one block to a comment before it, though its parts are blocks of the visible text."""
_CLOSING: Final = re.compile(r"(?:^|[ \t])#+[ \t]*\Z")


class Blocks:
    """Shows the blocks of one file on its page."""

    def __init__(self, page: Page, plain: Plain) -> None:
        """Parse the text without flavours; its offsets are those of the source."""
        self._page: Final = page
        self._mdx: Final = plain.mdx
        self._plain: Final = plain.text
        # 文法は UTF-8 の正しい文字だけを読み、最後の行にも行の終わりを求める。
        self._points: Final = CodePoints(re.sub("[\x00\ud800-\udfff]", "\ufffd", plain.text) + "\n")
        self._tree: Final = Parser(_LANGUAGE).parse(self._points.raw)

    def show(self) -> None:
        """Show every block."""
        blocks = list(self._walk())
        labels = frozenset(self._labels(blocks))
        prose = Prose(self._page, self._plain, labels, mdx=self._mdx)
        for node in blocks:
            if node.type == "link_reference_definition" and not self._is_note(node):
                self._title(node)
            else:
                prose.show(self._parts(node))

    def _walk(self) -> Iterator[Node]:
        """Yield the nodes that hold prose, in order, and name the roles of what they stand in."""
        stack = [self._tree.root_node]
        note = False
        while stack:
            node = stack.pop()
            kind = node.type
            if kind in _ROLES:
                self._page.region(_ROLES[kind], self._filled(node))
            if kind in _WHOLE:
                self._page.extent(self._filled(node))
            if kind in _PROSE or kind == "link_reference_definition":
                yield node
            elif kind == "indented_code_block":
                # MDX に字下げのコードはなく、脚注の二段落目は字下げで続く。
                if self._mdx or note:
                    yield node
                continue
            elif kind == "ERROR" and not self._text(node).lstrip().startswith(("```", "~~~")):
                yield node
            elif kind not in _SILENT and kind != "ERROR":
                stack += reversed(node.children)
            if kind in ("paragraph", "link_reference_definition"):
                note = self._is_note(node)
            elif kind in _ROLES:
                note = False

    def _span(self, node: Node) -> Span:
        size = len(self._page.source)
        return Span(min(size, self._points.at(node.start_byte)), min(size, self._points.at(node.end_byte)))

    def _filled(self, node: Node) -> Span:
        """Return the range of a container without the blank lines after it, where a flavour may have shown a title."""
        span = self._span(node)
        return Span(span.start, span.start + len(self._plain[span.start : span.end].rstrip()))

    def _text(self, node: Node) -> str:
        span = self._span(node)
        return self._page.source[span.start : span.end]

    def _is_note(self, node: Node) -> bool:
        return self._page.source.startswith("[^", self._span(node).start)

    def _parts(self, node: Node) -> Iterator[Span]:
        """Yield the ranges of a node without the marks of the containers it continues in."""
        whole = self._span(node)
        at, end = whole
        if node.parent is not None and node.parent.type == "atx_heading":
            closing = _CLOSING.search(self._page.source[at:end])
            end = at + closing.start() if closing else end
        for child in node.children:
            if child.type == "block_continuation":
                inner = self._span(child)
                yield Span(at, min(end, inner.start))
                at = inner.end
        yield Span(at, end)

    def _labels(self, blocks: list[Node]) -> Iterator[str]:
        for node in blocks:
            if node.type == "link_reference_definition":
                yield normal(self._text(node.children[0]).strip("[]"))

    def _title(self, node: Node) -> None:
        spans = {child.type: self._span(child) for child in node.children}
        if "link_title" in spans:
            span = spans["link_title"]
            inner = Span(span.start + 1, span.end - 1)
            to = spans.get("link_destination")
            if to and self._page.source[to.start : to.end] in ("#", "<>"):
                # [//]: # (どこへも行かない定義は、覚え書きの書き方)
                self._page.comment(self._page.words([(inner, None)]), self._filled(node))
                return
            show_text(self._page, self._page.excerpt([inner]), Span(0, inner.length), self._page.block())
            self._page.region("title", inner)
