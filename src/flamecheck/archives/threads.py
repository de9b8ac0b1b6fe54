"""Which posts hang together, in an index on disk: 16 to 60 bytes a post there, and the same few megabytes of memory always."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Final

_LARGEST: Final = 2**63 - 1


class Threads:
    """Leads a post to the first one of its thread; the index is nameless and vanishes with the object."""

    def __init__(self, posts: Iterable[tuple[str, str]]) -> None:
        """Take in every post: its id, and that of the post it replies to (empty for none); ids are decimal numbers."""
        # 名前のない SQLite は、一時ファイルに溢れ、閉じると消える。
        self._index: Final = sqlite3.connect("", isolation_level=None)
        self._index.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -4000;"
            "CREATE TABLE post (id INTEGER PRIMARY KEY, parent INTEGER, first INTEGER); BEGIN"
        )
        numbers = ((_number(own), _number(parent)) for own, parent in posts)
        self._index.executemany(
            "INSERT OR IGNORE INTO post (id, parent) VALUES (?, ?)", (pair for pair in numbers if pair[0] is not None)
        )
        self._index.execute("COMMIT")
        self._index.execute("CREATE INDEX child ON post (parent) WHERE parent IS NOT NULL")

    def first(self, id: str) -> str:
        """Return the id of the first post of the thread that ``id`` stands in, "" when it stands alone."""
        number = _number(id)
        if number is None:
            return ""
        found = self._first(number)
        if found == number and not self._one("SELECT 1 FROM post WHERE parent = ?", number):
            return ""
        return str(found)

    def _first(self, number: int) -> int:
        path: list[int] = []
        seen: set[int] = set()
        here = number
        while True:
            row = self._one("SELECT parent, first FROM post WHERE id = ?", here)
            if row is None:
                # 親が手元にない。ここまでで一番上の投稿から始まる。
                here = path[-1] if path else number
                break
            if here in seen:
                here = min(path[path.index(here) :])  # 輪になった返信
                break
            path.append(here)
            seen.add(here)
            parent, first = row
            if first is not None or parent is None:
                here = here if first is None else first
                break
            here = parent
        if len(path) > 1:
            self._index.executemany("UPDATE post SET first = ? WHERE id = ?", ((here, step) for step in path))
        return here

    def _one(self, query: str, number: int) -> tuple[int | None, ...] | None:
        row: tuple[int | None, ...] | None = self._index.execute(query, (number,)).fetchone()
        return row

    def close(self) -> None:
        """Let the index vanish."""
        self._index.close()


def _number(id: str) -> int | None:
    return int(id) if id.isascii() and id.isdigit() and len(id) < 20 and int(id) <= _LARGEST else None
