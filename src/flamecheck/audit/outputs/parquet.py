"""Verdict rows as Parquet, with the columns of ``flamecheck.arrow``; nothing is left out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from flamecheck.audit.masks import without_leaks
from flamecheck.audit.result import Result, Results, RunFacts
from flamecheck.audit.storing import storing

GROUP: Final = 10_000
"""Rows in a row group; no more than these are in memory."""


def write(results: Results, facts: RunFacts, target: str) -> None:  # noqa: ARG001 - every output is called alike
    """Write every row, with its text; raises InputError (codes ``unwritable``, ``extra`` without pyarrow)."""
    from flamecheck.arrow import VERDICTS, batch_of  # isort: skip - 先に読むと、pyarrow がないことを日本語で言える

    import pyarrow.parquet as pq

    with storing(target) as file, pq.ParquetWriter(file, VERDICTS, compression="zstd") as table:
        for group in _groups(results):
            table.write_batch(batch_of(group), row_group_size=GROUP)


def _groups(results: Results) -> Iterator[list[Result]]:
    every = (without_leaks(result) for result in results)
    while group := list(islice(every, GROUP)):
        yield group
