"""One line a finding, for a quick look and for editors that jump to ``path:line:column``."""

from __future__ import annotations

from collections.abc import Iterator

from flamecheck.display import visible
from flamecheck.messages import Words
from flamecheck.outcome import Outcome, Run
from flamecheck.shown import Options, capped, remarks, told_aside
from flamecheck.spans import Lines


def render(run: Run, options: Options) -> str:
    """Return ``path:line:column: tier rule [severity] message`` for each finding; columns count code points from 1."""
    told = Words(options.lang)
    return "".join(f"{visible(line)}\n" for outcome in run.outcomes for line in _lines(outcome, run, options, told))


def _lines(outcome: Outcome, run: Run, options: Options, told: Words) -> Iterator[str]:
    if outcome.error is not None:
        yield f"{outcome.name}: {told('error', text=outcome.error.message)}"
        return
    for problem in outcome.diagnostics:
        if not options.quiet or problem.level == "error":
            yield f"{problem.place}: {problem.level}[{problem.code}]: {problem.message}"
    places = Lines(outcome.text)
    found = [item for item in remarks(outcome, run.policy) if item.post.failing or not options.quiet]
    standing, rest = capped([item for item in found if item.aside is None], options.max_per_file)
    chosen = [item for item in found if item.aside is not None] if options.verbose else []
    for item in sorted([*standing, *chosen], key=lambda item: item.span):
        line, column = places.locate(item.span.start)
        finding, where = item.finding, f"{outcome.name}:{line}:{column}"
        if item.aside is None:
            severity = told(f"severity.{finding.severity.label}")
            yield f"{where}: {item.tier.label} {finding.rule_id} [{severity}] {finding.message}"
            continue
        yield f"{where}: {told_aside(item, told)}"
    if rest:
        yield f"{outcome.name}: {told('more', count=rest)}"
