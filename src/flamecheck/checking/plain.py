"""Reports and notes on rules as plain JSON and back, exactly; for what this machine keeps, never for other programs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from flamecheck.finding import Adjustment, Cue, Dismissed, Finding
from flamecheck.grading import Confidence, Severity
from flamecheck.outcome import RuleNote
from flamecheck.report import PackUsed, Report, Screened
from flamecheck.spans import Span


def dump_report(report: Report) -> str:
    """Return a report, as the engine made it, as one line of ASCII."""
    return json.dumps(asdict(report), separators=(",", ":"))


def load_report(text: str) -> Report:
    """Return the report; raises ValueError, KeyError or TypeError for anything :func:`dump_report` did not write."""
    data = json.loads(text)
    screened = data["screened"]
    return Report(
        tuple(_finding(item) for item in data["findings"]),
        tuple(Dismissed(_finding(item["finding"]), item["by"], item["why"]) for item in data["dismissed"]),
        Screened(
            screened["pack"],
            screened["dictionary"],
            tuple(screened["unchecked"]),
            tuple(screened["notes"]),
            tuple(PackUsed(**used) for used in screened["packs"]),
        ),
        data["ruleset"],
    )


def dump_notes(notes: Mapping[str, RuleNote]) -> str:
    """Return what is known of the rules as one line of ASCII."""
    return json.dumps([asdict(note) for note in notes.values()], separators=(",", ":"))


def load_notes(text: str) -> dict[str, RuleNote]:
    """Return what is known of the rules, by id; raises like :func:`load_report`."""
    notes = [
        RuleNote(
            **{
                **item,
                "severity": Severity(item["severity"]),
                "confidence": Confidence(item["confidence"]),
                "references": tuple(item["references"]),
                "fix": tuple((key, new) for key, new in item["fix"]),
            }
        )
        for item in json.loads(text)
    ]
    return {note.id: note for note in notes}


def _finding(data: dict[str, Any]) -> Finding:
    return Finding(
        **{
            **data,
            "severity": Severity(data["severity"]),
            "confidence": Confidence(data["confidence"]),
            "span": Span(*data["span"]),
            "references": tuple(data["references"]),
            "via": tuple(data["via"]),
            "adjustments": tuple(Adjustment(**item) for item in data["adjustments"]),
            "cues": tuple(Cue(**{**item, "span": item["span"] and Span(*item["span"])}) for item in data["cues"]),
        }
    )
