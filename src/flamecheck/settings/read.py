"""Settings files → steps: one for each table, those of ``extends`` first; every error of every file at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from flamecheck.errors import Diagnostic, LoadError, Place, did_you_mean
from flamecheck.settings.keys import EACH, KEYS
from flamecheck.settings.kinds import Kinds
from flamecheck.settings.steps import Said, Step
from flamecheck.settings.tomlsource import TomlFile, named, read_toml
from flamecheck.yamlsource import Path_

PYPROJECT: Final = "pyproject.toml"
NAME: Final = "flamecheck.toml"
DEEPEST: Final = 20
TABLE: Final[Path_] = ("tool", "flamecheck")


@dataclass(slots=True)
class Chain:
    """A settings file with all it extends: the steps in order, the files in order, every problem."""

    steps: list[Step] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)
    problems: list[Diagnostic] = field(default_factory=list)
    _open: dict[Path, str] = field(default_factory=dict)

    def add(self, path: Path, place: Place | None = None) -> None:
        """Read ``path``, named at ``place``, after the files it extends; a file that was read already counts once."""
        key = path.resolve()
        if key in self._open:
            ring = [*list(self._open.values())[list(self._open).index(key) :], named(path)]
            self._say(
                place, f"extends が輪になっています: {' → '.join(ring)}", "どれか一つから extends を消してください"
            )
            return
        if key in self.files:
            return
        if len(self._open) >= DEEPEST:
            self._say(place, f"extends が深すぎます（{DEEPEST} 段まで）", "一つのファイルから並べて読んでください")
            return
        if place and not path.is_file():
            self._say(place, f"設定ファイル「{named(path)}」がありません", "書いたファイルから見た場所です")
            return
        try:
            file = read_toml(path)
        except LoadError as error:
            self.problems += error.diagnostics
            self.files.append(key)
            return
        base = TABLE if path.name == PYPROJECT else ()
        table = table_of(file, base)
        if table is None:
            self._say(place or Place(named(path), 1, 1), f"「{named(path)}」に [tool.flamecheck] がありません")
        self._open[key] = named(path)
        reader = _Reader(file, path.parent)
        for said in reader.extended(table, base):
            self.add(path.parent / said.value, said.place)
        del self._open[key]
        self.files.append(key)
        self.steps += reader.steps(table, base)
        self.problems += reader.problems

    def _say(self, place: Place | None, message: str, hint: str = "") -> None:
        self.problems.append(Diagnostic("FC702", place or Place("", 1, 1), message, hint))


def table_of(file: TomlFile, base: Path_) -> Any:
    """Return what stands at ``base``, or None."""
    data: Any = file.data
    for part in base:
        data = data.get(part) if isinstance(data, dict) else None
    return data


class _Reader(Kinds):
    """One file: its table and its overrides."""

    def extended(self, table: Any, base: Path_) -> list[Said]:
        """Return the files that come first."""
        if not isinstance(table, dict) or "extends" not in table:
            return []
        return list(self.texts((*base, "extends"), table["extends"]))

    def steps(self, table: Any, base: Path_) -> list[Step]:
        """Return the table and its overrides as steps, in the order of the file."""
        if table is None or not self.table(base, table):
            return []
        found = [Step(self._entries(table, base), place=self.file.place(base))]
        overrides = table.get("overrides", [])
        where = (*base, "overrides")
        if not isinstance(overrides, list):
            self.wrong(where, overrides, "一覧（[[overrides]]）")
            return found
        for number, item in enumerate(overrides):
            path = (*where, number)
            if self.table(path, item, needed=("paths",)):
                paths = self.read("globs", "paths", (*path, "paths"), item["paths"])["paths"]
                if item["paths"] == []:
                    self.say("FC201", (*path, "paths"), "空にはできません", "paths: この設定が効くファイル")
                entries = self._entries(item, path, each=True)
                if paths:
                    found.append(Step(entries, tuple(said.value for said in paths), self.file.place(path)))
            elif isinstance(item, dict):
                self._entries(item, path, each=True)
        return found

    def _entries(self, table: dict[str, Any], path: Path_, *, each: bool = False) -> dict[str, tuple[Said, ...]]:
        found: dict[str, tuple[Said, ...]] = {}
        for name, value in table.items():
            key = KEYS.get(name)
            where = (*path, name)
            if name in ("extends", "overrides") if not each else name == "paths":
                continue
            if key is None:
                self._unknown(where, name, each=each)
            elif each and not key.each:
                hint = f"すべてのファイルに効くキーです。表の外に書いてください（ここに書けるのは {', '.join(EACH)}）"
                self.say("FC703", where, f"「{name}」は overrides には書けません", hint, key=True)
            else:
                found |= self.read(key.kind, name, where, value)
        return found

    def _unknown(self, where: Path_, name: str, *, each: bool) -> None:
        hint = did_you_mean(name, ("paths", *EACH) if each else KEYS)
        if name == "tool" and where == ("tool",):
            hint = f"{NAME} では [tool.flamecheck] と書かず、キーをそのまま書いてください"
        self.say("FC202", where, f"キー「{name}」はありません", hint, key=True)
