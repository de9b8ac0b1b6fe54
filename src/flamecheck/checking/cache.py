"""What this machine has screened before: reports by a hash of everything they depend on, in one SQLite file.

The key covers the visible text, its regions and context, the rules chosen, the fingerprints of all packs, the
dictionary and the versions of the libraries; so a kept report is the one that screening would give again, and nothing
ever has to be thrown away for being wrong.  What nobody asked for in 90 days is thrown away for room.  The file holds
findings (masked as everywhere), no drafts; one that cannot be read is made anew, with a warning.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Final, Self, TypeVar

from flamecheck.checking.plain import dump_notes, dump_report, load_notes, load_report
from flamecheck.document import Document
from flamecheck.outcome import RuleNote
from flamecheck.report import Report

FORMAT: Final = 1
DAYS: Final = 90
_TABLE: Final = "CREATE TABLE IF NOT EXISTS kept (key BLOB PRIMARY KEY, value TEXT, used INTEGER) WITHOUT ROWID"
_IGNORED: Final = "# flamecheck が作りました\n*\n"
T = TypeVar("T")


class Cache:
    """Reports kept in a folder; a context manager, which writes at the end.  Without a folder it keeps nothing."""

    def __init__(self, folder: Path | None, made_from: str, *, today: date, warn: Callable[[str], object]) -> None:
        """Open the store of ``folder`` for reports that depend on ``made_from`` (packs, dictionary, versions)."""
        self.folder: Final = folder
        self.made_from: Final = made_from
        self._today: Final = today.toordinal()
        self.warn: Final = warn
        self._base: sqlite3.Connection | None = None
        self._new: Final[dict[bytes, str]] = {}
        self._old: Final[list[bytes]] = []
        if folder is not None:
            self._open(folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def report(self, document: Document, asked: str, make: Callable[[], Report]) -> Report:
        """Return the report on ``document`` under the selection ``asked``, made only when it is not kept."""
        key = self._key("report", asked, _written(document))
        known = self._get(key, load_report)
        if known is not None:
            return known
        made = make()
        self._put(key, dump_report(made))
        return made

    def notes(self, make: Callable[[], Mapping[str, RuleNote]]) -> Mapping[str, RuleNote]:
        """Return what is known of the rules of these packs, read from them only when it is not kept."""
        key = self._key("notes")
        known = self._get(key, load_notes)
        if known is not None:
            return known
        made = make()
        self._put(key, dump_notes(made))
        return made

    def close(self) -> None:
        """Throw away what is old, write, and close; closing twice is nothing.

        Nothing is written earlier, so that another run need not wait until this one has screened everything.
        """
        base, self._base = self._base, None
        if base is None:
            return
        try:
            base.executemany("UPDATE kept SET used = ? WHERE key = ?", [(self._today, key) for key in self._old])
            new = [(key, value, self._today) for key, value in self._new.items()]
            base.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", new)
            base.execute("DELETE FROM kept WHERE used < ?", (self._today - DAYS,))
            base.commit()
        except sqlite3.Error as error:
            self.warn(f"見た結果を書きとめられませんでした: {error}")
        finally:
            base.close()

    def _open(self, folder: Path) -> None:
        path = folder / "reports.sqlite"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            ignore = folder / ".gitignore"
            if not ignore.exists():
                ignore.write_text(_IGNORED, encoding="utf-8")
            try:
                self._base = _connect(path)
            except sqlite3.DatabaseError as error:
                if isinstance(error, sqlite3.OperationalError):
                    raise
                self.warn(f"{path}: 壊れているので作り直します（{error}）")
                path.unlink()
                self._base = _connect(path)
        except (OSError, sqlite3.Error) as error:
            self.warn(f"{path}: 使えないので、書きとめずに続けます（{error}）")

    def _key(self, *parts: str) -> bytes:
        text = "\0".join((str(FORMAT), self.made_from, *parts))
        return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()

    def _get(self, key: bytes, load: Callable[[str], T]) -> T | None:
        if key in self._new:
            return load(self._new[key])
        if self._base is None:
            return None
        try:
            row = self._base.execute("SELECT value, used FROM kept WHERE key = ?", (key,)).fetchone()
            if row is None:
                return None
            if row[1] < self._today:
                self._old.append(key)
            return load(row[0])
        except (sqlite3.Error, ValueError, KeyError, TypeError) as error:
            self.warn(f"書きとめた結果を一つ読めないので、見直します（{type(error).__name__}）")
            return None

    def _put(self, key: bytes, value: str) -> None:
        if self._base is not None:
            self._new[key] = value


def _connect(path: Path) -> sqlite3.Connection:
    base = sqlite3.connect(path, timeout=10)
    try:
        base.execute(_TABLE)
        base.execute("SELECT key, value, used FROM kept LIMIT 1").fetchone()
    except sqlite3.Error:
        base.close()
        raise
    return base


def _written(document: Document) -> str:
    """Return everything about a document that its report depends on."""
    context = asdict(document.context)
    return json.dumps([document.text, context, [[r.kind, *r.span] for r in document.regions]], default=str)
