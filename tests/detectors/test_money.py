"""Cards and accounts: what they take and what they leave."""

from __future__ import annotations

import pytest
from detecting import drawn, lines, sure
from hypothesis import given
from hypothesis import strategies as st

from flamecheck.detectors.money import luhn

CARD = """
カード番号は⟦4539 1488 0343 6467⟧です
⟦4539-1488-0343-6467⟧
⟦4539148803436467⟧
⟦４５３９－１４８８－０３４３－６４６７⟧
⟦4539ー1488ー0343ー6467⟧
⟦4539−1488−0343−6467⟧
ｶｰﾄﾞ⟦4539 1488 0343 6467⟧
クレカ⏎⟦4539 1488 0343 6467⟧
有効期限 12/28、⟦4539 1488 0343 6467⟧
⟦4539 1488 0343 6467⟧ 123
⟦5425 2334 3010 9903⟧
⟦2223 0000 1047 9993⟧
⟦3742 454554 00126⟧
⟦374245455400126⟧
⟦3528 0007 0034 5678⟧
⟦3618 480000 3451⟧
（⟦4539-1488-0343-6467⟧）
番号:⟦4539148803436467⟧、名義は山田
⟦4539 1488 0343 6467⟧と⟦5425 2334 3010 9903⟧
⟦6221 2600 3456 7891⟧
"""
NOT_CARD = """
4539 1488 0343 6468
4242 4242 4242 4242
4111-1111-1111-1111
5555555555554444
378282246310005
0000 0000 0000 0000
1234 5678 9012 3456
**** **** **** 6467
9539 1488 0343 6467
注文番号 4539148803436467
追跡番号：4539-1488-0343-6467
シリアル番号は4539148803436467
https://midori.jp/4539148803436467
A4539148803436467
4539148803436467B
ISBN 9784062748681
JANコード 4901234567894
453914880343646745391488
価格4,539,148,803,436,467円
1204 4539 1488 0343 6467 2210
4539.148803436467
090-2345-9876
マイナンバー123456789018
2026-11-24 10:00
型番4539-1488-0343-6467
"""
ACCOUNT = """
⟦港銀行 中央支店 普通 2345678⟧
⟦港銀行中央支店 普通預金 2345678⟧
⟦みずほ銀行 港支店（店番123）普通 2345678⟧
振込先：⟦港信用金庫 本店 当座 2345678⟧
⟦ゆうちょ銀行 〇一八支店 普通 2345678⟧
⟦普通預金 口座番号：2345678⟧
⟦普通 ２３４５６７８⟧
⟦普通口座 2345678⟧
⟦普通：2345678⟧
⟦普通⏎2345678⟧
⟦普通 口座番号 2345678⟧ 名義 サトウ
⟦当座預金 No.2345678⟧
⟦当座 234-5678⟧
⟦貯蓄預金 2345678⟧
（⟦普通）2345678⟧
⟦記号 10170 番号 23456781⟧
⟦記号10170-番号23456781⟧
⟦記号：10170、番号：2345671⟧
⟦記号１０１７０番号２３４５６７８１⟧
⟦記号⏎10170⏎番号⏎23456781⟧
⟦振替口座 00120-3-45678⟧
⟦払込先：00150-7-23456⟧
ﾌﾘｺﾐは⟦普通 2345678⟧へ
"""
NOT_ACCOUNT = """
普通 1234567
普通 0000000
普通の口座
普通 2345678円
普通 2345678個
普通 23456789
普通 234567
普通郵便 2345678
普通自動車
当座の目標は2345678です
口座番号 2345678
記号 12345 番号 23456781
記号 10170 番号 12345671
記号 10170 番号 23456782
記号 20170 番号 23456781
記号と番号
振替休日 2026-1-12
振替口座について
港銀行 中央支店 営業時間
普通2,345,678円
注文番号 2345678
電話 234-5678
〒234-5678
"""


@pytest.mark.parametrize("text", lines(CARD))
def test_cards_are_taken(text: str) -> None:
    assert drawn("card", text) == text


@pytest.mark.parametrize("text", lines(NOT_CARD))
def test_what_is_no_card_is_left(text: str) -> None:
    assert drawn("card", text) == text


@given(st.text("0123456789", min_size=12, max_size=18))
def test_one_digit_in_ten_checks(digits: str) -> None:
    assert sum(luhn(digits + last) for last in "0123456789") == 1


@given(st.text("0123456789", min_size=13, max_size=19).filter(luhn), st.data())
def test_one_wrong_digit_never_checks(digits: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(digits) - 1))
    other = data.draw(st.sampled_from("0123456789").filter(lambda char: char != digits[at]))
    assert not luhn(digits[:at] + other + digits[at + 1 :])


def test_a_card_is_sure_by_its_word_and_less_sure_without_gaps() -> None:
    assert sure("card", "カード 4539148803436467") == ["high"]
    assert sure("card", "番号 4539 1488 0343 6467") == ["medium"]
    assert sure("card", "番号 4539148803436467") == ["low"]


@pytest.mark.parametrize("text", lines(ACCOUNT))
def test_accounts_are_taken(text: str) -> None:
    assert drawn("bank-account", text) == text


@pytest.mark.parametrize("text", lines(NOT_ACCOUNT))
def test_what_is_no_account_is_left(text: str) -> None:
    assert drawn("bank-account", text) == text


def test_an_account_is_sure_with_its_bank_and_branch() -> None:
    assert sure("bank-account", "港銀行 中央支店 普通 2345678") == ["high"]
    assert sure("bank-account", "普通 2345678") == ["medium"]
