"""``any``, ``all``, ``not``, ``near`` and context conditions over other matchers."""

from __future__ import annotations

from dataclasses import dataclass

from flamecheck.analysis import Analysis
from flamecheck.grading import Confidence
from flamecheck.matching import Hit, Matcher, cached, hits_in, holds_by_hits, rank
from flamecheck.promise import Promise, both, either
from flamecheck.rules.when import When
from flamecheck.spans import Span


@dataclass(slots=True, frozen=True, eq=False)
class AnyMatcher:
    """The union of its members; of equal spans the one with the highest confidence stays."""

    members: tuple[Matcher, ...]
    sure: Confidence

    @property
    def promise(self) -> Promise:
        """Return the union of the members' promises."""
        return either(member.promise for member in self.members)

    @property
    def generates(self) -> bool:
        """Return whether every member finds spans."""
        return all(member.generates for member in self.members)

    def find(self, analysis: Analysis) -> tuple[Hit, ...]:
        """Return all members' hits, ordered."""
        hits = {hit for member in self.members if member.generates for hit in cached(member, analysis)}
        return tuple(sorted(hits, key=lambda hit: rank(hit, self.sure)))

    def holds(self, analysis: Analysis, anchor: Span, within: str) -> bool:
        """Return whether one member holds for the anchor."""
        return any(member.holds(analysis, anchor, within) for member in self.members)


@dataclass(slots=True, frozen=True, eq=False)
class AllMatcher:
    """All members within one clause, sentence or post.

    The first member that finds spans is the anchor.  For each of its hits, every other such member contributes its
    nearest hit in scope that does not overlap what is already covered by that anchor (ties: the earlier one); the
    hit's span is the hull.  Members that only relate must hold for the anchor.
    """

    members: tuple[Matcher, ...]
    within: str
    confidence: Confidence | None
    sure: Confidence

    @property
    def promise(self) -> Promise:
        """Return the conjunction of the members' promises."""
        return both(member.promise for member in self.members)

    @property
    def generates(self) -> bool:
        """Return whether some member finds spans."""
        return any(member.generates for member in self.members)

    def find(self, analysis: Analysis) -> tuple[Hit, ...]:
        """Return one hit for each anchor for which all members hold."""
        if not self.generates:
            return ()
        anchor, *others = [member for member in self.members if member.generates]
        relations = [member for member in self.members if not member.generates]
        # 文脈はアンカーによらないので、合わなければ本文を読む前にやめる。
        if any(isinstance(item, ContextMatcher) and not item.when.holds(analysis.context) for item in relations):
            return ()
        found = []
        for hit in cached(anchor, analysis):
            if not all(relation.holds(analysis, hit.span, self.within) for relation in relations):
                continue
            joined = self._join(analysis, hit, others)
            if joined:
                found.append(joined)
        return tuple(sorted(found, key=lambda hit: rank(hit, self.sure)))

    def _join(self, analysis: Analysis, anchor: Hit, others: list[Matcher]) -> Hit | None:
        scope = analysis.around(anchor.span, self.within)
        span = anchor.span
        sure = [anchor.confidence]
        cues = anchor.cues
        for other in others:
            near = [hit for hit in hits_in(other, analysis, scope) if not hit.span.overlaps(anchor.span)]
            if not near:
                return None
            best = min(near, key=lambda hit: (anchor.span.gap(hit.span), hit.span.start, -hit.span.end))
            span = span.hull(best.span)
            sure.append(best.confidence)
            cues += best.cues
        known = [confidence for confidence in sure if confidence is not None]
        return Hit(span, self.confidence if self.confidence is not None else min(known, default=None), cues)

    def holds(self, analysis: Analysis, anchor: Span, within: str) -> bool:
        """Return whether all hold: some hit lies in scope, or, with relations only, each holds for the anchor."""
        if self.generates:
            return holds_by_hits(self, analysis, anchor, within)
        return all(member.holds(analysis, anchor, self.within) for member in self.members)


@dataclass(slots=True, frozen=True, eq=False)
class NotMatcher:
    """The member does not hold for the anchor."""

    member: Matcher
    promise: Promise = None
    generates: bool = False

    def find(self, analysis: Analysis) -> tuple[Hit, ...]:  # noqa: ARG002 - 関係だけを言う条件
        """Return nothing: the condition only relates to an anchor."""
        return ()

    def holds(self, analysis: Analysis, anchor: Span, within: str) -> bool:
        """Return the opposite of the member."""
        return not self.member.holds(analysis, anchor, within)


@dataclass(slots=True, frozen=True, eq=False)
class NearMatcher:
    """One of the members lies in the neighbourhood of the anchor."""

    members: tuple[Matcher, ...]
    within: str
    tokens: int
    generates: bool = False

    @property
    def promise(self) -> Promise:
        """Return the union of the members' promises."""
        return either(member.promise for member in self.members)

    def find(self, analysis: Analysis) -> tuple[Hit, ...]:  # noqa: ARG002
        """Return nothing: the condition only relates to an anchor."""
        return ()

    def holds(self, analysis: Analysis, anchor: Span, within: str) -> bool:  # noqa: ARG002 - 自分の範囲を持つ
        """Return whether a member is near, by this condition's own scope."""
        if self.within != "tokens":
            return any(member.holds(analysis, anchor, self.within) for member in self.members)
        return any(
            analysis.token_distance(anchor, hit.span) <= self.tokens
            for member in self.members
            for hit in cached(member, analysis)
        )


@dataclass(slots=True, frozen=True, eq=False)
class ContextMatcher:
    """The context of the post satisfies ``when``."""

    when: When
    promise: Promise = None
    generates: bool = False

    def find(self, analysis: Analysis) -> tuple[Hit, ...]:  # noqa: ARG002
        """Return nothing: the condition only relates to an anchor."""
        return ()

    def holds(self, analysis: Analysis, anchor: Span, within: str) -> bool:  # noqa: ARG002
        """Return whether the context is known to satisfy the condition."""
        return self.when.holds(analysis.context)
