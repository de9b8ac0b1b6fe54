"""Severities of settings on a report."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from flamecheck.finding import Adjustment, Finding, Suppressed
from flamecheck.grading import Confidence, Severity
from flamecheck.report import Report, Screened
from flamecheck.settings.grade import WHY, with_severities
from flamecheck.settings.values import Graded
from flamecheck.spans import Span


def finding(rule: str = "tone/a", severity: Severity = Severity.MEDIUM, group: str = "tone") -> Finding:
    return Finding(rule, "insult", group, severity, Confidence.HIGH, Span(0, 1), "あ", "", "", "")


def report(*found: Finding) -> Report:
    return Report(found, (), Screened("pack", "dictionary"))


def test_the_severity_is_changed_and_on_record() -> None:
    made = with_severities(report(finding(), finding("tone/b")), [Graded("tone/a", Severity.CRITICAL, "f.toml:3")])
    assert made.findings[0].severity == Severity.CRITICAL
    assert made.findings[0].adjustments == (Adjustment("f.toml:3", 2, WHY),)
    assert made.findings[1] == finding("tone/b")
    assert made.screened.notes == ()


def test_what_is_so_already_stays_as_it_is() -> None:
    given_ = report(finding())
    assert with_severities(given_, []) is given_
    assert with_severities(given_, [Graded("tone/a", Severity.MEDIUM, "f")]) == given_


def test_earlier_adjustments_stay_and_suppressed_findings_are_graded_too() -> None:
    lowered = replace(finding(), adjustments=(Adjustment("guard", -1, "引用"),))
    aside = replace(report(lowered), suppressed=(Suppressed(finding(), "baseline", "b", "前から"),))
    made = with_severities(aside, [Graded("tone/a", Severity.LOW, "f")])
    assert [adjustment.by for adjustment in made.findings[0].adjustments] == ["guard", "f"]
    assert made.suppressed[0].finding.severity == Severity.LOW


def test_what_the_policy_fixes_is_not_lowered_and_a_note_says_so() -> None:
    fixed = {("leak", Severity.CRITICAL)}
    leak = finding("leak/a", Severity.CRITICAL, "leak")
    made = with_severities(report(leak, leak), [Graded("leak/a", Severity.INFO, "f.toml:3")], fixed)
    assert made.findings == (leak, leak)
    assert len(made.screened.notes) == 1
    assert "f.toml:3" in made.screened.notes[0]
    raised = with_severities(report(finding("leak/a", group="leak")), [Graded("leak/a", Severity.HIGH, "f")], fixed)
    assert raised.findings[0].severity == Severity.HIGH


grades = st.sampled_from(list(Severity))


@given(st.lists(st.tuples(st.sampled_from(["tone/a", "tone/b"]), grades), max_size=4), grades, st.sets(grades))
def test_the_steps_on_record_explain_the_change(
    found: list[tuple[str, Severity]], wanted: Severity, fixed: set[Severity]
) -> None:
    before = report(*(finding(rule, severity) for rule, severity in found))
    cells = {("tone", severity) for severity in fixed}
    after = with_severities(before, [Graded("tone/a", wanted, "f")], cells)
    for old, new in zip(before.findings, after.findings, strict=True):
        assert old.severity + sum(adjustment.steps for adjustment in new.adjustments) == new.severity
        kept = old.rule_id == "tone/b" or (old.severity in fixed and wanted < old.severity)
        assert new.severity == (old.severity if kept else wanted)
        assert replace(new, severity=old.severity, adjustments=()) == old
    assert with_severities(after, [Graded("tone/a", wanted, "f")], cells).findings == after.findings
