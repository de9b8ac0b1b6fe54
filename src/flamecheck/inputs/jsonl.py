"""One line of the batch contract → a post, or an InputError that says why not."""

from __future__ import annotations

import contextlib
import json
import math
import re
from typing import Any, Final

from flamecheck.context import Context
from flamecheck.document import Document, plain
from flamecheck.errors import InputError

BOM = b"\xef\xbb\xbf"
# Python の cp932 は、割り当てのないバイトも私用領域に読んでしまう。
_UNASSIGNED: Final = re.compile("[\x80\xa0\uf8f0-\uf8f3]")


class RowError(InputError):
    """A row that cannot be screened; ``id`` is its own when readable, else its line number."""

    def __init__(self, id: str | int, error: InputError, line: int) -> None:
        """Take over code and message."""
        super().__init__(error.code, error.message, line=line)
        self.id = id


def parse_row(raw: bytes, line: int, *, encoding: str = "utf-8") -> tuple[Document, dict[str, Any]]:
    """Return the post on 1-based ``line`` and its unknown keys, which are handed back untouched.

    Raises RowError (codes encoding, json, row-type, id-type, text-missing, text-type, context-type, context-key,
    context-value).
    """
    row_id: str | int = line
    try:
        row = _loaded(_decoded(raw.removeprefix(BOM) if line == 1 else raw, encoding))
        row_id = _id(row, line)
        text, context = _text(row), row.get("context")
        if context is not None and not isinstance(context, dict):
            raise InputError("context-type", 'context には {"posted_at": …} のような組を書いてください')
        known = Context.of(context)
    except InputError as error:
        raise RowError(row_id, error, line) from None
    extra = {key: value for key, value in row.items() if key not in ("id", "text", "context")}
    return plain(text, name=f"line {line}", id=row_id, context=known), extra


def _decoded(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeError:
        message = f"{encoding} として読めない行です"
        if encoding.replace("-", "").lower() in ("utf8", "utf8sig"):
            with contextlib.suppress(UnicodeDecodeError):
                if not _UNASSIGNED.search(raw.decode("cp932")):
                    message += "。CP932（Shift_JIS）のようです: --encoding cp932 を付けてください"
        raise InputError("encoding", message) from None


def _loaded(text: str) -> dict[str, Any]:
    try:
        row = json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant, parse_float=_finite)
    except json.JSONDecodeError as error:
        raise InputError("json", f"JSON として読めません: {error.msg}（{error.colno} 文字目）") from None
    except (RecursionError, ValueError) as error:
        detail = str(error) if isinstance(error, ValueError) else "入れ子が深すぎます"
        raise InputError("json", f"JSON として読めません: {detail}") from None
    if not isinstance(row, dict):
        raise InputError("row-type", '一行に一つの {"text": …} を書いてください')
    return row


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    row = dict(pairs)
    if len(row) < len(pairs):
        names = [name for name, _ in pairs]
        double = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"キー「{double}」が重なっています")
    return row


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} は JSON の値ではありません")


def _finite(number: str) -> float:
    # 1e999 は無限大になり、JSON として書き戻せない。
    value = float(number)
    if math.isinf(value):
        raise ValueError(f"数 {number[:20]} は大きすぎます")
    return value


def _id(row: dict[str, Any], line: int) -> str | int:
    value = row.get("id")
    if value is None:
        return line
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise InputError("id-type", "id には文字列か整数を書いてください")
    return value


def _text(row: dict[str, Any]) -> str:
    if "text" not in row:
        raise InputError("text-missing", "text がありません")
    if not isinstance(row["text"], str):
        raise InputError("text-type", "text には文字列を書いてください")
    return row["text"]
