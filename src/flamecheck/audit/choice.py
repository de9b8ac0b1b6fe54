"""Which records are audited: those of certain days, and of these perhaps so many drawn by chance."""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from flamecheck.archives.row import Archive, Row
from flamecheck.audit.work import Counts
from flamecheck.document import Document
from flamecheck.errors import InputError, said


@dataclass(slots=True, frozen=True)
class Choice:
    """The first and the last day, and how many posts to draw with which seed; None for all."""

    since: date | None = None
    until: date | None = None
    sample: int | None = None
    seed: int = 0

    def __post_init__(self) -> None:
        """Raise ValueError when the first day is later than the last."""
        if self.since and self.until and self.since > self.until:
            raise ValueError(f"--since {self.since} が --until {self.until} より後なので、入る日がありません")

    @property
    def told(self) -> str:
        """Return how posts were chosen, "" for all."""
        days = [f"{self.since} から"] if self.since else []
        days += [f"{self.until} まで"] if self.until else []
        drawn = [] if self.sample is None else [f"無作為に {self.sample} 件まで（seed {self.seed}）"]
        return "、".join([" ".join(days), *drawn] if days else drawn)

    def rows(self, archives: Sequence[Archive], counts: Counts) -> Iterator[tuple[int, Row]]:
        """Yield the records to audit, each with the index of its archive; what is left out is counted.

        Records in error are always among them: first and as they come when posts are drawn, which takes memory for the
        posts that are drawn and no more.
        """
        chosen = (found for found in every(archives) if self._within(found[1], counts))
        if self.sample is None:
            yield from chosen
            return
        drawn: list[tuple[bytes, int, int, Row]] = []
        for archive, row in chosen:
            if row.document is None:
                yield archive, row
                continue
            # 同じ種なら、どこで止まって始めなおしても同じものが残る。
            lot = hashlib.blake2b(f"{self.seed} {archive} {row.number}".encode(), digest_size=16).digest()
            entry = (_turned(lot), archive, row.number, row)
            if len(drawn) < self.sample:
                heapq.heappush(drawn, entry)
                continue
            counts.not_drawn += 1
            if drawn:
                heapq.heappushpop(drawn, entry)
        for _, archive, _, row in sorted(drawn, key=lambda entry: entry[1:3]):
            yield archive, row

    def _within(self, row: Row, counts: Counts) -> bool:
        if row.document is None:
            counts.blank += row.error is None
            return row.error is not None
        return self._on_its_day(row.document, counts)

    def _on_its_day(self, document: Document, counts: Counts) -> bool:
        if not (self.since or self.until):
            return True
        moment = document.context.posted_at
        if moment is None:
            counts.undated += 1
            return False
        day = moment.date()
        within = (self.since or date.min) <= day <= (self.until or date.max)
        counts.outside += not within
        return within


def every(archives: Sequence[Archive]) -> Iterator[tuple[int, Row]]:
    """Yield every record of every archive; where nothing more can be read of one, that is its last record, in error."""
    for index, archive in enumerate(archives):
        number = read = 0
        try:
            for row in archive.rows():
                number, read = row.number, row.read
                yield index, row
        except InputError as error:
            wrong = error
        except OSError as error:
            wrong = InputError("unreadable", f"ここから先は読めません: {said(error)}")
        except Exception as error:
            wrong = InputError("internal", f"内部の誤りで、ここから先は読めません: {type(error).__name__}")
        else:
            continue
        place = f"{archive.name} {number + 1} 件目から"
        yield index, Row(number + 1, place, read, error=wrong)


def _turned(lot: bytes) -> bytes:
    """Return the lot turned round, so that the heap of the smallest lots gives up the greatest of them first."""
    return bytes(255 - one for one in lot)
