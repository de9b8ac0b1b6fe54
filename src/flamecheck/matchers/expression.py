"""Regular expressions of the linear subset over a named view of the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import regex

from flamecheck.analysis import Analysis
from flamecheck.errors import InputError
from flamecheck.grading import Confidence
from flamecheck.matching import Hit, holds_by_hits
from flamecheck.promise import Promise
from flamecheck.spans import Span

TIME_LIMIT: Final = 5.0
"""Seconds for one expression on one post; the subset makes it linear, this stands behind it."""


@dataclass(slots=True, frozen=True, eq=False)
class ExpressionMatcher:
    """Holds where the expression matches and, when there are ``literals``, one of them is in the post."""

    pattern: regex.Pattern[str]
    literals: tuple[str, ...]
    promise: Promise
    view: str = "folded"
    confidence: Confidence | None = None
    generates: bool = True

    def find(self, analysis: Analysis) -> tuple[Hit, ...]:
        """Return the non-overlapping matches; raises InputError (``regex-time``) when the time limit strikes."""
        joined = analysis.text.replace("\n", "")
        if self.literals and not any(literal in joined for literal in self.literals):
            return ()
        view = analysis.view(self.view)
        try:
            found = [Span(*m.span()) for m in self.pattern.finditer(view.text, timeout=TIME_LIMIT)]
        except TimeoutError:
            raise InputError("regex-time", f"正規表現が時間内に終わりませんでした: {self.pattern.pattern}") from None
        spans = [view.to_source(span) for span in found if span.length]
        return tuple(Hit(span, self.confidence) for span in spans if span.length)

    def holds(self, analysis: Analysis, anchor: Span, within: str) -> bool:
        """Return whether a match lies in the scope of the anchor."""
        return holds_by_hits(self, analysis, anchor, within)
