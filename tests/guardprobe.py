"""Try one shipped guard on a sentence: a probe rule finds the trigger, and the guard says what it does."""

from __future__ import annotations

import shutil
import tempfile
from functools import cache
from pathlib import Path

from flamecheck.compiler import compile_rules
from flamecheck.context import Context
from flamecheck.document import Region, plain
from flamecheck.engine import find
from flamecheck.rules.load import load_pack
from flamecheck.ruleset import Ruleset
from flamecheck.spans import Span
from flamecheck.tokenizers.sudachi import SudachiTokenizer

RULES = Path(__file__).parents[1] / "rules"
PROBE = """\
id: tone/probe
category: overfamiliar-slang
title: 試し
severity: high
message: 「{matched}」
affected: 読む人
rewrite: 書き直す
match: {any: [必ず儲かる~, 必ず痩せる~, 業界No.1, 合格率100%, 女はバカ, 新人は使えない, バカ, カス, 一気飲み対決]}
"""


@cache
def tokenizer() -> SudachiTokenizer:
    return SudachiTokenizer()


@cache
def _ruleset(guard: str) -> Ruleset:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for kind in ("guards", "lexicons", "calendars"):
            shutil.copytree(RULES / kind, folder / kind)
        (folder / "tone").mkdir()
        (folder / "tone" / "probe.yml").write_text(f"{PROBE}unless: [{{guard: {guard}}}]\n", "utf-8")
        return compile_rules(load_pack([folder]), tokenizer())


def effect(guard: str, text: str, *, region: str = "", **context: str) -> str:
    """Return what ``guard`` does to the one trigger in ``text``: cancel, lower n, raise n or nothing.

    The text must hold exactly one trigger, so that a sentence nobody would flag proves nothing.
    """
    regions = [Region(region, Span(0, len(text)))] if region else []
    document = plain(text, context=Context.of(context), regions=regions)
    report = find(document, _ruleset(guard), tokenizer())
    assert len(report.findings) + len(report.dismissed) == 1, f"not one trigger: {text}"
    if report.dismissed:
        return "cancel"
    steps = sum(adjustment.steps for adjustment in report.findings[0].adjustments)
    return f"{'raise' if steps > 0 else 'lower'} {abs(steps)}" if steps else "nothing"


def lines(table: str) -> list[str]:
    """Return the sentences of a table, one a line; ⏎ is a line end inside a sentence."""
    return [line.replace("⏎", "\n") for line in table.splitlines()]
