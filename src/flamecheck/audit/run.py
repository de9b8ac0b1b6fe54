"""``run(job) -> bool``: every chosen record becomes one line of the work file, in order, screened by other processes.

The parent reads, finds what was screened before, hands out chunks and writes; it decides nothing, so the same bytes
come out however many workers there are and however often a run was killed.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from flamecheck.archives.row import Archive, Row
from flamecheck.audit.choice import Choice
from flamecheck.audit.line import repeated
from flamecheck.audit.sameness import Sameness
from flamecheck.audit.screening import DIED, Desk, Item, Line, failed, post_of
from flamecheck.audit.work import Counts, Work
from flamecheck.audit.workers import Task, Workers
from flamecheck.document import Document
from flamecheck.errors import InputError

CHARACTERS: Final = 20_000
RECORDS: Final = 200
"""A chunk is full when its texts have so many code points, or when it has so many records."""
WINDOW: Final = 4
"""So many chunks a worker are read ahead of the one that is written next."""
SECONDS: Final = 5.0
_LETTER: Final = re.compile("[A-Za-zＡ-Ｚａ-ｚ]")


class Progress:
    """Who is told how far a run is; this one tells nobody."""

    def at(self, archive: int, read: int, counts: Counts) -> None:
        """Take note that ``read`` of an archive is read, in the unit of its ``size``."""


@dataclass(slots=True, frozen=True)
class Job:
    """One run: what is read, who screens, where results go.

    ``stopped`` is asked now and then whether to stop; ``every`` is after how many results there is a checkpoint besides
    the one every five seconds.
    """

    archives: Sequence[Archive]
    make: Callable[[], Desk]
    sameness: Sameness
    work: Work
    choice: Choice = field(default_factory=Choice)
    jobs: int = 1
    warn: Callable[[str], object] = print
    progress: Progress = field(default_factory=Progress)
    stopped: Callable[[], bool] = lambda: False
    every: int = 50_000


@dataclass(slots=True)
class _Chunk:
    """Records in order: each to be screened, or a repetition of an earlier result."""

    items: list[Item] = field(default_factory=list)
    firsts: list[int] = field(default_factory=list)
    lines: list[Line | None] = field(default_factory=list)
    missing: int = 0
    size: int = 0
    same_ids: int = 0
    end: tuple[int, int] = (0, 0)
    """The archive of its last record, and how much of that archive was read then."""


def run(job: Job) -> bool:
    """Do what is left of the job and return whether all of it is done; a run that is stopped keeps what it has.

    Raises InputError (code ``workers``) when workers die one after another, OSError when nothing more can be written.
    """
    work = job.work
    if work.finished:
        return True
    counts = work.counts
    done = counts.read
    counts.blank = counts.outside = counts.undated = counts.not_drawn = 0
    rows = _counted(job, done)
    whole = True
    with Workers(job.jobs, job.make, job.warn) as workers:
        whole = _screened(job, rows, workers, done)
    work.checkpoint(finished=whole)
    return whole


def _counted(job: Job, done: int) -> Iterator[tuple[int, Row]]:
    """Yield the records that have no result yet."""
    rows = job.choice.rows(job.archives, job.work.counts)
    for passed, _ in enumerate(islice(rows, done)):
        if passed % 1000 == 0 and job.stopped():
            return
    yield from rows


def _screened(job: Job, rows: Iterator[tuple[int, Row]], workers: Workers, done: int) -> bool:
    """Screen and write until nothing is left; return False when the run was stopped before."""
    work = job.work
    open_chunks: dict[int, _Chunk] = {}
    given = written = 0
    saved, since = time.monotonic(), done
    more = True
    number = done
    names = [archive.name for archive in job.archives]
    while more or open_chunks:
        if job.stopped():
            return False
        while more and len(open_chunks) < WINDOW * job.jobs:
            chunk = _chunk(job, rows, names, number)
            if not chunk.items:
                more = False
                break
            number += len(chunk.items)
            open_chunks[given] = chunk
            fresh = [item for item, first in zip(chunk.items, chunk.firsts, strict=True) if first == item.number]
            if fresh:
                workers.give(Task(given, 0, fresh))
            given += 1
        if open_chunks and open_chunks[written].missing:
            for task, lines in workers.done(0.2):
                chunk = open_chunks[task.chunk]
                chunk.lines[task.first : task.first + len(lines)] = [
                    line or _killed(item) for line, item in zip(lines, task.items, strict=True)
                ]
                chunk.missing -= len(lines)
        while written in open_chunks and not open_chunks[written].missing:
            chunk = open_chunks.pop(written)
            _write(work, chunk)
            job.progress.at(*chunk.end, work.counts)
            written += 1
            if work.counts.read - since >= job.every or time.monotonic() - saved >= SECONDS:
                work.checkpoint()
                saved, since = time.monotonic(), work.counts.read
    return not job.stopped()


def _chunk(job: Job, rows: Iterator[tuple[int, Row]], names: Sequence[str], number: int) -> _Chunk:
    """Return the next records with, for each, the number of the result that speaks for it."""
    chunk = _Chunk()
    for archive, row in rows:
        number += 1
        item = Item(number, names[archive], row)
        first = number
        if row.document is not None:
            first = job.work.first(job.sameness.key(row.document), number)
            chunk.size += len(row.document.text) if first == number else 0
            chunk.same_ids += _same_id(job.work, row.document, number)
        else:
            chunk.size += len(row.raw)
        chunk.items.append(item)
        chunk.firsts.append(first)
        chunk.missing += first == number
        chunk.end = archive, row.read
        if chunk.size >= CHARACTERS or len(chunk.items) >= RECORDS:
            break
    chunk.lines = [None] * chunk.missing
    return chunk


def _write(work: Work, chunk: _Chunk) -> None:
    """Write the lines of a chunk; a repetition is made from the line it repeats."""
    fresh = iter(chunk.lines)
    counts = work.counts
    counts.same_ids += chunk.same_ids
    for item, first in zip(chunk.items, chunk.firsts, strict=True):
        if first == item.number:
            made = next(fresh)
            if made is None:
                raise ValueError("見ていない投稿は書けません")
            counts.screened += made.rank >= 0
            counts.quarantined += made.rank < 0
            counts.flagged += made.flagged
            counts.highest = max(counts.highest, made.rank)
            work.add(made.line)
            continue
        line, failed_too = _again(work, item, first)
        counts.duplicates += not failed_too
        counts.quarantined += failed_too
        work.add(line)


def _again(work: Work, item: Item, first: int) -> tuple[bytes, bool]:
    """Return the line of a repetition, and whether what it repeats is in error."""
    document = item.row.document
    row_id = item.number if document is None else document.id
    return repeated(work.line(first), item.number, post_of(item), row_id, dict(item.row.extra))


def _same_id(work: Work, document: Document, number: int) -> bool:
    """Return whether an earlier post of the run has the id of this one."""
    told = repr(document.id).encode("utf-8", "surrogatepass")
    return work.first(hashlib.blake2b(told, digest_size=12).digest(), number) != number


def _killed(item: Item) -> Line:
    document = item.row.document
    return failed(item, InputError("internal", DIED), item.row.number if document is None else document.id, _no_digits)


def _no_digits(words: str) -> str:
    # 止めた投稿をもう一度読みはしない。アドレスもパスワードも、英字と数字でできている。
    return "".join("*" if sign.isnumeric() or _LETTER.match(sign) else sign for sign in words)
