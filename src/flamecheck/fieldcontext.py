"""The context of a post from the fields of its own file: front matter, a row of a queue, the head of a page.

``posted_at`` and our other names are taken at their word, and a value outside its list is an error.  Other tools write
``post_type`` and ``channel`` as well (``post_type: page``): there only a value that looks like a misspelt one of ours is an
error, and any other is unknown.  The names of a date (``date``, ``published_at`` …) are written in many ways, so what is
no moment there is unknown, too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Final

from flamecheck.context import CLOSED, EMPTY, Context
from flamecheck.errors import InputError, meant

OURS: Final = ("post_type", "channel", "industry", "account", "paid", "crisis")
PLANNED: Final = ("scheduled_at", "publish_at")
"""Dates at which a program will publish the post; they make it a scheduled one."""
DATES: Final = ("published_at", "date")
KEYS: Final = frozenset(("posted_at", *OURS, *PLANNED, *DATES))
"""The fields that speak of the circumstances of a post."""
_MOMENT: Final = re.compile(
    r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ]+(\d{1,2}:\d{2}(?::\d{2})?)(?:\.\d+)?[ ]*(Z|[+-]\d{2}:?\d{2})?)?\Z"
)
_SHARED: Final = frozenset(("post_type", "channel"))
"""Names of ours that other tools give to fields of their own."""
_NUMBERS: Final = frozenset(("reach", "voice"))


def context_of(fields: Mapping[str, Any], line_of: Callable[[str], int], *, where: str = "") -> Context:
    """Return the context that the fields of one post give; values are strings, or what TOML and JSON make of them.

    ``context`` may hold a mapping of any keys of a context, as a row of ``audit`` does.  Raises InputError with the
    line ``line_of(key)`` gives: codes ``context-key``, ``context-value``, ``context-type``.
    """
    values = {key: fields[key] for key in OURS if fields.get(key) is not None and not _foreign(key, fields[key])}
    if fields.get("posted_at") is not None:
        values["posted_at"] = moment(fields["posted_at"]) or fields["posted_at"]
    else:
        given = ((key, moment(fields.get(key))) for key in (*PLANNED, *DATES))
        key, at = next((pair for pair in given if pair[1]), ("", None))
        values |= {"posted_at": at} | ({"scheduled": True} if key in PLANNED else {})
    known = EMPTY
    for key, value in values.items():
        known = known.over(_told(key, {key: _typed(key, value)}, line_of, where))
    own = fields.get("context")
    if isinstance(own, Mapping):
        typed = {key: _typed(key, value) for key, value in own.items()}
        if typed.get("posted_at") is not None:
            typed["posted_at"] = moment(typed["posted_at"]) or typed["posted_at"]
        known = _told("context", typed, line_of, where).over(known)
    return known


def _foreign(key: str, value: Any) -> bool:
    """Return whether another tool means something of its own by this value of a field."""
    return key in _SHARED and value not in CLOSED[key] and not (isinstance(value, str) and meant(value, CLOSED[key]))


def _told(key: str, values: Mapping[str, Any], line_of: Callable[[str], int], where: str) -> Context:
    try:
        return Context.of(values)
    except InputError as error:
        line = line_of(key)
        place = f"{where}（{line} 行目）" if where else f"{line} 行目"
        raise InputError(error.code, f"{place}: {error.message}", line=line) from None


def _typed(key: str, value: Any) -> Any:
    """Return a value of YAML, where every scalar is a string, in the type its key asks for."""
    if value in ("true", "false") and key in ("paid", "scheduled"):
        return value == "true"
    if key in _NUMBERS and isinstance(value, str) and re.fullmatch(r"[0-9]{1,15}", value):
        return int(value)
    return value


def moment(value: object) -> str | None:
    """Return a time or date of YAML, TOML or a page as ISO 8601, or None when it is neither."""
    if isinstance(value, date):
        return value.isoformat()
    match = _MOMENT.match(value) if isinstance(value, str) else None
    if match is None:
        return None
    year, month, day, clock, zone = match.groups()
    written = f"{year}-{int(month):02}-{int(day):02}"
    try:
        if clock is None:
            return date.fromisoformat(written).isoformat()
        hour, rest = clock.split(":", 1)
        return datetime.fromisoformat(f"{written}T{hour:0>2}:{rest}{zone or ''}").isoformat()
    except ValueError:
        return None
