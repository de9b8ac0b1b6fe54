"""Where a verb writes: standard output, or a file that appears only when it is whole."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TextIO

from flamecheck.errors import InputError, said
from flamecheck.saving import replacing


@contextmanager
def writing(name: str | None) -> Iterator[TextIO]:
    """Write UTF-8 to the named file, or without a name to standard output.

    Raises InputError (code ``unwritable``) for a file that cannot be made, OSError for one that cannot be filled.
    """
    if name is None:
        yield sys.stdout
        return
    target = Path(name).resolve()
    if target.is_dir():
        raise InputError("unwritable", f"{name}: フォルダーです。ファイル名を書いてください")
    if target.exists() and not target.is_file():
        # /dev/null や名前付きパイプは、置き換えずにそのまま書く。
        with target.open("w", encoding="utf-8", newline="\n") as out:
            yield out
        return
    with ExitStack() as stack:
        try:
            file = stack.enter_context(replacing(target))
        except OSError as error:
            raise InputError("unwritable", f"{name}: 書けません: {said(error)}") from None
        text = io.TextIOWrapper(file, "utf-8", newline="\n")
        yield text
        text.flush()
        text.detach()
