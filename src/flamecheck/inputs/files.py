"""Files → text: UTF-8 with or without BOM, then CP932 and EUC-JP, said aloud; anything else is an error."""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import Final

from flamecheck.errors import InputError, said

_UNASSIGNED: Final = re.compile("[\x80\xa0\uf8f0-\uf8f3]")
_HALF_KANA: Final = re.compile("[\uff61-\uff9f]")
_KANA: Final = re.compile("[\u3041-\u30fe]")
_SHIFTED: Final = re.compile(rb"\x1b(?:\$[@B]|\(J)")
_CHARSET: Final = re.compile(rb"<meta[^>]{1,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_SAME: Final = dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j", "ms932"), "cp932")
"""Names that mean CP932 on the web."""
MAX_BYTES: Final = 64_000_000


def decode(raw: bytes, *, encoding: str | None = None) -> tuple[str, str]:
    """Return the text and a note for the user (empty for plain UTF-8).

    A page may say its own encoding (``<meta charset>``); it is believed when the page is not UTF-8.  Raises InputError
    (code ``encoding``) when no encoding fits or the named one does not.
    """
    if encoding:
        try:
            return raw.decode(encoding).removeprefix("\ufeff"), ""
        except (UnicodeError, LookupError) as error:
            raise InputError("encoding", f"{encoding} として読めません: {error}") from None
    marked = next((name for mark, name in _MARKS if raw.startswith(mark)), None)
    if marked:
        return _marked(raw, marked)
    if raw.isascii() and _SHIFTED.search(raw):
        text = _tried(raw, "iso2022_jp", "iso2022_jp_ext")
        if text is not None:
            return text, _note("ISO-2022-JP（JIS）")
    declared = _declared(raw)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        broken = raw[: error.start].count(b"\n") + 1
    else:
        _refuse_wide(raw, text)
        told = declared and not raw.isascii() and codecs.lookup(declared).name != "utf-8"
        return text, f"{declared} と書いてありますが、UTF-8 でした。UTF-8 として読みました" if told else ""
    _refuse_wide(raw, "")
    if declared and (text := _tried(raw, _SAME.get(declared, declared))) is not None:
        return text, _note(f"{declared}（ページにそう書いてあります）")
    guesses = []
    for name, label in (("cp932", "CP932（Shift_JIS）"), ("euc_jp", "EUC-JP")):
        text = _tried(raw, name)
        # Python の cp932 は、割り当てのない 0x80 や 0xFF も私用領域に読んでしまう。
        if text is not None and not _UNASSIGNED.search(text):
            guesses.append((len(_HALF_KANA.findall(text)), text, label))
    if guesses:
        # EUC-JP のかなは CP932 では半角カナの列に化ける。半角カナの少ないほうが元の文字。
        _, text, label = min(guesses, key=lambda guess: guess[0])
        return text, _note(label)
    raise InputError(
        "encoding", f"文字コードが分かりません（UTF-8 として読めない文字が {broken} 行目にあります）", line=broken
    )


def _note(label: str) -> str:
    return f"{label} として読みました。UTF-8 で保存すると確実です"


def _tried(raw: bytes, *names: str) -> str | None:
    for name in names:
        try:
            return raw.decode(name)
        except (UnicodeError, LookupError):
            continue
    return None


def _marked(raw: bytes, name: str) -> tuple[str, str]:
    """Return the text of a file whose first bytes say what it is."""
    text = _tried(raw, name)
    if text is None:
        raise InputError("encoding", f"{name.upper()} の印（BOM）がありますが、{name.upper()} として読めません")
    return text, _note(name.upper())


def _declared(raw: bytes) -> str:
    """Return the encoding a page says it has, if Python knows it."""
    match = _CHARSET.search(raw[:1024]) if raw.lstrip()[:1] == b"<" else None
    name = match[1].decode().lower() if match else ""
    try:
        return name if name and codecs.lookup(name) else ""
    except LookupError:
        return ""


def _refuse_wide(raw: bytes, text: str) -> None:
    """Raise InputError for UTF-16 without a mark, which UTF-8 and CP932 would read as Latin letters and NUL."""
    if b"\0" not in raw:
        return
    for name in ("utf-16-le", "utf-16-be"):
        wide = _tried(raw, name)
        if wide is not None and len(_KANA.findall(wide)) > len(_KANA.findall(text)):
            hint = f"--encoding {name} を付けるか、UTF-8 で保存してください"
            raise InputError("encoding", f"UTF-16 のようですが、印（BOM）がありません。{hint}")


def read_bytes(path: Path) -> bytes:
    """Return what a file holds; raises InputError (codes ``unreadable``, ``too-large``)."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError("too-large", f"大きすぎます（{MAX_BYTES:,} バイトまで）")
        return path.read_bytes()
    except OSError as error:
        raise InputError("unreadable", f"読めません: {said(error)}") from None


def read_text(path: Path, *, encoding: str | None = None) -> tuple[str, str]:
    """Return the text of a file and a note; raises InputError as ``read_bytes`` and ``decode`` do."""
    return decode(read_bytes(path), encoding=encoding)
