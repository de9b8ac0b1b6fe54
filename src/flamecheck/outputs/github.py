"""GitHub annotations: workflow commands on standard output, which the runner shows beside the changed lines.

Columns count UTF-16 code units, as the web page does, the end just after the last one; the runner takes them only when
a finding lies on one line.  GitHub shows at most ten errors, ten warnings and ten notices of a step.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from flamecheck.display import sound, visible
from flamecheck.messages import Words
from flamecheck.outcome import Outcome, Run
from flamecheck.shown import Level, Options, Remark, capped, remarks
from flamecheck.spans import Lines
from flamecheck.units import Units

COMMANDS: Final = {Level.NOTE: "notice", Level.WARNING: "warning", Level.ERROR: "error"}
_DATA: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def render(run: Run, options: Options) -> str:
    """Return one command for each finding, each diagnostic and each file in error."""
    told = Words(options.lang)
    return "".join(f"{line}\n" for outcome in run.outcomes for line in _commands(outcome, run, options, told))


def _commands(outcome: Outcome, run: Run, options: Options, told: Words) -> Iterator[str]:
    name = outcome.name
    if outcome.error is not None:
        yield _command(
            "error", outcome.error.message, file=name, line=outcome.error.line or 1, title=outcome.error.code
        )
        return
    for problem in outcome.diagnostics:
        kind = "error" if problem.level == "error" else "warning"
        place: dict[str, str | int] = {"file": problem.place.path, "line": problem.place.line, "title": problem.code}
        yield _command(kind, f"{problem.message}\n{problem.suggestion}".strip(), **place)
    lines, units = Lines(outcome.text, feed_alone=True), Units(outcome.text, "utf-16")
    standing, rest = capped([item for item in remarks(outcome, run.policy) if not item.aside], options.max_per_file)
    for item in standing:
        line, column = units.locate(lines, item.span.start)
        end_line, end_column = units.locate(lines, item.span.end)
        # 行をまたぐ範囲に列が付いていると、列だけでなく注釈ごと捨てられる。
        columns: dict[str, int] = {"col": column, "endColumn": end_column} if line == end_line else {}
        place = {"file": name, "line": line, "endLine": end_line, **columns, "title": _title(item, told)}
        yield _command(COMMANDS[item.level], _message(item, told), **place)
    if rest:
        yield _command("notice", told("more", count=rest), file=name, line=1, title="flamecheck")


def _title(item: Remark, told: Words) -> str:
    return f"{item.finding.rule_id} [{told(f'severity.{item.finding.severity.label}')}] {item.tier.label}"


def _message(item: Remark, told: Words) -> str:
    finding = item.finding
    who, instead = told("affected", text=finding.affected), told("rewrite", text=finding.rewrite)
    return f"{finding.message}\n{who}\n{instead}"


def _command(kind: str, message: str, **properties: str | int) -> str:
    listed = ",".join(f"{key}={sound(str(value)).translate(_PROPERTY)}" for key, value in properties.items())
    # 記録は端末の色も解釈するので、本文から来た制御文字は見える形にする。改行だけは注釈でも改行になる。
    shown = "\n".join(visible(line) for line in message.split("\n"))
    return f"::{kind} {listed}::{shown.translate(_DATA)}"
