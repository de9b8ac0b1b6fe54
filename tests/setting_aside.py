"""What the tests of suppression share: drafts with HTML comments, findings at drawn spans, known rules."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from datetime import date
from typing import Final, NamedTuple

from flamecheck.document import Comment, Document, Source
from flamecheck.errors import Diagnostic, Place
from flamecheck.finding import Finding
from flamecheck.grading import Confidence, Severity
from flamecheck.report import Report, Screened
from flamecheck.rules.provenance import Retired
from flamecheck.spans import MapBuilder, Span
from flamecheck.suppression.apply import Changed, Controls, Words, set_aside
from flamecheck.suppression.baseline import Baseline
from flamecheck.suppression.known import Known, Rest

TODAY: Final = date(2026, 11, 24)
OLD: Final = Retired("tone/old-name", ("tone/sorry",), "名前を変えた", Place("retired.yml", 1, 1))
GONE: Final = Retired("tone/gone", (), "要らなくなった", Place("retired.yml", 2, 1))
RETIRED: Final = {"tone/old-name": OLD, "tone/gone": GONE}


class Ruled(NamedTuple):
    """A rule, as far as it has to be known."""

    id: str
    category: str
    status: str = "test"


RULES: Final = (
    Ruled("tone/sorry", "non-apology"),
    Ruled("tone/if-any", "non-apology"),
    Ruled("topic/insult", "insult-violence"),
    Ruled("leak/key", "draft-misfire"),
)
CATEGORIES: Final = {rule.id: rule.category for rule in RULES}


def known_of(rules: Iterable[Ruled] = RULES, left_out: Container[str] = ()) -> Known:
    """Return what is known of rules of which some did not run."""
    return Known(rules, lambda: Rest(RETIRED, left_out))


KNOWN: Final = known_of()
_COMMENT: Final = re.compile(r"<!--(.*?)-->", re.DOTALL)
_MARK: Final = re.compile(r"⟦(?:([a-z/-]+):)?|⟧")


def draft(marked: str, name: str = "post.md", severity: Severity = Severity.MEDIUM) -> tuple[Document, Report]:
    """Return a draft whose findings stand in ⟦ ⟧ (``⟦topic/insult:ばか⟧``, ``tone/sorry`` unless one is named)."""
    opened: list[tuple[int, str]] = []
    found: list[tuple[Span, str]] = []
    text, at = "", 0
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        at = mark.end()
        if mark[0] == "⟧":
            start, rule = opened.pop()
            found.append((Span(start, len(text)), rule))
        else:
            opened.append((len(text), mark[1] or "tone/sorry"))
    text += marked[at:]
    builder = MapBuilder()
    comments: list[Comment] = []
    visible = 0
    shown: list[int] = []
    for match in _COMMENT.finditer(text):
        builder.copy(text[visible : match.start()])
        shown += range(visible, match.start())
        builder.replace(match.end() - match.start(), "")
        visible = match.end()
        after = re.search(r"\S(?:(?!\n\s*\n|<!--).)*", text[visible:], re.DOTALL)
        block = Span(visible + after.start(), visible + after.end()) if after else None
        inner = MapBuilder()
        inner.replace(match.start(1), "")
        inner.copy(match[1])
        comments.append(Comment(match[1], Span(*match.span()), block, inner.build().alignment))
    builder.copy(text[visible:])
    shown += range(visible, len(text))
    to_visible = {old: new for new, old in enumerate(shown)}
    document = Document(name, Source(name, text), builder.build(), comments=tuple(comments))
    findings = tuple(
        finding(rule, Span(to_visible[span.start], to_visible[span.end - 1] + 1), document.text, severity)
        for span, rule in sorted(found)
    )
    return document, report_of(*findings)


def finding(rule: str, span: Span, text: str, severity: Severity = Severity.MEDIUM) -> Finding:
    """Return a finding of a rule of KNOWN, starred when it leaks."""
    matched = text[span.start : span.end]
    group = rule.split("/", maxsplit=1)[0]
    return Finding(
        rule_id=rule,
        category=CATEGORIES[rule],
        group=group,
        severity=severity,
        confidence=Confidence.HIGH,
        span=span,
        matched="*" * len(matched) if group == "leak" else matched,
        message="見直しませんか",
        affected="読む人",
        rewrite="書き直す",
    )


def report_of(*findings: Finding) -> Report:
    """Return a report with these findings."""
    return Report(findings, (), Screened("pack", "dictionary"))


def controls(
    *,
    known: Known = KNOWN,
    today: date = TODAY,
    fixed: frozenset[tuple[str, Severity]] = frozenset(),
    baseline: Baseline | None = None,
) -> Controls:
    """Return what holds for a run."""
    return Controls(lambda: known, today, fixed, baseline)


def aside(
    marked: str,
    *,
    allow: tuple[Words, ...] = (),
    changed: Changed | None = None,
    by: Controls | None = None,
    name: str = "post.md",
    severity: Severity = Severity.MEDIUM,
) -> tuple[Report, tuple[Diagnostic, ...]]:
    """Return the report of a drawn draft after setting aside, and the diagnostics."""
    post = draft(marked, name, severity)
    reports, said = set_aside([post], by or controls(), name=name, allow=allow, changed=changed)
    return reports[0], said


def left(report: Report) -> list[str]:
    """Return the words of the findings that are left."""
    return [found.matched for found in report.findings]


def codes(said: tuple[Diagnostic, ...]) -> list[str]:
    """Return the codes."""
    return [diagnostic.code for diagnostic in said]
