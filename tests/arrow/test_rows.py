"""Verdict rows as columns: nothing of the contract is lost, and what UTF-8 or Arrow cannot hold does not stop a run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from flamecheck.arrow import VERDICTS, batch_of
from flamecheck.audit.result import Post, Result
from flamecheck.screener import Screener
from flamecheck.wireschema import BecauseRow, DismissedRow, ErrorDetail, FindingRow, ResultRow, ScreenedRow


@pytest.fixture(scope="module")
def row() -> dict[str, Any]:
    return Screener.default().screen("誤解を招いたのであれば、お詫びします").to_wire()


def read_back(*results: Result, folder: Path) -> list[dict[str, Any]]:
    pq.write_table(pa.Table.from_batches([batch_of(results)]), folder / "x.parquet")
    table = pq.read_table(folder / "x.parquet")
    assert table.schema.equals(VERDICTS)
    return table.to_pylist()


@pytest.mark.parametrize(
    ("type_", "model", "left_out"),
    [
        (pa.struct(list(VERDICTS)), ResultRow, {"suppressed", "post"}),
        (VERDICTS.field("findings").type.value_type, FindingRow, {"location"}),
        (VERDICTS.field("dismissed").type.value_type, DismissedRow, {"location"}),
        (VERDICTS.field("because").type.value_type, BecauseRow, set()),
        (VERDICTS.field("screened").type, ScreenedRow, set()),
        (VERDICTS.field("error").type, ErrorDetail, set()),
    ],
)
def test_every_key_of_the_contract_is_a_column(type_: pa.StructType, model: Any, left_out: set[str]) -> None:
    names = {type_.field(number).name for number in range(type_.num_fields)}
    assert set(model.model_fields) - names == left_out


def test_a_verdict_comes_back_as_it_was(row: dict[str, Any], tmp_path: Path) -> None:
    post = Post(
        "a.csv", 3, "a.csv 4 行目", "誤解を…", "2026-08-09T09:00:00+09:00", "x", "会社", 7, "https://x.example/1"
    )
    (back,) = read_back(Result(9, post, {**row, "extra": {"部署": "広報"}}), folder=tmp_path)
    for key in ("tier", "severity", "score", "owners", "because", "findings", "dismissed", "screened", "v"):
        assert back[key] == row[key], key
    assert {group: value for group, value in back["scores"].items() if value is not None} == row["scores"]
    assert json.loads(back["extra"]) == {"部署": "広報"}
    assert (back["archive"], back["number"], back["channel"], back["account"], back["reach"]) == (
        "a.csv",
        3,
        "x",
        "会社",
        7,
    )
    assert (back["posted_at"].isoformat(), back["timed"]) == ("2026-08-09T09:00:00+09:00", True)
    assert (back["url"], back["thread"], back["kind"], back["error"]) == ("https://x.example/1", None, "post", None)


def test_a_row_in_error_has_nothing_of_a_verdict(tmp_path: Path) -> None:
    error = {"code": "text-missing", "message": "text がありません", "line": 4}
    (back,) = read_back(Result(1, Post("a.csv", 3, ""), {"v": 1, "id": 2**80, "error": error}), folder=tmp_path)
    given = {name for name, value in back.items() if value is not None}
    assert given == {"archive", "number", "id", "kind", "error", "v"}
    assert (back["id"], back["error"]) == (str(2**80), error)


@pytest.mark.parametrize(
    ("said", "moment", "timed"),
    [
        ("", None, None),
        ("2026-08-09", 1786201200_000000, False),
        ("2026-08-09T00:00:00+09:00", 1786201200_000000, True),
        ("2026-08-09T00:00:00.000001+09:00", 1786201200_000001, True),
        ("0001-01-01", -62135629200_000000, False),
        ("9999-12-31T23:59:59+09:00", 253402268399_000000, True),
    ],
)
def test_a_moment_is_kept_to_the_microsecond(
    row: dict[str, Any], said: str, moment: int | None, timed: bool | None
) -> None:
    made = batch_of([Result(1, Post("a", 1, "", posted_at=said), row)])
    assert made.column("posted_at").cast(pa.int64()).to_pylist() == [moment]
    assert made.column("timed").to_pylist() == [timed]


def test_a_lone_surrogate_becomes_one_sign(row: dict[str, Any], tmp_path: Path) -> None:
    odd = {
        **row,
        "id": "\ud83d",
        "extra": {"\udc00": ["\ud83d"]},
        "findings": [{**row["findings"][0], "matched": "あ\ud83d"}],
    }
    (back,) = read_back(Result(1, Post("a", 1, "", text="い\udc00う"), odd), folder=tmp_path)
    assert (back["id"], back["text"], back["findings"][0]["matched"]) == ("\ufffd", "い\ufffdう", "あ\ufffd")
    assert json.loads(back["extra"]) == {"\udc00": ["\ud83d"]}


def test_a_reach_beyond_all_people_is_the_largest_there_is(row: dict[str, Any]) -> None:
    made = batch_of([Result(1, Post("a", 1, "", reach=10**30), row)])
    assert made.column("reach").to_pylist() == [2**63 - 1]


def test_no_rows_are_a_batch_without_rows() -> None:
    made = batch_of([])
    assert (made.num_rows, made.schema) == (0, VERDICTS)
