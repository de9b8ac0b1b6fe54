"""Which settings file holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from flamecheck.errors import LoadError
from flamecheck.settings.find import nearest, root_of

TABLE = "[tool.flamecheck]\n"


def write(path: Path, text: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def found(here: Path, home: Path | None = None) -> Path | None:
    return nearest(here, home)[0]


def test_the_nearest_file_above_holds(tmp_path: Path) -> None:
    outer, inner = write(tmp_path / "flamecheck.toml"), write(tmp_path / "a" / "pyproject.toml", TABLE)
    (tmp_path / "a" / "b").mkdir()
    assert [found(tmp_path / name) for name in ("", "a", "a/b")] == [outer, inner, inner]


def test_a_pyproject_without_the_table_is_passed_by(tmp_path: Path) -> None:
    outer = write(tmp_path / "flamecheck.toml")
    write(tmp_path / "a" / "pyproject.toml", '[project]\nname = "flamecheck-posts"\n')
    write(tmp_path / "b" / "pyproject.toml", "= broken, and none of our business")
    assert [found(tmp_path / name) for name in "ab"] == [outer, outer]


def test_a_pyproject_that_may_hold_settings_must_be_readable(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", "[tool.flamecheck]\nfail-at = koho\n")
    with pytest.raises(LoadError, match="FC701"):
        nearest(tmp_path, None)


@pytest.mark.parametrize("mark", [".git", ".hg", ".jj"])
def test_the_search_ends_at_the_repository(tmp_path: Path, mark: str) -> None:
    write(tmp_path / "flamecheck.toml")
    write(tmp_path / "a" / mark)  # 作業木では .git はファイル
    (tmp_path / "a" / "b").mkdir()
    assert found(tmp_path / "a" / "b") is None
    own = write(tmp_path / "a" / "flamecheck.toml")
    assert found(tmp_path / "a" / "b") == own


def test_the_home_folder_counts_only_when_one_is_there(tmp_path: Path) -> None:
    own = write(tmp_path / "flamecheck.toml")
    (tmp_path / "posts").mkdir()
    assert found(tmp_path / "posts", tmp_path) is None
    assert found(tmp_path, tmp_path) == own
    assert found(tmp_path / "posts", tmp_path / "posts") is None


def test_two_files_in_one_folder_are_a_warning(tmp_path: Path) -> None:
    own = write(tmp_path / "flamecheck.toml")
    write(tmp_path / "pyproject.toml", TABLE)
    file, warnings = nearest(tmp_path, None)
    assert file == own
    assert [(problem.code, problem.level, problem.place.line) for problem in warnings] == [("FC708", "warning", 1)]
    write(tmp_path / "pyproject.toml", "[tool.flamecheck")
    assert nearest(tmp_path, None) == (own, ())


def test_the_root_of_a_named_file(tmp_path: Path) -> None:
    file = write(tmp_path / "config" / "own.toml")
    (tmp_path / "config" / "deep").mkdir()
    assert root_of(file, tmp_path) == tmp_path
    assert root_of(file, tmp_path / "config" / "deep") == tmp_path / "config"
