"""``rules diff``: which posts move between two packs, and why."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from packs import pack, rule

from flamecheck.cli.main import main

UNLESS = "[{id: song, match: {near: [歌]}, why: 歌の題}]"
OLD = {
    "tone/sample.yml": rule("赤鬼", "[⟦赤鬼⟧]"),
    "tone/gone.yml": rule("青鬼", "[⟦青鬼⟧]").replace("tone/sample", "tone/gone"),
}
NEW = {
    "tone/sample.yml": rule("赤鬼", "[⟦赤鬼⟧]", "[赤鬼の歌]", UNLESS).replace("severity: high", "severity: low"),
    "tone/fresh.yml": rule("黒鬼", "[⟦黒鬼⟧]").replace("tone/sample", "tone/fresh"),
}
POSTS = ["赤鬼が来た", "赤鬼の歌", "青鬼の面", "黒鬼の面", "海へ行く"]


@pytest.fixture
def arguments(tmp_path: Path) -> list[str]:
    for name, files in (("old", OLD), ("new", NEW)):
        pack(tmp_path / name, files)
    rows = [json.dumps({"id": str(number), "text": text}) for number, text in enumerate(POSTS)]
    (tmp_path / "posts.jsonl").write_text("\n".join(rows) + "\n", "utf-8")
    return ["rules", "diff", str(tmp_path / "old"), str(tmp_path / "new"), str(tmp_path / "posts.jsonl")]


def test_each_change_has_its_reason(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*arguments, "--format", "json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["posts"] == 5
    assert [
        (item["id"], change["kind"], change["rule_id"], change["why"])
        for item in told["moved"]
        for change in item["changes"]
    ] == [
        ("0", "regraded", "tone/sample", "重さが high から low になった"),
        ("1", "removed", "tone/sample", "片方では「song」が取り下げる（歌の題）"),
        ("2", "removed", "tone/gone", "規則が無くなった"),
        ("3", "added", "tone/fresh", "規則が加わった"),
    ]


def test_counts_stand_at_the_end(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 1
    last = capsys.readouterr().out.splitlines()[-1]
    assert last == "投稿 5 件のうち 4 件で指摘が変わりました（増えた指摘 1、消えた指摘 2、重さの変わった指摘 1）"


def test_the_same_pack_twice_moves_nothing(arguments: list[str]) -> None:
    arguments[3] = arguments[2]
    assert main(arguments) == 0


def test_a_broken_row_is_an_error(arguments: list[str]) -> None:
    Path(arguments[4]).write_text("{", "utf-8")
    assert main(arguments) == 2
