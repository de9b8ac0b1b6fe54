"""JSON Lines: the batch contract, kept exactly, or objects of any other shape by their keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from flamecheck.archives.columns import cut
from flamecheck.archives.encoding import Counted, checked_encoding, guess_encoding
from flamecheck.archives.exported import loaded
from flamecheck.archives.keyed import Keyed
from flamecheck.archives.row import Asked, Origin, Row
from flamecheck.errors import InputError
from flamecheck.inputs.jsonl import RowError, parse_row

LONGEST: Final = 64_000_000
"""How many bytes a line may have."""
_SAMPLE: Final = 200
_SAMPLED: Final = 1 << 20
_BLANK: Final = b" \t\r\n\xef\xbb\xbf"
_WIDE: Final = ("utf-16", "utf-32", "utf-16-le", "utf-16-be")


def open_jsonl(path: Path, asked: Asked = Asked()) -> JsonLines:  # noqa: B008 - 値は変わらない
    """Open JSON Lines; raises InputError (codes ``unreadable``, ``encoding``, ``columns``)."""
    return JsonLines(path, asked)


class JsonLines:
    """One file, as an ``Archive``; its unit is the byte.

    It keeps to the contract when a line of its beginning has ``text``, or none has anything that looks like a text, and
    the user names no keys.  A line is a record, a blank one as well.
    """

    def __init__(self, path: Path, asked: Asked) -> None:
        """Look at the beginning."""
        self.name: str = path.as_posix()
        self._path: Final = path
        told: list[str] = []
        self._encoding = checked_encoding(asked.encoding) if asked.encoding else "utf-8"
        self._raw_encoding: str = asked.encoding or "utf-8"
        if not asked.encoding and (guess := guess_encoding(path))[0] in _WIDE:
            self._encoding, label = guess
            told.append(f"文字コード: {label}")
        self._turned: Final = "\n".encode(self._encoding) not in (b"\n", b"\xef\xbb\xbf\n")
        self._hint: tuple[str, ...] = ()
        self._keyed: Final = self._settled(asked)
        told += self._keyed.told if self._keyed else self._hint
        self.told: tuple[str, ...] = tuple(f"{self.name}: {line}" for line in told)

    @property
    def size(self) -> int:
        """Return the bytes of the file."""
        return self._path.stat().st_size

    def rows(self) -> Iterator[Row]:
        """Yield every line; see ``Archive``."""
        number = 0
        for line, (raw, read, whole) in enumerate(self._lines(), start=1):
            place = f"{self.name} {line} 行目"
            number += 1
            if not whole:
                error = InputError("too-large", f"{place}: 一行が大きすぎます（{LONGEST:,} バイトまで）", line=line)
                yield Row(number, place, read, error=error, raw=_shown(raw))
            elif not raw.strip(_BLANK):
                yield Row(number, place, read)
            elif self._keyed is None:
                yield self._contract(raw, line, read)
            else:
                for row in self._mapped(self._keyed, raw, line, number, read):
                    number = row.number
                    yield row

    def _contract(self, raw: bytes, line: int, read: int) -> Row:
        place = f"{self.name} {line} 行目"
        encoding = "utf-8" if self._turned else self._raw_encoding
        try:
            document, extra = parse_row(raw, line, encoding=encoding)
        except RowError as error:
            return Row(line, place, read, error=error, raw=_shown(raw))
        context = document.context
        kind = "reply" if context.reply_to else "quote" if context.quote_of else "post"
        url, thread = (_text(extra.get(key)) for key in ("url", "thread"))
        origin = Origin(url if url.startswith(("https://", "http://")) else "", thread, kind)
        return Row(line, place, read, document, origin, extra)

    def _mapped(self, keyed: Keyed, raw: bytes, line: int, number: int, read: int) -> Iterator[Row]:
        place = f"{self.name} {line} 行目"
        try:
            record = self._loaded(raw, line)
        except InputError as error:
            told = InputError(error.code, f"{place}: {error.message}", line=line)
            yield Row(number, place, read, error=told, raw=_shown(raw))
        else:
            yield from keyed.rows(record, place=place, number=number, read=read, line=line)

    def _loaded(self, raw: bytes, line: int) -> dict[str, Any]:
        if line == 1:
            raw = raw.removeprefix(b"\xef\xbb\xbf")
        record = loaded(raw, "utf-8" if self._turned else self._raw_encoding)
        if not isinstance(record, dict):
            raise InputError("row-type", "一行に一つの {…} を書いてください")
        return record

    def _settled(self, asked: Asked) -> Keyed | None:
        sample: list[dict[str, Any]] = []
        for line, (raw, read, _) in enumerate(self._lines(), start=1):
            if len(sample) >= _SAMPLE or (sample and read > _SAMPLED):
                break
            try:
                sample.append(self._loaded(raw, line))
            except InputError:
                continue
        try:
            keyed = Keyed.settle(self.name, sample, asked.columns)
        except InputError:
            if asked.columns:
                raise
            return None
        if asked.columns or not any("text" in record for record in sample):
            return keyed
        if not any("context" in record for record in sample) and keyed.circumstances:
            named = " ".join(f"--column {field}={key}" for field, key in keyed.circumstances.items())
            self._hint = (f"text と context の決まった形として読みます。ほかのキーも使うには {named} を付けてください",)
        return None

    def _lines(self) -> Iterator[tuple[bytes, int, bool]]:
        """Yield every line with how many bytes are read with it, and whether it is whole."""
        with Counted(self._path) as counted:
            if self._turned:
                with counted.text(self._encoding) as text:
                    for piece in iter(lambda: text.readline(LONGEST), ""):
                        yield (
                            piece.encode("utf-8", "surrogatepass"),
                            counted.count,
                            piece.endswith("\n") or len(piece) < LONGEST,
                        )
                return
        read = 0
        with self._path.open("rb") as stream:
            for raw in iter(lambda: stream.readline(LONGEST), b""):
                read += len(raw)
                whole = len(raw) < LONGEST or raw.endswith(b"\n")
                if not whole:
                    read += sum(map(len, _to_the_end(stream.readline)))
                yield raw if whole else raw[:4_000], read, whole


def _to_the_end(readline: Any) -> Iterable[bytes]:
    """Yield the rest of a line, piece by piece."""
    for piece in iter(lambda: readline(LONGEST), b""):
        yield piece
        if piece.endswith(b"\n"):
            return


def _shown(raw: bytes) -> str:
    return cut(raw[:100_000].decode("utf-8", "replace").rstrip("\r\n"))


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
