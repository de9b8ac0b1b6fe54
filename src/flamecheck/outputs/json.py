"""Rows of the batch contract as one JSON object, or one line each; a row a post, and one for each file in error."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flamecheck.outcome import Run
from flamecheck.shown import Options
from flamecheck.wire import VERSION, diagnostic_row, dump, error_row


def render(run: Run, _: Options) -> str:
    """Return all rows as one object, ``{"v": 1, "results": […], "diagnostics": […]}``, in order."""
    problems = [diagnostic_row(problem) for outcome in run.outcomes for problem in outcome.diagnostics]
    return dump({"v": VERSION, "results": list(_rows(run)), "diagnostics": problems}, indent=2) + "\n"


def render_lines(run: Run, _: Options) -> str:
    """Return each row as one line of JSON Lines."""
    return "".join(f"{dump(row)}\n" for row in _rows(run))


def _rows(run: Run) -> Iterator[dict[str, Any]]:
    for outcome in run.outcomes:
        if outcome.error is not None:
            yield error_row(outcome.name, outcome.error)
        for post in outcome.posts:
            yield post.verdict.to_wire(post.document)
