"""The figures of a run as Markdown tables, for a person and for docs/accuracy.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from flamecheck.corpus.model import LEVELS, Outcome
from flamecheck.corpus.score import Rate, Score, by_rule, category_of, grouped, is_everyday, pairs
from flamecheck.grading import Severity

HEAD = ("risky caught", "in the right category", "at the wanted severity", "benign flagged", "hard benign flagged")


def report(outcomes: Sequence[Outcome], first: Mapping[str, Mapping[str, Any]]) -> str:
    """Return every table: all, everyday, first runs, by category, level, functionality, disguise and rule."""
    return "\n".join(_lines(outcomes, first)) + "\n"


def _lines(outcomes: Sequence[Outcome], first: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    labelled = [outcome for outcome in outcomes if not is_everyday(outcome)]
    yield from _scores("All labelled posts", {"all": Score.of(labelled)})
    levels = grouped((outcome for outcome in labelled if outcome.case.risky), lambda outcome: outcome.case.level)
    yield from _scores("By what it takes to see the risk", {name: levels[name] for name in LEVELS if name in levels})
    everyday = [outcome for outcome in outcomes if is_everyday(outcome)]
    if everyday:
        yield "## Everyday posts\n"
        yield "| severity | flagged | per 1,000 |\n|---|---|---|"
        for grade in (Severity.LOW, Severity.MEDIUM, Severity.HIGH):
            rate = Rate(sum((o.highest or Severity.INFO) >= grade for o in everyday), len(everyday))
            yield f"| {grade.label} or above | {rate} | {1000 * (rate.value or 0):.1f} |"
        yield ""
    if first:
        yield from _first(first)
    yield from _scores("By category", grouped(labelled, category_of))
    yield from _scores("By functionality", grouped(labelled, lambda outcome: outcome.case.functionality))
    held = pairs(labelled)
    if held:
        yield "## Minimal pairs\n"
        yield "| functionality | pairs with every member right |\n|---|---|"
        yield from (f"| {name} | {rate} |" for name, rate in held.items())
        yield ""
    yield from _scores("By disguise", grouped(labelled, lambda outcome: outcome.case.disguise))
    yield "## By rule\n"
    yield "| rule | on its category | on other risky posts | on benign posts | precision | per 1,000 everyday posts |"
    yield "|---|---|---|---|---|---|"
    for rule, row in by_rule(outcomes).items():
        yield f"| {rule} | {row.right} | {row.other} | {row.false} | {row.precision} | {row.everyday:.1f} |"


def _scores(title: str, scores: Mapping[str, Score]) -> Iterator[str]:
    if not scores:
        return
    yield f"## {title}\n"
    yield "| | " + " | ".join(HEAD) + " |"
    yield "|---" * (len(HEAD) + 1) + "|"
    for name, score in scores.items():
        rates: Iterable[Rate] = (score.caught, score.in_category, score.at_severity, score.false, score.hard_false)
        yield f"| {name} | " + " | ".join(map(str, rates)) + " |"
    yield ""


def _first(first: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    yield "## First runs: the unseen rate of each batch\n"
    yield "| batch | risky caught | in the right category | benign flagged |\n|---|---|---|---|"
    for name, row in first.items():
        caught, right = Rate(row["caught"], row["risky"]), Rate(row["in_category"], row["risky"])
        yield f"| {name} | {caught} | {right} | {Rate(row['false'], row['benign'])} |"
    total = {
        key: sum(row[key] for row in first.values()) for key in ("risky", "caught", "in_category", "benign", "false")
    }
    caught, right = Rate(total["caught"], total["risky"]), Rate(total["in_category"], total["risky"])
    yield f"| **all** | {caught} | {right} | {Rate(total['false'], total['benign'])} |\n"
