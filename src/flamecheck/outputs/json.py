"""Rows of the batch contract as one JSON object, or one line each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flamecheck.wire import VERSION, dump


def render(rows: Iterable[dict[str, Any]]) -> str:
    """Return all ``rows`` as one object, ``{"v": 1, "results": [...]}``, in order."""
    return dump({"v": VERSION, "results": list(rows)}, indent=2) + "\n"


def render_line(row: dict[str, Any]) -> str:
    """Return one row as one line of JSON Lines."""
    return dump(row) + "\n"
