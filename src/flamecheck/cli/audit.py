"""``flamecheck audit FILE.jsonl``: many posts in, one row out for each, in order."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from flamecheck.audit.stream import audit
from flamecheck.cli.common import fail_tier, screener_of
from flamecheck.cli.main import ERRORS, FLAGGED
from flamecheck.cli.writing import writing
from flamecheck.errors import InputError, said


def run(arguments: argparse.Namespace) -> int:
    """Screen every row; the summary goes to standard error."""
    encoding = arguments.encoding or "utf-8"
    if "\n".encode(encoding) not in (b"\n", b"\xef\xbb\xbf\n"):
        raise ValueError(f"--encoding: {encoding} の JSON Lines は行に分けられません。UTF-8 に直してください")
    screener = screener_of(arguments)
    limit = fail_tier(arguments, screener)
    with _input(arguments.path) as lines, writing(arguments.output) as out:
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
