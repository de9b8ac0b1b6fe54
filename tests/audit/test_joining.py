"""Two runs joined by id, whatever their orders."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from flamecheck.audit.joining import joined

ROWS = st.lists(st.sampled_from(["1", 1, "2", "3", "\ud800"]), max_size=10).map(
    lambda ids: [{"id": id_, "at": at} for at, id_ in enumerate(ids)]
)


def test_rows_in_step_need_no_index(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [{"id": "1"}, {"id": 1}, {"id": "1"}]
    pairs = joined(iter(rows), iter(rows), tmp_path / "there is none")
    assert list(pairs) == [(row, row) for row in rows]


def test_the_index_is_gone_afterwards(tmp_path: Path) -> None:
    old: list[dict[str, object]] = [{"id": 1}, {"id": 2}]
    assert list(joined(iter(old), iter(old[::-1]), tmp_path)) == [(old[1], old[1]), (old[0], old[0])]
    assert list(tmp_path.iterdir()) == []


@given(ROWS, ROWS)
def test_every_row_comes_once_and_pairs_have_one_id(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> None:
    pairs = list(joined(iter(old), iter(new)))
    assert sorted(row["at"] for row, _ in pairs if row) == [row["at"] for row in old]
    assert [row for _, row in pairs if row] == new
    assert all(a["id"] == b["id"] and type(a["id"]) is type(b["id"]) for a, b in pairs if a and b)
    both = Counter(map(repr, (row["id"] for row in old))) & Counter(map(repr, (row["id"] for row in new)))
    assert sum(a is not None and b is not None for a, b in pairs) == both.total()
