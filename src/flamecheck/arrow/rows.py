"""Rows of the batch contract, with what is known of their posts, as a record batch."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

import pyarrow as pa

from flamecheck.arrow.schema import VERDICTS
from flamecheck.context import JST, Context
from flamecheck.wire import dump

_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_MOST: Final = 2**63 - 1
_EPOCH: Final = datetime(1970, 1, 1, 9, tzinfo=JST)


class Known(Protocol):
    """What is known of a post, as ``audit.result.Post`` has it; "" and None where nobody says."""

    @property
    def archive(self) -> str: ...
    @property
    def number(self) -> int: ...
    @property
    def text(self) -> str: ...
    @property
    def posted_at(self) -> str: ...
    @property
    def channel(self) -> str: ...
    @property
    def account(self) -> str: ...
    @property
    def reach(self) -> int | None: ...
    @property
    def url(self) -> str: ...
    @property
    def thread(self) -> str: ...
    @property
    def kind(self) -> str: ...


class Told(Protocol):
    """A post and its row of the batch contract, as ``audit.result.Result`` has them."""

    @property
    def post(self) -> Known: ...
    @property
    def row(self) -> dict[str, Any]: ...


def batch_of(results: Iterable[Told]) -> pa.RecordBatch:
    """Return the rows of ``results``, in order, with the columns of VERDICTS.

    A lone surrogate, which UTF-8 cannot hold, becomes U+FFFD: one code point for one, so that offsets still count.
    """
    return batch(columns_of(result.row, _facts(result.post)) for result in results)


def batch(rows: Iterable[Mapping[str, Any]]) -> pa.RecordBatch:
    """Return rows whose keys are columns of VERDICTS; a missing key is null."""
    listed = list(rows)
    try:
        return pa.RecordBatch.from_pylist(listed, schema=VERDICTS)
    except UnicodeEncodeError:
        return pa.RecordBatch.from_pylist([_sound(row) for row in listed], schema=VERDICTS)


def columns_of(row: Mapping[str, Any], facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row of the batch contract, and what is known of its post, as columns of VERDICTS."""
    extra, reach = row.get("extra"), facts["reach"]
    known = {name: facts[name] or None for name in ("channel", "account", "url", "thread", "kind")}
    return {
        **facts,
        **row,
        **known,
        "reach": None if reach is None else min(reach, _MOST),
        "text": None if "error" in row else facts["text"],
        "id": str(row["id"]),
        "extra": dump(extra) if extra else None,
    }


def moment_of(moment: datetime) -> int:
    """Return a moment in JST as microseconds since 1970; also one whose day is not in the calendar in UTC."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def _facts(post: Known) -> dict[str, Any]:
    known = Context.of({"posted_at": post.posted_at or None})
    return {
        "archive": post.archive,
        "number": post.number,
        "posted_at": None if known.posted_at is None else moment_of(known.posted_at),
        "timed": None if known.posted_at is None else known.timed,
        "channel": post.channel,
        "account": post.account,
        "reach": post.reach,
        "url": post.url,
        "thread": post.thread,
        "kind": post.kind,
        "text": post.text,
    }


def _sound(value: Any) -> Any:
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, Mapping):
        return {key: _sound(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_sound(item) for item in value]
    return value
