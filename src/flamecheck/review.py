"""``flamecheck rules check``: does every rule prove itself?  Every problem is a located diagnostic.

Checked: each ``flag`` example gives exactly its drawn spans and each ``pass`` example nothing above info; a ``stable``
rule has enough of both; no rule runs without a promise to the prefilter; references and retired fields are filled in.
Removing branches one by one to prove coverage is not done yet.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from flamecheck.document import Region, plain
from flamecheck.engine import find
from flamecheck.errors import Diagnostic, LoadError
from flamecheck.finding import Finding
from flamecheck.grading import Severity
from flamecheck.rules.load import load_pack
from flamecheck.rules.rule import Example, Rule
from flamecheck.ruleset import CompiledRule, Ruleset, compile_rules
from flamecheck.spans import Span

if TYPE_CHECKING:
    from flamecheck.tokens import Tokenizer

STABLE_FLAGS, STABLE_PASSES = 6, 8


def check(folders: Iterable[Path], tokenizer: Tokenizer | None = None) -> list[Diagnostic]:
    """Return every problem of the pack in ``folders``; an empty list means that every rule proves itself."""
    from flamecheck.tokenizers.sudachi import SudachiTokenizer

    chosen = tokenizer or SudachiTokenizer()
    try:
        pack = load_pack(folders)
        ruleset = compile_rules(pack, chosen)
    except LoadError as error:
        return list(error.diagnostics)
    found = [problem for compiled in ruleset.compiled for problem in _problems(compiled, ruleset, chosen)]
    own = {overlaid.by.partition("/")[0] for overlaid in pack.overlays}
    changed = {rule.id: rule.place.path for rule in pack.rules if rule.overlays or (own and rule.pack not in own)}
    return [*pack.warnings, *(_softened(problem, changed.values()) for problem in found)]


def _softened(problem: Diagnostic, changed: Container[str]) -> Diagnostic:
    """Return an example that an overlay made false as a warning (FC439): that is what the overlay was written for."""
    if problem.code not in ("FC601", "FC602") or problem.place.path not in changed:
        return problem
    message = f"{problem.message}（overlay で変わった、もとの例）"
    return Diagnostic("FC439", problem.place, message, problem.help, level="warning")


def _problems(compiled: CompiledRule, ruleset: Ruleset, tokenizer: Tokenizer) -> Iterator[Diagnostic]:
    rule = compiled.rule
    for example in rule.flags:
        found = [f.span for f in _findings(example, rule, ruleset, tokenizer)]
        if found != list(example.spans):
            message = f"{rule.id}: 見つけた範囲が ⟦ ⟧ と違います"
            yield Diagnostic("FC601", example.place, message, f"見つけた範囲: {_drawn(example.text, found)}")
    for example in rule.passes:
        # もとの例は、もとの重さで確かめる。重くしただけの overlay で、通す例が通らなくなったとは言わない。
        moved = sum(item.steps for item in rule.overlays) if example.place.path == rule.place.path else 0
        high = [f for f in _findings(example, rule, ruleset, tokenizer) if f.severity - moved > Severity.INFO]
        if high:
            spans = [f.span for f in high]
            hint = f"見つけた範囲: {_drawn(example.text, spans)}"
            yield Diagnostic("FC602", example.place, f"{rule.id}: 通すはずの例を指摘しました", hint)
    if rule.status == "stable" and (len(rule.flags) < STABLE_FLAGS or len(rule.passes) < STABLE_PASSES):
        wanted = f"stable には flag {STABLE_FLAGS} 件、pass {STABLE_PASSES} 件が要ります"
        yield Diagnostic("FC603", rule.place, f"{rule.id}: 例が足りません", wanted)
    if not rule.flags or not rule.passes:
        yield Diagnostic("FC603", rule.place, f"{rule.id}: flag と pass の例が両方要ります")
    if compiled.matcher.promise is None and rule.requires is None:
        hint = "必ず現れる文字を足してください。正規表現なら、literals に書いてください"
        yield Diagnostic("FC604", rule.place, f"{rule.id}: 文字から候補を絞れません", hint, level="warning")


def _findings(example: Example, rule: Rule, ruleset: Ruleset, tokenizer: Tokenizer) -> list[Finding]:
    regions = [Region(example.region, Span(0, len(example.text)))] if example.region else []
    report = find(plain(example.text, context=example.context, regions=regions), ruleset, tokenizer)
    return [finding for finding in report.findings if finding.rule_id == rule.id]


def _drawn(text: str, spans: list[Span]) -> str:
    """Return ``text`` with ⟦ ⟧ around the spans."""
    pieces, done = [], 0
    for span in spans:
        pieces += [text[done : span.start], "⟦", text[span.start : span.end], "⟧"]
        done = span.end
    return "".join([*pieces, text[done:]]) if spans else "なし"
