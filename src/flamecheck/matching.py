"""What every matcher answers: where it holds, whether it holds near an anchor, and which literals it promises.

A promise is a boolean formula over literals: whenever the matcher holds, the formula is true of the set of literals
that occur in the folded text with its line ends taken out.  ``None`` is "no promise" and is always true.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple, Protocol, TypeAlias

from flamecheck.analysis import Analysis
from flamecheck.grading import Confidence
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


@dataclass(slots=True, frozen=True)
class And:
    """All literals occur and all parts are true."""

    literals: frozenset[str]
    parts: tuple[Or | AtLeast, ...] = ()


@dataclass(slots=True, frozen=True)
class Or:
    """One of the literals occurs, or one of the parts is true."""

    literals: frozenset[str]
    parts: tuple[And | AtLeast, ...] = ()


@dataclass(slots=True, frozen=True)
class AtLeast:
    """The weights of the parts that are true reach ``threshold``; no part is without a promise."""

    threshold: int
    parts: tuple[tuple[int, str | And | Or | AtLeast], ...]


Promise: TypeAlias = str | And | Or | AtLeast | None


def both(promises: Iterable[Promise]) -> Promise:
    """Return the conjunction; what promises nothing falls out."""
    literals: set[str] = set()
    parts: dict[Or | AtLeast, None] = {}
    for promise in promises:
        if isinstance(promise, str):
            literals.add(promise)
        elif isinstance(promise, And):
            literals |= promise.literals
            parts |= dict.fromkeys(promise.parts)
        elif promise is not None:
            parts[promise] = None
    if len(literals) + len(parts) == 1:
        return literals.pop() if literals else next(iter(parts))
    return And(frozenset(literals), tuple(parts)) if literals or parts else None


def either(promises: Iterable[Promise]) -> Promise:
    """Return the disjunction; one without a promise spoils it."""
    literals: set[str] = set()
    parts: dict[And | AtLeast, None] = {}
    for promise in promises:
        if promise is None:
            return None
        if isinstance(promise, str):
            literals.add(promise)
        elif isinstance(promise, Or):
            literals |= promise.literals
            parts |= dict.fromkeys(promise.parts)
        else:
            parts[promise] = None
    if len(literals) + len(parts) == 1:
        return literals.pop() if literals else next(iter(parts))
    return Or(frozenset(literals), tuple(parts)) if literals or parts else None


def reaching(threshold: int, weighted: Iterable[tuple[int, Promise]]) -> Promise:
    """Return the threshold formula: the positive weights of what holds reach ``threshold``.

    A part without a promise may always hold, so its weight is granted beforehand.
    """
    parts: list[tuple[int, str | And | Or | AtLeast]] = []
    for weight, promise in weighted:
        if weight <= 0:
            continue
        if promise is None:
            threshold -= weight
        else:
            parts.append((weight, promise))
    if threshold <= 0:
        return None
    if all(weight >= threshold for weight, _ in parts):
        return either(promise for _, promise in parts)
    if sum(weight for weight, _ in parts) - min(weight for weight, _ in parts) < threshold:
        return both(promise for _, promise in parts)
    return AtLeast(threshold, tuple(parts))


def fulfilled(promise: Promise, present: frozenset[str]) -> bool:
    """Return whether the promise is true when exactly ``present`` occur."""
    if promise is None:
        return True
    if isinstance(promise, str):
        return promise in present
    if isinstance(promise, AtLeast):
        return sum(weight for weight, part in promise.parts if fulfilled(part, present)) >= promise.threshold
    if isinstance(promise, Or):
        if not promise.literals.isdisjoint(present):
            return True
        # 部分式の字面がどれも無いのがふつうなので、そこで先に切り上げる。
        return any(
            (isinstance(part, AtLeast) or part.literals <= present) and fulfilled(part, present)
            for part in promise.parts
        )
    if not promise.literals <= present:
        return False
    return all(fulfilled(choice, present) for choice in promise.parts)


def literals_of(*promises: Promise) -> set[str]:
    """Return every literal of the promises; a part that several share is looked at once."""
    found: set[str] = set()
    seen: set[int] = set()
    waiting = list(promises)
    while waiting:
        promise = waiting.pop()
        if isinstance(promise, str):
            found.add(promise)
        elif promise is not None and id(promise) not in seen:
            seen.add(id(promise))
            if isinstance(promise, AtLeast):
                waiting += [part for _, part in promise.parts]
            else:
                found |= promise.literals
                waiting += promise.parts
    return found


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
    return gate is not None and not fulfilled(gate, analysis.present)


def cached(matcher: Matcher, analysis: Analysis) -> tuple[Hit, ...]:
    """Return the hits of ``matcher``, found once a screening; none where its promise is known to be false."""
    key = id(matcher)
    if key not in analysis.cache:
        analysis.cache[key] = () if shut(matcher, analysis) else matcher.find(analysis)
    found: tuple[Hit, ...] = analysis.cache[key]
    return found
