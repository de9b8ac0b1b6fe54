"""``find(document, ruleset, tokenizer) -> Report``: prefilter, match, guard, describe.

Post → folded text → candidate rules → hits → guards → findings, in ``(start, -length, rule_id)`` order.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from flamecheck.analysis import Analysis
from flamecheck.document import Document
from flamecheck.finding import Adjustment, Cue, Dismissed, Finding
from flamecheck.matching import Hit, apart, cached
from flamecheck.report import Report, Screened
from flamecheck.rules.rule import Case, Guard, Rule
from flamecheck.ruleset import CompiledGuard, CompiledRule, Ruleset
from flamecheck.spans import Span
from flamecheck.tokens import Tokenizer

_UNPAIRED: Final = re.compile("[\ud800-\udfff]")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(slots=True, frozen=True)
class Judged:
    """One hit of one rule after its guards: every guard that acted, and the case of it that did."""

    rule: Rule
    hit: Hit
    acted: tuple[tuple[Guard, Case], ...]

    @property
    def cancelled(self) -> tuple[Guard, Case] | None:
        """Return the guard that cancels the hit, if one does."""
        return next(((guard, case) for guard, case in self.acted if case.steps is None), None)


def find(
    document: Document,
    ruleset: Ruleset,
    tokenizer: Tokenizer,
    *,
    ignore: Container[str] = (),
    prefilter: bool = True,
    as_of: date | None = None,
) -> Report:
    """Screen one document.

    ``ignore`` holds rule ids to leave out; without ``prefilter`` every rule is tried; ``as_of`` is asked instead of
    the day of the post whether a rule is valid.
    """
    analysis = Analysis(document, tokenizer)
    findings: list[Finding] = []
    dismissed: list[Dismissed] = []
    for judged in judge(analysis, ruleset, ignore=ignore, prefilter=prefilter, as_of=as_of):
        finding = describe(analysis, judged)
        cancelled = judged.cancelled
        if cancelled:
            dismissed.append(Dismissed(finding, cancelled[0].id, cancelled[1].why))
        else:
            findings.append(finding)
    return Report(
        tuple(sorted(findings, key=_order)),
        tuple(sorted(dismissed, key=lambda item: _order(item.finding))),
        screened(document, ruleset, tokenizer),
        ruleset.fingerprint,
    )


def candidates(
    analysis: Analysis, ruleset: Ruleset, *, prefilter: bool = True, as_of: date | None = None
) -> Iterator[CompiledRule]:
    """Yield the rules whose context allows them and whose literals are in the text."""
    numbers: Iterable[int] = range(len(ruleset.compiled))
    if prefilter:
        present = ruleset.prefilter.present(analysis.text)
        analysis.gate(ruleset.gates, present)
        numbers = ruleset.prefilter.candidates(present)
    for number in numbers:
        compiled = ruleset.compiled[number]
        if compiled.rule.applies(analysis.context, as_of):
            yield compiled


def judge(
    analysis: Analysis,
    ruleset: Ruleset,
    *,
    ignore: Container[str] = (),
    prefilter: bool = True,
    as_of: date | None = None,
) -> Iterator[Judged]:
    """Yield every hit of every candidate rule with the guards that acted on it."""
    for compiled in candidates(analysis, ruleset, prefilter=prefilter, as_of=as_of):
        if compiled.rule.id in ignore:
            continue
        for hit in apart(cached(compiled.matcher, analysis), compiled.rule.confidence):
            acted = tuple(
                (guard.guard, case) for guard in compiled.guards if (case := act(guard, analysis, hit.span)) is not None
            )
            yield Judged(compiled.rule, hit, acted)


def act(guard: CompiledGuard, analysis: Analysis, anchor: Span) -> Case | None:
    """Return the first case of the guard that holds for the anchor."""
    for item in guard.cases:
        if item.case.when is not None and not item.case.when.holds(analysis.context):
            continue
        if item.matcher is None or item.matcher.holds(analysis, anchor, "sentence"):
            return item.case
    return None


def describe(analysis: Analysis, judged: Judged) -> Finding:
    """Return the finding of a hit, its severity shifted by every guard that lowers or raises."""
    rule = judged.rule
    span = analysis.to_text(judged.hit.span)
    matched = analysis.document.text[span.start : span.end]
    if rule.mask:
        matched = masked(matched)
    adjustments = tuple(
        Adjustment(guard.id, case.steps, case.why) for guard, case in judged.acted if case.steps is not None
    )
    confidence = rule.confidence if judged.hit.confidence is None else judged.hit.confidence
    return Finding(
        rule_id=rule.id,
        category=rule.category,
        group=rule.group,
        severity=rule.severity.shifted(sum(adjustment.steps for adjustment in adjustments)),
        confidence=confidence,
        span=span,
        matched=matched,
        message=rule.message.format(matched=_shown(matched)),
        affected=rule.affected,
        rewrite=rule.rewrite,
        references=rule.references,
        adjustments=adjustments,
        cues=tuple(
            Cue(cue.id, None if cue.span is None else analysis.to_text(cue.span), cue.weight, cue.why)
            for cue in judged.hit.cues
        ),
    )


def masked(text: str) -> str:
    """Return ``text`` with most letters and digits starred: 090-1234-5678 becomes 090-****-5678.

    Ten and eleven signs (telephone numbers) keep the first three and the last four, anything else the last two.
    """
    places = [at for at, char in enumerate(text) if char.isalnum()]
    head, tail = (3, 4) if len(places) in (10, 11) else (0, 2)
    hidden = set(places[head : max(head, len(places) - tail)])
    return "".join("*" if at in hidden else char for at, char in enumerate(text))


def _shown(text: str) -> str:
    """Return ``text`` on one line, shortened to fit a message."""
    flat = " ".join(text.split())
    return flat if len(flat) <= 40 else flat[:39] + "…"


def screened(document: Document, ruleset: Ruleset, tokenizer: Tokenizer) -> Screened:
    """Return what was screened with what, and what nobody looked at."""
    unchecked = ["images"]
    notes = []
    if document.context.posted_at is None:
        unchecked.append("date")
    if _UNPAIRED.search(document.text):
        notes.append("対になっていないサロゲートがあります。その文字は読めないものとして扱いました")
    if _CONTROL.search(document.text):
        notes.append("制御文字があります。無いものとして扱いました")
    pack = ruleset.fingerprint.split("@")[0]
    return Screened(pack, tokenizer.version, tuple(unchecked), tuple(notes), ruleset.packs)


def _order(finding: Finding) -> tuple[int, int, str]:
    return finding.span.start, -finding.span.length, finding.rule_id
