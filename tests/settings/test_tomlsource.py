"""TOML with places."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flamecheck.errors import LoadError
from flamecheck.settings.tomlsource import TomlFile, named, parse_toml, read_toml
from flamecheck.yamlsource import MAX_DEPTH

TEXT = """\
a = 1\r
[tool.flamecheck]\r
"日 本".b = ["あ\\u3042𠮷", { c = 'd', e.f = 2026-01-01 }]
lex = [ # 注釈
  "x",
]
[[tool.flamecheck.overrides]]
paths = ["𠮷/**"]
[tool.flamecheck.overrides.context]
long = \"\"\"
二行\"\"\"
[[tool.flamecheck.overrides]]
q.z = 1
"""
BASE = ("tool", "flamecheck")


def at(file: TomlFile, *path: str | int) -> tuple[int, int, int]:
    place = file.places[path]
    return place.line, place.column, place.length


def test_every_value_and_key_has_its_place_in_code_points() -> None:
    file = parse_toml(TEXT)
    assert file.data == tomllib.loads(TEXT)
    assert at(file, "a") == (1, 5, 1)
    assert at(file, *BASE) == (2, 2, 15)
    assert at(file, *BASE, "日 本", "b", 0) == (3, 12, 10)
    assert at(file, *BASE, "日 本", "b", 1, "e", "f") == (3, 41, 10)
    assert at(file, *BASE, "lex", 0) == (5, 3, 3)
    assert at(file, *BASE, "overrides", 0, "paths", 0) == (8, 10, 6)
    assert at(file, *BASE, "overrides", 0, "context", "long") == (10, 8, 3)
    assert at(file, *BASE, "overrides", 1, "q", "z") == (13, 7, 1)
    assert str(file.key((*BASE, "日 本"))) == "<toml>:3:1"
    assert file.key((*BASE, "overrides", 1, "q")).length == 1


def test_a_path_that_is_not_there_has_the_place_of_what_it_would_stand_in() -> None:
    assert parse_toml(TEXT).place((*BASE, "lex", 7, "x")).line == 4
    assert str(parse_toml("").place(("x",))) == "<toml>:1:1"


def test_a_place_inside_a_string_passes_its_escapes() -> None:
    place = parse_toml(TEXT).place((*BASE, "日 本", "b", 0))
    assert [(place.within(at).column, place.within(at).length) for at in range(3)] == [(13, 1), (14, 6), (20, 1)]


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("a = ", 1, 4, "値として読めません"),
        ("a = [1,\n\n", 1, 8, "値として読めません"),
        ("a = [1\n", 1, 7, "一覧が閉じていません"),
        ("a = koho", 1, 5, "値として読めません"),
        ('a = "\\q"', 1, 8, "\\ の書き方が違います"),
        ("[a]\n[a]", 2, 3, "同じ表が二度あります"),
        ("a = 1\r\na = 2", 2, 6, "同じキーが二度あります"),
        ("規則 = 1", 1, 1, "キーとして読めません"),
        ('b = "x"\n規則 = 1', 2, 1, "キーとして読めません"),
        ("a = 1 2", 1, 7, "値の後ろに余分なものがあります"),
        ('a = "x', 1, 7, "文字列が閉じていません"),
        ("a\0 = 1", 1, 2, "キーの後ろに = がありません"),
        ("a = 1\rb = 2", 1, 6, "値の後ろに余分なものがあります"),
    ],
)
def test_what_is_not_toml_is_told_at_its_place(text: str, line: int, column: int, message: str) -> None:
    with pytest.raises(LoadError) as caught:
        parse_toml(text)
    (problem,) = caught.value.diagnostics
    assert (problem.code, problem.place.line, problem.place.column) == ("FC701", line, column)
    assert problem.message == message


@pytest.mark.parametrize("text", ["x = " + "[" * 5000, "x = " + "[" * 60 + "]" * 60, ".".join("a" * 3000) + " = 1"])
def test_deep_nesting_is_an_error_and_no_crash(text: str) -> None:
    with pytest.raises(LoadError) as caught:
        parse_toml(text)
    assert [problem.code for problem in caught.value.diagnostics] == ["FC107"]


def test_a_file_is_named_as_a_person_would_write_it_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "posts" / "deep").mkdir(parents=True)
    (tmp_path / "flamecheck.toml").touch()
    monkeypatch.chdir(tmp_path / "posts" / "deep")
    assert read_toml(tmp_path / "flamecheck.toml").path == "../../flamecheck.toml"
    assert named(Path("a.toml")) == named(Path.cwd() / "a.toml") == "a.toml"
    assert named(Path("/none/a.toml")) == "/none/a.toml"


words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=6)
values: Any = st.recursive(
    words | st.integers(-5, 5) | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=8,
)


def written(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, list):
        return "[ " + ", ".join(map(written, value)) + " ]"
    return "{ " + ", ".join(f"{written(key)} = {written(item)}" for key, item in value.items()) + " }"


def paths(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[tuple[str | int, ...], Any]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [(path, value), *(found for key, item in items for found in paths(item, (*path, key)))]


@given(st.dictionaries(words, values, max_size=4), st.sampled_from(["\n", "\r\n"]))
def test_the_text_at_a_place_is_the_value(data: dict[str, Any], end: str) -> None:
    text = end.join(f"{written(key)} = {written(value)}" for key, value in data.items())
    file = parse_toml(text)
    assert file.data == data
    lines = text.split(end)
    for path, value in paths(data)[1:]:
        place = file.places[path]
        assert lines[place.line - 1][place.column - 1 :][: place.length] == written(value)
        assert len(path) < MAX_DEPTH
