"""Validated models → rules, lexicons and guards; patterns are parsed here, and their errors located."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Protocol

from flamecheck.errors import did_you_mean
from flamecheck.grading import Confidence, Severity
from flamecheck.rules import model as raw
from flamecheck.rules.branches import branch_ids
from flamecheck.rules.condition import (
    AnyOf,
    Condition,
    generates,
)
from flamecheck.rules.conditionbuilder import ConditionBuilder
from flamecheck.rules.examples import ExampleReader
from flamecheck.rules.rule import Case, Disguise, Entry, Example, Guard, Lexicon, Profile, Rule
from flamecheck.rules.whenmodel import CalendarModel
from flamecheck.yamlsource import Path_, YamlFile


class Excepting(Protocol):
    """What lists exceptions: a rule, or an overlay on one."""

    @property
    def unless(self) -> tuple[raw.GuardUse | raw.ExceptionModel, ...]:
        """Exceptions and guards."""

    @property
    def adjust(self) -> tuple[raw.GuardUse | raw.ExceptionModel, ...]:
        """The same, for what only shifts a severity."""


class Builder(ConditionBuilder):
    """Knows calendars and guards, and remembers every phrase it made for the checks that need all files."""

    def __init__(self) -> None:
        """Start without calendars, guards and lexicons."""
        super().__init__()
        self.guards: dict[str, Guard] = {}
        self.profiles: dict[str, Profile] = {}
        self.lexicons: dict[str, Lexicon] = {}

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
        fix=tuple((key, new, file.place(("fix", key))) for key, new in model.fix.items()),
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
