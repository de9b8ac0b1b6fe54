"""Severities that settings give, put on a report after screening: rules are compiled once, whatever a path asks for."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from flamecheck.finding import Adjustment, Finding
from flamecheck.grading import Severity
from flamecheck.report import Report
from flamecheck.settings.values import Graded

WHY = "設定で決めた重さ"


def with_severities(
    report: Report, severities: Iterable[Graded], fixed: Collection[tuple[str, Severity]] = ()
) -> Report:
    """Return ``report`` with the severity of each named rule's findings, on record as an adjustment of the settings.

    The severity takes the place of the one that guards and exceptions left.  A finding in a ``fixed`` cell (group,
    severity; the policy's ``no_override``) is not lowered, and a note says so.
    """
    wanted = {graded.rule_id: graded for graded in severities}
    if not wanted:
        return report
    kept: dict[str, str] = {}

    def graded(finding: Finding) -> Finding:
        asked = wanted.get(finding.rule_id)
        steps = asked.severity - finding.severity if asked else 0
        if asked is None or steps == 0:
            return finding
        if steps < 0 and (finding.group, finding.severity) in fixed:
            told = f"{asked.where}: {finding.rule_id} の重さは下げていません。方針が上書き不可としています"
            kept.setdefault(finding.rule_id, told)
            return finding
        adjustment = Adjustment(asked.where, steps, WHY)
        return replace(finding, severity=asked.severity, adjustments=(*finding.adjustments, adjustment))

    findings = tuple(graded(finding) for finding in report.findings)
    suppressed = tuple(replace(item, finding=graded(item.finding)) for item in report.suppressed)
    screened = replace(report.screened, notes=(*report.screened.notes, *kept.values()))
    return replace(report, findings=findings, suppressed=suppressed, screened=screened)
