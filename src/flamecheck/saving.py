"""Write a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Give a file that takes the place of ``path`` in one step, with its permissions, when all went well.

    A link stays a link.  Raises OSError, and then the file is what it was.
    """
    target = path.resolve()
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.")
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        settle(Path(name), target)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def settle(made: Path, target: Path) -> None:
    """Put a file that is whole in the place of ``target`` in one step, with its permissions; raises OSError."""
    made.chmod(target.stat().st_mode & 0o7777 if target.exists() else 0o666 & ~_umask())
    made.replace(target)


def save(path: Path, raw: bytes) -> None:
    """Put ``raw`` in the place of the file; raises as ``replacing`` does."""
    with replacing(path) as file:
        file.write(raw)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
