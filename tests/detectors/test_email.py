"""E-mail addresses: what they take, what they leave, and whose they look like."""

from __future__ import annotations

import pytest
from detecting import drawn, lines, sure

TAKEN = """
⟦taro.yamada@gmail.com⟧
⟦ｔａｒｏ＠ｇｍａｉｌ．ｃｏｍ⟧
⟦taro＠gmail.com⟧
連絡は⟦h.sato@midori-shoji.co.jp⟧まで
（⟦sato_h@docomo.ne.jp⟧）
⟦info@midori-shoji.co.jp⟧
⟦RECRUIT@Midori-Shoji.co.jp⟧
mailto:⟦sato@midori.jp⟧
⟦a.b+news@icloud.com⟧
⟦x1@mail.sub.midori.or.jp⟧
担当：⟦suzuki@city.minato.lg.jp⟧です
ﾒｰﾙは⟦suzuki@ezweb.ne.jp⟧へ
宛先⏎⟦suzuki@softbank.ne.jp⟧⏎まで
「⟦suzuki@yahoo.co.jp⟧」
⟦s%taro@midori.net⟧
⟦0909@midori.com⟧
⟦taro@midori.tokyo⟧
⟦taro@midori.co.jp⟧、⟦jiro@midori.co.jp⟧
<⟦taro@midori.io⟧>
メール:⟦taro@midori.info⟧。
⟦o'brien@midori.ie⟧
"""
LEFT = """
taro@example.com
taro@example.co.jp
taro@example3.jp
taro@mail.example.org
taro@sample.com
taro@dummy.co.jp
taro@test.com
taro@midori.test
taro@midori.invalid
xxx@midori.co.jp
sample@midori.co.jp
@taro@mastodon.social
@taro
git@github.com:midori/shop
icon@2x.png
taro@localhost
taro＠会社
react@18.2.0
user@host
1個@100円
taro@@midori.jp
https://midori.jp/@taro
"""


@pytest.mark.parametrize("text", lines(TAKEN))
def test_addresses_are_taken(text: str) -> None:
    assert drawn("email", text) == text


@pytest.mark.parametrize("text", lines(LEFT))
def test_examples_handles_and_versions_are_left(text: str) -> None:
    assert drawn("email", text) == text


def test_the_confidence_says_whose_an_address_looks_like() -> None:
    assert sure("email", "info@midori.jp recruit2027@midori.jp press-office@midori.jp") == ["low"] * 3
    assert sure("email", "h.sato@midori.jp") == ["medium"]
    assert sure("email", "h.sato@gmail.com") == ["high"]
    assert sure("email", "midori.shop+contact@gmail.com") == ["high"]
