"""Which settings file holds: the one named, or the nearest one above the working directory."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from flamecheck.errors import Diagnostic, LoadError, Place
from flamecheck.settings.read import NAME, PYPROJECT, TABLE, table_of
from flamecheck.settings.tomlsource import named, read_toml

REPOSITORIES: Final = (".git", ".hg", ".jj", ".svn")


def nearest(here: Path, home: Path | None) -> tuple[Path | None, tuple[Diagnostic, ...]]:
    """Return the settings file that holds for ``here``, with warnings (FC708).

    The search ends in the folder of a repository, and before the home folder and the root of the disk unless it starts
    there: what lies there was not written for this project.  Raises LoadError for a pyproject.toml that may hold
    settings and cannot be read.
    """
    for folder in (here, *here.parents):
        if folder != here and (folder in (home, folder.parent)):
            break
        if found := holder(folder):
            return found, tuple(_both(found, folder / PYPROJECT)) if found.name == NAME else ()
        if folder == home or any((folder / name).exists() for name in REPOSITORIES):
            break
    return None, ()


def holder(folder: Path) -> Path | None:
    """Return the file of a folder that holds settings, if one does; raises LoadError like :func:`nearest`."""
    if (folder / NAME).is_file():
        return folder / NAME
    return folder / PYPROJECT if _has_table(folder / PYPROJECT) else None


def root_of(config: Path, here: Path) -> Path:
    """Return the root for a file that was named: its folder when ``here`` lies in it, or else ``here``."""
    folder = config.resolve().parent
    return folder if here.is_relative_to(folder) else here


def _has_table(path: Path) -> bool:
    """Return whether a pyproject.toml holds settings; one that does not name them at all is none of our business."""
    try:
        if not path.is_file() or b"flamecheck" not in path.read_bytes():
            return False
    except OSError:
        return False
    return table_of(read_toml(path), TABLE) is not None


def _both(own: Path, shared: Path) -> list[Diagnostic]:
    try:
        if not _has_table(shared):
            return []
        place = read_toml(shared).key(TABLE)
    except LoadError:
        return []
    message = f"同じフォルダーに {NAME} があるので、[tool.flamecheck] は読みません"
    hint = f"どちらか一つにまとめてください（いま効いているのは {named(own)}）"
    return [Diagnostic("FC708", place if place.path else Place(str(shared), 1, 1), message, hint, level="warning")]
