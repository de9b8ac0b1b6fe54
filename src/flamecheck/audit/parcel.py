"""Items on their way to another process: plain values, for pickling a tree of small objects takes ten times as long."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter
from typing import Any, Final

from flamecheck.archives.row import NOWHERE, Origin, Row
from flamecheck.audit.screening import Item
from flamecheck.context import EMPTY, Context
from flamecheck.document import Document, plain
from flamecheck.errors import InputError
from flamecheck.inputs.jsonl import RowError

_CONTEXT: Final = tuple(Context.__dataclass_fields__)
_values: Final = attrgetter(*_CONTEXT)


def packed(items: Iterable[Item]) -> list[Any]:
    """Return the items as plain values; a document that is more than its text goes as it is."""
    return [_packed(item) for item in items]


def unpacked(parcel: Iterable[Any]) -> list[Item]:
    """Return the items of a parcel."""
    return [_unpacked(one) for one in parcel]


def _packed(item: Item) -> tuple[Any, ...]:
    number, archive, row = item
    document, origin, error = row.document, row.origin, row.error
    post: Any = document
    if document is not None and _is_plain(document):
        context = None if document.context is EMPTY else _values(document.context)
        post = (document.id, document.text, document.origin.name, context)
    return (
        (number, archive, row.number, row.place, row.read),
        post,
        None if origin is NOWHERE else (origin.url, origin.thread, origin.kind),
        row.extra,
        # 例外は、引数の数が違うと pickle から戻らない。
        None if error is None else (error.code, error.message, error.line, getattr(error, "id", None)),
        row.raw,
    )


def _is_plain(document: Document) -> bool:
    return (
        not document.regions
        and not document.comments
        and not document.body.alignment.edits
        and document.origin.media == "text"
    )


def _unpacked(parts: tuple[Any, ...]) -> Item:
    (number, archive, record, place, read), post, origin, extra, error, raw = parts
    document = _document(*post) if isinstance(post, tuple) else post
    wrong = None if error is None else _error(*error)
    where = NOWHERE if origin is None else Origin(*origin)
    return Item(number, archive, Row(record, place, read, document, where, extra, wrong, raw))


def _document(id: str | int, text: str, name: str, context: Any) -> Document:
    known = EMPTY if context is None else Context(**dict(zip(_CONTEXT, context, strict=True)))
    return plain(text, name=name, id=id, context=known)


def _error(code: str, message: str, line: int | None, id: str | int | None) -> InputError:
    wrong = InputError(code, message, line=line)
    return wrong if id is None else RowError(id, wrong, line or 0)
