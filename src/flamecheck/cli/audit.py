"""``flamecheck audit FILE.jsonl``: many posts in, one row out for each, in order."""

from __future__ import annotations

import argparse
import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO

from flamecheck.audit.run import audit
from flamecheck.cli.common import fail_tier, screener_of
from flamecheck.cli.main import ERRORS, FLAGGED
from flamecheck.errors import InputError, said


def run(arguments: argparse.Namespace) -> int:
    """Screen every row; the summary goes to standard error."""
    encoding = arguments.encoding or "utf-8"
    if "\n".encode(encoding) not in (b"\n", b"\xef\xbb\xbf\n"):
        raise ValueError(f"--encoding: {encoding} の JSON Lines は行に分けられません。UTF-8 に直してください")
    screener = screener_of(arguments)
    limit = fail_tier(arguments, screener)
    with _input(arguments.path) as lines, _output(arguments.output) as out:
        summary = audit(lines, lambda row: out.write(row + "\n"), screener, encoding=encoding)
    print(summary, file=sys.stderr)
    flagged = summary.highest >= limit.rank and not arguments.report_only
    return FLAGGED * flagged | (ERRORS if summary.errors else 0)


@contextmanager
def _input(name: str) -> Iterator[BinaryIO]:
    if name == "-":
        yield sys.stdin.buffer
        return
    try:
        stream = Path(name).open("rb")  # noqa: SIM115 - 開けないときだけを誤りにして、読む間は with で守る
    except OSError as error:
        raise InputError("unreadable", f"{name}: 読めません: {said(error)}") from None
    with stream:
        yield stream


@contextmanager
def _output(name: str | None) -> Iterator[TextIO]:
    """Write to standard output, or to a file that appears only when it is whole."""
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
    try:
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        raise InputError("unwritable", f"{name}: 書けません: {said(error)}") from None
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as out:
            yield out
        Path(temporary).chmod(_mode(target))
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _mode(target: Path) -> int:
    """Return the permissions ``target`` has or a new file would get; a temporary file has narrower ones."""
    if target.exists():
        return stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
