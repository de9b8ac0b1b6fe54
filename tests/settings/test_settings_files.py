"""Which files are read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from writing import repository

from flamecheck.settings.files import Found, files_under, from_root, left_out, passed_by
from flamecheck.settings.values import Applied, Settings

PROSE, DATA = (".md", ".txt"), (".yml", ".json")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    names = (
        "a.md b.TXT c.yml d.py README z/a.md z/y/b.md z-a.md .hidden.md .github/a.md node_modules/x/a.md "
        "お知らせ/年末.md drafts/a.md z/drafts/b.md"
    )
    monkeypatch.chdir(repository(tmp_path, dict.fromkeys(names.split(), "")))
    return tmp_path


def settings(folder: Path, *, fields: tuple[str, ...] = (), **values: object) -> Settings:
    return Settings(folder, applied=lambda _: Applied(fields=fields), **values)  # type: ignore[arg-type]


def found(held: Settings, *paths: str) -> list[str]:
    return [item.name for item in files_under(paths, held, prose=PROSE, data=DATA)]


def test_a_folder_stands_for_the_files_that_are_read_in_sorted_order(folder: Path) -> None:
    expected = ["a.md", "b.TXT", "drafts/a.md", "z/a.md", "z/drafts/b.md", "z/y/b.md", "z-a.md", "お知らせ/年末.md"]
    assert found(settings(folder), ".") == expected
    assert expected == [path.as_posix() for path in sorted(map(Path, expected))]
    assert found(settings(folder), "z", "z/") == ["z/a.md", "z/drafts/b.md", "z/y/b.md"]
    assert found(settings(folder), str(folder / "z" / "y")) == [f"{folder.as_posix()}/z/y/b.md"]


def test_names_lead_to_the_files(folder: Path) -> None:
    assert all(item.path.is_file() for item in files_under(["."], settings(folder), prose=PROSE, data=DATA))


def test_data_is_read_where_the_settings_name_fields(folder: Path) -> None:
    assert "c.yml" in found(settings(folder, fields=("text",)), ".")


def test_a_named_file_is_read_whatever_it_is_called(folder: Path) -> None:
    held = settings(folder, exclude=("README", "drafts/"), include=("nothing",))
    assert found(held, "README", "drafts/a.md", ".hidden.md", "d.py") == ["README", "drafts/a.md", ".hidden.md", "d.py"]


def test_force_exclude_asks_as_a_walk_from_the_root_would(folder: Path) -> None:
    held = settings(folder, exclude=("/drafts/", "a.md", "!z/a.md"), force_exclude=True)
    named = ["README", "drafts/a.md", "z/drafts/b.md", ".github/a.md", "node_modules/x/a.md", "a.md", "z/a.md"]
    assert found(held, *named) == ["README", "z/drafts/b.md", "z/a.md"]
    assert [left_out(name, held) for name in named] == [name not in found(held, *named) for name in named]


def test_exclude_include_and_taking_back(folder: Path) -> None:
    assert found(settings(folder, exclude=("drafts/", "z-*")), ".") == [
        "a.md", "b.TXT", "z/a.md", "z/y/b.md", "お知らせ/年末.md",
    ]  # fmt: skip
    assert found(settings(folder, exclude=("/*/", "!.github/")), ".") == [".github/a.md", "a.md", "b.TXT", "z-a.md"]
    assert found(settings(folder, include=("z/**", "!z/y/**")), ".") == ["z/a.md", "z/drafts/b.md"]


def test_why_a_walk_passes_a_file_by(folder: Path) -> None:
    held = settings(folder, exclude=("drafts/",), include=("z/**", "*.yml"))
    for name, reason in (
        ("drafts/a.md", "exclude"), (".hidden.md", "exclude"), ("d.py", "suffix"), ("c.yml", "fields"),
        ("a.md", "include"), ("z/a.md", ""),
    ):  # fmt: skip
        assert passed_by(name, held, prose=PROSE, data=DATA) == reason
        assert (name in found(held, ".")) == (not reason)


def test_a_named_folder_is_read_even_when_its_own_name_is_unusual(folder: Path) -> None:
    assert found(settings(folder), ".github", "node_modules") == [".github/a.md", "node_modules/x/a.md"]


def test_every_file_comes_once(folder: Path) -> None:
    assert found(settings(folder), "z/a.md", "./a.md", ".", str(folder / "a.md")).count("a.md") == 1
    assert found(settings(folder), "z/a.md", "z")[0] == "z/a.md"


@pytest.mark.parametrize("name", ["none.md", "a.md/b", "x\0y", "長" * 300])
def test_what_is_not_there_is_an_error_about_it(folder: Path, name: str) -> None:
    (item,) = files_under([name], settings(folder), prose=PROSE, data=DATA)
    assert item.error
    assert item.error.code == "unreadable"
    assert item.error.message.startswith("読めません: ")


def test_links_in_circles_and_links_to_nowhere(folder: Path) -> None:
    (folder / "z" / "up").symlink_to(folder, target_is_directory=True)
    (folder / "z" / "self.md").symlink_to("self.md")
    (folder / "z" / "gone.md").symlink_to("nowhere.md")
    (folder / "z" / "link.md").symlink_to("../a.md")
    assert found(settings(folder), "z") == [
        "z/a.md", "z/drafts/b.md", "z/gone.md", "z/link.md", "z/self.md", "z/y/b.md",
    ]  # fmt: skip
    assert found(settings(folder), "z/up/z/y") == ["z/up/z/y/b.md"]
    (item,) = files_under(["z/self.md"], settings(folder), prose=PROSE, data=DATA)
    assert item.error
    assert "輪" in item.error.message


def test_nothing_that_would_wait_is_read(folder: Path) -> None:
    os.mkfifo(folder / "z" / "pipe.md")
    assert "z/pipe.md" not in found(settings(folder), "z")


def test_a_folder_that_cannot_be_read_is_an_error_and_the_walk_goes_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.scandir

    def closed(path: str) -> object:
        if str(path).endswith("drafts"):
            raise PermissionError(13, "no")
        return real(path)

    monkeypatch.setattr(os, "scandir", closed)
    items = files_under(["z"], settings(folder), prose=PROSE, data=DATA)
    assert [(item.name, item.error is not None) for item in items] == [
        ("z/a.md", False), ("z/drafts/", True), ("z/y/b.md", False),
    ]  # fmt: skip


def test_a_deep_folder_is_no_recursion(folder: Path) -> None:
    deep = folder / "deep"
    deep.mkdir()
    inner = os.open(deep, os.O_RDONLY)
    for _ in range(300):
        os.mkdir("d", dir_fd=inner)
        below = os.open("d", os.O_RDONLY, dir_fd=inner)
        os.close(inner)
        inner = below
    os.close(inner)
    assert found(settings(folder), "deep") == []


def test_the_path_that_settings_see(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder / "z")
    assert from_root(Path("a.md"), folder) == "z/a.md"
    assert from_root(Path("../a.md"), folder) == "a.md"
    assert from_root(Path("a.md"), folder / "お知らせ") == (folder / "z" / "a.md").as_posix()
    (folder.parent / f"{folder.name}-link").symlink_to(folder, target_is_directory=True)
    assert from_root(folder.parent / f"{folder.name}-link" / "a.md", folder) == "a.md"


@given(st.lists(st.sampled_from(["a", "b", ".c", "*", "!a", "!.c", "a/", "/b", "a/b", "!a/b"]), max_size=5))
def test_a_walk_and_force_exclude_agree(tmp_path_factory: pytest.TempPathFactory, patterns: list[str]) -> None:
    base = tmp_path_factory.getbasetemp() / "agree"
    names = [
        f"{first}/{second}/{last}.md" for first in ("a", "b", ".c") for second in ("a", ".c") for last in ("a", "b")
    ]
    if not base.exists():
        repository(base, dict.fromkeys(names, ""))
        (base / ".git").rmdir()
    held = Settings(base, exclude=tuple(patterns), force_exclude=True)
    prefix = f"{base.as_posix()}/"
    walked = {item.name.removeprefix(prefix) for item in files_under([str(base)], held, prose=PROSE, data=())}
    named: list[Found] = files_under([prefix + name for name in names], held, prose=PROSE, data=())
    assert walked == {item.name.removeprefix(prefix) for item in named}
