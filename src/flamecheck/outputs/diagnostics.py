"""Diagnostics for people and for editors: ``text`` with the line and a caret, ``concise`` a line each, ``json``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from flamecheck.display import visible
from flamecheck.errors import Diagnostic
from flamecheck.wire import diagnostic_row

FORMATS: Final = ("text", "concise", "json")


def render(problems: Sequence[Diagnostic], form: str) -> str:
    """Return all problems in one of FORMATS; empty when there are none and the form is for people."""
    if form == "json":
        rows = {"v": 1, "diagnostics": [diagnostic_row(problem) for problem in problems]}
        return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"
    if form == "concise":
        return "".join(f"{_concise(problem)}\n" for problem in problems)
    return "".join(f"{problem.render()}\n\n" for problem in problems)


def _concise(problem: Diagnostic) -> str:
    first = problem.suggestion.split("\n", maxsplit=1)[0]
    hint = f"（{first}）" if first else ""
    return visible(f"{problem.place}: {problem.level}[{problem.code}]: {problem.message}{hint}")
