"""Numbers that name a person or a car: My Number and number plates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import regex

from flamecheck.context import Context
from flamecheck.detectors.found import Found
from flamecheck.grading import Confidence
from flamecheck.spans import Span

# 四桁の数が並んでいるだけの表は番号ではない。
_TWELVE: Final = regex.compile(r"(?<![\d\-])(?<!\d{4} )(?:\d{4}([ \-]?)\d{4}\1\d{4})(?![\d\-]| \d{4}(?!\d))")
_MY_NUMBER_WORDS: Final = ("マイナンバー", "個人番号", "マイナ")


def my_number(text: str, context: Context) -> Iterator[Found]:  # noqa: ARG001
    """Yield 12-digit numbers whose last digit is the check digit of the individual number.

    The digit is defined in the ministerial order on My Number cards (平成26年総務省令第85号, article 5).  One random
    12-digit number in about eleven passes, so the hit is sure only when the post speaks of My Number.
    """
    named = any(word in text for word in _MY_NUMBER_WORDS)
    for match in _TWELVE.finditer(text):
        digits = [int(char) for char in match.group() if char.isdecimal()]
        if len(set(digits)) > 2 and check_digit(digits[:11]) == digits[11]:
            yield Found(Span(*match.span()), Confidence.HIGH if named else Confidence.LOW)


def check_digit(eleven: list[int]) -> int:
    """Return the twelfth digit that belongs to the first eleven."""
    total = sum(digit * (n + 1 if n <= 6 else n - 5) for n, digit in enumerate(reversed(eleven), start=1))
    rest = total % 11
    return 0 if rest <= 1 else 11 - rest


PLACES: Final = tuple(
    """
    札幌 函館 旭川 室蘭 苫小牧 釧路 知床 帯広 十勝 北見 青森 弘前 八戸 岩手 盛岡 平泉 宮城 仙台 秋田 山形 庄内 福島 会津 郡山
    白河 いわき 水戸 土浦 つくば 宇都宮 那須 とちぎ 日光 群馬 前橋 高崎 大宮 川口 所沢 川越 熊谷 春日部 越谷 千葉 成田 習志野 市川
    船橋 袖ヶ浦 袖ケ浦 市原 野田 柏 松戸 品川 世田谷 練馬 杉並 板橋 足立 江東 葛飾 江戸川 八王子 多摩 横浜 川崎 湘南 相模 山梨 富士山
    新潟 長岡 上越 長野 松本 諏訪 安曇野 南信州 富山 石川 金沢 福井 岐阜 飛騨 静岡 浜松 沼津 伊豆 名古屋 豊橋 三河 岡崎 豊田
    尾張小牧 一宮 春日井 三重 鈴鹿 四日市 伊勢志摩 滋賀 京都 なにわ 大阪 和泉 堺 神戸 姫路 奈良 飛鳥 和歌山 鳥取 島根 出雲 岡山 倉敷
    広島 福山 山口 下関 徳島 香川 高松 愛媛 高知 福岡 北九州 久留米 筑豊 佐賀 長崎 佐世保 熊本 大分 宮崎 鹿児島 奄美 沖縄
    """.split()
)
"""What the first field of a number plate says (国土交通省「ナンバープレートの表示内容」, with the local plates)."""
_PLATE: Final = regex.compile(
    rf"(?<!\p{{Han}})(?:{'|'.join(sorted(PLACES, key=lambda place: (-len(place), place)))})(?:ナンバー)?[ \t・の]{{0,2}}"
    # 分類番号は一桁から三桁で、下二桁には A C F H K L M P X Y も使う（2018 年から）。
    r"(?:[1-9]\d{1,2}|[1-9]\d?[acfhklmpxy]|[1-9][acfhklmpxy][\dacfhklmpxy]|[1-9])[ \t・の]{0,2}"
    # お・し・へ・ん は使わない。
    r"[あ-えか-さす-ふほ-をehkmty][ \t・]{0,2}"
    r"(?:[1-9]\d[ \-‐–—−ー]?\d{2}|[・.· ]{0,3}[1-9]\d{0,2})(?![\d,.]|[\-‐–—−ー]\d|[円人年月日個枚本回歳才倍%時分秒度名台]|[a-z])"
)


def licence_plate(text: str, context: Context) -> Iterator[Found]:  # noqa: ARG001
    """Yield number plates of cars: place, class, kana and up to four digits (自動車登録規則第13条, 様式第1号の別表).

    The kana お, し, へ and ん are not used.  The classes 0 to 9 of one digit are old and still on the road.
    """
    for match in _PLATE.finditer(text):
        digits = [char for char in match.group() if char.isdecimal()]
        yield Found(Span(*match.span()), Confidence.HIGH if len(digits) >= 5 else Confidence.MEDIUM)
