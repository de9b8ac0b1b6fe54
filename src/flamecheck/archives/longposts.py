"""The long posts of X, which stand in a file of their own, under ids of their own: which one a cut post is the start of.

Long posts are rare, but nobody promises that they are: they wait in an index on disk.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from datetime import datetime
from typing import Final, NamedTuple

_LINK: Final = re.compile(r"https?://\S+|[\s…]+")
_APART: Final = 2
"""Seconds between what the two files say of the moment of one post."""


class LongPost(NamedTuple):
    """One long post: ``number`` is its place in the archive, from 1."""

    number: int
    id: str
    at: datetime
    text: str


class LongPosts:
    """Finds the long text of a post; each is given out once."""

    def __init__(self, posts: Iterable[LongPost]) -> None:
        """Take in every long post."""
        self._index: Final = sqlite3.connect("", isolation_level=None)
        self._index.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -4000;"
            "CREATE TABLE post (number INTEGER PRIMARY KEY, id TEXT, at INTEGER, text BLOB, given INTEGER); BEGIN"
        )
        rows = ((post.number, post.id, int(post.at.timestamp()), _bytes(post.text)) for post in posts)
        self._index.executemany("INSERT INTO post VALUES (?, ?, ?, ?, 0)", rows)
        for statement in ("COMMIT", "CREATE INDEX by_at ON post (at)", "CREATE INDEX by_id ON post (id)"):
            self._index.execute(statement)
        self._any: Final = self._index.execute("SELECT 1 FROM post").fetchone() is not None

    def of(self, id: str, at: datetime | None, text: str) -> str | None:
        """Return the long text that a post with this id, moment and beginning stands for, or None."""
        if not self._any:
            return None
        moment = int(at.timestamp()) if at else 0
        beginning = _LINK.sub("", text)
        query = "SELECT number, text, id FROM post WHERE given = 0 AND (id = ? OR at BETWEEN ? AND ?) ORDER BY number"
        for number, raw, own in self._index.execute(query, (id, moment - _APART, moment + _APART)).fetchall():
            long = raw.decode("utf-8", "surrogatepass")
            if own == id or (beginning and _LINK.sub("", long).startswith(beginning)):
                self._index.execute("UPDATE post SET given = 1 WHERE number = ?", (number,))
                return str(long)
        return None

    def given(self, number: int) -> bool:
        """Return whether a post has taken this long one."""
        query = "SELECT 1 FROM post WHERE number = ? AND given = 1"
        return self._index.execute(query, (number,)).fetchone() is not None

    def close(self) -> None:
        """Let the index vanish."""
        self._index.close()


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
