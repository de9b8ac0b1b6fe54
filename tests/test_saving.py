"""A file is written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from flamecheck.saving import save


def test_a_file_is_replaced_and_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "お詫び.md"
    path.write_bytes(b"old")
    path.chmod(0o640)
    save(path, b"new")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"new", 0o640)
    assert [file.name for file in tmp_path.iterdir()] == ["お詫び.md"]


def test_a_new_file_is_one_anybody_here_would_make(tmp_path: Path) -> None:
    save(tmp_path / "a", b"x")
    (tmp_path / "b").write_bytes(b"x")
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "b").stat().st_mode


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to("real")
    save(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


def test_what_cannot_be_written_stays_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "held").write_bytes(b"x")
    with pytest.raises(OSError, match="folder"):
        save(tmp_path / "folder", b"new")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder"]
