"""What leaves the process: key order, lone surrogates, and a schema that says the same."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from flamecheck.document import Document, Source
from flamecheck.errors import InputError
from flamecheck.finding import Adjustment, Cue, Dismissed, Finding, Suppressed
from flamecheck.grading import Confidence, Severity
from flamecheck.report import Report, Screened
from flamecheck.spans import MapBuilder, Span
from flamecheck.wire import dump, error_row, verdict_row
from flamecheck.wireschema import json_schema

FOUND = Finding(
    "timing/day", "sensitive-date", "timing", Severity.HIGH, Confidence.HIGH, Span(0, 3), "長崎の", "m", "a", "r",
    ("https://example.jp",), ("width",), (Adjustment("crisis", 1, "災害の直後"), Adjustment("news", -2, "報道")),
    (Cue("laugh", Span(1, 2), 2, "笑いを添えている"), Cue("gifted", None, 1, "提供を受けた投稿")),
)  # fmt: skip
REPORT = Report(
    (FOUND,),
    (Dismissed(FOUND, "negation", "打ち消し"),),
    Screened("p", "d"),
    suppressed=(
        Suppressed(FOUND, "directive", "a.md:3", "引用です", date(2027, 3, 31)),
        Suppressed(FOUND, "baseline", "flamecheck-baseline.jsonl", "前からの指摘です"),
    ),
)
FINDING_KEYS = [
    "rule_id", "category", "group", "severity", "confidence", "start", "end", "matched", "message", "affected",
    "rewrite", "references", "via", "adjustments", "cues",
]  # fmt: skip


def row() -> dict[str, object]:
    because = [{"clause": "timing × high → 広報", "findings": [0]}]
    return verdict_row(id="a1", tier="koho", because=because, owners=["広報"], report=REPORT, extra={"z": 1, "a": 2})


def test_keys_stand_in_the_order_of_the_contract() -> None:
    made = json.loads(dump(row()))
    assert list(made) == [
        "v", "id", "tier", "severity", "score", "scores", "owners", "because", "findings", "dismissed", "suppressed",
        "screened", "extra",
    ]  # fmt: skip
    assert list(made["findings"][0]) == FINDING_KEYS
    assert list(made["dismissed"][0]) == [*FINDING_KEYS, "dismissed_by", "why"]
    assert list(made["suppressed"][0]) == [*FINDING_KEYS, "suppressed_by", "where", "why", "until"]
    assert [item["until"] for item in made["suppressed"]] == ["2027-03-31", None]
    assert list(made["screened"])[:3] == ["pack", "dictionary", "unchecked"]
    assert list(made["extra"]) == ["z", "a"]
    assert [a["effect"] for a in made["findings"][0]["adjustments"]] == ["raise 1", "lower 2"]


def test_the_example_of_the_contract_scores_as_documented() -> None:
    assert (row()["score"], row()["scores"]) == (62, {"timing": 62})


def test_both_rows_follow_the_schema() -> None:
    validator = Draft202012Validator(json_schema())
    validator.validate(row())
    validator.validate(error_row(17, InputError("json", "JSON として読めません", line=17)))
    assert not validator.is_valid({**row(), "more": 1})
    assert not validator.is_valid({**row(), "score": 101})


def test_with_the_document_a_row_counts_the_source_and_says_where() -> None:
    builder = MapBuilder()
    builder.replace(4, "")
    builder.copy("長崎")
    builder.replace(2, "")
    builder.copy("の")
    document = Document("a.md", Source("a.md", "# \n\n長崎**の"), builder.build())
    report = replace(REPORT, findings=(replace(FOUND, cues=(Cue("a", Span(2, 3), 1, "理由"),)),))
    made = verdict_row(id="a", tier="koho", because=[], owners=[], report=report, extra={}, document=document)
    Draft202012Validator(json_schema()).validate(made)
    found = made["findings"][0]
    assert (found["start"], found["end"], found["cues"][0]["start"]) == (4, 9, 8)
    assert found["location"] == {"path": "a.md", "line": 3, "column": 1, "end_line": 3, "end_column": 6}
    assert list(found) == [*FINDING_KEYS, "location"]
    assert made["dismissed"][0]["location"] == found["location"]
    assert made["suppressed"][0]["location"] == found["location"]


def test_an_error_row() -> None:
    made = error_row("a", InputError("text-missing", "text がありません", line=3))
    assert made == {"v": 1, "id": "a", "error": {"code": "text-missing", "message": "text がありません", "line": 3}}


@pytest.mark.parametrize("lone", ["\ud800", "a\udc80b", "\ude00\ud83d"])
def test_a_lone_surrogate_leaves_as_an_escape(lone: str) -> None:
    text = dump({"text": lone, lone: 1})
    text.encode("utf-8")
    assert json.loads(text) == {"text": lone, lone: 1}


def test_japanese_stays_readable_on_one_line() -> None:
    assert dump({"a": "広報\n\u2028"}) == '{"a":"広報\\n\u2028"}'
    assert "\n" in dump({"a": 1}, indent=2)


@given(
    st.dictionaries(st.text(st.characters(exclude_categories=[])), st.text(st.characters(exclude_categories=["Cs"])))
)
def test_what_is_dumped_is_read_back(values: dict[str, str]) -> None:
    # 並んだ二つの半端な文字は、JSON では一つの文字になる。鍵だけはそれを除いて比べる。
    values = {key: value for key, value in values.items() if key.encode("utf-16", "surrogatepass").decode("utf-16", "replace") == key}  # fmt: skip
    text = dump(values)
    assert text.encode("utf-8")
    assert "\n" not in text
    assert json.loads(text) == values
