"""Posts and verdict rows as Arrow record batches: what Parquet holds and what a cluster passes around."""

from __future__ import annotations

from flamecheck.arrow.schema import POSTS, VERDICTS  # isort: skip - 先に読むと、pyarrow がないことを日本語で言える
from flamecheck.arrow.rows import batch_of
from flamecheck.arrow.screening import screen_batches

__all__ = ["POSTS", "VERDICTS", "batch_of", "screen_batches"]
