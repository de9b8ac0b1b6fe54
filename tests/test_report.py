"""Scores: the documented formula, the fixed order of groups, and what never lowers a score."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flamecheck.document import Source
from flamecheck.finding import Finding
from flamecheck.formats import documents_of
from flamecheck.grading import GROUPS, Confidence, Severity
from flamecheck.report import Report, Screened, score, starred
from flamecheck.spans import Span


def finding(group: str, severity: Severity, confidence: Confidence) -> Finding:
    return Finding(f"{group}/x", "non-apology", group, severity, confidence, Span(0, 1), "x", "", "", "")


def report(found: list[Finding]) -> Report:
    return Report(tuple(found), (), Screened("p", "d"))


one = st.builds(finding, st.sampled_from(GROUPS), st.sampled_from(list(Severity)), st.sampled_from(list(Confidence)))
many = st.lists(one, max_size=12)


@pytest.mark.parametrize(
    ("severity", "confidence", "points"),
    [
        (Severity.INFO, Confidence.LOW, 3),
        (Severity.LOW, Confidence.HIGH, 15),
        (Severity.MEDIUM, Confidence.MEDIUM, 28),
        (Severity.HIGH, Confidence.HIGH, 62),
        (Severity.CRITICAL, Confidence.HIGH, 90),
        (Severity.CRITICAL, Confidence.LOW, 54),
    ],
)
def test_one_finding_scores_its_weights(severity: Severity, confidence: Confidence, points: int) -> None:
    assert score([finding("tone", severity, confidence)]) == points


def test_a_post_without_findings_has_no_severity_and_no_score() -> None:
    assert (report([]).severity, report([]).score, report([]).scores) == (None, 0, {})


def test_two_findings_score_more_than_each_and_less_than_both() -> None:
    both = [finding("tone", Severity.HIGH, Confidence.HIGH), finding("leak", Severity.MEDIUM, Confidence.HIGH)]
    assert report(both).score == 75
    assert report(both).scores == {"tone": 62, "leak": 35}
    assert report(both).severity is Severity.HIGH


@given(many)
def test_scores_lie_between_0_and_100_in_the_order_of_groups(found: list[Finding]) -> None:
    made = report(found)
    assert list(made.scores) == [group for group in GROUPS if group in {f.group for f in found}]
    assert all(0 <= value <= 100 for value in (made.score, *made.scores.values()))
    assert all(made.score >= value for value in made.scores.values())


@given(many, one)
def test_a_finding_more_never_lowers_a_score(found: list[Finding], more: Finding) -> None:
    before, after = report(found), report([*found, more])
    assert after.score >= before.score
    assert all(after.scores[group] >= value for group, value in before.scores.items())


@given(many.filter(bool))
def test_a_graver_or_surer_finding_never_lowers_a_score(found: list[Finding]) -> None:
    graver = replace(found[0], severity=found[0].severity.shifted(1))
    surer = replace(found[0], confidence=Confidence(min(Confidence.HIGH, found[0].confidence + 1)))
    for raised in (graver, surer):
        assert score([raised, *found[1:]]) >= score(found)


@given(many, st.randoms(use_true_random=False))
def test_the_order_of_findings_does_not_matter(found: list[Finding], random: object) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert score(shuffled) == score(found)


@pytest.mark.parametrize(
    ("source", "quoted"),
    [
        ("[090-3812-4417](tel:09038124417 'ほか')", "[090-****-4417](tel:090****4417 'ほか')"),
        ("090-3812-4417<!-- +090 3812 4417 -->\r\n0903812441", "090-****-4417<!-- +090 **** 4417 -->\r\n0903812441"),
        ("090-3812-4417 と `０９０３８１２４４１７`", "090-****-4417 と `０９０****４４１７`"),
    ],
)
def test_what_is_starred_is_starred_in_all_of_its_file(source: str, quoted: str) -> None:
    (document,) = documents_of(Source("a.md", source))
    leak = replace(finding("leak", Severity.HIGH, Confidence.HIGH), span=Span(0, 13), matched="090-****-4417")
    assert starred([(document, report([leak]))]) == quoted
