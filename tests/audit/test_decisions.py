"""A review sheet that somebody filled in, sorted and renamed."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from auditresults import Kept, facts_of, finding, verdict

from flamecheck.audit.decisions import Decision, decisions
from flamecheck.audit.outputs.xlsx import posts as sheets
from flamecheck.audit.outputs.xlsx import write
from flamecheck.errors import InputError

RESULTS = [verdict(n, "バカ", finding("バカ", "バカ"), url=f"https://example.com/{n}") for n in range(1, 6)]


def filled(folder: Path, *cells: tuple[str, str, str | None]) -> str:
    path = folder / "review.xlsx"
    write(Kept(RESULTS), facts_of(RESULTS), str(path))
    book = openpyxl.load_workbook(path)
    for sheet, place, value in cells:
        book[sheet][place] = value
    book["確認"].title = "田中さんの分"
    book.save(path)
    return str(path)


def test_what_people_wrote_comes_back_with_the_post_it_is_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "ROWS", 3)
    path = filled(
        tmp_path, ("確認", "J2", "消す"), ("確認", "K2", "田中"), ("確認", "L2", "いまは不適切"), ("確認", "J4", " 残す "), ("確認 2", "L3", "あとで"),
    )  # fmt: skip
    first, second, third = decisions(path)
    assert first == Decision(
        "田中さんの分", 2, 1, "p1", "delete", "田中", "いまは不適切", "https://example.com/1", "posts.csv 2 行目"
    )
    assert (second.number, second.decision, second.line) == (3, "keep", 4)
    assert (third.sheet, third.number, third.decision, third.reason, third.error) == ("確認 2", 5, "", "あとで", "")
    assert third.to_wire()["decision"] is None


def test_a_row_that_cannot_be_used_says_why(tmp_path: Path) -> None:
    path = filled(tmp_path, ("確認", "J2", "けす"), ("確認", "J3", "残す"), ("確認", "A3", None))
    first, second = decisions(path)
    assert "判断「けす」は使えません" in first.error
    assert (second.number, second.error) == (None, "番号がありません")


@pytest.mark.parametrize("raw", [b"", b"not a workbook", b"PK\x03\x04broken"])
def test_what_is_no_workbook_is_an_input_error(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "x.xlsx").write_bytes(raw)
    with pytest.raises(InputError, match="として読めません"):
        list(decisions(str(tmp_path / "x.xlsx")))


def test_a_workbook_of_something_else_and_a_file_that_is_not_there(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "x.xlsx")
    with pytest.raises(InputError, match="列のあるシートがありません"):
        list(decisions(str(tmp_path / "x.xlsx")))
    with pytest.raises(InputError, match="ファイルがありません"):
        list(decisions(str(tmp_path / "none.xlsx")))
