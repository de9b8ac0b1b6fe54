"""Checks that no pattern can make, by name: check digits, telephone numbers, slots nobody filled in."""

from __future__ import annotations

from dataclasses import dataclass

from flamecheck.analysis import Analysis
from flamecheck.detectors.numerals import ANY, Limits
from flamecheck.detectors.registry import DETECTORS, detect
from flamecheck.grading import Confidence
from flamecheck.matching import Hit, holds_by_hits
from flamecheck.promise import Promise, either
from flamecheck.spans import Span


@dataclass(slots=True, frozen=True, eq=False)
class DetectorMatcher:
    """A detector by name; it reads characters and the context, and knows no token boundaries."""

    name: str
    limits: Limits = ANY
    sure: Confidence = Confidence.LOW
    generates: bool = True

    @property
    def promise(self) -> Promise:
        """Return the union of the literals the detector promises."""
        return either(DETECTORS[self.name].literals)

    def find(self, analysis: Analysis) -> tuple[Hit, ...]:
        """Return what the detector finds."""
        found = detect(self.name, analysis.text, analysis.context, self.limits, self.sure)
        return tuple(Hit(span, confidence) for span, confidence in found)

    def holds(self, analysis: Analysis, anchor: Span, within: str) -> bool:
        """Return whether the detector finds something in the scope of the anchor."""
        return holds_by_hits(self, analysis, anchor, within)
