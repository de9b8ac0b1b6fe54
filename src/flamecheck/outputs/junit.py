"""JUnit XML: a suite a file, a case a finding; only what fails the run is a failure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree as ET

from flamecheck.messages import Words
from flamecheck.outcome import Outcome, Run
from flamecheck.shown import Level, Options, Remark, remarks
from flamecheck.spans import Lines

_ILLEGAL: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, not even as a reference."""


def render(run: Run, options: Options) -> str:
    """Return the whole report; characters that XML cannot hold become U+FFFD."""
    told = Words(options.lang)
    top = ET.Element("testsuites", name="flamecheck")
    for outcome in run.outcomes:
        cases = list(_cases(outcome, run, told))
        suite = ET.SubElement(top, "testsuite", name=_sound(outcome.name))
        suite.extend(cases)
        _count(suite, cases)
    _count(top, list(top.iter("testcase")))
    ET.indent(top)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(top, encoding="unicode") + "\n"


def _count(element: ET.Element, cases: list[ET.Element]) -> None:
    element.set("tests", str(len(cases)))
    for key, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        element.set(key, str(sum(case.find(tag) is not None for case in cases)))


def _cases(outcome: Outcome, run: Run, told: Words) -> Iterator[ET.Element]:
    if outcome.error is not None:
        case = _case(outcome.name, outcome.name, outcome.error.line or 1, outcome.error.code)
        _told(case, "error", outcome.error.message, outcome.error.code)
        yield case
        return
    places = Lines(outcome.text)
    for item in remarks(outcome, run.policy):
        line, column = places.locate(item.span.start)
        case = _case(outcome.name, f"{item.finding.rule_id} {outcome.name}:{line}:{column}", line, item.finding.rule_id)
        _fill(case, item, told)
        yield case
    for problem in outcome.diagnostics:
        case = _case(outcome.name, f"{problem.code} {problem.place}", problem.place.line, problem.code)
        if problem.level == "error":
            _told(case, "failure", problem.message, problem.code)
        else:
            ET.SubElement(case, "system-out").text = _sound(problem.message)
        yield case
    for post in outcome.posts:
        if not post.verdict.report.findings and not post.verdict.report.suppressed:
            yield _case(outcome.name, str(post.document.id), 1, "flamecheck")


def _case(file: str, name: str, line: int, kind: str) -> ET.Element:
    return ET.Element("testcase", classname=_sound(kind), name=_sound(name), file=_sound(file), line=str(line))


def _fill(case: ET.Element, item: Remark, told: Words) -> None:
    finding = item.finding
    severity = told(f"severity.{finding.severity.label}")
    text = "\n".join(
        (
            f"{item.tier.label} [{severity}] {finding.message}",
            told("affected", text=finding.affected),
            told("rewrite", text=finding.rewrite),
        )
    )
    if item.aside is not None:
        ET.SubElement(case, "skipped", message=_sound(item.aside.why))
        ET.SubElement(case, "system-out").text = _sound(text)
    elif item.level is Level.ERROR:
        _told(case, "failure", finding.message, finding.severity.label, text)
    else:
        ET.SubElement(case, "system-out").text = _sound(text)


def _told(case: ET.Element, tag: str, message: str, kind: str, text: str = "") -> None:
    ET.SubElement(case, tag, message=_sound(message), type=_sound(kind)).text = _sound(text or message)


def _sound(text: str) -> str:
    return _ILLEGAL.sub("\ufffd", text)
