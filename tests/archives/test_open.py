"""Which archive reads a path: the table is whole, content goes before the name, and what is not read says so."""

from __future__ import annotations

import importlib
import io
import json
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from flamecheck.archives.open import OPENERS, SUFFIXES, open_archive
from flamecheck.archives.row import Archive, Asked
from flamecheck.errors import InputError

TABLE = "日付,本文\n2024/3/5,あ\n2024/3/6,い\n"
LINES = '{"id": "1", "text": "あ"}\n{"id": "2", "text": "い"}\n'


def texts(archive: Archive) -> list[str | None]:
    return [row.document.text if row.document else None for row in archive.rows()]


def book() -> bytes:
    made, out = Workbook(), io.BytesIO()
    for line in TABLE.splitlines():
        made.active.append(line.split(","))  # type: ignore[union-attr]
    made.save(out)
    return out.getvalue()


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name in names:
            package.writestr(name, "[]")
    return out.getvalue()


@pytest.mark.parametrize(("module", "function"), sorted(set(OPENERS.values())))
def test_every_opener_of_the_table_is_there(module: str, function: str) -> None:
    assert callable(getattr(importlib.import_module(f"flamecheck.archives.{module}"), function))


def test_every_suffix_leads_to_a_format() -> None:
    assert set(SUFFIXES.values()) <= set(OPENERS)


@pytest.mark.parametrize(
    ("name", "raw", "lies"),
    [
        ("a.csv", TABLE.encode(), False),
        ("a.CSV", TABLE.encode("cp932"), False),
        ("a.tsv", TABLE.replace(",", "\t").encode(), False),
        ("a.txt", TABLE.replace(",", "\t").encode("utf-16"), False),
        ("a", TABLE.encode(), False),
        ("a.dat", TABLE.encode(), False),
        ("a.xls", TABLE.encode(), True),
        ("a.xlsx", book(), False),
        ("a.csv", book(), True),
        ("a.bin", book(), False),
        ("a.jsonl", LINES.encode(), False),
        ("a.ndjson", LINES.encode(), False),
        ("a.json", LINES.encode(), True),
        ("a.csv", LINES.encode(), True),
        ("a.log", LINES.encode(), False),
        ("a.json", json.dumps([json.loads(line) for line in LINES.splitlines()], indent=1).encode(), False),
    ],
)
def test_a_file_is_read_as_what_it_is(tmp_path: Path, name: str, raw: bytes, *, lies: bool) -> None:
    path = tmp_path / name
    path.write_bytes(raw)
    archive = open_archive(path, Asked())
    assert texts(archive) == ["あ", "い"]
    assert archive.name == path.as_posix()
    assert archive.size > 0
    assert any("中身は" in line for line in archive.told) == lies


def test_a_format_the_user_names_goes_before(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(TABLE, "utf-8")
    assert texts(open_archive(path, Asked(format="csv"))) == ["あ", "い"]
    with pytest.raises(InputError, match="もしかして: csv"):
        open_archive(path, Asked(format="cvs"))


def test_a_plain_text_is_one_post_however_many_commas_it_has(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("本文, のようなもの。\nつづき", "utf-8")
    assert texts(open_archive(path, Asked())) == ["本文, のようなもの。\nつづき"]


def test_a_table_whose_first_header_stands_in_brackets(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("[本文],{日付}\nあ,2024/3/5\nい,\n", "utf-8")
    assert texts(open_archive(path, Asked(columns={"text": "[本文]"}))) == ["あ", "い"]


@pytest.mark.parametrize(
    ("name", "raw", "code", "message"),
    [
        ("a.pdf", b"%PDF-1.7", "archive", "PDF"),
        ("a.csv.gz", b"\x1f\x8b\x08", "archive", "展開"),
        ("a.xls", bytes.fromhex("d0cf11e0a1b11ae1"), "archive", "古い形式"),
        ("a.xls", "<html><table><tr><td>本文</td></tr></table>".encode(), "archive", "HTML"),
        ("a.xlsb", zipped("[Content_Types].xml", "xl/workbook.bin"), "archive", "xlsb"),
        ("a.docx", zipped("[Content_Types].xml", "word/document.xml"), "archive", "Word"),
        ("a.ods", zipped("mimetype", "content.xml"), "archive", "保存し直して"),
        ("a.zip", zipped("photos/1.jpg"), "archive", "photos/1.jpg"),
        ("a.zip", b"PK\x03\x04 cut", "archive", "切れている"),
        ("a.xlsx", b"PK\x03\x04 cut", "archive", "切れている"),
        ("a.csv", b"", "columns", "何も書かれていません"),
    ],
)
def test_what_is_not_read_says_what_to_do(tmp_path: Path, name: str, raw: bytes, code: str, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(raw)
    with pytest.raises(InputError, match=message) as caught:
        open_archive(path, Asked())
    assert caught.value.code == code
    assert caught.value.message.startswith(path.as_posix())


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path / "a\0b.csv"):
        with pytest.raises(InputError, match="読めません") as caught:
            open_archive(path, Asked())
        assert caught.value.code == "unreadable"


def test_folders(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# 見出し\n\n本文です。", "utf-8")
    assert len(texts(open_archive(tmp_path, Asked()))) == 1
    (tmp_path / "b.csv").write_text(TABLE, "utf-8")
    assert "b.csv" in open_archive(tmp_path, Asked()).told[0]
    (tmp_path / "a.md").unlink()
    with pytest.raises(InputError, match=r"\*\.csv と指定すると読みます"):
        open_archive(tmp_path, Asked())
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "tweets.js").write_text("window.YTD.tweets.part0 = []", "utf-8")
    assert texts(open_archive(tmp_path, Asked())) == []
