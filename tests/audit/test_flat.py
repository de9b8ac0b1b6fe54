"""A result as one line for people."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from auditresults import facts_of, finding, unread, verdict

from flamecheck.audit.flat import UNREAD, line_of, moment
from flamecheck.spans import Span

TEXT = "軽い話、重い話、重い話の続き"


def test_the_gravest_and_surest_finding_speaks_and_the_others_are_named_once() -> None:
    result = verdict(
        1,
        TEXT,
        finding(TEXT, "軽い話", severity="low", rule_id="leak/phone", category="personal-data"),
        finding(TEXT, "重い話", confidence="low", message="自信のない指摘"),
        finding(TEXT, "続き", message="自信のある指摘"),
    )
    line = line_of(result, facts_of([result]))
    assert (line.words, line.message, line.severity, line.decides) == ("続き", "自信のある指摘", "重", "社長")
    assert line.rules == ("人へのののしり", "電話番号")
    assert line.rule_ids == ("tone/insult", "leak/phone")
    assert line.categories == ("ののしり", "personal-data")
    assert line.spans == (Span(12, 14), Span(4, 7), Span(0, 3))


def test_a_clean_post_and_a_record_in_error() -> None:
    clean = line_of(verdict(1, "晴れ"), facts_of([]))
    assert (clean.decides, clean.severity, clean.message, clean.spans) == ("現場・作者", "", "", ())
    bad = line_of(unread(2, "「090-1234-5678」は時刻ではありません", "context-value"), facts_of([]))
    assert (bad.decides, bad.message) == (UNREAD, "「090-****-5678」は時刻ではありません（context-value）")


@pytest.mark.parametrize(
    ("told", "known"),
    [
        ("2019-08-09", date(2019, 8, 9)),
        ("2019-08-09T12:30:00+09:00", datetime(2019, 8, 9, 12, 30)),  # noqa: DTZ001 - a cell has no zone
        ("", None),
        ("きのう", None),
        ("2019-13-40", None),
    ],
)
def test_a_moment_is_what_it_was_told_as(told: str, known: object) -> None:
    assert moment(told) == known
