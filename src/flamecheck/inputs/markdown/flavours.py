"""What whole lines mean in the flavours of Markdown and not in its grammar: taken out before the grammar reads.

MDX (``import``, ``export``, components, ``{…}``), Zenn (``:::message``, ``@[card](…)``), Qiita and Docusaurus
(``:::note``), Hugo (``{{< highlight >}}``), Hatena (``>|py|`` to ``||<``), display math.  Every sign taken out is a
blank in the text the grammar sees, so that no offset moves; words in it that a reader sees go on the page.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from flamecheck.inputs.markdown.tags import braces, read_tag, show_attributes, show_text
from flamecheck.page import Page
from flamecheck.spans import Span

_LINE: Final = re.compile(r"^[^\n]*", re.MULTILINE)
_PREFIX: Final = re.compile(r"[ \t>]*")
_ITEM: Final = re.compile(r"(?:[-*+]|\d{1,9}[.)])[ \t]+")
_FENCE: Final = re.compile(r"(`{3,})[^`\n]*$|(~{3,})", re.MULTILINE)
_CONTAINER: Final = re.compile(r":{3,}[ \t]*(?:\{[^}\n]*\}|([\w-]*))[ \t]*(.*)", re.ASCII)
_FLAGS: Final = frozenset(("alert", "info", "warn"))
_TITLE: Final = re.compile(r"\[(.*)\][ \t]*(?:\{[^}]*\})?\s*\Z")
_CARD: Final = re.compile(r"@\[[\w-]+\]\([^()\n]*\)[ \t]*\Z")
_IMPORT: Final = re.compile(r"import\s+(?:[\w*{$][^'\"\n]*\sfrom\s+)?['\"][^'\"\n]+['\"]\s*;?\s*\Z", re.ASCII)
_EXPORT: Final = re.compile(r"export\s+(?:const|let|default|function|async|class|\{|\*)", re.ASCII)
_COMPONENT: Final = re.compile(r"</?(?:[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9.]*|>)")
_HIGHLIGHT: Final = re.compile(r"\{\{[<%]\s*highlight\b")
_PRE: Final = re.compile(r"[ \t]*>\|[\w#+.-]*\|[ \t]*\Z", re.ASCII)
MAX_LINES: Final = 200
"""How far below its first line the end of such a part is looked for."""


class Plain(NamedTuple):
    """The text for the grammar, as long as the source, and whether the file is MDX."""

    text: str
    mdx: bool


class Flavours:
    """Reads the lines of one file from ``start`` on."""

    def __init__(self, page: Page, start: int, *, mdx: bool) -> None:
        """Index the lines and find the fenced code."""
        self._page: Final = page
        self._text: Final = page.source
        self._start: Final = start
        self._lines: Final = self._split(start)
        self._heads: Final = [self._head(line) for line in self._lines]
        self._code: Final = self._fenced()
        self._mdx = mdx or any(self._marks_mdx(row) for row in range(len(self._lines)) if not self._code[row])
        self._out: list[Span] = []
        self._unclosed = False
        self._braces = self._matched() if self._mdx else {}

    def plain(self) -> Plain:
        """Take everything out; shows titles and attributes on the page."""
        row = 0
        if not self._start and self._text.startswith("---"):
            # front matter でないと分かっている最初の線を、文法は front matter と読む。
            row = self._drop(0, 1)
        while row < len(self._lines):
            row = row + 1 if self._code[row] else self._row(row)
        pieces, at = [_blank(self._text[: self._start])], self._start
        for span in self._out:
            pieces += [self._text[at : span.start], _blank(self._text[span.start : span.end])]
            at = span.end
        return Plain("".join([*pieces, self._text[at:]]), self._mdx)

    def _split(self, start: int) -> list[Span]:
        return [Span(*match.span()) for match in _LINE.finditer(self._text, start)]

    def _head(self, line: Span) -> int:
        match = _PREFIX.match(self._text, line.start, line.end)
        return match.end() if match else line.start

    def _rest(self, row: int) -> str:
        return self._text[self._heads[row] : self._lines[row].end]

    def _depth(self, row: int) -> int:
        return self._text.count(">", self._lines[row].start, self._heads[row])

    def _fenced(self) -> list[bool]:
        """Return which lines belong to fenced code; a fence in a quotation ends with the quotation."""
        flags = []
        fence, depth = "", 0
        for row in range(len(self._lines)):
            rest = self._rest(row)
            if fence and self._depth(row) < depth:
                fence = ""
            if fence:
                flags.append(True)
                if rest.startswith(fence) and not rest.strip().strip(fence[0]):
                    fence = ""
                continue
            item = _ITEM.match(rest)
            opened = _FENCE.match(rest[item.end() :] if item else rest)
            if opened:
                fence, depth = opened.group(1) or opened.group(2), self._depth(row)
            flags.append(bool(opened))
        return flags

    def _marks_mdx(self, row: int) -> bool:
        rest = self._rest(row)
        return bool(_COMPONENT.match(rest) or _IMPORT.match(rest))

    def _matched(self) -> dict[int, int]:
        """Return the pairs of braces outside fenced code."""
        text = self._text
        pieces, at = [_blank(text[: self._start])], self._start
        for row, line in enumerate(self._lines):
            if self._code[row]:
                pieces += [text[at : line.start], " " * line.length]
                at = line.end
        return braces("".join([*pieces, text[at:]]))

    def _row(self, row: int) -> int:
        """Take out what starts on a line; return the first line after it."""
        rest = self._rest(row)
        if _PRE.match(self._text, self._lines[row].start, self._lines[row].end):
            return self._until(row, "||<")
        if rest.startswith("<!--"):
            return self._comment(row)
        if rest.startswith(":::"):
            return self._container(row, rest)
        if rest.startswith("$$"):
            single = len(rest.strip()) > 4 and rest.rstrip().endswith("$$")
            return self._drop(row, row + 1) if single else self._until(row, "$$")
        if _CARD.match(rest):
            return self._drop(row, row + 1)
        if _HIGHLIGHT.match(rest):
            return self._until(row, "highlight >}}", "highlight %}}")
        if _IMPORT.match(rest) or _EXPORT.match(rest):
            return self._module(row, rest)
        if self._mdx and rest.startswith("{"):
            return self._braced(row)
        if _COMPONENT.match(rest):
            return self._component(row)
        return row + 1

    def _comment(self, row: int) -> int:
        """Pass over a comment; an open one is looked for once, since nothing closes a later one either."""
        end = -1 if self._unclosed else self._text.find("-->", self._heads[row] + 4)
        self._unclosed = end < 0
        row += 1
        while row < len(self._lines) and self._lines[row].start < end:
            row += 1
        return row

    def _drop(self, row: int, end: int) -> int:
        self._out += [Span(self._heads[at], self._lines[at].end) for at in range(row, end)]
        return end

    def _until(self, row: int, *ends: str) -> int:
        """Take out the lines up to one that ends with one of ``ends``; without such a line, nothing."""
        for at in range(row + 1, min(len(self._lines), row + MAX_LINES)):
            if not self._code[at] and self._rest(at).rstrip().endswith(ends):
                return self._drop(row, at + 1)
        return row + 1

    def _container(self, row: int, rest: str) -> int:
        match = _CONTAINER.match(rest)
        if match:
            at, title = self._heads[row] + match.start(2), match.group(2).rstrip()
            if bracketed := _TITLE.match(title):
                at, title = at + bracketed.start(1), bracketed.group(1)
            elif title.split(" ")[0] in _FLAGS or title.startswith("{"):
                title = ""
            span = Span(at, at + len(title))
            if span.length:
                excerpt = self._page.excerpt([span])
                show_text(self._page, excerpt, Span(0, span.length), self._page.block())
                self._page.region("heading", span)
        return self._drop(row, row + 1)

    def _module(self, row: int, rest: str) -> int:
        """Take out an import or export: its line, and what its first bracket holds."""
        end = self._lines[row].end
        opened = self._text.find("{", self._heads[row], end)
        if opened in self._braces and rest.startswith("export"):
            end = self._braces[opened]
        at = row
        while at + 1 < len(self._lines) and self._lines[at].end < end:
            at += 1
        return self._drop(row, at + 1)

    def _braced(self, row: int) -> int:
        at = self._heads[row]
        end = self._braces.get(at, -1)
        if end < 0:
            return row + 1
        after = self._alone(row, end + 1)
        if (after > row + 1 or self._took(at)) and self._text[at : end + 1].startswith("{/*"):
            self._page.comment(self._page.words([(Span(at + 3, end - 2), None)]), Span(at, end + 1))
        return after

    def _component(self, row: int) -> int:
        at = self._heads[row]
        tag = read_tag(self._text, at, self._braces)
        if tag is None:
            return row + 1
        after = self._alone(row, tag.end)
        if after > row + 1 or self._took(at):
            excerpt = self._page.excerpt([Span(at, tag.end)])
            shifted = tuple((key, Span(value.start - at, value.end - at)) for key, value in tag.attributes)
            show_attributes(self._page, excerpt, shifted)
        return after

    def _took(self, at: int) -> bool:
        return bool(self._out) and self._out[-1].start == at

    def _alone(self, row: int, end: int) -> int:
        """Take out the lines up to offset ``end`` when nothing else stands on the last of them."""
        at = row
        while at + 1 < len(self._lines) and self._lines[at].end < end:
            at += 1
        if self._text[end : self._lines[at].end].strip():
            return row + 1
        return self._drop(row, at + 1)


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)
