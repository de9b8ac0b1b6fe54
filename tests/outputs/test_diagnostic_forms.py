"""Diagnostics in every form: the caret under the words, whatever the cells; nothing a terminal acts on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from flamecheck.cli.main import main
from flamecheck.display import cells
from flamecheck.errors import Diagnostic, Place, in_order
from flamecheck.outputs.diagnostics import render

FIRST = Diagnostic(
    "FC205", Place("a.yml", 2, 11, "severity: ｈｉｇｈ", 4), "「ｈｉｇｈ」は使えません", "もしかして: high\n二行目"
)
SECOND = Diagnostic("FC402", Place("a.yml", 3, 1, "id: 語", 2), "二つあります", level="warning")


def test_text_shows_the_line_and_every_line_of_the_help() -> None:
    assert render([FIRST, SECOND], "text") == (
        "a.yml:2:11: error[FC205]: 「ｈｉｇｈ」は使えません\n"
        "2 | severity: ｈｉｇｈ\n"
        "  |           ^^^^^^^^\n"
        "  = もしかして: high\n"
        "  = 二行目\n\n"
        "a.yml:3:1: warning[FC402]: 二つあります\n"
        "3 | id: 語\n"
        "  | ^^\n"
        "  = 片方の id を変えるか、片方を消してください\n\n"
    )


def test_concise_is_one_line_each() -> None:
    assert render([FIRST, SECOND], "concise") == (
        "a.yml:2:11: error[FC205]: 「ｈｉｇｈ」は使えません（もしかして: high）\n"
        "a.yml:3:1: warning[FC402]: 二つあります（片方の id を変えるか、片方を消してください）\n"
    )


def test_json_is_for_editors() -> None:
    made = json.loads(render([FIRST], "json"))
    assert made["v"] == 1
    assert made["diagnostics"] == [
        {
            "code": "FC205", "level": "error", "title": "選べない値です", "path": "a.yml", "line": 2, "column": 11,
            "end_column": 15, "message": "「ｈｉｇｈ」は使えません", "help": "もしかして: high\n二行目",
        }
    ]  # fmt: skip
    assert json.loads(render([], "json")) == {"v": 1, "diagnostics": []}
    assert render([], "text") == render([], "concise") == ""


@pytest.mark.parametrize(
    "before",
    [
        "",
        "半角 ",
        "全角　",
        "ｶﾞｷﾞ",
        "か\u3099",
        "e\u0301",
        "😀",
        "👩\u200d🚒",
        "\t",
        "\x1b[31m",
        "\u202e",
        "長" * 80,
        "e\u0301" * 200,
    ],
)
def test_the_caret_stands_under_the_words_in_cells(before: str) -> None:
    line = f"{before}誤り、{'後' * 80}"
    shown = Diagnostic("FC205", Place("a.yml", 1, len(before) + 1, line, 2), "x").render().split("\n")
    source, marks = shown[1].removeprefix("1 | "), shown[2].removeprefix("  | ")
    assert cells(marks) == cells(source[: source.index("誤り") + 2])
    assert marks.strip(" ") == "^^^^"
    assert cells(source) <= 104
    assert all(char.isprintable() or char == "\u3000" for char in source)


def test_diagnostics_come_by_place_and_once() -> None:
    assert in_order([SECOND, FIRST, SECOND]) == [FIRST, SECOND]


def test_a_caret_behind_the_last_character_is_shown() -> None:
    shown = Diagnostic("FC204", Place("a.yml", 1, 5, "id: ", 1), "値がありません").render().split("\n")
    assert shown[1:3] == ["1 | id: ", "  |     ^"]


@pytest.mark.parametrize("form", ["concise", "json"])
def test_the_command_prints_what_programs_read(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "own" / "tone").mkdir(parents=True)
    (tmp_path / "own" / "tone" / "a.yml").write_text("id: [tone/a\n", "utf-8")
    assert main(["rules", "check", "own", "--format", form]) == 2
    out = capsys.readouterr().out
    assert ("own/tone/a.yml:1:5: error[FC103]" in out) == (form == "concise")
    if form == "json":
        assert json.loads(out)["diagnostics"][0]["path"] == "own/tone/a.yml"
