"""The two ways of ``audit`` that need no work file: rows of standard input as they come, and a job on Spark."""

from __future__ import annotations

import argparse
import sys
from typing import BinaryIO, Final

from flamecheck.cli.auditflags import columns_of
from flamecheck.cli.common import fail_tier, stored_screener
from flamecheck.cli.flags import KEYS
from flamecheck.cli.main import ERRORS, FLAGGED
from flamecheck.cli.writing import writing
from flamecheck.errors import InputError

NOT_ON_SPARK: Final = (
    "output", "format", "quarantine", "compare", "changes", "input_format", "encoding", "sheet", "since", "until",
    "sample", "seed", "jobs", "resume", "restart", "dry_run", *KEYS,
)  # fmt: skip
"""Flags that only the audit of one machine knows."""


def stream(arguments: argparse.Namespace) -> int:
    """Screen rows of standard input as they come, one row out for each."""
    from flamecheck.audit.stream import audit

    encoding = arguments.encoding or "utf-8"
    check_lines(encoding)
    asked = [flag for flag in ("since", "until", "sample", "compare", "quarantine") if getattr(arguments, flag)]
    asked += [flag for flag in ("resume", "restart", "dry_run") if getattr(arguments, flag)]
    if asked:
        told = "、".join(f"--{flag.replace('_', '-')}" for flag in asked)
        raise ValueError(f"{told}: 標準入力から標準出力へは使えません。--output を付けるか、ファイルを読んでください")
    screener = stored_screener(arguments).make()
    limit = fail_tier(arguments, screener)
    with writing(None) as out:
        summary = audit(standard_input(), lambda row: out.write(row + "\n"), screener, encoding=encoding)
    print(summary, file=sys.stderr)
    flagged = summary.highest >= limit.rank and not arguments.report_only
    return FLAGGED * flagged | (ERRORS if summary.errors else 0)


def on_spark(arguments: argparse.Namespace) -> int:
    """Run the job on Spark, from a folder of Parquet into another."""
    refused = [f"--{flag.replace('_', '-')}" for flag in NOT_ON_SPARK if getattr(arguments, flag, None)]
    if refused:
        # 黙って無視すると、絞ったつもりの監査が全部を見たものになる。
        raise ValueError(
            f"--engine spark: {'、'.join(refused)} は使えません。Parquet のフォルダーを先に用意するか、"
            "--engine を付けずに読んでください"
        )
    if len(arguments.paths) != 2:
        raise ValueError("--engine spark: 読むフォルダーと、まだない書き出し先の二つを書いてください")
    from flamecheck import spark

    recipe = spark.Recipe(
        packs=tuple(arguments.rules),
        policy=arguments.policy or "standard",
        select=tuple(arguments.select),
        extend_select=tuple(arguments.extend_select),
        ignore=tuple(arguments.ignore),
        as_of=arguments.as_of,
    )
    limit = fail_tier(arguments, recipe.make())
    source, target = arguments.paths
    counts = spark.run(arguments.master, source, target, recipe, columns=columns_of(arguments.column) or None)
    print(counts, file=sys.stderr)
    ranks = {tier.id: tier.rank for tier in recipe.make().policy.tiers}
    highest = max((ranks[tier] for tier in counts.tiers), default=-1)
    return FLAGGED * (highest >= limit.rank and not arguments.report_only) | ERRORS * bool(counts.errors)


def check_lines(encoding: str) -> None:
    """Raise ValueError for an encoding whose lines cannot be told apart byte by byte."""
    if "\n".encode(encoding) not in (b"\n", b"\xef\xbb\xbf\n"):
        raise ValueError(f"--encoding: {encoding} の JSON Lines は行に分けられません。UTF-8 に直してください")


def standard_input() -> BinaryIO:
    """Return standard input; raises InputError when it is closed."""
    # 始める前に閉じられていた標準入力（<&-）を、Python は None にする。
    if sys.stdin is None:
        raise InputError("unreadable", "読めません: 標準入力が閉じています")
    return sys.stdin.buffer
