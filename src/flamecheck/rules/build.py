"""Validated models → rules, lexicons and guards; patterns are parsed here, and their errors located."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Protocol

from flamecheck.errors import Diagnostic, LoadError, Place, did_you_mean
from flamecheck.grading import Confidence, Severity
from flamecheck.normalize import fold
from flamecheck.rules import model as raw
from flamecheck.rules.branches import branch_ids
from flamecheck.rules.calendars import Calendars
from flamecheck.rules.examples import ExampleReader
from flamecheck.rules.options import limits_of
from flamecheck.rules.pattern import PatternError, parse_pattern
from flamecheck.rules.regexes import regex_problem
from flamecheck.rules.rule import (
    After,
    AllOf,
    AnyOf,
    Before,
    Case,
    Condition,
    Count,
    Detector,
    Disguise,
    Entry,
    Example,
    Features,
    Guard,
    InContext,
    Inside,
    Lexicon,
    Near,
    Not,
    PartOf,
    Phrase,
    Profile,
    Regex,
    Rule,
    Tokens,
    TokenSpec,
    WeakCue,
    Weigh,
)
from flamecheck.rules.whenmodel import CalendarModel
from flamecheck.yamlsource import Path_, YamlFile

_TOKENS = re.compile(r"([1-9]\d?) tokens?")
_FINDING = "パターンや count、regex のように、言葉を見つける条件を書いてください"
_BROKEN = Detector("broken")
"""Stands for a condition with an error, in a pack that will not load."""
REPEATS = 20
"""How many tokens ``+`` and ``*`` take at most, so that the work at one place is bounded."""


class Excepting(Protocol):
    """What lists exceptions: a rule, or an overlay on one."""

    @property
    def unless(self) -> tuple[raw.GuardUse | raw.ExceptionModel, ...]:
        """Exceptions and guards."""

    @property
    def adjust(self) -> tuple[raw.GuardUse | raw.ExceptionModel, ...]:
        """The same, for what only shifts a severity."""


class Builder:
    """Knows calendars and guards, and remembers every phrase it made for the checks that need all files."""

    def __init__(self) -> None:
        """Start without calendars, guards and lexicons."""
        self.calendars = Calendars()
        self.guards: dict[str, Guard] = {}
        self.profiles: dict[str, Profile] = {}
        self.lexicons: dict[str, Lexicon] = {}
        self.phrases: list[Phrase] = []
        self._problems: list[Diagnostic] = []

    def add_calendar(self, file: YamlFile, calendar: CalendarModel) -> None:
        """Take in the days of a calendar."""
        self.calendars.add(file, calendar)
        self.finish()

    def resolve_days(self) -> None:
        """Build the days of all calendars, after the last of them."""
        self.calendars.resolve()
        self.finish()

    def add_guard(self, file: YamlFile, guard: raw.GuardModel) -> None:
        """Take in a shared guard."""
        if guard.id in self.guards:
            self._say("FC402", file.place(("id",)), f"ガード「{guard.id}」が二つあります")
        cases = tuple(self.case(file, ("cases", index), case) for index, case in enumerate(guard.cases))
        self.guards[guard.id] = Guard(guard.id, guard.title, cases, file.place(("id",)), shared=True)
        self.finish()

    def lexicon(self, file: YamlFile, lexicon: raw.LexiconModel) -> Lexicon:
        """Return a lexicon with its entries parsed."""
        common = (lexicon.sense, lexicon.source)
        entries = self.entries(file, ("entries",), lexicon.entries, lexicon.split, common)
        self.finish()
        return Lexicon(lexicon.id, lexicon.title, entries, file.place(("id",)), lexicon.split)

    def entries(
        self, file: YamlFile, path: Path_, values: Iterable[str | raw.EntryModel], split: str, common: tuple[str, str]
    ) -> tuple[Entry, ...]:
        """Return entries; those that give no sense or source of their own take the ``common`` ones."""
        entries: list[Entry] = []
        seen: dict[str, int] = {}
        for index, value in enumerate(values):
            entry = value if isinstance(value, raw.EntryModel) else raw.EntryModel(form=value)
            where: Path_ = (*path, index, "form") if entry is value else (*path, index)
            name = entry.id or entry.form
            if name in seen:
                self._say("FC402", file.place(where), f"項目「{name}」が重なっています（最初は {seen[name] + 1} 番目）")
            seen[name] = index
            phrase = self._phrase(file, where, entry.form, split)
            if phrase:
                sense, source = entry.sense or common[0], entry.source or common[1]
                entries.append(Entry(name, phrase, sense, entry.register_, source))
        return tuple(entries)

    def condition(self, file: YamlFile, path: Path_, value: Any, split: str = "C") -> Condition | None:
        """Return a condition; None when it has an error, which is kept."""
        if isinstance(value, str):
            return self._phrase(file, path, value, split)
        if isinstance(value, raw.PhraseModel):
            chosen = value.split if "split" in value.model_fields_set else split
            return self._phrase(file, (*path, "phrase"), value.phrase, chosen, _sure(value.confidence), id=value.id)
        if isinstance(value, raw.AnyModel):
            return AnyOf(self._members(file, (*path, "any"), value.any, split))
        if isinstance(value, raw.AllModel):
            members = self._members(file, (*path, "all"), value.all, split)
            return AllOf(members, value.within, _sure(value.confidence))
        if isinstance(value, raw.NotModel):
            inner = self.condition(file, (*path, "not"), value.not_, split)
            return Not(inner) if inner else None
        if isinstance(value, raw.NearModel):
            return self._near(file, path, value, split)
        if isinstance(value, raw.CountModel):
            return self._count(file, path, value, split)
        if isinstance(value, raw.WeighModel):
            return self._weigh(file, path, value, split)
        if isinstance(value, raw.TokensModel):
            return self._tokens(file, path, value, split)
        if isinstance(value, raw.DetectorModel):
            limits, problems = limits_of(file, path, value)
            self._problems += problems
            return Detector(value.detector, limits, Confidence[value.sure.upper()])
        if isinstance(value, raw.RegexModel):
            problem = regex_problem(value.regex)
            if problem:
                place = file.within((*path, "regex"), problem.at, problem.length)
                self._say(problem.code, place, problem.message, problem.hint)
            where = file.place((*path, "regex"))
            return Regex(value.regex, value.literals, where, value.view, _sure(value.confidence))
        if isinstance(value, raw.WhenCondition):
            return InContext(self.calendars.when(file, (*path, "when"), value.when))
        if isinstance(value, raw.AfterModel):
            return self._after(file, path, value, split)
        if isinstance(value, raw.BeforeModel):
            return Before(self._phrases(file, (*path, "before"), value.before, split), value.within)
        if isinstance(value, raw.PartOfModel):
            return PartOf(self._phrases(file, (*path, "part_of"), value.part_of, split))
        if value.after:
            return Inside(value.inside, self._after(file, path, value, split))
        for key in ("within", "but_not"):
            if key in value.model_fields_set:
                hint = "after に、閉じた後ろに来る言葉を書いてください"
                self._say("FC450", file.place((*path, key)), f"after が無いので、{key} は何も変えません", hint)
        return Inside(value.inside)

    def _after(self, file: YamlFile, path: Path_, value: raw.AfterModel | raw.InsideModel, split: str) -> After:
        patterns = self._phrases(file, (*path, "after"), value.after, split)
        return After(patterns, self._phrases(file, (*path, "but_not"), value.but_not, split), value.within)

    def _near(self, file: YamlFile, path: Path_, value: raw.NearModel, split: str) -> Condition:
        members = self._members(file, (*path, "near"), value.near, split)
        tokens = _TOKENS.fullmatch(value.within)
        if tokens:
            return Near(members, "tokens", int(tokens[1]))
        if value.within not in raw.GUARDS_WITHIN:
            self._say(
                "FC205",
                file.place((*path, "within")),
                f"「{value.within}」は使えません",
                "clause, sentence, post, 5 tokens",
            )
        return Near(members, value.within)

    def _count(self, file: YamlFile, path: Path_, value: raw.CountModel, split: str) -> Condition:
        members = self._members(file, (*path, "count"), value.count, split)
        for index, member in enumerate(members):
            if not generates(member):
                self._say(
                    "FC405", file.place((*path, "count", index)), "数える条件は、言葉を見つけるものに限ります", _FINDING
                )
        most = len(value.count) if value.distinct else None
        if value.at_most is not None and value.at_most < value.at_least:
            place = file.place((*path, "at_most"))
            self._say("FC314", place, f"at_most（{value.at_most}）が at_least（{value.at_least}）より小さいです")
        if most is not None and value.at_least > most:
            place = file.place((*path, "at_least"))
            self._say("FC314", place, f"条件が {most} 個なので、{value.at_least} 種類になることはありません")
        return Count(members, value.at_least, value.at_most, value.distinct, value.within, _sure(value.confidence))

    def _weigh(self, file: YamlFile, path: Path_, value: raw.WeighModel, split: str) -> Condition:
        cues: list[WeakCue] = []
        seen: set[str] = set()
        for index, cue in enumerate(value.weigh):
            where: Path_ = (*path, "weigh", index)
            if cue.id in seen:
                self._say("FC402", file.place((*where, "id")), f"手がかり「{cue.id}」が二つあります")
            seen.add(cue.id)
            if cue.weight == 0:
                self._say("FC315", file.place((*where, "weight")), "重み 0 の手がかりは、何も変えません")
            match = self.condition(file, (*where, "match"), cue.match, split)
            if match is None:
                continue
            if not generates(match) and not isinstance(match, InContext):
                self._say(
                    "FC405", file.place((*where, "match")), "手がかりは、言葉を見つけるものか when に限ります", _FINDING
                )
            cues.append(WeakCue(cue.id, match, cue.weight, cue.why))
        finding = [cue for cue in cues if cue.weight > 0 and generates(cue.match)]
        if len(cues) == len(value.weigh) and not finding:
            self._say("FC405", file.place(path), "weigh に、言葉を見つける手がかりがありません", _FINDING)
        reach = sum(max(0, cue.weight) for cue in value.weigh)
        if reach < value.threshold:
            place = file.place((*path, "threshold"))
            self._say(
                "FC315",
                place,
                f"手がかりを全部足しても {reach} で、{value.threshold} に届きません",
                f"threshold を {reach} 以下にするか、重みを増やしてください",
            )
        return Weigh(tuple(cues), value.threshold, value.within, _sure(value.confidence))

    def _tokens(self, file: YamlFile, path: Path_, value: raw.TokensModel, split: str) -> Condition:
        specs = tuple(token_spec(token) for token in value.tokens)
        if all(spec.least == 0 for spec in specs):
            self._say(
                "FC307", file.place(path), "どの語も無くてよいことになっています", "必ず現れる語を一つは書いてください"
            )
        chosen = value.split if "split" in value.model_fields_set else split
        return Tokens(specs, chosen, _sure(value.confidence))

    def _members(self, file: YamlFile, path: Path_, values: Iterable[Any], split: str) -> tuple[Condition, ...]:
        # 読めない条件は、言葉を見つけるものとしておく。そこから生じる次の誤りは言わない。
        return tuple(
            self.condition(file, (*path, index), value, split) or _BROKEN for index, value in enumerate(values)
        )

    def _phrases(self, file: YamlFile, path: Path_, values: Iterable[str], split: str) -> tuple[Phrase, ...]:
        made = (self._phrase(file, (*path, index), value, split) for index, value in enumerate(values))
        return tuple(phrase for phrase in made if phrase)

    def _phrase(
        self, file: YamlFile, path: Path_, text: str, split: str, confidence: Confidence | None = None, *, id: str = ""
    ) -> Phrase | None:
        try:
            pattern = parse_pattern(text)
        except PatternError as error:
            self._say(error.code, file.within(path, error.at, error.length), error.message, error.hint)
            return None
        phrase = Phrase(text, pattern, file.place(path), split, confidence, id)
        self.phrases.append(phrase)
        return phrase

    def case(self, file: YamlFile, path: Path_, case: raw.ExceptionModel, split: str = "C") -> Case:
        """Return one case of a guard."""
        if case.match is None and case.when is None:
            self._say("FC406", file.place(path), f"「{case.id}」に match も when もありません")
        word, _, number = case.effect.partition(" ")
        steps = None if word == "cancel" else int(number) * (1 if word == "raise" else -1)
        match = self.condition(file, (*path, "match"), case.match, split) if case.match is not None else None
        when = None
        if case.when:
            when = self.calendars.when(file, (*path, "when"), case.when, bindable=self.calendars.own is None)
        return Case(case.id, case.why, steps, match, when, file.place((*path, "id")))

    def guards_of(
        self, file: YamlFile, rule: Excepting, *, at: Path_ = (), split: str = "C", seen: Iterable[str] = ()
    ) -> tuple[Guard, ...]:
        """Return the guards of a rule or an overlay: shared ones by name, exceptions as guards with one case.

        ``seen`` are ids that are taken.
        """
        found: list[Guard] = []
        seen = set(seen)
        named: list[tuple[Path_, raw.GuardUse | raw.ExceptionModel]] = []
        named += [((*at, "unless", i), use) for i, use in enumerate(rule.unless)]
        named += [((*at, "adjust", i), use) for i, use in enumerate(rule.adjust)]
        for path, use in named:
            name = use.guard if isinstance(use, raw.GuardUse) else use.id
            if name in seen:
                self._say("FC402", file.place(path), f"例外「{name}」が重なっています")
            seen.add(name)
            if isinstance(use, raw.ExceptionModel):
                case = self.case(file, path, use, split)
                found.append(Guard(use.id, use.why, (case,), case.place))
            elif use.guard in self.guards:
                found.append(self.calendars.bound(self.guards[use.guard], file.place((*path, "guard"))))
            else:
                hint = did_you_mean(use.guard, self.guards)
                self._say("FC404", file.place((*path, "guard")), f"ガード「{use.guard}」はありません", hint)
        return tuple(found)

    def examples(
        self, file: YamlFile, kind: str, values: Iterable[str | raw.ExampleModel], *, at: Path_ = ()
    ) -> tuple[Example, ...]:
        """Return the examples of one kind (``flag`` or ``pass``), those that stand for many one by one."""
        reader = ExampleReader(file, self.lexicons, self._problems)
        return tuple(
            example
            for index, value in enumerate(values)
            for example in reader.read((*at, "examples", kind, index), value, flag=kind == "flag")
        )

    def _say(self, code: str, place: Place, message: str, hint: str = "") -> None:
        self._problems.append(Diagnostic(code, place, message, hint))

    def finish(self) -> None:
        """Raise LoadError with every problem kept so far."""
        self._problems += self.calendars.problems
        self.calendars.problems.clear()
        if self._problems:
            problems, self._problems = self._problems, []
            raise LoadError(problems)


def rule_from(builder: Builder, file: YamlFile, model: raw.RuleModel, disguise: Disguise | None = None) -> Rule:
    """Return the rule a file says; raises LoadError with all its problems."""
    builder.calendars.own = ()
    requires = builder.calendars.when(file, ("requires",), model.requires) if model.requires else None
    builder.calendars.own = requires.days if requires else ()
    match = builder.condition(file, ("match",), model.match, model.split)
    if match and not generates(match):
        builder._say(
            "FC405", file.place(("match",)), "match に、言葉で始まる条件がありません", "パターンを一つは入れてください"
        )
    check_message(builder, file, ("message",), model.message)
    rule = Rule(
        id=model.id,
        category=str(model.category),
        title=model.title,
        severity=Severity[model.severity.upper()],
        confidence=Confidence[model.confidence.upper()],
        status=model.status,
        message=model.message,
        affected=model.affected,
        rewrite=model.rewrite,
        match=match or AnyOf(()),
        place=file.place(("id",)),
        valid_from=model.valid.from_,
        valid_to=model.valid.to,
        references=tuple(f"{ref.title} {ref.url}".strip() for ref in model.references),
        mask=model.mask,
        requires=requires,
        guards=builder.guards_of(file, model, split=model.split, seen=_branches(builder, match)),
        guard_places=tuple(
            (use.guard, file.place(("unless", number, "guard")))
            for number, use in enumerate(model.unless)
            if isinstance(use, raw.GuardUse)
        ),
        flags=builder.examples(file, "flag", model.examples.flag),
        passes=builder.examples(file, "pass", model.examples.pass_),
        disguise=disguise,
    )
    builder.calendars.own = None
    builder.finish()
    return rule


def generates(condition: Condition) -> bool:
    """Return whether the condition finds spans by itself (a phrase does, a date or a negation does not)."""
    if isinstance(condition, AnyOf):
        return bool(condition.members) and all(generates(member) for member in condition.members)
    if isinstance(condition, AllOf):
        return any(generates(member) for member in condition.members)
    return isinstance(condition, (Phrase, Detector, Regex, Tokens, Count, Weigh))


def token_spec(token: raw.TokenModel) -> TokenSpec:
    """Return one element of a token pattern; readings become katakana, surfaces are folded as the post is."""
    least, most = {None: (1, 1), "?": (0, 1), "+": (1, REPEATS), "*": (0, REPEATS)}[token.repeat]
    return TokenSpec(_features(token), _features(token.not_) if token.not_ else None, least, most)


def _features(features: raw.FeaturesModel) -> Features:
    def several(words: str | tuple[str, ...]) -> tuple[str, ...]:
        return (words,) if isinstance(words, str) else words

    return Features(
        surface=tuple(fold(word).text for word in several(features.surface)),
        dictionary=several(features.dictionary),
        normalized=several(features.normalized),
        reading=tuple(_katakana(word) for word in several(features.reading)),
        pos=several(features.pos),
    )


def _katakana(word: str) -> str:
    return "".join(chr(ord(char) + 0x60) if "ぁ" <= char <= "ゖ" else char for char in word)


def _branches(builder: Builder, match: Condition | None) -> set[str]:
    """Return the ids of the branches of a rule, which exceptions may not have as well."""
    found: set[str] = set()
    for name, phrase in branch_ids(match or AnyOf(())):
        if name in found:
            builder._say("FC402", phrase.place, f"枝「{name}」が重なっています")
        found.add(name)
    return found


def check_message(builder: Builder, file: YamlFile, path: Path_, message: str) -> None:
    """Keep an error (FC410) for every name in a message that cannot be filled in."""
    for sign in re.finditer(r"\{\{|\}\}|\{[^{}]*\}|[{}]", message):
        if sign[0] in ("{", "}"):
            place = file.within(path, sign.start())
            builder._say(
                "FC410", place, f"message の {sign[0]} が対になっていません", f"文字なら {sign[0] * 2} と書いてください"
            )
        elif sign[0] not in ("{{", "}}", "{matched}"):
            place = file.within(path, sign.start(), len(sign[0]))
            builder._say("FC410", place, f"message に {sign[0]} は使えません", "使えるもの: {matched}")


def _sure(name: str | None) -> Confidence | None:
    return Confidence[name.upper()] if name else None
