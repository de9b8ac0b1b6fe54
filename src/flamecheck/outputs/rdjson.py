"""The diagnostic format of reviewdog: one JSON object; columns count UTF-8 bytes from 1, the end excluded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from flamecheck.messages import Words
from flamecheck.outcome import Outcome, Run
from flamecheck.shown import Level, Options, Rewrites, page_of, remarks
from flamecheck.spans import Lines, Span
from flamecheck.units import Units
from flamecheck.wire import dump_sound

SEVERITIES: Final = {Level.NOTE: "INFO", Level.WARNING: "WARNING", Level.ERROR: "ERROR"}


def render(run: Run, options: Options) -> str:
    """Return a ``DiagnosticResult`` with one diagnostic a finding; what was set aside is not told."""
    told = Words(options.lang)
    found = [row for outcome in run.outcomes for row in _diagnostics(outcome, run, options, told)]
    return dump_sound({"source": {"name": "flamecheck"}, "diagnostics": found}, indent=2) + "\n"


def _diagnostics(outcome: Outcome, run: Run, options: Options, told: Words) -> Iterator[dict[str, Any]]:
    name = outcome.name
    if outcome.error is not None:
        error = outcome.error
        place = {"range": {"start": {"line": error.line}}} if error.line else {}
        where = {"path": name, **place}
        yield {"message": error.message, "location": where, "severity": "ERROR", "code": {"value": error.code}}
        return
    lines, units = Lines(outcome.text, feed_alone=True), Units(outcome.text, "utf-8")
    for problem in outcome.diagnostics:
        at = {"path": problem.place.path, "range": {"start": {"line": problem.place.line}}}
        kind = "ERROR" if problem.level == "error" else "WARNING"
        yield {"message": problem.message, "location": at, "severity": kind, "code": {"value": problem.code}}
    rewrites = Rewrites(outcome, run)
    for item in remarks(outcome, run.policy):
        if item.aside is not None:
            continue
        finding, known = item.finding, run.rules.get(item.finding.rule_id)
        suggested = [{"range": _range(lines, units, one.span), "text": one.new} for one in rewrites.of(item)]
        page = page_of(finding.rule_id, options, known.references if known else finding.references)
        who, instead = told("affected", text=finding.affected), told("rewrite", text=finding.rewrite)
        yield {
            "message": f"{finding.message}\n{who}\n{instead}",
            "location": {"path": name, "range": _range(lines, units, item.span)},
            "severity": SEVERITIES[item.level],
            "code": {"value": finding.rule_id, **({"url": page} if page else {})},
            **({"suggestions": suggested} if suggested else {}),
        }


def _range(lines: Lines, units: Units, span: Span) -> dict[str, dict[str, int]]:
    ends = (("start", span.start), ("end", span.end))
    return {key: dict(zip(("line", "column"), units.locate(lines, at), strict=True)) for key, at in ends}
