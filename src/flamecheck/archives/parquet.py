"""Parquet: one file, or a folder of part files, read batch by batch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from flamecheck.archives.keyed import Keyed
from flamecheck.archives.row import Asked, Row
from flamecheck.errors import InputError, missing, said

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow.parquet import ParquetFile

_BATCH: Final = 1_000
_SAMPLE: Final = 50


def open_parquet(path: Path, asked: Asked = Asked()) -> Parquet:  # noqa: B008 - 値は変わらない
    """Open a file, or a folder whose part files are read in the order of their names.

    Raises InputError (codes ``extra``, ``unreadable``, ``columns``).
    """
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError:
        raise missing("pyarrow", "audit") from None
    return Parquet(path, asked)


class Parquet:
    """One table, as an ``Archive``; its unit is the row.

    Files and folders whose names begin with ``_`` or ``.`` are none of its parts, as Spark and Hive have it.  A moment
    without a zone is in Japan, one with a zone is put into JST.
    """

    def __init__(self, path: Path, asked: Asked) -> None:
        """Read the footers; a part that has none that can be read becomes a row with an error."""
        self.name: str = path.as_posix()
        parts = _parts(path) if path.is_dir() else [path]
        if not parts:
            raise InputError("unreadable", f"{self.name}: *.parquet がありません")
        self._parts: Final = [
            (part, part.name if part == path else part.relative_to(path).as_posix()) for part in parts
        ]
        self.size: int = 0
        keyed: Keyed | None = None
        problem: InputError | None = None
        for part, _ in self._parts:
            try:
                with _opened(part) as file:
                    self.size += file.metadata.num_rows
                    if keyed is None:
                        keyed = self._settled(file, asked.columns)
            except InputError as error:
                if error.code == "columns":
                    raise
                problem = problem or error
        if keyed is None:
            raise problem or InputError("unreadable", f"{self.name}: 行がありません")
        self._keyed: Final = keyed
        many = [f"{len(parts):,} ファイルを名前の順に読みます"] if path.is_dir() else []
        self.told: tuple[str, ...] = tuple(f"{self.name}: {line}" for line in (*many, *keyed.told))

    def rows(self) -> Iterator[Row]:
        """Yield every row; of a part that breaks off, one more says so."""
        number = read = 0
        for part, shown in self._parts:
            index = 0
            try:
                for record in _records(part):
                    index, read = index + 1, read + 1
                    place = f"{shown} {index} 行目"
                    for row in self._keyed.rows(record, place=place, number=number + 1, read=read, line=index):
                        number = row.number
                        yield row
            except InputError as error:
                number += 1
                place = f"{shown} {index + 1} 行目"
                told = InputError(error.code, f"{place}: ここから先を読めません（{error.message}）", line=index + 1)
                yield Row(number, place, read, error=told)

    def _settled(self, file: ParquetFile, asked: Mapping[str, str]) -> Keyed:
        import pyarrow as pa

        names = dict.fromkeys(file.schema_arrow.names)
        sample: list[dict[str, Any]] = []
        try:
            for batch in file.iter_batches(batch_size=_SAMPLE):
                sample = list(_plain_rows(batch))
                break
        except (pa.ArrowException, OSError, ValueError):
            # 名前だけでも列は分かる。壊れたところは、読むときに行として伝わる。
            sample = []
        return Keyed.settle(self.name, [names | record for record in sample] or [names], asked)


def _parts(folder: Path) -> list[Path]:
    found = (part for part in folder.rglob("*.parquet") if part.is_file())
    hidden = ("_", ".")
    return sorted(part for part in found if not any(name.startswith(hidden) for name in part.relative_to(folder).parts))


def _opened(path: Path) -> ParquetFile:
    import pyarrow as pa
    from pyarrow.parquet import ParquetFile

    try:
        return ParquetFile(path)
    except OSError as error:
        # pyarrow は壊れたファイルも OSError で伝える。
        raise InputError("unreadable", f"{path.name}: 読めません: {said(error) if error.errno else _BROKEN}") from None
    except (pa.ArrowException, ValueError):
        raise InputError("unreadable", f"{path.name}: {_BROKEN}") from None


_BROKEN: Final = "Parquet として読めません。途中で切れているか、壊れています"


def _records(path: Path) -> Iterator[dict[str, Any]]:
    import pyarrow as pa

    with _opened(path) as file:
        try:
            for batch in file.iter_batches(batch_size=_BATCH, use_threads=False):
                yield from _plain_rows(batch)
        except (pa.ArrowException, OSError, ValueError):
            raise InputError("unreadable", _BROKEN) from None


def _plain_rows(batch: pa.RecordBatch) -> Iterator[dict[str, Any]]:
    """Yield the rows as Python values; nanoseconds, which Python has not, are cut off."""
    import pyarrow as pa

    columns = []
    for column in batch.columns:
        kind = column.type
        if pa.types.is_timestamp(kind) and kind.unit == "ns":
            column = column.cast(pa.timestamp("us", kind.tz), safe=False)  # noqa: PLW2901
        columns.append([_value(value) for value in column])
    names = batch.schema.names
    for at in range(batch.num_rows):
        yield {name: column[at] for name, column in zip(names, columns, strict=True)}


def _value(scalar: Any) -> Any:
    """Return one cell, as bytes where it should be UTF-8 and is not; a moment beyond the calendar is its number."""
    try:
        value = scalar.as_py()
    except (ValueError, OverflowError):
        inner: Any = scalar if hasattr(scalar, "as_buffer") else getattr(scalar, "value", None)
        return inner.as_buffer().to_pybytes() if hasattr(inner, "as_buffer") else inner
    if isinstance(value, bytes):
        # Hive や Impala は、文字列をただのバイト列として書くことがある。
        try:
            return value.decode("utf-8")
        except UnicodeDecodeError:
            return value
    return value
