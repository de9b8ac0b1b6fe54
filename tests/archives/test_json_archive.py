"""A JSON file of posts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from flamecheck.archives.json import open_json
from flamecheck.archives.row import Asked, Row
from flamecheck.errors import InputError


def rows(path: Path, value: Any, asked: Asked = Asked(), *, encoding: str = "utf-8") -> list[Row]:  # noqa: B008 - 値は変わらない
    raw = value if isinstance(value, bytes) else json.dumps(value, ensure_ascii=False).encode(encoding)
    path.write_bytes(raw)
    return list(open_json(path, asked).rows())


def said(found: list[Row]) -> list[str]:
    return [row.document.text for row in found if row.document]


POSTS = [{"id": "1", "text": "表示", "created_at": "2024-03-05T00:00:00Z"}, {"id": 2, "text": "能力🎉"}]


@pytest.mark.parametrize("value", [POSTS, {"data": POSTS}, {"a": {"b": {"posts": POSTS}}, "tags": [{"name": "text"}]}])
def test_an_array_wherever_it_stands(tmp_path: Path, value: Any) -> None:
    first, second = rows(tmp_path / "a.json", value)
    assert first.document
    assert second.document
    assert (first.document.id, second.document.id) == ("1", 2)
    assert first.document.context.posted_at
    assert first.document.context.posted_at.hour == 9
    assert said([first, second]) == ["表示", "能力🎉"]
    assert second.place.endswith("a.json 2 件目")


def test_the_array_that_is_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"users": [{"name": "a"}], "投稿": [{"本文": "b"}]}), "utf-8")
    archive = open_json(tmp_path / "a.json")
    assert any("「投稿」の中" in line for line in archive.told)
    assert said(list(archive.rows())) == ["b"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "euc_jp", "utf-16", "utf-16-le", "utf-32"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    value = [{"本文": "表示能力\n貼る十構", "投稿日時": "2024/3/5 10:00"}] * 3
    raw = json.dumps(value, ensure_ascii=False, indent=1).encode(encoding)
    assert said(rows(tmp_path / "a.json", raw)) == ["表示能力\n貼る十構"] * 3
    if encoding not in ("utf-8-sig", "utf-16", "utf-32"):
        assert said(rows(tmp_path / "a.json", raw, Asked(encoding=encoding))) == ["表示能力\n貼る十構"] * 3


def test_broken_elements_are_rows_and_the_rest_is_read(tmp_path: Path) -> None:
    raw = '[{"text": "一"}, {"text": "\x00二"}, {"text": "\\ud83d"}, {"text": 1e999}, {"n": 1}, {"text": null}, {"text": [1]}, 7]'.encode()
    raw = raw.replace("一".encode(), b"\xe4")
    found = rows(tmp_path / "a.json", raw)
    codes = [row.error.code if row.error else "" for row in found]
    assert codes == ["encoding", "", "", "json", "text-missing", "", "text-type", "row-type"]
    assert said(found) == ["\0二", "\ud83d"]
    assert [row.number for row in found] == list(range(1, 9))
    assert found[5].document is None


def test_keys_met_later_are_kept(tmp_path: Path) -> None:
    found = rows(tmp_path / "a.json", [{"text": "a"}] * 60 + [{"text": "b", "new": {"x": [1]}, "nan": 2.5}])
    assert found[-1].extra == {"new.x": [1], "nan": 2.5}


def test_files_that_hold_no_posts(tmp_path: Path) -> None:
    for raw, code in (
        (b"", "json"),
        (b"hello", "json"),
        (b"[]", "json"),
        (b'{"a": 1}', "json"),
        (b'[{"n": 1}]', "columns"),
    ):
        with pytest.raises(InputError) as caught:
            rows(tmp_path / "a.json", raw)
        assert caught.value.code == code
        assert "a.json" in caught.value.message


def test_a_file_that_breaks_off(tmp_path: Path) -> None:
    *good, last = rows(tmp_path / "a.json", json.dumps(POSTS).encode()[:-5])
    assert said(good) == ["表示"]
    assert last.error
    assert (last.error.code, last.error.line) == ("json", 2)
