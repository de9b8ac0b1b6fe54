"""Postal addresses of Japan, and those that are somebody's home.

An address is a postal code (〒 and seven digits), or a municipality and a block number: 丁目, 番地, 番 and 号, or two
to four numbers with strokes between them (住居表示に関する法律, article 2).  Names of towns are not looked up; the 47
prefectures are.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

import regex

from flamecheck.context import Context
from flamecheck.detectors.found import DASH, Found
from flamecheck.grading import Confidence
from flamecheck.spans import Span

_PREFECTURE: Final = (
    "(?:北海道|東京都|(?:大阪|京都)府|(?:青森|岩手|宮城|秋田|山形|福島|茨城|栃木|群馬|埼玉|千葉|神奈川|新潟|富山|石川|福井|山梨|長野|岐阜|静岡|愛知"
    "|三重|滋賀|兵庫|奈良|和歌山|鳥取|島根|岡山|広島|山口|徳島|香川|愛媛|高知|福岡|佐賀|長崎|熊本|大分|宮崎|鹿児島|沖縄)県)"
)
_NAME: Final = r"[\p{Han}\p{Hiragana}\p{Katakana}ー々ヶ]"
# 漢字で始まらない市の名。
_KANA_CITY: Final = (
    "(?:あきる野|あま|あわら|いすみ|いちき串木野|いなべ|いわき|うきは|うるま|えびの|かすみがうら|かほく|さいたま|さくら|さぬき|たつの|つがる|つくば"
    "|つくばみらい|にかほ|ひたちなか|ふじみ野|みどり|みやま|みよし|むつ|南あわじ|東かがわ)(?=市)"
)
# 札幌市中央区北1条西2丁目のような条丁目も町の名に入る。
_TOWN: Final = rf"{_NAME}{{0,18}}?(?:\d{{1,2}}条{_NAME}{{0,6}}?)?"
_NUMBER: Final = r"(?:[1-9]\d{0,4}|[一二三四五六七八九十]{1,3})"
_STROKE: Final = rf"[{DASH}の]"
_STRONG: Final = (
    rf"(?:{_NUMBER}丁目[ \n]?[1-9]\d{{0,3}}(?:番地?|{_STROKE})?(?:の?[1-9]\d{{0,3}}(?:号|{_STROKE}[1-9]\d{{0,3}})?)?"
    rf"|[1-9]\d{{0,4}}番地(?:の?[1-9]\d{{0,3}})?|[1-9]\d{{0,3}}番[1-9]\d{{0,3}}号"
    rf"|[1-9]\d{{0,2}}[{DASH}][1-9]\d{{0,3}}[{DASH}][1-9]\d{{0,3}}(?:[{DASH}][1-9]\d{{0,3}})?)"
)
_WEAK: Final = rf"(?:[1-9]\d{{0,4}}[{DASH}][1-9]\d{{0,3}}|{_NUMBER}丁目|(?<=字{_NAME}{{1,6}})[1-9]\d{{0,4}})"
_END: Final = rf"(?!\d|[{DASH}./:]\d|[円個人名年月歳%])"
_POSTAL: Final = rf"〒 ?(?P<postal>\d{{3}}[{DASH}]?\d{{4}})(?!\d)"
_ADDRESS: Final = regex.compile(
    rf"(?:{_POSTAL}[ \n]{{0,2}})?"
    rf"(?:(?P<prefecture>{_PREFECTURE})[ \n]?{_NAME}{{1,8}}?[市区町村郡][ \n]?{_TOWN}[ \n]?(?:{_STRONG}|{_WEAK})"
    rf"|(?<!\p{{Han}})(?!\p{{Han}}{{0,5}}?{_PREFECTURE})(?:\p{{Han}}[\p{{Han}}々ヶケノ]{{0,5}}?|{_KANA_CITY})[市区町村郡]"
    rf"[ \n]?{_TOWN}[ \n]?{_STRONG}){_END}"
    rf"|{_POSTAL}"
)
_SCORE: Final = regex.compile(r" ?(?:で|の|と)?(?:勝|敗|引き?分|快勝|惜敗|逆転|完封|辛勝|リード|スコア|セット)")
_SAMPLE_CODES: Final = ("0000000", "1234567", "1111111", "9999999")


class Address(NamedTuple):
    """An address of the folded text; ``block`` says whether it goes down to the block."""

    span: Span
    confidence: Confidence
    block: bool


def postal_address(text: str, context: Context) -> Iterator[Found]:  # noqa: ARG001
    """Yield postal addresses.

    The confidence says how complete one is: high with a block number and a prefecture or a postal code, medium
    without the two, low for a postal code alone.
    """
    for address in addresses(text):
        yield Found(address.span, address.confidence)


def addresses(text: str) -> Iterator[Address]:
    """Yield every address of the folded text from the left."""
    for match in _ADDRESS.finditer(text):
        postal = regex.sub(r"\D", "", match["postal"] or "")
        block = text[match.start() : match.end()].rstrip("0123456789-")[-1:] != "〒" and match.end() > match.end(
            "postal"
        )
        if postal in _SAMPLE_CODES or (block and _SCORE.match(text, match.end())):
            continue
        full = match["prefecture"] or postal
        sure = Confidence.LOW if not block else Confidence.HIGH if full else Confidence.MEDIUM
        yield Address(Span(*match.span()), sure, block)


_PERSON: Final = (
    "(?:さん|様|さま|君|くん|ちゃん|氏|先生|選手|社長|部長|店長"
    "|クレーマー|当選者|応募者|落とし主|持ち主|購入者|加害者|被害者|容疑者|犯人|元社員|元従業員)"
)
_HOME: Final = rf"(?:自宅|実家|我が家|わが家|わたしの家|私の家|僕の家|俺の家|うちの家|{_PERSON}の?(?:お宅|宅|家|おうち|ご?住所|お?住まい))"
_HOME_BEFORE: Final = regex.compile(
    rf"{_HOME}(?:の(?:住所|場所|所在地))?(?:は|が|:|=|→|、| |\(|「|\n|も|です){{0,3}}\Z"
)
_HOME_AFTER: Final = regex.compile(
    rf"[^。!?\n]{{0,16}}?(?:{_HOME}|(?:に|で|へ)(?:ひとりで|一人で|家族で|家族と)?(?:住んで|住む|住み|暮らし|住まい)|在住)"
)
_ROOM: Final = regex.compile(
    rf"[ \n]?(?:[\p{{Han}}\p{{Hiragana}}\p{{Katakana}}a-zー・]{{0,15}}?(?:マンション|アパート|ハイツ|コーポ|メゾン|レジデンス|ハイム|コート|パレス|ヴィラ|団地"
    rf"|荘|寮|ハウス|シャトー|ビレッジ|フラット)[\p{{Han}}\p{{Katakana}}a-zー]{{0,8}}?)[ \n]?(?:[a-z\d]{{1,2}}(?:号棟|棟|{_STROKE}))?"
    r"[ \n]?\d{2,4}(?:号室|号|室)?(?!\d)"
)
_OFFICE: Final = regex.compile(
    r"本社|支社|支店|当社|弊社|会社|事務所|店|営業所|会場|スタジオ|サロン|教室|クリニック|医院|病院|オフィス|ギャラリー|工房|工場|本部|事業所|所在地|お問い?合わ?せ|アクセス"
)
_REACH: Final = 24


def private_address(text: str, context: Context) -> Iterator[Found]:  # noqa: ARG001
    """Yield addresses of homes: one that 自宅, 実家, 〜さん宅 or 住んでいる is said of, or one with a flat and its room.

    A flat alone is of medium confidence, and none when words about an office or a shop stand right before it.
    """
    for address in addresses(text):
        start, end = address.span
        if not address.block:
            continue
        room = _ROOM.match(text, end)
        whole = Span(start, room.end() if room else end)
        low = max(0, start - _REACH)
        if _HOME_BEFORE.search(text, low, start) or _HOME_AFTER.match(text, whole.end):
            yield Found(whole, Confidence.HIGH)
        elif room and not _OFFICE.search(text, low, start):
            yield Found(whole, Confidence.MEDIUM)
