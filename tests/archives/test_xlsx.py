"""Workbooks as offices keep them: titles above the headers, merged days, several sheets, links, and broken ones."""

from __future__ import annotations

import contextlib
import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from flamecheck.archives.row import Asked, Row
from flamecheck.archives.workbook import Sheet, scan
from flamecheck.archives.xlsx import open_xlsx
from flamecheck.errors import InputError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "calendar.xlsx"


def saved(path: Path, *sheets: tuple[str, list[list[Any]]]) -> Path:
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for title, table in sheets:
        sheet = book.create_sheet(title)
        for cells in table:
            sheet.append(cells)
    book.save(path)
    return path


def rows(path: Path, sheet: str | None = None, **asked: str) -> list[Row]:
    archive = open_xlsx(path, Asked(columns=asked, sheet=sheet))
    found = list(archive.rows())
    assert [(row.place, row.read) for row in found] == [(row.place, row.read) for row in archive.rows()]
    assert [row.number for row in found] == list(range(1, len(found) + 1))
    assert all(row.read <= archive.size for row in found)
    return found


def texts(found: list[Row]) -> list[str | None]:
    return [row.document.text if row.document else row.error.code if row.error else None for row in found]


def moments(found: list[Row]) -> list[tuple[str, bool]]:
    contexts = [row.document.context for row in found if row.document]
    return [(str(context.posted_at), context.timed) for context in contexts]


def test_days_times_and_numbers_of_excel(path: Path) -> None:
    day = datetime(2024, 3, 5)  # noqa: DTZ001 - Excel の日付には時差がない
    saved(
        path,
        ("投稿", [
            ["日付", "時刻", "本文", "リーチ", "管理番号"],
            [day, time(9, 30), "あ", 1234, 17],
            [day.replace(hour=9), None, "い", 12.0, "A-1"],
            [date(2024, 3, 6), "午前中", "う", "-", None],
            [45358, None, 2024, None, None],
        ]),
    )  # fmt: skip
    found = rows(path)
    assert texts(found) == ["あ", "い", "う", "2024"]
    assert moments(found) == [
        ("2024-03-05 09:30:00+09:00", True),
        ("2024-03-05 09:00:00+09:00", True),
        ("2024-03-06 00:00:00+09:00", False),
        ("2024-03-07 00:00:00+09:00", False),
    ]
    assert [row.document and row.document.context.reach for row in found] == [1234, 12, None, None]
    assert [row.document and row.document.id for row in found][:2] == [17, "A-1"]
    assert found[2].extra == {"時刻": "午前中", "リーチ": "-"}
    assert found[3].place == f"{path.as_posix()}「投稿」5 行目"


def test_a_calendar_with_a_title_and_merged_days(path: Path) -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "4月"
    sheet["A1"] = "コンテンツカレンダー 2024年4月"
    sheet.merge_cells("A1:E1")
    for at, name in enumerate(["公開日", "媒体", "投稿文", "担当", "備考"], start=1):
        sheet.cell(3, at, name)
    sheet.cell(4, 1, datetime(2024, 4, 1)).number_format = "m/d"  # noqa: DTZ001
    sheet.merge_cells("A4:A6")
    for line, (channel, text) in enumerate(
        [("X", "春です"), ("インスタ", "春の写真です"), ("Facebook", None)], start=4
    ):
        sheet.cell(line, 2, channel)
        sheet.cell(line, 3, text)
    sheet.cell(7, 2, "X")
    sheet.cell(7, 3, "一度だけ")
    sheet.merge_cells("C7:C8")
    book.save(path)
    found = rows(path)
    assert texts(found) == ["春です", "春の写真です", None, "一度だけ"]
    assert moments(found)[:2] == [("2024-04-01 00:00:00+09:00", False)] * 2
    assert moments(found)[2] == ("None", True)
    assert [row.document.context.channel for row in found if row.document] == ["x", "instagram", "x"]
    assert any("見出しは 3 行目" in line for line in open_xlsx(path, Asked()).told)


def test_every_visible_sheet_with_posts_is_read_and_the_others_are_told(path: Path) -> None:
    table: list[list[Any]] = [
        ["日付", "本文"],
        [date(2024, 3, 5), "あ"],
        [None, None],
        [date(2024, 3, 6), "い"],
        [None, None],
        [None, ""],
    ]
    saved(path, ("表紙", [["運用マニュアル"]]), ("X", table), ("Instagram", table), ("旧", table))
    from openpyxl import load_workbook

    book = load_workbook(path)
    book["旧"].sheet_state = "hidden"
    book.save(path)
    found = rows(path)
    assert texts(found) == ["あ", None, "い", "あ", None, "い"]
    assert [row.document.context.channel for row in found if row.document] == ["x", "x", "instagram", "instagram"]
    told = open_xlsx(path, Asked()).told
    assert told[-1].endswith("読まないシート: 「表紙」（本文の列がありません）、「旧」（非表示）")
    assert texts(rows(path, sheet="旧")) == ["あ", None, "い"]
    with pytest.raises(InputError, match="あるのは: 「表紙」「X」") as caught:
        rows(path, sheet="Ｘ広告")
    assert caught.value.code == "sheet"
    with pytest.raises(InputError, match="見出し: 「運用マニュアル」") as caught:
        rows(path, sheet="表紙")
    assert caught.value.code == "columns"


def test_a_column_of_text_for_each_channel(path: Path) -> None:
    saved(
        path,
        ("案", [["日付", "X本文", "Instagramキャプション"], [date(2024, 3, 5), "短い", "長い"], [None, None, "だけ"]]),
    )
    found = rows(path)
    assert texts(found) == ["短い", "長い", "だけ"]
    assert [row.document.context.channel for row in found if row.document] == ["x", "instagram", "instagram"]
    assert len({row.document.id for row in found if row.document}) == 3
    assert found[1].place.endswith("「案」2 行目「Instagramキャプション」")
    assert texts(rows(path, text="X本文")) == ["短い"]


def test_links_of_cells_and_of_formulas(path: Path) -> None:
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("投稿")
    sheet.write_row(0, 0, ["本文", "URL", "集計"])
    for line, (text, url) in enumerate(
        [("あ", "https://x.com/a/status/1"), ("い", "https://x.com/a/status/2")], start=1
    ):
        sheet.write(line, 0, text)
        sheet.write_url(line, 1, url, string="リンク")
    sheet.write(3, 0, "う")
    sheet.write_formula(3, 1, '=HYPERLINK("https://x.com/a/status/3","見る")', None, "見る")
    sheet.write_formula(4, 0, '="え"&"お"', None, "えお")
    sheet.write(4, 1, "https://x.com/a/status/4")
    sheet.write_formula(5, 0, "=A99", None, "")
    book.close()
    found = rows(path)
    assert texts(found) == ["あ", "い", "う", "えお", "cells"]
    assert [row.origin.url[-1:] for row in found] == ["1", "2", "3", "4", ""]
    assert found[0].document is not None
    assert found[0].document.context.channel == "x"


def test_values_that_excel_has_not_saved_and_errors_of_formulas(path: Path) -> None:
    saved(path, ("投稿", [["本文", "日付"], ['=A1&"です"', None], ["#REF!", None], ["あ", "#N/A"]]))
    found = rows(path)
    assert texts(found) == ["cells", "cells", "あ"]
    assert "保存されていません" in str(found[0].error)
    assert "#REF!" in str(found[1].error)
    assert found[0].error is not None
    assert found[0].error.line == 2


def test_line_ends_readings_and_formats_inside_a_cell(path: Path) -> None:
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("投稿")
    bold = book.add_format({"bold": True})
    sheet.write(0, 0, "本文")
    sheet.write_rich_string(1, 0, "ここは", bold, "太い", "です")
    sheet.write(2, 0, "一\r\n二")
    sheet.write(3, 0, "_x000D_ という字")
    book.close()
    raw = rezipped(
        path.read_bytes(),
        "xl/sharedStrings.xml",
        lambda part: part.replace(b"</t></si>", '</t><rPh sb="0" eb="1"><t>ヨミ</t></rPh></si>'.encode(), 2),
    )
    path.write_bytes(raw)
    assert texts(rows(path)) == ["ここは太いです", "一\r\n二", "_x000D_ という字"]


@pytest.mark.parametrize("suffix", ["xlsm", "xlsx"])
def test_a_workbook_with_macros_is_read_all_the_same(tmp_path: Path, suffix: str) -> None:
    path = saved(tmp_path / f"a.{suffix}", ("投稿", [["本文"], ["あ"]]))
    usual = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    macros = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    if suffix == "xlsm":
        raw = rezipped(path.read_bytes(), "[Content_Types].xml", lambda part: part.replace(usual, macros))
        assert macros in zipfile.ZipFile(io.BytesIO(raw)).read("[Content_Types].xml")
        path.write_bytes(raw)
    assert texts(rows(path)) == ["あ"]


@pytest.mark.parametrize(
    ("raw", "code", "message"),
    [
        (b"", "archive", "読めません"),
        (b"PK\x03\x04", "archive", "読めません"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600 + "Workbook".encode("utf-16-le"), "archive", "古い形式"),
        (
            bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
            "archive",
            "パスワード",
        ),
    ],
)
def test_what_is_no_workbook(path: Path, raw: bytes, code: str, message: str) -> None:
    path.write_bytes(raw)
    with pytest.raises(InputError, match=message) as caught:
        open_xlsx(path, Asked())
    assert caught.value.code == code


def test_a_part_that_unpacks_to_far_more_than_it_is(path: Path) -> None:
    saved(path, ("投稿", [["本文"], ["あ"]]))
    path.write_bytes(rezipped(path.read_bytes(), "xl/worksheets/sheet1.xml", lambda part: part + b" " * (65 << 20)))
    with pytest.raises(InputError, match="大きすぎます") as caught:
        open_xlsx(path, Asked())
    assert caught.value.code == "too-large"


def test_a_dimension_that_is_wrong_hides_nothing(path: Path) -> None:
    saved(path, ("投稿", [["日付", "本文"], ["", "あ"], ["", "い"]]))
    path.write_bytes(
        rezipped(path.read_bytes(), "xl/worksheets/sheet1.xml", lambda part: part.replace(b'ref="A1:B3"', b'ref="A1"'))
    )
    assert texts(rows(path)) == ["あ", "い"]


@given(
    st.floats(0, 1),
    st.sampled_from(["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml", ""]),
)
def test_a_workbook_cut_anywhere_gives_rows_or_an_error(
    tmp_path_factory: pytest.TempPathFactory, share: float, part: str
) -> None:
    path = tmp_path_factory.mktemp("cut") / "a.xlsx"
    saved(path, ("投稿", [["本文"], *([f"{n}番目"] for n in range(40))]))
    raw = path.read_bytes()
    path.write_bytes(
        rezipped(raw, part, lambda inner: inner[: int(len(inner) * share)]) if part else raw[: int(len(raw) * share)]
    )
    found: list[Row] = []
    with contextlib.suppress(InputError):
        found.extend(open_xlsx(path, Asked()).rows())
    assert texts(found) == [f"{n}番目" for n in range(len(found))]


@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), max_size=8), min_size=2, max_size=2
        ),
        max_size=6,
    )
)
def test_what_a_writer_writes_is_read(tmp_path_factory: pytest.TempPathFactory, table: list[list[str]]) -> None:
    path = tmp_path_factory.mktemp("law") / "a.xlsx"
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("投稿")
    for line, cells in enumerate([["本文", "担当"], *table]):
        for at, cell in enumerate(cells):
            sheet.write_string(line, at, cell)
    book.close()
    found = rows(path)
    expected = [text if text.strip() else None for text, _ in table]
    while expected and expected[-1] is None:
        expected.pop()
    assert texts(found) == expected
    assert [row.extra.get("担当", "") for row in found if row.document] == [own for text, own in table if text.strip()]


def test_a_mark_on_the_edge_of_a_piece_is_counted_once(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("sheet.xml", b"<row><c><v>1</v></c></row>" * 100_000 + b'<mergeCell ref="A2:B3"/>')
    with zipfile.ZipFile(path) as package:
        assert scan(package, "sheet.xml") == Sheet(rows=100_000, merges={2: [(3, 1, 2)]})


def rezipped(raw: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return a zip with one part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            part = old.read(info)
            new.writestr(info.filename, change(part) if info.filename == name else part)
    return out.getvalue()
