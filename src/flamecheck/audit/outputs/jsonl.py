"""The batch contract: one row a record, in order, errors in their places, with what is known of the post."""

from __future__ import annotations

from typing import Any

from flamecheck.audit.masks import without_leaks
from flamecheck.audit.result import Result, Results, RunFacts
from flamecheck.audit.storing import storing
from flamecheck.wire import dump


def write(results: Results, facts: RunFacts, target: str) -> None:  # noqa: ARG001 - every output is called alike
    """Write every row; nothing is left out but the text.  Raises InputError (code ``unwritable``)."""
    with storing(target) as file:
        for result in results:
            file.write(dump(row_of(result)).encode() + b"\n")


def row_of(result: Result) -> dict[str, Any]:
    """Return the row of a result with its ``post``; columns beside the post, and errors, are starred."""
    row, post = without_leaks(result).row, result.post
    row["post"] = {
        "archive": post.archive,
        "number": post.number,
        "place": post.place,
        "posted_at": post.posted_at or None,
        "channel": post.channel or None,
        "account": post.account or None,
        "reach": post.reach,
        "url": post.url or None,
        "thread": post.thread or None,
        "kind": post.kind,
        "same_as": post.same_as,
    }
    return row
