"""Numerals as they are written in Japanese, with their exact value: 1000万, 一千万, 1,000, 二〇〇〇, 1.5億.

A tokenizer joins the digits and the 万 of such a numeral into one token, or splits them, as its dictionary has it; so
no pattern can say 「100万円以上」, and this reader can.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, NamedTuple

import regex

from flamecheck.context import Context
from flamecheck.detectors.found import DASH, Found, inside, labelled, urls
from flamecheck.spans import Span


@dataclass(slots=True, frozen=True)
class Limits:
    """What a numeral must be: at least, at most (both included), and followed by one of the units."""

    at_least: Fraction | None = None
    at_most: Fraction | None = None
    units: tuple[str, ...] = ()

    def hold(self, value: Fraction) -> bool:
        """Return whether ``value`` lies within the limits."""
        return (self.at_least is None or value >= self.at_least) and (self.at_most is None or value <= self.at_most)


ANY: Final = Limits()


class Numeral(NamedTuple):
    """A numeral of the folded text and its value."""

    span: Span
    value: Fraction


# 零・壱・弐・参・拾は大字。領収書や契約書で使う。
_DIGITS: Final = {
    char: value for row in ("0123456789", "〇一二三四五六七八九", "零壱弐参") for value, char in enumerate(row)
}
_SMALL: Final = {"十": 10, "百": 100, "千": 1000, "拾": 10}
_PARTS: Final = regex.compile(r"[\d,.]+|[〇一二三四五六七八九零壱弐参]+|[十百千拾]|[万億兆]|.")
_LARGE: Final = {"万": 10**4, "億": 10**8, "兆": 10**12}
_KANJI: Final = "〇一二三四五六七八九十百千万億兆零壱弐参拾"

_PLAIN: Final = r"\d{1,3}(?:,\d{3}){1,6}(?!,?\d)(?:\.\d{1,6})?|\d{1,20}(?:\.\d{1,6})?"
_ARABIC: Final = regex.compile(
    rf"(?<![\da-z_@{_KANJI}])(?<!\d[.,/:{DASH}]|[a-z][.{DASH}])(?:[{_KANJI}]{{1,12}}(?=\d))?(?:{_PLAIN})(?:(?:[十百千万億兆]{{1,3}})(?:{_PLAIN})?){{0,6}}"
    rf"(?!\d|[.,/:{DASH}]\d|[十百千万億兆])"
)
_HAN_RUN: Final = regex.compile(rf"(?<![{_KANJI}\d])[{_KANJI}]{{1,24}}(?![{_KANJI}\d])")
# 「数百万」「何千」「幾万」は数が分からない。
_VAGUE: Final = regex.compile(r"[数何幾]\Z")
_SIGN: Final = regex.compile(r"(?<![\da-z)\]])[-−]\Z|マイナス\Z")
# 漢数字だけの並びは人名・地名・熟語にも出るので、後ろに助数詞があるか、位取りの書き方があるときだけ数と読む。
_COUNTER: Final = regex.compile(
    r" ?(?:円|ドル|ユーロ|元|ポイント|人|名(?!前|字|物|所|店|刀)|個|本(?!当|人|日|社|店|気|音|来|格|屋|の)|枚|冊|台|件|年|ヶ月|か月|カ月|箇月|月|日"
    r"|週間|時間|時|分の|分間|分(?!け|か|野|析|散|割|類|別|子|身|担)|秒|回(?!復|答|転|収|路|避)|度|歳|才|倍|割|点|位|階|号|丁目|番地|番目|代目|周年|世帯|戸|社|校|店舗|軒|匹|頭|羽"
    r"|杯|皿|食|膳|着|足|組|箱|袋|束|パーセント|%|キロ|グラム|メートル|センチ|ミリ|トン|リットル|km|kg|cm|mm|m|g|l|票|席|曲|文字|種類|連勝|字)"
)
# 数の字で始まるが数ではない語。
_WORDS: Final = regex.compile(
    r"十分(?!間|前|後|以内|おき|ほど|程度|早|遅|休|ご)|八百万の?神|一番|一日中|一部|一度|一時(?!間)|一人前に|一本気|一点張|一日千秋|一口|千代|千葉|万が一|万一"
    r"|百年目|千差|千載|一切|一応|一緒|一般|一概|三日坊主|四六時|十人十色|百人一首|七五三|一石|一期|一朝|一世|二度と|二人三脚|十八番|三つ|四つ"
)
_LONGEST_WORD: Final = 8
_BEFORE: Final = {"円": "¥", "ドル": "$"}
"""Signs that stand before the numeral instead of a unit behind it."""


def number(text: str, context: Context, limits: Limits = ANY) -> Iterator[Found]:  # noqa: ARG001
    """Yield numerals within ``limits``; with units, the span takes the unit in.

    Parts of web addresses, dates with strokes, clock times, versions, product codes and numbers after the name of
    another kind of number (注文番号) are no numerals.
    """
    web = urls(text)
    for span, value in numerals(text):
        if not limits.hold(value) or inside(web, span.start) or labelled(text, span.start):
            continue
        whole = _with_unit(text, span, limits.units)
        if whole:
            yield Found(whole)


def _with_unit(text: str, span: Span, units: tuple[str, ...]) -> Span | None:
    """Return the span with its unit, the longest that follows; None when one is asked for and missing."""
    if not units:
        return span
    start = span.end + (text[span.end : span.end + 1] == " ")
    for unit in sorted(units, key=len, reverse=True):
        if text.startswith(unit, start):
            return Span(span.start, start + len(unit))
    before = text[span.start - 1 : span.start]
    if before and any(_BEFORE.get(unit) == before for unit in units):
        return Span(span.start - 1, span.end)
    return None


def numerals(text: str) -> Iterator[Numeral]:
    """Yield every numeral of the folded text from the left."""
    read = [(match, _value(match.group())) for match in _ARABIC.finditer(text)]
    read += [(match, _value(match.group())) for match in _HAN_RUN.finditer(text) if _is_numeral(text, match)]
    found = sorted(Numeral(Span(*match.span()), value) for match, value in read if value is not None)
    for span, value in found:
        low = max(0, span.start - 4)
        if _VAGUE.search(text, low, span.start):
            continue
        yield Numeral(span, -value if _SIGN.search(text, low, span.start) else value)


def _is_numeral(text: str, match: regex.Match[str]) -> bool:
    """Return whether a run of Chinese numerals is a number, not part of a word or of a name."""
    run, start, end = match.group(), match.start(), match.end()
    if run in _LARGE or _WORDS.match(text, start, end + _LONGEST_WORD):
        return False
    if _COUNTER.match(text, end):
        return True
    if all(char in _DIGITS for char in run):
        return "〇" in run and len(run) > 1
    return run[0] not in _LARGE and (len(run) > 2 or (len(run) > 1 and run[-1] in _LARGE))


def _value(numeral: str) -> Fraction | None:
    try:
        return value_of(numeral)
    except ValueError:
        return None


def value_of(numeral: str) -> Fraction:
    """Return the exact value of a folded numeral; raises ValueError for what is none.

    Digits and commas, or positional Chinese digits, are read as they stand; 十 百 千 multiply the digits before them,
    and 万 億 兆 everything since the last of them, so that 「1億2000万」 and 「三千5百」 have one value each.
    """
    if not numeral:
        raise ValueError("empty")
    if numeral.isdecimal() and numeral.isascii():
        return Fraction(int(numeral))
    total = section = Fraction(0)
    pending: Fraction | None = None
    for part in _PARTS.findall(numeral):
        if part in _LARGE:
            section += pending or 0
            if not section:
                raise ValueError(numeral)
            total += section * _LARGE[part]
            section, pending = Fraction(0), None
        elif part in _SMALL:
            section += (1 if pending is None else pending) * _SMALL[part]
            pending = None
        elif pending is None and part[0] in _DIGITS:
            pending = Fraction("".join(str(_DIGITS.get(char, char)) for char in part.replace(",", "")))
        else:
            raise ValueError(numeral)
    return total + section + (pending or 0)
