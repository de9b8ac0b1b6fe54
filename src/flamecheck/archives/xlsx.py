"""Workbooks of Excel: content calendars and exports, every visible sheet that holds posts."""

from __future__ import annotations

import re
import unicodedata
import weakref
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time
from itertools import islice
from pathlib import Path
from typing import Any, Final

from flamecheck.archives.columns import HEAD, Cells, Columns, checked, find, no_text, shown
from flamecheck.archives.columns import record as as_line
from flamecheck.archives.row import Asked, Row
from flamecheck.archives.values import channel_of
from flamecheck.archives.workbook import Sheet, load, open_package, scan, unescaped
from flamecheck.errors import InputError

_LAST: Final = 1_048_576
"""The rows of a sheet in Excel; a file that counts on is no sheet."""
_LINKING: Final = re.compile(r'=\s*HYPERLINK\(\s*"([^"]+)"', re.IGNORECASE)
_HOURS: Final = re.compile(r'"[^"]*"|\[[^\]]*\]')


def open_xlsx(path: Path, asked: Asked) -> Xlsx:
    """Open a workbook; raises InputError (codes ``archive``, ``columns``, ``extra``, ``sheet``, ``too-large``,
    ``unreadable``).
    """  # noqa: D205
    return Xlsx(path, asked)


@dataclass(slots=True, frozen=True)
class _Posts:
    """A sheet that holds posts: its place among the sheets, the rows above its records, its columns."""

    index: int
    title: str
    above: int
    columns: Columns
    sheet: Sheet


@dataclass(slots=True, frozen=True)
class _Line:
    """One row of a sheet: its cells, the same as formulas (none where there are none), and with merged cells filled."""

    line: int
    cells: Cells
    formulas: Cells
    filled: list[Any]

    def formula(self, column: int) -> Any:
        """Return the formula of a cell, or None."""
        cell = self.formulas[column] if column < len(self.formulas) else None
        return cell.value if cell is not None and cell.data_type == "f" else None


class Xlsx:
    """One workbook; what Excel has not saved (the value of a formula) is a row with an error."""

    def __init__(self, path: Path, asked: Asked) -> None:
        """Find the sheets that hold posts, and their columns."""
        self.name: Final = path.as_posix()
        checked(asked.columns)
        self._package: Final = open_package(path)
        weakref.finalize(self, self._package.close)
        try:
            self._book, self._strings = load(self._package, None, values=True)
            if self._strings is not None:
                weakref.finalize(self, self._strings.close)
            self._sheets, told = self._found(asked)
        except InputError:
            self._package.close()
            raise
        except Exception as error:
            self._package.close()
            raise self._unreadable(error) from None
        self.told: Final = tuple(f"{self.name}: {line}" for line in told)

    @property
    def size(self) -> int:
        """Return the rows of the sheets that are read."""
        return sum(posts.sheet.rows for posts in self._sheets)

    def rows(self) -> Iterator[Row]:
        """Yield every record, sheet by sheet; blank rows behind the last record are none.  See ``Archive``."""
        number = before = 0
        for posts in self._sheets:
            try:
                for row in self._rows(posts, number, before):
                    number = row.number
                    yield row
            except InputError:
                raise
            except Exception as error:
                raise self._unreadable(error) from None
            before += posts.sheet.rows

    def _found(self, asked: Asked) -> tuple[list[_Posts], list[str]]:
        wanted = self._wanted(asked.sheet)
        found: list[_Posts] = []
        aside: list[str] = []
        told: list[str] = []
        heads: list[list[list[Any]]] = []
        for index, sheet in enumerate(self._book.worksheets):
            hidden = sheet.sheet_state != "visible"
            if wanted is None and hidden:
                aside.append(f"「{sheet.title}」（非表示）")
            if (wanted is None and hidden) or wanted not in (None, index):
                continue
            read_only: Any = sheet
            read_only.reset_dimensions()
            head = [[_value(cell) for cell in cells] for cells in islice(sheet.iter_rows(), HEAD + 30)]
            heads.append(head)
            settled = find(head, asked.columns)
            if settled is None:
                aside.append(f"「{sheet.title}」（本文の列がありません）")
                continue
            above, columns = settled
            columns = replace(columns, channel=channel_of(sheet.title))
            rest = scan(self._package, read_only._worksheet_path)
            found.append(_Posts(index, sheet.title, above + 1, columns, rest))
            told.append(f"「{sheet.title}」シートを読みます（見出しは {above + 1} 行目）")
            told += [line for line in columns.told if line not in told]
        if not found:
            raise no_text(self.name, max(heads, key=lambda head: sum(map(len, head)), default=[]), asked.columns)
        return found, told + ([f"読まないシート: {'、'.join(aside)}"] if aside else [])

    def _wanted(self, title: str | None) -> int | None:
        """Return the index of the sheet the user names; raises InputError (code ``sheet``) when there is none."""
        if title is None:
            return None
        titles = [unicodedata.normalize("NFKC", sheet.title) for sheet in self._book.worksheets]
        if unicodedata.normalize("NFKC", title) in titles:
            return titles.index(unicodedata.normalize("NFKC", title))
        names = "".join(f"「{name}」" for name in titles)
        raise InputError("sheet", f"{self.name}: 「{title}」というシートはありません。あるのは: {names}")

    def _rows(self, posts: _Posts, number: int, before: int) -> Iterator[Row]:
        """Yield the rows of one sheet; the first has the number behind ``number``."""
        formulas = self._formulas(posts)
        merges = _Merges(posts)
        blank = 0
        for line, cells in enumerate(self._book.worksheets[posts.index].iter_rows(), start=1):
            beside = next(formulas, ())
            if line > _LAST:
                raise InputError("archive", f"{self.name}: 「{posts.title}」シートの行が多すぎます")
            if not cells and line > posts.above:
                # 書式だけの行が百万行続くこともある。
                blank += 1
                continue
            record = _Line(line, cells, beside, merges.fill(line, [_value(cell) for cell in cells]))
            if line <= posts.above:
                continue
            found = self._record(posts, record, number + blank + 1, before)
            if found[0].document is None and found[0].error is None:
                blank += 1
                continue
            for ago in range(blank, 0, -1):
                number += 1
                yield Row(number, self._place(posts, line - ago), self._read(posts, line - ago, before))
            blank = 0
            yield from found
            number = found[-1].number

    def _record(self, posts: _Posts, at: _Line, number: int, before: int) -> list[Row]:
        """Return the rows of one record, the first with this number."""
        place, read = self._place(posts, at.line), self._read(posts, at.line, before)
        wrong = next((told for column, _ in posts.columns.texts if (told := _wrong(at, column))), "")
        if wrong:
            error = InputError("cells", f"{place}: {wrong}", line=at.line)
            return [Row(number, place, read, error=error, raw=as_line(at.filled))]
        link = _link(posts, at)
        name, columns = self.name, posts.columns
        return list(columns.rows(at.filled, name=name, place=place, number=number, read=read, line=at.line, link=link))

    def _place(self, posts: _Posts, line: int) -> str:
        return f"{self.name}「{posts.title}」{line} 行目"

    @staticmethod
    def _read(posts: _Posts, line: int, before: int) -> int:
        return before + min(line, posts.sheet.rows)

    def _formulas(self, posts: _Posts) -> Iterator[tuple[Any, ...]]:
        """Yield the cells of the sheet as formulas; nothing when it holds none."""
        if posts.sheet.formulas:
            book, _ = load(self._package, self._strings, values=False)
            sheet: Any = book.worksheets[posts.index]
            sheet.reset_dimensions()
            yield from sheet.iter_rows()

    def _unreadable(self, error: Exception) -> InputError:
        kind = type(error).__name__
        return InputError("archive", f"{self.name}: Excel ブックとして読めません（壊れているようです: {kind}）")


class _Merges:
    """Gives a cell that is merged with those above it what stands in the first of them, but no text twice."""

    def __init__(self, posts: _Posts) -> None:
        self._starts: Final = posts.sheet.merges
        self._texts: Final = {at for at, _ in posts.columns.texts}
        self._open: list[tuple[int, int, Any]] = []

    def fill(self, line: int, cells: list[Any]) -> list[Any]:
        """Return the cells of a row, in order from the first row on."""
        self._open = [opened for opened in self._open if opened[0] >= line]
        for _, at, value in self._open:
            if at not in self._texts:
                cells += [None] * (at + 1 - len(cells))
                cells[at] = value if cells[at] is None else cells[at]
        for last, first_column, _ in self._starts.get(line, ()):
            at = first_column - 1
            if at < len(cells) and cells[at] is not None:
                self._open.append((last, at, cells[at]))
        return cells


def _value(cell: Any) -> Any:
    """Return what a cell holds; a day without a time is a date, which only the format of the cell can tell."""
    value = cell.value
    if isinstance(value, str):
        return unescaped(value)
    if isinstance(value, datetime) and value.time() == time() and cell.number_format:
        return value if "h" in _HOURS.sub("", cell.number_format).lower() else value.date()
    return value


def _wrong(at: _Line, column: int) -> str:
    """Return why the text of a row cannot be read, or ""."""
    cell = at.cells[column] if column < len(at.cells) else None
    if cell is not None and cell.data_type == "e":
        return f"本文のセルが {shown(cell.value)} になっています"
    if at.formula(column) is not None and (cell is None or cell.value is None):
        return "本文のセルは数式で、その値が保存されていません。Excel で開いて保存し直してください"
    return ""


def _link(posts: _Posts, at: _Line) -> str:
    """Return where the cell of the address leads, or that of the text."""
    for column in (posts.columns.at.get("url"), posts.columns.texts[0][0]):
        if column is None:
            continue
        if address := posts.sheet.links.get((at.line, column + 1)):
            return address
        formula = at.formula(column)
        if match := _LINKING.match(formula if isinstance(formula, str) else ""):
            return match[1]
    return ""
