"""Files → text: UTF-8 with or without BOM, then CP932 and EUC-JP, said aloud; anything else is an error."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from flamecheck.errors import InputError, said

_UNASSIGNED: Final = re.compile("[\x80\xa0\uf8f0-\uf8f3]")
_HALF_KANA: Final = re.compile("[\uff61-\uff9f]")
MARKDOWN: Final = (".md", ".markdown", ".mdx")
SUFFIXES: Final = (*MARKDOWN, ".txt")
MAX_BYTES: Final = 64_000_000


def decode(raw: bytes, *, encoding: str | None = None) -> tuple[str, str]:
    """Return the text and a note for the user (empty for plain UTF-8).

    Raises InputError (code ``encoding``) when no encoding fits or the named one does not.
    """
    if encoding:
        try:
            return raw.decode(encoding), ""
        except (UnicodeDecodeError, LookupError) as error:
            raise InputError("encoding", f"{encoding} として読めません: {error}") from None
    try:
        return raw.decode("utf-8-sig"), ""
    except UnicodeDecodeError as error:
        broken = raw[: error.start].count(b"\n") + 1
    guesses = []
    for name, label in (("cp932", "CP932（Shift_JIS）"), ("euc_jp", "EUC-JP")):
        try:
            text = raw.decode(name)
        except UnicodeDecodeError:
            continue
        # Python の cp932 は、割り当てのない 0x80 や 0xFF も私用領域に読んでしまう。
        if not _UNASSIGNED.search(text):
            guesses.append((len(_HALF_KANA.findall(text)), text, label))
    if guesses:
        # EUC-JP のかなは CP932 では半角カナの列に化ける。半角カナの少ないほうが元の文字。
        _, text, label = min(guesses, key=lambda guess: guess[0])
        return text, f"{label} として読みました。UTF-8 で保存すると確実です"
    raise InputError(
        "encoding", f"文字コードが分かりません（UTF-8 として読めない文字が {broken} 行目にあります）", line=broken
    )


def read_text(path: Path, *, encoding: str | None = None) -> tuple[str, str]:
    """Return the text of a file and a note; raises InputError (codes ``unreadable``, ``too-large``, ``encoding``)."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError("too-large", f"大きすぎます（{MAX_BYTES:,} バイトまで）")
        raw = path.read_bytes()
    except OSError as error:
        raise InputError("unreadable", f"読めません: {said(error)}") from None
    return decode(raw, encoding=encoding)


def expand(paths: list[str]) -> list[Path]:
    """Return the files to screen: a folder stands for its Markdown and text files, in sorted order."""
    found: list[Path] = []
    for name in paths:
        path = Path(name)
        if path.is_dir():
            found += sorted(file for file in path.rglob("*") if file.suffix in SUFFIXES and file.is_file())
        else:
            found.append(path)
    return list(dict.fromkeys(found))
