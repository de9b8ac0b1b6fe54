"""Every detector by name, with its promise.

The promise of a detector is a set of literals of which one occurs, in the folded text with its line ends taken out,
whenever it finds something (tests/detectors hold every one to it).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from flamecheck.context import Context
from flamecheck.detectors.address import postal_address, private_address
from flamecheck.detectors.credentials import credentials
from flamecheck.detectors.email import email
from flamecheck.detectors.found import Found
from flamecheck.detectors.identity import licence_plate, my_number
from flamecheck.detectors.money import bank_account, card
from flamecheck.detectors.numerals import ANY, Limits, number
from flamecheck.detectors.placeholder import placeholder
from flamecheck.detectors.telephone import landline, phone
from flamecheck.detectors.written_dates import past_date, weekday_mismatch
from flamecheck.grading import Confidence


@dataclass(slots=True, frozen=True)
class Detector:
    """A detector: what it finds, the literals it promises, and the names of the options it takes."""

    find: Callable[[str, Context], Iterator[Found]]
    literals: tuple[str, ...]
    options: tuple[str, ...] = ()


_DIGITS: Final = tuple("0123456789")

DETECTORS: Final[Mapping[str, Detector]] = {
    "bank-account": Detector(bank_account, ("普通", "当座", "貯蓄", "記号", "振替", "払込")),
    "card": Detector(card, _DIGITS),
    "credentials": Detector(
        credentials,
        tuple(
            "akia asia ghp_ gho_ ghu_ ghs_ ghr_ github_pat_ xox aiza k_live_ sk- npm_ sg. eyj hooks.slack.com privatekey "
            "bearer :// password passwd passphrase pwd secret api token pw pass パスワード パスコード パスフレーズ 暗証 アクセスキー "
            "アクセストークン シークレットキー 秘密鍵".replace("privatekey", "-----begin").split()
        ),
    ),
    "email": Detector(email, ("@",)),
    "landline": Detector(landline, ("0", "+81")),
    "licence-plate": Detector(licence_plate, _DIGITS),
    "my-number": Detector(my_number, _DIGITS),
    "number": Detector(
        number, (*_DIGITS, *"〇一二三四五六七八九十百千万億兆零壱弐参拾"), ("at_least", "at_most", "unit")
    ),
    "past-date": Detector(
        past_date,
        tuple(
            "まで 迄 締切 〆切 締め切り 必着 応募期限 申込期限 申込み期限 申し込み期限 受付期限 提出期限 募集期限 予定 決定 します いたします 致します "
            "となります しま〜す いたしま〜す".split()
        ),
    ),
    "phone": Detector(phone, ("0", "+81")),
    "placeholder": Detector(
        placeholder,
        (
            *"{$%○〇◯△▲□■●◎×x*_",
            "todo",
            "fixme",
            "tbd",
            "lorem ipsum",
            "下書き",
            "仮",
            "ダミー",
            "要確認",
            "要差し替え",
            "未定稿",
            "ここに",
        ),
    ),
    "postal-address": Detector(postal_address, tuple("〒市区町村郡")),
    "private-address": Detector(private_address, tuple("市区町村郡")),
    "weekday-mismatch": Detector(
        weekday_mismatch, (*"月火水木金土日", "mon", "tue", "wed", "thu", "fri", "sat", "sun")
    ),
}


def detect(
    name: str, text: str, context: Context, limits: Limits = ANY, sure: Confidence = Confidence.LOW
) -> Iterator[Found]:
    """Yield what the detector ``name`` finds in the folded ``text`` and is at least as ``sure`` of.

    What leaves its confidence to the rule is always yielded.  Raises KeyError for an unknown name.
    """
    every = number(text, context, limits) if name == "number" else DETECTORS[name].find(text, context)
    return (found for found in every if found.confidence is None or found.confidence >= sure)
