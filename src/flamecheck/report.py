"""All findings of one post, in order, with what was dismissed and what was not checked; and the scores."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from flamecheck.document import Document
from flamecheck.finding import Dismissed, Finding, Suppressed
from flamecheck.grading import GROUPS, Confidence, Severity
from flamecheck.spans import Span

SEVERITY_WEIGHT = {
    Severity.INFO: 0.05,
    Severity.LOW: 0.15,
    Severity.MEDIUM: 0.35,
    Severity.HIGH: 0.62,
    Severity.CRITICAL: 0.90,
}
CONFIDENCE_WEIGHT = {Confidence.LOW: 0.6, Confidence.MEDIUM: 0.8, Confidence.HIGH: 1.0}


@dataclass(slots=True, frozen=True)
class PackUsed:
    """One pack of rules a post was screened with; ``version`` is "" when the pack states none."""

    id: str
    version: str
    fingerprint: str


@dataclass(slots=True, frozen=True)
class Screened:
    """What was screened, with what, and the parts nobody looked at; ``pack`` is a fingerprint of all ``packs``."""

    pack: str
    dictionary: str
    unchecked: tuple[str, ...] = ("images",)
    notes: tuple[str, ...] = ()
    packs: tuple[PackUsed, ...] = ()


@dataclass(slots=True, frozen=True)
class Report:
    """Findings in ``(start, -length, rule_id)`` order; dismissed and suppressed ones kept with their reason."""

    findings: tuple[Finding, ...]
    dismissed: tuple[Dismissed, ...]
    screened: Screened
    ruleset: str = field(default="", repr=False)
    suppressed: tuple[Suppressed, ...] = ()

    @property
    def severity(self) -> Severity | None:
        """Return the highest severity, or ``None`` for a post without findings."""
        return max((finding.severity for finding in self.findings), default=None)

    @property
    def score(self) -> int:
        """Return the overall score, 0 to 100; it ranks posts and never decides a tier."""
        return score(self.findings)

    @property
    def scores(self) -> dict[str, int]:
        """Return the score of each group that has findings, in the fixed order of groups."""
        by_group = {group: [f for f in self.findings if f.group == group] for group in GROUPS}
        return {group: score(found) for group, found in by_group.items() if found}


def score(findings: Iterable[Finding]) -> int:
    """Return ``round(100 · (1 − Π(1 − s·c)))`` over the findings, s and c the weights above.

    Adding a finding, or raising one's severity or confidence, never lowers the score.
    """
    weights = sorted(SEVERITY_WEIGHT[f.severity] * CONFIDENCE_WEIGHT[f.confidence] for f in findings)
    return math.floor(100 * (1 - math.prod(1 - weight for weight in weights)) + 0.5)


def starred(posts: Iterable[tuple[Document, Report]]) -> str:
    """Return the source of these posts with everything starred that a finding stars, so that quoting it tells no more.

    All posts are of one source; without any the source is empty.
    """
    signs: list[str] = []
    for document, report in posts:
        signs = signs or list(document.origin.text)
        for at in stars(report):
            for place in range(*document.locate(Span(at, at + 1))):
                # 行の数は変えない。
                signs[place] = signs[place] if signs[place] in "\r\n" else "*"
    return "".join(signs)


def stars(report: Report) -> Iterator[int]:
    """Yield the code points of the visible text that a finding stars, be it dismissed or suppressed."""
    dismissed, suppressed = (item.finding for item in report.dismissed), (item.finding for item in report.suppressed)
    for finding in (*report.findings, *dismissed, *suppressed):
        yield from (at for at, shown in zip(range(*finding.span), finding.matched, strict=False) if shown == "*")
