"""What leaves the process, version 1, copied field by field: internals may change any day, this may not.

``docs/wire-format.md`` is the contract, ``flamecheck.wireschema`` its JSON Schema.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any, Final

from flamecheck.errors import InputError
from flamecheck.finding import Cue, Dismissed, Finding
from flamecheck.report import Report

VERSION: Final = 1
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def verdict_row(
    *,
    id: str | int,
    tier: str,
    because: Iterable[dict[str, Any]],
    owners: Iterable[str],
    report: Report,
    extra: dict[str, Any],
) -> dict[str, Any]:
    """Return one result row; keys stand in the order of the contract."""
    severity = report.severity
    return {
        "v": VERSION,
        "id": id,
        "tier": tier,
        "severity": None if severity is None else severity.label,
        "score": report.score,
        "scores": report.scores,
        "owners": list(owners),
        "because": list(because),
        "findings": [_finding(finding) for finding in report.findings],
        "dismissed": [_dismissed(item) for item in report.dismissed],
        "screened": {
            "pack": report.screened.pack,
            "dictionary": report.screened.dictionary,
            "unchecked": list(report.screened.unchecked),
            "notes": list(report.screened.notes),
            "packs": [
                {"id": used.id, "version": used.version, "fingerprint": used.fingerprint}
                for used in report.screened.packs
            ],
        },
        "extra": extra,
    }


def error_row(id: str | int, error: InputError) -> dict[str, Any]:
    """Return one error row."""
    return {"v": VERSION, "id": id, "error": {"code": error.code, "message": error.message, "line": error.line}}


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule_id": finding.rule_id,
        "category": finding.category,
        "group": finding.group,
        "severity": finding.severity.label,
        "confidence": finding.confidence.label,
        "start": finding.span.start,
        "end": finding.span.end,
        "matched": finding.matched,
        "message": finding.message,
        "affected": finding.affected,
        "rewrite": finding.rewrite,
        "references": list(finding.references),
        "via": list(finding.via),
        "adjustments": [{"by": a.by, "effect": a.effect, "why": a.why} for a in finding.adjustments],
        "cues": [_cue(cue) for cue in finding.cues],
    }


def _cue(cue: Cue) -> dict[str, Any]:
    start, end = (None, None) if cue.span is None else cue.span
    return {"id": cue.id, "start": start, "end": end, "weight": cue.weight, "why": cue.why}


def _dismissed(item: Dismissed) -> dict[str, Any]:
    return {**_finding(item.finding), "dismissed_by": item.by, "why": item.why}


def dump(row: dict[str, Any], *, indent: int | None = None) -> str:
    r"""Return ``row`` as JSON; a lone surrogate leaves as ``\udXXX``, never as an exception."""
    separators = (",", ":") if indent is None else None
    text = json.dumps(row, ensure_ascii=False, indent=indent, separators=separators)
    return _SURROGATE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)
