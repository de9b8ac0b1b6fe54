"""The files of a download, read where they lie: in a folder, in a zip, or one by itself; nothing is ever extracted."""

from __future__ import annotations

import lzma
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import IO, Final, Protocol, cast

from flamecheck.archives.framing import CHUNK
from flamecheck.errors import InputError, said

KEPT: Final = (".js", ".json")
"""The suffixes of what is listed of a folder."""
_DEPTH: Final = 6
_RATIO: Final = 200
_HARMLESS: Final = 100_000_000
"""So many bytes may come out of a member whatever it was packed to."""
_SMALL: Final = 8_000_000
_OUTSIDE: Final = re.compile(r"(?:^|/)\.\.(?:/|$)|^/|^[A-Za-z]:|\0")


class Store(Protocol):
    """Files by name, with ``/``."""

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of all files, in order."""

    def size(self, name: str) -> int:
        """Return how many bytes a file has; raises InputError for one that is not to be read."""

    def open(self, name: str) -> AbstractContextManager[IO[bytes]]:
        """Open a file; raises InputError (codes ``unreadable``, ``archive``)."""


def store_of(path: Path) -> Store:
    """Return the files under a path: those of a folder or a zip, or the one file and what lies beside it.

    Raises InputError (codes ``unreadable``, ``archive``).
    """
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        raise _unreadable(error) from None
    if stat.S_ISDIR(mode):
        return Folder(path)
    if not stat.S_ISREG(mode):
        raise InputError("unreadable", "読めません: ファイルでもフォルダーでもありません")
    if zipfile.is_zipfile(path) or path.suffix.lower() == ".zip":
        return Zip(path)
    return Folder(path.parent, shallow=True)


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Let every InputError begin with the path of the archive."""
    try:
        yield
    except InputError as error:
        raise InputError(error.code, f"{path.as_posix()}: {error.message}", line=error.line) from None


class Folder:
    """A folder; links to folders are not followed."""

    def __init__(self, path: Path, *, shallow: bool = False) -> None:
        """List the files with a suffix of KEPT; with ``shallow``, those of the folder itself."""
        self._path: Final = path
        self.names: tuple[str, ...] = tuple(sorted(_listed(path, "", 0 if shallow else _DEPTH)))

    def size(self, name: str) -> int:
        """Return how many bytes a file has."""
        try:
            return (self._path / name).stat().st_size
        except OSError as error:
            raise _unreadable(error) from None

    def open(self, name: str) -> AbstractContextManager[IO[bytes]]:
        """Open a file."""
        path = self._path / name
        try:
            if not path.is_file():
                raise InputError("unreadable", f"{name}: 読めません: ファイルではありません")
            return path.open("rb")
        except OSError as error:
            raise _unreadable(error) from None


def _listed(folder: Path, prefix: str, deeper: int) -> Iterator[str]:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    if deeper and not entry.name.startswith("."):
                        yield from _listed(Path(entry.path), f"{prefix}{entry.name}/", deeper - 1)
                elif entry.name.lower().endswith(KEPT):
                    yield prefix + entry.name
    except OSError as error:
        if not prefix:
            raise _unreadable(error) from None


class Zip:
    """A zip file, whose members are read as they are unpacked."""

    def __init__(self, path: Path) -> None:
        """Read the list of members; raises InputError for one that is cut off or leads outside."""
        try:
            self._zip: Final = zipfile.ZipFile(path)
        except OSError as error:
            raise _unreadable(error) from None
        except Exception as error:  # 壊れた目次からは、いろいろな誤りが出る
            raise _broken(error) from None
        self._members: Final = {}
        for member in self._zip.infolist():
            name = member.filename.replace("\\", "/")
            if _OUTSIDE.search(name):
                raise InputError(
                    "archive", f"zip の中に、外を指す名前のファイルがあります（{name[:60]!r}）。読みません"
                )
            if not member.is_dir():
                self._members[name] = member
        self.names: tuple[str, ...] = tuple(sorted(self._members))

    def size(self, name: str) -> int:
        """Return how many bytes come out of a member."""
        return self._checked(name).file_size

    def open(self, name: str) -> AbstractContextManager[IO[bytes]]:
        """Open a member."""
        member = self._checked(name)
        try:
            return cast("AbstractContextManager[IO[bytes]]", self._zip.open(member))
        except OSError as error:
            raise _unreadable(error) from None
        except Exception as error:
            raise _broken(error) from None

    def _checked(self, name: str) -> zipfile.ZipInfo:
        member = self._members[name]
        if member.flag_bits & 1:
            message = f"{name}: パスワードの掛かった zip です。パスワードを外したものを渡してください"
            raise InputError("archive", message)
        if member.file_size > max(_HARMLESS, member.compress_size * _RATIO):
            message = (
                f"{name}: 圧縮率が高すぎます（{member.compress_size:,} → {member.file_size:,} バイト）。読みません"
            )
            raise InputError("archive", message)
        return member


def chunks_of(store: Store, name: str) -> Iterator[bytes]:
    """Yield the bytes of a file; raises InputError (codes ``unreadable``, ``archive``) where they end too early."""
    with store.open(name) as stream:
        while True:
            try:
                chunk = stream.read(CHUNK)
            except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, RuntimeError, ValueError) as error:
                raise _broken(error, name) from None
            except OSError as error:
                raise _unreadable(error) from None
            if not chunk:
                return
            yield chunk


def small(store: Store, name: str) -> bytes:
    """Return what a small file holds; raises InputError as ``chunks_of`` does, and with code ``too-large``."""
    if store.size(name) > _SMALL:
        raise InputError("too-large", f"{name}: 大きすぎます（{_SMALL:,} バイトまで）")
    return b"".join(chunks_of(store, name))


def _unreadable(error: Exception) -> InputError:
    message = said(error) if isinstance(error, OSError) else "名前に使えない文字があります"
    return InputError("unreadable", f"読めません: {message}")


def _broken(error: Exception, name: str = "") -> InputError:
    what = f"{name}: " if name else ""
    if isinstance(error, NotImplementedError):
        return InputError("archive", f"{what}この圧縮の仕方は読めません。ふつうの zip にし直してください")
    hint = "もう一度ダウンロードしてみてください"
    return InputError("archive", f"{what}zip が途中で切れているか、壊れています。{hint}")
