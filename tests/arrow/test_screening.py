"""Record batches in, verdict rows out: the same rows as the audit of the same posts, and a bad row is a row."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flamecheck.arrow import POSTS, VERDICTS, screen_batches
from flamecheck.arrow.screening import ROWS
from flamecheck.audit.stream import audit
from flamecheck.context import JST
from flamecheck.errors import InputError
from flamecheck.screener import Screener

APOLOGY = "誤解を招いたのであれば、お詫びします"
PHONE = "担当の連絡先は090-8471-2963です"
BROKEN = pa.Array.from_buffers(pa.string(), 1, [None, pa.py_buffer(b"\0\0\0\0\2\0\0\0"), pa.py_buffer(b"\xe3\x81")])


def batch(**columns: list[Any]) -> pa.RecordBatch:
    return pa.RecordBatch.from_pydict(columns)


def rows_of(*batches: pa.RecordBatch, **columns: str) -> list[dict[str, Any]]:
    made = list(screen_batches(iter(batches), columns=columns))
    assert all(batch.schema == VERDICTS for batch in made)
    return [row for batch in made for row in batch.to_pylist()]


def one(**values: Any) -> dict[str, Any]:
    (row,) = rows_of(pa.record_batch({name: _array(value) for name, value in {"text": APOLOGY, **values}.items()}))
    return row


def _array(value: Any) -> pa.Array[Any]:
    return value if isinstance(value, pa.Array) else pa.array([value])


def test_the_columns_are_those_of_the_contract() -> None:
    row = one(id="a", channel="x", account="会社", reach=7, url="https://x.example/1", thread="t", kind="reply")
    told = ("id", "channel", "account", "reach", "url", "thread", "kind", "text", "tier", "number", "archive")
    assert [row[name] for name in told] == [
        "a",
        "x",
        "会社",
        7,
        "https://x.example/1",
        "t",
        "reply",
        APOLOGY,
        "koho",
        1,
        "",
    ]
    found = row["findings"][0]
    assert row["text"][found["start"] : found["end"]] == found["matched"]


def test_what_a_finding_stars_is_starred_in_the_text() -> None:
    row = one(text=PHONE, url="https://x.example/?tel=09084712963")
    found = row["findings"][0]
    assert "8471" not in json.dumps(row, ensure_ascii=False, default=str)
    assert row["text"][found["start"] : found["end"]] == found["matched"]
    assert len(row["text"]) == len(PHONE)


@pytest.mark.parametrize(
    ("value", "wanted", "timed"),
    [
        (datetime(2026, 8, 9, 9), "2026-08-09T09:00:00+09:00", True),  # noqa: DTZ001 - 時間帯のない列
        (datetime(2026, 8, 9, 0, tzinfo=timezone.utc), "2026-08-09T09:00:00+09:00", True),  # noqa: UP017
        (pa.array([1786233600], pa.timestamp("s", tz="America/New_York")), "2026-08-09T09:00:00+09:00", True),
        (pa.array([1786233600_000_000_001], pa.timestamp("ns", tz="No/Such")), "2026-08-09T09:00:00+09:00", True),
        (date(2026, 8, 9), "2026-08-09T00:00:00+09:00", False),
        ("2026-08-09", "2026-08-09T00:00:00+09:00", False),
        ("2026-08-09T00:00:00Z", "2026-08-09T09:00:00+09:00", True),
        ("", None, None),
        (None, None, None),
    ],
)
def test_every_kind_of_moment_becomes_one_in_japan(value: Any, wanted: str | None, timed: bool | None) -> None:
    row = one(posted_at=value)
    assert row["error"] is None
    assert (row["posted_at"] and row["posted_at"].isoformat(), row["timed"]) == (wanted, timed)


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("a", "a"),
        (7, "7"),
        (7.0, "7"),
        (Decimal(12345678901234567890), "12345678901234567890"),
        (None, "1"),
        ("", ""),
    ],
)
def test_every_kind_of_id_becomes_text(value: Any, wanted: str) -> None:
    assert one(id=value)["id"] == wanted


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"text": None}, "text-missing"),
        ({"text": pa.nulls(1)}, "text-missing"),
        ({"text": 3}, "text-type"),
        ({"text": [["a"]]}, "text-type"),
        ({"text": pa.array([b"\xe3\x81"], pa.binary())}, "encoding"),
        ({"text": BROKEN}, "encoding"),
        ({"id": 0.5}, "id-type"),
        ({"id": True}, "id-type"),
        ({"channel": "radio"}, "context-value"),
        ({"reach": -1}, "context-value"),
        ({"paid": "maybe"}, "context-value"),
        ({"posted_at": "yesterday"}, "context-value"),
        ({"posted_at": pa.array([2**62], pa.timestamp("us"))}, "context-value"),
    ],
)
def test_a_bad_row_is_a_row_in_error_and_its_neighbours_are_screened(values: dict[str, Any], code: str) -> None:
    row = one(**values)
    assert (row["error"]["code"], row["error"]["line"]) == (code, 1)
    assert (row["tier"], row["findings"], row["text"]) == (None, None, None)


def test_what_leaks_into_the_message_of_an_error_is_starred() -> None:
    assert "090-****-2963" in one(posted_at="090-8471-2963")["error"]["message"]


def test_neighbours_of_unreadable_text_are_read() -> None:
    text = pa.Array.from_buffers(
        pa.string(), 3, [None, pa.py_buffer(b"\0\0\0\0\1\0\0\0\3\0\0\0\4\0\0\0"), pa.py_buffer(b"a\xe3\x81b")]
    )
    rows = rows_of(pa.record_batch({"text": text}))
    assert [(row["text"], row["error"] and row["error"]["code"]) for row in rows] == [
        ("a", None), (None, "encoding"), ("b", None),
    ]  # fmt: skip


def test_an_inner_failure_is_a_row_without_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    def explode(*_: object, **__: object) -> None:
        raise RuntimeError("秘密の本文")

    monkeypatch.setattr(Screener, "screen", explode)
    row = one(text="秘密の本文")
    assert row["error"]["code"] == "internal"
    assert "秘密" not in str(row)


@pytest.mark.parametrize("type_", [pa.string(), pa.large_string(), pa.string_view(), pa.binary(), pa.dictionary(pa.int8(), pa.string())])  # fmt: skip
def test_text_may_be_held_in_any_way(type_: pa.DataType) -> None:
    text = pa.array([APOLOGY, None, "晴れ"], pa.string()).cast(type_)
    rows = rows_of(pa.record_batch({"text": text}))
    assert [row["text"] for row in rows] == [APOLOGY, None, "晴れ"]


def test_counts_that_a_table_made_floats_of_are_counts() -> None:
    rows = rows_of(batch(text=["a", "b"], reach=[12.0, float("nan")], paid=["TRUE", ""]))
    assert [(row["reach"], row["error"]) for row in rows] == [(12, None), (None, None)]


def test_columns_are_found_by_the_names_given_and_others_are_ignored() -> None:
    (row,) = rows_of(batch(本文=[APOLOGY], text=["下書き"], 部署=["広報"], 番号=[5]), text="本文", id="番号")
    assert (row["text"], row["id"], row["extra"]) == (APOLOGY, "5", None)


@pytest.mark.parametrize(
    ("names", "columns", "told"),
    [
        (["本文"], {}, "text という列"),
        (["text"], {"text": "本文"}, "列「本文」がありません"),
        (["text"], {"texts": "text"}, "もしかして: text"),
        (["text", "text"], {}, "列「text」が二つ"),
    ],
)
def test_a_column_that_is_not_there_is_said(names: list[str], columns: dict[str, str], told: str) -> None:
    given_ = pa.RecordBatch.from_arrays([pa.array(["a"])] * len(names), names=names)
    with pytest.raises(InputError, match=told) as caught:
        rows_of(given_, **columns)
    assert caught.value.code == "columns"


def test_rows_are_numbered_over_all_batches_unless_they_have_a_number() -> None:
    first, second = batch(text=["a", "b"]), batch(text=["c"])
    assert [(row["number"], row["id"]) for row in rows_of(first, second)] == [(1, "1"), (2, "2"), (3, "3")]
    numbered = batch(text=["a"], number=[40], archive=["in/part-0.parquet"])
    assert [(row["number"], row["id"], row["archive"]) for row in rows_of(numbered)] == [
        (40, "40", "in/part-0.parquet")
    ]


def test_rows_are_handed_on_before_the_input_ends() -> None:
    asked = []

    def batches() -> Iterable[pa.RecordBatch]:
        for number in range(3):
            asked.append(number)
            yield batch(text=["a"] * ROWS)

    made = screen_batches(iter(batches()))
    assert next(made).num_rows == ROWS
    assert asked == [0]


def test_nothing_in_nothing_out() -> None:
    assert rows_of() == []
    assert rows_of(pa.RecordBatch.from_pylist([], schema=POSTS)) == []


POST = st.fixed_dictionaries(
    {"text": st.one_of(st.sampled_from([APOLOGY, PHONE, "晴れです", ""]), st.text(st.characters(exclude_categories=["Cs"]), max_size=20))},
    optional={
        "id": st.one_of(st.integers(0, 9).map(str), st.none()),
        "posted_at": st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(JST) | st.just(timezone(timedelta(0)))),  # noqa: DTZ001
        "channel": st.sampled_from(["x", "blog", "radio"]),
        "reach": st.integers(-1, 10**9),
    },
)  # fmt: skip


@given(st.lists(POST, max_size=12), st.integers(1, 5))
def test_the_rows_are_those_of_the_audit_however_they_are_cut(posts: list[dict[str, Any]], size: int) -> None:
    batches = [pa.RecordBatch.from_pylist(posts[at : at + size], schema=POSTS) for at in range(0, len(posts), size)]
    lines = []
    for post in posts:
        context = {name: value for name, value in post.items() if name not in ("id", "text")}
        line = {"id": post.get("id"), "text": post["text"], "context": context}
        lines.append(json.dumps(line, default=lambda value: value.isoformat()).encode())
    out = io.StringIO()
    audit(lines, lambda row: out.write(row + "\n"), Screener.default())
    wanted = [json.loads(line) for line in out.getvalue().splitlines()]
    made = rows_of(*batches)
    assert len(made) == len(wanted)
    for row, told in zip(made, wanted, strict=True):
        assert row["id"] == str(told["id"])
        assert row["error"] == told.get("error")
        for key in ("tier", "severity", "score", "owners", "because", "findings", "dismissed", "screened"):
            assert row[key] == told.get(key), key
