"""Results without leaks in what no rule has looked at."""

from __future__ import annotations

from dataclasses import replace

from flamecheck.audit.result import Result
from flamecheck.masks import starred, starred_value

__all__ = ["starred", "starred_value", "without_leaks"]


def without_leaks(result: Result) -> Result:
    """Return the result with what stands in its row unscreened, ``extra`` and the message of an error, starred."""
    row = dict(result.row)
    if row.get("extra"):
        row["extra"] = starred_value(row["extra"])
    if result.failed:
        row["error"] = {**row["error"], "message": starred(row["error"]["message"])}
    return replace(result, row=row)
