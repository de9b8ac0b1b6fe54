"""What people decided in a review sheet, read back row by row; what flamecheck found may have changed since, this has not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile

from flamecheck.errors import InputError, did_you_mean, missing, said

WORDS: Final = {"消す": "delete", "残す": "keep", "相談": "ask"}
_COLUMNS: Final = ("番号", "判断（消す・残す・相談）", "確認者", "理由", "投稿の URL", "元の場所", "id")


@dataclass(slots=True, frozen=True)
class Decision:
    """What was decided over one post; ``decision`` is delete, keep, ask, or "" for one with only a note.

    ``number`` counts the results of the run that made the sheet; ``sheet`` and ``line`` say where it stands now.
    ``error`` tells, in Japanese, what is wrong with a row that cannot be used.
    """

    sheet: str
    line: int
    number: int | None
    id: str
    decision: str
    reviewer: str
    reason: str
    url: str
    place: str
    error: str = ""

    def to_wire(self) -> dict[str, Any]:
        """Return the decision as plain values; "" becomes null."""
        names = ("sheet", "line", "number", "id", "decision", "reviewer", "reason", "url", "place", "error")
        return {name: value if (value := getattr(self, name)) != "" else None for name in names}


def decisions(path: str) -> Iterator[Decision]:
    """Yield every row in which somebody wrote something, in the order of the sheets, in constant memory.

    Sheets may be sorted, filtered and renamed, columns moved; what counts is the header.  Raises InputError (codes
    ``unreadable``, ``extra`` without openpyxl) for a file that is no workbook or holds no review sheet.
    """
    try:
        import openpyxl
    except ImportError:
        raise missing("openpyxl", "audit") from None
    try:
        with Path(path).open("rb") as file:
            book = openpyxl.load_workbook(file, read_only=True, data_only=True)
            found = False
            for sheet in book.worksheets:
                lines = sheet.iter_rows(values_only=True)
                header = [_text(value) for value in next(lines, ())]
                if all(name in header for name in _COLUMNS):
                    found = True
                    at = {name: header.index(name) for name in _COLUMNS}
                    for line, values in enumerate(lines, start=2):
                        row = {name: values[place] if place < len(values) else None for name, place in at.items()}
                        if any(_text(row[name]) for name in _COLUMNS[1:4]):
                            yield _decision(sheet.title, line, row)
    except OSError as error:
        raise InputError("unreadable", f"{path}: 読めません: {said(error)}") from None
    except (BadZipFile, KeyError, ValueError, SyntaxError):
        raise InputError("unreadable", f"{path}: Excel の表（.xlsx）として読めません") from None
    if not found:
        raise InputError("unreadable", f"{path}: 「{_COLUMNS[1]}」などの列のあるシートがありません")


def _decision(sheet: str, line: int, row: Mapping[str, Any]) -> Decision:
    number, word = row["番号"], _text(row[_COLUMNS[1]])
    wrong = []
    whole = isinstance(number, int | float) and number == int(number) and number > 0
    if not whole:
        wrong.append("番号がありません")
    if word and word not in WORDS:
        wrong.append(f"判断「{word[:20]}」は使えません。{did_you_mean(word, WORDS)}")
    return Decision(
        sheet=sheet,
        line=line,
        number=int(number) if whole else None,
        id=_text(row["id"]),
        decision=WORDS.get(word, ""),
        reviewer=_text(row["確認者"]),
        reason=_text(row["理由"]),
        url=_text(row["投稿の URL"]),
        place=_text(row["元の場所"]),
        error="。".join(wrong),
    )


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()
