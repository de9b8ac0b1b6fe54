"""JSON: one object for all posts, or one line for each, by the schema of the batch contract."""

from __future__ import annotations

import json
from dataclasses import replace

from jsonschema import Draft202012Validator
from syrupy.assertion import SnapshotAssertion
from telling import APOLOGY, PHONE, SECRETS, broken, clean, run_of, spot, whole

from flamecheck.outputs.json import render, render_lines
from flamecheck.shown import Options
from flamecheck.wireschema import json_schema

OPTIONS = Options()


def test_one_object(snapshot: SnapshotAssertion) -> None:
    assert render(whole(), OPTIONS) == snapshot
    assert json.loads(render(run_of(), OPTIONS)) == {"v": 1, "results": [], "diagnostics": []}


def test_one_line_each_is_the_same_rows() -> None:
    rows = [json.loads(line) for line in render_lines(whole(), OPTIONS).splitlines()]
    assert rows == json.loads(render(whole(), OPTIONS))["results"]
    assert [row["id"] for row in rows] == ["投稿 a[1].md", "ok.txt", "posts.0", "posts.1", "bad.txt"]
    for row in rows:
        Draft202012Validator(json_schema()).validate(row)


def test_places_count_code_points() -> None:
    findings = json.loads(render(whole(), OPTIONS))["results"][0]["findings"]
    for needle, finding in zip((APOLOGY, PHONE), findings[:2], strict=True):
        place, told = spot(needle), finding["location"]
        assert (told["line"], told["column"], told["end_line"], told["end_column"]) == (
            place.line, place.points[0], place.line, place.points[1],
        )  # fmt: skip


def test_what_was_set_aside_comes_with_its_reason() -> None:
    aside = json.loads(render(whole(), OPTIONS))["results"][0]["suppressed"]
    assert [(row["rule_id"], row["why"]) for row in aside] == [("topic/gender", "引用です")]


def test_a_lone_surrogate_leaves_as_an_escape() -> None:
    named = replace(clean(), error=broken().error, name="\ud800.txt", posts=())
    assert r'"id":"\ud800.txt"' in render_lines(run_of(named), OPTIONS)


def test_no_secret_is_told() -> None:
    assert not any(secret in render(whole(), OPTIONS) for secret in SECRETS)
