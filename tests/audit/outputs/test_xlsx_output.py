"""The review sheet, as another program reads it."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from auditresults import Kept, facts_of, finding, unread, verdict
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from flamecheck.audit.outputs.xlsx import posts as sheets
from flamecheck.audit.outputs.xlsx import write
from flamecheck.audit.outputs.xlsx.looks import address
from flamecheck.audit.result import Result, RunFacts
from flamecheck.errors import InputError

INSULT = "この😀\r\nバカ。晴れ"


def book(folder: Path, *results: Result, facts: RunFacts | None = None) -> Workbook:
    target = folder / "out"
    write(Kept(results), facts or facts_of(results), str(target))
    target.replace(target.with_suffix(".xlsx"))
    return openpyxl.load_workbook(target.with_suffix(".xlsx"), rich_text=True)


def told(sheet: Worksheet) -> list[dict[str, Any]]:
    names = [str(cell.value) for cell in sheet[1]]
    return [dict(zip(names, row, strict=True)) for row in sheet.iter_rows(min_row=2)]


def flagged(number: int, text: str, words: str, **known: Any) -> Result:
    return verdict(number, text, finding(text, words), **known)


def pieces(cell: Any) -> list[tuple[str, bool]]:
    value = cell.value
    assert isinstance(value, CellRichText)
    return [(part.text, bool(part.font.b)) for part in value if isinstance(part, TextBlock)]


def facts_told(made: Workbook) -> str:
    return "\n".join(" ".join(str(value) for value in row if value is not None) for row in made["集計"].values)


def test_a_flagged_post_has_its_words_marked_a_link_and_room_for_a_decision(tmp_path: Path) -> None:
    made = book(
        tmp_path,
        verdict(1, "晴れ"),
        flagged(2, INSULT, "バカ", posted_at="2019-08-09T12:30:00+09:00", url="https://example.com/投稿?a=1&b=2#x", reach=9),
        unread(3, "090-1234-5678"),
    )  # fmt: skip
    assert made.sheetnames == ["確認", "集計"]
    sheet = made["確認"]
    (row,) = told(sheet)
    assert pieces(row["本文"]) == [("この😀\n", False), ("バカ", True), ("。晴れ", False)]
    assert row["番号"].value == 2
    assert str(row["投稿日時"].value) == "2019-08-09 12:30:00"
    assert row["投稿の URL"].hyperlink.target == "https://example.com/%E6%8A%95%E7%A8%BF?a=1&b=2"
    assert row["段階（決める人）"].value == "社長"
    assert row["段階（決める人）"].fill.fgColor.rgb == "FFF5A9A9"
    assert [row[name].value for name in ("判断（消す・残す・相談）", "確認者", "理由")] == [None, None, None]
    assert sheet.freeze_panes == "D2"
    assert sheet.auto_filter.ref == f"A1:{sheet.cell(2, sheet.max_column).coordinate}"
    (choice,) = sheet.data_validations.dataValidation
    assert (choice.formula1, str(choice.sqref)) == ('"消す,残す,相談"', "J2")
    summary = facts_told(made)
    assert "指摘のある投稿 1 件を" in summary
    assert "指摘のない投稿 1 件はありません" in summary
    assert "読めなかった記録 1 件はありません" in summary
    assert "画像・動画・皮肉・新しい話題は見ていません" in summary
    assert "=1-SUM(" in summary


@pytest.mark.parametrize(
    "text",
    [
        "=1+1バカ", "バカ", "バ", "<r>&バカ</r>", "<r>バカ</r>", "_x0041_バカ_x000D_", "_x_x0041_バカ", " バカ ", "\nバカ\n", "&lt;バカ",
        "]]>バカ", "__x005f_バカ", "死<r>",
    ],
)  # fmt: skip
def test_every_text_comes_back_as_it_was(tmp_path: Path, text: str) -> None:
    words = "バカ" if "バカ" in text else text[:1]
    made = book(tmp_path, verdict(1, text, finding(text, words, rewrite=text, message=text)))
    (row,) = told(made["確認"])
    assert str(row["本文"].value) == text
    assert row["本文"].data_type == "s"
    assert row["本文"].quotePrefix or len(text) == 1
    assert str(row["書き換え"].value) == text
    if isinstance(row["本文"].value, CellRichText):
        assert "".join(part for part, on in pieces(row["本文"]) if on) == words


def test_no_cell_is_a_formula_but_the_counts(tmp_path: Path) -> None:
    text = '=HYPERLINK("http://example.com")'
    post = verdict(
        1, text, finding(text, text, rule_id="=1+1", message=text), url=text, account=text, channel=text, posted_at=text
    )
    made = book(tmp_path, post)
    assert not [cell for row in made["確認"].iter_rows() for cell in row if cell.data_type == "f"]
    assert len([cell for row in made["集計"].iter_rows() for cell in row if cell.data_type == "f"]) == 4
    assert not [cell for row in made["確認"].iter_rows() for cell in row if cell.hyperlink]


def test_the_post_to_read_first_stands_first_and_equal_ones_in_the_order_of_the_run(tmp_path: Path) -> None:
    light = verdict(1, "バカ", finding("バカ", "バカ", severity="low"))
    same = [flagged(number, "バカ", "バカ") for number in (2, 3)]
    grave = verdict(4, "バカ", finding("バカ", "バカ", severity="critical"))
    made = book(tmp_path, light, *same, grave)
    assert [row["番号"].value for row in told(made["確認"])] == [4, 2, 3, 1]


def test_a_full_sheet_is_followed_by_another_and_links_end_where_excel_ends_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "ROWS", 3)
    monkeypatch.setattr(sheets, "LINKS", 2)
    results = [flagged(number, "バカ", "バカ", url=f"https://example.com/{number}") for number in range(1, 6)]
    made = book(tmp_path, *results)
    assert made.sheetnames == ["確認", "集計", "確認 2"]
    rows = told(made["確認"]) + told(made["確認 2"])
    assert [row["番号"].value for row in rows] == [1, 2, 3, 4, 5]
    assert [bool(row["投稿の URL"].hyperlink) for row in rows] == [True, True, False, True, True]
    assert rows[2]["投稿の URL"].value == "https://example.com/3"
    summary = facts_told(made)
    assert "「確認」3 件、「確認 2」2 件" in summary
    assert "投稿の URL 1 件は、リンクにできない" in summary
    assert "'確認 2'!$J$2:$J$3" in summary


def test_a_post_too_long_for_a_cell_shows_its_words_and_is_counted(tmp_path: Path) -> None:
    text = "😀" * 40_000 + "バカ" + "あ" * 40_000
    made = book(tmp_path, flagged(1, text, "バカ"))
    (row,) = told(made["確認"])
    assert ("バカ", True) in pieces(row["本文"])
    assert "長くて入りきらない本文 1 件" in facts_told(made)


def test_a_run_that_found_nothing_opens_at_its_facts(tmp_path: Path) -> None:
    results = [verdict(1, "晴れ")]
    made = book(tmp_path, *results, facts=facts_of(results, whole=False, sampled="1000 件（種 7）"))
    assert made.active is not None
    assert made.active.title == "集計"
    summary = facts_told(made)
    assert "途中で止まった見直しです" in summary
    assert "一部の投稿だけを見ました: 1000 件（種 7）" in summary


def test_the_same_results_give_the_same_bytes_and_no_part_of_the_file_names_a_machine(tmp_path: Path) -> None:
    results = [flagged(1, INSULT, "バカ", url="https://example.com")]
    for name in ("a", "b"):
        write(Kept(results), facts_of(results), str(tmp_path / name))
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    with ZipFile(tmp_path / "a") as file:
        assert file.testzip() is None
        assert not [name for name in file.namelist() if re.search(str(tmp_path).encode(), file.read(name))]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://example.com/1", "https://example.com/1"),
        ("HTTP://example.com", "HTTP://example.com"),
        ('https://example.com/a b"<', "https://example.com/a%20b%22%3C"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("internal:Sheet1!A1", None),
        ("//example.com", None),
        ("https://", None),
        ("https://[::1", None),
        ("", None),
        ("https://example.com/" + "a" * 2_060, None),
        ("https://example.com/" + "あ" * 300, None),
    ],
)
def test_only_addresses_of_the_web_that_excel_can_hold_are_links(url: str, linked: str | None) -> None:
    assert address(url) == linked


def test_what_cannot_be_written_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="ファイルがありません") as caught:
        write(Kept([]), facts_of([]), str(tmp_path / "none" / "out"))
    assert caught.value.code == "unwritable"


def test_what_is_known_of_a_post_may_be_anything(tmp_path: Path) -> None:
    odd = "\ud800\x00\uffff_x0041_"
    made = book(
        tmp_path,
        flagged(1, "バカ", "バカ", url=f"https://example.com/{odd}", account=odd, thread=odd, reach=10**400, posted_at="1899-12-31", channel=odd),
        flagged(2, "バカ", "バカ", url=odd, posted_at="0001-01-01T00:00:00+09:00", reach=0),
        facts=facts_of([], archives=(odd, *"abc" * 40), sampled=odd),
    )  # fmt: skip
    first, second = told(made["確認"])
    shown = "\ufffd␀\ufffd_x0041_"
    assert str(first["アカウント"].value) == shown
    assert first["投稿の URL"].value == f"https://example.com/{shown}"
    assert first["届いた数"].value == str(10**400)
    assert first["投稿日時"].value == "1899-12-31"
    assert second["届いた数"].value == 0
    assert "ほかのファイル 71" in facts_told(made)


def test_results_that_break_off_leave_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def __iter__(self) -> Iterator[Result]:
            yield flagged(1, "バカ", "バカ")
            raise KeyboardInterrupt

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    with pytest.raises(KeyboardInterrupt):
        write(Broken(), facts_of([]), str(tmp_path / "out"))
    assert not list((tmp_path / "temporary").iterdir())
