"""``flamecheck settings show PATH``: what applies to a file, and who says so."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from flamecheck.display import cells, visible
from flamecheck.grading import Severity

if TYPE_CHECKING:
    from flamecheck.context import Context
    from flamecheck.settings.load import Loaded
    from flamecheck.settings.steps import Said

DEFAULT: Final = "はじめの値"
OWN: Final = "ファイルの中"


PASSED_BY: Final = {
    "exclude": "exclude に合うので（. で始まるものと node_modules は、はじめから除いています）",
    "suffix": "読む種類のファイルではないので",
    "fields": "見る項目の名前（fields）がないので",
    "include": "include に合わないので",
}


class Line(NamedTuple):
    """One value: its key, the value as plain data, as text, and who says it."""

    key: str
    value: Any
    shown: str
    where: str


def add(verb: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """Ask for a file; return the parser of ``show`` so that it can take the flags of ``check``."""
    what = verb.add_subparsers(dest="what", required=True, metavar="show")
    show = what.add_parser("show", help="このファイルに効く設定と、それを決めた場所")
    show.add_argument("path", metavar="PATH", help="ファイル（まだなくてもよい）")
    show.add_argument("--format", choices=("text", "json"), default="text", help="出力の形")
    return show


def run(arguments: argparse.Namespace) -> int:
    """Show what applies; raises LoadError when the settings have errors."""
    from flamecheck.cli.common import loaded_of
    from flamecheck.formats import DATA, PROSE
    from flamecheck.settings.files import from_root, passed_by
    from flamecheck.settings.tomlsource import named

    loaded = loaded_of(arguments)
    path = Path(arguments.path)
    seen = from_root(path, loaded.root)
    told, note = _told_by_file(path, arguments.encoding)
    lines = list(_lines(loaded, seen, told))
    reason = passed_by(seen, loaded.settings(), prose=PROSE.keys(), data=DATA.keys())
    file = named(loaded.file) if loaded.file else None
    if arguments.format == "json":
        values = [{"key": line.key, "value": line.value, **_source(line.where)} for line in lines]
        row = {
            "path": seen,
            "root": str(loaded.root),
            "file": file,
            "passed_by": reason or None,
            "note": note,
            "values": values,
        }
        print(json.dumps(row, ensure_ascii=False, indent=2))
        return 0
    print(f"{visible(seen)} に効く設定（{visible(file) if file else '設定ファイルなし'}）\n")
    widths = [max(cells(line[column]) for line in lines) for column in (0, 2)]
    last = ""
    for line in lines:
        key = "" if line.key == last else line.key
        last = line.key
        print(f"{_padded(key, widths[0])}  {_padded(line.shown, min(widths[1], 48))}  {line.where or DEFAULT}".rstrip())
    print()
    if reason:
        print(f"\n{PASSED_BY[reason]}、フォルダーを見るときには読みません。名指しすれば読みます。")
    if note:
        print(note)
    return 0


def _lines(loaded: Loaded, seen: str, told: Context | None) -> Iterator[Line]:
    """Yield every value in the order of the keys; a list has a line for each item."""
    from flamecheck.settings.keys import KEYS
    from flamecheck.settings.load import DEFAULTS
    from flamecheck.settings.steps import FLAG

    found = loaded.told(seen)
    own = _own(told)
    for name in KEYS:
        if name in ("extends", "overrides"):
            continue
        keys = sorted(
            {key for key in found if key.partition(".")[0] == name} | (set(own) if name == "context" else set())
        )
        for key in keys or ([name] if name in DEFAULTS else []):
            said = found.get(key, ())
            by_flag = said and said[-1].where.startswith(FLAG)
            if key in own and not by_flag:
                yield Line(key, own[key], str(own[key]), OWN)
            elif key not in found:
                yield Line(key, DEFAULTS[name], str(DEFAULTS[name]), "")
            else:
                yield from (_line(key, item) for item in (said if KEYS[name].many else said[-1:]))


def _line(key: str, said: Said) -> Line:
    value = said.value
    if key == "allow":
        plain: Any = {"words": value.words, "reason": value.reason, "rules": list(value.rules)}
        text = f"{value.words}（{value.reason}）" + (f" [{', '.join(value.rules)}]" if value.rules else "")
    elif key == "lexicons":
        plain = {"lexicon": value.lexicon, "form": value.form, "reason": value.why}
        text = f"{value.lexicon} + {value.form}（{value.why}）"
    elif isinstance(value, Severity):
        plain = text = value.label
    elif isinstance(value, bool):
        plain, text = value, str(value).lower()
    else:
        plain = str(value) if isinstance(value, PurePath) else value
        text = str(plain)
    return Line(key, plain, visible(text), visible(said.where))


def _source(where: str) -> dict[str, str | None]:
    """Return which kind of thing says a value, and where that stands."""
    if where in ("", OWN):
        return {"from": "draft" if where else "default", "where": None}
    return {"from": "flag" if where.startswith("--") else "settings", "where": where}


def _told_by_file(path: Path, encoding: str | None) -> tuple[Context | None, str]:
    """Return what a file says of itself (None when that is not one context), and what there is to say about it."""
    from flamecheck.document import Source
    from flamecheck.errors import InputError
    from flamecheck.formats import DATA, PROSE, documents_of
    from flamecheck.inputs.files import read_text

    if not path.exists():
        return None, "このファイルはまだありません。中に書く文脈は数えていません。"
    if path.suffix.lower() not in PROSE.keys() | DATA.keys():
        return None, ""
    try:
        text, _ = read_text(path, encoding=encoding)
        documents = documents_of(Source(str(path), text))
    except InputError as error:
        return None, f"ファイルの中の文脈は読めません: {error.message}"
    if len(documents) != 1:
        return None, f"投稿が {len(documents)} 件あるファイルです。それぞれの中に書いた文脈は数えていません。"
    return documents[0].context, ""


def _own(told: Context | None) -> dict[str, Any]:
    """Return what a file says of itself, as keys of the settings."""
    from dataclasses import fields

    if told is None:
        return {}
    values = {item.name: getattr(told, item.name) for item in fields(told) if item.name != "timed"}
    values["posted_at"] = _moment(told)
    return {f"context.{key}": value for key, value in values.items() if value is not None}


def _moment(told: Context) -> str | None:
    if told.posted_at is None:
        return None
    return told.posted_at.isoformat() if told.timed else told.posted_at.date().isoformat()


def _padded(text: str, width: int) -> str:
    return text + " " * max(0, width - cells(text))
