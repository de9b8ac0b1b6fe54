"""The policy: every cell, missing tiers, combinations, and what never lowers a tier."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flamecheck.finding import Finding
from flamecheck.grading import GROUPS, Confidence, Severity
from flamecheck.policy.decide import decide
from flamecheck.policy.load import load_policy
from flamecheck.policy.model import Policy
from flamecheck.report import Report, Screened
from flamecheck.spans import Span

FOLDER = Path(__file__).parents[2] / "rules" / "policies"
POLICIES: dict[str, Policy] = {name: load_policy(name, [FOLDER]) for name in ("standard", "strict", "relaxed", "sme")}
STANDARD = {
    "topic": ("genba", "genba", "koho", "homu-somu", "shacho"),
    "tone": ("genba", "genba", "peer", "koho", "shacho"),
    "legal": ("genba", "genba", "homu-somu", "homu-somu", "shacho"),
    "leak": ("genba", "genba", "genba", "homu-somu", "homu-somu"),
    "timing": ("genba", "genba", "koho", "koho", "shacho"),
    "conduct": ("genba", "genba", "koho", "homu-somu", "shacho"),
}


def finding(group: str, severity: Severity, category: str = "non-apology") -> Finding:
    return Finding(f"{group}/x", category, group, severity, Confidence.HIGH, Span(0, 1), "x", "", "", "")


def report(*findings: Finding) -> Report:
    return Report(findings, (), Screened("p", "d"))


findings = st.lists(
    st.builds(
        finding, st.sampled_from(GROUPS), st.sampled_from(list(Severity)),
        st.sampled_from(["non-apology", "personal-data", "superlative-claim", "sensitive-date"]),
    ),
    max_size=6,
)  # fmt: skip


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("severity", list(Severity))
def test_every_cell_of_the_standard_table(group: str, severity: Severity) -> None:
    verdict = decide(report(finding(group, severity)), POLICIES["standard"])
    assert verdict.tier.id == STANDARD[group][severity]
    assert bool(verdict.because) == (verdict.tier.id != "genba")


def test_a_clean_post_has_a_verdict_at_the_lowest_tier() -> None:
    verdict = decide(report(), POLICIES["standard"])
    assert (verdict.tier.id, verdict.because, verdict.owners) == ("genba", (), ())


def test_a_critical_leak_cannot_be_released() -> None:
    verdict = decide(report(finding("leak", Severity.CRITICAL)), POLICIES["standard"])
    assert not verdict.override
    assert "上書き不可" in verdict.because[0].clause


def test_owners_of_every_finding_are_named_once_in_order() -> None:
    low = finding("legal", Severity.LOW, "superlative-claim")
    verdict = decide(report(finding("tone", Severity.HIGH), low, low), POLICIES["standard"])
    assert verdict.owners == ("広報", "法務")


def test_a_missing_tier_falls_through_to_the_next_one_up() -> None:
    verdict = decide(report(finding("tone", Severity.MEDIUM)), POLICIES["sme"])
    assert verdict.tier.id == "homu-somu"
    assert "不在" in verdict.because[0].clause


def test_nobody_above_means_the_highest_present() -> None:
    policy = POLICIES["standard"]
    tiers = tuple(replace(tier, present=tier.id in ("genba", "koho")) for tier in policy.tiers)
    assert decide(report(finding("tone", Severity.CRITICAL)), replace(policy, tiers=tiers)).tier.id == "koho"


def test_three_categories_at_medium_move_one_tier_up() -> None:
    three = [finding("tone", Severity.MEDIUM, name) for name in ("non-apology", "customer-blaming", "insult-violence")]
    assert decide(report(*three[:2]), POLICIES["standard"]).tier.id == "peer"
    assert decide(report(*three[:2], three[0]), POLICIES["standard"]).tier.id == "peer"
    verdict = decide(report(*three), POLICIES["standard"])
    assert verdict.tier.id == "koho"
    assert verdict.because[-1].findings == (0, 1, 2)


def test_the_top_is_the_top() -> None:
    three = [
        finding("tone", Severity.CRITICAL, name) for name in ("non-apology", "customer-blaming", "insult-violence")
    ]
    assert decide(report(*three), POLICIES["standard"]).tier.id == "shacho"


@given(findings)
def test_a_stricter_policy_never_lowers_a_tier(found: list[Finding]) -> None:
    ranks = [decide(report(*found), POLICIES[name]).tier.rank for name in ("relaxed", "standard", "strict")]
    assert ranks == sorted(ranks)


@given(findings, findings)
def test_more_findings_never_lower_a_tier_or_a_score(found: list[Finding], more: list[Finding]) -> None:
    for policy in POLICIES.values():
        assert decide(report(*found, *more), policy).tier.rank >= decide(report(*found), policy).tier.rank
    assert report(*found, *more).score >= report(*found).score


@given(findings.filter(bool))
def test_a_graver_finding_never_lowers_a_tier_or_a_score(found: list[Finding]) -> None:
    graver = [replace(found[0], severity=found[0].severity.shifted(1)), *found[1:]]
    for policy in POLICIES.values():
        assert decide(report(*graver), policy).tier.rank >= decide(report(*found), policy).tier.rank
    assert report(*graver).score >= report(*found).score
