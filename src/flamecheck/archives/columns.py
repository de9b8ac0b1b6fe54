"""Tables → rows: which column is what, by what the user says or by the headers, and one record read with that."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, time, timedelta
from typing import Any, Final

from flamecheck.archives.headers import LABELS, guess, in_utc, key, planned, texts_by_channel
from flamecheck.archives.row import Origin, Row
from flamecheck.archives.values import SLASHED, channel_of, channel_of_url, count_of, folded, moment_of, post_type_of
from flamecheck.context import CLOSED, Context
from flamecheck.document import plain
from flamecheck.errors import InputError, did_you_mean

Cells = Sequence[Any]
HEAD: Final = 30
"""So many rows are looked at for the headers."""
_SHOWN: Final = 30
_RAW: Final = 20_000
_POSITION: Final = re.compile(r"(\d{1,4})(?: ?列目?)?\Z")
_LINK: Final = re.compile(r"https?://\S+\Z", re.IGNORECASE)
_REPOST: Final = re.compile(r"RT @\w+: ")
_YES: Final = frozenset("true yes 1 はい 有 あり ○ 〇 済".split())
_NO: Final = frozenset("false no 0 いいえ 無 なし × -".split())
_OUTSIDE: Final = frozenset(("text", "time", "id", "url", "thread"))
"""What is no key of a context."""


def checked(asked: Mapping[str, str]) -> Mapping[str, str]:
    """Return what the user says of the columns; raises InputError (code ``columns``) for a field there is not."""
    for name in asked:
        if name not in LABELS:
            raise InputError(
                "columns", f"--column {name}=…: 「{name}」という項目はありません。{did_you_mean(name, LABELS)}"
            )
    return asked


def shown(cell: object) -> str:
    """Return a cell as people read it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, (date, time)) else str(cell)


def record(cells: Cells) -> str:
    """Return a record as one line of cells, for the quarantine."""
    return cut("\t".join(shown(cell) for cell in cells))


def cut(raw: str) -> str:
    """Return so much of a broken record as a quarantine shows; what is no character of the text is �."""
    text = re.sub("[\ud800-\udfff]", "\ufffd", raw[:_RAW])
    return text + (f"…（ほか {len(raw) - _RAW} 字）" if len(raw) > _RAW else "")


@dataclass(slots=True, frozen=True)
class Columns:
    """Which column is what.  ``texts`` holds each column of text with its channel, None when the header names none.

    ``at`` leads every other field to its column; ``asked`` are the fields the user has mapped, ``told`` the guesses.
    """

    header: tuple[str, ...]
    texts: tuple[tuple[int, str | None], ...]
    at: Mapping[str, int] = field(default_factory=dict)
    asked: frozenset[str] = frozenset()
    day_first: bool = False
    channel: str | None = None
    """That of the whole table, where no cell knows better."""
    told: tuple[str, ...] = ()

    def rows(
        self, cells: Cells, *, name: str, place: str, number: int, read: int, line: int, link: str = ""
    ) -> Iterator[Row]:
        """Yield the rows of one record: one, or one for each column of text that is not empty.

        ``number`` is that of the first; ``line`` is for people, ``link`` the address a cell of text leads to.
        """
        full = [(at, channel) for at, channel in self.texts if at < len(cells) and shown(cells[at]).strip()]
        if not full:
            yield Row(number, place, read)
            return
        try:
            values, extra, origin, own = self._known(cells, link)
        except InputError as error:
            told = InputError(error.code, f"{place}: {error.message}", line=line)
            yield Row(number, place, read, error=told, raw=record(cells))
            return
        for count, (at, channel) in enumerate(full):
            here = f"{place}「{self.header[at]}」" if len(self.texts) > 1 else place
            context = Context.of({"channel": channel or self.channel or channel_of_url(origin.url)} | values)
            text = shown(cells[at])
            kind = "reply" if context.reply_to else "repost" if _REPOST.match(text) else "post"
            # 同じ行の本文どうしは、番号のほかに列でも見分けられる。
            post_id = f"{name}#{number + count}" if own is None else own if count == 0 else f"{own}#{count + 1}"
            document = plain(text, name=here, id=post_id, context=context)
            yield Row(number + count, here, read, document, Origin(origin.url, origin.thread, kind), extra)

    def _known(self, cells: Cells, link: str) -> tuple[dict[str, Any], dict[str, Any], Origin, str | int | None]:
        """Return the values of the context, what nobody asked for, where it stands out there, and the id."""
        values: dict[str, Any] = {}
        used = {at for at, _ in self.texts}
        own: str | int | None = None
        url = thread = ""
        for name, at in self.at.items():
            cell = cells[at] if at < len(cells) else None
            text = shown(cell).strip()
            if not text:
                if name in ("reply_to", "quote_of"):
                    values[name] = ""
                continue
            if name == "id":
                own = cell if isinstance(cell, int) else text
            elif name == "thread":
                thread = text
            elif name == "url":
                # 表示だけ「リンク」で、行き先はセルのほうにあることが多い。
                url = next((address for address in (text, link) if _LINK.match(address)), "")
                if url != text:
                    continue
            elif name == "time":
                if "T" not in values.get("posted_at", ""):
                    continue
            else:
                value = self._value(name, at, cells)
                if value is None and name in self.asked:
                    Context.of({name: text})
                if value is None:
                    continue
                values[name] = value
            used.add(at)
        if "posted_at" in values and planned(self.header[self.at["posted_at"]]):
            values.setdefault("scheduled", True)
        if not url and "url" not in self.at and _LINK.match(link):
            url = link
        extra = {
            self.header[at]: _plain(cell)
            for at, cell in enumerate(cells[: len(self.header)])
            if at not in used and shown(cell)
        }
        return values, extra, Origin(url, thread), own

    def _value(self, name: str, at: int, cells: Cells) -> Any:
        """Return the value of a key of the context, or None when the cell holds none."""
        cell = cells[at]
        if name == "posted_at":
            beside = self.at.get("time", len(cells))
            zone = UTC if in_utc(self.header[at]) else None
            clock = cells[beside] if beside < len(cells) else None
            # 読めない時刻（「午前中」など）があっても、日付は生きている。
            moment = moment_of(cell, clock, day_first=self.day_first, zone=zone)
            return moment or moment_of(cell, day_first=self.day_first, zone=zone)
        if name in _READ:
            return _READ[name](cell)
        text = shown(cell).strip()
        if name in CLOSED:
            return text if text in CLOSED[name] else None
        return text


def _bool(cell: object) -> bool | None:
    text = folded(shown(cell))
    return True if text in _YES else False if text in _NO else None


_READ: Final = {
    "channel": channel_of,
    "reach": count_of,
    "voice": count_of,
    "post_type": post_type_of,
    "paid": lambda cell: "gifted" if folded(shown(cell)) == "gifted" else _bool(cell),
    "scheduled": _bool,
}


def _plain(cell: object) -> Any:
    return str(cell) if isinstance(cell, timedelta) else shown(cell) if isinstance(cell, (date, time)) else cell


def find(rows: Sequence[Cells], asked: Mapping[str, str]) -> tuple[int, Columns] | None:
    """Return the index of the row of headers among the first rows of a table, and the columns; None without a text.

    Index -1 says that there are no headers: the user names the columns by their position, and every row is a record.
    """
    best: tuple[int, int, dict[str, int]] | None = None
    for index, cells in enumerate(rows[:HEAD]):
        names = [shown(cell) for cell in cells]
        known = guess(names)
        placed = _placed(asked, names)
        if placed is None or not (known or any(not _POSITION.match(name) for name in asked.values())):
            continue
        merged = {name: at for name, at in known.items() if at not in placed.values() and name not in placed} | placed
        if "text" in merged and (best is None or len(merged) > best[0]):
            best = (len(merged), index, merged)
    if best:
        return best[1], _columns([shown(cell) for cell in rows[best[1]]], best[2], rows[best[1] + 1 :], asked)
    width = max((len(cells) for cells in rows), default=0)
    numbered = _placed(asked, [""] * width)
    if numbered and "text" in numbered:
        return -1, _columns([""] * width, numbered, rows, asked)
    return None


def _placed(asked: Mapping[str, str], names: Sequence[str]) -> dict[str, int] | None:
    """Return where the columns stand that the user names, or None when one is not there."""
    found: dict[str, int] = {}
    keys = [key(name) for name in names]
    for name, wanted in asked.items():
        position = _POSITION.match(wanted)
        if wanted in names:
            found[name] = names.index(wanted)
        elif key(wanted) in keys:
            found[name] = keys.index(key(wanted))
        elif position and 1 <= int(position[1]) <= len(names):
            found[name] = int(position[1]) - 1
        else:
            return None
    return found


def _columns(names: list[str], at: dict[str, int], sample: Iterable[Cells], asked: Mapping[str, str]) -> Columns:
    header = tuple(_unique(names))
    text = at.pop("text")
    texts: list[tuple[int, str | None]] = [(text, None)]
    if any(header):
        by_channel = dict(texts_by_channel(names))
        texts = [(text, by_channel.get(text))]
        if "text" not in asked and text in by_channel and "channel" not in asked:
            texts = [(index, channel) for index, channel in by_channel.items() if index not in at.values()]
    told = [f"{LABELS['text']}の列: {_names(header, [index for index, _ in texts])}"] if "text" not in asked else []
    told += [f"{LABELS[name]}の列: 「{header[index]}」" for name, index in at.items() if name not in asked]
    first, line = _order(sample, at.get("posted_at"))
    told += [line] if line else []
    if "posted_at" in at and in_utc(header[at["posted_at"]]):
        told.append(f"「{header[at['posted_at']]}」は UTC として読み、日本時間に直します")
    rest = [index for index, name in enumerate(header) if index not in at.values() and index not in dict(texts)]
    told += [f"調べない列（extra に残ります）: {_names(header, rest)}"] if rest else []
    return Columns(header, tuple(texts), at, frozenset(asked), first, None, tuple(told))


def _unique(names: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for number, name in enumerate(names, start=1):
        own = " ".join(name.split()) or f"{number} 列目"
        while own in seen:
            own = f"{own}（{number} 列目）"
        seen.add(own)
        yield own


def _names(header: Sequence[str], indexes: Sequence[int]) -> str:
    more = f" ほか {len(indexes) - _SHOWN} 列" if len(indexes) > _SHOWN else ""
    return "".join(f"「{header[index]}」" for index in indexes[:_SHOWN]) + more


def _order(sample: Iterable[Cells], at: int | None) -> tuple[bool, str]:
    """Return whether days like 03/05/2024 begin with the day, and what to tell of it."""
    cells = (folded(shown(cells[at])) for cells in sample if at is not None and at < len(cells))
    dates = [match for match in map(SLASHED.match, cells) if match]
    first = any(int(match[1]) > 12 for match in dates)
    order = "日/月/年" if first else "月/日/年"
    return first, f"「{dates[0][0]}」のような日付は {order} の順に読みます" if dates else ""


def no_text(where: str, rows: Sequence[Cells], asked: Mapping[str, str]) -> InputError:
    """Return the error (code ``columns``) of a table without a column of text: its headers, and the flag that helps."""
    cells: Cells = next(
        (cells for cells in rows if sum(bool(shown(cell).strip()) for cell in cells) > 1), rows[0] if rows else ()
    )
    names = list(_unique([cut(shown(cell))[:40] for cell in cells]))
    seen = f"見出し: {_names(names, range(len(names)))}" if names else "表に何も書かれていません"
    named = [shown(cell) for cell in cells]
    missing = next((wanted for name, wanted in asked.items() if _placed({name: wanted}, named) is None), None)
    if missing is not None:
        return InputError("columns", f"{where}: 「{missing}」という列がありません。{seen}")
    longest = [sum(len(shown(row[at])) for row in rows if at < len(row)) for at in range(len(names))]
    like = names[longest.index(max(longest))] if longest else "本文"
    flag = f"--column text={like}"
    return InputError(
        "columns",
        f"{where}: 本文の列が分かりません。{seen}。本文の列を {flag} のように示してください"
        "（見出しのない表では --column text=2 のように何列目か）",
    )
