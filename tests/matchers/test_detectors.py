"""Detectors: what they take and what they leave."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flamecheck.grading import Confidence
from flamecheck.matchers.detectors import check_digit, my_number, phone, placeholder


def words(found: object, text: str) -> list[str]:
    return [text[slice(*hit.span)] for hit in found]  # type: ignore[attr-defined]


@given(st.lists(st.integers(0, 9), min_size=11, max_size=11).filter(lambda d: len(set(d)) > 2))
def test_a_number_is_taken_only_with_its_check_digit(digits: list[int]) -> None:
    right = check_digit(digits)
    for last in range(10):
        number = "".join(map(str, [*digits, last]))
        assert bool(list(my_number(f"個人番号 {number} です"))) == (last == right)


def test_a_number_is_sure_only_when_it_is_named() -> None:
    digits = [1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1]
    number = "".join(map(str, [*digits, check_digit(digits)]))
    assert [hit.confidence for hit in my_number(f"マイナンバーは{number}")] == [Confidence.HIGH]
    assert [hit.confidence for hit in my_number(f"製造番号 {number}")] == [Confidence.LOW]
    assert not list(my_number(f"製造番号 {number}0"))


@pytest.mark.parametrize("text", ["090-8765-4321", "080 2345 9876", "07023459876", "+81 90-8765-4321"])
def test_mobile_numbers_are_taken(text: str) -> None:
    assert words(phone(f"連絡は{text}まで"), f"連絡は{text}まで") == [text]


@pytest.mark.parametrize(
    "text",
    [
        "0120-123-456",
        "03-1234-5678",
        "0570-000-111",
        "090-0000-0000",
        "090-1234-5678",
        "1090-8765-4321",
        "090-8765-43210",
        "2090年8765",
    ],
)
def test_shop_numbers_and_samples_are_left(text: str) -> None:
    assert not list(phone(text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{{customer_name}}様、こんにちは", ["{{customer_name}}"]),
        ("○○様、いつもありがとうございます", ["○○様"]),
        ("価格は××円です", ["××円"]),
        ("【下書き】新商品のお知らせ", ["【下書き】"]),
        ("[○○]を発売します", ["[○○]"]),
        ("合計${total}円", ["${total}"]),
    ],
)
def test_slots_are_taken(text: str, found: list[str]) -> None:
    assert words(placeholder(text), text) == found


@pytest.mark.parametrize(
    "text",
    [
        "○○に入る言葉は何でしょう",
        "二〇〇円引き",
        "XXLサイズ",
        "1990年代",
        "TODOリストアプリ",
        "穴埋めクイズ！○○様に入るのは？",
        "仮予約を受け付けます",
    ],
)
def test_ordinary_signs_are_left(text: str) -> None:
    assert not list(placeholder(text))
