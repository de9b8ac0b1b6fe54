"""A labelled post, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flamecheck.document import Document
from flamecheck.grading import Severity
from flamecheck.rules.examples import redrawn
from flamecheck.spans import Span

LEVELS: Final = ("plain", "middling", "world")
"""How much it takes to see the risk: the words say it, they hint at it, or one must know the world."""


@dataclass(slots=True, frozen=True)
class Case:
    """One labelled post.

    ``expect`` holds the categories a careful reader would name (none: the post must stay silent), ``want`` the
    severity such a reader gives it, ``hard`` that a benign post looks like a risky one.  ``silent_below`` is the
    severity from which on a finding on a benign post is a false one.  ``spans`` are where a reader would point
    (code points, drawn with ⟦ ⟧ in the row); ``pair`` names the other half of a minimal pair.
    """

    id: str
    batch: str
    document: Document
    expect: tuple[str, ...] = ()
    want: Severity = Severity.MEDIUM
    level: str = "plain"
    hard: bool = False
    functionality: str = ""
    disguise: str = ""
    silent_below: Severity = Severity.LOW
    spans: tuple[Span, ...] = ()
    pair: str = ""

    @property
    def risky(self) -> bool:
        """Return whether something should be found."""
        return bool(self.expect)

    @property
    def text(self) -> str:
        """Return the post."""
        return self.document.text


@dataclass(slots=True, frozen=True)
class Seen:
    """A finding above info: its rule, category and severity, and where it stands."""

    rule: str
    category: str
    severity: Severity
    span: Span


@dataclass(slots=True, frozen=True)
class Outcome:
    """A case with what was found on it above info, in the order of the report."""

    case: Case
    seen: tuple[Seen, ...]

    @property
    def highest(self) -> Severity | None:
        """Return the highest severity found, or None."""
        return max((item.severity for item in self.seen), default=None)

    @property
    def caught(self) -> bool:
        """Return whether a risky post was flagged at all."""
        return self.case.risky and bool(self.seen)

    @property
    def in_category(self) -> bool:
        """Return whether a risky post was flagged under a category it was expected in."""
        return any(item.category in self.case.expect for item in self.seen)

    @property
    def in_place(self) -> bool:
        """Return whether a finding of an expected category overlaps each drawn span; true when none is drawn."""
        right = [item.span for item in self.seen if item.category in self.case.expect]
        return all(any(span.overlaps(found) for found in right) for span in self.case.spans)

    @property
    def right(self) -> bool:
        """Return whether what the reader would say is said, where he would, or that nothing is; severity aside."""
        return self.in_category and self.in_place if self.case.risky else not self.false

    @property
    def at_severity(self) -> bool:
        """Return whether a risky post was flagged at least as gravely as a careful reader would."""
        return self.caught and self.highest is not None and self.highest >= self.case.want

    @property
    def false(self) -> tuple[Seen, ...]:
        """Return the findings a benign post should not have."""
        if self.case.risky:
            return ()
        return tuple(item for item in self.seen if item.severity >= self.case.silent_below)

    @property
    def difference(self) -> dict[str, object]:
        """Return how the outcome differs from the label, empty when it does not."""
        if self.false:
            return {"false": sorted({f"{item.rule} {item.severity.label}" for item in self.false})}
        if not self.case.risky:
            return {}
        if not self.in_category:
            missed: dict[str, object] = {"missed": list(self.case.expect)}
            return missed | {"found": sorted({item.category for item in self.seen})} if self.seen else missed
        if not self.in_place:
            return {"elsewhere": [redrawn(self.case.text, [item.span]) for item in self.seen]}
        highest = max(item.severity for item in self.seen)
        return {} if highest >= self.case.want else {"want": self.case.want.label, "got": highest.label}
