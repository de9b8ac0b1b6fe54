"""A rule's rewrites prove themselves: each is needed by a ``flag`` example, and leaves nothing there to find."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flamecheck.errors import Diagnostic
from flamecheck.fixes import applied, fixes
from flamecheck.report import Report, Screened
from flamecheck.review.bench import Bench
from flamecheck.ruleset import CompiledRule


def fixed(compiled: CompiledRule, bench: Bench) -> Iterator[Diagnostic]:
    """Yield the rewrites no example shows (FC613) and those after which the rule still finds something there (FC614)."""
    rule = compiled.rule
    if not rule.fix:
        return
    pairs = tuple((key, new) for key, new, _ in rule.fix)
    places = {key: place for key, _, place in rule.fix}
    shown: set[str] = set()
    for example in rule.flags:
        found = Report(tuple(bench.findings(compiled, example)), (), Screened("", ""))
        edits = fixes([(bench.analysis(example).document, found)], lambda _: pairs)
        if not edits:
            continue
        made = applied(example.text, edits)
        rewritten = replace(example, text=made.text, spans=())
        left = bench.findings_once(compiled, rewritten)
        for edit, moved in zip(edits, made.alignment.edits, strict=True):
            shown.add(edit.key)
            if any(moved.new.overlaps(finding.span) for finding in left):
                message = f"{rule.id}: 「{edit.key}」を書き換えても、まだ指摘されます"
                yield Diagnostic("FC614", places[edit.key], message, f"書き換えた例: {made.text}")
    for key, place in places.items():
        if key not in shown:
            yield Diagnostic("FC613", place, f"{rule.id}: 「{key}」の言い換えを確かめる例がありません")
