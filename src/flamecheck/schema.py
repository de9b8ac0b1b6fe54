"""Check a YAML file against a pydantic model; every problem becomes a located diagnostic in Japanese."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from flamecheck.errors import Diagnostic, LoadError, did_you_mean
from flamecheck.yamlsource import Path_, YamlFile

TAG: Final = "«"
"""Union tags start with this sign, so that they can be told from keys in an error's path."""

M = TypeVar("M", bound=BaseModel)

SENTENCES: Final[Mapping[str, str]] = {
    "string_type": "文字列を書いてください",
    "tuple_type": "一覧（- で始まる行）を書いてください",
    "dict_type": "キーと値の組を書いてください",
    "model_type": "キーと値の組を書いてください",
    "bool_parsing": "true か false を書いてください",
    "bool_type": "true か false を書いてください",
    "int_parsing": "整数を書いてください",
    "int_parsing_size": "整数を書いてください",
    "int_type": "整数を書いてください",
    "greater_than_equal": "{ge} 以上の数を書いてください",
    "less_than_equal": "{le} 以下の数を書いてください",
    "date": "日付は 2026-08-09 の形で書いてください",
    "string_pattern_mismatch": "「{input}」の書き方が違います",
    "too_short": "空にはできません",
    "string_too_short": "空にはできません",
    "other": "「{input}」は使えません",
}
"""One sentence for each kind of error the validator can raise; its own words are English and are never shown."""

_CHOICES: Final = ("literal_error", "enum")
_QUOTE: Final = "「: 」を含む値は引用符で囲んでください"


class _Problem(NamedTuple):
    """One error of the validator at its real place in the data; ``tags`` are the alternatives it was tried as."""

    kind: str
    path: Path_
    value: Any
    context: Mapping[str, Any]
    tags: tuple[str, ...]


def validate(model: type[M], file: YamlFile) -> M:
    """Return the file as ``model``; raises LoadError listing every problem (FC201 to FC206)."""
    hint = "# を含む値は、全体を引用符で囲んでください。注釈なら、# の後ろに空白を置いてください"
    problems = [Diagnostic("FC206", place, "値が # の手前で切れています", hint) for place in file.cut.values()]
    problems += [_missing_value(file, model, path) for path in _empty(file.data, ())]
    try:
        value = model.model_validate(file.data)
    except ValidationError as error:
        problems += [_diagnostic(file, model, group) for group in _telling(error, file.data)]
        raise LoadError(problems) from None
    if problems:
        raise LoadError(problems)
    return value


def _telling(error: ValidationError, data: Any) -> list[list[_Problem]]:
    """Return the errors by place, without those that only follow from another one."""
    groups: dict[tuple[Path_, bool], list[_Problem]] = {}
    for item in error.errors(include_url=False):
        if item["type"] != "missing" and item["input"] is None:
            continue
        path, tags = _real(item["loc"], data, missing=item["type"] == "missing")
        problem = _Problem(item["type"], path, item.get("input"), item.get("ctx", {}), tags)
        groups.setdefault((path, problem.kind == "extra_forbidden"), []).append(problem)
    extra = {path[:-1] for path, is_extra in groups if is_extra}
    kept = []
    for (path, _), group in groups.items():
        # 組になってしまった言葉には、足りないキーではなく余ったキーのほうを言う。
        if group[0].kind == "missing" and path[-1] == "phrase" and path[:-1] in extra:
            continue
        # 中身が誤りで空になった一覧には、中身のほうだけを言う。
        if group[0].kind == "too_short" and any(len(o) > len(path) and o[: len(path)] == path for o, _ in groups):
            continue
        kept.append(group)
    return kept


def _real(loc: Iterable[str | int], data: Any, *, missing: bool) -> tuple[Path_, tuple[str, ...]]:
    """Return the part of an error's path that leads through the data, and the labels of alternatives left out."""
    path: list[str | int] = []
    tags: list[str] = []
    parts = list(loc)
    for number, part in enumerate(parts):
        last = missing and number == len(parts) - 1
        if isinstance(data, dict) and (part in data or last):
            path.append(part)
            data = data.get(part)
        elif isinstance(data, list) and isinstance(part, int) and part < len(data):
            path.append(part)
            data = data[part]
        else:
            tags.append(str(part))
    return tuple(path), tuple(tags)


def _diagnostic(file: YamlFile, model: type[BaseModel], group: list[_Problem]) -> Diagnostic:
    """Return what to say about the errors at one place; several are alternatives that all failed."""
    problem = group[0]
    path, key = problem.path, str(problem.path[-1]) if problem.path else ""
    if problem.kind == "extra_forbidden":
        return _extra(file, model, problem, key)
    text = _text(model, path)
    if problem.kind == "missing":
        place = file.keys.get(path[:-1]) or file.place(path[:-1])
        return Diagnostic("FC203", place, f"必要なキー「{key}」がありません", text)
    place = file.place(path)
    shown = str(problem.value)[:40]
    choices = [
        word for one in group if one.kind in _CHOICES for word in re.findall(r"'([^']*)'", one.context["expected"])
    ]
    if choices:
        choices += [word for one in group if one.kind.startswith("bool_") for word in ("true", "false")]
        return Diagnostic("FC205", place, f"「{shown}」は使えません", did_you_mean(shown, choices))
    kind = "date" if problem.kind.startswith("date") else problem.kind
    message = SENTENCES.get(kind, SENTENCES["other"]).format(input=shown, **problem.context)
    hints = [text, _QUOTE if isinstance(problem.value, dict) else ""]
    return Diagnostic("FC201", place, message, "\n".join(hint for hint in hints if hint))


def _empty(data: Any, path: Path_) -> Iterator[Path_]:
    """Yield where no value is written; an empty value never means anything, also where a key may be left out."""
    if data is None:
        yield path
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        yield from _empty(value, (*path, key))


def _missing_value(file: YamlFile, model: type[BaseModel], path: Path_) -> Diagnostic:
    place = file.place(path)
    hash_follows = place.source[place.column - 1 :].startswith("#")
    hint = "# で始まる語は引用符で囲んでください" if hash_follows else _text(model, path) or "値を書いてください"
    return Diagnostic("FC204", place, "値がありません", hint)


def _extra(file: YamlFile, model: type[BaseModel], problem: _Problem, key: str) -> Diagnostic:
    path = problem.path
    place = file.keys.get(path) or file.place(path)
    options = [keys for _, keys in _at(model, path[:-1])]
    present = _data(file.data, path[:-1])
    # 試した書き方は、札（最初のキーの名）で分かる。札がキーでなければ、書かれたキーに一番近いもの。
    tried = [keys for keys in options if TAG + keys[0] in problem.tags[-1:]] or options
    most = max((len(set(keys) & set(present)) for keys in tried), default=0)
    chosen = {name for keys in tried if most and len(set(keys) & set(present)) == most for name in keys}
    known = {name for keys in options for name in keys}
    if chosen and key in known - chosen:
        others = "、".join(name for name in present if name in chosen)
        return Diagnostic("FC202", place, f"「{key}」は、{others} と一緒には書けません", "別の条件として並べてください")
    hint = did_you_mean(key, chosen or known)
    if TAG + "phrase" in problem.tags and not chosen:
        hint = _QUOTE if "もしかして" not in hint else f"{hint}\n{_QUOTE}"
    return Diagnostic("FC202", place, f"キー「{key}」はありません", hint)


def _data(data: Any, path: Path_) -> dict[str, Any]:
    for part in path:
        data = data[part]
    return data if isinstance(data, dict) else {}


def _text(model: type[BaseModel], path: Path_) -> str:
    """Return what the documentation of the field at ``path`` says, if it says one thing."""
    while path and isinstance(path[-1], int):
        path = path[:-1]
    if not path:
        return ""
    key = str(path[-1])
    found = {field_text(name, key) for name, keys in _at(model, path[:-1]) if key in keys}
    return f"{key}: {found.pop()}" if len(found) == 1 and found != {""} else ""


@cache
def field_texts() -> dict[str, dict[str, str]]:
    """Return what ``fieldtexts.toml`` says of every key of every model."""
    return tomllib.loads((files("flamecheck") / "fieldtexts.toml").read_text("utf-8"))


def field_text(model: str, key: str) -> str:
    """Return the Japanese text of a key, or of the model itself (``_``); empty when there is none."""
    texts = field_texts()
    return texts.get(model, {}).get(key) or texts["shared"].get(key, "")


@cache
def _schema(model: type[BaseModel]) -> dict[str, Any]:
    return model.model_json_schema()


def _at(model: type[BaseModel], path: Path_) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the name and the keys of every model that may stand at ``path``."""
    schema = _schema(model)
    nodes: list[dict[str, Any]] = [schema]
    for part in path:
        nodes = [child for node in nodes for child in _children(schema, node, part)]
    seen = set()
    for node in nodes:
        for flat in _flat(schema, node):
            if flat.get("properties") and flat["title"] not in seen:
                seen.add(flat["title"])
                yield str(flat["title"]), tuple(flat["properties"])


def _flat(root: dict[str, Any], node: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the node with references and alternatives opened."""
    if "$ref" in node:
        return _flat(root, root["$defs"][node["$ref"].rsplit("/", 1)[-1]])
    options = [
        flat for word in ("anyOf", "oneOf", "allOf") for child in node.get(word, ()) for flat in _flat(root, child)
    ]
    return options or [node]


def _children(root: dict[str, Any], node: dict[str, Any], part: str | int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for flat in _flat(root, node):
        if isinstance(part, int):
            child = flat.get("items")
        else:
            child = flat.get("properties", {}).get(part) or flat.get("additionalProperties")
        if isinstance(child, dict):
            found.append(child)
    return found
