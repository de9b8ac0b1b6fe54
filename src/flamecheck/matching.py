"""What every matcher answers: where it holds, whether it holds near an anchor, and which literals it promises."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple, Protocol

from flamecheck.analysis import Analysis
from flamecheck.grading import Confidence
from flamecheck.promise import Promise
from flamecheck.spans import Span


class Cue(NamedTuple):
    """A weak cue that counted in a hit of ``weigh``: its id, where it stands (None for a context), weight, reason."""

    id: str
    span: Span | None
    weight: int
    why: str


JUST_ENOUGH: Final = Cue("just-enough", None, 0, "手がかりの重みが、しきい値にちょうど届いただけ")
"""Stands among the cues of a hit whose weights only just reach the threshold; no cue of a rule weighs nothing."""


class Hit(NamedTuple):
    """A span of the folded text where a condition holds, the confidence it asks for, if any, and its cues."""

    span: Span
    confidence: Confidence | None = None
    cues: tuple[Cue, ...] = ()


def rank(hit: Hit, default: Confidence) -> tuple[int, int, int, tuple[tuple[str, int], ...]]:
    """Return the sort key of hits: from the left, the longest, the surest; ``default`` where none is asked for."""
    sure = default if hit.confidence is None else hit.confidence
    return hit.span.start, -hit.span.end, -sure, tuple((cue.id, cue.weight) for cue in hit.cues)


def apart(hits: Iterable[Hit], default: Confidence = Confidence.MEDIUM) -> Iterator[Hit]:
    """Yield hits that do not overlap: from the left, the longest first; of equal spans the surest."""
    end = -1
    for hit in sorted(hits, key=lambda hit: rank(hit, default)):
        if hit.span.start >= end:
            yield hit
            end = hit.span.end


class Matcher(Protocol):
    """One compiled condition."""

    @property
    def promise(self) -> Promise:
        """Literals without which the condition cannot hold."""

    @property
    def generates(self) -> bool:
        """Whether ``find`` yields spans; otherwise only ``holds`` means something."""

    def find(self, analysis: Analysis) -> tuple[Hit, ...]:
        """Return every hit, ordered by start; at one start only the longest."""

    def holds(self, analysis: Analysis, anchor: Span, within: str) -> bool:
        """Return whether the condition holds for ``anchor`` in its ``clause``, ``sentence`` or ``post``."""


class PatternMatcher(Matcher, Protocol):
    """A matcher that can also be tried at one place."""

    def ends_from(self, analysis: Analysis, start: int) -> set[int]:
        """Return every offset where a match that starts at ``start`` may end."""


def holds_by_hits(matcher: Matcher, analysis: Analysis, anchor: Span, within: str) -> bool:
    """Return whether some hit of ``matcher`` lies in the scope of ``anchor``."""
    return any(True for _ in hits_in(matcher, analysis, analysis.scope(anchor, within)))


def hits_in(matcher: Matcher, analysis: Analysis, scope: Span) -> Iterator[Hit]:
    """Yield the hits of ``matcher`` that lie inside ``scope``, in order."""
    hits = cached(matcher, analysis)
    for number in range(bisect_left(hits, scope.start, key=_start), len(hits)):
        if hits[number].span.start >= scope.end:
            return
        if hits[number].span.end <= scope.end:
            yield hits[number]


def _start(hit: Hit) -> int:
    return hit.span.start


def shut(matcher: Matcher, analysis: Analysis) -> bool:
    """Return whether the promise of ``matcher`` is known to be false of the text, so that it finds nothing."""
    gate = analysis.gates.get(id(matcher))
    return gate is not None and gate not in analysis.true


def cached(matcher: Matcher, analysis: Analysis) -> tuple[Hit, ...]:
    """Return the hits of ``matcher``, found once a screening; none where its promise is known to be false."""
    key = id(matcher)
    if key not in analysis.cache:
        analysis.cache[key] = () if shut(matcher, analysis) else matcher.find(analysis)
    found: tuple[Hit, ...] = analysis.cache[key]
    return found
