"""Folders → a pack, with *all* errors of all files in one run.  A pack with an error does not load at all.

First every file of every folder is read, then names are resolved, in stages: calendars, lexicons, guards, rules.  In
each stage the folders come in order, so that one sees what those before it say and nothing of those behind it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseModel

from flamecheck.errors import Diagnostic, LoadError, did_you_mean
from flamecheck.garbage import uncollected
from flamecheck.grading import GROUPS
from flamecheck.kept import Kept
from flamecheck.rules.build import Builder, rule_from
from flamecheck.rules.disguisemodel import ProfileModel
from flamecheck.rules.model import GuardModel, LexiconModel, RuleModel
from flamecheck.rules.overlay import Overlay
from flamecheck.rules.overlaymodel import CalendarOverlay, GuardOverlay, LexiconOverlay, OverlaysModel, RuleOverlay
from flamecheck.rules.packmodel import RetiredModel
from flamecheck.rules.packs import Source, resolve, unread
from flamecheck.rules.pattern import slots
from flamecheck.rules.profiles import add_profile, disguise_of
from flamecheck.rules.provenance import Overlaid, Retired, Words
from flamecheck.rules.retired import retired_ids
from flamecheck.rules.rule import Pack, Rule
from flamecheck.rules.shelves import Shelves
from flamecheck.rules.shipped import packaged
from flamecheck.rules.whenmodel import CalendarModel
from flamecheck.rules.words import info_of, shelf_mark, words_file
from flamecheck.schema import validate
from flamecheck.yamlsource import Path_, YamlFile, read_yaml

__all__ = ["load_pack", "packaged"]

M = TypeVar("M", bound=BaseModel)


_kept: Final[Kept[tuple[tuple[str, str], ...], Pack]] = Kept(8)


def load_pack(folders: Iterable[Path], words: tuple[Words, ...] = ()) -> Pack:
    """Load the packs in ``folders`` and all they extend; raises LoadError with every problem of every file.

    ``words`` are added to lexicons of any of them, as the last overlay.  The same files at the same place are loaded
    once in a process.
    """
    sources, problems = resolve(folders, packaged)
    unused = tuple(warning for source in sources for warning in unread(source))

    def loader() -> Pack:
        with uncollected():
            return _Loader(sources, problems, unused, words).load()

    made_from = *((str(source.folder), source.info.fingerprint) for source in sources), *shelf_mark(words)
    # 問題のある組は必ず例外になるので、取っておかれない。
    pack = loader() if problems else _kept.get(made_from, loader)
    return replace(pack, warnings=(*unused, *pack.warnings))


@dataclass(slots=True)
class _Read:
    """The files of one pack, checked one by one."""

    source: Source
    calendars: list[tuple[YamlFile, CalendarModel]] = field(default_factory=list)
    lexicons: list[tuple[YamlFile, LexiconModel]] = field(default_factory=list)
    profiles: list[tuple[YamlFile, ProfileModel]] = field(default_factory=list)
    guards: list[tuple[YamlFile, GuardModel]] = field(default_factory=list)
    rules: list[tuple[YamlFile, RuleModel]] = field(default_factory=list)
    retired: list[tuple[YamlFile, RetiredModel]] = field(default_factory=list)
    overlays: list[tuple[YamlFile, OverlaysModel]] = field(default_factory=list)


class _Loader:
    """Collect problems while loading; raise them together."""

    def __init__(
        self,
        sources: list[Source],
        problems: list[Diagnostic],
        unused: tuple[Diagnostic, ...],
        words: tuple[Words, ...],
    ) -> None:
        self.problems, self.unused = problems, unused
        self.unsound = bool(self.problems)
        self.packs = [self._read(source) for source in sources] + ([self._words(words)] if words else [])
        self.warnings: list[Diagnostic] = []
        self.builder = Builder()
        self.shelves = Shelves()
        self.retired: dict[str, Retired] = {}
        self.overlays: list[Overlaid] = []
        self.home: dict[tuple[str, str], _Read] = {}

    def _words(self, words: tuple[Words, ...]) -> _Read:
        file = words_file(words)
        pack = _Read(Source(Path(file.name), info_of(words), file))
        pack.overlays += self._collect(lambda: [(file, validate(OverlaysModel, file))]) or []
        return pack

    def load(self) -> Pack:
        # 土台のパックが欠けたまま名前を引くと、無いのは当たり前の名前まで誤りに見える。
        if not self.unsound:
            for stage, kind in (
                (self._calendars, CalendarOverlay),
                (self._lexicons, LexiconOverlay),
                (self._profiles, None),
                (self._guards, GuardOverlay),
                (self._rules, RuleOverlay),
            ):
                for number, pack in enumerate(self.packs):
                    stage(number, pack)
                if kind is RuleOverlay:
                    self._retire()
                for number, pack in enumerate(self.packs):
                    if kind is not None:
                        self._overlay(number, pack, kind)
        if self.problems:
            raise LoadError([*self.problems, *self.unused, *self.warnings])
        shelves = self.shelves
        infos = tuple(pack.source.info for pack in self.packs)
        digest = hashlib.sha256("\n".join(info.fingerprint for info in infos).encode())
        return Pack(
            tuple(shelves.rules[key] for key in sorted(shelves.rules)),
            shelves.lexicons[-1] if shelves.lexicons else {},
            digest.hexdigest()[:16],
            tuple(shelves.days[-1].values()) if shelves.days else (),
            infos,
            self.retired,
            tuple(self.overlays),
            tuple(self.warnings),
            shelves.guards[-1] if shelves.guards else {},
        )

    def _read(self, source: Source) -> _Read:
        pack = _Read(source)
        pack.calendars += self._models(source, "calendars", CalendarModel)
        pack.lexicons += self._models(source, "lexicons", LexiconModel)
        pack.profiles += self._models(source, "disguises", ProfileModel)
        pack.guards += self._models(source, "guards", GuardModel)
        pack.overlays += self._models(source, "overlays", OverlaysModel)
        for group in GROUPS:
            pack.rules += self._models(source, group, RuleModel)
        if (source.folder / "retired.yml").exists():
            pack.retired += self._model(source.folder / "retired.yml", "retired.yml", RetiredModel)
        return pack

    def _models(self, source: Source, part: str, model: type[M]) -> Iterator[tuple[YamlFile, M]]:
        for path, name in source.files(part):
            yield from self._model(path, name, model)

    def _model(self, path: Path, name: str, model: type[M]) -> Iterator[tuple[YamlFile, M]]:
        try:
            file = read_yaml(path)
            file.name = name
            yield file, validate(model, file)
        except LoadError as error:
            self.problems += error.diagnostics

    def _calendars(self, number: int, pack: _Read) -> None:
        for file, calendar in pack.calendars:
            if not self._fresh("暦", calendar.id, pack, file, ("id",)):
                continue
            fresh = [self._fresh("日付", day.id, pack, file, ("days", i, "id")) for i, day in enumerate(calendar.days)]
            if calendar.id in self.shelves.calendars:
                self._say("FC402", file, ("id",), f"暦「{calendar.id}」が二つあります")
            elif all(fresh):
                self._collect(partial(self.builder.add_calendar, file, calendar))
                self.shelves.calendars[calendar.id] = number, tuple(day.id for day in calendar.days)
        self._collect(self.builder.resolve_days)
        self.shelves.days.append(dict(self.builder.calendars.days))

    def _lexicons(self, number: int, pack: _Read) -> None:
        known = dict(self.shelves.lexicons[number - 1]) if number else {}
        first = len(self.builder.phrases)
        for file, model in pack.lexicons:
            if not self._fresh("語彙", model.id, pack, file, ("id",)):
                continue
            lexicon = self._collect(partial(self.builder.lexicon, file, model))
            if lexicon is None:
                continue
            if lexicon.id in known:
                self._say("FC402", file, ("id",), f"語彙「{lexicon.id}」が二つあります: {known[lexicon.id].place}")
            known[lexicon.id] = lexicon
        self.shelves.lexicons.append(known)
        self._check_slots(first, None)

    def _profiles(self, number: int, pack: _Read) -> None:
        self.builder.profiles = dict(self.shelves.profiles[number - 1]) if number else {}
        first = len(self.builder.phrases)
        for file, model in pack.profiles:
            if self._fresh("プロファイル", model.id, pack, file, ("id",)):
                self._collect(partial(add_profile, self.builder, file, model))
        self.shelves.profiles.append(dict(self.builder.profiles))
        self._check_slots(first, number)

    def _guards(self, number: int, pack: _Read) -> None:
        self._look(number)
        self.builder.guards = dict(self.shelves.guards[number - 1]) if number else {}
        first = len(self.builder.phrases)
        for file, guard in pack.guards:
            if self._fresh("ガード", guard.id, pack, file, ("id",)):
                self._collect(partial(self.builder.add_guard, file, guard))
        self.shelves.guards.append(self.builder.guards)
        self._check_slots(first, number)

    def _rules(self, number: int, pack: _Read) -> None:
        self._look(number)
        first = len(self.builder.phrases)
        rules = self.shelves.rules
        for file, model in pack.rules:
            rule = self._collect(partial(self._rule, file, model))
            if rule is None:
                continue
            if rule.id != (wanted := re.sub(r"\.ya?ml$", "", file.name)):
                self._say("FC401", file, ("id",), f"id「{rule.id}」がファイルの場所と合いません", f"id: {wanted}")
            if self._fresh("規則", rule.id, pack, file, ("id",)):
                if rule.id in rules:
                    self._say("FC402", file, ("id",), f"規則「{rule.id}」が二つあります: {rules[rule.id].place}")
                rules[rule.id] = replace(rule, pack=pack.source.info.id)
                self.shelves.rank[rule.id] = number
        self._check_slots(first, number)

    def _rule(self, file: YamlFile, model: RuleModel) -> Rule:
        return rule_from(self.builder, file, model, disguise_of(self.builder, file, model))

    def _retire(self) -> None:
        files = [file for pack in self.packs for file in pack.retired]
        self.retired, found = retired_ids(files, self.shelves.rules.keys())
        self.problems += [problem for problem in found if problem.level == "error"]
        self.warnings += [problem for problem in found if problem.level != "error"]

    def _overlay(self, number: int, pack: _Read, kind: type[BaseModel]) -> None:
        """Apply the overlays of one pack on one kind of thing, in the order of its files."""
        self._look(number)
        first = len(self.builder.phrases)
        for file, model in pack.overlays:
            for index, change in enumerate(model.overlays):
                if isinstance(change, kind):
                    overlay = Overlay(file, ("overlays", index), f"{pack.source.info.id}/{file.name}")
                    self._collect(partial(self.shelves.apply, change, overlay, number, self.builder, self.retired))
                    self.overlays += overlay.made
                    self.problems += overlay.problems
                    self.warnings += overlay.warnings
        self._check_slots(first, None if kind is LexiconOverlay else number)

    def _look(self, number: int) -> None:
        """Let what is built next name what pack ``number`` can see."""
        self.builder.calendars.only(self.shelves.days[number])
        if len(self.shelves.guards) > number:
            self.builder.guards = self.shelves.guards[number]
        if len(self.shelves.profiles) > number:
            self.builder.profiles = self.shelves.profiles[number]
        if len(self.shelves.lexicons) > number:
            self.builder.lexicons = self.shelves.lexicons[number]

    def _collect(self, make: Callable[[], Any]) -> Any:
        try:
            return make()
        except LoadError as error:
            self.problems += error.diagnostics
            return None

    def _say(self, code: str, file: YamlFile, path: Path_, message: str, hint: str = "") -> None:
        self.problems.append(Diagnostic(code, file.place(path), message, hint))

    def _fresh(self, kind: str, name: str, pack: _Read, file: YamlFile, path: Path_) -> bool:
        """Return whether no pack before this one has the name; otherwise say which one has it."""
        owner = self.home.setdefault((kind, name), pack)
        if owner is not pack:
            hint = "同じ id では作れません。変えたいときは overlays/ に書いてください"
            self._say("FC430", file, path, f"{kind}「{name}」は規則集 {owner.source.info.id} にあります", hint)
        return owner is pack

    def _check_slots(self, first: int, number: int | None) -> None:
        """Check the slots of the phrases made since ``first``: pack ``number`` sees the lexicon; entries have none."""
        lexicons = self.shelves.lexicons[number] if number is not None and self.shelves.lexicons else {}
        for phrase in self.builder.phrases[first:]:
            for slot in slots(phrase.pattern):
                place = phrase.place.within(slot.at, len(slot.name) + 2)
                if number is None:
                    message, hint = "語彙の項目の中では語彙を使えません", "語を並べてください"
                    self.problems.append(Diagnostic("FC404", place, message, hint))
                elif slot.name not in lexicons:
                    hint = did_you_mean(slot.name, lexicons)
                    self.problems.append(Diagnostic("FC403", place, f"語彙「{slot.name}」はありません", hint))
