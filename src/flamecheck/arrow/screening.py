"""One pure function from record batches of posts to record batches of verdict rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import pyarrow as pa

from flamecheck import masks
from flamecheck.arrow.posts import Read, read
from flamecheck.arrow.rows import batch, columns_of, moment_of
from flamecheck.context import EMPTY
from flamecheck.errors import InputError
from flamecheck.report import starred_beside
from flamecheck.screener import Screener
from flamecheck.wire import error_row

ROWS: Final = 1024
LETTERS: Final = 4_000_000
"""At how many rows, or code points of posts, a batch is handed on."""


def screen_batches(
    batches: Iterator[pa.RecordBatch], screener: Screener | None = None, *, columns: Mapping[str, str] | None = None
) -> Iterator[pa.RecordBatch]:
    """Yield a row of VERDICTS for each row of ``batches``, in order, a few at a time.

    A column is the field of POSTS whose name it bears, or the one that ``columns`` leads to it (field → column); only
    ``text`` must be there, other columns are ignored.  A row that cannot be read or screened is a row with ``error``.
    Rows without ``number`` count from 1 over all batches; a missing ``id`` is the number.  Without a screener, that of
    the shipped rules is made.
    Raises InputError (code ``columns``) when no column holds the text, or a column asked for is not there.
    """
    screener = screener or Screener.default()
    rows: list[dict[str, Any]] = []
    count = letters = 0
    for given in batches:
        for post in read(given, columns, count + 1):
            rows.append(_told(post, screener))
            letters += len(rows[-1]["text"] or "")
            if len(rows) == ROWS or letters >= LETTERS:
                yield batch(rows)
                rows, letters = [], 0
        count += given.num_rows
    if rows:
        yield batch(rows)


def _told(post: Read, screener: Screener) -> dict[str, Any]:
    """Return the row of one post."""
    text: str | None = None
    url = masks.starred_address(post.url)
    error = post.error
    row: dict[str, Any] = {}
    if post.document is not None:
        try:
            verdict = screener.screen(post.document)
            text, verdict = masks.starred_post(post.document, verdict)
            row = verdict.to_wire()
            url = starred_beside(url, post.document, verdict.report)
        except InputError as wrong:
            error = wrong
        except Exception as wrong:
            error = InputError("internal", f"内部の誤りで見られませんでした: {type(wrong).__name__}")
    if error is not None:
        row = error_row(post.id, InputError(error.code, masks.starred(error.message), line=post.number))
    known = EMPTY if post.document is None else post.document.context
    moment = known.posted_at
    return columns_of(
        row,
        {
            "archive": post.archive,
            "number": post.number,
            "posted_at": None if moment is None else moment_of(moment),
            "timed": None if moment is None else known.timed,
            "channel": known.channel,
            "account": masks.starred_address(known.account or ""),
            "reach": known.reach,
            "url": url,
            "thread": post.thread,
            "kind": post.kind,
            "text": text,
        },
    )
