"""A folder of prose: Markdown, pages and plain texts, found by the walk of ``check`` and read as ``check`` reads them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from flamecheck.archives.row import Asked, Row
from flamecheck.document import Source
from flamecheck.errors import InputError
from flamecheck.formats import PROSE, documents_of
from flamecheck.inputs.files import decode, read_bytes
from flamecheck.settings.files import Found, files_under
from flamecheck.settings.values import Settings


def open_folder(path: Path, asked: Asked = Asked()) -> Folder:  # noqa: B008 - 値は変わらない
    """Open a folder, or one file of prose; raises InputError (code ``archive``) for one without any."""
    return Folder(path, asked)


class Folder:
    """One folder, as an ``Archive``; its unit is the file."""

    def __init__(self, path: Path, asked: Asked) -> None:
        """Walk the folder; the list of names is all that is held."""
        self.name: str = path.as_posix()
        self._encoding: Final = asked.encoding
        settings = Settings(path if path.is_dir() else path.parent)
        self._files: Final[list[Found]] = files_under([str(path)], settings, prose=PROSE.keys(), data=())
        if not self._files:
            raise InputError("archive", f"{self.name}: 読める文書（{' '.join(PROSE)}）がありません")
        self.size: int = len(self._files)
        self.told: tuple[str, ...] = (
            f"{self.name}: 文書のフォルダーとして読みます（{self.size:,} ファイル、1 ファイルが 1 投稿）",
        )

    def rows(self) -> Iterator[Row]:
        """Yield every file as one post; one that cannot be read is a row with an error."""
        for number, found in enumerate(self._files, start=1):
            yield self._row(number, found)

    def _row(self, number: int, found: Found) -> Row:
        text = ""
        try:
            if found.error:
                raise found.error
            text, _ = decode(read_bytes(found.path), encoding=self._encoding)
            (document,) = documents_of(Source(found.name, text))
        except InputError as error:
            told = InputError(error.code, f"{found.name}: {error.message}", line=error.line)
            return Row(number, found.name, number, error=told, raw=text[:4_000])
        return Row(number, found.name, number, document)
