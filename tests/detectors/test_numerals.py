"""Numerals: their value, exactly, and what is no numeral."""

from __future__ import annotations

from fractions import Fraction

import pytest
from detecting import drawn, lines
from hypothesis import given
from hypothesis import strategies as st

from flamecheck.detectors.numerals import Limits, numerals, value_of
from flamecheck.normalize import fold

VALUES = {
    "1000": 1000,
    "1,000": 1000,
    "1,234,567": 1_234_567,
    "1000万": 10_000_000,
    "1,000万": 10_000_000,
    "一千万": 10_000_000,
    "１０００万": 10_000_000,
    "百万": 1_000_000,
    "1億2000万": 120_000_000,
    "1億2,000万": 120_000_000,
    "1.5億": 150_000_000,
    "0.1": Fraction(1, 10),
    "三千5百": 3500,
    "3千500": 3500,
    "二〇〇〇": 2000,
    "二〇二六": 2026,
    "三百五十": 350,
    "千二百三十四": 1234,
    "2兆": 2 * 10**12,
    "弐拾万": 200_000,
    "十": 10,
    "007": 7,
}
TAKEN = """
売上は⟦1000万⟧円です
売上は⟦一千万⟧円です
⟦１，０００⟧人が来ました
⟦二〇〇〇⟧年の話
⟦1億2000万⟧人
定員⟦30⟧名
第⟦3⟧回
⟦千⟧円のランチ
⟦百⟧人の客
⟦1.5⟧倍
⟦100⟧%
-⟦5⟧度
⟦三百五十⟧グラム
⟦十⟧分間の休み
#⟦100万⟧人
約⟦2,000⟧個
⟦五⟧歳
合計⟦3千500⟧円
¥⟦3,980⟧
⟦２０２６⟧年⟦８⟧月
⟦12⟧本⏎⟦34⟧枚
ﾎﾟｲﾝﾄ⟦500⟧
"""
LEFT = """
数百万円
何千人
幾千の夜
一番人気
一緒に
十分です
五十嵐さん
千葉県
八百屋
百貨店
八百万の神
万が一
万博
2026/8/9
10:30
v1.2.3
A100
192.168.0.1
ISBN 978-4-09-023459
03-3456-7890
型番100
注文番号12345
https://a.jp/100
35.68,139.76
一石二鳥
百人一首
七五三
四季
"""


@pytest.mark.parametrize(("text", "value"), VALUES.items())
def test_the_value_is_exact(text: str, value: Fraction | int) -> None:
    assert value_of(fold(text).text) == value


@pytest.mark.parametrize("text", ["", "万", "たくさん", "1万2億円", "一2", "1.2.3"])
def test_what_is_no_number_has_no_value(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        value_of(text)


@pytest.mark.parametrize("text", lines(TAKEN))
def test_numerals_are_taken(text: str) -> None:
    assert drawn("number", text) == text


@pytest.mark.parametrize("text", lines(LEFT))
def test_words_names_codes_and_dates_are_left(text: str) -> None:
    assert drawn("number", text) == text


def kanji(value: int) -> str:
    """Return ``value`` as a Japanese newspaper would have written it once."""
    if value == 0:
        return "〇"
    parts = []
    for size, name in ((10**12, "兆"), (10**8, "億"), (10**4, "万"), (1, "")):
        section, value = divmod(value, size)
        small = ""
        for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
            digit, section = divmod(section, power)
            if digit:
                small += ("" if digit == 1 and unit else "一二三四五六七八九"[digit - 1]) + unit
        if small:
            parts.append(small + name)
    return "".join(parts)


@given(st.integers(1, 10**15))
def test_every_way_of_writing_a_number_has_its_value(value: int) -> None:
    assert value_of(kanji(value)) == value
    assert value_of(str(value)) == value
    assert value_of(f"{value:,}") == value
    high, low = divmod(value, 10**4)
    if 0 < high < 10**4:
        assert value_of(f"{high}万{low or ''}") == value


@pytest.mark.parametrize(
    ("text", "least", "most", "units", "expected"),
    [
        ("99万円と100万円と百万円", "100万", None, ("円",), "99万円と⟦100万円⟧と⟦百万円⟧"),
        ("100万人と100万円", "100万", None, ("円",), "100万人と⟦100万円⟧"),
        ("¥1,000,000の品", "100万", None, ("円",), "⟦¥1,000,000⟧の品"),
        ("1,000,000 円の品", "100万", None, ("円",), "⟦1,000,000 円⟧の品"),
        ("10kgと10kと10", None, None, ("k", "kg"), "⟦10kg⟧と⟦10k⟧と10"),
        ("3人と5人と9人", "4", "8", ("人",), "3人と⟦5人⟧と9人"),
        ("１０００００１円", "1000001", "1000001", (), "⟦１０００００１⟧円"),
        ("-5度と5度", None, "0", ("度",), "-⟦5度⟧と5度"),
        ("1.5億円", "1億5000万", "150,000,000", ("円", "ドル"), "⟦1.5億円⟧"),
    ],
)
def test_limits_and_units_choose(
    text: str, least: str | None, most: str | None, units: tuple[str, ...], expected: str
) -> None:
    limits = Limits(value_of(least) if least else None, value_of(most) if most else None, units)
    assert drawn("number", text, limits=limits) == expected


def test_a_minus_makes_a_value_negative() -> None:
    assert [value for _, value in numerals("気温は-5度、マイナス3度、3-2")] == [-5, -3]
