"""A workbook opened without trust: its shared strings on disk, its parts limited, what openpyxl passes over counted."""

from __future__ import annotations

import re
import tempfile
import warnings
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final
from xml.etree.ElementTree import fromstring
from zipfile import BadZipFile, ZipFile

from flamecheck.errors import InputError, missing, said

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

_OLE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_SMALL: Final = 64 << 20
"""So large may a part be that is read whole, and any part however well it is packed."""
_LARGEST: Final = 8 << 30
_RATIO: Final = 200
_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ROW: Final = re.compile(rb"<(?:\w+:)?row[\s/>]")
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[\s/>]")
_MERGE: Final = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})"')
_LINK: Final = re.compile(rb"<(?:\w+:)?hyperlink\s([^>]*)>")
_PLACE: Final = re.compile(rb'\bref="([A-Z]{1,3})(\d{1,7})')
_TARGET: Final = re.compile(rb'\b\w+:id="([^"]*)"')


@dataclass(slots=True)
class Sheet:
    """What stands in a sheet besides its cells: ``merges`` lead the first row of a range to its columns and last row.

    Rows and columns count from 1.  ``links`` lead a cell to the address it is linked to.
    """

    rows: int = 0
    formulas: bool = False
    merges: dict[int, list[tuple[int, int, int]]] = field(default_factory=dict)
    links: dict[tuple[int, int], str] = field(default_factory=dict)


class Strings:
    """The strings that cells share, in a file of their own: a workbook may hold a million posts."""

    def __init__(self, source: IO[bytes]) -> None:
        """Copy them out of the workbook."""
        from openpyxl.xml.functions import iterparse

        self._file: Final = tempfile.TemporaryFile()  # noqa: SIM115 - ブックが閉じるまで要る
        self._ends = array("Q", [0])
        root = None
        for event, node in iterparse(source, ("start", "end")):
            root = node if root is None else root
            if event == "end" and node.tag == f"{_MAIN}si":
                self._file.write(_content(node).encode("utf-8", "surrogatepass"))
                self._ends.append(self._file.tell())
                root.clear()

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, index: int) -> str:
        if index < 0:
            raise IndexError(index)
        start, end = self._ends[index], self._ends[index + 1]
        self._file.seek(start)
        return self._file.read(end - start).decode("utf-8", "surrogatepass")

    def close(self) -> None:
        """Give the disk back."""
        self._file.close()


def _content(node: Any) -> str:
    """Return a string without its formats, and without the readings (ふりがな) that Excel keeps beside it."""
    runs = (child.iterfind(f"{_MAIN}t") if child.tag == f"{_MAIN}r" else (child,) for child in node)
    return "".join(part.text or "" for run in runs for part in run if part.tag == f"{_MAIN}t")


def unescaped(text: str) -> str:
    """Return a text of a cell with what XML cannot hold written out (_x000D_ → CR)."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def open_package(path: Path) -> ZipFile:
    """Open the file of a workbook; raises InputError (codes ``archive``, ``too-large``, ``unreadable``)."""
    name = path.as_posix()
    try:
        with path.open("rb") as stream:
            if stream.read(8) == _OLE:
                raise _old(name, stream)
        package = ZipFile(path)
    except OSError as error:
        raise InputError("unreadable", f"{name}: 読めません: {said(error)}") from None
    except (BadZipFile, ValueError, NotImplementedError):
        raise InputError(
            "archive", f"{name}: Excel ブックとして読めません（途中で切れているか、別の形式です）"
        ) from None
    try:
        _limit(name, package)
    except InputError:
        package.close()
        raise
    return package


def _old(name: str, stream: IO[bytes]) -> InputError:
    tail = b""
    while block := stream.read(1 << 20):
        if _ENCRYPTED in tail + block:
            return InputError(
                "archive", f"{name}: パスワードの付いたブックです。パスワードを外して保存し直してください"
            )
        tail = block[-len(_ENCRYPTED) :]
    return InputError(
        "archive", f"{name}: 古い形式の Excel ブック（.xls）です。Excel で開き、.xlsx として保存し直してください"
    )


def _limit(name: str, package: ZipFile) -> None:
    total = 0
    for part in package.infolist():
        if part.flag_bits & 1:
            raise InputError("archive", f"{name}: パスワードの付いたブックです。パスワードを外して保存し直してください")
        if not part.filename.lower().endswith((".xml", ".rels")):
            continue
        total += part.file_size
        streamed = "worksheets/" in part.filename or "sharedstrings" in part.filename.lower()
        packed = part.file_size > _RATIO * max(part.compress_size, 1)
        if total > _LARGEST or (part.file_size > _SMALL and (packed or not streamed)):
            raise InputError(
                "too-large", f"{name}: 展開すると大きすぎます（{part.filename}、{part.file_size:,} バイト）"
            )


def load(package: ZipFile, strings: Strings | None, *, values: bool) -> tuple[Workbook, Strings | None]:
    """Return the workbook with its values, or with its formulas; what only decorates it is not read.

    Raises InputError (code ``extra``), and whatever openpyxl raises for what is no workbook.
    """
    try:
        from openpyxl.reader.excel import ExcelReader
        from openpyxl.xml.constants import SHARED_STRINGS
    except ImportError:
        raise missing("openpyxl", "audit") from None
    # 書式の小さな不備のたびに出る警告は、投稿を読むうえでは意味がない。
    warnings.filterwarnings("ignore", module="openpyxl")

    class Reader(ExcelReader):
        def read_strings(self) -> None:
            manifest: Any = self.package
            found = manifest.find(SHARED_STRINGS)
            shared: Any = strings
            if shared is None and found is not None:
                with self.archive.open(found.PartName[1:]) as source:
                    shared = Strings(source)
            self.shared_strings = shared or []

        def read_properties(self) -> None:
            """Leave out who saved it when: a broken date there would cost the whole workbook."""

        def read_custom(self) -> None:
            """Leave them out."""

        def read_theme(self) -> None:
            """Leave it out."""

    source: Any = package.fp
    reader = Reader(source, read_only=True, data_only=values, keep_links=False)
    reader.read()
    shared: Any = reader.shared_strings
    return reader.wb, shared or None


def scan(package: ZipFile, part: str) -> Sheet:
    """Return what stands in a sheet besides its cells, read once as bytes: no text of a cell holds a bare ``<``."""
    sheet = Sheet()
    links: list[tuple[int, int, str]] = []
    for piece in _pieces(package, part):
        sheet.rows += sum(1 for _ in _ROW.finditer(piece))
        sheet.formulas = sheet.formulas or bool(_FORMULA.search(piece))
        for match in _MERGE.finditer(piece):
            first, last = int(match[2]), int(match[4])
            if last > first:
                sheet.merges.setdefault(first, []).append((last, _column(match[1]), _column(match[3])))
        for match in _LINK.finditer(piece):
            place, target = _PLACE.search(match[1]), _TARGET.search(match[1])
            if place and target:
                links.append((int(place[2]), _column(place[1]), target[1].decode("utf-8", "replace")))
    if links:
        targets = _targets(package, part)
        sheet.links = {(row, column): targets[name] for row, column, name in links if name in targets}
    return sheet


def _pieces(package: ZipFile, part: str) -> Iterator[bytes]:
    with package.open(part) as stream:
        tail = b""
        while block := stream.read(1 << 20):
            data = tail + block
            cut = data.rfind(b"<")
            # 一つの印がここまで長いことはない。長い文字列の途中なら、そこで切ってよい。
            cut = len(data) if cut < 0 or len(data) - cut > 1 << 16 else cut
            yield data[:cut]
            tail = data[cut:]
        yield tail


def _targets(package: ZipFile, part: str) -> dict[str, str]:
    """Return the addresses outside that the relations of a sheet name."""
    folder, _, name = part.rpartition("/")
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in package.namelist():
        return {}
    nodes = fromstring(package.read(relations))  # noqa: S314 - expat は実体の爆発を自分で止める
    return {node.get("Id", ""): node.get("Target", "") for node in nodes if node.get("TargetMode") == "External"}


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
