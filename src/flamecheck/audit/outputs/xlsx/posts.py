"""The sheets of flagged posts: what was found, in which words, and empty columns for what people decide."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from flamecheck.audit.cells import EXACT, cell, parts, plain
from flamecheck.audit.flat import CHANNELS, KINDS, Line, line_of
from flamecheck.audit.outputs.xlsx.looks import Looks, address
from flamecheck.audit.result import Result, RunFacts
from flamecheck.display import cells

ROWS: Final = 1_048_575
"""The most posts a sheet holds, below its header."""
LINKS: Final = 65_530
"""The most links a sheet of Excel holds."""
SHAPED: Final = 65_530
"""The most rows of a sheet with a height of their own: each is kept in memory until the end.  The others are alike."""
CHOICES: Final = ("消す", "残す", "相談")
DECISION: Final = "判断（消す・残す・相談）"
_LINE: Final = 14.5
"""Points a line of text takes."""
_TALLEST: Final = 20
"""The most lines of a post that are seen at once."""
_USUAL: Final = 4
_SEEN: Final = 1_200
_FILLS: Final = {"消す": "#F5A9A9", "残す": "#CDE8CF", "相談": "#FFE9A8"}


@dataclass(slots=True, frozen=True)
class Column:
    """A column: its header, its width in signs, and what it tells; those without ``tell`` are written by hand."""

    name: str
    width: float
    tell: Callable[[Line], str | int | None] | None = None
    decides: bool = False


COLUMNS: Final = (
    Column("番号", 8, lambda line: line.number),
    Column("段階（決める人）", 15),
    Column("重さ", 7, lambda line: line.severity),
    Column("投稿日時", 17),
    Column("本文", 56),
    Column("気になる言葉", 17, lambda line: line.words),
    Column("指摘", 34, lambda line: line.message),
    Column("気にする人", 18, lambda line: line.affected),
    Column("書き換え", 30, lambda line: line.rewrite),
    Column(DECISION, 15, decides=True),
    Column("確認者", 11, decides=True),
    Column("理由", 24, decides=True),
    Column("投稿の URL", 26),
    Column("アカウント", 14, lambda line: line.post.account),
    Column("媒体", 10, lambda line: CHANNELS.get(line.post.channel, line.post.channel)),
    Column("届いた数", 11, lambda line: line.post.reach),
    Column("種類", 9, lambda line: KINDS.get(line.post.kind, line.post.kind)),
    Column("規則", 26, lambda line: "、".join(line.rules)),
    Column("分類", 20, lambda line: "、".join(line.categories)),
    Column("担当", 14, lambda line: "、".join(line.owners)),
    Column("点", 6, lambda line: line.score),
    Column("指摘の数", 7, lambda line: len(line.spans)),
    Column("同じ本文の番号", 9, lambda line: line.post.same_as),
    Column("元の場所", 22, lambda line: line.post.place),
    Column("id", 22, lambda line: str(line.id)),
    Column("規則の id", 26, lambda line: " ".join(line.rule_ids)),
)
AT: Final = {column.name: number for number, column in enumerate(COLUMNS)}


class Sheets:
    """As many sheets of posts as their number needs; the second one is only begun when the first is full."""

    def __init__(self, book: Workbook, looks: Looks) -> None:
        """Begin the first sheet."""
        self._book: Final = book
        self._looks: Final = looks
        self.filled: Final[list[tuple[str, int]]] = []
        """The name of every sheet that is done, with the number of its posts."""
        self.unlinked = 0
        """Addresses that could not become links."""
        self.cut = 0
        """Posts too long for a cell."""
        self._begin("確認")

    def _begin(self, name: str) -> None:
        self._sheet: Worksheet = self._book.add_worksheet(name)
        self._name, self._row, self._links = name, 0, 0
        for at, column in enumerate(COLUMNS):
            self._sheet.set_column(at, at, column.width)
        self._sheet.set_default_row(_LINE * _USUAL + 3)
        self._sheet.set_row(0, 32)
        for at, column in enumerate(COLUMNS):
            shape = self._looks.head_decide if column.decides else self._looks.head
            self._sheet.write_string(0, at, column.name, shape)
        self._sheet.freeze_panes(1, AT["投稿日時"])
        self._sheet.set_landscape()
        self._sheet.set_paper(8)  # A3
        self._sheet.fit_to_pages(1, 0)
        self._sheet.repeat_rows(0)
        self._sheet.set_footer("&L&A&R&P / &N")

    def add(self, result: Result, facts: RunFacts) -> None:
        """Write the next post."""
        if self._row == ROWS:
            self.finish()
            self._begin(f"確認 {len(self.filled) + 1}")
        self._row += 1
        line = line_of(result, facts)
        if self._row <= SHAPED:
            self._sheet.set_row(self._row, _height(line))
        for at, column in enumerate(COLUMNS):
            if column.decides:
                self._sheet.write_blank(self._row, at, None, self._looks.decide)
            elif column.tell is not None:
                self._plain(at, column.tell(line))
            else:
                _BY_HAND[column.name](self, at, line)

    def finish(self) -> None:
        """Set the filter, the choices and the area to print of the sheet that is open."""
        last = max(1, self._row)
        self._sheet.autofilter(0, 0, self._row, len(COLUMNS) - 1)
        self._sheet.print_area(0, 0, last, AT["理由"])
        at = AT[DECISION]
        self._sheet.data_validation(1, at, last, at, {
            "validate": "list", "source": list(CHOICES), "error_title": "判断",
            "error_message": "消す・残す・相談 のどれかを選んでください",
        })  # fmt: skip
        for word, fill in _FILLS.items():
            told = {
                "type": "cell",
                "criteria": "==",
                "value": f'"{word}"',
                "format": self._book.add_format({"bg_color": fill}),
            }
            self._sheet.conditional_format(1, at, last, at, told)
        self.filled.append((self._name, self._row))

    def _plain(self, at: int, value: str | int | None) -> None:
        if isinstance(value, int) and value < EXACT:
            self._sheet.write_number(self._row, at, value, self._looks.number)
        else:
            self._looks.put(self._sheet, self._row, at, "" if value is None else str(value))

    def _tier(self, at: int, line: Line) -> None:
        self._looks.put(self._sheet, self._row, at, line.decides, self._looks.tier(line.tier))

    def _posted(self, at: int, line: Line) -> None:
        posted = line.posted
        if posted is None or posted.year < 1900:
            self._looks.put(self._sheet, self._row, at, line.post.posted_at)
        else:
            shape = self._looks.moment if isinstance(posted, datetime) else self._looks.day
            self._sheet.write_datetime(self._row, at, posted, shape)

    def _text(self, at: int, line: Line) -> None:
        shown = cell(line.post.text, line.spans[0].start if line.spans else 0)
        self.cut += len(shown.text) < len(line.post.text) and "字略）" in shown.text
        self._looks.put_parts(self._sheet, self._row, at, parts(shown, line.spans))

    def _url(self, at: int, line: Line) -> None:
        linked = address(line.post.url)
        if linked and self._links < LINKS:
            self._links += 1
            self._sheet.write_url(self._row, at, linked, self._looks.link, string=plain(line.post.url))
        else:
            self.unlinked += bool(line.post.url)
            self._looks.put(self._sheet, self._row, at, line.post.url)


def _height(line: Line) -> float:
    """Return the height of a row, in points: as much as its longest cell needs, but not more than a screen."""
    # 折り返した行の高さを自分で決めない表計算もあるので、字の幅から見積もる。
    rows = 1
    for name, text in (
        ("本文", line.post.text),
        ("指摘", line.message),
        ("書き換え", line.rewrite),
        ("気にする人", line.affected),
        ("気になる言葉", line.words),
    ):
        width = COLUMNS[AT[name]].width - 1
        rows = max(rows, sum(1 + int(cells(part) // width) for part in text[:_SEEN].splitlines()))
    return _LINE * min(rows, _TALLEST) + 3


_BY_HAND: Final[dict[str, Callable[[Sheets, int, Line], None]]] = {
    "段階（決める人）": Sheets._tier,
    "投稿日時": Sheets._posted,
    "本文": Sheets._text,
    "投稿の URL": Sheets._url,
}
