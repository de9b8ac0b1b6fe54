"""The audit on a cluster: a job for Apache Spark that reads Parquet with posts and writes Parquet with verdict rows."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from flamecheck.errors import InputError, missing
from flamecheck.kept import Kept
from flamecheck.screener import Screener

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

TRIES: Final = 4
"""How often a task is tried before the job fails; on one machine Spark tries once unless it is asked."""
_QUIET: Final = Path(__file__).with_name("spark.log4j2.properties").resolve()
_CONDITION: Final = re.compile(r"\[[A-Z_]+(?:\.[A-Z_]+)?\] .*")
"""How Spark writes the name of a mistake and what it is."""
_LOCAL: Final = re.compile(r"local(?:\[(\d+|\*)\])?")


@dataclass(slots=True, frozen=True)
class Recipe:
    """What a screener is made of, as ``Screener`` takes it; it travels to the workers, the screener does not.

    Paths must lead to the same files on every worker.
    """

    packs: tuple[str, ...] = ()
    policy: str = "standard"
    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    as_of: date | None = None
    shipped: bool = True

    def make(self) -> Screener:
        """Return the screener; raises what ``Screener`` raises."""
        return Screener(
            packs=self.packs,
            policy=self.policy,
            select=self.select,
            extend_select=self.extend_select,
            ignore=self.ignore,
            as_of=self.as_of,
            shipped=self.shipped,
        )


@dataclass(slots=True, frozen=True)
class Counts:
    """What a job comes to: ``read == screened + errors``; ``tiers`` leads the id of each tier to its number of posts."""

    read: int
    errors: int
    flagged: int
    tiers: Mapping[str, int] = field(default_factory=dict)

    @property
    def screened(self) -> int:
        """Return how many posts got a verdict."""
        return sum(self.tiers.values())

    def __str__(self) -> str:
        return (
            f"読んだ行 {self.read} = 見た投稿 {self.screened} + 読めなかった行 {self.errors}"
            f"（指摘のある投稿 {self.flagged}）"
        )


_kept: Final[Kept[Recipe, Screener]] = Kept(2)


def _screened(recipe: Recipe, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Screen one partition in a worker; the worker lives on, and with it the rules and the dictionary."""
    from flamecheck.arrow import screen_batches

    yield from screen_batches(batches, _kept.get(recipe, recipe.make))


def screen(df: DataFrame, recipe: Recipe | None = None, *, columns: Mapping[str, str] | None = None) -> DataFrame:
    """Return the rows of ``flamecheck.arrow.VERDICTS`` for the posts of ``df``, a row for a row, in no certain order.

    ``columns`` leads fields of ``flamecheck.arrow.POSTS`` to columns of ``df``, as in ``screen_batches``; the others
    are not sent to the workers.  Rows without a ``number`` count from 1 in each partition.
    Raises InputError (codes ``columns``, ``extra``).
    """
    functions, types = _spark("pyspark.sql.functions"), _spark("pyspark.sql.pandas.types")
    from flamecheck.arrow import VERDICTS
    from flamecheck.arrow.posts import resolved

    fields = resolved(df.columns, columns)
    posts = df.select(*(functions.col(_quoted(name)).alias(field) for field, name in fields.items()))
    schema = types.from_arrow_schema(VERDICTS)
    return posts.mapInArrow(partial(_screened, recipe or Recipe()), schema)


def run(
    master: str,
    in_dir: str,
    out_dir: str,
    recipe: Recipe | None = None,
    *,
    columns: Mapping[str, str] | None = None,
    partitions: int | None = None,
    conf: Mapping[str, str] = MappingProxyType({}),
) -> Counts:
    """Screen every row of the Parquet files in ``in_dir`` and write a verdict row for each to Parquet in ``out_dir``.

    ``archive`` is the path of the file and ``number`` its row, from 1, unless columns of these names are there.
    ``partitions`` spreads rows over so many tasks, for files whose row groups are larger than a task should be.
    ``conf`` are settings of Spark.
    Raises InputError (codes ``columns``, ``exists``, ``extra``, ``java``, ``spark``), and what ``Screener`` raises.
    """
    _spark("pyspark")
    recipe = recipe or Recipe()
    # 規則の誤りは、仕事を始める前に言う。
    _kept.get(recipe, recipe.make)
    if "://" not in out_dir and Path(out_dir).exists():
        raise InputError("exists", f"{out_dir}: もうあります。まだない名前を書いてください")
    with session(master, conf) as active, _told():
        df = _posts(active, in_dir)
        if partitions:
            df = df.repartition(partitions)
        screen(df, recipe, columns=columns).write.parquet(out_dir)
        return _counted(active, df.count(), out_dir)


def _posts(active: SparkSession, in_dir: str) -> DataFrame:
    functions = _spark("pyspark.sql.functions")
    # 列がファイルごとに違っても、「年=2026」のような名前のフォルダーがあっても、何も落とさない。
    df = active.read.options(mergeSchema=True, recursiveFileLookup=True).parquet(in_dir)
    place = {
        "archive": _path(functions),
        "number": functions.col("_metadata.row_index") + 1,
    }
    return df.withColumns({name: value for name, value in place.items() if name not in df.columns})


def _path(functions: Any) -> Any:
    """Return the column with the path of the file: Spark gives an address, in which a blank is %20."""
    address = functions.regexp_replace(functions.col("_metadata.file_path"), "^file:/+", "/")
    return functions.url_decode(functions.replace(address, functions.lit("+"), functions.lit("%2B")))


def _counted(active: SparkSession, read: int, out_dir: str) -> Counts:
    functions = _spark("pyspark.sql.functions")
    flagged = functions.sum(functions.when(functions.size("findings") > 0, 1).otherwise(0))
    found = active.read.parquet(out_dir).groupBy("tier").agg(functions.count("*"), flagged).collect()
    tiers = {tier: number for tier, number, _ in found if tier is not None}
    errors = sum(number for tier, number, _ in found if tier is None)
    counts = Counts(read, errors, sum(number for _, _, number in found), tiers)
    if counts.screened + counts.errors != read:
        raise InputError("internal", f"行の数が合いません（読んだ行 {read}、書いた行 {counts.screened + errors}）")
    return counts


def _spark(module: str) -> Any:
    """Return a module that the extra installs; raises InputError (code ``extra``) when it is not there."""
    import importlib

    try:
        return importlib.import_module(module)
    except ImportError:
        raise missing("pyspark", "spark") from None


@contextmanager
def session(master: str, conf: Mapping[str, str] = MappingProxyType({})) -> Iterator[SparkSession]:
    """Give the session that runs already, or one of our own that ends with the block.

    ``conf`` goes before the settings made here.  Raises InputError (codes ``extra``, ``java``).
    """
    sessions = _spark("pyspark.sql.session").SparkSession
    running = sessions.getActiveSession()
    if running is not None:
        yield running
        return
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        raise InputError("java", "Spark には Java 17 以上が要ります。java が見つかりません")
    settings = {
        "spark.app.name": "flamecheck",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.session.timeZone": "Asia/Tokyo",
        "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
        "spark.sql.files.maxPartitionBytes": "16m",
        "spark.task.maxFailures": str(TRIES),
    }
    local = _LOCAL.fullmatch(master)
    if master.startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        settings |= {
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
            "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={_QUIET.as_uri()}",
        }
    builder = sessions.builder.master(f"local[{local[1] or 1},{TRIES}]" if local else master)
    for name, value in {**settings, **conf}.items():
        builder = builder.config(name, value)
    started = builder.getOrCreate()
    try:
        started.sparkContext.setLogLevel("ERROR")
        yield started
    finally:
        started.stop()


@contextmanager
def _told() -> Iterator[None]:
    """Say in one line what Spark says in hundreds."""
    try:
        yield
    except (_spark("pyspark.errors").PySparkException, _spark("py4j.protocol").Py4JJavaError) as error:
        told = str(error)
        if "PARQUET_TYPE_ILLEGAL" in told and "NANOS" in told:
            help_ = "マイクロ秒で書き直してください（pandas なら to_parquet(…, coerce_timestamps='us')）"
            raise InputError("spark", f"Spark はナノ秒の日時を読めません。{help_}") from error
        said = _CONDITION.search(told)
        line = said[0] if said else told.splitlines()[0]
        raise InputError("spark", f"Spark の仕事が終わりませんでした: {line}") from error


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"
