"""``decide(report, policy) -> Verdict``: a pure function.

The highest finding decides.  Combinations then move the tier up, and a tier that is missing falls through to the next
one up.  More or graver findings, and a stricter policy, never lower a tier.
"""

from __future__ import annotations

from typing import Any

from flamecheck.finding import Finding
from flamecheck.policy.model import Policy, Reason, Tier, Verdict
from flamecheck.report import Report


def decide(report: Report, policy: Policy, *, id: str | int = "", extra: dict[str, Any] | None = None) -> Verdict:
    """Return the verdict of ``policy`` on ``report``."""
    ranks = [policy.groups[finding.group][finding.severity].rank for finding in report.findings]
    rank = max(ranks, default=policy.lowest.rank)
    because: list[Reason] = []
    for wanted in sorted(set(ranks), reverse=True):
        if policy.present(wanted).rank > policy.lowest.rank:
            because += _clauses(report.findings, ranks, wanted, policy)
    for combination in policy.combine:
        members = [n for n, finding in enumerate(report.findings) if finding.severity >= combination.at_least]
        count = len({report.findings[n].category for n in members})
        if count >= combination.categories:
            before = policy.present(rank)
            rank = before.rank + combination.up
            clause = (
                f"{combination.id}: {combination.at_least.label} 以上が {count} 種類 → {policy.present(rank).label}"
            )
            because.append(Reason(clause, tuple(members)))
    owners = dict.fromkeys(
        owner for finding in report.findings for owner in policy.owners_of(finding.category, finding.group)
    )
    return Verdict(policy.present(rank), tuple(because), tuple(owners), report, id, extra or {})


def _clauses(findings: tuple[Finding, ...], ranks: list[int], rank: int, policy: Policy) -> list[Reason]:
    """Return one reason for each (group, severity) that asks for the tier at ``rank``."""
    cells: dict[tuple[str, int], list[int]] = {}
    for number, finding in enumerate(findings):
        if ranks[number] == rank:
            cells.setdefault((finding.group, finding.severity), []).append(number)
    reasons = []
    for (group, _), numbers in cells.items():
        severity = findings[numbers[0]].severity
        wanted, present = policy.tiers[rank], policy.present(rank)
        fixed = (group, severity) in policy.no_override
        clause = f"{group} × {severity.label} → {_named(wanted, present)}{'（上書き不可）' if fixed else ''}"
        reasons.append(Reason(clause, tuple(numbers), override=not fixed))
    return reasons


def _named(wanted: Tier, present: Tier) -> str:
    return wanted.label if wanted == present else f"{wanted.label}（不在のため {present.label}）"
