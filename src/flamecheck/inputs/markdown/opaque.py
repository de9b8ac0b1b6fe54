"""What the prose of a paragraph is interrupted by: tags, math, short codes, addresses, footnote marks.

The Markdown grammar knows none of the flavours, so these are read first, from left to right, code spans and
escapes skipped as Markdown does, and the grammar is shown a letter in place of each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Final, NamedTuple

from flamecheck.inputs.markdown.tags import Tag, braces, read_tag
from flamecheck.spans import Span

_SIGN: Final = re.compile(r"\\[!-/:-@\[-`{-~]|`+|<|\$+|\{|[!^]?\[|(?<![A-Za-z0-9])(?:(?:https?|ftp)://|www\.)")
_RUN: Final = re.compile("`+")
_AUTOLINK: Final = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*>")
_ADDRESS: Final = re.compile(r"[!#-;=?-Z_a-z~]+")
_NOTE: Final = re.compile(r"\[\^[^\]\s]{1,200}\](:?)")
_INLINE_NOTE: Final = re.compile(r"\^\[([^\[\]\n]{1,2000})\]")
_ALERT: Final = re.compile(r"\[!\w{1,40}\][+-]?")
# はてな記法: [:contents] [f:id:…] [https://…:embed]。うしろに ( が続けば、ふつうのリンク。
_HATENA: Final = re.compile(
    r"\[(?::contents|(?:f|id|asin|isbn|tex|google|map|amazon|https?|gist|youtube):[^\[\]\n]{1,2000})\](?!\()"
)
# Zenn: ![犬](url =250x)。大きさがあると、文法は画像と読まない。
_SIZED: Final = re.compile(r"!\[([^\[\]\n]{0,1000})\]\([^\s()]{1,1000}[ \t]+=\d{0,5}x\d{0,5}\)")
_ATTRIBUTES: Final = re.compile(r"\{[#.:][^{}\n]{0,500}\}")
_QUOTED: Final = re.compile(r"([A-Za-z]+)=(?:\"([^\"\n]*)\"|'([^'\n]*)')")
_JAPANESE: Final = re.compile(r"[\u3041-\u30ff\u3400-\u9fff、。]")
_SHORTCODES: Final = (("{{<", ">}}"), ("{{%", "%}}"), ("{{", "}}"), ("{%", "%}"), ("{/*", "*/}"))


class Hole(NamedTuple):
    """A range of a paragraph that is not prose; ``attributes`` are values a reader sees, ``apart`` ends the block.

    ``comment`` is what stands between the marks of a comment.
    """

    start: int
    end: int
    tag: Tag | None = None
    attributes: tuple[tuple[str, Span], ...] = ()
    apart: bool = False
    comment: Span | None = None


def quoted(text: str, span: Span) -> tuple[tuple[str, Span], ...]:
    """Return the ``key="value"`` pairs in a range, as the short codes of Hugo write them."""
    return tuple(
        (match.group(1).lower(), Span(*match.span(2 if match.group(2) is not None else 3)))
        for match in _QUOTED.finditer(text, span.start, span.end)
    )


class Opaque:
    """Reads one paragraph.  The cost is linear: what is looked for and absent is looked for once."""

    def __init__(self, text: str, *, mdx: bool) -> None:
        """Keep ``text``; with ``mdx``, ``{…}`` is an expression."""
        self._text: Final = text
        self._mdx: Final = mdx
        self._absent: set[str] = set()

    def holes(self) -> Iterator[Hole]:
        """Yield the holes, in order, disjoint."""
        at = 0
        while match := _SIGN.search(self._text, at):
            at = match.end()
            sign = match.group()
            if sign[0] == "\\":
                continue
            if sign[0] == "`":
                at = self._code_end(Span(*match.span()))
                continue
            for hole in self._hole(match.start(), sign):
                yield hole
                at = hole.end

    def _hole(self, start: int, sign: str) -> Iterator[Hole]:
        if sign == "<":
            yield from self._tag(start)
        elif sign[0] == "$":
            yield from self._math(start, len(sign))
        elif sign == "{":
            yield from self._braced(start)
        elif sign == "![":
            if sized := _SIZED.match(self._text, start):
                yield Hole(start, sized.end(), attributes=(("alt", Span(*sized.span(1))),))
        elif sign in ("[", "^["):
            yield from self._bracketed(start)
        else:
            yield Hole(start, self._address_end(start))

    def _find(self, what: str, start: int) -> int:
        """Return the end of the next ``what``, or -1; a text of openers is not searched once for each."""
        if what in self._absent:
            return -1
        found = self._text.find(what, start)
        if found < 0:
            self._absent.add(what)
            return -1
        return found + len(what)

    @cached_property
    def _runs(self) -> dict[int, list[int]]:
        """Length of a run of back quotes → where such runs end, last one first."""
        found: dict[int, list[int]] = {}
        for match in _RUN.finditer(self._text):
            found.setdefault(len(match.group()), []).append(match.end())
        return {length: ends[::-1] for length, ends in found.items()}

    @cached_property
    def _braces(self) -> dict[int, int]:
        return braces(self._text)

    def _code_end(self, run: Span) -> int:
        ends = self._runs.get(run.length, [])
        while ends and ends[-1] <= run.end:
            ends.pop()
        return ends[-1] if ends else run.end

    def _tag(self, start: int) -> Iterator[Hole]:
        text = self._text
        if text.startswith("<!--", start):
            end = self._find("-->", start + 4)
            if end > 0:
                yield Hole(start, end, comment=Span(start + 4, end - 3))
            return
        if text.startswith(("<!", "<?"), start):
            end = self._find(">", start)
        elif link := _AUTOLINK.match(text, start):
            end = link.end()
        else:
            tag = read_tag(text, start, self._braces)
            if tag is not None:
                yield Hole(start, tag.end, tag, tag.attributes)
            return
        if end > 0:
            yield Hole(start, end)

    def _math(self, start: int, dollars: int) -> Iterator[Hole]:
        text, sign = self._text, "$" * dollars
        if dollars > 2:
            return
        begin = start + dollars
        end = self._find(sign, begin)
        if end < 0:
            return
        content = text[begin : end - dollars]
        # 「$5 から $10」は値段。数式は空白に接さず、仮名や漢字を裸では含まない。
        if dollars == 2 or (
            content
            and content == content.strip()
            and content[-1] != "\\"
            and not text[end : end + 1].isdigit()
            and ("\\" in content or not _JAPANESE.search(content))
        ):
            yield Hole(start, end)

    def _braced(self, start: int) -> Iterator[Hole]:
        text = self._text
        for opener, closer in _SHORTCODES:
            if text.startswith(opener, start):
                end = self._find(closer, start + len(opener))
                if end > 0 and opener == "{/*":
                    yield Hole(start, end, comment=Span(start + 3, end - 3))
                elif end > 0:
                    yield Hole(start, end, attributes=quoted(text, Span(start, end)))
                return
        if match := _ATTRIBUTES.match(text, start):
            yield Hole(start, match.end())
        elif self._mdx and start in self._braces:
            yield Hole(start, self._braces[start] + 1)

    def _bracketed(self, start: int) -> Iterator[Hole]:
        text = self._text
        if note := _NOTE.match(text, start):
            opens = bool(note.group(1)) and text[start - 1 : start] in ("", "\n")
            yield Hole(start, note.end() if opens else note.end(0) - len(note.group(1)), apart=opens)
        elif inline := _INLINE_NOTE.match(text, start):
            yield Hole(start, start + 2, apart=True)
            yield Hole(inline.end() - 1, inline.end(), apart=True)
        elif start == 0 and (alert := _ALERT.match(text)):
            yield Hole(start, alert.end(), apart=True)
        elif hatena := _HATENA.match(text, start):
            yield Hole(start, hatena.end())

    def _address_end(self, start: int) -> int:
        match = _ADDRESS.match(self._text, start)
        end = match.end() if match else start + 1
        depth = 0
        for at in range(start, end):
            depth += (self._text[at] == "(") - (self._text[at] == ")")
            if depth < 0:
                end = at
                break
        while end > start + 1 and self._text[end - 1] in "?!.,:;*_~'":
            end -= 1
        return end
