"""The work file: what a run has found so far, in a folder of its own, so that a killed run goes on where it was.

``results.jsonl`` holds a line for each result and ``offsets`` where each line starts; both only grow.  ``state.sqlite``
holds what the run was asked, the last checkpoint, and which result spoke for which text.  A checkpoint puts the files
on the disk first and then says so in one transaction, so whatever moment a run dies at, what the transaction says is
there; the rest is cut off when it goes on.  The database is locked as long as a run has it.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from array import array
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, Self

from flamecheck.audit.line import result_of
from flamecheck.audit.result import Result
from flamecheck.errors import InputError, said

_FULL: Final = 1 << 18
_TABLES: Final = (
    "CREATE TABLE IF NOT EXISTS run (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS seen (key BLOB PRIMARY KEY, number INTEGER) WITHOUT ROWID",
)


@dataclass(slots=True)
class Counts:
    """Counts that add up: ``read == screened + duplicates + quarantined``.

    ``blank`` records, those ``outside`` of the days that were asked for and those that were not ``drawn`` are no part of
    ``read``; ``highest`` is the rank of the highest tier of any post, -1 before the first.
    """

    screened: int = 0
    duplicates: int = 0
    quarantined: int = 0
    same_ids: int = 0
    flagged: int = 0
    highest: int = -1
    blank: int = 0
    outside: int = 0
    undated: int = 0
    not_drawn: int = 0

    @property
    def read(self) -> int:
        """Return how many records became a result."""
        return self.screened + self.duplicates + self.quarantined


def beside(name: str) -> Path:
    """Return the folder of the work file of a run whose first output is ``name``."""
    target = Path(name).resolve()
    return target.with_name(f"{target.name}.work")


class Work:
    """The folder of one run; a context manager that closes it.  Without ``removed`` it stays for the next run."""

    def __init__(
        self, folder: Path, asked: dict[str, Any], *, made_on: str, resume: bool = False, restart: bool = False
    ) -> None:
        """Open or make the folder for a run that depends on ``asked``; ``made_on`` is the day of a new run.

        With ``resume`` the run goes on with what an earlier one left, with ``restart`` that is thrown away.
        Raises InputError: ``busy`` when another run has it, ``resume`` when there is something to go on with and nobody
        said what to do, or when what is there was asked something else, ``unwritable``.
        """
        self.folder: Final = folder
        self._unsaved = bytearray()
        self._base: sqlite3.Connection | None = None
        try:
            folder.mkdir(exist_ok=True)
            self._connect()
            self._begin(
                json.dumps(asked, ensure_ascii=False, sort_keys=True, default=str),
                made_on,
                resume=resume,
                restart=restart,
            )
        except (OSError, sqlite3.Error) as error:
            self.close()
            raise InputError("unwritable", f"{folder}: 書けません: {_told(error)}") from None
        except BaseException:
            self.close()
            raise

    def _connect(self) -> None:
        self._base = sqlite3.connect(self.folder / "state.sqlite", timeout=0, isolation_level=None)
        try:
            self._base.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._base.execute("PRAGMA synchronous = FULL")
            self._base.execute("PRAGMA cache_size = -65536")
            self._base.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                raise InputError("busy", f"{self.folder}: ほかの flamecheck audit が使っています") from None
            raise
        for table in _TABLES:
            self._base.execute(table)

    def _begin(self, asked: str, made_on: str, *, resume: bool, restart: bool) -> None:
        if restart:
            self._sql.execute("DELETE FROM run")
            self._sql.execute("DELETE FROM seen")
        before = self._get("asked")
        if before is not None and resume:
            self._check(json.loads(before), json.loads(asked))
        elif before is not None:
            raise InputError(
                "resume",
                f"{self.folder}: 途中で止まった監査が残っています。続けるなら --resume、はじめからなら --restart を付けてください",
            )
        else:
            self._put("asked", asked)
            self._put("made_on", made_on)
            self._put("done", json.dumps({"bytes": 0, "finished": False, "counts": asdict(Counts())}))
        done = json.loads(self._get("done") or "{}")
        self.counts = Counts(**done["counts"])
        self.finished: bool = done["finished"]
        self.made_on: str = self._get("made_on") or made_on
        self._cut(done["bytes"], self.counts.read)

    def _check(self, before: dict[str, Any], asked: dict[str, Any]) -> None:
        changed = [name for name in {**before, **asked} if before.get(name) != asked.get(name)]
        if changed:
            told = "、".join(changed)
            raise InputError(
                "resume",
                f"{self.folder}: 前と違うものがあるので続けられません（{told}）。はじめからなら --restart を付けてください",
            )

    def _cut(self, size: int, count: int) -> None:
        """Open the files as they were at the last checkpoint."""
        self._lines = self._opened("results.jsonl", size)
        self._places = self._opened("offsets", count * 8)
        self._size, self._saved = size, count
        self._starts = array("Q")
        self._sql.execute("DELETE FROM seen WHERE number > ?", (count,))
        self._commit()

    def _opened(self, name: str, size: int) -> int:
        handle = os.open(self.folder / name, os.O_RDWR | os.O_CREAT, 0o600)
        if os.fstat(handle).st_size < size:
            os.close(handle)
            raise InputError(
                "resume", f"{self.folder}: 作業ファイルが欠けていて続けられません。--restart を付けてください"
            )
        os.ftruncate(handle, size)
        os.lseek(handle, size, os.SEEK_SET)
        return handle

    def first(self, key: bytes, number: int) -> int:
        """Return the number of the result that speaks for ``key``: ``number`` itself when there was none before."""
        base = self._sql
        if base.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (key, number)).rowcount:
            return number
        known: int = base.execute("SELECT number FROM seen WHERE key = ?", (key,)).fetchone()[0]
        return known

    def add(self, line: bytes) -> None:
        """Append the next result."""
        self._starts.append(self._size)
        self._size += len(line)
        self._unsaved += line
        if len(self._unsaved) > _FULL:
            self._flush()

    def line(self, number: int) -> bytes:
        """Return the line of a result that was added."""
        start, end = self._start(number), self._start(number + 1)
        saved = self._size - len(self._unsaved)
        if start >= saved:
            return bytes(self._unsaved[start - saved : end - saved])
        return os.pread(self._lines, end - start, start)

    def _start(self, number: int) -> int:
        """Return where the line of a result starts; that of the next one is where the last one ends."""
        ahead = number - 1 - self._saved
        if ahead >= 0:
            return self._starts[ahead] if ahead < len(self._starts) else self._size
        return int.from_bytes(os.pread(self._places, 8, (number - 1) * 8), "little")

    def checkpoint(self, *, finished: bool = False) -> None:
        """Put everything on the disk, so that a run that dies from here on goes on from here."""
        self._flush()
        os.fsync(self._lines)
        os.fsync(self._places)
        self.finished = finished
        self._put("done", json.dumps({"bytes": self._size, "finished": finished, "counts": asdict(self.counts)}))
        self._commit()

    def __iter__(self) -> Iterator[Result]:
        """Yield every result that was added, read from the disk."""
        return (result_of(line) for line in self.lines())

    def lines(self) -> Iterator[bytes]:
        """Yield every line that was added."""
        self._flush()
        with (self.folder / "results.jsonl").open("rb") as file:
            yield from file

    def remove(self) -> None:
        """Close and remove the folder: everything it held stands in the outputs."""
        self.close()
        shutil.rmtree(self.folder)

    def close(self) -> None:
        """Close the files; closing twice is nothing."""
        base, self._base = self._base, None
        if base is not None:
            with suppress(sqlite3.Error):
                base.rollback()
            base.close()
            for name in ("_lines", "_places"):
                if (handle := getattr(self, name, None)) is not None:
                    with suppress(OSError):
                        os.close(handle)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _flush(self) -> None:
        _write(self._lines, self._unsaved)
        _write(self._places, self._starts.tobytes())
        self._saved += len(self._starts)
        self._unsaved.clear()
        self._starts = array("Q")

    @property
    def _sql(self) -> sqlite3.Connection:
        if self._base is None:
            raise ValueError("閉じた作業フォルダーです")
        return self._base

    def _commit(self) -> None:
        self._sql.execute("COMMIT")
        self._sql.execute("BEGIN EXCLUSIVE")

    def _get(self, key: str) -> str | None:
        found = self._sql.execute("SELECT value FROM run WHERE key = ?", (key,)).fetchone()
        return None if found is None else found[0]

    def _put(self, key: str, value: str) -> None:
        self._sql.execute("INSERT OR REPLACE INTO run VALUES (?, ?)", (key, value))


def _write(handle: int, data: bytes | bytearray) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]


def _told(error: Exception) -> str:
    return said(error) if isinstance(error, OSError) else str(error)
