"""The table for Excel: nothing is taken for a formula, nothing is lost, every record has its line."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

import pytest
from auditresults import RULES, Kept, facts_of, finding, unread, verdict
from syrupy.assertion import SnapshotAssertion

from flamecheck.audit.outputs.csv import COLUMNS, guarded, write
from flamecheck.audit.result import Result

FORMULAS = [
    "=1+1", "=cmd|' /C calc'!A0", '=HYPERLINK("http://example.com","開く")', "+1+1", "-2+3", "@SUM(1)", "\t=1", "\r=1", "\n=1",
    "＝1+1", "＋1", "－1", "＠SUM(1)", '"=1+1"', "'=1", "“=1", " =1", "\u3000=1", "\ufeff=1", "\u200b=1", "\u202e=1", "\xa0=1",
    "''\u200b =1", "=\r\n1", "+81-90-0000-0000", "-5度の朝", "@someone さんへ", "\x0b=1", "\x1f=1",
]  # fmt: skip
VALUES = [
    "1700000000000000001", "0012", "1-2", "3/4", "2020/1/1", "1E5", "１２３", "10%", "(5)", "¥100", "令和5年1月1日", "R5.1.1", "TRUE",
    "May 5", "1月2日",
]  # fmt: skip


@pytest.mark.parametrize("text", FORMULAS + VALUES)
def test_what_a_spreadsheet_would_take_for_something_else_is_a_text(text: str) -> None:
    assert guarded(text).startswith("'")


@pytest.mark.parametrize(
    "text", ["晴れ=良い日", "a+b", "10人で行く", "「=」という記号", "", "5月の予定", "Mayという名", "true story"]
)
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert guarded(text) == text


def table(tmp_path: Path, *results: Result) -> tuple[bytes, list[dict[str, str]]]:
    target = tmp_path / "out"
    write(Kept(results), facts_of(results), str(target))
    raw = target.read_bytes()
    return raw, list(csv.DictReader(StringIO(raw.decode("utf-8-sig"), newline="")))


def test_the_file_is_what_excel_reads(tmp_path: Path, snapshot: SnapshotAssertion) -> None:
    text = '連絡は090-****-5678、この\r\nバカ、と"言う"'
    raw, rows = table(
        tmp_path,
        verdict(
            1, text, finding(text, "090-****-5678", rule_id="leak/phone", severity="medium"), finding(text, "バカ"),
            posted_at="2019-08-09T12:30:00+09:00", channel="x", account="@kaisha", reach=120, url="https://example.com/1",
        ),
        verdict(2, "晴れ", posted_at="2019-08-10", kind="reply", same_as=1),
        unread(3, "「090-1234-5678」は時刻ではありません"),
    )  # fmt: skip
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\r\n") == 4
    assert b"\r" not in raw.replace(b"\r\n", b"")
    assert [row["番号"] for row in rows] == ["1", "2", "3"]
    assert raw.decode("utf-8-sig").replace("\r\n", "\n") == snapshot


def test_no_cell_of_a_hostile_post_begins_a_formula(tmp_path: Path) -> None:
    posts = [
        verdict(
            number, text, finding("x" + text, text, start=0, end=len(text), rule_id="=1+1", message=text, rewrite=text, affected=text),
            url=text, account=text, channel=text, posted_at=text,
        )
        for number, text in enumerate(FORMULAS, start=1)
    ]  # fmt: skip
    _, rows = table(tmp_path, *posts)
    assert len(rows) == len(FORMULAS)
    for row in rows:
        assert not [value for value in row.values() if value and value[0] in "=+-@＝＋－＠\t\r\n"]
        assert row["規則"] == "'" + RULES["=1+1"]


def test_a_huge_post_is_cut_to_what_a_cell_holds(tmp_path: Path) -> None:
    text = "=" + "あ" * 40_000 + "バカ"
    _, rows = table(tmp_path, verdict(1, text, finding(text, "バカ")))
    assert "バカ" in rows[0]["本文"]
    assert all(len(value) <= 32_767 for value in rows[0].values())
    assert "字略" in rows[0]["本文"]


def test_there_is_a_line_for_every_column() -> None:
    assert len({name for name, _ in COLUMNS}) == len(COLUMNS)
