"""The baseline: findings a repository had on the day it began to use this program, as salted hashes.

JSON Lines: a head with the salt, then one entry a line, sorted, so that two branches merge line by line.  An entry says
the path, the rule, a hash of rule, path and sentence, and how often that occurs: no words of the post, no line, no day.
A sentence that moves is known again; one that changes is new.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any, Final, NamedTuple

from flamecheck.errors import Diagnostic, LoadError, Place, said
from flamecheck.finding import Finding
from flamecheck.suppression.sentence import Sentences
from flamecheck.wire import dump

HEAD: Final = "flamecheck-baseline"
VERSION: Final = 1
FILE: Final = "flamecheck-baseline.jsonl"
_CONFLICT: Final = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")
_HEX: Final = frozenset("0123456789abcdef")
_MOST: Final = 1_000_000_000


class Entry(NamedTuple):
    """A sentence of a file and a rule that finds something in it; ``path`` is seen from the folder of the baseline."""

    path: str
    rule: str
    sentence: str


@dataclass(slots=True, frozen=True)
class Baseline:
    """Every entry with how often it occurs; ``file`` is where it stands, ``salt`` what its hashes are made with."""

    file: Path
    salt: str
    entries: Mapping[Entry, int] = field(default_factory=dict)

    def path_of(self, name: str) -> str:
        """Return the path of a file, given as the user named it, as entries have it."""
        folder = os.path.realpath(self.file.parent)
        path = Path(name)
        whole = os.path.join(os.path.realpath(path.parent), path.name)  # noqa: PTH118 - Path は .. を残す
        with contextlib.suppress(ValueError):  # Windows の別のドライブからは、相対では書けない
            whole = os.path.relpath(whole, folder)
        # macOS は名前を分解して持つことがある。
        return unicodedata.normalize("NFC", PurePath(whole).as_posix())

    def entry(self, finding: Finding, path: str, sentences: Sentences) -> Entry:
        """Return the entry of a finding; ``path`` as :meth:`path_of` gives it, ``sentences`` those of its document."""
        parts = json.dumps((finding.rule_id, path, sentences.words(finding.span))).encode()
        return Entry(path, finding.rule_id, hashlib.blake2b(parts, key=self.salt.encode(), digest_size=16).hexdigest())

    def dump(self) -> str:
        """Return the file."""
        lines: list[dict[str, Any]] = [{HEAD: VERSION, "salt": self.salt}]
        for entry, count in sorted(self.entries.items()):
            lines.append({**entry._asdict(), **({"count": count} if count > 1 else {})})
        return "".join(dump(line) + "\n" for line in lines)

    def updated(
        self, seen: Mapping[str, Counter[Entry]], *, prune: bool, exists: Callable[[str], bool]
    ) -> dict[Entry, int]:
        """Return the entries after a look at the files of ``seen``.

        Without ``prune`` entries only join; with it, those that no longer occur in a file of ``seen``, or whose file
        does not exist, leave.
        """
        entries: dict[Entry, int] = {}
        there = {path: exists(path) for path in {entry.path for entry in self.entries} - seen.keys()} if prune else {}
        for entry, count in self.entries.items():
            if entry.path in seen and prune:
                count = min(count, seen[entry.path][entry])  # noqa: PLW2901 - 同じ数の、新しい値
            if count and there.get(entry.path, True):
                entries[entry] = count
        for counts in seen.values():
            for entry, count in counts.items():
                entries[entry] = max(count, entries.get(entry, 0))
        return entries


def read_baseline(path: Path) -> Baseline:
    """Return a baseline; raises LoadError (FC821, FC822, FC823) with everything that is wrong with the file."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise LoadError([Diagnostic("FC823", Place(str(path), 1, 1), f"読めません: {said(error)}")]) from None
    except UnicodeDecodeError:
        raise LoadError([Diagnostic("FC823", Place(str(path), 1, 1), "ベースラインではありません")]) from None
    lines = [line.rstrip("\r") for line in text.split("\n")]
    return _Reader(path, lines).read()


class _Reader:
    def __init__(self, path: Path, lines: list[str]) -> None:
        self.path = path
        self.lines = lines
        self.problems: list[Diagnostic] = []

    def read(self) -> Baseline:
        head: dict[str, Any] | None = None
        entries: dict[Entry, int] = {}
        for number, line in enumerate(self.lines, 1):
            if line.startswith(_CONFLICT):
                self._say("FC822", number, "マージの衝突が残っています")
            elif line.strip():
                data = self._data(line)
                if HEAD in data:
                    if head is not None:
                        self._say("FC821", number, "二つ目の見出しです", "見出しの行は一つだけ残してください")
                    head = data
                    self._check_head(number, data)
                elif head is None and not self.problems:
                    self._say("FC823", number, "ベースラインではありません")
                    break
                elif entry := self._entry(number, data):
                    entries[entry] = max(entries.get(entry, 0), data.get("count", 1))
        if head is None and not self.problems:
            self._say("FC823", 1, "ベースラインではありません（空です）")
        if self.problems or head is None:
            raise LoadError(self.problems)
        return Baseline(self.path, head["salt"], entries)

    def _data(self, line: str) -> dict[str, Any]:
        try:
            data = json.loads(line)
        except (ValueError, RecursionError):
            return {}
        return data if isinstance(data, dict) else {}

    def _check_head(self, number: int, data: dict[str, Any]) -> None:
        if data[HEAD] != VERSION:
            self._say(
                "FC823", number, f"別の版（{data[HEAD]}）のベースラインです", "新しい flamecheck で読んでください"
            )
        elif set(data) != {HEAD, "salt"} or not _hashed(data["salt"]):
            self._say("FC821", number, "見出しが壊れています")

    def _entry(self, number: int, data: dict[str, Any]) -> Entry | None:
        count = data.get("count", 1)
        good = set(data) - {"count"} == set(Entry._fields) and all(isinstance(data[key], str) for key in Entry._fields)
        if good and _hashed(data["sentence"]) and type(count) is int and 1 <= count <= _MOST:
            return Entry(data["path"], data["rule"], data["sentence"])
        self._say("FC821", number, "この行は読めません")
        return None

    def _say(self, code: str, number: int, message: str, hint: str = "") -> None:
        line = self.lines[number - 1]
        self.problems.append(Diagnostic(code, Place(str(self.path), number, 1, line, max(1, len(line))), message, hint))


def _hashed(value: object) -> bool:
    return isinstance(value, str) and len(value) == 32 and set(value) <= _HEX
