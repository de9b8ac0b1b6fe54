"""A JSON file of posts: an array of objects, or an object that holds one somewhere, of any size."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from flamecheck.archives.columns import cut
from flamecheck.archives.encoding import Counted, checked_encoding, guess_encoding
from flamecheck.archives.exported import FLAWS, loaded
from flamecheck.archives.framing import CHUNK, Element, KeyPath, elements
from flamecheck.archives.keyed import Keyed
from flamecheck.archives.row import Asked, Row
from flamecheck.errors import InputError

_SAMPLE: Final = 50
_SAMPLED: Final = 8_000_000


def open_json(path: Path, asked: Asked = Asked()) -> Json:  # noqa: B008 - 値は変わらない
    """Open a JSON file; raises InputError (codes ``unreadable``, ``encoding``, ``columns``, ``json``)."""
    return Json(path, asked)


class Json:
    """One file, as an ``Archive``; its unit is the byte.  Of several arrays, the one with the most known keys is read."""

    def __init__(self, path: Path, asked: Asked) -> None:
        """Look at the beginning for the array, and for which key is what."""
        self.name: str = path.as_posix()
        self._path: Final = path
        self._encoding, label = (checked_encoding(asked.encoding), "UTF-8") if asked.encoding else guess_encoding(path)
        self._array, self._keyed = self._settled(asked)
        told = [] if label.startswith("UTF-8") else [f"文字コード: {label}"]
        told += [f"「{'.'.join(self._array)}」の中を読みます"] if self._array else []
        self.told: tuple[str, ...] = tuple(f"{self.name}: {line}" for line in (*told, *self._keyed.told))

    @property
    def size(self) -> int:
        """Return the bytes of the file."""
        return self._path.stat().st_size

    def rows(self) -> Iterator[Row]:
        """Yield every element; see ``Archive``."""
        number = 0
        counted = Counted(self._path)
        with counted:
            for index, element in enumerate(elements(self._chunks(counted), lambda path: path == self._array), start=1):
                for row in self._rows(element, index, number + 1, min(counted.count, self.size)):
                    number = row.number
                    yield row

    def _rows(self, element: Element, index: int, number: int, read: int) -> Iterator[Row]:
        place = f"{self.name} {index} 件目"
        try:
            record = _record(element)
        except InputError as error:
            told = InputError(error.code, f"{place}: {error.message}", line=index)
            raw = cut(element.raw[:100_000].decode("utf-8", "replace"))
            yield Row(number, place, read, error=told, raw=raw)
        else:
            yield from self._keyed.rows(record, place=place, number=number, read=read, line=index)

    def _settled(self, asked: Asked) -> tuple[KeyPath, Keyed]:
        """Return the array of posts and its keys; the file is read on until there is one."""
        samples: dict[KeyPath, list[dict[str, Any]]] = {}
        flawed: InputError | None = None
        with Counted(self._path) as counted:
            for element in elements(self._chunks(counted), lambda _: True):
                try:
                    record = _record(element)
                except InputError as error:
                    flawed = flawed or error
                    continue
                sample = samples.setdefault(element.path, [])
                if len(sample) < _SAMPLE:
                    sample.append(record)
                if counted.count > _SAMPLED:
                    break
        if not samples:
            hint = flawed.message if flawed else "投稿の並び（[ {…}, {…} ]）がありません"
            raise InputError("json", f"{self.name}: {hint}")
        best: tuple[int, KeyPath, Keyed] | None = None
        problem: InputError | None = None
        for path, sample in samples.items():
            try:
                keyed = Keyed.settle(self.name, sample, asked.columns)
            except InputError as error:
                problem = problem or error
                continue
            if best is None or keyed.fields > best[0]:
                best = (keyed.fields, path, keyed)
        if best is None:
            raise problem or InputError("json", self.name)
        return best[1], best[2]

    def _chunks(self, counted: Counted) -> Iterator[bytes]:
        """Yield the file in UTF-8; what cannot be read in its encoding stays no UTF-8, so that its element says so."""
        if self._encoding in ("utf-8", "utf-8-sig"):
            while chunk := counted.read(CHUNK):
                yield chunk
            return
        text = counted.text(self._encoding)
        while piece := text.read(CHUNK):
            yield piece.encode("utf-8", "surrogatepass")


def _record(element: Element) -> dict[str, Any]:
    if element.flaw:
        raise InputError(*FLAWS[element.flaw])
    record = loaded(element.raw)
    if not isinstance(record, dict):
        raise InputError("row-type", "投稿の形（{…}）をしていません")
    return record
