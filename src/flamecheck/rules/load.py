"""Folders → a pack, with *all* errors of all files in one run.  A pack with an error does not load at all.

First every file of every folder is read, then names are resolved, in stages: calendars, lexicons, guards, rules.  In
each stage the folders come in order, so that one sees what those before it say and nothing of those behind it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from flamecheck.errors import Diagnostic, LoadError, did_you_mean
from flamecheck.grading import GROUPS
from flamecheck.rules.build import Builder, rule_from
from flamecheck.rules.dates import Day
from flamecheck.rules.disguisemodel import ProfileModel
from flamecheck.rules.model import GuardModel, LexiconModel, RuleModel
from flamecheck.rules.packmodel import RetiredModel
from flamecheck.rules.packs import Source, resolve, unread
from flamecheck.rules.pattern import Group, Node, Slot
from flamecheck.rules.profiles import add_profile, disguise_of
from flamecheck.rules.rule import Guard, Lexicon, Pack, Phrase, Profile, Retired, Rule
from flamecheck.rules.whenmodel import CalendarModel
from flamecheck.schema import validate
from flamecheck.yamlsource import Path_, YamlFile, read_yaml

M = TypeVar("M", bound=BaseModel)


def packaged() -> Path:
    """Return the folder of the shipped rules: inside the wheel, or the checkout's ``rules`` for an editable install."""
    root = Path(__file__).resolve().parent.parent
    for folder in (root / "_pack", root.parent.parent / "rules"):
        if (folder / "policies").is_dir():
            return folder
    raise FileNotFoundError(f"flamecheck の規則が見つかりません: {root / '_pack'}")


def load_pack(folders: Iterable[Path]) -> Pack:
    """Load the packs in ``folders`` and all they extend; raises LoadError with every problem of every file."""
    return _Loader(folders).load()


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


class _Loader:
    """Collect problems while loading; raise them together."""

    def __init__(self, folders: Iterable[Path]) -> None:
        sources, self.problems = resolve(folders, packaged)
        self.unsound = bool(self.problems)
        self.packs = [self._read(source) for source in sources]
        self.warnings = [warning for source in sources for warning in unread(source)]
        self.builder = Builder()
        self.days: list[dict[str, Day]] = []
        self.lexicons: list[dict[str, Lexicon]] = []
        self.profiles: list[dict[str, Profile]] = []
        self.guards: list[dict[str, Guard]] = []
        self.rules: dict[str, Rule] = {}
        self.home: dict[tuple[str, str], _Read] = {}

    def load(self) -> Pack:
        # 土台のパックが欠けたまま名前を引くと、無いのは当たり前の名前まで誤りに見える。
        if not self.unsound:
            for stage in (self._calendars, self._lexicons, self._profiles, self._guards, self._rules):
                for number, pack in enumerate(self.packs):
                    stage(number, pack)
        retired = self._retired()
        if self.problems:
            raise LoadError([*self.problems, *self.warnings])
        infos = tuple(pack.source.info for pack in self.packs)
        digest = hashlib.sha256("\n".join(info.fingerprint for info in infos).encode())
        return Pack(
            tuple(self.rules[key] for key in sorted(self.rules)),
            self.lexicons[-1] if self.lexicons else {},
            digest.hexdigest()[:16],
            tuple(self.days[-1].values()) if self.days else (),
            infos,
            retired,
            tuple(self.warnings),
        )

    def _read(self, source: Source) -> _Read:
        pack = _Read(source)
        pack.calendars += self._models(source, "calendars", CalendarModel)
        pack.lexicons += self._models(source, "lexicons", LexiconModel)
        pack.profiles += self._models(source, "disguises", ProfileModel)
        pack.guards += self._models(source, "guards", GuardModel)
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

    def _calendars(self, _: int, pack: _Read) -> None:
        for file, calendar in pack.calendars:
            fresh = [self._fresh("日付", day.id, pack, file, ("days", i, "id")) for i, day in enumerate(calendar.days)]
            if all(fresh):
                self._collect(partial(self.builder.add_calendar, file, calendar))
        self._collect(self.builder.resolve_days)
        self.days.append(dict(self.builder.calendars.days))

    def _lexicons(self, number: int, pack: _Read) -> None:
        known = dict(self.lexicons[number - 1]) if number else {}
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
        self.lexicons.append(known)
        for phrase in self.builder.phrases[first:]:
            for slot in _slots(phrase.pattern):
                self._say_in(phrase, slot, "FC404", "語彙の項目の中では語彙を使えません", "語を並べてください")

    def _profiles(self, number: int, pack: _Read) -> None:
        first = len(self.builder.phrases)
        for file, model in pack.profiles:
            if self._fresh("プロファイル", model.id, pack, file, ("id",)):
                self._collect(partial(add_profile, self.builder, file, model))
        self.profiles.append(dict(self.builder.profiles))
        self._check_slots(first, self.lexicons[number])

    def _guards(self, number: int, pack: _Read) -> None:
        self.builder.calendars.only(self.days[number])
        first = len(self.builder.phrases)
        for file, guard in pack.guards:
            if self._fresh("ガード", guard.id, pack, file, ("id",)):
                self._collect(partial(self.builder.add_guard, file, guard))
        self.guards.append(dict(self.builder.guards))
        self._check_slots(first, self.lexicons[number])

    def _rules(self, number: int, pack: _Read) -> None:
        self.builder.calendars.only(self.days[number])
        self.builder.guards = self.guards[number]
        self.builder.profiles = self.profiles[number]
        first = len(self.builder.phrases)
        for file, model in pack.rules:
            rule = self._collect(partial(self._rule, file, model))
            if rule is not None:
                self._check_id(file, rule)
                if self._fresh("規則", rule.id, pack, file, ("id",)):
                    if rule.id in self.rules:
                        self._say(
                            "FC402", file, ("id",), f"規則「{rule.id}」が二つあります: {self.rules[rule.id].place}"
                        )
                    self.rules[rule.id] = replace(rule, pack=pack.source.info.id)
        self._check_slots(first, self.lexicons[number])

    def _rule(self, file: YamlFile, model: RuleModel) -> Rule:
        return rule_from(self.builder, file, model, disguise_of(self.builder, file, model))

    def _retired(self) -> dict[str, Retired]:
        found: dict[str, Retired] = {}
        for pack in self.packs:
            for file, model in pack.retired:
                for number, item in enumerate(model.retired):
                    path: Path_ = ("retired", number)
                    if item.id in self.rules:
                        self._say("FC436", file, (*path, "id"), f"「{item.id}」は、いまもある規則です")
                    if item.id in found:
                        self._say("FC402", file, (*path, "id"), f"「{item.id}」が二度あります: {found[item.id].place}")
                    for at, name in enumerate(item.replaced_by):
                        self._check_heir(file, (*path, "replaced_by", at), name, found)
                    found[item.id] = Retired(item.id, item.replaced_by, item.why, file.place((*path, "id")))
        return found

    def _check_heir(self, file: YamlFile, path: Path_, name: str, retired: Mapping[str, Retired]) -> None:
        """Check that a replacement is a rule; one that was retired later stands above, so that no chain can be a ring."""
        if name in retired:
            self.warnings.append(retired[name].warning(file.place(path)))
        elif name not in self.rules and not self.unsound:
            self._say("FC436", file, path, f"置き換え先の規則「{name}」はありません", did_you_mean(name, self.rules))

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

    def _check_id(self, file: YamlFile, rule: Rule) -> None:
        wanted = re.sub(r"\.ya?ml$", "", file.name)
        if rule.id != wanted:
            self._say("FC401", file, ("id",), f"id「{rule.id}」がファイルの場所と合いません", f"id: {wanted}")

    def _check_slots(self, first: int, lexicons: Mapping[str, Lexicon]) -> None:
        """Check the slots of the phrases made since ``first`` against the lexicons this pack can see."""
        for phrase in self.builder.phrases[first:]:
            for slot in _slots(phrase.pattern):
                if slot.name not in lexicons:
                    hint = did_you_mean(slot.name, lexicons)
                    self._say_in(phrase, slot, "FC403", f"語彙「{slot.name}」はありません", hint)

    def _say_in(self, phrase: Phrase, slot: Slot, code: str, message: str, hint: str) -> None:
        place = phrase.place.within(slot.at, len(slot.name) + 2)
        self.problems.append(Diagnostic(code, place, message, hint))


def _slots(sequence: Iterable[Node]) -> Iterator[Slot]:
    for node in sequence:
        if isinstance(node, Slot):
            yield node
        elif isinstance(node, Group):
            for option in node.options:
                yield from _slots(option)
