"""The flagged posts of a run, the one to read first in front, ordered on the disk; and what the run comes to in numbers."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date

from flamecheck.audit.ranking import rank
from flamecheck.audit.result import Post, Result, Results, RunFacts

_KEPT = ("id", "tier", "score", "owners", "findings")
"""What a table for people tells of a row."""


@dataclass(slots=True)
class Tally:
    """Results counted: by tier (all of them that were screened) and, of those with findings, by rule."""

    tiers: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    flagged: int = 0
    clean: int = 0
    failed: int = 0


@contextmanager
def ordered(results: Results, facts: RunFacts) -> Iterator[tuple[Tally, Iterator[Result]]]:
    """Give the counts and the flagged posts by rank (``audit.ranking``), those of one rank in the order of the run.

    Of a row only what a table for people tells is left.  Memory does not grow with the posts; the disk does, until the
    posts are done with.
    """
    today = date.fromisoformat(facts.made_on)
    tally = Tally()
    # 名前のないデータベースは、溢れた分だけ一時ファイルに置かれ、閉じると消える。
    with closing(sqlite3.connect("", isolation_level=None)) as disk:
        disk.execute("CREATE TABLE posts (value REAL, number INTEGER, told TEXT)")
        disk.execute("BEGIN")
        for result in results:
            if _count(result, tally):
                row = {key: result.row[key] for key in _KEPT}
                told = json.dumps({"post": asdict(result.post), "row": row})
                disk.execute("INSERT INTO posts VALUES (?, ?, ?)", (rank(result, today).value, result.number, told))
        disk.execute("CREATE INDEX by_rank ON posts (value DESC, number)")
        disk.execute("COMMIT")
        rows = disk.execute("SELECT number, told FROM posts ORDER BY value DESC, number")
        yield tally, (_result(number, told) for number, told in rows)


def _count(result: Result, tally: Tally) -> bool:
    """Count a result; return whether it has findings."""
    if result.failed:
        tally.failed += 1
        return False
    findings = result.row["findings"]
    tally.tiers[result.row["tier"]] += 1
    tally.rules.update({item["rule_id"] for item in findings})
    tally.flagged += bool(findings)
    tally.clean += not findings
    return bool(findings)


def _result(number: int, told: str) -> Result:
    value = json.loads(told)
    return Result(number, Post(**value["post"]), value["row"])
