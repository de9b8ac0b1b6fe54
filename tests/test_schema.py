"""What a model refuses is said in Japanese, at its own place; the JSON Schemas of the editors say the same."""

from __future__ import annotations

import copy
import importlib
import json
import pkgutil
import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from error_pages import kind_of, over_sample, pairs
from jsonschema import Draft202012Validator
from pydantic import BaseModel, ValidationError
from schema_files import MODELS, RULES, schemas

import flamecheck
from flamecheck.codes import catalog
from flamecheck.errors import LoadError
from flamecheck.rules.model import RuleModel
from flamecheck.rules.strict import Strict
from flamecheck.schema import SENTENCES, TAG, field_text, field_texts, validate
from flamecheck.yamlsource import parse_yaml

# どのモデルのどのキーも一度は書いてあるファイル。誤りは、この一か所ずつを書き換えて起こす。
FULL = {
    "rule": """
id: tone/sample
category: non-apology
title: 見本
severity: high
confidence: low
status: test
valid: {from: 2026-04-01, to: 2027-03-31}
message: 気になります
affected: 読む人
rewrite: 書き直す
falsepositives: [引用]
references: [{title: 資料, url: 'https://example.jp/', retrieved: 2026-08-09}]
mask: true
split: A
requires: {around: 5, anniversary: 5, date: [08-09], region: [三重], time: ['08:00..09:00'], weekday: [月], post_type: [apology],
  channel: [x], account: [a], industry: [bank], crisis: [active], format: [text], paid: gifted, scheduled: true, reply: true,
  quote: false, voice: '1'}
match:
  any:
    - 言葉
    - {phrase: 言葉, split: A, confidence: low, id: a}
    - {all: [言葉, {not: 表現}, {near: [表現], within: 5 tokens}, {when: {paid: true}}], within: post, confidence: low}
    - {count: [言葉], at_least: 1, at_most: 2, distinct: true, within: post, confidence: low}
    - {weigh: [{id: a, match: 言葉, weight: 1, why: 理由}], threshold: 1, within: post, confidence: low}
    - tokens: [{surface: 言葉, dictionary: [言葉], normalized: 言葉, reading: コトバ, pos: 名詞, not: {surface: 言葉}, repeat: '?'}]
      split: A
      confidence: low
    - {detector: number, at_least: 100万, at_most: 1億, unit: [円]}
    - {regex: 言葉, view: written, literals: [言葉], confidence: low}
    - {all: [言葉, {after: [言葉], but_not: [表現], within: post}, {before: [言葉], within: post}, {part_of: [言葉]},
        {inside: quotation, after: [言葉], but_not: [表現], within: post}]}
unless: [{guard: a}, {id: a, match: 言葉, when: {paid: true}, effect: lower 1, why: 理由}]
adjust: [{id: b, match: 言葉, effect: raise 1, why: 理由}]
disguise: {profile: abuse, words: [言葉]}
examples:
  flag: [言葉, {text: 言葉, context: {channel: x}, region: heading, because: 理由}]
  pass: [言葉]
""",
    "lexicon": """
id: 語
title: 語
sense: 意味
source: 見本
split: A
entries: [語, {form: 語, id: a, sense: 意味, register: 俗語, source: 見本}]
""",
    "guard": """
id: a
title: 題
cases: [{id: a, match: 言葉, when: {paid: true}, effect: lower 1, why: 理由}]
""",
    "calendar": """
id: a
title: 題
days: [{id: b, date: 08-09, title: 題, minute: '09:00', region: [三重], year: 1990, since: 2000-01-01, base: low, source: 社史,
  checked: 2026-08-09}]
""",
    "profile": """
id: a
title: 題
least: high
leads: [言葉]
techniques:
  - {id: mask, label: 伏せ字, why: 理由, source: 見本, benign: [例], where: lead, short: start, exact: true, not_before: [月],
    units: [{for: 言, write: [ゴン], where: start}]}
""",
    "policy": """
id: a
title: 題
tiers: [{id: genba, label: 現場, present: true}]
groups: {topic: {info: genba}}
no_override: [{group: leak, severity: high}]
owners: {legal: [法務]}
combine: [{id: a, categories: 2, at_least: low, up: 1}]
""",
    "pack": """
id: ours
title: 題
version: 1.0.0
requires: {flamecheck: '>=0.1'}
extends: [flamecheck]
maintainer: 広報
licence: 社内
""",
    "retired": """
retired: [{id: tone/former, replaced_by: [tone/sample], since: 1.0.0, why: 理由}]
""",
    "overlay": """
overlays:
  - {rule: tone/sample, why: 理由, off: true, severity: low, confidence: low, status: test, message: 気になります, affected: 読む人,
    rewrite: 書き直す, unless: [{guard: a}], adjust: [{id: b, match: 言葉, why: 理由}], without: [c], examples: {pass: [晴れ]}}
  - {lexicon: 集まり, why: 理由, add: [店員, {form: 住民, id: resident}], without: [町民]}
  - {guard: a, why: 理由, add: [{id: b, match: 言葉, why: 理由}], without: [c]}
  - {calendar: c, why: 理由, without: [day]}
""",
}
WRONG: tuple[Any, ...] = (
    "",
    "言葉",
    "９９９９９",
    "-99999",
    "99999",
    "9" * 30,
    "1.5",
    [],
    ["言葉"],
    {},
    {"言葉": "言葉"},
)


def _changed(data: Any) -> Iterator[Any]:
    """Yield the data with each of its values replaced by each wrong value, and each key left out."""
    for put, whole in _places(data):
        for value in WRONG:
            put(copy.deepcopy(value))
            yield whole


def _places(data: Any) -> Iterator[tuple[Any, Any]]:
    def walk(node: Any, path: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
        items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
        for key, value in items:
            yield (*path, key)
            yield from walk(value, (*path, key))

    for path in walk(data, ()):
        whole = copy.deepcopy(data)
        parent = whole
        for key in path[:-1]:
            parent = parent[key]
        yield (lambda value, parent=parent, key=path[-1]: parent.__setitem__(key, value)), whole


@pytest.mark.parametrize("name", MODELS)
def test_the_full_file_is_right(name: str) -> None:
    validate(MODELS[name], parse_yaml(FULL[name]))


@pytest.mark.parametrize("name", MODELS)
def test_every_kind_of_refusal_has_a_japanese_sentence(name: str) -> None:
    kinds = set()
    for data in _changed(parse_yaml(FULL[name]).data):
        try:
            MODELS[name].model_validate(data)
        except ValidationError as error:
            kinds |= {item["type"] for item in error.errors()}
    said = {"date" if kind.startswith("date") else kind for kind in kinds}
    assert said - set(SENTENCES) - {"missing", "extra_forbidden", "literal_error"} == set()
    assert "string_type" in said


@pytest.mark.parametrize("name", MODELS)
def test_no_english_of_the_validator_is_shown(name: str) -> None:
    for data in _changed(parse_yaml(FULL[name]).data):
        file = parse_yaml(json.dumps(data, ensure_ascii=False))
        try:
            validate(MODELS[name], file)
        except LoadError as error:
            for problem in error.diagnostics:
                assert not re.search(
                    r"[Ii]nput|Value error|a valid|should|pars|«|\bmodel\b", problem.message + problem.help
                )
                assert problem.place.line == 1
                assert problem.code.startswith("FC2")


@pytest.mark.parametrize(
    ("changed", "code", "words"),
    [
        ("requires: {paid: 大変}", "FC205", "gifted"),
        ("requires: {post-type: [apology]}", "FC202", "もしかして: post_type"),
        ("category: ｎｏｎ_apology", "FC205", "もしかして: non-apology"),
        ("match: {near: [言葉], any: [言葉]}", "FC202", "一緒には書けません"),
        ("match: {near: [言葉], whithin: post}", "FC202", "もしかして: within"),
        ("match: {注意: 言葉}", "FC202", "引用符"),
        ("requires:", "FC204", "文脈の条件"),
        ("valid: {from: '100'}", "FC201", "2026-08-09 の形"),
        ("mask: はい", "FC201", "true か false"),
        ("match: {count: [言葉], at_least: 0}", "FC201", "1 以上"),
    ],
)
def test_a_refusal_says_what_to_write(changed: str, code: str, words: str) -> None:
    file = parse_yaml(over_sample("tone/sample.yml", changed))
    with pytest.raises(LoadError) as caught:
        validate(RuleModel, file)
    told = {problem.code: problem.message + problem.help for problem in caught.value.diagnostics}
    assert words in told[code]


def _models(model: type[BaseModel]) -> Iterator[tuple[str, str]]:
    schema = model.model_json_schema()
    for part in [schema, *schema.get("$defs", {}).values()]:
        if "properties" in part:
            yield part["title"], "_"
            yield from ((part["title"], key) for key in part["properties"])


def test_every_model_of_a_file_is_part_of_a_schema() -> None:
    for module in pkgutil.walk_packages(flamecheck.__path__, "flamecheck."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    covered = {name for model in MODELS.values() for name, _ in _models(model)}
    assert {model.__name__ for model in _below(Strict)} - covered == set()


def _below(model: type[Strict]) -> Iterator[type[Strict]]:
    for child in model.__subclasses__():
        yield child
        yield from _below(child)


def test_every_key_of_every_file_has_a_text_and_every_text_a_key() -> None:
    known = {item for model in MODELS.values() for item in _models(model)}
    assert {f"fieldtexts.toml: {item}" for item in sorted(known) if not field_text(*item)} == set()
    told = {(name, key) for name, keys in field_texts().items() if name != "shared" for key in keys}
    assert told - known == set()
    assert set(field_texts()["shared"]) <= {key for _, key in known}


class EditorLoader(yaml.SafeLoader):
    """Reads YAML 1.2 as an editor does: dates and times of day stay text."""


def _int(_: yaml.SafeLoader, node: yaml.ScalarNode) -> int:
    return int(node.value)


EditorLoader.yaml_implicit_resolvers = {
    first: [item for item in resolvers if item[0].rsplit(":", 1)[-1] in ("bool", "null")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
EditorLoader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[-+]?\d+$"), list("-+0123456789"))
EditorLoader.add_constructor("tag:yaml.org,2002:int", _int)


@pytest.fixture(scope="module")
def validators() -> dict[str, Draft202012Validator]:
    loaded = {name.split(".")[0]: json.loads(text) for name, text in schemas().items()}
    for schema in loaded.values():
        Draft202012Validator.check_schema(schema)
    return {
        name: Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
        for name, schema in loaded.items()
    }


def test_the_schema_files_are_current() -> None:
    # 古いときは python tools/schema_files.py で作りなおす。
    assert {path.name: path.read_text("utf-8") for path in RULES.glob("*.schema.json")} == schemas()


def test_every_shipped_file_follows_its_schema(validators: dict[str, Draft202012Validator]) -> None:
    found = sorted(RULES.rglob("*.yml"))
    assert len(found) > 40
    for path in found:
        data = yaml.load(path.read_text("utf-8"), EditorLoader)  # noqa: S506 - a SafeLoader
        errors = list(validators[kind_of(str(path))].iter_errors(data))
        assert [f"{path.name}: {error.message}" for error in errors] == []


# 引用符のない # も空白も、YAML としては正しい。値の形しか見ないスキーマには言えない。
UNSEEN_BY_A_SCHEMA = {"FC206"}


@pytest.mark.parametrize("code", [code for code in catalog() if code.startswith("FC2")])
def test_a_schema_refuses_what_the_loader_refuses(code: str, validators: dict[str, Draft202012Validator]) -> None:
    for pair in pairs(code):
        for files, without, accepted in (
            (pair.wrong, pair.without, code in UNSEEN_BY_A_SCHEMA),
            (pair.right, (), True),
        ):
            for name, text in files.items():
                data = yaml.load(over_sample(name, text or "", without), EditorLoader)  # noqa: S506 - a SafeLoader
                assert validators[kind_of(name)].is_valid(data) is accepted


def test_no_mark_of_the_loader_is_in_a_schema() -> None:
    assert TAG not in "".join(schemas().values())
