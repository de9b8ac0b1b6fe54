"""What leaves the process, version 1, copied field by field: internals may change any day, this may not.

``docs/wire-format.md`` is the contract, ``flamecheck.wireschema`` its JSON Schema.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final

from flamecheck.codes import catalog
from flamecheck.document import Document
from flamecheck.errors import Diagnostic, InputError
from flamecheck.finding import Cue, Dismissed, Finding, Suppressed
from flamecheck.report import Report
from flamecheck.spans import Lines, Span

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
    document: Document | None = None,
) -> dict[str, Any]:
    """Return one result row; keys stand in the order of the contract."""
    severity = report.severity
    place = None if document is None else Places(document)
    return {
        "v": VERSION,
        "id": id,
        "tier": tier,
        "severity": None if severity is None else severity.label,
        "score": report.score,
        "scores": report.scores,
        "owners": list(owners),
        "because": list(because),
        "findings": [_finding(finding, place) for finding in report.findings],
        "dismissed": [_dismissed(item, place) for item in report.dismissed],
        "suppressed": [_suppressed(item, place) for item in report.suppressed],
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


def diagnostic_row(problem: Diagnostic) -> dict[str, Any]:
    """Return one diagnostic as plain values; lines and columns count from 1, columns in code points, the end excluded."""
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


@lru_cache(maxsize=1)
def _lines(text: str) -> Lines:
    """Return the lines of a source; posts of one source come one after another."""
    return Lines(text)


class Places:
    """Leads findings of one document to the text it was made from."""

    def __init__(self, document: Document) -> None:
        """Index the lines of the source."""
        self._document: Final = document
        self._lines: Final = _lines(document.origin.text)

    def span(self, span: Span) -> Span:
        """Return the range of the source that a range of the visible text stands for."""
        return self._document.locate(span)

    def location(self, span: Span) -> dict[str, Any]:
        """Return lines and columns from 1, in code points; the end is just after the last one."""
        line, column = self._lines.locate(span.start)
        end_line, end_column = self._lines.locate(span.end)
        path = self._document.origin.name
        return {"path": path, "line": line, "column": column, "end_line": end_line, "end_column": end_column}


def _finding(finding: Finding, places: Places | None) -> dict[str, Any]:
    span = finding.span if places is None else places.span(finding.span)
    located = {} if places is None else {"location": places.location(span)}
    return {
        "rule_id": finding.rule_id,
        "category": finding.category,
        "group": finding.group,
        "severity": finding.severity.label,
        "confidence": finding.confidence.label,
        "start": span.start,
        "end": span.end,
        "matched": finding.matched,
        "message": finding.message,
        "affected": finding.affected,
        "rewrite": finding.rewrite,
        "references": list(finding.references),
        "via": list(finding.via),
        "adjustments": [{"by": a.by, "effect": a.effect, "why": a.why} for a in finding.adjustments],
        "cues": [_cue(cue, places) for cue in finding.cues],
        **located,
    }


def _cue(cue: Cue, places: Places | None) -> dict[str, Any]:
    span = cue.span if cue.span is None or places is None else places.span(cue.span)
    start, end = (None, None) if span is None else span
    return {"id": cue.id, "start": start, "end": end, "weight": cue.weight, "why": cue.why}


def _dismissed(item: Dismissed, places: Places | None) -> dict[str, Any]:
    return {**_finding(item.finding, places), "dismissed_by": item.by, "why": item.why}


def _suppressed(item: Suppressed, places: Places | None) -> dict[str, Any]:
    until = None if item.until is None else item.until.isoformat()
    return {
        **_finding(item.finding, places),
        "suppressed_by": item.by,
        "where": item.where,
        "why": item.why,
        "until": until,
    }


def dump(row: dict[str, Any], *, indent: int | None = None) -> str:
    r"""Return ``row`` as JSON; a lone surrogate leaves as ``\udXXX``, never as an exception."""
    separators = (",", ":") if indent is None else None
    text = json.dumps(row, ensure_ascii=False, indent=indent, separators=separators)
    return _SURROGATE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def dump_sound(value: dict[str, Any], *, indent: int | None = None) -> str:
    """Return ``value`` as JSON for programs that refuse a lone surrogate: it leaves as U+FFFD."""
    return _SURROGATE.sub("\ufffd", json.dumps(value, ensure_ascii=False, indent=indent))
