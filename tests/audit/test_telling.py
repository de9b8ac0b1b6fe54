"""What is told of a run."""

from __future__ import annotations

from pathlib import Path

from packs import pack

from flamecheck.audit.telling import facts_of
from flamecheck.audit.work import Counts
from flamecheck.rules.categories import CATEGORIES
from flamecheck.screener import Screener

RULE = (
    "id: timing/own\ncategory: sensitive-date\ntitle: 見本\nseverity: low\nmessage: 見本です。\naffected: 読む人\n"
    "rewrite: 書き直す\nmatch: 売り出し\nrequires: {date: [opening, 05-07..11-15]}\n"
)
CALENDAR = "id: own\ntitle: 自社の日\ndays:\n  - {id: opening, date: 05-20, title: 開店の日, source: 社史}\n"


def test_the_days_are_those_a_calendar_names(tmp_path: Path) -> None:
    files = {"calendars/own.yml": CALENDAR, "timing/own.yml": RULE}
    screener = Screener(packs=[pack(tmp_path, files)], shipped=False)
    facts = facts_of(screener, Counts(), archives=[], whole=True, sampled="", made_on="2026-11-25", version="1")
    assert [(day.id, day.title) for day in facts.days] == [("opening", "開店の日")]


def test_names_of_categories_accuse_nobody() -> None:
    assert not [title for title in CATEGORIES.values() if "違法" in title or "安全" in title]
