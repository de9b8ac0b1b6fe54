"""The file an output is written to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from flamecheck.errors import InputError, said


@contextmanager
def storing(target: str) -> Iterator[BinaryIO]:
    """Open ``target`` to be written; raises InputError (code ``unwritable``) for whatever the system refuses."""
    try:
        with Path(target).open("wb") as file:
            yield file
    except OSError as error:
        raise InputError("unwritable", f"{target}: 書けません: {said(error)}") from None
