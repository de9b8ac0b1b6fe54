"""Records whose values have keys (JSON objects, rows of Parquet) → rows, by the columns that tables have."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any, Final

from flamecheck.archives.columns import Columns, checked, cut, find, no_text
from flamecheck.archives.row import Row
from flamecheck.errors import InputError
from flamecheck.wire import dump

_DEEP: Final = 3
_MANY: Final = 2_000
"""So many keys are told apart at most; one record may not make the table endless."""


class Keyed:
    """Which key is what, settled from the first records; the keys of an object in an object are ``outer.inner``."""

    def __init__(self, name: str, columns: Columns) -> None:
        """Read records of the archive ``name`` by ``columns``."""
        self._name: Final = name
        self._columns: Final = columns
        self._known: Final = frozenset(columns.header)
        self._texts: Final = [columns.header[at] for at, _ in columns.texts]
        self.told: Final = columns.told
        # 位置（id や URL）ではなく、文脈になるもの。
        at = {name: columns.header[index] for name, index in columns.at.items()}
        self.circumstances: Final = {name: at[name] for name in at if name not in ("id", "url", "thread")}
        self.fields: Final = len(columns.at) + len(columns.texts)

    @classmethod
    def settle(cls, name: str, sample: Iterable[Mapping[str, Any]], asked: Mapping[str, str]) -> Keyed:
        """Guess what the user does not say; raises InputError (code ``columns``) when nothing is a text."""
        flats = [flat(record) for record in sample]
        header = list(dict.fromkeys(key for record in flats for key in record))[:_MANY]
        cells = [[record.get(key) for key in header] for record in flats]
        columns = _found(header, cells, checked(asked))
        if columns is None:
            raise no_text(name, [header, *cells], asked)
        return cls(name, columns)

    def rows(self, record: Mapping[str, Any], *, place: str, number: int, read: int, line: int) -> Iterator[Row]:
        """Yield the rows of one record: one, or one for each key of text that holds some."""
        values = flat(record)
        problem = self._problem(values)
        if problem:
            error = InputError(problem.code, f"{place}: {problem.message}", line=line)
            yield Row(number, place, read, error=error, raw=shown(record))
            return
        cells = [values.get(key) for key in self._columns.header]
        more = {key: _plain(value) for key, value in values.items() if key not in self._known}
        for row in self._columns.rows(cells, name=self._name, place=place, number=number, read=read, line=line):
            extra = {key: _plain(value) for key, value in row.extra.items()} | more
            yield replace(row, extra=extra, raw=shown(record) if row.error else "")

    def _problem(self, values: Mapping[str, Any]) -> InputError | None:
        found = [values[key] for key in self._texts if key in values]
        if not found:
            return InputError("text-missing", f"本文（{self._texts[0]}）がありません")
        if any(isinstance(value, bytes) for value in found):
            return InputError("encoding", f"本文（{self._texts[0]}）を UTF-8 として読めません")
        wrong = any(value is not None and not isinstance(value, str) for value in found)
        return InputError("text-type", f"本文（{self._texts[0]}）が文字列ではありません") if wrong else None


def _found(header: Sequence[str], cells: Sequence[Sequence[Any]], asked: Mapping[str, str]) -> Columns | None:
    for rows in ([header, *cells], [header]):
        found = find(rows, asked)
        if found and found[0] == 0:
            return found[1]
    return None


def flat(record: Mapping[str, Any], prefix: str = "", depth: int = _DEEP) -> dict[str, Any]:
    """Return the values of a record, those of objects inside under ``outer.inner``."""
    values: dict[str, Any] = {}
    for key, value in record.items():
        if isinstance(value, dict) and value and depth:
            values |= flat(value, f"{prefix}{key}.", depth - 1)
        else:
            values[f"{prefix}{key}"] = value
    return values


def shown(record: Mapping[str, Any]) -> str:
    """Return a record for the quarantine."""
    return cut(dump(_plain(record)))


def _plain(value: Any) -> Any:
    """Return a value as JSON has it."""
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, float) and json.dumps(value) in ("NaN", "Infinity", "-Infinity"):
        return None
    return str(value) if isinstance(value, timedelta) or not isinstance(value, _JSON) else value


_JSON: Final = (str, int, float, bool, type(None))
