"""One file out of a ``.tar.gz``, read where it lies, from the front to the back."""

from __future__ import annotations

import tarfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final, cast

from flamecheck.errors import InputError, said

_RATIO: Final = 200
_HARMLESS: Final = 1_000_000_000


class Tarred:
    """The first member whose name fits, as the files of ``members.Store`` are given; never extracted to disk."""

    def __init__(self, path: Path, fits: Callable[[str], bool]) -> None:
        """Look for the member, which means to unpack what stands before it.

        Raises InputError (codes ``archive``, ``unreadable``).
        """
        self._path: Final = path
        self._fits: Final = fits
        self._size = -1
        with self._member() as (member, _):
            self._size = member.size
            self.names: tuple[str, ...] = (member.name,)

    def size(self, _name: str) -> int:
        """Return how many bytes the member has."""
        return self._size

    @contextmanager
    def open(self, _name: str) -> Iterator[IO[bytes]]:
        """Open the member."""
        with self._member() as (_, stream):
            yield stream

    @contextmanager
    def _member(self) -> Iterator[tuple[tarfile.TarInfo, IO[bytes]]]:
        try:
            most = max(_HARMLESS, self._path.stat().st_size * _RATIO)
            with self._path.open("rb") as raw, tarfile.open(fileobj=raw, mode="r|gz") as tar:
                for member in tar:
                    if member.offset_data + member.size > most:
                        raise InputError("archive", "圧縮率が高すぎます。読みません")
                    if member.isfile() and self._fits(member.name):
                        yield member, cast("IO[bytes]", tar.extractfile(member))
                        return
        except (tarfile.TarError, zlib.error, EOFError) as error:
            hint = "もう一度ダウンロードしてみてください"
            raise InputError("archive", f"tar.gz が途中で切れているか、壊れています。{hint}") from error
        except OSError as error:
            raise InputError("unreadable", f"読めません: {said(error)}") from None
        raise InputError("archive", "tar.gz の中に outbox.json がありません")
