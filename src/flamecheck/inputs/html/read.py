"""``read_html(source) -> Document``: one page is one post whose text is what a browser shows of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flamecheck.context import EMPTY, Context
from flamecheck.document import Document, Source
from flamecheck.fieldcontext import context_of
from flamecheck.inputs.html.elements import Elements
from flamecheck.inputs.html.flow import Flow
from flamecheck.inputs.html.tokens import Token, Tokenizer
from flamecheck.page import Page
from flamecheck.spans import Span

ATTRIBUTES: Final = {"alt": "alt", "aria-label": "alt", "title": "title"}
"""Attributes a reader sees or hears, and the region each is."""
HEAD: Final = frozenset(("description", "og:title", "og:description", "twitter:title", "twitter:description"))
"""What search results and cards show of a page: ``<meta name=… content=…>``."""
ALT: Final = frozenset(("og:image:alt", "twitter:image:alt"))
PUBLISHED: Final = "article:published_time"
_UNSEEN: Final = frozenset(("link", "style", "script", "meta"))


def read_html(source: Source, *, context: Context = EMPTY) -> Document:
    """Return what is visible of a page; what ``context`` does not know is taken from its head.

    Nothing that can be written is refused.
    """
    page = Page(source.text)
    told = _Reader(page).read()
    body, regions = page.build()
    known = context.over(told).over(Context(format="html"))
    return Document(source.name, source, body, known, regions, page.comments())


class _Reader:
    """Reads the tokens of one page and shows what a reader sees."""

    def __init__(self, page: Page) -> None:
        self._page: Final = page
        self._flow: Final = Flow(page)
        self._elements: Final = Elements(page, self._flow)
        self._said: set[str] = set()
        self._published = ""

    def read(self) -> Context:
        """Show everything; return the context that the head gives."""
        for token in Tokenizer(self._page.source).tokens():
            if token.kind == "text":
                if not self._elements.hidden:
                    self._flow.show(token.span)
            elif token.kind == "start":
                self._start(token)
            elif token.kind == "end":
                if token.name == "title" and not self._elements.hidden:
                    self._said.add(self._flow.text)
                self._elements.end(token.name, token.span)
            elif token.inner and not self._elements.hidden:
                self._page.comment(self._page.words([(token.inner, None)]), token.span)
        self._elements.close()
        return context_of({"published_at": self._published}, lambda _: 1)

    def _start(self, token: Token) -> None:
        attributes = dict(token.attributes)
        self._elements.start(token.name, token.span, closed=token.closed)
        if self._elements.hidden:
            return
        if token.name == "meta":
            self._meta(attributes)
        elif token.name not in _UNSEEN:
            for key, span in token.attributes:
                if key in ATTRIBUTES and span.length:
                    self._apart(ATTRIBUTES[key], span)

    def _meta(self, attributes: Mapping[str, Span]) -> None:
        content = attributes.get("content")
        if content is None:
            return
        for key in ("name", "property"):
            span = attributes.get(key)
            what = self._page.source[span.start : span.end].strip().lower() if span else ""
            if what in HEAD or what in ALT:
                # og:title はたいてい <title> と同じ言葉。同じ言葉を三度言ったことにはしない。
                self._apart("front-matter" if what in HEAD else "alt", content, once=True)
                return
            if what == PUBLISHED:
                self._published = self._page.source[content.start : content.end].strip()

    def _apart(self, kind: str, span: Span, *, once: bool = False) -> None:
        """Show the value of an attribute in a block of its own."""
        flow = Flow(self._page)
        if once:
            trial = Flow(Page(self._page.source))
            trial.show(span, attribute=True)
            if trial.text in self._said:
                return
            self._said.add(trial.text)
        flow.show(span, attribute=True)
        self._page.region(kind, span)
