"""Diagnostics for people and for editors: ``text`` with the line and a caret, ``concise`` a line each, ``json``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from flamecheck.codes import catalog
from flamecheck.display import visible
from flamecheck.errors import Diagnostic

FORMATS: Final = ("text", "concise", "json")


def render(problems: Sequence[Diagnostic], form: str) -> str:
    """Return all problems in one of FORMATS; empty when there are none and the form is for people."""
    if form == "json":
        rows = {"v": 1, "diagnostics": [_row(problem) for problem in problems]}
        return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"
    if form == "concise":
        return "".join(f"{_concise(problem)}\n" for problem in problems)
    return "".join(f"{problem.render()}\n\n" for problem in problems)


def _concise(problem: Diagnostic) -> str:
    first = problem.suggestion.split("\n", maxsplit=1)[0]
    hint = f"（{first}）" if first else ""
    return visible(f"{problem.place}: {problem.level}[{problem.code}]: {problem.message}{hint}")


def _row(problem: Diagnostic) -> dict[str, Any]:
    """Return one problem as plain values; lines and columns count from 1, columns in code points, the end excluded."""
    place, known = problem.place, catalog().get(problem.code)
    return {
        "code": problem.code,
        "level": problem.level,
        "title": known.title if known else "",
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "end_column": place.column + place.length,
        "message": problem.message,
        "help": problem.suggestion,
    }
