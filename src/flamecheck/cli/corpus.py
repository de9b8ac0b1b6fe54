"""``flamecheck corpus run | diff | accept | record``: score the rules on labelled posts."""

from __future__ import annotations

import argparse
from pathlib import Path

from flamecheck.cli.common import screener_of
from flamecheck.cli.main import FLAGGED
from flamecheck.corpus import golden
from flamecheck.corpus.model import Outcome
from flamecheck.corpus.read import read
from flamecheck.corpus.score import category_of, screen
from flamecheck.corpus.table import report


def run(arguments: argparse.Namespace) -> int:
    """Screen the corpus and do what was asked; ``diff`` returns 1 when an outcome has moved."""
    folder = Path(arguments.folder)
    screener = screener_of(arguments)
    outcomes = screen(read(folder), screener)
    if arguments.what == "run":
        if arguments.failures is not None:
            print("\n".join(_failures(outcomes, arguments.failures)))
        else:
            print(report(outcomes, golden.first_runs(folder)), end="")
        return 0
    if arguments.what == "record":
        for batch in golden.record(folder, outcomes, screener.ruleset.fingerprint):
            print(f"記録しました: {batch}")
        return 0
    moved = golden.moved(golden.accepted(folder), golden.differences(outcomes))
    texts = {outcome.case.id: outcome.case.text for outcome in outcomes}
    for name, before, after in moved:
        print(
            f"{name}\n  {' '.join(texts.get(name, '（投稿がありません）').split())}\n  {_told(before)} → {_told(after)}"
        )
    if arguments.what == "accept":
        golden.accept(folder, outcomes)
    print(f"動いた判定 {len(moved)} 件、ラベルと違うもの {len(golden.differences(outcomes))} 件／{len(outcomes)} 件")
    return FLAGGED if moved and arguments.what == "diff" else 0


def _failures(outcomes: tuple[Outcome, ...], part: str) -> list[str]:
    """Return every outcome that differs from its label, of one category or batch or, for ``all``, of every one."""
    return [
        f"{outcome.case.id} {_told(outcome.difference)}\n  {' '.join(outcome.case.text.split())}"
        for outcome in outcomes
        if outcome.difference and (part in ("all", category_of(outcome)) or outcome.case.batch.startswith(part))
    ]


def _told(difference: object) -> str:
    if not difference or not isinstance(difference, dict):
        return "ラベルどおり"
    names = {
        "false": "誤って指摘",
        "missed": "見逃し",
        "elsewhere": "別の所を指摘",
        "found": "見つけた分類",
        "want": "望む重さ",
        "got": "付いた重さ",
    }
    return "、".join(
        f"{names[key]}: {', '.join(value) if isinstance(value, list) else value}" for key, value in difference.items()
    )
