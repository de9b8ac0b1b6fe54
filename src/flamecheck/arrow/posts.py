"""Record batches of posts, read row by row; a value that cannot be read is said in its row, never raised."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

import pyarrow as pa

from flamecheck.archives.row import KINDS
from flamecheck.arrow.schema import POSTS
from flamecheck.context import Context
from flamecheck.document import Document, plain
from flamecheck.errors import InputError, did_you_mean

_ABOUT: Final = ("archive", "number", "id", "text", "url", "thread", "kind")
_CONTEXT: Final = tuple(name for name in POSTS.names if name not in _ABOUT)
_TRUTH: Final = {"true": True, "false": False}
_EMPTY_SAYS_NONE: Final = ("reply_to", "quote_of")


@dataclass(slots=True, frozen=True)
class Read:
    """One row: what is known of the post, and the document or why there is none."""

    archive: str
    number: int
    id: str | int
    url: str = ""
    thread: str = ""
    kind: str = "post"
    document: Document | None = None
    error: InputError | None = None


def resolved(names: Iterable[str], columns: Mapping[str, str] | None) -> dict[str, str]:
    """Return which field of POSTS stands in which column: by ``columns``, else by its own name.

    Raises InputError (code ``columns``) for a field or a column that is not there, and when nothing holds the text.
    """
    there, asked = list(names), dict(columns or {})
    for field, name in asked.items():
        if field not in POSTS.names:
            raise InputError("columns", f"項目「{field}」はありません。{did_you_mean(field, POSTS.names)}")
        if name not in there:
            raise InputError("columns", f"列「{name}」がありません。{did_you_mean(name, there)}")
    taken = set(asked.values())
    found = {**{name: name for name in POSTS.names if name in there and name not in taken}, **asked}
    double = next((name for name in found.values() if there.count(name) > 1), None)
    if double is not None:
        raise InputError("columns", f"列「{double}」が二つあります")
    if "text" not in found:
        raise InputError(
            "columns",
            f"本文の列が分かりません。text という列にするか、名前を指定してください。{did_you_mean('text', there)}",
        )
    return found


def read(batch: pa.RecordBatch, columns: Mapping[str, str] | None, number: int) -> Iterator[Read]:
    """Yield every row of a batch; rows without a ``number`` of their own count on from ``number``."""
    held = {field: _values(batch.column(name)) for field, name in resolved(batch.schema.names, columns).items()}
    for at in range(batch.num_rows):
        yield _row({field: values[at] for field, values in held.items()}, number + at)


def _row(values: dict[str, Any], count: int) -> Read:
    number = values.get("number")
    number = number if isinstance(number, int) else count
    archive, url, thread, kind = (_word(values.get(name)) for name in ("archive", "url", "thread", "kind"))
    kind = kind if kind in KINDS else KINDS[0]
    row_id: str | int = number
    try:
        row_id = _id(values.get("id"), number)
        text = _text(values["text"])
        known = Context.of({name: _plain(name, _sure(values[name])) for name in _CONTEXT if name in values})
    except InputError as error:
        return Read(archive, number, row_id, url, thread, kind, error=error)
    document = plain(text, name=archive or "<arrow>", id=row_id, context=known)
    return Read(archive, number, row_id, url, thread, kind, document)


def _sure(value: Any) -> Any:
    """Return the value; raises what stands there instead of one that could not be read."""
    if isinstance(value, InputError):
        raise value
    return value


def _word(value: Any) -> str:
    return "" if value is None or isinstance(value, InputError) else str(value)


def _id(value: Any, number: int) -> str | int:
    value = _whole(_sure(value))
    if value is None:
        return number
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise InputError("id-type", "id には文字列か整数を書いてください")
    return value


def _text(value: Any) -> str:
    if _sure(value) is None:
        raise InputError("text-missing", "text がありません")
    if not isinstance(value, str):
        raise InputError("text-type", "text には文字列を書いてください")
    return value


def _plain(name: str, value: Any) -> Any:
    """Return a value of a column as the batch contract writes it; blank cells say nothing."""
    value = _whole(value)
    if value == "" and name not in _EMPTY_SAYS_NONE:
        return None
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if name in ("paid", "scheduled") and isinstance(value, str):
        return _TRUTH.get(value.lower(), value)
    return value


def _whole(value: Any) -> Any:
    """Return a number without a fraction as an integer, and no number as None: tables turn counts into floats."""
    if isinstance(value, float) and math.isnan(value):
        return None
    if isinstance(value, (float, Decimal)) and math.isfinite(value) and value == int(value):
        return int(value)
    return value


def _values(column: pa.Array[Any]) -> list[Any]:
    """Return the values of a column, with an InputError in the place of each that cannot be read."""
    if isinstance(column, pa.DictionaryArray):
        column = column.dictionary_decode()
    if pa.types.is_timestamp(column.type):
        # 瞬間そのものは UTC で持っているので、時間帯の名前を知らなくても読める。
        column = column.cast(pa.timestamp("us", tz="UTC" if column.type.tz else None), safe=False)
    try:
        return [_decoded(value) for value in column.to_pylist()]
    except (UnicodeDecodeError, ValueError, OverflowError):
        return [_value(column[at]) for at in range(len(column))]


def _decoded(value: Any) -> Any:
    """Return bytes as text: some programs write text into Parquet without saying that it is."""
    return value.decode() if isinstance(value, bytes) else value


def _value(scalar: pa.Scalar[Any]) -> Any:
    try:
        return _decoded(scalar.as_py())
    except UnicodeDecodeError:
        return InputError("encoding", "UTF-8 として読めません")
    except (ValueError, OverflowError):
        return InputError("context-value", f"読めない値です（{scalar.type}）")
