"""``flamecheck audit FILE.jsonl``: many posts in, one row out for each, in order."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO

from flamecheck.audit.run import audit
from flamecheck.cli.common import fail_tier, screener_of
from flamecheck.cli.main import ERRORS, FLAGGED
from flamecheck.errors import InputError


def run(arguments: argparse.Namespace) -> int:
    """Screen every row; the summary goes to standard error."""
    screener = screener_of(arguments)
    limit = fail_tier(arguments, screener)
    with _input(arguments.path) as lines, _output(arguments.output) as out:
        summary = audit(lines, lambda row: out.write(row + "\n"), screener, encoding=arguments.encoding or "utf-8")
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
        raise InputError("unreadable", f"{name}: 読めません: {error.strerror}") from None
    with stream:
        yield stream


@contextmanager
def _output(name: str | None) -> Iterator[TextIO]:
    """Write to standard output, or to a file that appears only when it is whole."""
    if name is None:
        yield sys.stdout
        return
    target = Path(name)
    try:
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        raise InputError("unwritable", f"{name}: 書けません: {error.strerror}") from None
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as out:
            yield out
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
