"""Stars over what may leak: the one place that says what an audit hides, in posts, beside them and in broken records.

Rules star what they find; but a rule that stays silent (a number that looks like a sample, an address given as a
contact) must not leave a number readable in a table that is passed around.  So every detector of leaks stars here,
however unsure it is, and so does whatever has the shape of a number and is none: 090-0000-0000, a card for tests.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from flamecheck.context import EMPTY
from flamecheck.detectors.email import sureness
from flamecheck.detectors.found import DASH
from flamecheck.detectors.money import luhn
from flamecheck.detectors.registry import DETECTORS, detect
from flamecheck.document import Document, plain
from flamecheck.engine import masked, quoted
from flamecheck.finding import Finding
from flamecheck.grading import Confidence
from flamecheck.normalize import fold
from flamecheck.policy.model import Verdict
from flamecheck.report import starred as starred_by_findings
from flamecheck.spans import Span

LEAKS: Final = (
    "bank-account", "card", "credentials", "email", "landline", "licence-plate", "my-number", "phone", "private-address",
)  # fmt: skip
"""The detectors whose finds are starred."""
OPEN: Final = {"landline": None, "email": Confidence.MEDIUM}
"""What a company tells everybody in its posts: a fixed line (None: any), an address of a role (below this sureness)."""
DEEP: Final = 32
"""Values nested deeper than this are not shown."""

_ANY: Final = re.compile(
    r"[\d@＠﹫〇零²³¹⁰-₉①-⒛⓪-⓿❶-➓㉈-㊿Ａ-Ｚａ-ｚ\U0001d400-\U0001d7ff\U0001f100-\U0001f1ff\U0001fbf0-\U0001fbf9]"
    r"|丁目|番地|パスワード|パスコード|パスフレーズ|pass|pwd|pw|secret|token|key|bearer|begin|ﾊﾟｽ",
    re.IGNORECASE,
)
"""Without any of these nothing can be starred."""
_GAP: Final = rf"[ \n\t{DASH}./・_():~〜]{{0,2}}"
_MOBILE: Final = re.compile(
    rf"(?<!\d)(?:(?:\+?81{_GAP}(?:\(0\))?|0081{_GAP}|0){_GAP}[6789]0|0 [6789] 0)(?:{_GAP}\d){{8}}(?!\d)"
)
_KANJI: Final = str.maketrans("〇零一二三四五六七八九", "00123456789")
_MY_NUMBER: Final = re.compile(
    rf"(?:マイナンバー|個人番号|マイナ)[^\d\n。]{{0,16}}(?P<number>\d{{4}}{_GAP}\d{{4}}{_GAP}\d{{4}})(?!\d)"
)
_CARD: Final = re.compile(
    rf"(?<!\d)(?:\d{{4}}{_GAP}\d{{4}}{_GAP}\d{{4}}{_GAP}\d{{4}}|\d{{4}}{_GAP}\d{{6}}{_GAP}\d{{4,5}})(?!\d)"
)
_CARD_WORDS: Final = re.compile(r"カード|クレジット|クレカ|デビット|visa|jcb|amex|master ?card|card")
_CARD_REACH: Final = 24
_ACCOUNT: Final = re.compile(
    rf"(?:普通|当座|貯蓄|口座)[^\d。]{{0,12}}(?P<number>\d{{7}}|\d{{3}}{_GAP}\d{{4}})(?![\d,円]|[{DASH}]\d)"
)
_POST_OFFICE: Final = re.compile(r"記号[^\d。]{0,4}1\d{3}0[^\d。]{0,8}(?P<number>\d{2,8})(?!\d)")
_PASSWORD: Final = re.compile(
    r"(?:パスワード|パスコード|暗証番号|password|passwd|pwd)[\"' ]{0,2}(?:は|:|=|→|が)[ \t\n]{0,2}[「『\"']?"
    r"(?P<number>(?!https?:)(?=[!-~]{0,40}\d)[!-~]{4,60}+)(?! ?(?:文字|桁|字|円|回|年|月))"
)
_EMAIL: Final = re.compile(r"(?P<local>[a-z0-9_.+%'-]{1,64})@(?P<domain>(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,18})")
_EXAMPLE: Final = re.compile(
    r"@(?:[^@]+\.)?(?:example\d?|sample|dummy|test|hoge|xx+|aa+|abc)\.|\.(?:test|invalid|example)\Z"
)
_NAMED: Final = (
    ("bank-account", 7, _ACCOUNT),
    ("bank-account", 7, _POST_OFFICE),
    ("my-number", 12, _MY_NUMBER),
    ("credentials", 1, _PASSWORD),
)
"""What stands behind its name, and how many digits there must be."""
_KEY: Final = re.compile(r"(?<![a-z0-9])(?:akia|asia)[a-z0-9]{16}(?![a-z0-9])")


def starred(text: str) -> str:
    """Return ``text``, which nobody has screened, with everything starred that may be a leak, as long as before."""
    return _covered(text, _hidden(text, {}))


def starred_post(document: Document, verdict: Verdict) -> tuple[str, Verdict]:
    """Return the text of a post and its verdict, starred by its findings and by what may leak beside them.

    The text is as long as before, and ``matched`` of each finding is what stands in it.
    """
    text, report = document.text, verdict.report
    every = (*report.findings, *(item.finding for item in report.dismissed))
    if any("*" in finding.matched for finding in every):
        text = starred_by_findings([(plain(text), report)])
    hidden = _hidden(document.text, OPEN)
    if hidden:
        text = _covered(text, hidden)
    if text == document.text or not every:
        return text, verdict
    return text, replace(
        verdict,
        report=replace(
            report,
            findings=tuple(_shown_in(text, finding) for finding in report.findings),
            dismissed=tuple(replace(item, finding=_shown_in(text, item.finding)) for item in report.dismissed),
        ),
    )


def starred_address(address: str) -> str:
    """Return a web address with what names a person starred: mobile numbers, e-mail addresses, credentials.

    Other numbers stay: long ones are the ids of posts, one in ten of which looks like a card.
    """
    return _covered(address, _hidden(address, dict.fromkeys(set(LEAKS) - {"credentials", "email", "phone"})))


def _hidden(text: str, left: Mapping[str, Confidence | None]) -> set[int]:
    """Return the offsets to star; detectors in ``left`` star nothing (None), or only what they are so sure of."""
    if not _ANY.search(text):
        return set()
    folded = fold(text)
    words, flat = folded.text, folded.text.replace("\n", "")
    found = [found for found in _shapes(words) if left.get(found[0], Confidence.LOW) is not None]
    for name in LEAKS:
        sure = left.get(name, Confidence.LOW)
        if sure is not None and any(literal in flat for literal in DETECTORS[name].literals):
            found += [(name, item.span) for item in detect(name, words, EMPTY, sure=sure)]
    places: set[int] = set()
    for name, part in found:
        span = folded.to_source(part)
        cut = text[span.start : span.end]
        if name == "bank-account":
            # 銀行と支店の名は残す。番号だけが人のもの。
            cut = "".join(sign if sign.isnumeric() else "-" for sign in cut)
        places.update(at for at, sign in enumerate(masked(cut), start=span.start) if sign == "*")
    return places


def _shapes(words: str) -> Iterator[tuple[str, Span]]:
    """Yield what has the shape of a leak in the folded text, whether or not anybody can have such a number."""
    digits = sum(map(words.count, "0123456789"))
    plain_words = words.translate(_KANJI) if "〇" in words or "零" in words else words
    if digits >= 11 or plain_words is not words:
        yield from (("phone", Span(*match.span())) for match in _MOBILE.finditer(plain_words))
    for name, fewest, shape in _NAMED:
        if digits >= fewest:
            yield from ((name, Span(*match.span("number"))) for match in shape.finditer(words))
    if digits >= 14:
        for match in _CARD.finditer(words):
            signs = match.group()
            named = _CARD_WORDS.search(words, max(0, match.start() - _CARD_REACH), match.start())
            if named or (not signs.isdecimal() and luhn("".join(filter(str.isdecimal, signs)))):
                yield "card", Span(*match.span())
    if "@" in words:
        for match in _EMAIL.finditer(words):
            # 検出器が見送るのは、例示のためのドメインと、「/」などのすぐ後ろのアドレス。
            if _EXAMPLE.search(match.group()) or sureness(match["local"], match["domain"]) is Confidence.HIGH:
                yield "email", Span(*match.span())
    if "aki" in words or "asia" in words:
        yield from (("credentials", Span(*match.span())) for match in _KEY.finditer(words))


def _covered(text: str, places: set[int]) -> str:
    """Return the text with stars at ``places``; it has as many lines as before."""
    if not places:
        return text
    return "".join("*" if at in places and sign not in "\r\n" else sign for at, sign in enumerate(text))


def _shown_in(text: str, finding: Finding) -> Finding:
    """Return the finding with its words as they stand in a starred text, also where its message quotes them."""
    matched = text[finding.span.start : finding.span.end]
    if matched == finding.matched:
        return finding
    message = finding.message.replace(quoted(finding.matched), quoted(matched))
    return replace(finding, matched=matched, message=message)


def starred_value(value: Any, depth: int = DEEP) -> Any:
    """Return a value as JSON has it with every text and number in it starred, keys as well.

    A number that is starred becomes a text.
    """
    if isinstance(value, str):
        return starred(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        shown = starred(str(value))
        return shown if "*" in shown else value
    if depth == 0 and isinstance(value, Mapping | list | tuple):
        return "…"
    if isinstance(value, Mapping):
        made: dict[str, Any] = {}
        for number, (key, item) in enumerate(value.items(), start=1):
            shown = starred(str(key))
            # 伏せたために同じになった名前でも、値は失わない。
            made[f"{shown} ({number})" if shown in made else shown] = starred_value(item, depth - 1)
        return made
    if isinstance(value, list | tuple):
        return [starred_value(item, depth - 1) for item in value]
    return value
