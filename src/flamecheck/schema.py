"""Check a YAML file against a pydantic model; every problem becomes a located diagnostic."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from flamecheck.errors import Diagnostic, LoadError, Place, did_you_mean
from flamecheck.yamlsource import Path_, YamlFile

TAG = "«"
"""Union tags start with this sign, so that they can be told from keys in an error's path."""

M = TypeVar("M", bound=BaseModel)

_SENTENCES = {
    "missing": "必要なキー「{key}」がありません",
    "extra_forbidden": "キー「{key}」はありません",
    "string_type": "文字列を書いてください",
    "list_type": "一覧（- で始まる行）を書いてください",
    "tuple_type": "一覧（- で始まる行）を書いてください",
    "dict_type": "キーと値の組を書いてください",
    "model_type": "キーと値の組を書いてください",
    "literal_error": "「{input}」は使えません",
    "enum": "「{input}」は使えません",
    "too_short": "空にはできません",
    "string_too_short": "空にはできません",
}


def validate(model: type[M], file: YamlFile) -> M:
    """Return the file as ``model``; raises LoadError listing every problem (FC201 to FC206)."""
    problems = [
        Diagnostic(
            "FC206",
            place,
            "値が # の手前で切れています",
            "# を含む値は、全体を引用符で囲んでください。注釈なら、# の後ろに空白を置いてください",
        )
        for place in file.cut.values()
    ]
    try:
        value = model.model_validate(file.data)
    except ValidationError as error:
        problems += [_diagnostic(file, model, item) for item in _telling(error)]
        raise LoadError(problems) from None
    if problems:
        raise LoadError(problems)
    return value


def _telling(error: ValidationError) -> list[dict[str, Any]]:
    """Return the errors without those that only follow from another one."""
    items: list[dict[str, Any]] = [dict(item) for item in error.errors(include_url=False)]
    paths = [tuple(part for part in item["loc"] if not str(part).startswith(TAG)) for item in items]
    extra = {path[:-1] for item, path in zip(items, paths, strict=True) if item["type"] == "extra_forbidden"}
    kept = []
    for item, path in zip(items, paths, strict=True):
        # 組になってしまった言葉には、足りないキーではなく余ったキーのほうを言う。
        if item["type"] == "missing" and path[-1] == "phrase" and path[:-1] in extra:
            continue
        if item["type"] == "too_short" and any(
            len(other) > len(path) and other[: len(path)] == path for other in paths
        ):
            continue
        kept.append(item)
    return kept


def _diagnostic(file: YamlFile, model: type[BaseModel], error: dict[str, Any]) -> Diagnostic:
    kind = str(error["type"])
    path: Path_ = tuple(part for part in error["loc"] if not str(part).startswith(TAG))
    key = str(path[-1]) if path else ""
    value = error.get("input")
    if kind == "extra_forbidden":
        place: Place = file.keys.get(path) or file.place(path)
        hint = did_you_mean(key, _known_keys(model, path[:-1]))
        if TAG + "phrase" in error["loc"]:
            hint += "。パターンなら、「:」を含む値は引用符で囲んでください"
        return Diagnostic("FC202", place, _SENTENCES[kind].format(key=key), hint)
    if kind == "missing":
        return Diagnostic("FC203", file.keys.get(path[:-1]) or file.place(path[:-1]), _SENTENCES[kind].format(key=key))
    if value is None:
        return Diagnostic("FC204", file.place(path), "値がありません", "# で始まる語や空の値は引用符で囲んでください")
    if kind in ("literal_error", "enum"):
        wanted = did_you_mean(str(value), re.findall(r"'([^']*)'", str(error.get("ctx", {}).get("expected", ""))))
        return Diagnostic("FC205", file.place(path), _SENTENCES[kind].format(input=str(value)[:40]), wanted)
    if kind in _SENTENCES:
        hint = "「:」を含む値は引用符で囲んでください" if isinstance(value, dict) else ""
        return Diagnostic("FC201", file.place(path), _SENTENCES[kind].format(key=key, input=str(value)[:40]), hint)
    reason = error.get("ctx", {}).get("error") or error["msg"]
    return Diagnostic("FC201", file.place(path), f"「{str(value)[:40]}」は使えません: {reason}")


def _known_keys(model: type[BaseModel], path: Path_) -> Iterable[str]:
    """Return the keys allowed at ``path`` of ``model``, as far as its JSON Schema tells."""
    schema = model.model_json_schema()
    nodes = [schema]
    for part in path:
        nodes = [child for node in nodes for child in _children(schema, node, part)]
    return {key for node in nodes for flat in _flat(schema, node) for key in flat.get("properties", {})}


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
