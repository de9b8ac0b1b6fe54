"""A verdict row as another version may have written it: what a comparison needs of it, whatever is missing or odd."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

EXPECTED: Final = ("tier", "severity", "findings", "dismissed", "suppressed", "screened", "extra")
"""The keys of a verdict row without which a comparison knows less."""


@dataclass(slots=True, frozen=True)
class Said:
    """One finding of a row; ``start`` and ``end`` are -1 where the row does not say them."""

    rule: str
    start: int
    end: int
    matched: str
    severity: str
    confidence: str
    by: str = ""
    why: str = ""
    shifts: tuple[tuple[str, str, str], ...] = ()
    """The adjustments: who, which way, why."""

    def meets(self, other: Said) -> bool:
        """Return whether both are of one rule and share a code point of the text."""
        if self.rule != other.rule:
            return False
        return (self.start, self.end) == (other.start, other.end) or (self.start < other.end and other.start < self.end)


@dataclass(slots=True, frozen=True)
class VerdictRow:
    """One row, of a verdict or (with ``error``) of a record that could not be read; "" for what it does not say.

    ``text`` and ``context`` are None unless the row carries the post itself; ``missing`` are the keys of EXPECTED it
    lacks.
    """

    id: str | int
    error: str = ""
    tier: str = ""
    severity: str = ""
    because: tuple[str, ...] = ()
    findings: tuple[Said, ...] = ()
    dismissed: tuple[Said, ...] = ()
    suppressed: tuple[Said, ...] = ()
    pack: str = ""
    packs: tuple[tuple[str, str, str], ...] = ()
    dictionary: str = ""
    unchecked: tuple[str, ...] = ()
    extra: str = ""
    text: str | None = None
    posted_at: str = ""
    context: str | None = None
    missing: tuple[str, ...] = field(default=(), compare=False)


def read(row: object) -> VerdictRow | None:
    """Return what ``row`` says; None when it is no row of the batch contract (no object, or without an id)."""
    if not isinstance(row, Mapping):
        return None
    post_id = row.get("id")
    if isinstance(post_id, bool) or not isinstance(post_id, str | int):
        return None
    if isinstance(row.get("error"), Mapping):
        return VerdictRow(post_id, error=_text(row["error"].get("code")) or "error")
    screened, post = _mapping(row.get("screened")), _mapping(row.get("post"))
    text = row.get("text", post.get("text"))
    context = {key: post[key] or "" for key in ("posted_at", "channel", "account") if key in post}
    return VerdictRow(
        post_id,
        tier=_text(row.get("tier")),
        severity=_text(row.get("severity")),
        because=tuple(_text(clause.get("clause")) for clause in _objects(row.get("because"))),
        findings=_said(row.get("findings"), ""),
        dismissed=_said(row.get("dismissed"), "dismissed_by"),
        suppressed=_said(row.get("suppressed"), "suppressed_by"),
        pack=_text(screened.get("pack")),
        packs=tuple(
            (_text(used.get("id")), _text(used.get("version")), _text(used.get("fingerprint")))
            for used in _objects(screened.get("packs"))
        ),
        dictionary=_text(screened.get("dictionary")),
        unchecked=tuple(sorted(_text(part) for part in _list(screened.get("unchecked")))),
        extra=json.dumps(_mapping(row.get("extra")), sort_keys=True, default=str),
        text=text if isinstance(text, str) else None,
        posted_at=_text(post.get("posted_at")),
        context=json.dumps(context, sort_keys=True, default=str) if context else None,
        missing=tuple(key for key in EXPECTED if key not in row),
    )


def _said(found: object, by: str) -> tuple[Said, ...]:
    return tuple(
        Said(
            _text(item.get("rule_id")),
            _number(item.get("start")),
            _number(item.get("end")),
            _text(item.get("matched")),
            _text(item.get("severity")),
            _text(item.get("confidence")),
            _text(item.get(by)),
            _text(item.get("why")),
            tuple(
                (_text(shift.get("by")), _text(shift.get("effect")), _text(shift.get("why")))
                for shift in _objects(item.get("adjustments"))
            ),
        )
        for item in _objects(found)
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _number(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else -1


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list | tuple) else []  # type: ignore[return-value]


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _objects(value: object) -> list[Mapping[str, Any]]:
    return [item for item in _list(value) if isinstance(item, Mapping)]
