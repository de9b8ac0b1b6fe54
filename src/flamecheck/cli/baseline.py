"""``flamecheck baseline create | update | show``: what a repository had on the day it began, and what is left of it."""

from __future__ import annotations

import argparse
import secrets
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from flamecheck.cli.main import ERRORS
from flamecheck.display import visible
from flamecheck.errors import InputError
from flamecheck.outcome import Outcome
from flamecheck.saving import save
from flamecheck.spans import Lines
from flamecheck.suppression.baseline import FILE, Baseline, Entry, read_baseline
from flamecheck.suppression.sentence import Sentences


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked; the exit status has 2 when a file could not be read."""
    path = Path(arguments.baseline or FILE)
    if arguments.what == "show":
        print(shown(read_baseline(path)), end="")
        return 0
    if arguments.what == "create" and path.exists() and not arguments.force:
        raise InputError(
            "exists",
            f"{path}: もうあります。足すなら flamecheck baseline update、作り直すなら --force を付けてください",
        )
    salt = secrets.token_hex(16)
    old = Baseline(path, salt) if arguments.what == "create" else read_baseline(path)
    status, seen = look(old, outcomes(arguments))
    prune = arguments.what == "update" and arguments.prune
    entries = old.updated(seen.counts, prune=prune, exists=lambda name: (path.parent / name).exists())
    new = Baseline(path, old.salt, entries)
    save(path, new.dump().encode())
    if arguments.what == "update":
        for line in seen.added(old):
            print(line)
    added, removed = _more(entries, old.entries), _more(old.entries, entries)
    print(f"{visible(str(path))}: {sum(entries.values())} 件（足した {added}、消した {removed}）", file=sys.stderr)
    if seen.fixed:
        told = f"方針で上書きできない指摘 {seen.fixed} 件は、ベースラインに入りません。直してください"
        print(told, file=sys.stderr)
    return status


def _more(one: Iterable[tuple[Entry, int]], other: dict[Entry, int]) -> int:
    raise NotImplementedError
