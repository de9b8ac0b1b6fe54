"""Which drafts a run reads: those of the paths it is given, or of these only what git says has changed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePath
from typing import TypeVar

from flamecheck import git
from flamecheck.checking.run import Draft
from flamecheck.errors import InputError
from flamecheck.formats import DATA, PROSE
from flamecheck.inputs.files import read_bytes
from flamecheck.settings.files import files_under, from_root, left_out
from flamecheck.settings.globs import Globs
from flamecheck.settings.values import Settings
from flamecheck.spans import Hunk, spans_of
from flamecheck.suppression.apply import Changed

T = TypeVar("T")


@dataclass(slots=True, frozen=True)
class Changes:
    """What changed in the work tree, by path as seen from the working directory.

    ``label`` is the flag that asked for it, ``lines`` what changed in each file (one that is not there is new as a
    whole), ``staged`` what the index holds (None for the work tree).
    """

    label: str
    names: frozenset[str]
    lines: Mapping[str, tuple[Hunk, ...]]
    staged: Mapping[str, bytes] | None = None

    def of(self, name: str, text: str) -> Changed | None:
        """Return what changed in a file, or None when all of it is new."""
        hunks = self.lines.get(_seen(name))
        return None if hunks is None else Changed(spans_of(text, hunks), self.label)


def since(revision: str) -> Changes:
    """Return what changed in the work tree since a revision; raises InputError (code ``git``)."""
    top = git.top(Path())
    names = frozenset(_seen(top / name) for name in git.changed(top, revision))
    return Changes(f"--since {revision}", names, _from(top, git.changed_lines(top, revision)))


def staged() -> Changes:
    """Return what the next commit changes, as the index has it; raises InputError (code ``git``)."""
    top = git.top(Path())
    blobs = _from(top, dict(git.staged(top)))
    return Changes("--staged", frozenset(blobs), _from(top, git.changed_lines(top, None)), blobs)


def drafts_in(paths: Iterable[str], settings: Settings, changes: Changes | None = None) -> Iterator[Draft]:
    """Yield the drafts of the paths, each once; of ``changes``, those that lie in them."""
    if changes is not None and changes.staged is not None:
        yield from _staged(tuple(paths), settings, changes.staged)
        return
    for found in files_under(paths, settings, prose=PROSE.keys(), data=DATA.keys()):
        if changes is None or _seen(found.name) in changes.names:
            path = from_root(found.path, settings.root)
            yield Draft(found.name, path, _refusing(found.error) if found.error else partial(read_bytes, found.path))


def _staged(paths: tuple[str, ...], settings: Settings, blobs: Mapping[str, bytes]) -> Iterator[Draft]:
    include = Globs(settings.include) if settings.include else None
    asked = frozenset(_seen(path) for path in paths)
    folders = {os.path.abspath(path) for path in asked if Path(path).is_dir()}  # noqa: PTH100 - リンクは追わない
    for name, raw in sorted(blobs.items()):
        path = from_root(Path(name), settings.root)
        excluded = left_out(path, settings)
        suffix = PurePath(name).suffix.lower()
        if name in asked:
            wanted = not (settings.force_exclude and excluded)
        else:
            known = suffix in PROSE or (suffix in DATA and bool(settings.applied(path).fields))
            above = {str(parent) for parent in Path(os.path.abspath(name)).parents}  # noqa: PTH100
            wanted = (
                known
                and not folders.isdisjoint(above)
                and not excluded
                and (include is None or bool(include.match(path)))
            )
        if wanted:
            yield Draft(name, path, lambda raw=raw: raw)  # type: ignore[misc]


def _from(top: Path, told: Mapping[str, T]) -> dict[str, T]:
    """Return what git tells of paths seen from ``top`` by path as seen from the working directory."""
    return {_seen(top / name): value for name, value in told.items()}


def _seen(name: str | Path) -> str:
    """Return a path as seen from the working directory, with ``/``."""
    try:
        return PurePath(os.path.relpath(name)).as_posix()
    except ValueError:  # Windows の別のドライブにあるファイルは、ここからは見えない
        return PurePath(name).as_posix()


def _refusing(error: InputError) -> Callable[[], bytes]:
    def read() -> bytes:
        raise error

    return read
