"""The format of reviewdog: columns in UTF-8 bytes, by a schema written after its definition."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from syrupy.assertion import SnapshotAssertion
from telling import APOLOGY, PHONE, REWRITABLE, SECRETS, clean, found, rewritten, run_of, screened, spot, whole

from flamecheck.document import plain
from flamecheck.grading import Severity
from flamecheck.outcome import Outcome
from flamecheck.outputs.rdjson import render
from flamecheck.shown import Options

OPTIONS = Options()


def closed(required: tuple[str, ...] = (), **properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}


TEXT: dict[str, Any] = {"type": "string", "minLength": 1}
NUMBER = {"type": "integer", "minimum": 1}
URL = {"type": "string", "pattern": "^https?://"}
POSITION = closed(("line",), line=NUMBER, column=NUMBER)
RANGE = closed(("start",), start=POSITION, end=POSITION)
SEVERITY = {"enum": ["UNKNOWN_SEVERITY", "ERROR", "WARNING", "INFO"]}
DIAGNOSTIC = closed(
    ("message", "location"),
    message=TEXT,
    location=closed(("path",), path=TEXT, range=RANGE),
    severity=SEVERITY,
    source=closed(("name",), name=TEXT, url=URL),
    code=closed(value=TEXT, url=URL),
    suggestions={"type": "array", "items": closed(("range", "text"), range=RANGE, text={"type": "string"})},
    original_output={"type": "string"},
)
RESULT = closed(
    diagnostics={"type": "array", "items": DIAGNOSTIC}, source=closed(("name",), name=TEXT, url=URL), severity=SEVERITY
)


def diagnostics(text: str) -> list[dict[str, Any]]:
    read = json.loads(text)
    Draft202012Validator(RESULT).validate(read)
    listed: list[dict[str, Any]] = read["diagnostics"]
    return listed


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_whole_object(lang: str, snapshot: SnapshotAssertion) -> None:
    assert render(whole(), Options(lang=lang)) == snapshot


def test_columns_count_bytes() -> None:
    told = {row["code"]["value"]: row for row in diagnostics(render(whole(), OPTIONS))}
    for needle, rule in ((APOLOGY, "tone/apology"), (PHONE, "leak/phone")):
        place = spot(needle)
        start, end = place.utf8
        assert told[rule]["location"] == {
            "path": "投稿 a[1].md",
            "range": {"start": {"line": place.line, "column": start}, "end": {"line": place.line, "column": end}},
        }


def test_severities_and_what_is_left_out() -> None:
    listed = [(row["severity"], row["code"]["value"]) for row in diagnostics(render(whole(), OPTIONS))]
    assert listed == [
        ("WARNING", "FC402"),
        ("ERROR", "tone/apology"),
        ("ERROR", "leak/phone"),
        ("INFO", "topic/gender"),
        ("ERROR", "topic/gender"),
        ("ERROR", "encoding"),
    ]
    assert diagnostics(render(run_of(clean()), OPTIONS)) == []


def test_the_page_of_a_rule_is_linked() -> None:
    told = diagnostics(render(whole(), Options(pages="https://example.com/{id}.html")))
    assert told[1]["code"] == {"value": "tone/apology", "url": "https://example.com/tone/apology.html"}


def test_lines_are_those_of_git_and_surrogates_are_replaced() -> None:
    text = "一\r二\n\ud800女のくせに"
    post = screened(plain(text, name="a.md"), found(text, "\ud800女のくせに", "topic/gender", Severity.HIGH))
    row = diagnostics(render(run_of(Outcome("a.md", text, (post,))), OPTIONS))[0]
    assert row["location"]["range"]["start"] == {"line": 2, "column": 1}
    assert row["location"]["range"]["end"] == {"line": 2, "column": 1 + len("\ufffd女のくせに".encode())}
    assert "「\ufffd女のくせに」" in row["message"]


def test_no_secret_is_told() -> None:
    assert not any(secret in render(whole(), OPTIONS) for secret in SECRETS)


def test_a_rewrite_without_a_change_of_meaning_is_a_suggestion() -> None:
    made = diagnostics(render(rewritten(), OPTIONS))
    place = spot("父兄", REWRITABLE)
    start, end = place.utf8
    assert made[0]["suggestions"] == [
        {
            "range": {"start": {"line": place.line, "column": start}, "end": {"line": place.line, "column": end}},
            "text": "保護者",
        }
    ]
    assert "suggestions" not in made[1]
