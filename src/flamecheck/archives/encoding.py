"""The encoding of a large text file, guessed from a part of it; bytes that it cannot read are marked, not fatal."""

from __future__ import annotations

import codecs
import io
import re
from pathlib import Path
from typing import Any, Final

from flamecheck.errors import InputError, said

BLOCK: Final = 1 << 16
WINDOW: Final = 1 << 17
"""So many bytes from the first block on that is not ASCII are read to guess."""
MARKED: Final = "flamecheck-marked"
BROKEN: Final = re.compile("[\udc00-\udcff]")
"""What stands in the text for a byte that could not be read."""
# Python の cp932 は、割り当てのないバイトも私用領域に読んでしまう。
_UNASSIGNED: Final = re.compile("[\x80\xa0\uf8f0-\uf8f3]")
_HALF_KANA: Final = re.compile("[\uff61-\uff9f]")
_SHIFTED: Final = re.compile(rb"\x1b(?:\$[@B]|\(J)")
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8（BOM 付き）"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_GUESSES: Final = (("utf-8", "UTF-8"), ("cp932", "CP932（Shift_JIS）"), ("euc_jp", "EUC-JP"))


def _mark(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(chr(0xDC00 + byte) for byte in error.object[error.start : error.end]), error.end


codecs.register_error(MARKED, _mark)


def guess_encoding(path: Path) -> tuple[str, str]:
    """Return the name of the encoding for Python and for people; memory is bounded, whatever the file holds.

    Raises InputError (code ``unreadable``).
    """
    try:
        with path.open("rb") as stream:
            return _guess(stream)
    except OSError as error:
        raise InputError("unreadable", f"{path.as_posix()}: 読めません: {said(error)}") from None


def _guess(stream: io.BufferedReader) -> tuple[str, str]:
    block = stream.read(BLOCK)
    for mark, name, label in _MARKS:
        if block.startswith(mark):
            return name, label
    wide = _wide(block)
    if wide:
        return wide, f"{wide.upper()}（BOM なし）"
    while block and block.isascii():
        if _SHIFTED.search(block):
            return "iso2022_jp_ext", "ISO-2022-JP（JIS）"
        block = stream.read(BLOCK)
    sample = block + stream.read(WINDOW)
    if not _badness(sample, "utf-8"):
        return _GUESSES[0]
    return min(_GUESSES, key=lambda guess: _badness(sample, guess[0]))


def _wide(block: bytes) -> str:
    """Return the kind of UTF-16 that a block without a mark is in, or ""."""
    ends = block.count(b"\n")
    # 日本語ばかりでも、改行には必ず NUL が付く。UTF-8 の本文に紛れた NUL とは、ここで見分ける。
    for sign, name in ((b"\n\0", "utf-16-le"), (b"\0\n", "utf-16-be")):
        if ends and block.count(sign) * 2 > ends:
            return name
    return ""


def _badness(sample: bytes, name: str) -> int:
    """Return how unlike text a sample is in an encoding: 0 for none is wrong."""
    text = codecs.getincrementaldecoder(name)(MARKED).decode(sample)
    wrong = len(BROKEN.findall(text)) + (len(_UNASSIGNED.findall(text)) if name != "utf-8" else 0)
    # EUC-JP のかなは CP932 では半角カナの列に化ける。半角カナの少ないほうが元の文字。
    return 10 * wrong + (len(_HALF_KANA.findall(text)) if name != "utf-8" else 0)


def checked_encoding(name: str) -> str:
    """Return the encoding a user names; raises InputError (code ``encoding``) for one there is not."""
    try:
        "".encode(name)
    except (LookupError, ValueError):
        raise InputError("encoding", f"--encoding {name}: そういう名前の文字コードはありません") from None
    return "utf-8-sig" if codecs.lookup(name).name == "utf-8" else name


def broken(text: str, encoding: str) -> bool:
    """Return whether a part of a file could not be read in its encoding."""
    return bool(BROKEN.search(text)) or (encoding == "cp932" and bool(_UNASSIGNED.search(text)))


class Counted(io.RawIOBase):
    """A file that knows how many bytes of it were read."""

    def __init__(self, path: Path) -> None:
        """Open the file; raises InputError (code ``unreadable``)."""
        self.count = 0
        try:
            self._stream = path.open("rb", buffering=0)
        except OSError as error:
            raise InputError("unreadable", f"{path.as_posix()}: 読めません: {said(error)}") from None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        length = self._stream.readinto(buffer) or 0
        self.count += length
        return length

    def close(self) -> None:
        self._stream.close()
        super().close()

    def text(self, encoding: str) -> io.TextIOWrapper:
        """Return the file as text, with its line ends as they are and what cannot be read marked."""
        buffered: io.BufferedReader[Any] = io.BufferedReader(self, BLOCK)
        return io.TextIOWrapper(buffered, encoding, errors=MARKED, newline="")
