"""Kept reports: the same as fresh ones, asked by everything they depend on, and never a reason to fail."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from flamecheck.checking.cache import DAYS, Cache
from flamecheck.checking.desk import note_of
from flamecheck.context import Context
from flamecheck.document import Document, Region, plain
from flamecheck.report import Report, Screened
from flamecheck.screener import Screener
from flamecheck.spans import Span

TODAY = date(2026, 11, 24)
DRAFT = "不快に思われた方がいらっしゃいましたら、おわび申し上げます。山田一郎様（090-3812-4417）にはお電話しました。"


class Made:
    """Makes reports, and counts them."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> Report:
        self.count += 1
        return Report((), (), Screened("p", "d"), f"r{self.count}")


@pytest.fixture
def opened(tmp_path: Path) -> Callable[..., Cache]:
    def open_(made_from: str = "rules 1", *, today: date = TODAY, warn: Callable[[str], object] = pytest.fail) -> Cache:
        return Cache(tmp_path / "kept", made_from, today=today, warn=warn)

    return open_


def test_what_was_screened_before_is_not_screened_again(opened: Callable[..., Cache]) -> None:
    made = Made()
    for _ in range(2):
        with opened() as cache:
            assert cache.report(plain("本日は晴天です"), "", made).ruleset == "r1"
    assert made.count == 1


OTHERS = {
    "text": lambda document: replace(document, body=plain("本日も晴天です").body),
    "context": lambda document: replace(document, context=Context(channel="x")),
    "regions": lambda document: replace(document, regions=(Region("heading", Span(0, 2)),)),
}


@pytest.mark.parametrize("part", OTHERS)
def test_a_report_is_kept_for_one_document(part: str, opened: Callable[..., Cache]) -> None:
    made = Made()
    first = plain("本日は晴天です")
    other: Document = OTHERS[part](first)
    with opened() as cache:
        assert cache.report(first, "", made).ruleset == "r1"
        assert cache.report(other, "", made).ruleset == "r2"


def test_a_report_is_kept_for_one_pack_and_one_selection(opened: Callable[..., Cache]) -> None:
    made = Made()
    document = plain("本日は晴天です")
    for made_from, asked in (("rules 1", ""), ("rules 2", ""), ("rules 1", "tone/")):
        with opened(made_from) as cache:
            cache.report(document, asked, made)
    assert made.count == 3


def test_the_name_of_a_file_does_not_count(opened: Callable[..., Cache]) -> None:
    made = Made()
    with opened() as cache:
        cache.report(plain("本日は晴天です", name="a.md"), "", made)
        cache.report(plain("本日は晴天です", name="b.md"), "", made)
    assert made.count == 1


def test_a_kept_report_and_kept_notes_are_the_fresh_ones(opened: Callable[..., Cache]) -> None:
    screener = Screener.default()
    document = plain(DRAFT)
    fresh = screener.report(document)
    assert len(fresh.findings) >= 2
    notes = {rule.id: note_of(rule) for rule in screener.pack.rules}
    with opened() as cache:
        cache.report(document, "", lambda: fresh)
        cache.notes(lambda: notes)
    with opened() as cache:
        assert cache.report(document, "", pytest.fail) == fresh
        assert cache.notes(pytest.fail) == notes


def test_no_draft_and_no_number_stands_in_the_store(opened: Callable[..., Cache], tmp_path: Path) -> None:
    document = plain(DRAFT)
    with opened() as cache:
        cache.report(document, "", lambda: Screener.default().report(document))
    raw = (tmp_path / "kept" / "reports.sqlite").read_bytes()
    for word in (DRAFT, "お電話しました", "3812"):
        assert word.encode() not in raw
        assert json.dumps(word)[1:-1].encode() not in raw


def test_git_leaves_the_folder_alone(opened: Callable[..., Cache], tmp_path: Path) -> None:
    opened().close()
    assert "*" in (tmp_path / "kept" / ".gitignore").read_text(encoding="utf-8").splitlines()


def test_what_nobody_asked_for_is_thrown_away(opened: Callable[..., Cache]) -> None:
    made = Made()
    with opened() as cache:
        cache.report(plain("古い下書き"), "", made)
        cache.report(plain("使う下書き"), "", made)
    with opened(today=TODAY + timedelta(days=DAYS)) as cache:
        cache.report(plain("使う下書き"), "", made)
    with opened(today=TODAY + timedelta(days=DAYS + 1)) as cache:
        assert cache.report(plain("使う下書き"), "", made).ruleset == "r2"
    with opened(today=TODAY + timedelta(days=DAYS + 1)) as cache:
        assert cache.report(plain("古い下書き"), "", made).ruleset == "r3"


def test_a_broken_store_is_made_anew_with_a_warning(opened: Callable[..., Cache], tmp_path: Path) -> None:
    made = Made()
    with opened() as cache:
        cache.report(plain("本日は晴天です"), "", made)
    (tmp_path / "kept" / "reports.sqlite").write_bytes(b"SQLite format 3\x00" + b"\xff" * 4096)
    said: list[str] = []
    with opened(warn=said.append) as cache:
        assert cache.report(plain("本日は晴天です"), "", made).ruleset == "r2"
    assert len(said) == 1
    assert "壊れているので作り直します" in said[0]
    with opened() as cache:
        assert cache.report(plain("本日は晴天です"), "", made).ruleset == "r2"


def test_an_entry_that_nobody_can_read_is_made_anew(opened: Callable[..., Cache], tmp_path: Path) -> None:
    made = Made()
    with opened() as cache:
        cache.report(plain("本日は晴天です"), "", made)
    base = sqlite3.connect(tmp_path / "kept" / "reports.sqlite")
    base.execute("UPDATE kept SET value = '{}'")
    base.commit()
    base.close()
    said: list[str] = []
    with opened(warn=said.append) as cache:
        assert cache.report(plain("本日は晴天です"), "", made).ruleset == "r2"
    assert len(said) == 1


def test_two_runs_at_once_do_not_wait_for_each_other(opened: Callable[..., Cache]) -> None:
    made = Made()
    with opened() as cache:
        cache.report(plain("前からある下書き"), "", made)
    later = TODAY + timedelta(days=1)
    with opened(today=later) as one, opened(today=later) as other:
        one.report(plain("一つ目の下書き"), "", made)
        one.report(plain("前からある下書き"), "", pytest.fail)
        base = other._base
        assert base is not None
        base.execute("PRAGMA busy_timeout = 0")  # 待つなら、ここで失敗する
        other.report(plain("前からある下書き"), "", pytest.fail)
        other.report(plain("二つ目の下書き"), "", made)
        other.close()
    with opened() as cache:
        cache.report(plain("一つ目の下書き"), "", pytest.fail)
        cache.report(plain("二つ目の下書き"), "", pytest.fail)


def test_a_folder_that_cannot_be_made_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("ファイル", encoding="utf-8")
    said: list[str] = []
    made = Made()
    with Cache(tmp_path / "kept", "rules 1", today=TODAY, warn=said.append) as cache:
        assert cache.report(plain("本日は晴天です"), "", made).ruleset == "r1"
    assert len(said) == 1
    assert "書きとめずに続けます" in said[0]


def test_without_a_folder_nothing_is_kept() -> None:
    made = Made()
    with Cache(None, "rules 1", today=TODAY, warn=pytest.fail) as cache:
        cache.report(plain("本日は晴天です"), "", made)
        cache.report(plain("本日は晴天です"), "", made)
    assert made.count == 2
    cache.close()
