"""Redundant branches, accusing words, and breadth."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from packs import LEXICON, pack, rule

from flamecheck.cli.main import main
from flamecheck.review.bench import Bench
from flamecheck.review.quality import repeated, wording
from flamecheck.rules.load import load_pack, packaged
from flamecheck.tokenizers.sudachi import SudachiTokenizer


@pytest.fixture(scope="module")
def tokenizer() -> SudachiTokenizer:
    return SudachiTokenizer()


@pytest.mark.parametrize(
    ("match", "wanted"),
    [
        ("(ひどい~|酷い~)", ["酷い~"]),
        ("{any: [ﾊﾞｶ, バカ]}", ["バカ"]),
        ("{all: [赤鬼, {near: [豆, 豆まき, 豆]}]}", ["豆"]),
        ("(赤|青)鬼", []),
        ("(豆|豆まき)", []),
        ("{all: [鬼, 鬼]}", []),
        ("((桃|桃)色)?の鬼", ["桃"]),
        ("(傷つける~|傷つく~)", []),
        ("{any: [<鬼>の面, <鬼>の面]}", ["<鬼>の面"]),
    ],
)
def test_a_branch_that_repeats_an_earlier_one_is_named(
    match: str, wanted: list[str], tmp_path: Path, tokenizer: SudachiTokenizer
) -> None:
    files = {"tone/sample.yml": rule(match, "[⟦豆⟧]"), "lexicons/a.yml": LEXICON.format(id="鬼", entries="赤鬼")}
    found = [problem.place for problem in repeated(Bench.of(load_pack([pack(tmp_path, files)]), tokenizer))]
    assert [place.source[place.column - 1 : place.column - 1 + place.length] for place in found] == wanted


def test_entries_of_a_lexicon_are_compared_too(tmp_path: Path, tokenizer: SudachiTokenizer) -> None:
    files = {
        "lexicons/a.yml": LEXICON.format(id="鬼", entries="アカ, ｱｶ, 青"),
        "tone/sample.yml": rule("<鬼>", "[⟦青⟧]"),
    }
    [problem] = repeated(Bench.of(load_pack([pack(tmp_path, files)]), tokenizer))
    assert problem.message == "鬼: 「ｱｶ」は「アカ」と同じものしか見つけません"


@pytest.mark.parametrize(
    ("message", "accuses"),
    [
        ("「{matched}」は違法です。", True),
        ("「{matched}」は非常識です。", True),
        ("この投稿は安全です。", True),
        ("「{matched}」は、根拠を求められるおそれがあります。", False),
        ("安全に使うための注意が要ると受け取られるおそれがあります。", False),
    ],
)
def test_messages_that_accuse_are_named(message: str, accuses: bool, tmp_path: Path) -> None:
    text = rule("豆", "[⟦豆⟧]").replace("「{matched}」は気になります。", message)
    [loaded] = load_pack([pack(tmp_path, {"tone/sample.yml": text})]).rules
    assert [problem.code for problem in wording(loaded)] == ["FC611"] * accuses


def test_no_shipped_message_accuses() -> None:
    assert [problem.message for rule_ in load_pack([packaged()]).rules for problem in wording(rule_)] == []


def test_rates_count_candidates_and_hits_on_everyday_posts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    unless = "[{id: book, match: {near: [絵本]}, why: 本}]"
    pack(tmp_path, {"tone/sample.yml": rule("赤鬼", "[⟦赤鬼⟧]", "[赤鬼の絵本]", unless)})
    posts = [("赤鬼が来た", []), ("赤鬼の絵本", []), ("大赤鬼的", ["x"]), ("海", []), ("山", [])]
    rows = "".join(json.dumps({"text": text, "expect": expect}) + "\n" for text, expect in posts)
    (tmp_path / "posts.jsonl").write_text(rows, "utf-8")
    assert main(["rules", "check", str(tmp_path), "--rates", str(tmp_path / "posts.jsonl")]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "ふだんの投稿 4 件（予算: 指摘 1%、候補 25%）",
        "規則\t候補\t指摘",
        "tone/sample\t50.0%\t25.0%\t広すぎます",
    ]
