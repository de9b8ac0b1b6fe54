"""Which files are read: those that are named, and those of a named folder that have a known suffix and are not excluded."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path, PurePath
from typing import Final, NamedTuple

from flamecheck.errors import InputError, said
from flamecheck.settings.globs import Globs, outside
from flamecheck.settings.values import Settings

EXCLUDED: Final = (".*", "node_modules/", "__pycache__/")
"""What a walk leaves out before the settings say anything; ``exclude = ["!.github/"]`` takes one back."""


class Found(NamedTuple):
    """One file to read, its name as the user would write it (with ``/``), or why nothing can be read there."""

    path: Path
    name: str
    error: InputError | None = None


def files_under(
    paths: Iterable[str], settings: Settings, *, prose: Collection[str], data: Collection[str]
) -> list[Found]:
    """Return the files to read, each once, in the order of ``paths`` and of their names inside a folder.

    ``prose`` are the suffixes that are read anywhere, ``data`` those that are read where the settings name ``fields``.
    A named file is returned whatever it is called, unless it is excluded and ``force_exclude`` holds; one that does not
    exist has an InputError (code ``unreadable``).  Links to folders inside a folder are not followed, so a walk ends.
    """
    walk = _Walk(settings, frozenset(prose), frozenset(data))
    found: dict[str, Found] = {}
    for name in paths:
        for item in walk.named(name):
            found.setdefault(os.path.abspath(item.path), item)  # noqa: PTH100 - resolve() would follow links
    return list(found.values())


def left_out(path: str, settings: Settings) -> bool:
    """Return whether a walk from the root does not come to ``path`` (as seen from there) because it is excluded."""
    return _Walk(settings, frozenset(), frozenset()).excluded(path)


def passed_by(path: str, settings: Settings, *, prose: Collection[str], data: Collection[str]) -> str:
    """Return the reason why a walk from the root passes a file by: exclude, suffix, fields, include, or nothing."""
    walk = _Walk(settings, frozenset(prose), frozenset(data))
    return "exclude" if walk.excluded(path) else walk.unfit(path)


def from_root(path: Path, root: Path) -> str:
    """Return ``path`` as seen from ``root``, with ``/``; one outside is absolute."""
    absolute = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow a link in place of the file
    for seen in (absolute, absolute.parent.resolve() / absolute.name):
        if seen.is_relative_to(root):
            return seen.relative_to(root).as_posix()
    return absolute.as_posix()


class _Walk:
    """The rules of one run."""

    def __init__(self, settings: Settings, prose: frozenset[str], data: frozenset[str]) -> None:
        self.settings, self.prose, self.data = settings, prose, data
        self.usual = Globs(EXCLUDED)
        self.exclude = Globs(settings.exclude)
        self.include = Globs(settings.include) if settings.include else None

    def named(self, name: str) -> Iterator[Found]:
        """Yield what one argument stands for."""
        path, shown = Path(name), PurePath(name).as_posix()
        try:
            mode = path.stat().st_mode
        except (OSError, ValueError) as error:
            message = said(error) if isinstance(error, OSError) else "名前に使えない文字があります"
            yield Found(path, shown, InputError("unreadable", f"読めません: {message}"))
            return
        if stat.S_ISDIR(mode):
            yield from self._under(path, shown)
        elif not (self.settings.force_exclude and self.excluded(from_root(path, self.settings.root))):
            yield Found(path, shown)

    def _under(self, folder: Path, shown: str) -> Iterator[Found]:
        """Yield the files below a folder in the order of their paths; it was named, so it is read itself."""
        prefix = "" if shown == "." else f"{shown.rstrip('/')}/"
        seen = from_root(folder, self.settings.root)
        waiting = [(os.fspath(folder), prefix, "" if seen == "." else f"{seen}/", True)]
        while waiting:
            disk, name, seen, is_folder = waiting.pop()
            if not is_folder:
                yield Found(Path(disk), name)
                continue
            try:
                with os.scandir(disk) as entries:
                    inside = sorted(entries, key=lambda entry: entry.name, reverse=True)
            except OSError as error:
                message = f"フォルダーを読めません: {said(error)}"
                yield Found(Path(disk), name or ".", InputError("unreadable", message))
                continue
            for entry in inside:
                slash = "/" if entry.is_dir(follow_symlinks=False) else ""
                path = f"{seen}{entry.name}{slash}"
                if not self._left_out(path) and (slash or self._wanted(entry, path)):
                    waiting.append((entry.path, f"{name}{entry.name}{slash}", path, bool(slash)))

    def _wanted(self, entry: os.DirEntry[str], path: str) -> bool:
        """Return whether a file is one to read: of a known kind, included, and nothing that would wait for a writer."""
        if self.unfit(path):
            return False
        try:
            return stat.S_ISREG(entry.stat().st_mode)
        except OSError:  # 先のないリンクは、読むときに誤りとして伝わる
            return True

    def unfit(self, path: str) -> str:
        """Return why a file that is not excluded is not read: suffix, fields, include, or nothing."""
        suffix = PurePath(path).suffix.lower()
        if suffix not in self.prose | self.data:
            return "suffix"
        if suffix not in self.prose and not self.settings.applied(path).fields:
            return "fields"
        return "include" if self.include and not outside(path) and not self.include.match(path) else ""

    def _left_out(self, path: str) -> bool:
        """Return whether the settings, or else the usual patterns on its own name, exclude a file or a folder."""
        decided = self.exclude.decide(path)
        if decided is None:
            folder = path.endswith("/")
            return self.usual.match(path.rstrip("/").rpartition("/")[2] + ("/" if folder else ""))
        return decided

    def excluded(self, path: str) -> bool:
        """Return whether a walk from the root would not come to a file."""
        parts = path.split("/")
        folders = ("/".join(parts[:end]) + "/" for end in range(1, len(parts)))
        return not outside(path) and any(self._left_out(part) for part in (*folders, path))
