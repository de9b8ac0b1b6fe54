"""A page as tags, comments and text, each with its range: the tokenizer of the HTML standard, as far as ranges need it.

Whatever is written, browsers read something, and so does this: every rule of the standard for broken markup that
decides what is text is followed, but for two.  A comment or a quotation mark that nothing closes would hide the rest
of the page; here the rest is read, for a draft that is half written must not pass unread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from flamecheck.spans import Span

_OPENING: Final = re.compile(r"<(?:(?P<name>/?[A-Za-z][^\t\n\f\r />]*)|(?P<mark>!--|[!?/]))")
_GAP: Final = re.compile(r"[\t\n\f\r /]*")
_KEY: Final = re.compile(r"=?[^\t\n\f\r />=]*")
_EQUALS: Final = re.compile(r"[\t\n\f\r ]*=[\t\n\f\r ]*")
_BARE: Final = re.compile(r"[^\t\n\f\r >]*")
_COMMENT: Final = re.compile(r"--!?>")
RAW: Final = frozenset("script style xmp iframe noembed noframes".split())
"""Elements in which nothing is markup."""
WORDS: Final = frozenset(("title", "textarea"))
"""Elements in which nothing is markup but character references."""
NEAR: Final = 300
"""How long a tag can be in a page in which one never ends."""
_FOREIGN: Final = frozenset(("svg", "math"))


class Token(NamedTuple):
    """A range of the page: ``kind`` is start, end, comment, text, or raw (text that is not HTML).

    ``name`` is in small letters.  Attributes have the range of their value, without quotation marks; the first of two
    with one name counts.  ``inner`` is what stands between the marks of a comment; ``closed`` says
    that a start tag ends with ``/>``.
    """

    kind: str
    span: Span
    name: str = ""
    attributes: tuple[tuple[str, Span], ...] = ()
    inner: Span | None = None
    closed: bool = False


class Tokenizer:
    """Reads one page; the cost is linear, for what is looked for and absent is looked for once."""

    def __init__(self, text: str) -> None:
        """Keep ``text``."""
        self._text: Final = text
        self._absent: set[str] = set()
        self._foreign = 0
        self._limit = len(text)

    def tokens(self) -> Iterator[Token]:
        """Yield the tokens, which tile the page, in order; text may be in several pieces."""
        text, at, shown = self._text, 0, 0
        while (at := text.find("<", at)) >= 0:
            token = self._markup(at)
            if token is None:
                at += 1
                continue
            if at > shown:
                yield Token("text", Span(shown, at))
            yield token
            at = shown = token.span.end
            if token.kind == "start":
                for content in self._content(token):
                    yield content
                    at = shown = content.span.end
        if shown < len(text):
            yield Token("text", Span(shown, len(text)))

    def _find(self, what: str, at: int) -> int:
        """Return where ``what`` stands next, or -1."""
        if what in self._absent:
            return -1
        found = self._text.find(what, at)
        if found < 0:
            self._absent.add(what)
        return found

    def _markup(self, at: int) -> Token | None:
        """Return the tag or comment that starts with the ``<`` at ``at``, or None when it is a sign like any other."""
        opening = _OPENING.match(self._text, at)
        if opening is None:
            return None
        if opening["name"] is not None:
            return self._tag(at, opening.end(), opening["name"].lower())
        if opening["mark"] == "!--":
            return self._comment(at)
        if opening["mark"] == "/" and opening.end() == len(self._text):
            return None
        end = self._find(">", opening.end())
        return None if end < 0 else Token("comment", Span(at, end + 1))

    def _comment(self, at: int) -> Token:
        for empty in ("<!-->", "<!--->"):
            if self._text.startswith(empty, at):
                return Token("comment", Span(at, at + len(empty)))
        match = None if "-->" in self._absent else _COMMENT.search(self._text, at + 4)
        if match is None:
            self._absent.add("-->")
            return Token("comment", Span(at, at + 4))
        return Token("comment", Span(at, match.end()), inner=Span(at + 4, match.start()))

    def _tag(self, at: int, spot: int, name: str) -> Token | None:
        text, last = self._text, min(len(self._text), at + self._limit)
        if self._find(">", spot) < 0:
            return None
        attributes: dict[str, Span] = {}
        while True:
            gap = _GAP.match(text, spot)
            spot = gap.end() if gap else spot
            if text.startswith(">", spot):
                break
            if spot >= last:
                return self._unclosed(at, name)
            key = _KEY.match(text, spot)
            label, spot = (key[0].lower(), key.end()) if key else ("", spot + 1)
            equals = _EQUALS.match(text, spot)
            value = Span(spot, spot)
            if equals:
                sign = text[equals.end() : equals.end() + 1]
                if sign in ("'", '"'):
                    end = self._find(sign, equals.end() + 1)
                    if not 0 <= end < last:
                        return self._unclosed(at, name)
                    value, spot = Span(equals.end() + 1, end), end + 1
                else:
                    bare = _BARE.match(text, equals.end())
                    value = Span(*bare.span()) if bare else value
                    spot = value.end
            attributes.setdefault(label, value)
        kind, name = ("end", name[1:]) if name[0] == "/" else ("start", name)
        closed = bool(gap and gap[0].endswith("/"))
        if name in _FOREIGN and not closed:
            self._foreign = max(0, self._foreign + (1 if kind == "start" else -1))
        return Token(kind, Span(at, spot + 1), name, tuple(attributes.items()), closed=closed)

    def _unclosed(self, at: int, name: str) -> Token | None:
        """Return a tag that never ends, as if it ended with the next ``>``."""
        end = self._find(">", at)
        if end < 0:
            return None
        # 閉じない印をどのタグからも終わりまで探さないよう、ここからは近くだけを見る。
        self._limit = NEAR
        kind, name = ("end", name[1:]) if name[0] == "/" else ("start", name)
        return Token(kind, Span(at, end + 1), name)

    def _content(self, tag: Token) -> Iterator[Token]:
        """Yield what an element holds in which tags are no tags."""
        if tag.name not in RAW and tag.name not in WORDS:
            return
        start = tag.span.end
        if self._foreign and tag.closed:
            return  # <svg><style/> は、そこで終わる
        end = self._end_of(tag.name, start)
        if end < 0 and tag.name in WORDS:
            return
        if end < 0:
            end = len(self._text)
        if end > start:
            yield Token("text" if tag.name in WORDS else "raw", Span(start, end))

    def _end_of(self, name: str, start: int) -> int:
        if "/" + name in self._absent:
            return -1
        match = re.compile(rf"</{name}(?=[\t\n\f\r />])", re.IGNORECASE).search(self._text, start)
        if match is None:
            self._absent.add("/" + name)
            return -1
        return match.start()
