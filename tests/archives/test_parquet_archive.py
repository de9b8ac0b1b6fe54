"""Parquet files and folders."""

from __future__ import annotations

import builtins
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from flamecheck.archives.parquet import open_parquet
from flamecheck.archives.row import Asked, Row
from flamecheck.context import JST
from flamecheck.errors import InputError


def rows(path: Path, asked: Asked = Asked()) -> list[Row]:  # noqa: B008 - 値は変わらない
    return list(open_parquet(path, asked).rows())


def written(path: Path, columns: dict[str, Any], **more: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table(columns), path, **more)
    return path


def test_kinds_of_columns(tmp_path: Path) -> None:
    path = written(
        tmp_path / "a.parquet",
        {
            "id": pa.array([7, 8], pa.int64()),
            "本文": pa.array(["新作🎉", None]).dictionary_encode(),
            "posted_at": pa.array([1_710_000_000_123_456_789, None], pa.timestamp("ns", "UTC")),
            "リーチ": pa.array([12, None], pa.int32()),
            "raw": pa.array([b"\xe3\x81\x82", b"\xff"]),
            "s": pa.array([{"d": date(2024, 1, 2), "l": [float("nan")]}, None]),
        },
    )
    post, blank = rows(path)
    assert post.document
    assert (post.document.id, post.document.text) == (7, "新作🎉")
    assert post.document.context.posted_at == datetime(2024, 3, 10, 1, 0, 0, 123456, tzinfo=JST)
    assert post.document.context.reach == 12
    assert post.extra == {"raw": "あ", "s.d": "2024-01-02", "s.l": [None]}
    assert (blank.document, blank.error, blank.read) == (None, None, 2)


@pytest.mark.parametrize(
    ("kind", "value", "hour"),
    [
        (pa.timestamp("us"), datetime(2024, 3, 5, 10), 10),  # noqa: DTZ001 - 時差のない列
        (pa.timestamp("ms", "America/New_York"), datetime(2024, 3, 5, 10, tzinfo=JST), 10),
        (pa.timestamp("s", "+00:00"), datetime(2024, 3, 5, 10, tzinfo=JST), 10),
    ],
)
def test_moments_are_put_into_jst(tmp_path: Path, kind: Any, value: datetime, hour: int) -> None:
    (row,) = rows(written(tmp_path / "a.parquet", {"text": ["a"], "created_at": pa.array([value], kind)}))
    assert row.document
    assert row.document.context.posted_at == datetime(2024, 3, 5, hour, tzinfo=JST)


def test_a_moment_beyond_the_calendar_costs_no_post(tmp_path: Path) -> None:
    (row,) = rows(
        written(tmp_path / "a.parquet", {"text": ["a"], "created_at": pa.array([2**62], pa.timestamp("us", "UTC"))})
    )
    assert row.document
    assert row.document.context.posted_at is None


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.binary(), pa.large_binary(), pa.string_view()])
def test_texts_of_every_kind(tmp_path: Path, kind: Any) -> None:
    (row,) = rows(written(tmp_path / "a.parquet", {"text": pa.array(["あ"], pa.string()).cast(kind)}))
    assert row.document
    assert row.document.text == "あ"


def test_part_files_in_the_order_of_their_names(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    for number in (2, 0, 1):
        written(folder / f"part-0000{number}.snappy.parquet", {"text": [f"{number}a", f"{number}b"], "id": [1, 2]})
    written(folder / "y=2024" / "part-0.parquet", {"id": [1], "text": ["深"]})
    written(folder / "_temporary" / "part-9.parquet", {"text": ["捨"]})
    (folder / "_SUCCESS").touch()
    archive = open_parquet(folder)
    found = list(archive.rows())
    assert [row.document.text for row in found if row.document] == ["0a", "0b", "1a", "1b", "2a", "2b", "深"]
    assert [row.number for row in found] == [row.read for row in found] == list(range(1, 8))
    assert archive.size == 7
    assert found[2].place == "part-00001.snappy.parquet 1 行目"


def test_batches_do_not_show(tmp_path: Path) -> None:
    texts = [str(n) for n in range(2_500)]
    found = rows(written(tmp_path / "a.parquet", {"text": texts}, row_group_size=700))
    assert [row.document.text for row in found if row.document] == texts
    assert [row.number for row in found] == list(range(1, 2_501))


def test_a_damaged_part_is_a_row_and_the_next_is_read(tmp_path: Path) -> None:
    written(tmp_path / "x" / "a.parquet", {"text": ["a"]})
    (tmp_path / "x" / "b.parquet").write_bytes(b"PAR1 cut off")
    written(tmp_path / "x" / "c.parquet", {"text": ["c"]})
    good, bad, more = rows(tmp_path / "x")
    assert good.document
    assert more.document
    assert bad.error
    assert (bad.error.code, bad.number, more.number) == ("unreadable", 2, 3)


def test_damaged_pages_end_a_part_with_a_row(tmp_path: Path) -> None:
    texts = [f"{n * 7919}" for n in range(3_000)]
    path = written(
        tmp_path / "a.parquet", {"text": texts}, row_group_size=1_000, use_dictionary=False, compression="gzip"
    )
    raw = bytearray(path.read_bytes())
    at = len(raw) // 2
    raw[at : at + 50] = b"\xff" * 50
    path.write_bytes(raw)
    *good, last = rows(path)
    assert last.error
    assert last.error.code == "unreadable"
    assert [row.document.text for row in good if row.document] == texts[: len(good)]
    assert len(good) >= 1_000


def test_a_first_page_that_is_damaged_leaves_the_names_of_the_columns(tmp_path: Path) -> None:
    path = written(tmp_path / "a.parquet", {"text": ["a" * 50]}, use_dictionary=False, compression="none")
    raw = bytearray(path.read_bytes())
    raw[4:40] = b"\xff" * 36
    path.write_bytes(raw)
    (row,) = rows(path)
    assert row.error
    assert row.error.code == "unreadable"


@pytest.mark.parametrize("dictionary", [True, False])
def test_a_text_that_is_no_utf_8_is_a_row_and_the_next_is_read(tmp_path: Path, *, dictionary: bool) -> None:
    texts = pa.array([b"a", b"\xff", "あ".encode()]).view(pa.string())
    path = written(tmp_path / "a.parquet", {"text": texts.dictionary_encode() if dictionary else texts})
    first, bad, last = rows(path)
    assert first.document
    assert last.document
    assert bad.error
    assert (bad.error.code, last.document.text) == ("encoding", "あ")


def test_the_users_columns_and_a_table_without_a_text(tmp_path: Path) -> None:
    path = written(tmp_path / "a.parquet", {"n": [1], "v": ["a"]})
    (row,) = rows(path, Asked(columns={"text": "v"}))
    assert row.document
    assert row.document.text == "a"
    with pytest.raises(InputError, match="「v」") as caught:
        rows(path)
    assert caught.value.code == "columns"


def test_files_that_are_none(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.parquet").write_bytes(b"not parquet")
    for path in (tmp_path / "empty", tmp_path / "a.parquet", tmp_path / "none.parquet"):
        with pytest.raises(InputError) as caught:
            rows(path)
        assert caught.value.code == "unreadable"


def test_without_the_extra_the_error_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def refuse(name: str, *args: Any, **more: Any) -> Any:
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return real(name, *args, **more)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(InputError, match=r"flamecheck\[audit\]") as caught:
        open_parquet(tmp_path / "a.parquet")
    assert caught.value.code == "extra"
