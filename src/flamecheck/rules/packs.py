"""Folders → packs in the order they are loaded: what a pack stands on comes before it, each folder once.

A pack is a folder with ``pack.yml``; a folder without one is a pack too, called after the folder and without a version.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from flamecheck.errors import Diagnostic, LoadError, Place, did_you_mean
from flamecheck.grading import GROUPS
from flamecheck.rules.packmodel import PackModel
from flamecheck.rules.provenance import PackInfo
from flamecheck.rules.versions import installed, satisfies, version_key
from flamecheck.schema import validate
from flamecheck.yamlsource import Path_, YamlFile, read_yaml

SHIPPED: Final = "flamecheck"
PARTS: Final = ("calendars", "lexicons", "disguises", "guards", *GROUPS, "overlays")
"""The folders of a pack whose files are loaded, in that order; ``policies`` are read by name when one is asked for."""
FILES: Final = ("pack.yml", "retired.yml")
_YAML: Final = re.compile(r"\.ya?ml", re.IGNORECASE)


@dataclass(slots=True, frozen=True)
class Source:
    """One pack that is to be read: what it says about itself, and where."""

    folder: Path
    info: PackInfo
    file: YamlFile = field(compare=False)
    model: PackModel | None = None

    def files(self, part: str) -> Iterator[tuple[Path, str]]:
        """Yield the path of every file of a part, and its name inside the pack, in the order of the names."""
        yield from sorted(_files(self.folder, part), key=lambda found: found[1])


def resolve(folders: Iterable[Path], shipped: Callable[[], Path]) -> tuple[list[Source], list[Diagnostic]]:
    """Return the packs of ``folders`` with all they extend, in order, and every problem (FC430, FC431, FC432)."""
    resolver = _Resolver(shipped)
    for folder in folders:
        resolver.add(folder, Place(str(folder), 1, 1))
    return list(resolver.sources.values()), resolver.problems


class _Resolver:
    """Walk ``extends`` depth first."""

    def __init__(self, shipped: Callable[[], Path]) -> None:
        self.shipped = shipped
        self.sources: dict[Path, Source] = {}
        self.open: dict[Path, str] = {}
        self.problems: list[Diagnostic] = []

    def add(self, folder: Path, place: Place) -> None:
        key = folder.resolve()
        if key in self.sources:
            return
        if key in self.open:
            ring = list(self.open)[list(self.open).index(key) :]
            circle = " → ".join(self.open[path] for path in [*ring, key])
            self._say(
                "FC432", place, f"extends が輪になっています: {circle}", "どれか一つから extends を消してください"
            )
            return
        if not folder.is_dir():
            self._say("FC432", place, f"規則のフォルダーがありません: {folder.name}", "書いたファイルから見た場所です")
            return
        source = self._source(folder)
        if source:
            self.open[key] = source.info.id
            for number, name in enumerate(source.model.extends if source.model else ()):
                base = self.shipped() if name == SHIPPED else folder / name
                self.add(base, source.file.place(("extends", number)))
            del self.open[key]
            self._check(source)
            self.sources[key] = source

    def _source(self, folder: Path) -> Source | None:
        path = folder / "pack.yml"
        file = YamlFile(str(folder))
        model = None
        if path.exists():
            try:
                file = read_yaml(path)
                model = validate(PackModel, file)
            except LoadError as error:
                self.problems += error.diagnostics
                return None
        elif not any((folder / part).is_dir() for part in (*PARTS, "policies")) and not any(
            (folder / name).exists() for name in FILES
        ):
            hint = f"規則は {GROUPS[0]}/ などのフォルダーに置きます"
            self._say("FC432", Place(str(folder), 1, 1), "このフォルダーには規則も pack.yml もありません", hint)
            return None
        file.name = "pack.yml"
        name = model.id if model else folder.resolve().name
        info = PackInfo(
            name, model.version if model else "", model.title if model else "", fingerprint(folder), str(folder)
        )
        return Source(folder, info, file, model)

    def _check(self, source: Source) -> None:
        """Check the id, the version and what is required, against the packs that come before."""
        if source.model is None:
            return
        before = {other.info.id: other.info.version for other in self.sources.values()}
        file, model = source.file, source.model
        if any(other.model and other.info.id == model.id for other in self.sources.values()):
            self._say("FC430", file.place(("id",)), f"規則集「{model.id}」が二つあります", "id を変えてください")
        if version_key(model.version) is None:
            self._say("FC431", file.place(("version",)), f"「{model.version}」は版の番号ではありません", "例: 1.0.0")
        for name, wanted in model.requires.items():
            path: Path_ = ("requires", name)
            have = installed() if name == SHIPPED else before.get(name)
            if have is None:
                hint = did_you_mean(name, [SHIPPED, *before])
                self._say("FC431", file.keys.get(path, file.place(path)), f"規則集「{name}」がありません", hint)
            elif satisfies("0.0.0", wanted) is None:
                self._say("FC431", file.place(path), f"「{wanted}」は版の範囲ではありません", '例: ">=0.1,<0.2"')
            elif not satisfies(_plain(have), wanted):
                self._say("FC431", file.place(path), f"{name} {have or '（版なし）'} は {wanted} に合いません")

    def _say(self, code: str, place: Place, message: str, hint: str = "") -> None:
        self.problems.append(Diagnostic(code, place, message, hint))


def _plain(version: str) -> str:
    """Return a version as SemVer: the release numbers of one written for Python (``0.2.0.dev1`` is ``0.2.0-dev1``)."""
    match = re.fullmatch(r"(\d+\.\d+\.\d+)\.?((?:a|b|rc|dev)\d+)(?:\+.*)?", version)
    return f"{match[1]}-{match[2]}" if match else version.partition("+")[0]


def _files(folder: Path, part: str) -> Iterator[tuple[Path, str]]:
    for path in (folder / part).rglob("*"):
        if _YAML.fullmatch(path.suffix):
            yield path, path.relative_to(folder).as_posix()


def fingerprint(folder: Path) -> str:
    """Return 16 hexadecimal digits that depend on the loaded files alone: their names inside the pack and their text.

    Where the folder lies, the order in which a disk lists it, a byte order mark and the style of line ends do not matter.
    """
    found = [found for part in PARTS for found in _files(folder, part)]
    found += [(folder / name, name) for name in FILES if (folder / name).is_file()]
    digest = hashlib.sha256()
    for path, name in sorted(found, key=lambda item: item[1]):
        try:
            content = path.read_bytes()
        except OSError:  # 読めないファイルは、読むときに診断になる
            continue
        text = content.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
        digest.update(f"{name}\0{len(text)}\0".encode() + text)
    return digest.hexdigest()[:16]


def unread(source: Source) -> Iterator[Diagnostic]:
    """Yield a warning (FC438) for YAML files in the folder that nothing loads; a pack inside a pack is not its own."""
    known = {*PARTS, "policies"}
    for path in sorted(source.folder.iterdir(), key=lambda path: path.name):
        place = Place(str(path), 1, 1)
        if path.is_dir():
            foreign = path.name not in known and path.name[0] not in "._" and not (path / "pack.yml").exists()
            if foreign and any(_YAML.fullmatch(file.suffix) for file in path.rglob("*")):
                hint = did_you_mean(path.name, known)
                yield Diagnostic("FC438", place, f"フォルダー「{path.name}」は読みません", hint, level="warning")
        elif _YAML.fullmatch(path.suffix) and path.name not in FILES and path.name[0] != ".":
            hint = did_you_mean(path.name, FILES)
            yield Diagnostic("FC438", place, f"「{path.name}」は読みません", hint, level="warning")
