"""Colours and shapes of a workbook, and how a text gets into a cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final
from urllib.parse import quote, urlsplit

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from flamecheck.audit.cells import plain
from flamecheck.audit.result import Tier

FONT: Final = "Yu Gothic"
SIZE: Final = 10
ADDRESS: Final = 2_079
"""The most signs an address of a link may have in Excel."""
_RAMP: Final = ("F3F4F6", "FFF6D6", "FFE3B3", "FFCBB8", "F5A9A9")
"""Fills from the lowest tier to the highest; the text on them is dark, and names the tier."""
_ESCAPED: Final = re.compile(r"(?<=_)(?=x[0-9A-Fa-f]{4}_)")
_KEPT: Final = "%/:=&?~#+!$,;'@()*[]"


class Looks:
    """The formats of one workbook."""

    def __init__(self, book: Workbook, tiers: Sequence[Tier]) -> None:
        """Make every format once."""
        self._book: Final = book
        # 引用符つきの印があれば、セルを開いて Enter を押しても、「=」で始まる本文は式にならない。
        base: dict[str, Any] = {
            "valign": "top", "text_wrap": True, "border": 1, "border_color": "#D0D0D0", "font_name": FONT, "font_size": SIZE,
        }  # fmt: skip
        self.text: Final = self._made(base, quote_prefix=True)
        self.number: Final = self._made(base, num_format="#,##0")
        self.moment: Final = self._made(base, num_format="yyyy/mm/dd hh:mm")
        self.day: Final = self._made(base, num_format="yyyy/mm/dd")
        self.link: Final = self._made(base, font_color="#0B57D0", underline=1, quote_prefix=True)
        self.decide: Final = self._made(base, bg_color="#FFFDE7")
        self.head: Final = self._made(base, bold=True, bg_color="#2F3B52", font_color="#FFFFFF", valign="vcenter")
        self.head_decide: Final = self._made(
            base, bold=True, bg_color="#8A5A00", font_color="#FFFFFF", valign="vcenter"
        )
        self.title: Final = book.add_format({"bold": True, "font_size": 16, "font_name": FONT})
        self.section: Final = book.add_format({"bold": True, "font_size": 12, "font_name": FONT, "bottom": 2})
        self.note: Final = book.add_format({"text_wrap": True, "valign": "top", "font_name": FONT, "font_size": SIZE})
        self.alarm: Final = book.add_format({
            "text_wrap": True, "bold": True, "font_color": "#B00020", "font_name": FONT, "font_size": SIZE,
        })  # fmt: skip
        self.share: Final = self._made(base, num_format="0.0%")
        self.quiet: Final = book.add_format({"font_name": FONT, "font_size": SIZE})
        # 色のほかに太字と下線。白黒の印刷でも分かる。
        self.mark: Final = book.add_format({
            "bold": True, "underline": 1, "font_color": "#B00020", "font_name": FONT, "font_size": SIZE,
        })  # fmt: skip
        top = max((tier.rank for tier in tiers), default=0) or 1
        self.tiers: Final = {
            tier.id: self._made(
                base, bg_color="#" + _RAMP[round(tier.rank * (len(_RAMP) - 1) / top)], bold=tier.rank == top, quote_prefix=True
            )
            for tier in tiers
        }  # fmt: skip

    def _made(self, base: dict[str, Any], **more: Any) -> Format:
        return self._book.add_format({**base, **more})

    def tier(self, tier: Tier | None) -> Format:
        """Return the fill of a tier."""
        return self.tiers.get(tier.id, self.text) if tier else self.text

    def put(self, sheet: Worksheet, row: int, column: int, text: str, shape: Format | None = None) -> None:
        """Write a text as a text, whatever it begins with."""
        shown = plain(text)
        if not shown:
            sheet.write_blank(row, column, None, shape or self.text)
        elif shown.startswith("<r>") or "_x" in shown:
            self.put_parts(sheet, row, column, [(shown, False)], shape)
        else:
            sheet.write_string(row, column, shown, shape or self.text)

    def put_parts(
        self, sheet: Worksheet, row: int, column: int, pieces: Iterable[tuple[str, bool]], shape: Format | None = None
    ) -> None:
        """Write pieces of a text, of which some are marked; none of them is empty unless all are."""
        shape = shape or self.text
        cut = list(_cut(pieces))
        whole = "".join(text for text, _ in cut)
        if not whole:
            sheet.write_blank(row, column, None, shape)
        elif not any(on for _, on in cut) and len(cut) == 1:
            sheet.write_string(row, column, whole, shape)
        else:
            if len(cut) == 1:
                # 断片が一つの飾り文字は書けない。二つに分ける。長さ一なら、セルごと飾る。
                if len(whole) == 1:
                    sheet.write_string(row, column, whole, self.mark)
                    return
                cut = [(whole[:1], cut[0][1]), (whole[1:], cut[0][1])]
            told: list[str | Format] = []
            for text, on in cut:
                told += [self.mark if on else self.quiet, text]
            sheet.write_rich_string(row, column, *told, shape)


def _cut(pieces: Iterable[tuple[str, bool]]) -> Iterator[tuple[str, bool]]:
    """Yield the pieces, cut where the writer would take a text of a post for its own escapes or tags."""
    for text, on in pieces:
        for part in _ESCAPED.split(text):
            if part.startswith("<r>"):
                yield part[:1], on
                part = part[1:]  # noqa: PLW2901 - the rest of the same piece
            if part:
                yield part, on


def address(url: str) -> str | None:
    """Return an address of the web as a link of Excel holds it; None for any other and for one that is too long."""
    try:
        found = urlsplit(url)
    except ValueError:
        return None
    if found.scheme.lower() not in ("http", "https") or not found.netloc:
        return None
    made = quote(plain(url), safe=_KEPT)
    return made if len(made) + 2 * made.count("%") <= ADDRESS else None
