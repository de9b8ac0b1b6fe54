"""JUnit XML, read by a library that dashboards use."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from junitparser import Error, Failure, JUnitXml, Skipped
from syrupy.assertion import SnapshotAssertion
from telling import APOLOGY, PHONE, SECRETS, broken, clean, found, hostile, run_of, screened, several, spot, whole

from flamecheck.document import plain
from flamecheck.grading import Severity
from flamecheck.outcome import Outcome
from flamecheck.outputs.junit import render
from flamecheck.shown import Options

OPTIONS = Options()


def read(text: str) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314 - written a line before


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_whole_report(lang: str, snapshot: SnapshotAssertion) -> None:
    assert render(whole(), Options(lang=lang)) == snapshot


def test_a_suite_a_file_and_numbers_that_add_up() -> None:
    report = JUnitXml.fromstring(render(whole(), OPTIONS).encode())
    suites = {suite.name: suite for suite in report}
    assert list(suites) == ["投稿 a[1].md", "ok.txt", "posts.yml", "bad.txt"]
    counted = {name: (s.tests, s.failures, s.errors, s.skipped) for name, s in suites.items()}
    assert counted == {
        "投稿 a[1].md": (5, 2, 0, 1),
        "ok.txt": (1, 0, 0, 0),
        "posts.yml": (2, 1, 0, 0),
        "bad.txt": (1, 0, 1, 0),
    }
    assert (report.tests, report.failures, report.errors, report.skipped) == (9, 3, 1, 1)
    for suite in suites.values():
        kinds = [type(result) for case in suite for result in case.result]
        assert (kinds.count(Failure), kinds.count(Error), kinds.count(Skipped)) == counted[suite.name][1:]


def test_names_hold_the_place_in_code_points() -> None:
    names = [case.get("name") for case in read(render(whole(), OPTIONS)).iter("testcase")]
    for needle, rule in ((APOLOGY, "tone/apology"), (PHONE, "leak/phone")):
        place = spot(needle)
        assert f"{rule} 投稿 a[1].md:{place.line}:{place.points[0]}" in names
    assert len(set(names)) == len(names)


def test_only_what_fails_the_run_is_a_failure() -> None:
    top = read(render(whole(), OPTIONS))
    failed = [case.get("classname") for case in top.iter("testcase") if case.find("failure") is not None]
    assert failed == ["tone/apology", "leak/phone", "topic/gender"]
    skipped = [case.find("skipped") for case in top.iter("testcase") if case.find("skipped") is not None]
    assert [element.get("message") for element in skipped if element is not None] == ["引用です"]


@pytest.mark.parametrize("sign", ["\0", "\x1b", "\ud800", "\ufffe", "\x0b", "]]>", "<b>", "&amp;", '"'])
def test_any_text_is_well_formed(sign: str) -> None:
    text = f"女{sign}のくせに"
    post = screened(plain(text, name=f"a{sign}.md"), found(text, text, "topic/gender", Severity.HIGH))
    top = read(render(run_of(Outcome(f"a{sign}.md", text, (post,))), OPTIONS))
    failure = top.find(".//failure")
    assert failure is not None
    shown = sign if sign in ("]]>", "<b>", "&amp;", '"') else "\ufffd"
    assert f"女{shown}のくせに" in (failure.text or "")
    assert f"女{shown}のくせに" in failure.get("message", "")


def test_no_secret_is_told() -> None:
    assert not any(secret in render(run_of(hostile(), clean(), several(), broken()), OPTIONS) for secret in SECRETS)
