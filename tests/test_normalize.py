"""``fold``: what it undoes, what it leaves alone, and where each folded character came from."""

from __future__ import annotations

import sys
import unicodedata

import pytest
import regex

from flamecheck import normalize
from flamecheck.normalize import fold
from flamecheck.spans import Span

CHANGES = [
    # 行末と見えない文字
    ("あ\r\nい\rう\u2028え\u2029お\x85か\x0bき\x0cく", "あ\nい\nう\nえ\nお\nか\nき\nく"),
    ("\ud800し\udfff", "\ufffdし\ufffd"),
    ("バ\u200bカ\u200d\ufeff\u00ad\u202e\x00", "バカ"),
    ("辻\U000e0100さん❤\ufe0f", "辻さん❤"),
    ("バ\u034f\u115f\u1160\u3164\uffa0カ", "バカ"),
    # 濁点・半濁点
    ("ハ゛カ", "バカ"),
    ("ハ゜", "パ"),
    ("ﾊﾞｶ", "バカ"),
    ("ﾊﾟ", "パ"),
    ("は\u3099か", "ばか"),
    ("カ\u200bﾞ", "ガ"),
    ("う゛", "ゔ"),
    # 幅・合字・大文字
    ("㌔", "キロ"),
    ("㍿", "株式会社"),
    ("ＰＲ", "pr"),
    ("①", "1"),
    ("ＡｂＣ！？（笑）", "abc!?(笑)"),
    ("あ\u3000い", "あ い"),
    ("ΟΔΟΣ ς", "οδοσ σ"),
    ("H\u0331", "ẖ"),
    ("ﾡﾣ", "ᄀᆪ"),
    ("\u1112\u1161\u11ab", "한"),
    # 長音
    ("バーーーカ", "バーカ"),
    ("バｰｰカ", "バーカ"),
    ("えー〜~〜", "えー"),
    ("ね〜〜〜", "ね〜"),
    ("ね～～", "ね〜"),
    ("ね〜~ー", "ね〜ー"),
    # 読み
    ("死(し)ね！", "死ね!"),
    ("儲（もう）かる", "儲かる"),
    ("死\u200b（\u200bｼ\u200b）ね", "死ね"),
    ("人々(ひとびと)", "人々"),
    ("弁護士(ベン)", "弁護士"),
    ("侮辱(ぶじょくてき)", "侮辱"),
    ("煉獄《パーガトリー》", "煉獄"),
    ("死(し)(し)ね", "死ね"),
    ("死(し)人(にんにんにん)", "死人"),
    ("東(ひがしーーー)", "東"),
]

KEPT = [
    "",
    "バカ",
    "死ね!",
    "abc 123\t\n",
    "´ ¨ ¯ ￣ ‾",
    "バーカ",
    "ね〜",
    "ね~",
    "〜ー",
    "--",
    "死んだ(わら)",
    "最高(ワラ)",
    "失礼(てへ)",
    "本気(なみだ)",
    "無理(わらい)",
    "御免(ぺこ)",
    "大変(あせ)",
    "笑顔(えみ)",
    "爆笑(ばく)",
    "承(うけたまわ)る",  # 漢字一つに六字は、読みとみなすには長い
    "弁護士(ベンゴシ会)",
    "弁護士(ベンゴシカイ)",
    "ばか(し)",
    "漢字 (かんじ)",
    "漢字()",
    "漢字(株)",
    "漢字《ああああああああああああああああああ》",
    "か《か》",
    "ß straße",
    "あ\u3099",
    "👍🏻",
]


@pytest.mark.parametrize(("source", "folded"), CHANGES)
def test_what_does_not_change_meaning_is_undone(source: str, folded: str) -> None:
    assert fold(source).text == folded


@pytest.mark.parametrize("text", KEPT)
def test_the_rest_is_left_alone(text: str) -> None:
    result = fold(text)
    assert result.text == text
    assert result.alignment.edits == ()


@pytest.mark.parametrize(
    ("source", "part", "origin"),
    [
        ("死(し)ね！", "死ね", "死(し)ね"),
        ("死(し)ね！", "!", "！"),
        ("死(し)ね！", "死", "死"),
        ("カ\u200bﾞス", "ガ", "カ\u200bﾞ"),
        ("ＰＲ死(し)ね", "p", "Ｐ"),
        ("ＰＲ死(し)ね", "r死", "Ｒ死"),
        ("ﾊﾞｶﾊﾞｶーー", "カ", "ｶ"),
        ("1㌔先", "ロ", "㌔"),
        ("あ\u200bい", "あ", "あ"),
        ("あ\u200bい", "い", "い"),
        ("バーーーカ", "ー", "ーーー"),
        ("あ\r\nい", "\n", "\r\n"),
    ],
)
def test_a_folded_part_leads_back_to_what_was_written(source: str, part: str, origin: str) -> None:
    result = fold(source)
    start = result.text.index(part)
    found = result.to_source(Span(start, start + len(part)))
    assert source[found.start : found.end] == origin


def test_the_span_named_in_the_contract() -> None:
    assert fold("死(し)ね！").to_source(Span(0, 2)) == Span(0, 5)


def test_every_inert_character_folds_to_itself() -> None:
    inert = regex.compile(f"[{normalize.INERT}]")
    joining = regex.compile(r"[\p{M}\p{Cf}\p{Cs}\p{Lu}\p{Lt}]")
    for char in filter(inert.match, map(chr, range(sys.maxunicode + 1))):
        assert unicodedata.normalize("NFKC", char).lower() == char, hex(ord(char))
        assert not joining.match(char), hex(ord(char))


def test_no_character_outside_the_joining_set_can_reach_the_one_before_it() -> None:
    """NFKC by clusters equals NFKC of the whole: checked against this interpreter's own tables."""
    everything = [chr(code) for code in range(sys.maxunicode + 1)]
    canonical = (unicodedata.decomposition(char).split() for char in everything)
    seconds = {chr(int(parts[1], 16)) for parts in canonical if len(parts) == 2 and parts[0][0] != "<"}
    seconds |= {chr(code) for code in (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))}
    # 消す文字は、どの合成よりも先に消える。
    covered = regex.compile(f"[{normalize._JOINING}{normalize._DROPPED}]")
    for char in everything:
        first = unicodedata.normalize("NFKD", char)[0]
        if unicodedata.combining(first) or first in seconds:
            assert covered.match(char), hex(ord(char))


def test_every_character_alone_folds_once_and_for_all() -> None:
    for code in range(sys.maxunicode + 1):
        once = fold(chr(code)).text
        assert fold(once).text == once, hex(code)
