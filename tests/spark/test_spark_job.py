"""The job on a local Spark with two workers: the same rows as one machine, each once, whatever dies."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from packs import pack, rule
from sparkrecipes import Counted, Deadly

from flamecheck.arrow import VERDICTS, screen_batches
from flamecheck.context import JST
from flamecheck.errors import InputError
from flamecheck.spark import Counts, Recipe, run, screen, session

ROOT = Path(__file__).parents[2]
BODIES = (
    "誤解を招いたのであれば、お詫びします", "本日は晴天です", "絶対に儲かります", "担当は090-8471-2963です", "死ね",
    "このクリームでシミが必ず消えます", "女のくせに生意気だ", "本日限定のセールです", "がん(癌)が治る水", "",
    "お前ら全員ばかだな", "新発売のいちご大福、できました🍓", "𠮷野家で会いましょう\n次の行", "#PR 提供でいただきました",
)  # fmt: skip
OPENINGS = ("", "【お知らせ】", "こんにちは。", "今日は", "店長です!", "さて、", "RT ", "速報：")
CONTEXTS: tuple[dict[str, Any], ...] = (
    {}, {"channel": "x", "reach": 120}, {"channel": "blog", "post_type": "apology"}, {"paid": "true"}, {"channel": "radio"},
    {"crisis": "active", "account": "会社"}, {"reach": -1}, {"industry": "cosmetics", "voice": 1},
)  # fmt: skip


def posts(count: int) -> list[dict[str, Any]]:
    """Return invented posts, no two alike, some of which cannot be read."""
    start = datetime(2016, 1, 1, 7, tzinfo=JST)
    made = []
    for number in range(count):
        text = f"{OPENINGS[number % 8]}{BODIES[number // 8 % 14]} その{number}"
        moment = start + timedelta(hours=number * 27)
        row = {"id": f"p{number:05}", "text": text, "posted_at": moment, **CONTEXTS[number // 5 % 8]}
        made.append({**row, "text": None} if number % 97 == 0 else row)
    return made


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """Give one Spark for all tests, whose workers find the sources and the helpers of the tests."""
    os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT / "tests"), str(ROOT / "src")])
    with session("local[2]") as started:
        yield started


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with 3,000 posts in five files whose columns differ."""
    folder = tmp_path_factory.mktemp("過去の 投稿+100%")
    made = posts(3000)
    for number in range(5):
        part = made[number * 600 : number * 600 + 600]
        names = [name for name in dict.fromkeys(name for row in part for name in row) if number or name != "channel"]
        part = [{name: value for name, value in row.items() if name in names} for row in part]
        below = folder / "年=2026" if number == 4 else folder
        below.mkdir(exist_ok=True)
        table = pa.Table.from_pylist([{name: row.get(name) for name in names} for row in part])
        pq.write_table(table, below / f"部 {number}.parquet", row_group_size=250)
    return folder


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Recipe:
    folder = pack(tmp_path_factory.mktemp("pack"), {"tone/sample.yml": rule("晴天", "[本日は⟦晴天⟧です]")})
    return Recipe(packs=(str(folder),), shipped=False)


@pytest.fixture(scope="module")
def written(spark: Any, archive: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Counts, pa.Table]:
    """Return what a run over the archive with the shipped rules says and writes."""
    out = tmp_path_factory.mktemp("written") / "out"
    counts = run("local[2]", str(archive), str(out))
    return counts, columns_of(out)


def columns_of(folder: Path) -> pa.Table:
    """Return the rows of a folder in a fixed order, with the type of moments that is theirs."""
    return pq.read_table(folder).cast(VERDICTS).sort_by([("id", "ascending"), ("number", "ascending")])


def alone(archive: Path, recipe: Recipe) -> pa.Table:
    """Return what one process makes of the same files."""
    screener = recipe.make()
    made: list[pa.RecordBatch] = []
    for path in sorted(archive.rglob("*.parquet")):
        table = pq.read_table(path, partitioning=None)
        table = table.append_column("archive", pa.array([str(path)] * len(table)))
        table = table.append_column("number", pa.array(range(1, len(table) + 1)))
        made += screen_batches(iter(table.to_batches()), screener)
    return pa.Table.from_batches(made).sort_by([("id", "ascending"), ("number", "ascending")])


def test_the_rows_are_those_of_one_machine(written: tuple[Counts, pa.Table], archive: Path) -> None:
    counts, made = written
    assert counts.read == counts.screened + counts.errors == len(made) == 3000
    assert (counts.errors > 100, counts.flagged > 500, len(counts.tiers) > 1) == (True, True, True)
    assert made.equals(alone(archive, Recipe()))


def test_the_verdicts_are_those_of_the_audit_of_the_same_posts(
    written: tuple[Counts, pa.Table], tmp_path: Path
) -> None:
    lines = []
    for row in posts(3000)[600:]:
        context = {name: value for name, value in row.items() if name not in ("id", "text")}
        context["paid"] = True if context.get("paid") else None
        lines.append(json.dumps({"id": row["id"], "text": row["text"] or 3, "context": context}, default=str))
    (tmp_path / "posts.jsonl").write_text("\n".join(lines), "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "flamecheck", "audit", "posts.jsonl", "--output", "rows.jsonl"],
        cwd=tmp_path, capture_output=True, text=True, check=False, env={**os.environ, "LANG": "C.UTF-8"},
    )  # fmt: skip
    assert (tmp_path / "rows.jsonl").exists(), done.stderr
    wanted = {row["id"]: row for row in map(json.loads, (tmp_path / "rows.jsonl").read_text("utf-8").splitlines())}
    made = {row["id"]: row for row in written[1].to_pylist() if row["id"] >= "p00600"}
    assert made.keys() == wanted.keys()
    for name, row in made.items():
        told = wanted[name]
        assert (row["error"] is None) == ("error" not in told), name
        for key in ("tier", "severity", "score", "owners", "because", "findings", "dismissed", "screened"):
            assert row[key] == told.get(key), (name, key)


def test_rules_are_loaded_once_in_a_worker(spark: Any, archive: Path, small: Recipe, tmp_path: Path) -> None:
    tally = tmp_path / "tally"
    recipe = Counted(packs=small.packs, shipped=False, tally=str(tally))
    df = spark.read.options(mergeSchema=True, recursiveFileLookup=True).parquet(str(archive)).repartition(24)
    for _ in range(2):
        assert screen(df, recipe).count() == 3000
        screen(df, recipe).write.format("noop").mode("overwrite").save()
    loaded = tally.read_text().split()
    assert 1 <= len(loaded) == len(set(loaded)) <= 2


def test_a_worker_that_dies_once_loses_nothing_and_doubles_nothing(
    spark: Any, archive: Path, small: Recipe, tmp_path: Path
) -> None:
    once = tmp_path / "died"
    recipe = Deadly(packs=small.packs, shipped=False, victim="p01520", once=str(once), driver=os.getpid())
    counts = run("local[2]", str(archive), str(tmp_path / "out"), recipe)
    assert once.exists()
    assert counts.read == 3000
    assert columns_of(tmp_path / "out").equals(alone(archive, small))


def test_a_post_that_kills_every_worker_ends_the_job_with_one_line(
    spark: Any, archive: Path, small: Recipe, tmp_path: Path
) -> None:
    recipe = Deadly(packs=small.packs, shipped=False, victim="p01521", driver=os.getpid())
    with pytest.raises(InputError) as caught:
        run("local[2]", str(archive), str(tmp_path / "out"), recipe)
    assert (caught.value.code, caught.value.message.count("\n")) == ("spark", 0)
    assert not (tmp_path / "out" / "_SUCCESS").exists()


def test_what_can_be_said_before_the_job_is(spark: Any, archive: Path, small: Recipe, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="もうあります") as caught:
        run("local[2]", str(archive), str(tmp_path), small)
    assert caught.value.code == "exists"
    with pytest.raises(InputError, match="列「本文」がありません") as caught:
        run("local[2]", str(archive), str(tmp_path / "out"), small, columns={"text": "本文"})
    assert caught.value.code == "columns"
    with pytest.raises(InputError, match="終わりませんでした") as caught:
        run("local[2]", str(tmp_path / "none"), str(tmp_path / "out"), small)
    assert caught.value.code == "spark"
    assert not (tmp_path / "out").exists()


def test_a_broken_file_and_nanoseconds_stop_the_job_with_the_reason(spark: Any, small: Recipe, tmp_path: Path) -> None:
    for name in ("broken", "nano"):
        (tmp_path / name).mkdir()
    (tmp_path / "broken" / "a.parquet").write_bytes(b"PAR1 no PAR1")
    pq.write_table(
        pa.table({"text": ["a"], "posted_at": pa.array([1], pa.timestamp("ns"))}), tmp_path / "nano" / "a.parquet"
    )
    with pytest.raises(InputError, match=r"a\.parquet"):
        run("local[2]", str(tmp_path / "broken"), str(tmp_path / "out"), small)
    with pytest.raises(InputError, match="coerce_timestamps"):
        run("local[2]", str(tmp_path / "nano"), str(tmp_path / "out"), small)


def test_any_frame_can_be_screened_by_its_own_names(spark: Any, small: Recipe) -> None:
    df = spark.createDataFrame([(7, "本日は晴天です", "x"), (8, None, "y")], "`番.号` int, `本文` string, other string")
    rows = screen(df, small, columns={"id": "番.号", "text": "本文"}).orderBy("id").collect()
    assert [(row.id, row.severity, row.error and row.error.code) for row in rows] == [
        ("7", "high", None), ("8", None, "text-missing"),
    ]  # fmt: skip


def test_rows_can_be_spread_over_more_tasks(spark: Any, archive: Path, small: Recipe, tmp_path: Path) -> None:
    counts = run("local[2]", str(archive), str(tmp_path / "out"), small, partitions=7)
    assert counts.read == 3000
    assert len(list((tmp_path / "out").glob("part-*.parquet"))) == 7
    assert columns_of(tmp_path / "out").equals(alone(archive, small))
