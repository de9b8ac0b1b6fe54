"""What a detector yields, and what stands around a number that is not what it looks like.

A detector is a function of the folded text and the context; it yields ``Found`` values from the left, none of which
overlap.  Its regular expressions repeat a bounded number of times and start at the first character of a run only, so
the time it takes is linear in the length of the text.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Final, NamedTuple

import regex

from flamecheck.grading import Confidence
from flamecheck.spans import Span


class Found(NamedTuple):
    """A span of the folded text, with the confidence the detector asks for; None leaves it to the rule."""

    span: Span
    confidence: Confidence | None = None


# 折り畳みのあとも残る横棒。長音「ー」と負号「−」は、番号の区切りとしてよく打ち間違えられる。
DASH: Final = "\\-‐‒–—―−ー"
"""Signs that part the groups of a number (the inside of a character class)."""

_URL: Final = regex.compile(r"(?:https?://|www\.)[!-~]{1,2000}")
# 番号の名前がすぐ前にあれば、桁数が合っていても電話番号やカード番号ではない。
_LABEL: Final = regex.compile(
    r"(?:(?:注文|受注|受付|申込|予約|伝票|追跡|送り状|問い?合わ?せ|会員|登録|管理|整理|製造|認証|許可|承認|届出|特許|出願|商品|製品|部品|資産|機器"
    r"|法人|当せん|当選|抽選|案件|識別)(?:管理)?(?:番号|コード|no)"
    r"|型番|品番|型式|シリアル(?:番号|ナンバー|no)?|ロット(?:番号|no)?|バーコード"
    r"|(?<![a-z])(?:serial|s/n|isbn|issn|jan|ean|imei|iccid|tracking|order|model|sku|doi|uuid|hash))"
    r"(?:は|が|:|=|#|\s|\.|no|「|\(|\[|-|コード|番号|10|13){0,6}\Z"
)
_LABEL_REACH: Final = 24


def urls(text: str) -> list[Span]:
    """Return the web addresses of ``text``, from the left."""
    return [Span(*match.span()) for match in _URL.finditer(text)]


def inside(spans: list[Span], at: int) -> bool:
    """Return whether ``at`` lies in one of the ascending ``spans``."""
    number = bisect_right(spans, at, key=_start) - 1
    return number >= 0 and at < spans[number].end


def _start(span: Span) -> int:
    return span.start


def labelled(text: str, at: int) -> bool:
    """Return whether the name of another kind of number (注文番号, 型番, ISBN) stands right before ``at``."""
    return _LABEL.search(text, max(0, at - _LABEL_REACH), at) is not None


def digits_of(text: str) -> str:
    """Return the decimal digits of ``text``."""
    return "".join(char for char in text if char in "0123456789")
