"""Verdict rows as Parquet."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest
from auditresults import Kept, facts_of, finding, unread, verdict

from flamecheck.arrow import VERDICTS
from flamecheck.audit.outputs import parquet


def test_every_row_comes_back_in_groups_of_one_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "GROUP", 4)
    text = "この\ud800バカ"
    results = [
        verdict(1, text, finding(text, "バカ"), posted_at="2019-08-09T12:30:00+09:00", reach=3),
        unread(2, "「090-1234-5678」は時刻ではありません"),
        *[verdict(number, f"晴れ {number}", extra={"メモ": "090-1234-5678"}) for number in range(3, 11)],
    ]
    paths = [tmp_path / name for name in ("a", "b")]
    for path in paths:
        parquet.write(Kept(results), facts_of(results), str(path))
    assert paths[0].read_bytes() == paths[1].read_bytes()
    with pq.ParquetFile(paths[0]) as file:
        assert file.schema_arrow.equals(VERDICTS)
        assert [file.metadata.row_group(group).num_rows for group in range(file.num_row_groups)] == [4, 4, 2]
        rows = file.read().to_pylist()
    assert [row["id"] for row in rows] == ["p1", "2", *(f"p{number}" for number in range(3, 11))]
    assert rows[0]["text"] == "この\ufffdバカ"
    assert rows[0]["findings"][0]["matched"] == "バカ"
    assert rows[1]["error"]["message"] == "「090-****-5678」は時刻ではありません"
    assert rows[2]["extra"] == '{"メモ":"090-****-5678"}'
