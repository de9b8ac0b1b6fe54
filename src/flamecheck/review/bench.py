"""Rules on a bench: each example is folded and tokenized once, and any changed rule is tried on it.

A changed rule shares every unchanged matcher with the one it was made from, and what those found is kept; what a
changed matcher finds lives for one trial, because a matcher that is gone may leave its id to the next.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from flamecheck.analysis import Analysis
from flamecheck.compiler import Compiler
from flamecheck.disguise.table import Disguises
from flamecheck.disguise.undo import undo
from flamecheck.document import Region, plain
from flamecheck.engine import Judged, act, describe, judge, unhidden
from flamecheck.errors import NOWHERE, LoadError
from flamecheck.finding import Finding
from flamecheck.grading import Severity
from flamecheck.matching import Matcher
from flamecheck.prefilter import Prefilter
from flamecheck.program import promise_of
from flamecheck.promise import Promise, fulfilled, literals_of
from flamecheck.review.branches import slots_in
from flamecheck.rules.condition import Condition, WeakCue
from flamecheck.rules.rule import Case, Example, Guard, Lexicon, Pack, Rule
from flamecheck.ruleset import CompiledGuard, CompiledRule, Ruleset
from flamecheck.spans import Span

if TYPE_CHECKING:
    from flamecheck.tokens import Token, Tokenizer

Made: TypeAlias = tuple[dict[int, tuple[Condition, Matcher]], dict[int, CompiledGuard]]
_NO_DISGUISES: Final = Disguises(())


class Remembering:
    """A tokenizer that cuts the same text once."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        """Remember nothing yet."""
        self._tokenizer = tokenizer
        self._made: dict[str, list[Token]] = {}

    @property
    def version(self) -> str:
        """Return the version of the dictionary."""
        return self._tokenizer.version

    @property
    def parts_of_speech(self) -> frozenset[str]:
        """Return the parts of speech of the dictionary."""
        return self._tokenizer.parts_of_speech

    def tokenize(self, text: str) -> list[Token]:
        """Return the tokens of mode C."""
        if text not in self._made:
            self._made[text] = self._tokenizer.tokenize(text)
        return self._made[text]

    def split(self, text: str) -> list[Token]:
        """Return the tokens of mode A."""
        return self._tokenizer.split(text)

    def spellings(self, form: str) -> tuple[str, ...] | None:
        """Return the spellings of a form, one of which stands wherever the word does."""
        return self._tokenizer.spellings(form)


class Bench:
    """The compiled rules of a pack with their examples read; changed rules are tried here."""

    def __init__(self, pack: Pack, tokenizer: Tokenizer) -> None:
        """Compile every rule; raises nothing, ``compiler.problems`` holds what cannot be compiled."""
        self.pack = pack
        self.tokenizer = Remembering(tokenizer)
        self.compiler = Compiler(pack, self.tokenizer)
        self.compiled = {rule.id: self.compiler.rule(rule) for rule in pack.rules}
        self._nothing = Prefilter([])
        self._read: dict[int, Analysis] = {}
        self._hidden = {
            pack.rules[watch.number].id: Disguises((replace(watch, number=0),)) for watch in self.compiler.watches()
        }
        self._last: tuple[Guard, CompiledGuard] | None = None
        self._read_as: dict[int, tuple[str, ...]] = {}
        self._hits: dict[int, tuple[Judged, ...]] = {}
        self._promises: dict[int, tuple[Any, Promise]] = {}
        self._independent: dict[str, Made] = {}
        self._asked: dict[int, frozenset[str]] = {}

    @classmethod
    def of(cls, pack: Pack, tokenizer: Tokenizer) -> Bench:
        """Return the pack on a bench; raises LoadError with what cannot be compiled."""
        bench = cls(pack, tokenizer)
        if bench.compiler.problems:
            raise LoadError(bench.compiler.problems)
        return bench

    def analysis(self, example: Example) -> Analysis:
        """Return the example, read once; the pack keeps it alive, so its id stays its own."""
        if id(example) not in self._read:
            self._read[id(example)] = self._analysis(example)
        return self._read[id(example)]

    def _analysis(self, example: Example) -> Analysis:
        regions = [Region(example.region, Span(0, len(example.text)))] if example.region else []
        return Analysis(plain(example.text, context=example.context, regions=regions), self.tokenizer)

    def findings(self, compiled: CompiledRule, example: Example, *, keep: bool = False) -> list[Finding]:
        """Return what a rule finds in an example; with ``keep`` its matchers' hits stay for later trials."""
        return _described(self.hits(compiled, example, keep=keep))

    def findings_once(self, compiled: CompiledRule, example: Example) -> list[Finding]:
        """Return what a rule finds in an example that is none of the pack's: nothing of it is kept."""
        return _described(self._judged(compiled, self._analysis(example)))

    def hits(self, compiled: CompiledRule, example: Example, *, keep: bool = False) -> tuple[Judged, ...]:
        """Return the rule's hits in an example, judged by its guards."""
        analysis = self.analysis(example)
        saved = analysis.cache
        if not keep:
            analysis.cache = dict(saved)
        every = self._judged(compiled, analysis)
        analysis.cache = saved
        return every

    def _judged(self, compiled: CompiledRule, analysis: Analysis) -> tuple[Judged, ...]:
        ruleset = Ruleset((compiled,), self._nothing, "", disguises=self._hidden.get(compiled.rule.id, _NO_DISGUISES))
        plainly = tuple(judge(analysis, ruleset, prefilter=False))
        return (*plainly, *unhidden(analysis, ruleset, plainly))

    def needs(self, rule: Rule, number: int, guard: Guard | None, part: Any = None) -> bool:
        """Return whether some example fails when the rule's guard ``number`` is another one, or none.

        Only the examples the rule hits can tell, and only that guard is asked again about their hits.
        """
        tried = self.examples(rule, part, hit=True)
        if not tried:
            return False
        compiled = self._guard(guard) if guard else None
        for example, flag in tried:
            changed = self._reguarded(rule, example, number, compiled)
            if changed is not None and wrong(rule, example, changed, flag=flag):
                return True
        return False

    def _guard(self, guard: Guard) -> CompiledGuard:
        """Return a changed guard compiled; the last one is kept, for the next rule that asks for it."""
        if self._last is None or self._last[0] is not guard:
            self._last = guard, self._child().guard(guard)
        return self._last[1]

    def _hit(self, rule: Rule, example: Example) -> tuple[Judged, ...]:
        if id(example) not in self._hits:
            self._hits[id(example)] = self.hits(self.compiled[rule.id], example, keep=True)
        return self._hits[id(example)]

    def _reguarded(
        self, rule: Rule, example: Example, number: int, changed: CompiledGuard | None
    ) -> list[Finding] | None:
        """Return what is found with a changed guard; None when it acts on every hit as the old one does."""
        again = []
        for judged in self._hit(rule, example):
            saved = judged.analysis.cache
            judged.analysis.cache = dict(saved)
            case = act(changed, judged.analysis, judged.hit.span) if changed else None
            judged.analysis.cache = saved
            before = next((old for guard, old in judged.acted if guard is rule.guards[number]), None)
            others = tuple(pair for pair in judged.acted if pair[0] is not rule.guards[number])
            acted = (*others, (rule.guards[number], case)) if case else others
            same = (case and (case.id, case.steps)) == (before and (before.id, before.steps))
            again.append((same, replace(judged, acted=acted)))
        if all(same for same, _ in again):
            return None
        return [describe(judged) for _, judged in again if judged.cancelled is None]

    def examples(self, rule: Rule, part: Any = None, *, hit: bool = False) -> list[tuple[Example, bool]]:
        """Return the rule's examples and whether each must flag.

        With ``part`` only those in which it can hold; with ``hit`` only those in which the rule hits at all.
        """
        found = [(example, True) for example in rule.flags] + [(example, False) for example in rule.passes]
        if hit:
            found = [item for item in found if self._hit(rule, item[0])]
        promise = self.promise(part) if part is not None else None
        return found if promise is None else [item for item in found if self._can_hold(promise, rule, item[0])]

    def fails(self, compiled: CompiledRule, examples: Iterable[tuple[Example, bool]]) -> bool:
        """Return whether one of the examples does not hold for ``compiled``, a changed form of their rule."""
        return any(
            wrong(compiled.rule, example, self.findings(compiled, example), flag=flag) for example, flag in examples
        )

    def _can_hold(self, promise: Promise, rule: Rule, example: Example) -> bool:
        return any(
            fulfilled(promise, frozenset(literal for literal in literals_of(promise) if literal in text))
            for text in self._texts(rule, example)
        )

    def _texts(self, rule: Rule, example: Example) -> tuple[str, ...]:
        """Return what the rule reads in an example: its folded text, and that with disguised words written plainly."""
        if id(example) not in self._read_as:
            analysis = self.analysis(example)
            hidden = undo(analysis, self._hidden.get(rule.id, _NO_DISGUISES))
            read = (analysis, *(undone.analysis for undone in hidden))
            self._read_as[id(example)] = tuple(item.text.replace("\n", "") for item in read)
        return self._read_as[id(example)]

    def promise(self, part: Any) -> Promise:
        """Return the promise of a removed condition, case, entry or alternative of a pattern."""
        if id(part) not in self._promises:
            self._promises[id(part)] = part, self._promise(part)
        return self._promises[id(part)][1]

    def _promise(self, part: Any) -> Promise:
        compiler = Compiler(self.pack, self.tokenizer)
        compiler.lexicons = self.compiler.lexicons
        if isinstance(part, WeakCue):
            return compiler.condition(part.match).promise
        if isinstance(part, Case):
            return compiler.condition(part.match).promise if part.match is not None else None
        if isinstance(part, tuple):
            return promise_of(compiler.program(part, NOWHERE))
        return compiler.condition(part).promise

    def with_match(self, rule: Rule, match: Any) -> CompiledRule:
        """Return the rule compiled with another match."""
        child = self._child()
        child.sure = rule.confidence
        return replace(self.compiled[rule.id], matcher=child.condition(match))

    def with_lexicon(self, rule: Rule, lexicon: Lexicon) -> CompiledRule:
        """Return the rule compiled with another lexicon in the place of the one with its id."""
        return self._child(lexicon).rule(rule)

    def _child(self, changed: Lexicon | None = None) -> Compiler:
        """Return a compiler that takes over what was made, except what asks for the lexicon that changed."""
        pack, base = self.pack, self.compiler
        made, guards, lexicons = base.made, base.guards, dict(base.lexicons)
        if changed:
            pack = replace(pack, lexicons=pack.lexicons | {changed.id: changed})
            lexicons.pop(changed.id, None)
            made, guards = self._without(changed.id)
        child = Compiler(pack, self.tokenizer)
        child.lexicons = lexicons
        child.made, child.guards = ChainMap({}, made), ChainMap({}, guards)
        return child

    def _without(self, name: str) -> Made:
        if name not in self._independent:
            base = self.compiler
            made = {key: value for key, value in base.made.items() if name not in self.slots(value[0])}
            guards = {key: value for key, value in base.guards.items() if name not in self.slots(value.guard)}
            self._independent[name] = made, guards
        return self._independent[name]

    def slots(self, value: Any) -> frozenset[str]:
        """Return the lexicons that a value of the pack asks for."""
        if id(value) not in self._asked:
            self._asked[id(value)] = frozenset(slots_in(value))
        return self._asked[id(value)]


def moved(rule: Rule, example: Example) -> int:
    """Return by how many grades overlays moved the severity since the example was written."""
    return sum(item.steps for item in rule.overlays) if example.place.path == rule.place.path else 0


def wrong(rule: Rule, example: Example, findings: Iterable[Finding], *, flag: bool) -> bool:
    """Return whether the findings are not those the example asks for.

    A flag wants exactly its drawn spans, and its severity when it names one; a pass wants nothing above info.  An
    overlay that makes a rule graver does not make the examples of the rule wrong.
    """
    steps = moved(rule, example)
    found = sorted(findings, key=lambda finding: (finding.span.start, -finding.span.length))
    if not flag:
        return any(finding.severity - steps > Severity.INFO for finding in found)
    if [finding.span for finding in found] != list(example.spans):
        return True
    return example.severity is not None and any(finding.severity - steps != example.severity for finding in found)


def _described(hits: Iterable[Judged]) -> list[Finding]:
    """Return the findings of the hits that no guard cancels, in order."""
    found = [describe(judged) for judged in hits if judged.cancelled is None]
    return sorted(found, key=lambda finding: (finding.span.start, -finding.span.length))
