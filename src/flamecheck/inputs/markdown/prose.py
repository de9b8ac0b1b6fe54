"""One paragraph, heading, cell or HTML block: its visible characters, read with the inline grammar."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Final

from tree_sitter import Node

from flamecheck.inputs.markdown.emphasis import markers
from flamecheck.inputs.markdown.marks import Mark, outermost, shown
from flamecheck.inputs.markdown.opaque import Opaque
from flamecheck.inputs.markdown.stretch import Stretch
from flamecheck.inputs.markdown.tags import show_attributes
from flamecheck.page import Page
from flamecheck.spans import Excerpt, Span

_LINE: Final = re.compile(r"[^\n]*\n?")
# 強調と数式は文法に読ませない。長い段落は行の終わりで切って読ませる（開いたままの括弧の手間は長さの二乗）。
_UNREAD: Final = re.compile(r"(\\[!-/:-@\[-`{-~])|[*_~$]")
CHUNK: Final = 4000
_BRACKETED: Final = re.compile(r"(?<![\]\\])\[([^\[\]\\]*)\](?![\[(])")
_SIGNS: Final = re.compile(r"[`\\&\[\]<]")

_BLOCKS: Final = frozenset(
    "address article aside blockquote body button caption center dd details dialog div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 head header hr html label legend li main nav ol option p section select summary "
    "table tbody td tfoot th thead title tr ul".split()
)
_SKIPPED: Final = frozenset("math pre rp rt script style svg template textarea".split())
_REGIONS: Final = {
    "a": "link", "blockquote": "blockquote", "code": "code", "kbd": "code", "samp": "code", "li": "item", "td": "cell",
    "th": "cell",
    "h1": "heading", "h2": "heading", "h3": "heading", "h4": "heading", "h5": "heading", "h6": "heading",
}  # fmt: skip


class Prose:
    """Shows paragraphs on a page.  ``labels`` are the link labels the file defines, as ``label`` writes them."""

    def __init__(self, page: Page, text: str, labels: frozenset[str], *, mdx: bool) -> None:
        """Keep what all paragraphs of a file share; ``text`` is the source without what the flavours took out."""
        self._page: Final = page
        self._text: Final = text
        self._labels: Final = labels
        self._mdx: Final = mdx

    def show(self, parts: Iterable[Span]) -> None:
        """Show the paragraph made of ``parts`` of the source."""
        excerpt = Excerpt(self._text, self._lines(parts))
        if excerpt.text.strip():
            _Paragraph(self._page, excerpt, self._labels, mdx=self._mdx).show()

    def _lines(self, parts: Iterable[Span]) -> Iterator[Span]:
        """Yield the parts without the blanks at either end of a line; full-width ones are the author's."""
        source = self._text
        for part in parts:
            at = part.start
            while at < part.end:
                match = _LINE.match(source, at, part.end)
                end = match.end() if match else part.end
                line = source[at:end]
                content = line.strip(" \t\n")
                start = at + len(line) - len(line.lstrip(" \t"))
                yield Span(start, start + len(content))
                if line.endswith("\n"):
                    yield Span(end - 1, end)
                at = end


class _Paragraph:
    """One paragraph; all offsets are of its excerpt."""

    def __init__(self, page: Page, excerpt: Excerpt, labels: frozenset[str], *, mdx: bool) -> None:
        self.page = page
        self.excerpt = excerpt
        self.text = excerpt.text
        self.labels = labels
        self.holes = list(Opaque(self.text, mdx=mdx).holes())
        self.marks: list[Mark] = []
        self.opaque: list[Span] = []  # 強調を持たない所
        self.cuts: set[int] = set()  # ここから別のまとまり
        self.apart: list[Span] = []  # 途中に挟まる、別のまとまり（代替テキスト、題）

    def show(self) -> None:
        self._tags()
        self._filled = self._fill()
        for stretch in self._stretches():
            self._inline(stretch)
        self._emphasis()
        self._emit()

    def _region(self, kind: str, span: Span) -> None:
        if span.length > 0:
            self.page.region(kind, self.excerpt.hull(span))

    # タグ

    def _tags(self) -> None:
        opened: dict[str, list[int]] = {}
        skipping: tuple[str, int] | None = None
        for hole in self.holes:
            if skipping:
                if hole.tag and hole.tag.name.lower() == "/" + skipping[0]:
                    self.marks.append(Mark(skipping[1], hole.end))
                    skipping = None
                continue
            name = hole.tag.name.lower() if hole.tag else ""
            if hole.comment:
                said = self.page.words((part, None) for part in self.excerpt.parts(hole.comment))
                self.page.comment(said, self.excerpt.hull(Span(hole.start, hole.end)))
            self.marks.append(Mark(hole.start, hole.end, "\n" if name in ("br", "/br") else ""))
            bare = name.removeprefix("/")
            if hole.apart or bare in _BLOCKS:
                self.cuts.add(hole.end)
            if bare in _REGIONS:
                if name == bare:
                    opened.setdefault(name, []).append(hole.end)
                elif opened.get(bare):
                    self._region(_REGIONS[bare], Span(opened[bare].pop(), hole.start))
            if name in _SKIPPED and hole.tag and not hole.tag.empty:
                skipping = (name, hole.start)
            show_attributes(self.page, self.excerpt, hole.attributes)
        if skipping and skipping[0] not in ("rt", "rp"):
            self.marks.append(Mark(skipping[1], len(self.text)))

    # 文法

    def _stretches(self) -> Iterator[Stretch]:
        """Yield the syntax tree of each stretch of the paragraph in which something may not be plain."""
        text = _UNREAD.sub(lambda match: match.group(1) or "x", self._filled)
        text = _BRACKETED.sub(self._unbracketed, text)
        start = 0
        while start < len(text):
            end = len(text)
            if end - start > CHUNK:
                line = text.rfind("\n", start + 1, start + CHUNK)
                end = line + 1 if line > start else start + CHUNK
            if _SIGNS.search(text, start, end):
                yield Stretch(text[start:end], start)
            start = end

    def _unbracketed(self, match: re.Match[str]) -> str:
        # 定義のない [注意] はリンクではない。文法はそれをリンクと読み、外側の [a [b]](u) を見失う。
        label = self.text[match.start() + 1 : match.end() - 1]
        return match.group() if normal(label) in self.labels else f"x{match.group(1)}x"

    def _fill(self) -> str:
        """Return the text with a letter for every sign of a hole, and what UTF-8 cannot write replaced."""
        pieces, at = [], 0
        for hole in self.holes:
            pieces += [self.text[at : hole.start], "x" * (hole.end - hole.start)]
            at = hole.end
        return re.sub("[\x00\ud800-\udfff]", "\ufffd", "".join([*pieces, self.text[at:]]))

    def _inline(self, stretch: Stretch) -> None:
        stack = [stretch.root]
        while stack:
            stack += reversed(self._node(stack.pop(), stretch))

    def _emphasis(self) -> None:
        opaque = outermost([*self.opaque, *(Span(mark.start, mark.end) for mark in self.marks)])
        starts = [span.start for span in opaque]

        def skip(offset: int) -> int:
            at = bisect_right(starts, offset) - 1
            return max(offset, opaque[at].end) if at >= 0 else offset

        self.marks += [Mark(*span) for span in markers(self._filled, skip)]

    def _node(self, node: Node, stretch: Stretch) -> list[Node]:
        """Mark what of a node is not prose; return the children to look at."""
        kind, span = node.type, stretch.span(node)
        if kind in ("html_tag", "uri_autolink"):
            self.marks.append(Mark(*span))
        elif kind in ("backslash_escape", "hard_line_break", "entity_reference", "numeric_character_reference"):
            self.marks += self._character(kind, span)
            self.opaque.append(span)
        elif kind == "email_autolink":
            self.marks += [Mark(span.start, span.start + 1), Mark(span.end - 1, span.end)]
        elif kind == "code_span":
            self._code(node, span)
        elif kind in ("inline_link", "image", "full_reference_link", "collapsed_reference_link", "shortcut_link"):
            return self._link(node, span, stretch)
        else:
            return node.children
        return []

    def _character(self, kind: str, span: Span) -> Iterator[Mark]:
        r"""Yield the mark of an escape or an entity: ``\*`` is ``*``, ``&amp;`` is ``&``."""
        if kind.endswith("reference"):
            yield Mark(*span, html.unescape(self.text[span.start : span.end]))
        elif self.text.startswith("\\", span.start):
            yield Mark(span.start, span.start + 1)

    def _code(self, node: Node, span: Span) -> None:
        ticks = node.children[0].end_byte - node.children[0].start_byte
        inner = Span(span.start + ticks, span.end - ticks)
        content = self.text[inner.start : inner.end]
        if content.startswith(" ") and content.endswith(" ") and content.strip():
            inner = Span(inner.start + 1, inner.end - 1)
        self.marks += [Mark(span.start, inner.start), Mark(inner.end, span.end)]
        self.opaque.append(span)
        self._region("code", inner)

    def _link(self, node: Node, span: Span, stretch: Stretch) -> list[Node]:
        parts = {child.type: child for child in node.children}
        words = parts.get("link_text") or parts.get("image_description")
        inner = stretch.span(words) if words else Span(span.start, span.start)
        label = parts.get("link_label")
        if "(" not in parts and not self._defined(stretch.span(label) if label else inner):
            # 定義のない [注意] は、リンクではなく角括弧つきの文。
            return words.children if words else []
        self.marks += [Mark(span.start, inner.start), Mark(inner.end, span.end)]
        if node.type == "image":
            self.apart.append(inner)
        self._region("alt" if node.type == "image" else "link", inner)
        if "link_title" in parts:
            self._title(parts["link_title"], stretch)
        return words.children if words else []

    def _defined(self, label: Span) -> bool:
        return normal(self.text[label.start : label.end].strip("[]")) in self.labels

    def _title(self, node: Node, stretch: Stretch) -> None:
        span = stretch.span(node)
        inner = Span(span.start + 1, span.end - 1)
        marks = [mark for child in node.children for mark in self._character(child.type, stretch.span(child))]
        block = self.page.block()
        for part, text in shown(inner, marks):
            self._show(part, block, text)
        self._region("title", inner)

    # 出力

    def _emit(self) -> None:
        edges = sorted(self.cuts)
        blocks = [self.page.block() for _ in range(len(edges) + 1)]
        apart = outermost(self.apart)
        heads = [span.start for span in apart]
        own = [self.page.block() for _ in apart]
        for part, text in shown(
            Span(0, len(self.text)), self.marks, [*edges, *(edge for span in apart for edge in span)]
        ):
            at = bisect_right(heads, part.start) - 1
            inside = at >= 0 and part.start < apart[at].end
            self._show(part, own[at] if inside else blocks[bisect_right(edges, part.start)], text)

    def _show(self, span: Span, block: int, text: str | None) -> None:
        if text is None:
            for part in self.excerpt.parts(span):
                self.page.show(part, block)
        else:
            self.page.show(self.excerpt.hull(span), block, text)


def normal(label: str) -> str:
    """Return a link label as it is compared: case folded, blanks collapsed."""
    return " ".join(label.casefold().split())
