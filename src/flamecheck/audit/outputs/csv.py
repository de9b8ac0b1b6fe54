"""A table for Excel: one line a record, the clean ones and those in error as well.

A cell that a spreadsheet would read as a formula, a number or a date, though it is a text, begins with an apostrophe.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from datetime import datetime
from io import TextIOWrapper
from typing import Final

from flamecheck.audit.cells import EXACT, LIMIT, cell, plain
from flamecheck.audit.flat import CHANNELS, KINDS, Line, line_of
from flamecheck.audit.result import Results, RunFacts
from flamecheck.audit.storing import storing

# 引用符や見えない文字の後ろでも、式として読むことがある。日本語の Excel は、全角の記号で始まる文も式にする。
_FORMULA: Final = re.compile(
    r"""[\s\ufeff\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069"'“”‘’＂＇`´]*[=+\-@＝＋－＠−]|[\t\r\n]"""
)
# 桁の多い番号、0 で始まる番号、日付や金額に見える文は、開いたときに別の値に変わる。
_VALUE: Final = re.compile(
    r"\s*(?:[(（¥￥$]?(?:明治|大正|昭和|平成|令和|[MTSHR]\.?)?[0-9０-９元][0-9０-９.,．，/／:：\-－\s%％年月日時分秒eEdD)）]*"
    r"|true|false|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}[\s\-./,0-9]+)",
    re.IGNORECASE,
)
APOSTROPHE: Final = "'"


def guarded(text: str) -> str:
    """Return ``text`` as a cell that no spreadsheet takes for a formula, a number or a date."""
    if _FORMULA.match(text) or _VALUE.fullmatch(text):
        return APOSTROPHE + plain(text, LIMIT - 1)
    return plain(text)


def _text(line: Line) -> str:
    shown = cell(line.post.text, line.spans[0].start if line.spans else 0, LIMIT - 1).text
    return guarded(shown)


def _posted(line: Line) -> str:
    posted = line.posted
    if posted is None:
        return guarded(line.post.posted_at)
    return posted.strftime("%Y-%m-%d %H:%M:%S") if isinstance(posted, datetime) else posted.isoformat()


def _number(value: int | None) -> str | int | None:
    return value if value is None or abs(value) < EXACT else guarded(str(value))


COLUMNS: Final[tuple[tuple[str, Callable[[Line], str | int | None]], ...]] = (
    ("番号", lambda line: line.number),
    ("段階（決める人）", lambda line: guarded(line.decides)),
    ("重さ", lambda line: line.severity),
    ("点", lambda line: None if line.tier is None else line.score),
    ("投稿日時", _posted),
    ("媒体", lambda line: guarded(CHANNELS.get(line.post.channel, line.post.channel))),
    ("アカウント", lambda line: guarded(line.post.account)),
    ("届いた数", lambda line: _number(line.post.reach)),
    ("種類", lambda line: "" if line.tier is None else KINDS.get(line.post.kind, line.post.kind)),
    ("本文", _text),
    ("気になる言葉", lambda line: guarded(line.words)),
    ("指摘", lambda line: guarded(line.message)),
    ("気にする人", lambda line: guarded(line.affected)),
    ("書き換え", lambda line: guarded(line.rewrite)),
    ("指摘の数", lambda line: len(line.spans)),
    ("規則", lambda line: guarded("、".join(line.rules))),
    ("分類", lambda line: guarded("、".join(line.categories))),
    ("担当", lambda line: guarded("、".join(line.owners))),
    ("同じ本文の番号", lambda line: line.post.same_as),
    ("投稿の URL", lambda line: guarded(line.post.url)),
    ("元の場所", lambda line: guarded(line.post.place)),
    ("id", lambda line: _number(line.id) if isinstance(line.id, int) else guarded(line.id)),
    ("規則の id", lambda line: guarded(" ".join(line.rule_ids))),
)


def write(results: Results, facts: RunFacts, target: str) -> None:
    """Write UTF-8 with a byte order mark and CRLF; raises InputError (code ``unwritable``)."""
    with storing(target) as raw, TextIOWrapper(raw, "utf-8-sig", newline="") as file:
        table = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
        table.writerow([name for name, _ in COLUMNS])
        for result in results:
            line = line_of(result, facts)
            table.writerow(["" if (value := tell(line)) is None else value for _, tell in COLUMNS])
