"""Ordered grades: how bad if true (severity) and how sure (confidence); never mixed with what to do (tier)."""

from __future__ import annotations

from enum import IntEnum


class Severity(IntEnum):
    """How bad a finding is if it is true."""

    INFO = 0
    LOW = 1
    MEDIUM = 2
    HIGH = 3
    CRITICAL = 4

    @property
    def label(self) -> str:
        """Return the word used in rule files and on the wire."""
        return self.name.lower()

    def shifted(self, steps: int) -> Severity:
        """Return the grade ``steps`` higher (lower when negative), kept between info and critical."""
        return Severity(min(Severity.CRITICAL, max(Severity.INFO, self + steps)))


class Confidence(IntEnum):
    """How sure the engine is that the words mean what the rule is about."""

    LOW = 0
    MEDIUM = 1
    HIGH = 2

    @property
    def label(self) -> str:
        """Return the word used in rule files and on the wire."""
        return self.name.lower()


GROUPS = ("topic", "tone", "legal", "leak", "timing", "conduct")
"""The six groups that carry scores; a rule's group is the folder it lies in."""
