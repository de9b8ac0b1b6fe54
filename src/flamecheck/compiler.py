"""``compile_rules(pack, tokenizer) -> Ruleset``: every condition becomes a matcher, every rule a prefilter entry.

Rule text goes through the live tokenizer here and nowhere else, so that a new dictionary cannot leave a rule behind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, MutableMapping

import regex

from flamecheck.disguise.table import Disguises, Watch, watch_of
from flamecheck.errors import Diagnostic, LoadError, Place, did_you_mean
from flamecheck.garbage import uncollected
from flamecheck.grading import Confidence
from flamecheck.inflection import Inflection, inflection_of
from flamecheck.matchers.count import CountMatcher
from flamecheck.matchers.detectors import DetectorMatcher
from flamecheck.matchers.expression import ExpressionMatcher
from flamecheck.matchers.logic import AllMatcher, AnyMatcher, ContextMatcher, NearMatcher, NotMatcher
from flamecheck.matchers.phrase import PhraseMatcher
from flamecheck.matchers.relation import AfterMatcher, BeforeMatcher, InsideMatcher, PartOfMatcher
from flamecheck.matchers.tokens import TokensMatcher
from flamecheck.matchers.weigh import CompiledCue, WeighMatcher
from flamecheck.matching import Matcher
from flamecheck.normalize import fold
from flamecheck.prefilter import Prefilter
from flamecheck.program import (
    Chars,
    Choice,
    Edge,
    Entries,
    Gap,
    Index,
    Inflects,
    Program,
    Step,
    Tag,
    first_of,
    promise_of,
)
from flamecheck.promise import Promise, either, literals_of
from flamecheck.report import PackUsed
from flamecheck.rules import pattern as syntax
from flamecheck.rules.condition import (
    After,
    AllOf,
    AnyOf,
    Before,
    Condition,
    Count,
    Detector,
    InContext,
    Inside,
    Near,
    Not,
    PartOf,
    Phrase,
    Regex,
    Tokens,
    Weigh,
)
from flamecheck.rules.rule import Guard, Pack, Rule
from flamecheck.rules.when import When
from flamecheck.ruleset import CompiledCase, CompiledGuard, CompiledRule, Ruleset, bounds_of
from flamecheck.tokens import Tokenizer


def compile_rules(pack: Pack, tokenizer: Tokenizer) -> Ruleset:
    """Return the pack ready to screen; raises LoadError (FC309, FC310, FC316) for words that cannot be compiled."""
    with uncollected():
        return _compiled(pack, tokenizer)


def _compiled(pack: Pack, tokenizer: Tokenizer) -> Ruleset:
    compiler = Compiler(pack, tokenizer)
    compiled = tuple(compiler.rule(rule) for rule in pack.rules)
    disguises = Disguises(tuple(compiler.watches()))
    if compiler.problems:
        raise LoadError(compiler.problems)
    packs = tuple(PackUsed(info.id, info.version, info.fingerprint) for info in pack.packs)
    # 「ない」の中の言葉のように、約束に入らない字面は走査されないので、それに頼る条件は門を持たない。
    promises = [item.matcher.promise for item in compiled]
    known = literals_of(*promises)
    gates = {key: gate for key, gate in compiler.gates.items() if known.issuperset(literals_of(gate))}
    prefilter = Prefilter(promises, gates)
    fingerprint = f"{pack.fingerprint}@{tokenizer.version}"
    return Ruleset(compiled, prefilter, fingerprint, packs, disguises, tuple(compiler.whens), bounds_of(pack.rules))


class Compiler:
    """Compile conditions; lexicons, shared guards and conditions that are one object once.

    ``made`` and ``guards`` hold what was compiled together with what it was compiled from, so that an id in them
    belongs to nothing else; a review that changes one branch of a rule hands the rest on to the next compiler.
    """

    def __init__(self, pack: Pack, tokenizer: Tokenizer) -> None:
        """Compile words with ``tokenizer``; nothing is compiled yet."""
        self.pack = pack
        self.tokenizer = tokenizer
        self.problems: list[Diagnostic] = []
        self.sure = Confidence.MEDIUM  # 確かさを書いていない枝は、その規則の確かさになる。
        self.lexicons: dict[str, Entries] = {}
        self.guards: MutableMapping[int, CompiledGuard] = {}
        self.made: MutableMapping[int, tuple[Condition, Matcher]] = {}
        self.gates: dict[int, Promise] = {}
        self.whens: dict[When, None] = {}
        self._words: dict[tuple[str, bool], tuple[Step, ...]] = {}

    def rule(self, rule: Rule) -> CompiledRule:
        """Return the rule with its matcher and its guards."""
        self.sure = rule.confidence
        if rule.requires is not None:
            self.whens[rule.requires] = None
        return CompiledRule(rule, self.condition(rule.match), tuple(self.guard(guard) for guard in rule.guards))

    def watches(self) -> Iterator[Watch]:
        for number, rule in enumerate(self.pack.rules):
            if rule.disguise is not None:
                leads = tuple(self.phrase(lead) for lead in rule.disguise.profile.leads)
                yield watch_of(
                    number,
                    rule,
                    lexicons=self.pack.lexicons,
                    tokenizer=self.tokenizer,
                    leads=leads,
                    problems=self.problems,
                )

    def guard(self, guard: Guard) -> CompiledGuard:
        """Return the guard with its cases compiled."""
        if id(guard) not in self.guards:
            self.whens.update((case.when, None) for case in guard.cases if case.when is not None)
            cases = tuple(
                CompiledCase(case, self.condition(case.match) if case.match is not None else None)
                for case in guard.cases
            )
            self.guards[id(guard)] = CompiledGuard(guard, cases)
        return self.guards[id(guard)]

    def condition(self, condition: Condition) -> Matcher:
        """Return the matcher of a condition; ``problems`` grows when a word in it cannot be compiled."""
        if id(condition) not in self.made:
            matcher = self._condition(condition)
            if matcher.generates and matcher.promise is not None:
                self.gates[id(matcher)] = matcher.promise
            self.made[id(condition)] = condition, matcher
        return self.made[id(condition)][1]

    def _condition(self, condition: Condition) -> Matcher:
        match condition:
            case Phrase():
                return self.phrase(condition)
            case AnyOf(members):
                return AnyMatcher(tuple(self.condition(member) for member in members), self.sure)
            case AllOf(members, within, confidence):
                return AllMatcher(tuple(self.condition(member) for member in members), within, confidence, self.sure)
            case Not(member):
                return NotMatcher(self.condition(member))
            case Near(members, within, tokens):
                return NearMatcher(tuple(self.condition(member) for member in members), within, tokens)
            case Count(members, least, most, distinct, within, confidence):
                compiled = tuple(self.condition(member) for member in members)
                return CountMatcher(compiled, least, most, distinct, within, confidence, self.sure)
            case Weigh(cues, threshold, within, confidence):
                weighed = tuple(CompiledCue(cue, self.condition(cue.match)) for cue in cues)
                return WeighMatcher(weighed, threshold, within, confidence, self.sure)
            case Tokens(specs, split, confidence, place):
                asked = (features for spec in specs for features in (spec.features, spec.unlike) if features)
                for name in (name for features in asked for name in features.pos):
                    if name not in self.tokenizer.parts_of_speech:
                        self._unknown(name, place)
                return TokensMatcher(specs, split, confidence)
            case Detector(name, limits, sure):
                return DetectorMatcher(name, limits, sure)
            case Regex():
                return self.expression(condition)
            case InContext(when):
                self.whens[when] = None
                return ContextMatcher(when)
            case After():
                return self.after(condition)
            case Before(patterns, within):
                before = self.phrases(patterns)
                return BeforeMatcher(before, within, either(p.promise for p in before))
            case Inside(kind, after):
                behind = self.after(after) if after else None
                return InsideMatcher(kind, behind, behind.promise if behind else None)
            case PartOf(patterns):
                whole = self.phrases(patterns)
                return PartOfMatcher(whole, either(p.promise for p in whole))

    def after(self, condition: After) -> AfterMatcher:
        patterns = self.phrases(condition.patterns)
        but_not = self.phrases(condition.but_not)
        return AfterMatcher(patterns, but_not, condition.within, either(p.promise for p in patterns))

    def phrases(self, phrases: Iterable[Phrase]) -> tuple[PhraseMatcher, ...]:
        return tuple(made for phrase in phrases if isinstance(made := self.condition(phrase), PhraseMatcher))

    def expression(self, condition: Regex) -> ExpressionMatcher:
        literals = tuple(fold(literal).text for literal in condition.literals)
        promise = either(literals) if literals else None
        pattern = regex.compile(condition.pattern)
        return ExpressionMatcher(pattern, literals, promise, condition.view, condition.confidence)

    def phrase(self, phrase: Phrase) -> PhraseMatcher:
        program = self.program(phrase.pattern, phrase.place)
        first = first_of(program)
        return PhraseMatcher(program, first, promise_of(program), phrase.split, phrase.confidence)

    def program(self, sequence: syntax.Sequence, place: Place) -> Program:
        return tuple(step for node in sequence for step in self.steps(node, place))

    def steps(self, node: syntax.Node, place: Place) -> tuple[Step, ...]:
        match node:
            case syntax.Literal():
                return self.literal(node, place)
            case syntax.Group(options, optional):
                programs = tuple(self.program(option, place) for option in options)
                return (Choice(programs, optional, Index.of(programs)),)
            case syntax.Slot(name):
                return (self.lexicon(name),)
            case syntax.PartOfSpeech(name, at):
                if name not in self.tokenizer.parts_of_speech:
                    self._unknown(name, place.within(at + 1, len(name)))
                return (Tag(name),)
            case syntax.Gap(limit):
                return (Gap(limit),)
            case syntax.Edge(start):
                return (Edge(start),)

    def literal(self, node: syntax.Literal, place: Place) -> tuple[Step, ...]:
        # 同じ言葉は何百もの枝に出てくる（は、が、する~）。
        key = node.text, node.inflects
        if key not in self._words:
            problems = len(self.problems)
            made = self._literal(node, place)
            if len(self.problems) > problems:
                return made
            self._words[key] = made
        return self._words[key]

    def _literal(self, node: syntax.Literal, place: Place) -> tuple[Step, ...]:
        folded = fold(node.text).text.replace("\n", "")
        if not folded:
            self._say("FC310", node, place, "見える文字がありません", "言葉を書いてください")
            return ()
        if not node.inflects:
            return (Chars(folded),)
        found = inflection_of(self.tokenizer.tokenize(folded))
        if found is None:
            hint = "~ は動詞・形容詞・助動詞の後ろに付きます（名詞なら ~ を外してください）"
            self._say("FC309", node, place, f"「{node.text}」の終わりの語は活用しません", hint)
            return (Chars(folded),)
        start, inflection = found
        head: tuple[Step, ...] = (Chars(folded[:start]),) if start else ()
        return (*head, Inflects(inflection, self.spellings(inflection)))

    def spellings(self, inflection: Inflection) -> Promise:
        """Return that one spelling of the word occurs; nothing where one kana would do, for it stands everywhere."""
        if inflection.noun:
            return inflection.noun
        found = set(inflection.forms | inflection.stems)
        for form in inflection.forms:
            known = self.tokenizer.spellings(form)
            if known is None:
                return None
            found.update(known)
        if any(len(spelling) == 1 and spelling < "㐀" for spelling in found):
            return None
        return either(found)

    def lexicon(self, name: str) -> Entries:
        if name not in self.lexicons:
            lexicon = self.pack.lexicons[name]
            programs = tuple(self.program(entry.phrase.pattern, entry.phrase.place) for entry in lexicon.entries)
            self.lexicons[name] = Entries(
                programs,
                lexicon.split,
                Index.of(programs),
                either(promise_of(program) for program in programs),
                tuple(f"{name}#{entry.id}" for entry in lexicon.entries),
            )
        return self.lexicons[name]

    def _unknown(self, name: str, place: Place) -> None:
        known = self.tokenizer.parts_of_speech
        # 正しく書けた段まではそのままに、次の段だけを候補にする。千九百もの品詞を並べても読めない。
        levels = name.split("-")
        right = next(n for n in range(len(levels) - 1, -1, -1) if not n or "-".join(levels[:n]) in known)
        head = "".join(f"{level}-" for level in levels[:right])
        nearest = {pos for pos in known if pos.startswith(head) and "-" not in pos[len(head) :]}
        hint = did_you_mean("-".join(levels[: right + 1]), nearest)
        self.problems.append(Diagnostic("FC316", place, f"辞書に「{name}」という品詞はありません", hint))

    def _say(self, code: str, node: syntax.Literal, place: Place, message: str, hint: str) -> None:
        self.problems.append(Diagnostic(code, place.within(node.at, max(1, len(node.text))), message, hint))
