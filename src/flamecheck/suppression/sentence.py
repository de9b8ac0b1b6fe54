"""The sentence around a finding, for whoever has to know it again after the text around it has changed."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Final, NoReturn

from flamecheck.analysis import Analysis
from flamecheck.document import Document
from flamecheck.spans import Alignment, Span

_BLANKS: Final = re.compile(r"\s+")


class Sentences:
    """The sentences of one document; reads it when first asked, and never its tokens."""

    def __init__(self, document: Document) -> None:
        """Read nothing yet."""
        self._document: Final = document

    @cached_property
    def _analysis(self) -> Analysis:
        return Analysis(self._document, _Unasked())

    @cached_property
    def _to_folded(self) -> Alignment:
        return self._analysis.folded.alignment.inverse()

    def _around(self, span: Span) -> Span:
        return self._analysis.scope(self._to_folded.to_old(span), "sentence")

    def around(self, span: Span) -> Span:
        """Return the sentence(s) of a range of the visible text, as a range of the visible text."""
        return self._analysis.to_text(self._around(span))

    def words(self, span: Span) -> str:
        """Return the sentence(s) of a range of the visible text, folded and without blanks.

        Blanks do not count, so that a paragraph whose lines were broken anew still says the same.
        """
        around = self._around(span)
        return _BLANKS.sub("", self._analysis.text[around.start : around.end])


class _Unasked:
    """A tokenizer for whoever asks for no tokens."""

    version = ""
    parts_of_speech: frozenset[str] = frozenset()

    def tokenize(self, text: str) -> NoReturn:
        raise NotImplementedError(text[:0])

    def split(self, text: str) -> NoReturn:
        raise NotImplementedError(text[:0])

    def spellings(self, form: str) -> None:
        """Know no spelling of ``form``."""
