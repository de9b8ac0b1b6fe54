"""Which archive reads a path: the one table of formats, by content first and by name where the content says nothing."""

from __future__ import annotations

import codecs
import importlib
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast
from zipfile import BadZipFile, ZipFile

from flamecheck.archives.encoding import BLOCK, MARKED, guess_encoding
from flamecheck.archives.headers import guess
from flamecheck.archives.kinds import kind_of_folder, kind_of_json, kind_of_tar, kind_of_zip
from flamecheck.archives.row import Archive, Asked, Row
from flamecheck.errors import InputError, did_you_mean, said
from flamecheck.formats import PROSE

OPENERS: Final = {
    "csv": ("csv", "open_csv"),
    "tsv": ("csv", "open_csv"),
    "xlsx": ("xlsx", "open_xlsx"),
    "jsonl": ("jsonl", "open_jsonl"),
    "json": ("json", "open_json"),
    "parquet": ("parquet", "open_parquet"),
    "x": ("x", "open_x"),
    "mastodon": ("mastodon", "open_mastodon"),
    "meta": ("meta", "open_meta"),
    "folder": ("folder", "open_folder"),
}
"""The module and function of each format; its names are those of ``--input-format``."""
SUFFIXES: Final = {
    ".csv": "csv", ".tsv": "tsv", ".tab": "tsv", ".xlsx": "xlsx", ".xlsm": "xlsx", ".xltx": "xlsx", ".xls": "xlsx",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json", ".parquet": "parquet", ".pq": "parquet",
    **dict.fromkeys(PROSE, "folder"),
}  # fmt: skip
_LABELS: Final = {
    "csv": "文字の表（CSV）", "tsv": "文字の表（TSV）", "xlsx": "Excel ブック", "jsonl": "JSON Lines", "json": "JSON",
    "parquet": "Parquet", "x": "X のアーカイブ", "mastodon": "Mastodon の書き出し", "meta": "Instagram・Facebook の書き出し",
    "folder": "文書",
}  # fmt: skip
_OLE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_OTHERS: Final = (
    (b"%PDF", "PDF"), (b"\x89PNG", "画像"), (b"\xff\xd8\xff", "画像"), (b"GIF8", "画像"), (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "RAR"), (b"\x28\xb5\x2f\xfd", "Zstandard"), (b"SQLite format 3\0", "SQLite"),
)  # fmt: skip
_OFFICE: Final = (
    ("xl/workbook.bin", "Excel のバイナリ ブック（.xlsb）"),
    ("word/", "Word の文書"),
    ("ppt/", "PowerPoint"),
)


def open_archive(path: Path, asked: Asked) -> Archive:
    """Open a file or folder of posts as what it is, or as what the user says it is.

    Raises InputError: ``unreadable``, ``archive`` for what is of no kind that is read, and what its opener raises.
    """
    name = path.as_posix()
    try:
        folder = path.is_dir()
        with io.BytesIO() if folder else path.open("rb") as stream:
            head = stream.read(BLOCK)
    except (OSError, ValueError) as error:
        why = said(error) if isinstance(error, OSError) else "名前に使えない文字があります"
        raise InputError("unreadable", f"{name}: 読めません: {why}") from None
    if asked.format is not None:
        if asked.format not in OPENERS:
            hint = did_you_mean(asked.format, OPENERS)
            raise InputError("archive", f"--input-format {asked.format}: そういう形式はありません。{hint}")
        return _opened(asked.format, path, asked)
    if folder:
        return _folder(path, asked)
    form = _form(path, head)
    by_name = SUFFIXES.get(path.suffix.lower())
    told: tuple[str, ...] = ()
    if by_name and _family(by_name) != _family(form) and not _usual(path, form):
        told = (f"{name}: 名前は {path.suffix} ですが、中身は{_LABELS[form]}なので、そう読みます",)
    return _Told(_opened(form, path, asked), told) if told else _opened(form, path, asked)


@dataclass(slots=True, frozen=True)
class _Told:
    """An archive with something to tell besides."""

    inner: Archive
    before: tuple[str, ...]

    @property
    def name(self) -> str:
        """Return the name of the archive."""
        return self.inner.name

    @property
    def size(self) -> int:
        """Return its size."""
        return self.inner.size

    @property
    def told(self) -> tuple[str, ...]:
        """Return what is told of it."""
        return self.before + tuple(self.inner.told)

    def rows(self) -> Iterator[Row]:
        """Yield its rows."""
        return self.inner.rows()


def _opened(form: str, path: Path, asked: Asked) -> Archive:
    module, function = OPENERS[form]
    return cast("Archive", getattr(importlib.import_module(f"flamecheck.archives.{module}"), function)(path, asked))


def _folder(path: Path, asked: Asked) -> Archive:
    kind = kind_of_folder(path)
    apart = sorted(one for one in path.iterdir() if SUFFIXES.get(one.suffix.lower()) not in (None, "folder"))
    if kind != "folder" or not apart:
        return _opened(kind, path, asked)
    each = f"{path.as_posix()}/*{apart[0].suffix}"
    told = f"{path.as_posix()}: {apart[0].name} など {len(apart)} 個の表は、フォルダーとしては読みません（{each} と指定すると読みます）"
    try:
        return _Told(_opened(kind, path, asked), (told,))
    except InputError as error:
        raise InputError(error.code, f"{error.message}。{told}") from None


def _form(path: Path, head: bytes) -> str:
    """Return what a file is by its first bytes; raises InputError (code ``archive``) for what is not read."""
    name, suffix = path.as_posix(), path.suffix.lower()
    if head.startswith(b"PK\x03\x04"):
        return _zipped(path)
    if head.startswith(b"\x1f\x8b"):
        if path.name.lower().endswith((".tar.gz", ".tgz")):
            return kind_of_tar(path)
        raise InputError("archive", f"{name}: gzip で圧縮されています。展開してから指定してください")
    if head.startswith(_OLE):
        return "xlsx"
    if head.startswith(b"PAR1"):
        return "parquet"
    other = next((label for mark, label in _OTHERS if head.startswith(mark)), None)
    if other:
        raise InputError("archive", f"{name}: {other}は読めません。{_READ}")
    return _written(path, suffix, head)


_READ: Final = "読めるのは CSV、TSV、Excel（.xlsx）、JSON、JSON Lines、Parquet、X・Mastodon・Instagram・Facebook の書き出し、文書です"


def _zipped(path: Path) -> str:
    name = path.as_posix()
    try:
        with ZipFile(path) as package:
            names = package.namelist()
    except (BadZipFile, OSError, ValueError, NotImplementedError):
        # 途中で切れたブックも、読み手が自分の言葉で断る。
        if SUFFIXES.get(path.suffix.lower()) == "xlsx":
            return "xlsx"
        raise InputError("archive", f"{name}: zip として読めません（途中で切れているようです）") from None
    for start, label in _OFFICE:
        if "[Content_Types].xml" in names and any(one.startswith(start) for one in names):
            raise InputError(
                "archive", f"{name}: {label}は読めません。Excel ブック（.xlsx）か CSV で保存し直してください"
            )
    if "[Content_Types].xml" in names and any(one.startswith("xl/") for one in names):
        return "xlsx"
    if "content.xml" in names or any(one.startswith("Index/") for one in names):
        raise InputError(
            "archive", f"{name}: この形式の表は読めません。Excel ブック（.xlsx）か CSV で保存し直してください"
        )
    kind = kind_of_zip(path)
    if not kind:
        shown = "、".join(names[:5]) or "何も入っていません"
        raise InputError(
            "archive", f"{name}: 何の書き出しか分からない zip です（{shown}）。展開してから指定してください"
        )
    return kind


def _written(path: Path, suffix: str, head: bytes) -> str:
    """Return what a file of text is."""
    by_name = SUFFIXES.get(suffix)
    text = codecs.getincrementaldecoder(guess_encoding(path)[0])(MARKED).decode(head).lstrip("\ufeff \t\r\n")
    if text.startswith("window.YTD."):
        return "x"
    if text[:1] in ("{", "["):
        form = kind_of_json(path, text) or _json(text)
        if form and (form in ("mastodon", "meta") or by_name not in ("jsonl", "json")):
            return form
        if by_name == "json" and form == "jsonl":
            return "jsonl"
    page = re.match(r"<(?:!doctype|html|table|\?xml|meta|head)", text, re.IGNORECASE)
    if page and by_name not in ("folder", None):
        hint = "Excel で開き、.xlsx として保存し直してください"
        raise InputError("archive", f"{path.as_posix()}: 名前は {suffix} ですが、中身は HTML や XML です。{hint}")
    if by_name == "folder":
        return "csv" if suffix == ".txt" and _is_table(text) else "folder"
    if by_name == "xlsx":
        return "csv" if text else "xlsx"
    return by_name or ("folder" if page else "csv")


def _json(text: str) -> str:
    """Return which JSON a text is, or "" when it only begins like one."""
    lines = [line for line in text.splitlines() if line.strip()][:2]
    if _whole(lines[0]):
        return "jsonl" if lines[0].startswith("{") and len(lines) > 1 and lines[1].lstrip().startswith("{") else "json"
    return "json" if re.match(r'\{\s*"|\[\s*[\[{"\]]', text) else ""


def _whole(line: str) -> bool:
    try:
        return isinstance(json.loads(line), (dict, list))
    except (ValueError, RecursionError):
        return False


def _is_table(text: str) -> bool:
    """Return whether a plain text begins with the headers of a table (Excel saves 「Unicode テキスト」 as .txt)."""
    first = text.partition("\n")[0]
    return any(len(guess(first.strip().split(sign))) > 1 for sign in ("\t", ",") if sign in first)


def _family(form: str) -> str:
    return "csv" if form == "tsv" else form


def _usual(path: Path, form: str) -> bool:
    """Return whether tools give this format such a name."""
    usual = (("mastodon", ".json"), ("meta", ".json"), ("csv", ".txt"), ("x", ".js"))
    return (form, path.suffix.lower()) in usual
