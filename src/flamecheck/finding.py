"""Evidence a person can read: what was found where, who may be hurt, what to write instead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flamecheck.grading import Confidence, Severity
from flamecheck.spans import Span


@dataclass(slots=True, frozen=True)
class Adjustment:
    """A guard or exception that raised or lowered a finding, with its reason."""

    by: str
    steps: int
    why: str

    @property
    def effect(self) -> str:
        """Return ``raise N`` or ``lower N``."""
        return f"{'raise' if self.steps > 0 else 'lower'} {abs(self.steps)}"


@dataclass(slots=True, frozen=True)
class Cue:
    """A weak cue that counted: where it stands (None for a context), what it weighs, why it counts."""

    id: str
    span: Span | None
    weight: int
    why: str


@dataclass(slots=True, frozen=True)
class Finding:
    """One piece of evidence; ``span`` counts code points of the text as the user wrote it."""

    rule_id: str
    category: str
    group: str
    severity: Severity
    confidence: Confidence
    span: Span
    matched: str
    message: str
    affected: str
    rewrite: str
    references: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    cues: tuple[Cue, ...] = ()


@dataclass(slots=True, frozen=True)
class Dismissed:
    """A finding that a guard or exception cancelled, kept with the reason so that an audit can show it."""

    finding: Finding
    by: str
    why: str


@dataclass(slots=True, frozen=True)
class Suppressed:
    """A finding that a person has set aside, kept with the reason: it does not decide, and every output can show it.

    ``by`` is ``directive``, ``baseline``, ``allow`` or ``unchanged`` (only changes were asked for); ``where`` the place
    that says so (``post.md:3``), ``why`` the reason given there, ``until`` the last day it holds (None without one).
    """

    finding: Finding
    by: str
    where: str
    why: str
    until: date | None = None
