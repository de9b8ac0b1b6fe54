"""``count``: how often, or how many of the conditions, in one window."""

from __future__ import annotations

from dataclasses import dataclass

from flamecheck.analysis import Analysis
from flamecheck.grading import Confidence
from flamecheck.matching import Hit, Matcher, apart, cached, hits_in, holds_by_hits
from flamecheck.promise import Promise, either, reaching
from flamecheck.spans import Span


@dataclass(slots=True, frozen=True, eq=False)
class CountMatcher:
    """The members' hits that do not overlap (or, ``distinct``, the members that have one) are few or many enough."""

    members: tuple[Matcher, ...]
    least: int
    most: int | None
    distinct: bool
    within: str
    confidence: Confidence | None
    sure: Confidence
    generates: bool = True

    @property
    def promise(self) -> Promise:
        """Return that so many members, or for plain counts one of them, may hold."""
        if self.distinct:
            return reaching(self.least, ((1, member.promise) for member in self.members))
        return either(member.promise for member in self.members)

    def find(self, analysis: Analysis) -> tuple[Hit, ...]:
        """Return one hit a window, from the first to the last that counted."""
        if not any(cached(member, analysis) for member in self.members):
            return ()
        found = []
        for window in analysis.windows(self.within):
            counted = self._counted(analysis, window)
            if self.least <= len(counted) and (self.most is None or len(counted) <= self.most):
                found.append(self._joined(counted))
        return tuple(found)

    def _counted(self, analysis: Analysis, window: Span) -> list[Hit]:
        if self.distinct:
            firsts = (next(hits_in(member, analysis, window), None) for member in self.members)
            return [hit for hit in firsts if hit]
        return list(apart((hit for member in self.members for hit in hits_in(member, analysis, window)), self.sure))

    def _joined(self, counted: list[Hit]) -> Hit:
        span = Span(min(hit.span.start for hit in counted), max(hit.span.end for hit in counted))
        asked = [hit.confidence for hit in counted if hit.confidence is not None]
        return Hit(span, self.confidence if self.confidence is not None else min(asked, default=None))

    def holds(self, analysis: Analysis, anchor: Span, within: str) -> bool:
        """Return whether a window of its own that holds lies in the scope of the anchor."""
        return holds_by_hits(self, analysis, anchor, within)
