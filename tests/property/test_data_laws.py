"""Laws of the data inputs: values are those of another parser, the map is exact, the work is linear."""

from __future__ import annotations

import cProfile
import json
import pstats
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from mapping import obeyed

from flamecheck.document import Document, Source
from flamecheck.errors import InputError
from flamecheck.inputs.data import read_json, read_jsonl, read_yaml
from flamecheck.inputs.data.jsonvalue import json_values
from flamecheck.inputs.data.value import Value

Reader = Callable[..., tuple[Document, ...]]
KEYS = st.sampled_from(["text", "alt", "犬", "a.b", "", "title", "note"])
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t'\"#: \\🐶"), max_size=12)
DATA = st.recursive(
    TEXTS | st.integers(-9, 9) | st.none() | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)


def strings(data: Any) -> list[str]:
    if isinstance(data, str):
        return [data]
    values = data.values() if isinstance(data, dict) else data if isinstance(data, list) else []
    return [text for value in values for text in strings(value)]


@given(DATA, st.booleans(), st.sampled_from([None, 2, "\t"]))
def test_every_string_of_json_is_read_and_mapped(data: Any, ascii_only: bool, indent: Any) -> None:
    (root,) = json_values(json.dumps(data, ensure_ascii=ascii_only, indent=indent))
    assert [text.plain for _, text in root.texts()] == strings(data)
    assert shape(root) == data


def shape(value: Value) -> Any:
    if value.kind == "mapping":
        return {entry.key: shape(entry.value) for entry in value.entries}
    return [shape(item) for item in value.items] if value.kind == "sequence" else value.plain


@given(DATA, st.booleans())
def test_what_is_shown_of_json_stands_where_its_map_says(data: Any, ascii_only: bool) -> None:
    for document in read_json(Source("f", json.dumps(data, ensure_ascii=ascii_only)), fields=("**",)):
        obeyed(document)


@given(DATA, st.booleans(), st.sampled_from([20, 1000]), st.sampled_from([None, "'", '"', "|", ">"]))
def test_what_is_shown_of_yaml_stands_where_its_map_says(data: Any, flow: bool, width: int, style: str | None) -> None:
    written = yaml.safe_dump(data, allow_unicode=True, default_flow_style=flow, width=width, default_style=style)
    try:
        documents = read_yaml(Source("f", written), fields=("**",))
    except InputError as error:
        assert "見えない文字" in error.message  # noqa: PT017 - 読めないと言ってよいのは、これだけ
        return
    for document in documents:
        obeyed(document)


PIECES = [
    "text: ", "alt:", "- ", "  ", "\n", "\r\n", "犬", "🐶", "&a ", "*a", "!t ", "|\n", ">-\n", "'", '"', "\\u3042", "# x", "# flamecheck: a",
    "{", "}", "[", "]", ", ", "---\n", "<<: ", "null", "\x00", "\ud800", "flamecheck: ", ":", '"text"', '"a\\ud83d\\udc36"', "1",
]  # fmt: skip


@pytest.mark.parametrize("read", [read_yaml, read_json, read_jsonl])
@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
def test_anything_is_read_or_an_error_about_the_file(read: Reader, text: str) -> None:
    try:
        documents = read(Source("f", text))
    except InputError as error:
        lines, documents = error.line, ()
    else:
        lines = 1
    assert lines is not None
    assert 1 <= lines <= text.count("\n") + text.count("\r") + 1
    for document in documents:
        obeyed(document)


def work(read: Reader, text: str) -> int:
    """Return how many calls reading ``text`` takes, a measure that no load on the machine changes."""
    profile = cProfile.Profile()
    profile.runcall(read, Source("f", text))
    return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("read", "before", "piece", "after"),
    [
        (read_yaml, "", "- {text: あ, alt: い} # flamecheck: ignore\n", ""),
        (read_yaml, "[", "{text: あ},", "]"),
        (read_yaml, "text: |\n", "  あ\n", ""),
        (read_yaml, "posts:\n", "- text: あ\n  flamecheck: a\n", "title: い\n"),
        (read_yaml, "a: &a {text: あ}\nb: [", "*a,", "]"),
        (read_json, "[", '{"text":"\\u3042"},', "{}]"),
        (read_json, '{"text":[', '"\\u3042",', '""]}'),
        (read_jsonl, "", '{"text":"あ"}\n', ""),
    ],
)
def test_twice_the_file_is_at_most_little_more_than_twice_the_work(
    read: Reader, before: str, piece: str, after: str
) -> None:
    assert work(read, before + piece * 400 + after) <= 2.4 * work(read, before + piece * 200 + after) + 2000


def test_aliases_do_not_multiply() -> None:
    laughs = "a0: &a0 {text: あ}\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))
    (document,) = read_yaml(Source("f", laughs), fields=("**",))
    assert document.text == "あ"
