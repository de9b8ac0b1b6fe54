"""How an anchor stands to patterns around it: behind it, before it, inside what holds it, as a part of a longer match."""

from __future__ import annotations

from dataclasses import dataclass

from flamecheck.analysis import Analysis
from flamecheck.matching import Hit, PatternMatcher, cached, hits_in
from flamecheck.promise import Promise
from flamecheck.spans import Span


def _ends(pattern: PatternMatcher, analysis: Analysis, at: int) -> set[int]:
    """Return where ``pattern`` may end that starts at ``at`` or behind the soft line end there."""
    return {end for start in analysis.beside(at) for end in pattern.ends_from(analysis, start)}


@dataclass(slots=True, frozen=True, eq=False)
class AfterMatcher:
    """Stands behind the anchor and is not itself followed by ``but_not``.

    Without ``within`` it starts where the anchor ends; with one it lies anywhere behind it in that scope.
    """

    patterns: tuple[PatternMatcher, ...]
    but_not: tuple[PatternMatcher, ...]
    within: str | None
    promise: Promise
    generates: bool = False

    def find(self, analysis: Analysis) -> tuple[Hit, ...]:  # noqa: ARG002 - 関係だけを言う条件
        """Return nothing: the condition only relates to an anchor."""
        return ()

    def holds(self, analysis: Analysis, anchor: Span, within: str) -> bool:  # noqa: ARG002 - 自分の範囲を持つ
        """Return whether one of the patterns stands behind the anchor."""
        for pattern in self.patterns:
            if self.within is None:
                ends = _ends(pattern, analysis, anchor.end)
            else:
                behind = Span(anchor.end, max(anchor.end, analysis.scope(anchor, self.within).end))
                ends = {hit.span.end for hit in hits_in(pattern, analysis, behind)}
            if any(not any(_ends(stop, analysis, end) for stop in self.but_not) for end in ends):
                return True
        return False


@dataclass(slots=True, frozen=True, eq=False)
class BeforeMatcher:
    """Stands before the anchor: directly, or with ``within`` anywhere before it in that scope."""

    patterns: tuple[PatternMatcher, ...]
    within: str | None
    promise: Promise
    generates: bool = False

    def find(self, analysis: Analysis) -> tuple[Hit, ...]:  # noqa: ARG002
        """Return nothing: the condition only relates to an anchor."""
        return ()

    def holds(self, analysis: Analysis, anchor: Span, within: str) -> bool:  # noqa: ARG002
        """Return whether one of the patterns stands before the anchor."""
        if self.within is not None:
            ahead = Span(analysis.scope(anchor, self.within).start, anchor.start)
            return any(True for pattern in self.patterns for _ in hits_in(pattern, analysis, ahead))
        for pattern in self.patterns:
            for hit in cached(pattern, analysis):
                near = hit.span.start < anchor.start <= hit.span.end + 1
                if near and any(
                    anchor.start in analysis.beside(at) for at in pattern.ends_from(analysis, hit.span.start)
                ):
                    return True
        return False


@dataclass(slots=True, frozen=True, eq=False)
class InsideMatcher:
    """The anchor lies inside a quotation, a hashtag or a region, behind the end of which ``after`` holds, if given."""

    kind: str
    after: AfterMatcher | None
    promise: Promise
    generates: bool = False

    def find(self, analysis: Analysis) -> tuple[Hit, ...]:  # noqa: ARG002
        """Return nothing: the condition only relates to an anchor."""
        return ()

    def holds(self, analysis: Analysis, anchor: Span, within: str) -> bool:
        """Return whether the anchor lies inside, and what must follow does."""
        for span in analysis.enclosures(self.kind):
            if span.contains(anchor) and (self.after is None or self.after.holds(analysis, span, within)):
                return True
        return False


@dataclass(slots=True, frozen=True, eq=False)
class PartOfMatcher:
    """The anchor is a part, or the whole, of a match of one of the patterns."""

    patterns: tuple[PatternMatcher, ...]
    promise: Promise
    generates: bool = False

    def find(self, analysis: Analysis) -> tuple[Hit, ...]:  # noqa: ARG002
        """Return nothing: the condition only relates to an anchor."""
        return ()

    def holds(self, analysis: Analysis, anchor: Span, within: str) -> bool:  # noqa: ARG002
        """Return whether a match of a pattern holds the whole anchor."""
        return any(hit.span.contains(anchor) for pattern in self.patterns for hit in cached(pattern, analysis))
