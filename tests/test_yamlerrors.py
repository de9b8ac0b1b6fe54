"""Every complaint of both YAML parsers has plain Japanese words, and points at where the broken thing begins."""

from __future__ import annotations

import pytest
import yaml

from flamecheck.errors import LoadError
from flamecheck.yamlerrors import complaint
from flamecheck.yamlsource import parse_yaml

# 壊れた YAML、言うこと、指す行と列。
BROKEN = [
    ("題: 見本: 誤り\n", "ここに「: 」は置けません", 1, 6),
    ("題: '見本\n次: 値\n", "引用符が閉じていません", 1, 4),
    ('題: "見本\n', "引用符が閉じていません", 1, 4),
    ('題: "見\\q本"\n', "知らない \\ の書き方です", 1, 6),
    ('題: "見\\u30"\n', "\\ の後ろの数字が足りません", 1, 6),
    ("題: [見本, 二つ目\n次: 値\n", "[ が閉じていないか、項目の間に , がありません", 1, 4),
    ("題: {a: 見本\n次: 値\n", "{ が閉じていないか、組の間に , がありません", 1, 4),
    ("題: 見本\n書きかけ\n次: 値\n", "キーの後ろに「: 」がありません", 2, 1),
    ("題:\n\t次: 値\n", "字下げにタブは使えません", 2, 1),
    ("題: @見本\n", "この記号で値を始めることはできません", 1, 4),
    ("題: `見本`\n", "この記号で値を始めることはできません", 1, 4),
    ("題: 見本\n  次: 値\n", "ここに「: 」は置けません", 2, 4),
    ("題:\n  a: 値\n 次: 値\n", "ここにキーは置けません", 3, 2),
    ("- 一\n二: 値\n", "一覧の途中に、- で始まらない行があります", 2, 1),
    ("題: - 一\n", "ここに - で始まる一覧は置けません", 1, 4),
    ("題: ]\n", "ここに値がありません", 1, 4),
    ("題: & 見本\n", "& の後ろに名前がありません", 1, 4),
    ("題: * 見本\n", "* の後ろに名前がありません", 1, 4),
    ("題: |見本\n", "| や > の書き方が違います", 1, 4),
    ("%題\n---\n", "% で始まる行は使えません", 1, 1),
]


@pytest.mark.parametrize(("text", "message", "line", "column"), BROKEN)
def test_a_broken_file_is_told_in_japanese_at_its_place(text: str, message: str, line: int, column: int) -> None:
    with pytest.raises(LoadError) as caught:
        parse_yaml(text)
    (problem,) = caught.value.diagnostics
    assert (problem.code, problem.message) == ("FC103", message)
    assert "YAML の言葉では: " in problem.help
    assert problem.place.line == line
    assert abs(problem.place.column - column) <= 2


@pytest.mark.parametrize("text", [text for text, *_ in BROKEN])
def test_the_parser_in_python_is_understood_too(text: str) -> None:
    with pytest.raises(yaml.MarkedYAMLError) as caught:
        list(yaml.parse(text, Loader=yaml.SafeLoader))
    detail = " ".join(part for part in (caught.value.context, caught.value.problem) if part)
    assert complaint(detail, "").message != complaint("", "").message
