"""Cases the random tests do not reach: entries that can start with anything, and hits in order."""

from __future__ import annotations

from pathlib import Path

from flamecheck.screener import Screener

RULE = (
    "id: tone/own\ncategory: overfamiliar-slang\ntitle: 見本\nseverity: low\nmessage: 「{{matched}}」です。\naffected: 読む人\n"
    "rewrite: 書き直す\nmatch: {match}\nexamples: {{flag: [⟦カス⟧], pass: [晴れ]}}\n"
)


def matched(folder: Path, match: str, text: str, entry: str = "海") -> list[str]:
    for name, content in (
        ("tone/own.yml", RULE.format(match=match)),
        ("lexicons/own.yml", f'id: 語\ntitle: 語\nsense: 意味\nsource: 辞書\nentries: ["{entry}"]\n'),
    ):
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, "utf-8")
    screener = Screener(packs=[folder], shipped=False)
    return [finding.matched for finding in screener.screen(text).report.findings]


def test_an_entry_may_start_with_a_part_of_speech(tmp_path: Path) -> None:
    assert matched(tmp_path, "<語>", "女らしい", "{名詞}らしい") == ["女らしい"]


def test_an_entry_may_start_with_a_group_that_is_not_there(tmp_path: Path) -> None:
    assert matched(tmp_path, "<語>", "あのカス", "(とても)?カス") == ["カス"]


def test_an_emoji_is_found_inside_a_run_of_them(tmp_path: Path) -> None:
    assert matched(tmp_path, "(😂|🔥)", "やった😊😂🔥！") == ["😂", "🔥"]


def test_a_skin_colour_stays_with_its_hand(tmp_path: Path) -> None:
    assert matched(tmp_path, "👍", "👍🏽") == []


def test_hulls_come_in_order(tmp_path: Path) -> None:
    inner = "{all: [{any: [女, らしいカス]}, {any: [らしい, 男]}], within: post}"
    assert matched(tmp_path, "{all: [、, {near: [" + inner + "]}]}", "男。、女らしいカス") == ["、"]
