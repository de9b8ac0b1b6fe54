"""Checks that no pattern can make, by name: check digits, telephone numbers, slots nobody filled in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import regex

from flamecheck.analysis import Analysis
from flamecheck.grading import Confidence
from flamecheck.matching import Hit, Promise, holds_by_hits
from flamecheck.spans import Span

_TWELVE: Final = regex.compile(r"(?<![\d\-])(?:\d{4}([ \-]?)\d{4}\1\d{4})(?![\d\-])")
_MY_NUMBER_WORDS: Final = ("マイナンバー", "個人番号", "マイナ")
# 携帯は 070・080・090、固定は市外局番つき。050 とフリーダイヤルは会社の窓口に使われるので拾わない。
_MOBILE: Final = regex.compile(r"(?<![\da-z\-+])(?:0|\+81[ \-]?)[789]0[ \-]?\d{4}[ \-]?\d{4}(?![\da-z\-])")
_DUMMY_TAILS: Final = ("00000000", "12345678", "11111111", "99999999")
_MARK: Final = "[○〇◯△▲□■●◎×xX*＊_]"
_PLACEHOLDER: Final = regex.compile(
    r"\{\{[^{}\n]{0,60}\}\}|\$\{[^{}\n]{0,60}\}|<%=?[^%\n]{0,60}%>|%%[A-Za-z_]{1,40}%%"
    rf"|[\[【(]{_MARK}{{2,8}}[\]】)]"
    # ○○様、△△株式会社、××円のように、後ろに数や名前が入るはずの伏せ字。
    rf"|(?<![{_MARK[1:-1]}0-9a-z一二三四五六七八九十百千万])(?:[○〇◯△▲□■●◎]{{2,8}}|[x×]{{2,4}})"
    r"(?:様|さま|さん|氏|円|月|日(?!々)|時|分|%|名様|株式会社|店(?!舗)|市|県|ポイント)"
    r"|株式会社[○〇◯△▲□■●◎]{2,8}"
    r"|(?<![a-z0-9_])(?:todo|fixme|tbd)(?=[:\])】]|\s*$)|lorem ipsum"
    r"|[\[【(](?:下書き|仮|ダミー|要確認|要差し替え|未定稿|ここに[^\]】)\n]{1,20})[\]】)]",
    regex.MULTILINE,
)
# 「○○さんに入る言葉は？」のような穴埋めクイズは、伏せたままで正しい。
_QUIZ: Final = regex.compile(r"入る(?:言葉|文字|数字|漢字|もの)|クイズ|穴埋め|答え|なんでしょう|何でしょう")


def my_number(text: str) -> Iterator[Hit]:
    """Yield 12-digit numbers whose last digit is the check digit of the individual number.

    The digit is defined in the ministerial order on My Number cards (平成26年総務省令第85号, article 5).  One random
    12-digit number in about eleven passes, so the hit is sure only when the post speaks of My Number.
    """
    named = any(word in text for word in _MY_NUMBER_WORDS)
    for match in _TWELVE.finditer(text):
        digits = [int(char) for char in match.group() if char.isdecimal()]
        if len(set(digits)) > 2 and check_digit(digits[:11]) == digits[11]:
            yield Hit(Span(*match.span()), Confidence.HIGH if named else Confidence.LOW)


def check_digit(eleven: list[int]) -> int:
    """Return the twelfth digit that belongs to the first eleven."""
    total = sum(digit * (n + 1 if n <= 6 else n - 5) for n, digit in enumerate(reversed(eleven), start=1))
    rest = total % 11
    return 0 if rest <= 1 else 11 - rest


def phone(text: str) -> Iterator[Hit]:
    """Yield mobile numbers (070, 080, 090), except the obvious samples such as 090-0000-0000."""
    for match in _MOBILE.finditer(text):
        digits = "".join(char for char in match.group() if char.isdecimal())
        if digits[-8:] not in _DUMMY_TAILS and len(set(digits[-8:])) > 1:
            yield Hit(Span(*match.span()), Confidence.HIGH)


def placeholder(text: str) -> Iterator[Hit]:
    """Yield template slots and masked names that somebody forgot to fill in."""
    quiz = bool(_QUIZ.search(text))
    for match in _PLACEHOLDER.finditer(text):
        symbolic = match.group()[0] in "{$<%["
        if symbolic or not quiz:
            yield Hit(Span(*match.span()), Confidence.HIGH if symbolic else None)


DETECTORS: Final[dict[str, Callable[[str], Iterator[Hit]]]] = {
    "my-number": my_number,
    "phone": phone,
    "placeholder": placeholder,
}


@dataclass(slots=True, frozen=True, eq=False)
class DetectorMatcher:
    """A detector by name; it reads characters only and promises nothing."""

    name: str
    promise: Promise = None
    generates: bool = True

    def find(self, analysis: Analysis) -> tuple[Hit, ...]:
        """Return what the detector finds."""
        return tuple(DETECTORS[self.name](analysis.text))

    def holds(self, analysis: Analysis, anchor: Span, within: str) -> bool:
        """Return whether the detector finds something in the scope of the anchor."""
        return holds_by_hits(self, analysis, anchor, within)
