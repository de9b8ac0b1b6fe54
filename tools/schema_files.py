"""Make rules/*.schema.json from the models of the files: ``python tools/schema_files.py``.

A schema asks for what the loader asks for, in the editor and in Japanese.  A text may be a number or a word like ``on``
to an editor's YAML; the loader reads it as it is written.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from flamecheck.policy.load import PolicyModel
from flamecheck.rules.disguisemodel import ProfileModel
from flamecheck.rules.model import GuardModel, LexiconModel, RuleModel
from flamecheck.rules.overlaymodel import OverlaysModel
from flamecheck.rules.packmodel import PackModel, RetiredModel
from flamecheck.rules.whenmodel import CalendarModel
from flamecheck.schema import field_text

RULES = Path(__file__).parents[1] / "rules"
MODELS: dict[str, type[BaseModel]] = {
    "rule": RuleModel,
    "lexicon": LexiconModel,
    "guard": GuardModel,
    "calendar": CalendarModel,
    "profile": ProfileModel,
    "policy": PolicyModel,
    "pack": PackModel,
    "retired": RetiredModel,
    "overlay": OverlaysModel,
}


def schemas() -> dict[str, str]:
    """Return every schema by the name of its file."""
    return {f"{name}.schema.json": _dumped(model) for name, model in MODELS.items()}


def _dumped(model: type[BaseModel]) -> str:
    schema = model.model_json_schema()
    for part in [schema, *schema.get("$defs", {}).values()]:
        _described(part)
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", **_loosened(schema)}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _described(part: dict[str, Any]) -> None:
    """Put the Japanese texts where the English contract of the class stood."""
    name = str(part.get("title", ""))
    part.pop("description", None)
    if "properties" not in part:
        return
    part["title"] = field_text(name, "_")
    for key, node in part["properties"].items():
        node.pop("title", None)
        node["description"] = field_text(name, key)


def _loosened(node: Any) -> Any:
    """Return the schema with every free text allowed to look like a number or a truth value, and without null."""
    if isinstance(node, list):
        return [_loosened(item) for item in node]
    if not isinstance(node, dict):
        return node
    made = {key: _loosened(value) for key, value in node.items() if not (key == "default" and value is None)}
    # 書かれていない値は、どのキーでも誤り。null を値とは見なさない。
    if {"type": "null"} in made.get("anyOf", ()):
        left = [option for option in made.pop("anyOf") if option != {"type": "null"}]
        made = {**(left[0] if len(left) == 1 else {"anyOf": left}), **made}
    if made.get("type") == "string" and not {"enum", "const", "format", "pattern"} & set(made):
        made["type"] = ["string", "number", "boolean"]
    return made


def main() -> None:
    """Write every schema."""
    for name, text in schemas().items():
        (RULES / name).write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    main()
