"""All findings of one post, in order, with what was dismissed and what was not checked; and the scores."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

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
_SHORTEST: Final = 4
"""From how many letters and digits on something starred is looked for elsewhere in its file."""
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

    What stands once more where nobody screens (the address of a link, a comment) is starred there as well.  All posts
    are of one source; without any the source is empty.
    """
    source = ""
    places: set[int] = set()
    secrets: dict[str, frozenset[int]] = {}
    for document, report in posts:
        source = source or document.origin.text
        for at in stars(report):
            places.update(range(*document.locate(Span(at, at + 1))))
        secrets.update(_secrets(document, report))
    if secrets:
        places.update(_again(source, secrets))
    if not places:
        return source
    # 行の数は変えない。
    return "".join("*" if at in places and sign not in "\r\n" else sign for at, sign in enumerate(source))


def starred_beside(words: str, document: Document, report: Report) -> str:
    """Return other words about a post with everything starred that its findings star, wherever it stands in them."""
    secrets = dict(_secrets(document, report))
    places = set(_again(words, secrets)) if secrets else set()
    return "".join("*" if at in places else sign for at, sign in enumerate(words)) if places else words


def _secrets(document: Document, report: Report) -> Iterator[tuple[str, frozenset[int]]]:
    """Yield the letters and digits of every finding that stars some of them, with the numbers of those."""
    for finding in _all(report):
        if "*" in finding.matched:
            pairs = zip(document.text[finding.span.start : finding.span.end], finding.matched, strict=False)
            said = [(_plain(sign), shown) for sign, shown in pairs if sign.isalnum()]
            hidden = frozenset(number for number, (_, shown) in enumerate(said) if shown == "*")
            if hidden and len(said) >= _SHORTEST:
                yield "".join(sign for sign, _ in said), hidden


def _again(source: str, secrets: Mapping[str, frozenset[int]]) -> Iterator[int]:
    """Yield where the starred letters and digits of ``secrets`` stand in the source, whatever marks stand between."""
    places = [at for at, sign in enumerate(source) if sign.isalnum()]
    letters = "".join(_plain(source[at]) for at in places)
    for words, hidden in secrets.items():
        at = letters.find(words)
        while at >= 0:
            yield from (places[at + number] for number in hidden)
            at = letters.find(words, at + 1)


def _plain(sign: str) -> str:
    """Return a letter or digit in the one width and case it is compared in."""
    plain = unicodedata.normalize("NFKC", sign).casefold()
    return plain if len(plain) == 1 else sign


def stars(report: Report) -> Iterator[int]:
    """Yield the code points of the visible text that a finding stars, be it dismissed or suppressed."""
    for finding in _all(report):
        yield from (at for at, shown in zip(range(*finding.span), finding.matched, strict=False) if shown == "*")


def _all(report: Report) -> Iterator[Finding]:
    yield from report.findings
    yield from (item.finding for item in report.dismissed)
    yield from (item.finding for item in report.suppressed)
