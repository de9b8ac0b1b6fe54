"""``weigh``: weak cues, none of which says much alone, and a threshold that enough of them reach together.

皮肉や上から目線は一語では決まらない。「さすが」も「…」も「（笑）」も、それだけではふつうの言葉である。
The prefilter gets a threshold formula over the cues that speak for the rule; cues against it only take away.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from flamecheck.analysis import Analysis
from flamecheck.grading import Confidence
from flamecheck.matching import JUST_ENOUGH, Cue, Hit, Matcher, cached, hits_in, holds_by_hits, shut
from flamecheck.promise import Promise, reaching
from flamecheck.rules.condition import WeakCue
from flamecheck.spans import Span


class CompiledCue(NamedTuple):
    """A cue with its condition as a matcher."""

    cue: WeakCue
    matcher: Matcher


@dataclass(slots=True, frozen=True, eq=False)
class WeighMatcher:
    """The weights of the cues that are in one window reach the threshold; each cue counts once."""

    cues: tuple[CompiledCue, ...]
    threshold: int
    within: str
    confidence: Confidence | None
    sure: Confidence
    generates: bool = True

    @property
    def promise(self) -> Promise:
        """Return the threshold formula over the cues that speak for the rule."""
        return reaching(self.threshold, ((item.cue.weight, item.matcher.promise) for item in self.cues))

    def find(self, analysis: Analysis) -> tuple[Hit, ...]:
        """Return one hit a window, from the first to the last cue that speaks for the rule."""
        if not self._may(analysis):
            return ()
        found = []
        for window in analysis.windows(self.within):
            cues = [cue for item in self.cues if (cue := self._there(item, analysis, window)) is not None]
            stand = [cue.span for cue in cues if cue.weight > 0 and cue.span is not None]
            total = sum(cue.weight for cue in cues)
            if stand and total >= self.threshold:
                cues += [JUST_ENOUGH] * (total == self.threshold)
                span = Span(min(span.start for span in stand), max(span.end for span in stand))
                found.append(Hit(span, self.confidence, tuple(cues)))
        return tuple(found)

    def _may(self, analysis: Analysis) -> bool:
        """Return whether what is anywhere in the post reaches the threshold; cues are looked for only while it may."""
        open_ = [item for item in self.cues if item.cue.weight > 0 and not shut(item.matcher, analysis)]
        may = sum(item.cue.weight for item in open_)
        # 重い手がかりから確かめると、無いと分かったときに早く終わる。
        for item in sorted(open_, key=lambda item: -item.cue.weight):
            if may < self.threshold:
                return False
            if item.matcher.generates and not cached(item.matcher, analysis):
                may -= item.cue.weight
        return may >= self.threshold

    def _there(self, item: CompiledCue, analysis: Analysis, window: Span) -> Cue | None:
        """Return the cue with its first hit in the window; one about the context stands nowhere."""
        if not item.matcher.generates:
            holds = item.matcher.holds(analysis, window, self.within)
            return Cue(item.cue.id, None, item.cue.weight, item.cue.why) if holds else None
        first = next(hits_in(item.matcher, analysis, window), None)
        return Cue(item.cue.id, first.span, item.cue.weight, item.cue.why) if first else None

    def holds(self, analysis: Analysis, anchor: Span, within: str) -> bool:
        """Return whether a window that reaches the threshold lies in the scope of the anchor."""
        return holds_by_hits(self, analysis, anchor, within)
