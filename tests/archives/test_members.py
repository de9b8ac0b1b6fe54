"""Files of a download where they lie."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest
from making import folder, zipped

from flamecheck.archives import members
from flamecheck.archives.members import chunks_of, small, store_of
from flamecheck.errors import InputError


def test_a_folder_and_a_zip_list_the_same(tmp_path: Path) -> None:
    files = {"data/a.js": b"1", "data/b/c.json": b"22"}
    stores = [store_of(folder(tmp_path / "x", files | {"p.png": b""})), store_of(zipped(tmp_path / "x.zip", files))]
    for store in stores:
        assert store.names == ("data/a.js", "data/b/c.json")
        assert [store.size(name) for name in store.names] == [1, 2]
        assert [b"".join(chunks_of(store, name)) for name in store.names] == [b"1", b"22"]


def test_windows_names_in_a_zip(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        info = zipfile.ZipInfo("data/a.js")
        info.filename = "data\\a.js"
        archive.writestr(info, b"1")
    assert store_of(path).names == ("data/a.js",)


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.js")
    with pytest.raises(InputError, match="ファイルでも"):
        store_of(tmp_path / "a.js")
    with pytest.raises(InputError, match="ファイルではありません"):
        store_of(tmp_path).open("a.js")
    with pytest.raises(InputError) as caught:
        store_of(tmp_path / "none")
    assert caught.value.code == "unreadable"


def test_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    path = folder(tmp_path / "x", {"data/a.js": b"1"})
    (path / "data" / "loop").symlink_to(path)
    assert store_of(path).names == ("data/a.js",)


def test_a_compression_nobody_can_read_is_told(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", {"a.js": b"1" * 100})
    raw = path.read_bytes()
    at = raw.find(b"PK\x01\x02")
    path.write_bytes(raw[:8] + b"\x61\x00" + raw[10 : at + 10] + b"\x61\x00" + raw[at + 12 :])
    with pytest.raises(InputError, match="圧縮の仕方"):
        list(chunks_of(store_of(path), "a.js"))


def test_small_files_are_small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(members, "_SMALL", 3)
    store = store_of(folder(tmp_path / "x", {"a.js": b"123", "b.js": b"1234"}))
    assert small(store, "a.js") == b"123"
    with pytest.raises(InputError) as caught:
        small(store, "b.js")
    assert caught.value.code == "too-large"
