"""Payment cards and bank accounts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import regex

from flamecheck.context import Context
from flamecheck.detectors.found import DASH, Found, digits_of, inside, labelled, urls
from flamecheck.grading import Confidence
from flamecheck.spans import Span

_CARD: Final = regex.compile(
    # 四桁の数が並んでいるだけの表は番号ではない。
    rf"(?<![\da-z+.,/])(?<!\d[{DASH}]|[a-z][{DASH}]|\d{{4}} )"
    rf"(?:\d{{4}}(?P<gap>[ {DASH}])\d{{4}}(?P=gap)\d{{4}}(?P=gap)\d{{1,4}}(?P<tail>(?P=gap)\d{{3}})?"
    rf"|\d{{4}}(?P<mid>[ {DASH}])\d{{6}}(?P=mid)\d{{4,5}}|\d{{13,19}})"
    rf"(?![\da-z]|[{DASH}.,/]\d|[{DASH}][a-z]| \d{{4}}(?!\d))"
)
# 発行者識別番号（ISO/IEC 7812）の、国際ブランドごとの公開された範囲と桁数。
_ISSUERS: Final = (
    (4, 4, 1, (13, 16, 19)),  # Visa
    (51, 55, 2, (16,)),  # Mastercard
    (2221, 2720, 4, (16,)),  # Mastercard
    (34, 34, 2, (15,)),  # American Express
    (37, 37, 2, (15,)),  # American Express
    (3528, 3589, 4, (16, 17, 18, 19)),  # JCB
    (300, 305, 3, (14, 16, 17, 18, 19)),  # Diners Club
    (3095, 3095, 4, (14, 16, 17, 18, 19)),  # Diners Club
    (36, 36, 2, (14, 16, 17, 18, 19)),  # Diners Club
    (38, 39, 2, (14, 16, 17, 18, 19)),  # Diners Club
    (6011, 6011, 4, (16, 17, 18, 19)),  # Discover
    (644, 659, 3, (16, 17, 18, 19)),  # Discover
    (62, 62, 2, (16, 17, 18, 19)),  # UnionPay
)
# 決済事業者が試験用に公開している番号。
_TEST_CARDS: Final = frozenset(
    """
    4242424242424242 4000056655665556 5555555555554444 2223003122003222 5200828282828210 5105105105105100
    378282246310005 371449635398431 6011111111111117 6011000990139424 6011981111111113 3056930009020004
    36227206271667 6555900000604105 3566002020360505 6200000000000005 6200000000000047 6205500000000000004
    4111111111111111 4012888888881881 4222222222222 30569309025904 38520000023237 3530111333300000
    378734493671000 4000000000000002 4000000000009995 4000000000000077 4000002500003155 4000003920000003
    """.split()
)
_CARD_WORDS: Final = regex.compile(
    r"カード|クレジット|クレカ|デビット|visa|ビザカード|master ?card|マスターカード|jcb|amex|アメックス|ダイナース|有効期限|cvv|cvc"
    r"|セキュリティコード|card"
)
_NEAR: Final = 40


def card(text: str, context: Context) -> Iterator[Found]:  # noqa: ARG001
    """Yield payment card numbers: an issuer's prefix and length, and the check digit of ISO/IEC 7812-1 (Luhn).

    One number in ten passes the check by chance, so the confidence is high only when a word about cards stands near,
    medium when the number is parted as on a card, and low otherwise.  Published test numbers are left.
    """
    web = urls(text)
    for match in _CARD.finditer(text):
        start = match.start()
        # 16 桁の後ろの三桁は、番号の続きのこともセキュリティコードのこともある。
        ends = [match.end()] if match["tail"] is None else [match.start("tail"), match.end()]
        end = next((end for end in ends if _is_card(digits_of(text[start:end]))), None)
        if end is None:
            continue
        if inside(web, start) or labelled(text, start):
            continue
        named = _CARD_WORDS.search(text, max(0, start - _NEAR), min(len(text), end + _NEAR))
        parted = Confidence.LOW if match.group().isdecimal() else Confidence.MEDIUM
        yield Found(Span(start, end), Confidence.HIGH if named else parted)


def _is_card(digits: str) -> bool:
    return digits not in _TEST_CARDS and len(set(digits)) > 3 and _has_issuer(digits) and luhn(digits)


def luhn(digits: str) -> bool:
    """Return whether the last digit is the check digit of the others (ISO/IEC 7812-1, annex B)."""
    doubled = (int(char) * (1 + at % 2) for at, char in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _has_issuer(digits: str) -> bool:
    return any(low <= int(digits[:size]) <= high and len(digits) in lengths for low, high, size, lengths in _ISSUERS)


_KIND: Final = r"(?:普通|当座|貯蓄)(?:預金|貯金)?"
_ACCOUNT: Final = regex.compile(
    rf"{_KIND}(?:口座)?(?:の)?(?:口座)?(?:番号|no\.?)?[ \t\n:/・()「」、=はが]{{0,4}}(?:口座)?(?:番号|no\.?)?[ \t\n:/・()「」、=はが]{{0,4}}"
    rf"(?P<number>\d{{7}}|\d{{3}}[ {DASH}]\d{{4}})(?![\d,]|[{DASH}.]\d|[円個人名枚件])"
)
_BRANCH: Final = regex.compile(
    r"[\p{Han}\p{Katakana}ーa-z]{0,12}(?:みずほ|りそな|ゆうちょ)?(?:銀行|信用金庫|信金|信用組合|信組|労働金庫|ろうきん|農業協同組合|農協|漁協|ja)"
    r"[^。!?]{0,24}?(?:支店|本店|出張所|営業部|支所|店)[^。!?]{0,16}\Z"
)
_BEFORE_ACCOUNT: Final = 60
_POST_OFFICE: Final = regex.compile(
    r"(?:記号|通帳記号)[ \t\n:は]{0,3}(?P<sign>1\d{3}0)[ \t\n、,・/-]{0,3}(?:の)?(?:番号)?[ \t\n:は]{0,3}(?P<number>\d{1,7}1)(?!\d)"
    rf"|(?:振替|払込)(?:口座|先|口座番号|口座記号番号)?[ \t\n:は]{{0,3}}(?P<transfer>0\d{{4}}[{DASH}]\d[{DASH}]\d{{1,6}})(?!\d)"
)
_SAMPLE_NUMBERS: Final = frozenset(["1234567", "0123456", "7654321", "12345671", "12345678", "00000001"])


def bank_account(text: str, context: Context) -> Iterator[Found]:  # noqa: ARG001
    """Yield bank accounts (普通 or 当座 and seven digits) and post office accounts (記号 and 番号).

    A seven-digit account number is what 全国銀行協会「全銀手順」 transfers name; 記号 of a 総合口座 is 1 and ends with 0,
    its 番号 ends with 1, and a 振替口座 starts with 0 (ゆうちょ銀行「記号番号から振込用の店名・預金種目・口座番号への変換」).
    The confidence is high when a bank and a branch stand before the number, or for a post office account.
    """
    found = []
    for match in _ACCOUNT.finditer(text):
        digits = digits_of(match["number"])
        if digits in _SAMPLE_NUMBERS or len(set(digits)) == 1:
            continue
        branch = _BRANCH.search(text, max(0, match.start() - _BEFORE_ACCOUNT), match.start())
        sure = Confidence.HIGH if branch else Confidence.MEDIUM
        found.append(Found(Span(branch.start() if branch else match.start(), match.end()), sure))
    for match in _POST_OFFICE.finditer(text):
        digits = match["number"] or digits_of(match["transfer"])
        if digits not in _SAMPLE_NUMBERS and len(set(digits)) > 1:
            found.append(Found(Span(*match.span()), Confidence.HIGH))
    yield from _apart(sorted(found))


def _apart(found: list[Found]) -> Iterator[Found]:
    """Yield what does not overlap something before it."""
    end = -1
    for item in found:
        if item.span.start >= end:
            yield item
            end = item.span.end
