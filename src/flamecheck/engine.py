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
from flamecheck.disguise.undo import undo
from flamecheck.document import Document
from flamecheck.finding import Adjustment, Cue, Dismissed, Finding
from flamecheck.grading import Confidence, Severity
from flamecheck.matching import JUST_ENOUGH, Hit, apart, cached
from flamecheck.report import Report, Screened
from flamecheck.rules.rule import Case, Guard, Rule
from flamecheck.ruleset import CompiledGuard, CompiledRule, Ruleset
from flamecheck.spans import Span
from flamecheck.tokens import Tokenizer

_UNPAIRED: Final = re.compile("[\ud800-\udfff]")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
HIDDEN = "（{via}で書かれています。伏せても意図は伝わり、印象はむしろ悪くなります）"


@dataclass(slots=True, frozen=True)
class Judged:
    """One hit of one rule after its guards: every guard that acted, and the case of it that did."""

    rule: Rule
    hit: Hit
    acted: tuple[tuple[Guard, Case], ...]
    analysis: Analysis
    via: tuple[str, ...] = ()
    column: bool = False

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
    plain = tuple(judge(analysis, ruleset, ignore=ignore, prefilter=prefilter, as_of=as_of))
    hidden = unhidden(analysis, ruleset, plain, ignore=ignore, prefilter=prefilter, as_of=as_of)
    whole = (*plain, *hidden)
    stars = starred(whole)
    for judged in whole:
        finding = describe(judged, stars)
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
    allowed = ruleset.allowed(analysis.context, as_of)
    numbers: Iterable[int] = sorted(allowed)
    if prefilter:
        true = ruleset.prefilter.true(analysis.text)
        analysis.gate(ruleset.prefilter.gates, true)
        numbers = ruleset.prefilter.candidates(true, allowed)
    for number in numbers:
        yield ruleset.compiled[number]


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
            yield Judged(compiled.rule, hit, acted_on(compiled, analysis, hit), analysis)


def acted_on(compiled: CompiledRule, analysis: Analysis, hit: Hit) -> tuple[tuple[Guard, Case], ...]:
    """Return the guards of the rule that act on the hit, each with the case that does."""
    asked = ((guard.guard, act(guard, analysis, hit.span)) for guard in compiled.guards)
    return tuple((guard, case) for guard, case in asked if case is not None)


def unhidden(
    analysis: Analysis,
    ruleset: Ruleset,
    plain: Iterable[Judged],
    *,
    ignore: Container[str] = (),
    prefilter: bool = True,
    as_of: date | None = None,
) -> Iterator[Judged]:
    """Yield the hits that only hold once disguised words are written plainly, with how each was hidden.

    What a rule finds in the text as written it does not find a second time.
    """
    taken: dict[str, list[Span]] = {}
    for judged in plain:
        taken.setdefault(judged.rule.id, []).append(analysis.to_text(judged.hit.span))
    for undone in undo(analysis, ruleset.disguises, prefilter=prefilter):
        compiled = ruleset.compiled[undone.number]
        if compiled.rule.id in ignore or not compiled.rule.applies(analysis.context, as_of):
            continue
        known = taken.setdefault(compiled.rule.id, [])
        fresh = []
        for hit in apart(cached(compiled.matcher, undone.analysis), compiled.rule.confidence):
            via = undone.via(hit.span)
            span = undone.analysis.to_text(hit.span)
            if via and not any(span.overlaps(other) for other in known):
                fresh.append(span)
                acted = acted_on(compiled, undone.analysis, hit)
                yield Judged(compiled.rule, hit, acted, undone.analysis, via, undone.column)
        known += fresh


def act(guard: CompiledGuard, analysis: Analysis, anchor: Span) -> Case | None:
    """Return the first case of the guard that holds for the anchor."""
    for item in guard.cases:
        if item.case.when is not None and not item.case.when.holds(analysis.context):
            continue
        if item.matcher is None or item.matcher.holds(analysis, anchor, "sentence"):
            return item.case
    return None


def starred(found: Iterable[Judged]) -> frozenset[int]:
    """Return the offsets of the text that a rule with ``mask`` hides, whichever rule's finding they stand in."""
    places: set[int] = set()
    for judged in found:
        if judged.rule.mask:
            span = judged.analysis.to_text(judged.hit.span)
            matched = judged.analysis.document.text[span.start : span.end]
            signs = zip(range(span.start, span.end), matched, masked(matched), strict=True)
            places.update(at for at, sign, shown in signs if sign != shown)
    return frozenset(places)


def describe(judged: Judged, stars: frozenset[int] = frozenset()) -> Finding:
    """Return the finding of a hit, its severity shifted by every guard that lowers or raises.

    A hidden word is one grade graver and one step less sure than a plain one; one read downwards is an info.  Weak cues
    that only just reach their threshold never give more than low.
    """
    rule, analysis = judged.rule, judged.analysis
    span = analysis.to_text(judged.hit.span)
    text = analysis.document.text
    matched = "".join("*" if at in stars else text[at] for at in range(span.start, span.end))
    shifts = tuple(Adjustment(guard.id, case.steps, case.why) for guard, case in judged.acted if case.steps is not None)
    # overlay の分は規則の重さにもう入っている。足すと二重になるので、見せるだけにする。
    overlaid = tuple(Adjustment(item.by, item.steps, item.why) for item in rule.overlays if item.steps)
    confidence = rule.confidence if judged.hit.confidence is None else judged.hit.confidence
    severity = rule.severity.shifted(sum(shift.steps for shift in shifts))
    if JUST_ENOUGH in judged.hit.cues and severity > Severity.LOW:
        shifts += (Adjustment(JUST_ENOUGH.id, Severity.LOW - severity, JUST_ENOUGH.why),)
        severity = Severity.LOW
    severity = severity.shifted(bool(judged.via))
    message = rule.message.format(matched=quoted(matched))
    return Finding(
        rule_id=rule.id,
        category=rule.category,
        group=rule.group,
        severity=Severity.INFO if judged.column else severity,
        confidence=Confidence(max(Confidence.LOW, confidence - bool(judged.via))),
        span=span,
        matched=matched,
        message=message + HIDDEN.format(via="、".join(judged.via)) if judged.via else message,
        affected=rule.affected,
        rewrite=rule.rewrite,
        references=rule.references,
        via=judged.via,
        adjustments=(*overlaid, *shifts),
        cues=tuple(
            Cue(cue.id, None if cue.span is None else analysis.to_text(cue.span), cue.weight, cue.why)
            for cue in judged.hit.cues
        ),
    )


def masked(text: str) -> str:
    """Return ``text`` with most letters and digits starred: 090-1234-5678 becomes 090-****-5678.

    Ten and eleven digits (telephone numbers) keep the first three and the last four, anything else the last two signs.
    """
    places = [at for at, char in enumerate(text) if char.isalnum()]
    telephone = len(places) in (10, 11) and all(text[at].isdecimal() for at in places)
    head, tail = (3, 4) if telephone else (0, 2)
    hidden = set(places[head : max(head, len(places) - tail)])
    return "".join("*" if at in hidden else char for at, char in enumerate(text))


def quoted(text: str) -> str:
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
