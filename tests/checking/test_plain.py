"""Reports and notes as JSON and back: exactly the same values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flamecheck.checking.plain import dump_notes, dump_report, load_notes, load_report
from flamecheck.finding import Adjustment, Cue, Dismissed, Finding
from flamecheck.grading import Confidence, Severity
from flamecheck.outcome import RuleNote
from flamecheck.report import PackUsed, Report, Screened
from flamecheck.spans import Span

TEXT = st.text(st.characters(), max_size=8)  # 片割れのサロゲートも含む
TEXTS = st.lists(TEXT, max_size=2).map(tuple)
SPAN = st.tuples(st.integers(0, 9), st.integers(0, 9)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))
STEPS = st.integers(-4, 4)
FINDING = st.builds(
    Finding,
    TEXT, TEXT, TEXT, st.sampled_from(Severity), st.sampled_from(Confidence), SPAN, TEXT, TEXT, TEXT, TEXT, TEXTS, TEXTS,
    st.lists(st.builds(Adjustment, TEXT, STEPS, TEXT), max_size=2).map(tuple),
    st.lists(st.builds(Cue, TEXT, st.none() | SPAN, STEPS, TEXT), max_size=2).map(tuple),
)  # fmt: skip
REPORT = st.builds(
    Report,
    st.lists(FINDING, max_size=3).map(tuple),
    st.lists(st.builds(Dismissed, FINDING, TEXT, TEXT), max_size=2).map(tuple),
    st.builds(
        Screened, TEXT, TEXT, TEXTS, TEXTS, st.lists(st.builds(PackUsed, TEXT, TEXT, TEXT), max_size=2).map(tuple)
    ),
    TEXT,
)
NOTE = st.builds(
    RuleNote,
    TEXT, TEXT, TEXT, TEXT, st.sampled_from(Severity), st.sampled_from(Confidence), TEXT, TEXT, TEXT, TEXT, TEXTS,
    st.lists(st.tuples(TEXT, TEXT), max_size=2).map(tuple),
)  # fmt: skip


@given(REPORT)
def test_a_report_comes_back_as_it_was(report: Report) -> None:
    text = dump_report(report)
    assert text.isascii()
    back = load_report(text)
    assert back == report
    assert [type(finding.span) for finding in back.findings] == [Span] * len(report.findings)


@given(st.lists(NOTE, max_size=3, unique_by=lambda note: note.id))
def test_notes_come_back_as_they_were(notes: list[RuleNote]) -> None:
    known = {note.id: note for note in notes}
    assert load_notes(dump_notes(known)) == known


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", '{"findings": [{}]}', "not json"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        load_report(text)
