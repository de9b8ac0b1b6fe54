"""Posts and verdict rows as Arrow record batches: what Parquet holds and what a cluster passes around."""

from __future__ import annotations

from flamecheck.arrow.schema import VERDICTS  # isort: skip - 先に読むと、pyarrow がないことを日本語で言える
from flamecheck.arrow.rows import batch_of

__all__ = ["VERDICTS", "batch_of"]
