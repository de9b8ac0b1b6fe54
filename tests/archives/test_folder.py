"""A folder of prose."""

from __future__ import annotations

from pathlib import Path

import pytest
from making import folder

from flamecheck.archives.folder import open_folder
from flamecheck.archives.row import Asked
from flamecheck.errors import InputError


def test_every_file_is_a_post_in_the_order_of_the_names(tmp_path: Path) -> None:
    files = {
        "b/2.md": "---\ndate: 2024-03-05\n---\n# 見出し\n\n**本文**".encode(),
        "a.txt": "平文".encode("cp932"),
        "c.html": "<p>頁</p>".encode(),
        "d.png": b"",
        ".git/e.md": b"",
        "node_modules/f.md": b"",
        "g.yml": b"text: a",
    }
    archive = open_folder(folder(tmp_path / "x", files))
    found = list(archive.rows())
    assert [row.document.text for row in found if row.document] == ["平文", "見出し\n\n本文", "頁"]
    assert [row.number for row in found] == [row.read for row in found] == [1, 2, 3]
    assert archive.size == 3
    assert found[1].document
    assert found[1].document.context.posted_at
    assert found[1].place.endswith("x/b/2.md")


def test_a_file_that_cannot_be_read_is_a_row(tmp_path: Path) -> None:
    path = folder(tmp_path / "x", {"a.md": b"\xff\xff\xff", "b.md": b"---\nchannel: blogs\n---\n", "c.md": b"ok"})
    (path / "d.md").symlink_to("nowhere")
    found = list(open_folder(path).rows())
    assert [row.error.code if row.error else "" for row in found] == ["encoding", "context-value", "", "unreadable"]
    assert "channel: blogs" in found[1].raw


def test_the_encoding_that_was_asked_for(tmp_path: Path) -> None:
    (row,) = open_folder(folder(tmp_path / "x", {"a.txt": "文".encode("euc_jp")}), Asked(encoding="euc_jp")).rows()
    assert row.document
    assert row.document.text == "文"


def test_a_folder_without_prose(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        open_folder(tmp_path)
    assert caught.value.code == "archive"
