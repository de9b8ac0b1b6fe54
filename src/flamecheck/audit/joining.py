"""Rows of two runs joined by id: in step while both have the same order, else through an index on disk."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from itertools import zip_longest
from pathlib import Path
from typing import TypeVar

_T = TypeVar("_T", bound=dict[str, object])
Pair = tuple[_T | None, _T | None]


def joined(old: Iterator[_T], new: Iterator[_T], folder: Path | None = None) -> Iterator[Pair[_T]]:
    """Yield each row of ``new`` with the one of ``old`` that has its id, then what is left of ``old``, in order.

    Rows with one id are joined in their order.  Every row has an id.  ``folder`` is where the index lies while it is
    needed (the system's place for temporary files without it); the memory taken does not grow with the rows.
    """
    for before, after in zip_longest(old, new):
        if before is not None and after is not None and _key(before) == _key(after):
            yield before, after
            continue
        with tempfile.TemporaryDirectory(prefix="flamecheck-", dir=folder) as where:
            yield from _by_index(_first(before, old), _first(after, new), Path(where) / "old.sqlite")
        return


def _by_index(old: Iterator[_T], new: Iterator[_T], path: Path) -> Iterator[Pair[_T]]:
    with closing(sqlite3.connect(path, isolation_level=None)) as index:
        # 途中で止まれば作り直すだけの索引なので、書き込みを確かめない。
        index.execute("PRAGMA journal_mode = OFF")
        index.execute("PRAGMA synchronous = OFF")
        index.execute("CREATE TABLE old (at INTEGER PRIMARY KEY, key BLOB, row TEXT)")
        index.execute("BEGIN")
        index.executemany("INSERT INTO old (key, row) VALUES (?, ?)", ((_key(row), json.dumps(row)) for row in old))
        index.execute("CREATE INDEX by_key ON old (key)")
        for after in new:
            found = index.execute(
                "SELECT at, row FROM old WHERE key = ? ORDER BY at LIMIT 1", (_key(after),)
            ).fetchone()
            if found is None:
                yield None, after
            else:
                index.execute("DELETE FROM old WHERE at = ?", found[:1])
                yield json.loads(found[1]), after
        for (row,) in index.execute("SELECT row FROM old ORDER BY at"):
            yield json.loads(row), None


def _first(row: _T | None, rest: Iterator[_T]) -> Iterator[_T]:
    if row is not None:
        yield row
    yield from rest


def _key(row: dict[str, object]) -> bytes:
    # 番号の 1 と文字列の "1" は別の id。
    return hashlib.blake2b(json.dumps(row["id"]).encode(), digest_size=16).digest()
