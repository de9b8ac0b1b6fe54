"""What a run would come to: a few posts are read and screened for a while, the rest is reckoned from that."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from flamecheck.archives.row import Archive
from flamecheck.audit.choice import every
from flamecheck.audit.screening import Desk, Item

SECONDS: Final = 5.0
RECORDS: Final = 2_000


@dataclass(slots=True, frozen=True)
class Estimate:
    """About how many records an archive holds, how many of those that were read are in error, seconds for all."""

    archive: str
    records: int
    read: int
    errors: int
    seconds: float
    whole: bool
    """Whether the archive was read to its end, so that ``records`` is exact."""


def estimate(
    archives: Sequence[Archive],
    desk: Desk,
    jobs: int,
    *,
    records: int = RECORDS,
    seconds: float = SECONDS,
    clock: Callable[[], float] = time.perf_counter,
) -> list[Estimate]:
    """Return an estimate for each archive, from its first ``records`` records or what ``seconds`` allow for.

    The time is that of ``jobs`` processes without the outputs; archives whose first posts are unlike the rest deceive it.
    """
    return [
        _of(archive, desk, jobs, records=records, seconds=seconds / len(archives), clock=clock) for archive in archives
    ]


def _of(
    archive: Archive, desk: Desk, jobs: int, *, records: int, seconds: float, clock: Callable[[], float]
) -> Estimate:
    began = clock()
    spent = 0.0
    read = errors = at = 0
    whole = True
    for _, row in every([archive]):
        if row.document is None and row.error is None:
            continue
        read += 1
        at = row.read
        before = clock()
        line = desk.line(Item(read, archive.name, row))
        spent += clock() - before
        errors += line.rank < 0
        if read >= records or clock() - began >= seconds:
            whole = False
            break
    total = read if whole else max(read, round(read * archive.size / max(1, at)))
    # 読むのは一つのプロセス、見るのは分け合う。
    reading = max(0.0, clock() - began - spent)
    share = total / max(1, read)
    return Estimate(archive.name, total, read, errors, max(reading, spent / jobs) * share, whole)


def told(estimates: Sequence[Estimate], jobs: int) -> str:
    """Return the estimates for people, with the sum."""
    lines = [
        f"{one.archive}: {'' if one.whole else 'およそ '}{one.records:,} 件（試しに {one.read:,} 件を見て、読めない記録 {one.errors:,}）"
        for one in estimates
    ]
    seconds = sum(one.seconds for one in estimates)
    lines.append(
        f"かかる時間はおよそ {_duration(seconds)}（プロセス {jobs}、出力を書く時間を除く）。まだ何も書いていません"
    )
    return "\n".join(lines)


def _duration(seconds: float) -> str:
    if seconds < 60:
        return f"{max(1, round(seconds))} 秒"
    minutes = round(seconds / 60)
    return f"{minutes} 分" if minutes < 60 else f"{minutes // 60} 時間 {minutes % 60} 分"
