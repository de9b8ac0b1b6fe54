"""The sheet 集計: what was read, what is in the workbook and what is not, how far the decisions are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from flamecheck.audit.flat import LIMITS
from flamecheck.audit.ordered import Tally
from flamecheck.audit.outputs.xlsx.looks import Looks
from flamecheck.audit.outputs.xlsx.posts import AT, CHOICES, DECISION, Sheets
from flamecheck.audit.result import RunFacts
from flamecheck.display import cells

NAMED: Final = 50
"""How many archives are named."""


def summarize(sheet: Worksheet, looks: Looks, facts: RunFacts, tally: Tally, sheets: Sheets) -> None:
    """Write the sheet; it opens first when there is nothing to review."""
    paper = _Paper(sheet, looks)
    paper.line("投稿の見直し 集計", looks.title)
    paper.note(LIMITS)
    for alarm in _alarms(facts):
        paper.note(alarm, looks.alarm)
    paper.section("読んだもの")
    paper.row("読んだ記録", facts.read)
    paper.row("　見た投稿", facts.screened)
    paper.row("　前と同じ本文の投稿", facts.duplicates)
    paper.row("　読めなかった記録", facts.quarantined)
    paper.row("空の記録（上の数に入りません）", facts.blank)
    paper.section("段階ごとの投稿")
    shown = tally.flagged + tally.clean
    for tier in sorted(facts.tiers, key=lambda tier: -tier.rank):
        count = tally.tiers[tier.id]
        paper.row(tier.label, count, count / shown if shown else 0, looks.tier(tier))
    paper.section("判断の進み")
    paper.decisions(sheets)
    paper.section("この表にあるもの、ないもの")
    for told in _contents(tally, sheets):
        paper.note(told)
    paper.section("規則ごとの投稿")
    for rule, count in sorted(tally.rules.items(), key=lambda item: (-item[1], item[0])):
        paper.row(facts.rules.get(rule, rule), count, rule)
    paper.section("見たときのこと")
    for name, value in (
        ("見た日", facts.made_on), ("flamecheck", facts.version), ("規則集", facts.pack), ("辞書", facts.dictionary)
    ):  # fmt: skip
        paper.row(name, value)
    for number, archive in enumerate(facts.archives[:NAMED], start=1):
        paper.row(f"読んだファイル {number}", archive)
    if len(facts.archives) > NAMED:
        paper.row("ほかのファイル", len(facts.archives) - NAMED)
    if not tally.flagged:
        sheet.activate()


def _alarms(facts: RunFacts) -> Iterator[str]:
    if not facts.whole:
        yield "途中で止まった見直しです。数も投稿も、止まったところまでのものです。"
    if facts.sampled:
        yield f"一部の投稿だけを見ました: {facts.sampled}"


def _contents(tally: Tally, sheets: Sheets) -> Iterator[str]:
    yield (
        f"指摘のある投稿 {tally.flagged:,} 件を、先に読みたいものから並べています（重さ・確かさ・届いた数・新しさ）。"
        "同じ本文の投稿も一件ずつあります。本文の赤い太字の下線が、気になる言葉です。"
    )
    if len(sheets.filled) > 1:
        listed = "、".join(f"「{name}」{count:,} 件" for name, count in sheets.filled)
        yield f"一枚に入りきらないので、分けました: {listed}。"
    yield f"指摘のない投稿 {tally.clean:,} 件はありません。すべての投稿は、CSV・JSON Lines・Parquet に書き出せます。"
    if tally.failed:
        yield f"読めなかった記録 {tally.failed:,} 件はありません。わけは、隔離したファイルにあります。"
    yield "取り下げた指摘と、もとのファイルのほかの列はありません。JSON Lines と Parquet に書き出せます。"
    yield "伏せ字（*）は、番号などを写さないためのものです。もとの投稿で確かめてください。"
    if sheets.cut:
        yield f"長くて入りきらない本文 {sheets.cut:,} 件は、気になる言葉のまわりだけです。略した字数を書いてあります。"
    if sheets.unlinked:
        yield f"投稿の URL {sheets.unlinked:,} 件は、リンクにできないので文字だけです。"


class _Paper:
    """Rows from the top."""

    def __init__(self, sheet: Worksheet, looks: Looks) -> None:
        self._sheet, self._looks, self._at = sheet, looks, 0
        sheet.set_column(0, 0, 44)
        sheet.set_column(1, 1, 28)
        sheet.set_column(2, 2, 32)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)

    def line(self, text: str, shape: Format) -> None:
        """Write one cell."""
        self._looks.put(self._sheet, self._at, 0, text, shape)
        self._at += 1

    def note(self, text: str, shape: Format | None = None) -> None:
        """Write a sentence over all columns."""
        # 結合したセルの高さは表計算が決めてくれない。
        self._sheet.set_row(self._at, 16 * (1 + cells(text) // 100))
        self._sheet.merge_range(self._at, 0, self._at, 2, "", shape or self._looks.note)
        self.line(text, shape or self._looks.note)

    def section(self, name: str) -> None:
        """Write a heading, an empty row before it."""
        self._at += 1
        self.line(name, self._looks.section)

    def row(self, name: str, value: int | str, third: float | str | None = None, shape: Format | None = None) -> None:
        """Write a name and what it has."""
        self._looks.put(self._sheet, self._at, 0, name, shape)
        if isinstance(value, int):
            self._sheet.write_number(self._at, 1, value, self._looks.number)
        else:
            self._looks.put(self._sheet, self._at, 1, value)
        if isinstance(third, str):
            self._looks.put(self._sheet, self._at, 2, third)
        elif third is not None:
            self._sheet.write_number(self._at, 2, third, self._looks.share)
        self._at += 1

    def decisions(self, sheets: Sheets) -> None:
        """Write formulas that count what people have decided."""
        places = [
            f"'{name}'!{xl_range_abs(1, AT[DECISION], max(1, count), AT[DECISION])}" for name, count in sheets.filled
        ]
        total = sum(count for _, count in sheets.filled)
        first = self._at + 1
        for word in CHOICES:
            self._looks.put(self._sheet, self._at, 0, word)
            counted = "+".join(f'COUNTIF({place},"{word}")' for place in places)
            self._sheet.write_formula(self._at, 1, f"={counted}", self._looks.number, 0)
            self._at += 1
        self._looks.put(self._sheet, self._at, 0, "まだのもの")
        self._sheet.write_formula(self._at, 1, f"={total}-SUM(B{first}:B{self._at})", self._looks.number, total)
        self._at += 1
