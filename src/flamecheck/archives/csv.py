"""CSV and TSV as Excel and other tools write them, of any size."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from flamecheck.archives.columns import Columns, checked, cut, find, no_text
from flamecheck.archives.encoding import Counted, broken, checked_encoding, guess_encoding
from flamecheck.archives.records import Dialect, Record, read_records
from flamecheck.archives.row import Asked, Row
from flamecheck.errors import InputError

_DELIMITERS: Final = {",": "カンマ", "\t": "タブ", ";": "セミコロン", "|": "縦棒"}
_SAMPLE: Final = 1 << 18
_ESCAPED: Final = re.compile(r'\\"[^,\t;|\r\n"]')
_DOUBLED: Final = re.compile(r'[^,\t;|\r\n"]""|""[^,\t;|\r\n"]')
_ALONE: Final = "\x1f"
"""The delimiter of a table of one column."""
_SEPARATOR: Final = "sep="


def open_csv(path: Path, asked: Asked) -> Csv:
    """Open a table of text; raises InputError (codes ``unreadable``, ``encoding``, ``columns``)."""
    return Csv(path, asked)


class Csv:
    """One table of text: its encoding, its dialect and its columns are settled from the first 256 KiB."""

    def __init__(self, path: Path, asked: Asked) -> None:
        """Guess what the user does not say."""
        self.name: Final = path.as_posix()
        self._path: Final = path
        checked(asked.columns)
        if asked.encoding:
            self._encoding, told = checked_encoding(asked.encoding), []
        else:
            self._encoding, label = guess_encoding(path)
            told = [] if label == "UTF-8" else [f"文字コード: {label}"]
        self._skip, sample = self._sampled()
        tab = path.suffix.lower() in (".tsv", ".tab", ".txt")
        self._dialect, self._header, self._columns = self._settled(sample, asked, first="\t" if tab else ",")
        if self._dialect.delimiter not in ("\t" if tab else ",", _ALONE):
            told.append(f"区切り: {_DELIMITERS.get(self._dialect.delimiter, self._dialect.delimiter)}")
        if self._dialect.escape:
            told.append('引用符: 本文の中の " は \\" と書かれています')
        if self._header < 0:
            told.append("見出しの行はないものとして、一行目から読みます")
        elif self._header > 0:
            told.append(f"見出しは {self._header + 1 + self._skip} 行目です。それより上の行は読みません")
        self.told: Final = tuple(f"{self.name}: {line}" for line in (*told, *self._columns.told))

    @property
    def size(self) -> int:
        """Return the bytes of the file."""
        return self._path.stat().st_size

    def rows(self) -> Iterator[Row]:
        """Yield every record; see ``Archive``."""
        counted = Counted(self._path)
        with counted.text(self._encoding) as stream:
            for _ in range(self._skip):
                stream.readline()
            number = 0
            width = len(self._columns.header)
            for record in read_records(stream.readline, self._dialect, width=width):
                if record.number <= self._header + 1:
                    continue
                for row in self._rows(record, number + 1, counted.count):
                    number = row.number
                    yield row

    def _rows(self, record: Record, number: int, read: int) -> Iterator[Row]:
        line, own = record.line + self._skip, record.number + self._skip
        place = f"{self.name} {line} 行目" + (f"（表では {own} 行目）" if own != line else "")
        error = record.error
        raw = record.raw
        if error is None and broken("".join(record.cells), self._encoding):
            error = InputError("encoding", f"{self._encoding} として読めない文字があります")
            raw = self._dialect.delimiter.join(record.cells)
        if error is not None:
            told = InputError(error.code, f"{place}: {error.message}", line=line)
            yield Row(number, place, read, error=told, raw=cut(raw))
            return
        yield from self._columns.rows(record.cells, name=self.name, place=place, number=number, read=read, line=line)

    def _sampled(self) -> tuple[int, str]:
        """Return how many lines before the table only speak to Excel, and the beginning of the table."""
        with Counted(self._path).text(self._encoding) as stream:
            sample = stream.read(_SAMPLE)
        first = sample.partition("\n")[0].strip().strip('"')
        if first.lower().startswith(_SEPARATOR) and len(first) <= len(_SEPARATOR) + 2:
            return 1, "".join(io.StringIO(sample, newline="").readlines()[1:])
        return 0, sample

    def _settled(self, sample: str, asked: Asked, *, first: str) -> tuple[Dialect, int, Columns]:
        """Return the dialect that makes most of the sample, the index of the row of headers, and the columns."""
        best: tuple[tuple[int, int, int], Dialect, int, Columns] | None = None
        shown: list[list[str]] = []
        for dialect in _dialects(sample, first):
            stream = io.StringIO(sample, newline="")
            records = list(read_records(stream.readline, dialect))[:200]
            cells = [record.cells for record in records]
            found = find(cells, asked.columns)
            if max(map(len, cells), default=0) > max(map(len, shown), default=0):
                shown = cells
            if found is None:
                continue
            index, columns = found
            width = len(columns.header)
            # 標本の終わりで切れた行は、誤りに数えない。
            wrong = sum(record.error is not None or len(record.cells) > width for record in records[index + 1 : -1])
            score = (len(columns.at) + len(columns.texts), -wrong, width)
            if best is None or score > best[0]:
                best = (score, dialect, index, columns)
        if best is None:
            raise no_text(self.name, shown, asked.columns)
        _, dialect, index, columns = best
        if len(columns.header) == 1:
            # 一列だけの表では、本文の中のカンマも本文のうち。
            dialect = replace(dialect, delimiter=_ALONE)
        return dialect, index, columns


def _dialects(sample: str, first: str) -> Iterator[Dialect]:
    others = [sign for sign in _DELIMITERS if sign != first and sign in sample]
    # 「\」で終わるセルも \" と書かれる。文の途中に \" があり、"" がないときだけ、逃がしの印と見る。
    escapes = bool(_ESCAPED.search(sample)) and not _DOUBLED.search(sample)
    for delimiter in (first, *others):
        yield Dialect(delimiter)
        if escapes:
            yield Dialect(delimiter, "\\")
