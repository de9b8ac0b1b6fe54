"""The index of posts on disk: what a sweep over all of them asks for, in constant memory.

It is made anew from the results of a run, so nothing of it has to survive a crash.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from flamecheck.audit.contradictions import Seen
from flamecheck.audit.facts import Facts
from flamecheck.audit.inconsistency import Involved
from flamecheck.audit.result import Result

_EXCERPT: Final = 80
_ANNOUNCED: Final = 50
"""Announcements of changes between two posts that are looked at."""
_SCHEMA: Final = """
CREATE TABLE posts (
    n INTEGER PRIMARY KEY, at TEXT, account TEXT, channel TEXT, ref TEXT, same BLOB, exact BLOB, text TEXT, facts TEXT
);
CREATE TABLE keys (kind TEXT, key BLOB, account TEXT, at TEXT, n INTEGER, same BLOB);
CREATE TABLE changes (account TEXT, at TEXT, n INTEGER);
CREATE TABLE heads (kind TEXT, n INTEGER, head INTEGER, PRIMARY KEY (kind, n)) WITHOUT ROWID;
CREATE TABLE told (
    kind TEXT, head INTEGER, n INTEGER, start INTEGER, end INTEGER, value TEXT, name TEXT,
    PRIMARY KEY (kind, head, n)
) WITHOUT ROWID;
CREATE TABLE notices (weight INTEGER, kind TEXT, at TEXT, n INTEGER, wire TEXT);
"""
_INDEXES: Final = """
CREATE INDEX IF NOT EXISTS keys_by_key ON keys (kind, key, account, at, n);
CREATE INDEX IF NOT EXISTS posts_by_text ON posts (same, at, n);
CREATE INDEX IF NOT EXISTS changes_by_time ON changes (account, at);
"""


class Member(NamedTuple):
    """A post in a bucket: its number, when it was posted, and the mark of its text."""

    n: int
    at: str
    same: bytes


class Noted(NamedTuple):
    """What a post says: its number, where in its text, the value compared, and the campaign it names."""

    n: int
    start: int
    end: int
    value: str
    name: str


class Bucket(NamedTuple):
    """A bucket of posts: its key, how many different texts it holds, and when the first and the last were posted."""

    key: bytes
    texts: int
    first: str
    last: str


class PostIndex:
    """An SQLite file of the posts of one run; made empty."""

    def __init__(self, path: Path) -> None:
        """Make the file; one that is there is replaced."""
        path.unlink(missing_ok=True)
        self._base: Final = sqlite3.connect(path, isolation_level=None)
        self._base.text_factory = lambda raw: raw.decode("utf-8", "surrogatepass")
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -32768"):
            self._base.execute(f"PRAGMA {pragma}")
        self._base.executescript(_SCHEMA)
        self._base.execute("BEGIN")

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()

    def add(self, result: Result, at: str, same: bytes) -> None:
        """Keep the post of a result; ``at`` is its time as it sorts, ``same`` the mark of its text."""
        post = result.post
        ref = {
            "result": result.number,
            "id": result.row.get("id", post.number),
            "archive": post.archive,
            "number": post.number,
            "place": post.place,
            "url": post.url,
        }
        values = (
            result.number,
            at,
            post.account,
            post.channel,
            json.dumps(ref),
            same,
            mark(post.text),
            sound(post.text),
        )
        self._base.execute("INSERT OR REPLACE INTO posts VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)", values)

    def tell(self, n: int, facts: Facts, keys: Iterable[tuple[str, str]]) -> None:
        """Keep the facts of a post and the buckets it belongs to."""
        at, account, same = self._base.execute("SELECT at, account, same FROM posts WHERE n = ?", (n,)).fetchone()
        self._base.execute("UPDATE posts SET facts = ? WHERE n = ?", (json.dumps(facts.to_plain()), n))
        rows = ((kind, mark(key)[:8], account, at, n, same) for kind, key in keys)
        self._base.executemany("INSERT INTO keys VALUES (?, ?, ?, ?, ?, ?)", rows)
        if facts.changes:
            self._base.execute("INSERT INTO changes VALUES (?, ?, ?)", (account, at, n))

    def sort(self) -> None:
        """Sort what was kept; to be called before anything is asked."""
        self._base.executescript(_INDEXES)
        self._base.execute("BEGIN")

    def clear(self) -> None:
        """Forget what was found, so that it can be looked for again."""
        for table in ("heads", "told", "notices"):
            self._base.execute(f"DELETE FROM {table}")  # noqa: S608 - 名前はここで決めたもの

    def buckets(self, kind: str) -> Iterator[Bucket]:
        """Yield the buckets of one kind that hold more than one post, by key."""
        rows = self._base.execute(
            "SELECT key, COUNT(DISTINCT same), MIN(at), MAX(at) FROM keys WHERE kind = ? GROUP BY key HAVING COUNT(*) > 1",
            (kind,),
        )
        yield from map(Bucket._make, rows)

    def members(self, kind: str, key: bytes, *, by_account: bool) -> Iterator[Member]:
        """Yield the posts of a bucket in the order of time, of each account apart or of all together."""
        order = "account, at, n" if by_account else "at, n"
        query = f"SELECT n, at, same FROM keys WHERE kind = ? AND key = ? ORDER BY {order}"  # noqa: S608 - 上の二つだけ
        yield from map(Member._make, self._base.execute(query, (kind, key)))

    def seen(self, n: int) -> Seen:
        """Return a post with its facts."""
        at, account, channel, facts = self._base.execute(
            "SELECT at, account, channel, facts FROM posts WHERE n = ?", (n,)
        ).fetchone()
        return Seen(n, at, account, channel, Facts.from_plain(json.loads(facts)))

    def announced(self, account: str, first: str, last: str) -> Iterator[tuple[str, Facts]]:
        """Yield time and facts of announcements of changes posted from ``first`` to ``last``, the latest first."""
        rows = self._base.execute(
            "SELECT changes.at, facts FROM changes JOIN posts USING (n)"
            " WHERE changes.account = ? AND changes.at BETWEEN ? AND ? ORDER BY changes.at DESC LIMIT ?",
            (account, first, last, _ANNOUNCED),
        )
        for at, facts in rows.fetchall():
            yield at, Facts.from_plain(json.loads(facts))

    def texts(self) -> Iterator[tuple[Any, ...]]:
        """Yield mark, number, time, channel, exact mark and reference of posts that share their text, text by text."""
        yield from self._base.execute(
            "SELECT same, n, at, account, channel, exact, ref FROM posts WHERE same IN"
            " (SELECT same FROM posts GROUP BY same HAVING COUNT(*) > 1) ORDER BY same, at, n"
        )

    def link(self, kind: str, first: int, second: int) -> int:
        """Return the head of the chain both posts belong to from now on, unless each had its own: that of ``first``."""
        head = self._head(kind, first) or self._head(kind, second) or first
        rows = [(kind, n, head) for n in (first, second)]
        self._base.executemany("INSERT OR IGNORE INTO heads VALUES (?, ?, ?)", rows)
        return head

    def _head(self, kind: str, n: int) -> int | None:
        found = self._base.execute("SELECT head FROM heads WHERE kind = ? AND n = ?", (kind, n)).fetchone()
        return int(found[0]) if found else None

    def note(self, kind: str, head: int, noted: Noted) -> None:
        """Keep what a post of the chain ``head`` says."""
        self._base.execute("INSERT OR IGNORE INTO told VALUES (?, ?, ?, ?, ?, ?, ?)", (kind, head, *noted))

    def chains(self) -> Iterator[tuple[Any, ...]]:
        """Yield kind, head, number, start, end, value, name and time of what was noted, chain by chain in time."""
        yield from self._base.execute(
            "SELECT told.kind, head, told.n, start, end, value, name, at FROM told JOIN posts ON posts.n = told.n"
            " ORDER BY told.kind, head, at, told.n"
        )

    def involved(self, n: int, start: int = 0, end: int = 0) -> Involved:
        """Return a post as a notice lists it; ``start`` and ``end`` count its text."""
        at, account, channel, ref, text = self._base.execute(
            "SELECT at, account, channel, ref, text FROM posts WHERE n = ?", (n,)
        ).fetchone()
        low = max(0, min(start - 20, len(text) - _EXCERPT))
        excerpt = ("…" if low else "") + text[low : low + _EXCERPT] + ("…" if low + _EXCERPT < len(text) else "")
        return Involved(
            **json.loads(ref), posted_at=at, channel=channel, account=account, start=start, end=end,
            shown=text[start:end], excerpt=excerpt.replace("\n", " "),
        )  # fmt: skip

    def text(self, n: int) -> str:
        """Return the text of a post."""
        return str(self._base.execute("SELECT text FROM posts WHERE n = ?", (n,)).fetchone()[0])

    def put(self, weight: int, kind: str, at: str, n: int, wire: str) -> None:
        """Keep a notice."""
        self._base.execute("INSERT INTO notices VALUES (?, ?, ?, ?, ?)", (weight, kind, at, n, wire))

    def notices(self, least: int) -> Iterator[str]:
        """Yield the notices of at least a weight, the oddest first."""
        rows = self._base.execute(
            "SELECT wire FROM notices WHERE weight >= ? ORDER BY weight DESC, kind, at, n, wire", (least,)
        )
        yield from (wire for (wire,) in rows)


def mark(text: str) -> bytes:
    """Return the mark by which equal texts are known."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).digest()


def sound(text: str) -> str:
    """Return ``text`` as SQLite can keep it: a lone surrogate becomes U+FFFD, one for one."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if not text.isascii() else text
