"""Mobile numbers and fixed lines: what they take and what they leave."""

from __future__ import annotations

import pytest
from detecting import drawn, lines, sure

from flamecheck.context import Context
from flamecheck.detectors.telephone import office
from flamecheck.normalize import fold

MOBILE = """
連絡は⟦090-8765-4321⟧まで
連絡は⟦080 2345 9876⟧まで
連絡は⟦07023459876⟧まで
連絡は⟦+81 90-8765-4321⟧まで
連絡は⟦+81-80-2345-9876⟧まで
連絡は⟦+819023459876⟧まで
国番号つきでは⟦+81(0)90-2345-9876⟧です
⟦０９０－８７６５－４３２１⟧です
⟦０９０ー８７６５ー４３２１⟧です
⟦090−2345−9876⟧です
⟦090‐2345‐9876⟧です
⟦090–2345–9876⟧です
⟦090.2345.9876⟧です
⟦090(2345)9876⟧です
⟦060-2345-9876⟧です
ｹｲﾀｲは⟦080-3344-5566⟧です
携帯：⟦090-2233-4455⟧、自宅は不在です
電話は⏎⟦070-3456-0912⟧⏎です
☎⟦090-5566-7788⟧
⟦090-2345-9876⟧と⟦080-2345-9876⟧
TEL⟦09023459876⟧
"""
NOT_MOBILE = """
0120-123-456
03-1234-5678
0570-000-111
090-0000-0000
080-9999-9999
1090-8765-4321
090-8765-43210
2090年8765
050-3456-7890
0800-123-4567
注文番号：09023459876
型番 A090-8765-4321X の部品
シリアル番号は 09023459876 です
https://shop.jp/item/09023459876
ISBN 978-4-09-023459-8
価格は9,087円です
2026-11-24に発売します
緯度35.0902345987
090234-59876番
伝票番号 090-2345-9876
ABC090-2345-9876
品番090-2345-9876-1
"""
LANDLINE = """
店の電話は⟦03-3456-7890⟧です
⟦０３－３４５６－７８９０⟧
⟦０３ー３４５６ー７８９０⟧
⟦03−3456−7890⟧
⟦(045)681-2345⟧へ
⟦（０４５）６８１－２３４５⟧へ
⟦045(681)2345⟧へ
⟦045 681 2345⟧へ
⟦0466-25-1234⟧
⟦04992-2-1234⟧
⟦+81-3-3456-7890⟧
⟦+81 45 681 2345⟧
⟦+81(0)3-3456-7890⟧
⟦0456812345⟧
⟦0334567890⟧
⟦06-6345-2345⟧
⟦011-231-4567⟧
⟦098-866-2345⟧
TEL：⟦052-201-3456⟧、FAX：⟦052-201-3457⟧
ﾃﾞﾝﾜは⟦075-211-3456⟧
⟦0263-33-2345⟧（松本）
⟦01267-2-3456⟧
電話⏎⟦092-711-2345⟧
"""
NOT_LANDLINE = """
090-8765-4321
0120-345-678
0570-064-064
0800-700-1234
050-3456-7890
03-1234-5678
03-0000-0000
03-0123-4567
045-222-2222
0101-22-3456
045-6812-345
03-345-67890
A03-3456-7890
03-3456-7890-1
注文番号 03-3456-7890
受付番号: 0334567890
https://shop.jp/?tel=0334567890
2026-03-3456
1,034,567,890円
ISBN 978-4-03-345678-9
バージョン 03.3456.78901
型番は03-3456-7890です
緯度は0.334567890です
0034567890
13-3456-7890
"""


@pytest.mark.parametrize("text", lines(MOBILE))
def test_mobile_numbers_are_taken(text: str) -> None:
    assert drawn("phone", text) == text


@pytest.mark.parametrize("text", lines(NOT_MOBILE))
def test_shop_numbers_samples_and_codes_are_left(text: str) -> None:
    assert drawn("phone", text) == text


@pytest.mark.parametrize("text", lines(LANDLINE))
def test_fixed_lines_are_taken(text: str) -> None:
    assert drawn("landline", text) == text


@pytest.mark.parametrize("text", lines(NOT_LANDLINE))
def test_what_is_no_fixed_line_is_left(text: str) -> None:
    assert drawn("landline", text) == text


def test_a_run_of_ten_digits_is_less_sure_than_a_parted_number() -> None:
    assert sure("landline", "0334567890") == ["medium"]
    assert sure("landline", "03-3456-7890") == ["high"]


def test_a_number_that_counts_up_is_less_sure_since_forms_show_it_as_a_sample() -> None:
    assert sure("phone", "090-1234-5678") == ["low"]
    assert sure("phone", "090-2345-9876") == ["high"]


OFFICE = """
お問い合わせは⟦0120-123-456⟧まで
⟦0120(123)456⟧です
⟦０１２０－１２３－４５６⟧です
⟦0120-12-3456⟧です
⟦0570-012-345⟧へ
⟦0800-123-4567⟧へ
⟦050-1234-5678⟧へ
"""
NO_OFFICE = """
注文番号 0120-123-456
https://example.jp/0120-123-456
0120-123-4567
03-1234-5678
0120-123
"""


@pytest.mark.parametrize("line", lines(OFFICE) + lines(NO_OFFICE))
def test_numbers_that_only_offices_have(line: str) -> None:
    folded = fold(line.replace("⟦", "").replace("⟧", ""))
    found = [folded.to_source(item.span) for item in office(folded.text, Context())]
    expected = [(line.index("⟦"), line.index("⟧") - 1)] if "⟦" in line else []
    assert found == expected
