"""The JSON files of a download → their elements, read one by one and numbered through; what is broken says why."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from flamecheck.archives.framing import Element, KeyPath, elements
from flamecheck.archives.members import Store, chunks_of
from flamecheck.archives.row import NOWHERE, Origin, Row
from flamecheck.context import EMPTY, JST, Context
from flamecheck.document import plain
from flamecheck.errors import InputError

RAW: Final = 4_000
"""How many code points of a broken element a row shows."""
FLAWS: Final = {
    "cut": ("json", "ファイルがここで途切れています"),
    "large": ("too-large", "一件が大きすぎます"),
    "lead": ("json", "JSON の始まりがありません"),
    "rest": ("json", "JSON が終わったあとに、まだ何か書かれています"),
    "empty": ("json", "中に何も書かれていません"),
}


@dataclass(slots=True, frozen=True)
class Item:
    """One element: ``value`` when it could be read, else ``error``; ``number`` counts through all files from 1.

    ``index`` counts the elements of its file from 1; ``read`` is how many bytes of all files are read with it.
    """

    member: str
    path: KeyPath
    index: int
    number: int
    read: int
    raw: bytes = b""
    value: Any = None
    error: InputError | None = None

    @property
    def place(self) -> str:
        """Return where it stands, for people."""
        return f"{self.member} {self.index} 件目"

    def failed(self, error: InputError) -> Row:
        """Return the row of an element that is no post."""
        shown = self.raw[: RAW * 4].decode("utf-8", "replace")[:RAW]
        told = InputError(error.code, f"{self.place}: {error.message}", line=self.index)
        return Row(self.number, self.place, self.read, error=told, raw=shown)

    def blank(self) -> Row:
        """Return the row of an element without a word."""
        return Row(self.number, self.place, self.read)

    def post(
        self,
        text: str,
        id: str | int,
        context: Context = EMPTY,
        origin: Origin = NOWHERE,
        extra: Mapping[str, Any] | None = None,
    ) -> Row:
        """Return the row of a post."""
        document = plain(text, name=self.place, id=id, context=context)
        return Row(self.number, self.place, self.read, document, origin, extra or {})


def items_of(
    store: Store, names: Iterable[str], wanted: Callable[[KeyPath], bool], encoding: str | None = None
) -> Iterator[Item]:
    """Yield the elements of the wanted arrays of the files, in order; never raises for what stands in a file."""
    number = before = 0
    for name in names:
        index = read = 0
        try:
            for element in elements(chunks_of(store, name), wanted):
                number, index, read = number + 1, index + 1, element.end
                value, error = _value(element, encoding)
                yield Item(name, element.path, index, number, before + read, element.raw, value, error)
            before += store.size(name)
        except InputError as error:
            number += 1
            before += read
            yield Item(name, (), index + 1, number, before, error=error)


def _value(element: Element, encoding: str | None) -> tuple[Any, InputError | None]:
    if element.flaw:
        return None, InputError(*FLAWS[element.flaw])
    try:
        return loaded(element.raw, encoding), None
    except InputError as error:
        return None, error


def loaded(raw: bytes, encoding: str | None = None) -> Any:
    """Return the JSON value of bytes in UTF-8; a lone surrogate stays one, NaN is nothing.

    Raises InputError (codes ``encoding``, ``json``).
    """
    try:
        # 生の改行やタブを文字列に書いてしまう道具は多い。読めるものは読む。
        return json.loads(
            raw.decode(encoding or "utf-8"), strict=False, parse_constant=lambda _: None, parse_float=_finite
        )
    except UnicodeError:
        raise InputError("encoding", f"{encoding or 'utf-8'} として読めません") from None
    except json.JSONDecodeError as error:
        raise InputError("json", f"JSON として読めません: {error.msg}（{error.pos + 1} 文字目）") from None
    except (RecursionError, ValueError) as error:
        detail = str(error) if isinstance(error, ValueError) else "入れ子が深すぎます"
        raise InputError("json", f"JSON として読めません: {detail}") from None


def _finite(number: str) -> float:
    value = float(number)
    if math.isinf(value):
        raise ValueError(f"数 {number[:20]} は大きすぎます")
    return value


def at_epoch(value: object) -> datetime | None:
    """Return the moment in JST of seconds (or milliseconds) since 1970, or None for what is none."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        seconds = float(value)
        return datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, JST) if seconds > 0 else None
    except (ValueError, OverflowError, OSError):
        return None


def at_iso(value: object) -> datetime | None:
    """Return the moment in JST of ISO 8601, UTC without a zone, or None for what is none."""
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
        return None if moment is None else (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(JST)
    except (ValueError, OverflowError):
        return None


def count(value: object) -> int | None:
    """Return a count, also where it is written as a string."""
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        return None
    text = str(value)
    return int(text) if len(text) < 16 and text.isascii() and text.isdigit() else None


def mapping(value: object) -> Mapping[str, Any]:
    """Return an object as it is, anything else as an empty one."""
    return value if isinstance(value, dict) else {}


def listed(value: object) -> list[Any]:
    """Return a list as it is, anything else as an empty one."""
    return value if isinstance(value, list) else []
