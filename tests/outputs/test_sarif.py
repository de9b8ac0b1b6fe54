"""SARIF: valid by the schema of OASIS, read by sarif-tools, with places, ranks, reasons and fingerprints that hold."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator
from sarif import loader
from syrupy.assertion import SnapshotAssertion
from telling import (
    APOLOGY,
    PHONE,
    REWRITABLE,
    SECRETS,
    SOURCE,
    clean,
    found,
    hostile,
    rewritten,
    run_of,
    screened,
    spot,
    whole,
)

from flamecheck.document import plain
from flamecheck.finding import Suppressed
from flamecheck.grading import Severity
from flamecheck.outcome import Outcome, Run
from flamecheck.outputs.sarif import render
from flamecheck.shown import Options

OPTIONS = Options()
SCHEMA = json.loads((Path(__file__).parents[1] / "data" / "sarif-schema-2.1.0.json").read_text("utf-8"))


def told(run: Run, options: Options = OPTIONS) -> dict[str, Any]:
    """Return the one run of the log, valid by the schema."""
    log = json.loads(render(run, options))
    Draft4Validator(SCHEMA).validate(log)
    made: dict[str, Any] = log["runs"][0]
    return made


def prints(run: Run) -> list[str]:
    return [next(iter(result["partialFingerprints"].values())) for result in told(run)["results"]]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_whole_log(lang: str, snapshot: SnapshotAssertion) -> None:
    assert render(whole(), Options(lang=lang)) == snapshot


def test_an_empty_run_is_valid_too() -> None:
    made = told(run_of())
    assert (made["results"], made["tool"]["driver"]["rules"], made["artifacts"]) == ([], [], [])
    assert made["invocations"][0]["executionSuccessful"]


def test_columns_count_code_points_and_the_snippet_is_what_stands_there() -> None:
    made = told(whole())
    assert made["columnKind"] == "unicodeCodePoints"
    results = {result["ruleId"]: result for result in made["results"][:2]}
    for needle, rule, snippet in (
        (APOLOGY, "tone/apology", APOLOGY),
        (PHONE, "leak/phone", "&#48;90-****-1234"),
    ):
        place, physical = spot(needle), results[rule]["locations"][0]["physicalLocation"]
        assert physical["region"] == {
            "startLine": place.line,
            "startColumn": place.points[0],
            "endLine": place.line,
            "endColumn": place.points[1],
            "snippet": {"text": snippet},
        }
        line = SOURCE.split("\r\n")[place.line - 1].replace("5678", "****")
        assert physical["contextRegion"]["snippet"]["text"] == line


def test_every_result_leads_to_its_rule_and_file() -> None:
    made = told(whole())
    rules, artifacts = made["tool"]["driver"]["rules"], made["artifacts"]
    assert len(made["results"]) == 5
    for result in made["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        place = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert artifacts[place["index"]]["location"]["uri"] == place["uri"]
        assert result["kind"] == "review"
    assert made["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"] == {
        "uri": "%E6%8A%95%E7%A8%BF%20a%5B1%5D.md",
        "uriBaseId": "SRCROOT",
        "index": 0,
    }
    assert [rule["id"] for rule in rules] == ["leak/phone", "tone/apology", "topic/gender"]
    phone = rules[0]
    assert phone["shortDescription"]["text"] == "見本 leak/phone"
    assert phone["fullDescription"]["text"] == "「…」は気になります。"
    assert phone["helpUri"] == "https://example.jp/leak/phone"
    assert phone["properties"]["problem.severity"] == "error"
    assert told(whole(), Options(pages="https://x.example"))["tool"]["driver"]["rules"][0]["helpUri"] == (
        "https://x.example/leak/phone.md"
    )


def test_levels_and_ranks() -> None:
    made = told(whole())["results"]
    assert [(result["ruleId"], result["level"], result["rank"]) for result in made] == [
        ("tone/apology", "error", 49.6),
        ("leak/phone", "error", 72.0),
        ("topic/gender", "warning", 49.6),
        ("topic/gender", "note", 4.0),
        ("topic/gender", "error", 28.0),
    ]


def test_what_was_set_aside_stays_with_its_reason() -> None:
    made = told(whole())["results"]
    assert [len(result["suppressions"]) for result in made] == [0, 0, 1, 0, 0]
    assert made[2]["suppressions"] == [
        {
            "kind": "inSource",
            "status": "accepted",
            "justification": "引用です",
            "properties": {"by": "directive", "where": "投稿 a[1].md:5", "until": "2027-03-31"},
        }
    ]


@pytest.mark.parametrize("by", ["baseline", "allow", "unchanged"])
def test_what_another_file_says_is_external(by: str) -> None:
    item = Suppressed(found("女のくせに", "女のくせに", "topic/gender", Severity.HIGH), by, "", "前からある")
    run = run_of(Outcome("a.md", "女のくせに", (screened(plain("女のくせに", name="a.md"), aside=(item,)),)))
    assert told(run)["results"][0]["suppressions"][0]["kind"] == "external"


def test_errors_and_diagnostics_are_notifications() -> None:
    invocation = told(whole())["invocations"][0]
    assert not invocation["executionSuccessful"]
    failed, advice = invocation["toolExecutionNotifications"], invocation["toolConfigurationNotifications"]
    assert [(item["level"], item["descriptor"]["id"]) for item in failed] == [("error", "encoding")]
    assert [(item["level"], item["descriptor"]["id"]) for item in advice] == [("warning", "FC402")]
    assert failed[0]["locations"][0]["physicalLocation"]["region"] == {"startLine": 2}
    assert told(run_of(clean()))["invocations"][0]["executionSuccessful"]


def test_a_fingerprint_outlives_moved_lines_and_not_a_changed_sentence() -> None:
    before = prints(run_of(hostile()))
    assert prints(run_of(hostile(source="前書き。\r\n\r\n" + SOURCE))) == before
    changed = prints(run_of(hostile(source=SOURCE.replace("お詫びします", "おわびします"))))
    assert changed[0] != before[0]
    assert changed[2:] == before[2:]
    assert prints(run_of(hostile("b.md"))) != before
    assert len(set(before)) == len(before)


def test_the_same_sentence_twice_is_two_fingerprints() -> None:
    text = "女のくせに。\n女のくせに。"
    twice = [found(text, "女のくせに", "topic/gender", Severity.HIGH, nth=number) for number in range(2)]
    first, second = prints(run_of(Outcome("a.md", text, (screened(plain(text, name="a.md"), *twice),))))
    assert first.removesuffix(":1") == second.removesuffix(":2")


def test_a_fingerprint_tells_nothing_of_a_secret() -> None:
    text = ["電話は090-5678-1234です", "電話は090-9999-1234です"]
    made = []
    for one in text:
        leak = found(one, one[3:16], "leak/phone", Severity.CRITICAL, shown="090-****-1234")
        made.append(prints(run_of(Outcome("a.md", one, (screened(plain(one, name="a.md"), leak),)))))
    assert made[0] == made[1]


def test_sarif_tools_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "made.sarif"
    path.write_text(render(whole(), OPTIONS), "utf-8")
    read = loader.load_sarif_file(str(path))
    assert read.get_distinct_tool_names() == ["flamecheck"]
    records = [(record["Code"], record["Severity"], record["Line"]) for record in read.get_records()]
    assert records == [
        ("tone/apology", "error", 3),
        ("leak/phone", "error", 3),
        ("topic/gender", "warning", 5),
        ("topic/gender", "note", 6),
        ("topic/gender", "error", 1),
    ]


@pytest.mark.parametrize("name", ["/絶対/場所.md", "<stdin>", "a:b.md", "\udcff.md", "a#b?c%20.md"])
def test_any_name_is_an_address(name: str) -> None:
    post = screened(plain("女のくせに", name=name), found("女のくせに", "女のくせに", "topic/gender", Severity.HIGH))
    place = told(run_of(Outcome(name, "女のくせに", (post,))))["artifacts"][0]["location"]
    assert all(char.isascii() and char not in " <>?#" for char in place["uri"])
    assert ("uriBaseId" in place) != name.startswith("/")
    assert ":" not in place["uri"].removeprefix("file:")


def test_no_secret_is_told_and_a_surrogate_is_replaced() -> None:
    assert not any(secret in render(whole(), OPTIONS) for secret in SECRETS)
    text = "\ud800女のくせに"
    finding = replace(found(text, text, "topic/gender", Severity.HIGH), affected="\udfff")
    made = told(run_of(Outcome("a.md", text, (screened(plain(text, name="a.md"), finding),))))
    assert "「\ufffd女のくせに」" in made["results"][0]["message"]["text"]


def test_a_long_line_is_not_told_whole() -> None:
    text = "あ" * 500 + "女のくせに"
    post = screened(plain(text, name="a.md"), found(text, "女のくせに", "topic/gender", Severity.HIGH))
    assert (
        "contextRegion"
        not in told(run_of(Outcome("a.md", text, (post,))))["results"][0]["locations"][0]["physicalLocation"]
    )


def test_a_rewrite_without_a_change_of_meaning_is_a_fix() -> None:
    made = told(rewritten())["results"]
    (change,) = made[0]["fixes"][0]["artifactChanges"]
    place = spot("父兄", REWRITABLE)
    assert change["replacements"] == [
        {
            "deletedRegion": {
                "startLine": place.line, "startColumn": place.points[0], "endLine": place.line, "endColumn": place.points[1],
            },
            "insertedContent": {"text": "保護者"},
        }
    ]  # fmt: skip
    assert "fixes" not in made[1]
