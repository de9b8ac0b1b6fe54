"""One value of a settings file → what was said there, or a diagnostic at its place.  One function for each kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final

from flamecheck.context import Context
from flamecheck.errors import Diagnostic, InputError, did_you_mean
from flamecheck.grading import Severity
from flamecheck.rules.provenance import Words
from flamecheck.settings.globs import Globs
from flamecheck.settings.keys import KEYS
from flamecheck.settings.steps import Said
from flamecheck.settings.tomlsource import TomlFile
from flamecheck.settings.values import Allowed
from flamecheck.yamlsource import Path_

GRADES: Final = {severity.label: severity for severity in Severity}
OURS: Final = "設定に書かれた自社の言葉"


class Kinds:
    """The values of one file; problems are collected."""

    def __init__(self, file: TomlFile, folder: Path) -> None:
        """Read the values of ``file``; paths are seen from ``folder``."""
        self.file, self.folder = file, folder
        self.problems: list[Diagnostic] = []

    def read(self, kind: str, name: str, path: Path_, value: Any) -> dict[str, tuple[Said, ...]]:
        """Return what the value of a key says; a part that cannot be read is left out and told."""
        if kind in ("grades", "context"):
            return {f"{name}.{key}": said for key, said in _PARTS[kind](self, path, value)}
        return {name: tuple(_KINDS[kind](self, path, value))}

    def texts(self, path: Path_, value: Any) -> Iterator[Said]:
        """Yield one string or every string of a list."""
        for where, text in self.listed(path, value):
            if isinstance(text, str) and text.strip():
                yield Said(text, self.file.place(where))
            else:
                self.wrong(where, text, "文字列")

    def text(self, path: Path_, value: Any) -> Iterator[Said]:
        """Yield one string."""
        if isinstance(value, list):
            self.wrong(path, value, "文字列")
        else:
            yield from self.texts(path, value)

    def listed(self, path: Path_, value: Any) -> Iterator[tuple[Path_, Any]]:
        """Yield the items of a list with their paths, or the one value that is written instead of a list."""
        if isinstance(value, list):
            yield from (((*path, number), item) for number, item in enumerate(value))
        else:
            yield path, value

    def wrong(self, path: Path_, value: Any, wanted: str) -> None:
        """Say that a value is of the wrong kind (FC201)."""
        if isinstance(value, str) and not value.strip():
            self.say("FC201", path, "空にはできません", _meaning(path))
        else:
            self.say("FC201", path, f"{wanted}を書いてください（書かれているのは{_kind(value)}）", _meaning(path))

    def say(self, code: str, path: Path_, message: str, hint: str = "", *, key: bool = False) -> None:
        """Tell what is wrong at the value of ``path``, or at its key."""
        place = self.file.key(path) if key else self.file.place(path)
        self.problems.append(Diagnostic(code, place, message, hint))

    def table(self, path: Path_, value: Any, known: tuple[str, ...] = (), needed: tuple[str, ...] = ()) -> bool:
        """Return whether the value is a table with the needed keys, and tell of keys that are not known."""
        if not isinstance(value, dict):
            self.wrong(path, value, "キーと値の組")
            return False
        for key in value:
            if known and key not in known:
                self.say("FC202", (*path, key), f"キー「{key}」はありません", did_you_mean(key, known), key=True)
        missing = [key for key in needed if key not in value]
        for key in missing:
            self.say("FC203", path, f"必要なキー「{key}」がありません", f"{key} = … を足してください")
        return not missing

    def _flag(self, path: Path_, value: Any) -> Iterator[Said]:
        if isinstance(value, bool):
            yield Said(value, self.file.place(path))
        else:
            self.wrong(path, value, "true か false ")

    def _count(self, path: Path_, value: Any) -> Iterator[Said]:
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            yield Said(value, self.file.place(path))
        else:
            self.wrong(path, value, "0 以上の整数")

    def _globs(self, path: Path_, value: Any) -> Iterator[Said]:
        for said in self.texts(path, value):
            try:
                Globs([said.value])
            except ValueError as error:
                self.problems.append(Diagnostic("FC706", said.place, f"「{said.value}」: {error}"))
            else:
                yield said

    def _file(self, path: Path_, value: Any) -> Iterator[Said]:
        for said in self.text(path, value):
            yield Said(self.folder / said.value, said.place)

    def _folders(self, path: Path_, value: Any) -> Iterator[Said]:
        for said in self.texts(path, value):
            folder = self.folder / said.value
            if folder.is_dir():
                yield Said(folder, said.place)
            else:
                message = f"規則のフォルダー「{said.value}」がありません"
                self.problems.append(Diagnostic("FC702", said.place, message, "書いたファイルから見た場所です"))

    def _policy(self, path: Path_, value: Any) -> Iterator[Said]:
        for said in self.text(path, value):
            file = self.folder / said.value
            if file.suffix not in (".yml", ".yaml"):
                yield said
            elif file.is_file():
                yield Said(str(file), said.place)
            else:
                message = f"方針のファイル「{said.value}」がありません"
                self.problems.append(Diagnostic("FC702", said.place, message, "書いたファイルから見た場所です"))

    def _allow(self, path: Path_, value: Any) -> Iterator[Said]:
        for where, item in self.listed(path, value):
            if isinstance(item, str):
                hint = f'{{ words = "{item}", reason = "商品の名前" }} のように書いてください'
                self.say("FC203", where, "どうして指摘しなくてよいのか、reason が要ります", hint)
            elif self.table(where, item, ("words", "reason", "rules"), ("words", "reason")):
                reasons = list(self.text((*where, "reason"), item["reason"]))
                rules = tuple(self.texts((*where, "rules"), item.get("rules", [])))
                for words in self.texts((*where, "words"), item["words"]):
                    for reason in reasons:
                        ids = tuple(rule.value for rule in rules)
                        shown = Said(words.value, words.place).where
                        yield Said(Allowed(words.value, reason.value, ids, shown), words.place, rules)

    def _lexicons(self, path: Path_, value: Any) -> Iterator[Said]:
        if not self.table(path, value):
            return
        for name, words in value.items():
            for where, item in self.listed((*path, name), words):
                yield from self._words(name, self.file.key((*path, name)), where, item)

    def _words(self, name: str, named: Any, where: Path_, item: Any) -> Iterator[Said]:
        form, reason, at = item, OURS, where
        if isinstance(item, dict):
            if not self.table(where, item, ("form", "reason"), ("form",)):
                return
            form, at = item["form"], (*where, "form")
            for said in self.text((*where, "reason"), item.get("reason", OURS)):
                reason = said.value
        for said in self.text(at, form):
            yield Said(Words(name, said.value, reason, said.place, named), said.place)

    def _grades(self, path: Path_, value: Any) -> Iterator[tuple[str, tuple[Said, ...]]]:
        for key, word in value.items() if self.table(path, value) else ():
            if isinstance(word, str) and word in GRADES:
                yield key, (Said(GRADES[word], self.file.key((*path, key))),)
            elif isinstance(word, str):
                self.say("FC205", (*path, key), f"「{word}」は使えません", did_you_mean(word, GRADES))
            else:
                self.wrong((*path, key), word, f"重さ（{' '.join(GRADES)}）")

    def _context(self, path: Path_, value: Any) -> Iterator[tuple[str, tuple[Said, ...]]]:
        for key, item in value.items() if self.table(path, value) else ():
            plain = item.isoformat() if isinstance(item, date | datetime) else item
            try:
                Context.of({key: plain})
            except InputError as error:
                self.say("FC704", (*path, key), error.message, key=error.code == "context-key")
            else:
                yield key, (Said(plain, self.file.place((*path, key))),)


_KINDS: Final[dict[str, Callable[[Kinds, Path_, Any], Iterator[Said]]]] = {
    "text": Kinds.text,
    "texts": Kinds.texts,
    "flag": Kinds._flag,
    "count": Kinds._count,
    "globs": Kinds._globs,
    "file": Kinds._file,
    "folders": Kinds._folders,
    "policy": Kinds._policy,
    "allow": Kinds._allow,
    "lexicons": Kinds._lexicons,
}
_PARTS: Final[dict[str, Callable[[Kinds, Path_, Any], Iterator[tuple[str, tuple[Said, ...]]]]]] = {
    "grades": Kinds._grades,
    "context": Kinds._context,
}


def _meaning(path: Path_) -> str:
    """Return what the key that ``path`` leads to, or through, is for."""
    name = next((part for part in reversed(path) if part in KEYS), "")
    return f"{name}: {KEYS[str(name)].told}" if name else ""


def _kind(value: Any) -> str:
    if isinstance(value, bool):
        return f"真偽値 {str(value).lower()}"
    if isinstance(value, int | float):
        return f"数 {value}"
    if isinstance(value, date | time):
        return f"日付・時刻 {value}"
    if isinstance(value, str):
        return f"文字列「{value[:40]}」"
    return "一覧" if isinstance(value, list) else "キーと値の組"
