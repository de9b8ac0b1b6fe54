"""Lines of a table → records: quoted cells may hold line ends, and a broken quotation takes no more than its own line.

A quotation mark that nobody closes would make one cell of all that follows.  Where the marks do not fit, the line on
which the record began is told to be broken, and reading begins anew on the next one; until a record has as many cells
as the table has columns, what is read is not trusted to be a record.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from flamecheck.errors import InputError

MAX_LENGTH: Final = 8_000_000
"""Code points of one record."""
MAX_LINES: Final = 10_000
"""Lines of one record."""


@dataclass(slots=True, frozen=True)
class Dialect:
    """How the cells of a table are told apart."""

    delimiter: str = ","
    escape: str | None = None


@dataclass(slots=True, frozen=True)
class Record:
    """One record: ``line`` is the line of the file it begins on, ``number`` its own; both count from 1.

    ``cells`` is empty for a blank line, and where ``error`` says why there are none; ``raw`` is then what stands there.
    """

    line: int
    number: int
    cells: list[str]
    error: InputError | None = None
    raw: str = ""


class _OverlongError(Exception):
    """A record has no end in sight."""


class _Feed:
    """The lines of a file, of which those of the record that is read are kept."""

    def __init__(self, lines: Callable[[], str]) -> None:
        self._lines: Final = lines
        self._again: deque[str] = deque()
        self.kept: list[str] = []
        self._length = 0
        self.line = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if len(self.kept) >= MAX_LINES or self._length > MAX_LENGTH:
            raise _OverlongError
        line = self._again.popleft() if self._again else self._lines()
        if not line:
            raise StopIteration
        self.kept.append(line)
        self._length += len(line)
        self.line += 1
        if self._length > MAX_LENGTH:
            raise _OverlongError
        return line

    def begin(self) -> None:
        """Forget the record that was read."""
        self.kept, self._length = [], 0

    def back(self, keep: int) -> str:
        """Return the first ``keep`` lines of the record; the others will be read again."""
        self._again.extendleft(reversed(self.kept[keep:]))
        self.line -= len(self.kept) - keep
        return "".join(self.kept[:keep])


def read_records(readline: Callable[[int], str], dialect: Dialect, *, width: int | None = None) -> Iterator[Record]:
    """Yield every record; ``width`` is how many cells one has (None: not known).  Raises nothing for what is broken.

    ``readline`` is that of a text file opened with ``newline=""``.
    """
    # 既定の上限は 131,072 字で、長い記事のセルがここで止まる。プロセス全体の値なので、下げることはしない。
    csv.field_size_limit(max(csv.field_size_limit(), MAX_LENGTH))
    feed = _Feed(lambda: _whole(readline))
    reader = _reader(feed, dialect)
    number, doubted = 0, False
    while True:
        feed.begin()
        line = feed.line + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (csv.Error, _OverlongError) as problem:
            number += 1
            error = _problem(problem, feed.kept)
            cut_off = isinstance(problem, csv.Error) and "unexpected end" in str(problem)
            only = not cut_off or _holds_record(feed.kept[1:], dialect, width)
            raw = feed.back(1 if only else len(feed.kept))
            yield Record(line, number, [], error, raw)
            reader, doubted = _reader(feed, dialect), True
            continue
        number += 1
        wrong = _misfit(cells, feed.kept, width, doubted=doubted)
        doubted = doubted and wrong is not None
        yield Record(line, number, cells if wrong is None else [], wrong, "" if wrong is None else "".join(feed.kept))


def _whole(readline: Callable[[int], str]) -> str:
    """Return the next line; of one that has no end in sight no more than is kept, and the rest of it is passed over."""
    line = readline(MAX_LENGTH + 1)
    rest = line
    while len(rest) > MAX_LENGTH and rest[-1] not in "\r\n":
        rest = readline(MAX_LENGTH + 1)
    return line


def _reader(feed: _Feed, dialect: Dialect) -> Iterator[list[str]]:
    return csv.reader(
        feed, delimiter=dialect.delimiter, escapechar=dialect.escape, doublequote=dialect.escape is None, strict=True
    )


def _problem(problem: Exception, lines: list[str]) -> InputError:
    if isinstance(problem, _OverlongError) and len(lines) == 1:
        return InputError("too-large", f"この行は長すぎます（{MAX_LENGTH:,} 字まで）。続きは読み飛ばしました")
    if isinstance(problem, _OverlongError) or "unexpected end" in str(problem):
        return InputError("quotes", '引用符（"）が閉じていません。この行を飛ばして、次の行から読み直します')
    return InputError("quotes", '引用符（"）の使い方が合いません。本文の中の " は "" と二つ重ねて書きます')


def _misfit(cells: list[str], lines: list[str], width: int | None, *, doubted: bool) -> InputError | None:
    """Return why what was read is no record of this table, or None."""
    if width is None or not cells:
        return None
    if any(cells[width:]):
        message = (
            f'セルが {len(cells)} 個あり、見出しの {width} 個より多い行です。本文の中の区切り文字は " で囲んでください'
        )
        return InputError("cells", message)
    if len(cells) < width and (doubted or lines[-1][-1:] not in ("\r", "\n")):
        return InputError("cells", f"セルが {len(cells)} 個しかなく（見出しは {width} 個）、途中で切れているようです")
    return None


def _holds_record(lines: list[str], dialect: Dialect, width: int | None) -> bool:
    """Return whether a whole record stands on the lines behind a quotation mark that nobody closes."""
    reader = csv.reader(
        lines, delimiter=dialect.delimiter, escapechar=dialect.escape, doublequote=dialect.escape is None, strict=True
    )
    try:
        return any(len(cells) == width or width is None for cells in reader)
    except csv.Error as problem:
        # 途中の引用符も合わないなら、まとめてしまわずに一行ずつ見ていく。
        return "unexpected end" not in str(problem)
