"""Outputs made from a finished work file: which format a name asks for, and files that appear only when they are whole."""

from __future__ import annotations

import importlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, cast

from flamecheck.audit.result import Output, Results, RunFacts
from flamecheck.errors import InputError, did_you_mean, said
from flamecheck.saving import settle

FORMATS: Final = {
    "jsonl": "flamecheck.audit.outputs.jsonl",
    "csv": "flamecheck.audit.outputs.csv",
    "xlsx": "flamecheck.audit.outputs.xlsx",
    "parquet": "flamecheck.audit.outputs.parquet",
    "html": "flamecheck.audit.outputs.page",
}
"""The formats by name, which is their suffix as well, with the module whose ``write`` makes them; imported late."""
SUFFIXES: Final = {".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".xlsx": "xlsx", ".parquet": "parquet"} | {
    ".html": "html",
    ".htm": "html",
}


def format_of(name: str, asked: str | None) -> str:
    """Return the format of an output: what is ``asked``, else what its suffix says.

    Raises ValueError for a suffix that no format has.
    """
    if asked:
        return asked
    suffix = Path(name).suffix.lower()
    if suffix in SUFFIXES:
        return SUFFIXES[suffix]
    if not suffix or (Path(name).exists() and not Path(name).is_file()):
        return "jsonl"
    raise ValueError(f"--output {name}: {suffix} という形では書けません。{did_you_mean(suffix, SUFFIXES)}")


def check_target(name: str) -> None:
    """Raise InputError (code ``unwritable``) for an output that cannot be made, before anything is screened."""
    target = Path(name).resolve()
    if target.is_dir():
        raise InputError("unwritable", f"{name}: フォルダーです。ファイル名を書いてください")
    if target.exists() and not target.is_file():
        return
    try:
        handle, probe = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.")
    except OSError as error:
        raise InputError("unwritable", f"{name}: 書けません: {said(error)}") from None
    os.close(handle)
    Path(probe).unlink()


def writer_of(form: str) -> Output:
    """Return what writes a format; raises InputError when the extra it needs is not installed."""
    return cast("Output", importlib.import_module(FORMATS[form]).write)


def publish(results: Results, facts: RunFacts, name: str, form: str) -> None:
    """Write one output; raises InputError (code ``unwritable``), and then the file is what it was."""
    with placing(name) as target:
        writer_of(form)(results, facts, str(target))


@contextmanager
def placing(name: str) -> Iterator[Path]:
    """Give a path that does not exist, on the same disk; what is written there takes the place of the file ``name``.

    A link stays a link; what is no file (a pipe, ``/dev/null``) is written, not replaced.  Raises InputError (code
    ``unwritable``).
    """
    target = Path(name).resolve()
    special = target.exists() and not target.is_file()
    try:
        where = tempfile.mkdtemp(dir=None if special else target.parent, prefix=f".{target.name[:40]}.")
    except OSError as error:
        raise InputError("unwritable", f"{name}: 書けません: {said(error)}") from None
    made = Path(where) / (target.name if not special else "out")
    try:
        yield made
        if special:
            with made.open("rb") as source, target.open("wb") as out:
                shutil.copyfileobj(source, out)
        else:
            settle(made, target)
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        raise InputError("unwritable", f"{name}: 書けません: {said(error)}") from None
    finally:
        with suppress(OSError):
            shutil.rmtree(where)
