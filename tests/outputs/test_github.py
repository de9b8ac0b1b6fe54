"""Workflow commands, read back the way the runner reads them."""

from __future__ import annotations

import re

import pytest
from syrupy.assertion import SnapshotAssertion
from telling import APOLOGY, PHONE, SECRETS, found, hostile, run_of, screened, spot, whole

from flamecheck.document import plain
from flamecheck.grading import Severity
from flamecheck.outcome import Outcome
from flamecheck.outputs.github import render
from flamecheck.shown import Options

OPTIONS = Options()


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Return kind, properties and message of each line, unescaped as the runner does."""
    read = []
    for line in text.splitlines():
        match = re.fullmatch(r"::(\w+) (.*?)::(.*)", line)
        assert match, line
        pairs = dict(pair.split("=", 1) for pair in match[2].split(","))
        clean = {key: unescaped(value, {"%3A": ":", "%2C": ","}) for key, value in pairs.items()}
        read.append((match[1], clean, unescaped(match[3], {})))
    return read


def unescaped(text: str, more: dict[str, str]) -> str:
    for written, meant in {**more, "%0D": "\r", "%0A": "\n", "%25": "%"}.items():
        text = text.replace(written, meant)
    return text


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_command(lang: str, snapshot: SnapshotAssertion) -> None:
    assert render(whole(), Options(lang=lang)) == snapshot


def test_columns_count_utf16_code_units() -> None:
    told = {properties["title"].split(" ")[0]: properties for _, properties, _ in commands(render(whole(), OPTIONS))}
    for needle, rule in ((APOLOGY, "tone/apology"), (PHONE, "leak/phone")):
        place, properties = spot(needle), told[rule]
        assert properties["file"] == "投稿 a[1].md"
        assert (properties["line"], properties["endLine"]) == (str(place.line), str(place.line))
        assert (properties["col"], properties["endColumn"]) == tuple(map(str, place.utf16))


def test_the_kind_says_whether_the_run_fails() -> None:
    kinds = [(kind, properties["title"].split(" ")[0]) for kind, properties, _ in commands(render(whole(), OPTIONS))]
    assert kinds == [
        ("warning", "FC402"),
        ("error", "tone/apology"),
        ("error", "leak/phone"),
        ("notice", "topic/gender"),
        ("error", "topic/gender"),
        ("error", "encoding"),
    ]


@pytest.mark.parametrize("sign", ["%", "\r\n", ",", ":", "%0A", "::error::", "\ud800"])
def test_nothing_in_a_name_or_a_message_is_a_command(sign: str) -> None:
    text = f"女{sign}のくせに"
    post = screened(plain(text, name=f"a{sign}.md"), found(text, text, "topic/gender", Severity.HIGH))
    read = commands(render(run_of(Outcome(f"a{sign}.md", text, (post,))), OPTIONS))
    assert len(read) == 1
    whole_sign = sign.replace("\ud800", "\ufffd")
    assert read[0][1]["file"] == f"a{whole_sign}.md"
    assert read[0][2].isprintable() or "\n" in read[0][2]
    shown = sign.replace("\ud800", "\\ud800").replace("\r", "\\r")
    assert f"女{shown}のくせに" in read[0][2]


def test_a_finding_over_two_lines_has_no_columns_for_the_runner_refuses_them() -> None:
    text = "女の\nくせに"
    post = screened(plain(text, name="a.md"), found(text, text, "topic/gender", Severity.HIGH))
    _, properties, _ = commands(render(run_of(Outcome("a.md", text, (post,))), OPTIONS))[0]
    assert (properties["line"], properties["endLine"]) == ("1", "2")
    assert "col" not in properties
    assert "endColumn" not in properties


def test_lines_are_those_of_git() -> None:
    text = "一\r二\n女のくせに"
    post = screened(plain(text, name="a.md"), found(text, "女のくせに", "topic/gender", Severity.HIGH))
    assert commands(render(run_of(Outcome("a.md", text, (post,))), OPTIONS))[0][1]["line"] == "2"


def test_the_rest_is_counted_and_no_secret_told() -> None:
    read = commands(render(run_of(hostile()), Options(max_per_file=1)))
    assert [properties["title"].split(" ")[0] for _, properties, _ in read] == ["FC402", "leak/phone", "flamecheck"]
    assert read[-1][2] == "ほか 2 件"
    assert not any(secret in render(whole(), OPTIONS) for secret in SECRETS)
