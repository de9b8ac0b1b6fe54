"""What was accepted: every outcome that differs from its label, and the first figures of every batch.

A known miss stays written down as one.  A difference that is new, and one that has gone, are both news; the figures of
a batch before anyone looked at its misses are its honest unseen rate and are never rewritten.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from flamecheck.corpus.model import Outcome
from flamecheck.corpus.score import Score

ACCEPTED: Final = "accepted.json"
FIRST_RUNS: Final = "first-runs.json"


def differences(outcomes: Iterable[Outcome]) -> dict[str, dict[str, object]]:
    """Return every outcome that differs from its label, by the id of the case."""
    return {outcome.case.id: outcome.difference for outcome in outcomes if outcome.difference}


def accepted(folder: Path) -> dict[str, dict[str, object]]:
    """Return what was accepted; nothing when there is no file."""
    return _loaded(folder / ACCEPTED)


def accept(folder: Path, outcomes: Iterable[Outcome]) -> None:
    """Accept the outcomes as they are."""
    _write(folder / ACCEPTED, differences(outcomes))


def moved(before: Mapping[str, object], after: Mapping[str, object]) -> list[tuple[str, object, object]]:
    """Return (case, accepted, now) wherever the two differ, in order; None stands for "as labelled"."""
    names = sorted(before.keys() | after.keys())
    return [(name, before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)]


def record(folder: Path, outcomes: Iterable[Outcome], ruleset: str) -> list[str]:
    """Write down the figures of every batch below ``posts/`` that has none yet; return the names of those batches."""
    known = _loaded(folder / FIRST_RUNS)
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        if outcome.case.batch.startswith("posts/"):
            groups.setdefault(outcome.case.batch, []).append(outcome)
    new = [name for name in groups if name not in known]
    for name in new:
        score = Score.of(groups[name])
        known[name] = {
            "risky": score.caught.total,
            "caught": score.caught.hits,
            "in_category": score.in_category.hits,
            "at_severity": score.at_severity.hits,
            "benign": score.false.total,
            "false": score.false.hits,
            "ruleset": ruleset,
        }
    _write(folder / FIRST_RUNS, known)
    return new


def first_runs(folder: Path) -> dict[str, dict[str, Any]]:
    """Return the first figures of every recorded batch; one that was open while rules were written has none (null)."""
    return {name: row for name, row in _loaded(folder / FIRST_RUNS).items() if row is not None}


def _loaded(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    value: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return value


def _write(path: Path, value: Mapping[str, object]) -> None:
    rows = ",\n".join(
        f"  {json.dumps(key, ensure_ascii=False)}: {json.dumps(value[key], ensure_ascii=False)}"
        for key in sorted(value)
    )
    path.write_text(f"{{\n{rows}\n}}\n" if rows else "{}\n", "utf-8")
