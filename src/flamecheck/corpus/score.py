"""Screen cases and count: recall, precision and false alarms with 95 % intervals, by whatever one asks for."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flamecheck.corpus.model import Case, Outcome, Seen
from flamecheck.grading import Severity
from flamecheck.screener import Screener

Z = 1.959964
"""The normal quantile of a two-sided 95 % interval."""


def screen(cases: Iterable[Case], screener: Screener) -> tuple[Outcome, ...]:
    """Return what is found above info on every case, in order."""
    outcomes = []
    for case in cases:
        findings = screener.screen(case.document).report.findings
        seen = tuple(Seen(f.rule_id, f.category, f.severity, f.span) for f in findings if f.severity > Severity.INFO)
        outcomes.append(Outcome(case, seen))
    return tuple(outcomes)


@dataclass(slots=True, frozen=True)
class Rate:
    """``hits`` of ``total``."""

    hits: int
    total: int

    @property
    def value(self) -> float | None:
        """Return the rate, or None of nothing."""
        return self.hits / self.total if self.total else None

    @property
    def interval(self) -> tuple[float, float]:
        """Return the 95 % interval by Wilson's method (Wilson 1927); the whole range for nothing."""
        if not self.total:
            return 0.0, 1.0
        rate, square = self.hits / self.total, Z * Z / self.total
        middle = (rate + square / 2) / (1 + square)
        half = Z / (1 + square) * math.sqrt(rate * (1 - rate) / self.total + square / (4 * self.total))
        return max(0.0, middle - half), min(1.0, middle + half)

    def __str__(self) -> str:
        if self.value is None:
            return "–"
        low, high = self.interval
        return f"{self.hits}/{self.total} = {100 * self.value:.1f} % ({100 * low:.0f}–{100 * high:.0f})"


@dataclass(slots=True, frozen=True)
class Score:
    """What was found on some cases; ``hard`` counts only the benign posts that look risky."""

    caught: Rate
    in_category: Rate
    at_severity: Rate
    false: Rate
    hard_false: Rate

    @classmethod
    def of(cls, outcomes: Iterable[Outcome]) -> Score:
        """Return the score of ``outcomes``."""
        every = list(outcomes)
        risky = [outcome for outcome in every if outcome.case.risky]
        benign = [outcome for outcome in every if not outcome.case.risky]
        hard = [outcome for outcome in benign if outcome.case.hard]
        caught = [outcome for outcome in risky if outcome.caught]
        return cls(
            Rate(len(caught), len(risky)),
            Rate(sum(outcome.in_category for outcome in caught), len(risky)),
            Rate(sum(outcome.at_severity for outcome in caught), len(risky)),
            Rate(sum(bool(outcome.false) for outcome in benign), len(benign)),
            Rate(sum(bool(outcome.false) for outcome in hard), len(hard)),
        )


def grouped(outcomes: Iterable[Outcome], key: Callable[[Outcome], str]) -> dict[str, Score]:
    """Return the score of every group that ``key`` names, in order of the names; an empty name is no group."""
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        name = key(outcome)
        if name:
            groups.setdefault(name, []).append(outcome)
    return {name: Score.of(groups[name]) for name in sorted(groups)}


def pairs(outcomes: Iterable[Outcome]) -> dict[str, Rate]:
    """Return, for every functionality, how many of its minimal pairs have every member right."""
    members: dict[tuple[str, str], list[bool]] = {}
    for outcome in outcomes:
        if outcome.case.pair:
            members.setdefault((outcome.case.functionality, outcome.case.pair), []).append(outcome.right)
    names = sorted({name for name, _ in members})
    whole = {name: [all(rights) for (own, _), rights in members.items() if own == name] for name in names}
    return {name: Rate(sum(every), len(every)) for name, every in whole.items()}


def category_of(outcome: Outcome) -> str:
    """Return the category whose folder the case lies in, or that it expects first."""
    parts = outcome.case.batch.split("/")
    if parts[0] == "posts" and len(parts) > 2:
        return parts[1]
    return outcome.case.expect[0] if outcome.case.expect and parts[0] != "everyday" else ""


def is_everyday(outcome: Outcome) -> bool:
    """Return whether the case is an ordinary post that nothing should be said of."""
    return outcome.case.batch.startswith("everyday/")


@dataclass(slots=True, frozen=True)
class RuleScore:
    """A rule's findings: on posts of its category, on other risky posts, on benign ones, per 1,000 everyday posts."""

    right: int
    other: int
    false: int
    everyday: float

    @property
    def precision(self) -> Rate:
        """Return how many of its findings stand on a risky post."""
        return Rate(self.right + self.other, self.right + self.other + self.false)


def by_rule(outcomes: Iterable[Outcome]) -> dict[str, RuleScore]:
    """Return the score of every rule that found something, in order of the ids; a post counts once for a rule."""
    every = list(outcomes)
    posts = sum(is_everyday(outcome) for outcome in every)
    counts: dict[str, list[int]] = {}
    for outcome in every:
        for rule, category in sorted({(item.rule, item.category) for item in outcome.seen}):
            row = counts.setdefault(rule, [0, 0, 0, 0])
            column = (0 if category in outcome.case.expect else 1) if outcome.case.risky else 2
            row[column] += 1
            row[3] += is_everyday(outcome)
    return {
        rule: RuleScore(right, other, false, 1000 * everyday / posts if posts else 0.0)
        for rule, (right, other, false, everyday) in sorted(counts.items())
    }
