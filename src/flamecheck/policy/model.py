"""A policy as plain values, and the verdict it gives.  Tier names live in policy files only, never in code."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flamecheck.document import Document
from flamecheck.grading import Severity
from flamecheck.report import Report


@dataclass(slots=True, frozen=True)
class Tier:
    """Who decides; ``rank`` orders the tiers, and one that is not ``present`` falls through to the next one up."""

    id: str
    label: str
    rank: int
    present: bool = True


@dataclass(slots=True, frozen=True)
class Combination:
    """So many different categories at a severity or above move the tier up."""

    id: str
    categories: int
    at_least: Severity
    up: int


@dataclass(slots=True, frozen=True)
class Policy:
    """How groups and severities map to tiers, and who owns what."""

    id: str
    title: str
    tiers: tuple[Tier, ...]
    groups: dict[str, tuple[Tier, ...]]
    no_override: frozenset[tuple[str, Severity]]
    owners: dict[str, tuple[str, ...]]
    combine: tuple[Combination, ...]

    @property
    def lowest(self) -> Tier:
        """Return the lowest present tier: where a clean post ends."""
        return next(tier for tier in self.tiers if tier.present)

    def present(self, rank: int) -> Tier:
        """Return the tier at ``rank`` or the next present one up; above the top, the highest present one."""
        for tier in self.tiers[max(0, rank) :]:
            if tier.present:
                return tier
        return next(tier for tier in reversed(self.tiers) if tier.present)

    def tier(self, name: str) -> Tier:
        """Return the tier with this id or label; raises KeyError naming what is known."""
        for tier in self.tiers:
            if name in (tier.id, tier.label):
                return tier
        raise KeyError(f"段階「{name}」はありません。使えるもの: {', '.join(tier.id for tier in self.tiers)}")

    def owners_of(self, category: str, group: str) -> tuple[str, ...]:
        """Return who owns a category, or else its group."""
        return self.owners.get(category) or self.owners.get(group, ())


@dataclass(slots=True, frozen=True)
class Reason:
    """One clause of the policy and the findings (by index) it acted on."""

    clause: str
    findings: tuple[int, ...]
    override: bool = True


@dataclass(slots=True, frozen=True)
class Verdict:
    """What to do with a post and why; ``because`` is empty only at the lowest tier."""

    tier: Tier
    because: tuple[Reason, ...]
    owners: tuple[str, ...]
    report: Report
    id: str | int = ""
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def override(self) -> bool:
        """Return whether somebody may release the post as it stands."""
        return all(reason.override for reason in self.because)

    def to_wire(self, document: Document | None = None) -> dict[str, Any]:
        """Return the verdict as a row of the batch contract, version 1.

        With the ``document`` it is about, every finding has its ``location`` in the source, and ``start`` and ``end``
        count the source as well; without, they count the visible text.
        """
        from flamecheck.wire import verdict_row

        because = [{"clause": reason.clause, "findings": list(reason.findings)} for reason in self.because]
        return verdict_row(
            id=self.id,
            tier=self.tier.id,
            because=because,
            owners=self.owners,
            report=self.report,
            extra=self.extra,
            document=document,
        )
