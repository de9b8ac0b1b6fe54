"""The rows of the batch contract as typed columns; ``docs/wire-format.md`` says what each of them means."""

from __future__ import annotations

from typing import Final

from flamecheck.errors import missing
from flamecheck.grading import GROUPS

try:
    import pyarrow as pa
except ImportError:
    raise missing("pyarrow", "audit") from None

_ADJUSTMENT: Final = pa.struct([("by", pa.string()), ("effect", pa.string()), ("why", pa.string())])
_CUE: Final = pa.struct([
    ("id", pa.string()), ("start", pa.int32()), ("end", pa.int32()), ("weight", pa.int32()), ("why", pa.string()),
])  # fmt: skip
_FINDING: Final = (
    ("rule_id", pa.string()),
    ("category", pa.string()),
    ("group", pa.string()),
    ("severity", pa.string()),
    ("confidence", pa.string()),
    ("start", pa.int32()),
    ("end", pa.int32()),
    ("matched", pa.string()),
    ("message", pa.string()),
    ("affected", pa.string()),
    ("rewrite", pa.string()),
    ("references", pa.list_(pa.string())),
    ("via", pa.list_(pa.string())),
    ("adjustments", pa.list_(_ADJUSTMENT)),
    ("cues", pa.list_(_CUE)),
)
_DISMISSED: Final = (*_FINDING, ("dismissed_by", pa.string()), ("why", pa.string()))
_PACK: Final = pa.struct([("id", pa.string()), ("version", pa.string()), ("fingerprint", pa.string())])
_SCREENED: Final = pa.struct([
    ("pack", pa.string()),
    ("dictionary", pa.string()),
    ("unchecked", pa.list_(pa.string())),
    ("notes", pa.list_(pa.string())),
    ("packs", pa.list_(_PACK)),
])  # fmt: skip

MOMENT: Final = pa.timestamp("us", tz="Asia/Tokyo")

_COLUMNS: Final[list[tuple[str, pa.DataType]]] = [
    ("archive", pa.string()),
    ("number", pa.int64()),
    ("id", pa.string()),
    ("posted_at", MOMENT),
    ("timed", pa.bool_()),
    ("channel", pa.string()),
    ("account", pa.string()),
    ("reach", pa.int64()),
    ("url", pa.string()),
    ("thread", pa.string()),
    ("kind", pa.string()),
    ("text", pa.string()),
    ("tier", pa.string()),
    ("severity", pa.string()),
    ("score", pa.int32()),
    ("scores", pa.struct([(group, pa.int32()) for group in GROUPS])),
    ("owners", pa.list_(pa.string())),
    ("because", pa.list_(pa.struct([("clause", pa.string()), ("findings", pa.list_(pa.int32()))]))),
    ("findings", pa.list_(pa.struct(_FINDING))),
    ("dismissed", pa.list_(pa.struct(_DISMISSED))),
    ("screened", _SCREENED),
    ("extra", pa.string()),
    ("error", pa.struct([("code", pa.string()), ("message", pa.string()), ("line", pa.int64())])),
    ("v", pa.int32()),
]

VERDICTS: Final = pa.schema(_COLUMNS)
"""One verdict or error a row.

``archive`` and ``number`` (the record there, from 1) name the post; both are unique together.  ``posted_at`` is null when
nobody says when, and ``timed`` is false where only the day is known: the moment is then its midnight in Japan.  ``text``
is starred where it leaks, and ``start`` and ``end`` count its code points.  ``extra`` is a JSON object, null for none.
A row in error has ``error`` and of the verdict nothing.  ``suppressed`` is always empty in an audit and has no column.
"""

_FIELDS: Final[list[tuple[str, pa.DataType]]] = [
    ("archive", pa.string()),
    ("number", pa.int64()),
    ("id", pa.string()),
    ("text", pa.string()),
    ("posted_at", MOMENT),
    ("post_type", pa.string()),
    ("channel", pa.string()),
    ("industry", pa.string()),
    ("account", pa.string()),
    ("paid", pa.string()),
    ("crisis", pa.string()),
    ("format", pa.string()),
    ("reach", pa.int64()),
    ("region", pa.string()),
    ("scheduled", pa.bool_()),
    ("voice", pa.int32()),
    ("reply_to", pa.string()),
    ("quote_of", pa.string()),
    ("url", pa.string()),
    ("thread", pa.string()),
    ("kind", pa.string()),
]

POSTS: Final = pa.schema(_FIELDS)
"""What a column of a post can be; only ``text`` is needed, and the types are those that hold everything.

Other types are read as well: an ``id`` may be an integer, ``posted_at`` a text in ISO 8601, a day or a moment (without
a zone it is JST), ``paid`` a boolean or the word gifted, and any column a dictionary.
"""
