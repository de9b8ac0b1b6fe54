"""My Number and number plates: what they take and what they leave."""

from __future__ import annotations

import pytest
from detecting import drawn, lines, sure
from hypothesis import given
from hypothesis import strategies as st

from flamecheck.detectors.identity import check_digit

MY_NUMBER = """
マイナンバーは⟦123456789018⟧です
⟦1234 5678 9018⟧
⟦1234-5678-9018⟧
⟦１２３４５６７８９０１８⟧
番号⏎⟦234567890121⟧
"""
NOT_MY_NUMBER = """
123456789012
1234567890180
000000000000
111111111111
12345678901
0120-123-456
2026-11-24
1234 5678-9018
090-8765-4321
"""
PLATE = """
⟦品川 300 あ 12-34⟧の車
⟦品川300あ12-34⟧
⟦品川３００あ１２－３４⟧
⟦品川300あ1234⟧
⟦横浜 58 さ ・・・5⟧
⟦横浜58さ・・12⟧
⟦横浜 331 て 88-77⟧
⟦なにわ 330 る 88-77⟧
⟦とちぎ 500 ね 20-46⟧
⟦尾張小牧 301 ほ 45-67⟧
⟦伊勢志摩 302 の 34-56⟧
⟦富士山 330 み 38-77⟧
⟦袖ヶ浦 501 も 23-45⟧
⟦名古屋 3a0 あ 12-35⟧
⟦足立 30A つ 98-76⟧
⟦沖縄 330 わ 45-67⟧
⟦湘南 330 れ 45-67⟧
⟦練馬ナンバー 300 ま 45-67⟧
⟦京都・500・ら・45-67⟧
⟦川越 501 ゆ 7⟧の白い車
黒い車（⟦八王子 331 せ 90-12⟧）
ﾅﾝﾊﾞｰは⟦春日部 531 り 56-78⟧
⟦千葉 100 か 23-45⟧のトラック
"""
NOT_PLATE = """
品川300あ
品川区で300あります
品川 300 お 12-34
品川 300 し 12-34
品川 300 へ 12-34
品川 300 ん 12-34
東京 300 あ 12-34
大阪3の12個入り
大阪 3 の 12枚
福島 3 は 12歳
横浜 500 さ 12-345
横浜 500 さ 0123
横浜 500 円
横浜 10 時
千葉 2 た 5個
名古屋 331 12-34
札幌の300人が12-34へ
静岡 4 に 12月
三重 7 と 8月
注文番号 300-12-34
長野 3 は 5年
品川 0300 あ 12-34
"""


@given(st.lists(st.integers(0, 9), min_size=11, max_size=11).filter(lambda d: len(set(d)) > 2))
def test_a_number_is_taken_only_with_its_check_digit(digits: list[int]) -> None:
    right = check_digit(digits)
    for last in range(10):
        number = "".join(map(str, [*digits, last]))
        assert bool(sure("my-number", f"個人番号 {number} です")) == (last == right)


def test_a_number_is_sure_only_when_it_is_named() -> None:
    digits = [1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1]
    number = "".join(map(str, [*digits, check_digit(digits)]))
    assert sure("my-number", f"マイナンバーは{number}") == ["high"]
    assert sure("my-number", f"製造番号 {number}") == ["low"]
    assert sure("my-number", f"製造番号 {number}0") == []


@pytest.mark.parametrize("text", lines(MY_NUMBER + NOT_MY_NUMBER))
def test_my_numbers_are_taken_however_they_are_parted(text: str) -> None:
    assert drawn("my-number", text) == text


@pytest.mark.parametrize("text", lines(PLATE))
def test_number_plates_are_taken(text: str) -> None:
    assert drawn("licence-plate", text) == text


@pytest.mark.parametrize("text", lines(NOT_PLATE))
def test_what_is_no_number_plate_is_left(text: str) -> None:
    assert drawn("licence-plate", text) == text
