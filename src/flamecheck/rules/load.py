"""Folders → a pack, with *all* errors of all files in one run.  A pack with an error does not load at all.

Two phases: calendars and guards first, because rules name them; then rules.  Lexicon names are resolved last.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from flamecheck.errors import Diagnostic, LoadError, did_you_mean
from flamecheck.grading import GROUPS
from flamecheck.rules.build import Builder, rule_from
from flamecheck.rules.model import GuardModel, LexiconModel, RuleModel
from flamecheck.rules.pattern import Group, Node, Slot
from flamecheck.rules.rule import Lexicon, Pack, Rule
from flamecheck.rules.whenmodel import CalendarModel
from flamecheck.schema import validate
from flamecheck.yamlsource import YamlFile, read_yaml

M = TypeVar("M", bound=BaseModel)
SHARED = ("lexicons", "guards", "calendars", "policies")


def packaged() -> Path:
    """Return the folder of the shipped rules: inside the wheel, or the checkout's ``rules`` for an editable install."""
    root = Path(__file__).resolve().parent.parent
    for folder in (root / "_pack", root.parent.parent / "rules"):
        if (folder / "policies").is_dir():
            return folder
    raise FileNotFoundError(f"flamecheck の規則が見つかりません: {root / '_pack'}")


def load_pack(folders: Iterable[Path]) -> Pack:
    """Load every file below ``folders``; raises LoadError with every problem of every file."""
    return _Loader(list(folders)).load()


class _Loader:
    """Collect problems while loading; raise them together."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self.folders = folders
        self.problems: list[Diagnostic] = []
        self.digest = hashlib.sha256()

    def load(self) -> Pack:
        builder = Builder()
        for file, calendar in self._models("calendars", CalendarModel):
            self._collect(partial(builder.add_calendar, file, calendar))
        self._collect(builder.resolve_days)
        for file, guard in self._models("guards", GuardModel):
            self._collect(partial(builder.add_guard, file, guard))
        lexicons: dict[str, Lexicon] = {}
        for file, model in self._models("lexicons", LexiconModel):
            made = self._collect(partial(builder.lexicon, file, model))
            if made is None:
                continue
            if made.id in lexicons:
                self._say("FC402", file, ("id",), f"語彙「{made.id}」が二つあります: {lexicons[made.id].place}")
            lexicons[made.id] = made
        rules: dict[str, Rule] = {}
        for group in GROUPS:
            for file, rule_model in self._models(group, RuleModel):
                rule = self._collect(partial(rule_from, builder, file, rule_model))
                if rule is None:
                    continue
                self._check_id(file, rule, group)
                if rule.id in rules:
                    self._say("FC402", file, ("id",), f"規則「{rule.id}」が二つあります: {rules[rule.id].place}")
                rules[rule.id] = rule
        self._check_slots(lexicons, builder)
        if self.problems:
            raise LoadError(self.problems)
        ordered = tuple(rules[key] for key in sorted(rules))
        days = tuple(builder.calendars.days.values())
        return Pack(ordered, lexicons, self.digest.hexdigest()[:16], days)

    def _models(self, part: str, model: type[M]) -> Iterator[tuple[YamlFile, M]]:
        for folder in self.folders:
            for path in sorted((folder / part).glob("**/*.y*ml")):
                name = path.relative_to(folder).as_posix()
                try:
                    self.digest.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
                    file = read_yaml(path)
                    file.name = name
                    yield file, validate(model, file)
                except LoadError as error:
                    self.problems += error.diagnostics
                except OSError:
                    self.problems += _unreadable(path)

    def _collect(self, make: Callable[[], Any]) -> Any:
        try:
            return make()
        except LoadError as error:
            self.problems += error.diagnostics
            return None

    def _say(self, code: str, file: YamlFile, path: tuple[str | int, ...], message: str, hint: str = "") -> None:
        self.problems.append(Diagnostic(code, file.place(path), message, hint))

    def _check_id(self, file: YamlFile, rule: Rule, group: str) -> None:
        wanted = re.sub(r"\.ya?ml$", "", file.name)
        if rule.id != wanted or not rule.id.startswith(group + "/"):
            self._say("FC401", file, ("id",), f"id「{rule.id}」がファイルの場所と合いません", f"id: {wanted}")

    def _check_slots(self, lexicons: dict[str, Lexicon], builder: Builder) -> None:
        for phrase in builder.phrases:
            for slot in _slots(phrase.pattern):
                if slot.name not in lexicons:
                    place = phrase.place.within(slot.at, len(slot.name) + 2)
                    hint = did_you_mean(slot.name, lexicons)
                    self.problems.append(Diagnostic("FC403", place, f"語彙「{slot.name}」はありません", hint))
        for lexicon in lexicons.values():
            for _, phrase in lexicon.entries:
                for slot in _slots(phrase.pattern):
                    place = phrase.place.within(slot.at, len(slot.name) + 2)
                    self.problems.append(
                        Diagnostic("FC404", place, "語彙の項目の中では語彙を使えません", "語を並べてください")
                    )


def _unreadable(path: Path) -> tuple[Diagnostic, ...]:
    try:
        read_yaml(path)
    except LoadError as error:
        return error.diagnostics
    return ()


def _slots(sequence: Iterable[Node]) -> Iterator[Slot]:
    for node in sequence:
        if isinstance(node, Slot):
            yield node
        elif isinstance(node, Group):
            for option in node.options:
                yield from _slots(option)
