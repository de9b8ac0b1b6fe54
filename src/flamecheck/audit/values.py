"""The values a post tells (dates, prices, telephone numbers, addresses), each with what it is the value of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import urlsplit

import regex

from flamecheck.context import Context
from flamecheck.detectors.found import digits_of, urls
from flamecheck.detectors.numerals import Limits, number, numerals
from flamecheck.detectors.telephone import landline, office, phone
from flamecheck.detectors.written_dates import dates, meant, with_weekday
from flamecheck.spans import Span

KINDS: Final = ("date", "price", "telephone", "url")


@dataclass(slots=True, frozen=True)
class Value:
    """One value; ``span`` counts the folded text, ``value`` is what is compared, ``role`` what kind of day it is.

    ``before`` and ``after`` are the nearest letters around it: what it is the price or the number of.
    """

    kind: str
    span: Span
    value: str
    role: str
    before: str
    after: str

    def to_plain(self) -> list[Any]:
        """Return the value as plain values of JSON."""
        return [self.kind, list(self.span), self.value, self.role, self.before, self.after]

    @classmethod
    def from_plain(cls, plain: list[Any]) -> Value:
        """Return the value that ``to_plain`` gave."""
        kind, span, *rest = plain
        return cls(kind, Span(*span), *rest)


_MONEY: Final = Limits(units=("円", "ドル", "%", "割引", "割", "ポイント"))
# 「20%」だけでは値引きとは限らない（果汁20%）。
_OFF: Final = regex.compile(r" ?(?:off|オフ|引き?|割引|増量|還元|ポイント|アップ)")
_RATES: Final = ("%", "割")
# 短縮した宛先は、同じページでも投稿のたびに変わる。
_SHORTENED: Final = frozenset(
    "t.co bit.ly ow.ly buff.ly lin.ee x.gd amzn.to tinyurl.com goo.gl youtu.be is.gd ift.tt fb.me dlvr.it pic.twitter.com".split()
)
_LETTERS: Final = regex.compile(r"[^\p{L}\p{N}]+")
_CUT: Final = regex.compile(r"[。!?、,|]")
_DIGIT: Final = regex.compile(r"[\d。!?、,|]")
_RANGE: Final = 8
"""Code points between the first and the last day of one period."""
_REACH: Final = 24
_CLOCK: Final = r"(?: ?\d{1,2}(?::\d{2}|時(?:\d{1,2}分|半)?)| ?正午| ?必着| ?当日消印)?"
_UNTIL: Final = regex.compile(rf"{_CLOCK} ?(?:まで|迄|締切|〆切|締め切り|必着|[でに]終了|[でに]終わ|限り)")
# 「14時〜」は時刻の始まりで、期間の始まりではない。
_FROM: Final = regex.compile(
    rf"(?: ?(?:から|より|[〜~–]|-(?= ?\d))|{_CLOCK} ?(?:(?:から|[〜~–-]) ?(?=\d{{1,2}}[月/])|スタート|開始|(?:に|、)?(?:開幕|オープン)))"
)
_DEADLINE: Final = regex.compile(r"(?:締め?切り?|〆切|期限)(?:日)?[はが:】\]) ]{0,3}\Z")
_AFTER_FROM: Final = regex.compile(rf"(?:[〜~–-]|から|より){_CLOCK} ?\Z")
# 期間といっても、応募の締切・特典の期限・発表の日は別のもの。
_ROLES: Final = (
    ("entry", regex.compile(r"応募|申し?込|締め?切|〆切|受付|予約|エントリー|募集")),
    ("use", regex.compile(r"有効|引換|引き換え|使用|利用期限|ご利用")),
    ("result", regex.compile(r"当選|発表|発送|お届け|結果")),
    ("sale", regex.compile(r"発売|販売開始|リリース|先行|解禁")),
    ("pause", regex.compile(r"休業|定休|お?休み|休館|休診|メンテナンス|停止")),
)


def values(text: str, context: Context) -> Iterator[Value]:
    """Yield the values of the folded ``text`` from the left, none over another."""
    found = sorted(_all(text, context), key=lambda item: (item[1].start, -item[1].end))
    end, opened = 0, ""
    for kind, span, value in found:
        if span.start < end:
            continue
        before = text[max(end, span.start - _REACH, text.rfind("\n", 0, span.start) + 1) : span.start]
        after = text[span.end : span.end + _REACH].split("\n", 1)[0]
        role = _role(before, after) if kind == "date" else "fax" if kind == "telephone" and "fax" in before[-6:] else ""
        if role == "end" and opened and span.start - end <= _RANGE:
            role = opened.replace("start", "end")
        opened = role if role.endswith("start") else ""
        yield Value(kind, span, value, role, letters(_CUT.split(before)[-1])[-6:], letters(_DIGIT.split(after)[0])[:2])
        end = span.end


def letters(text: str) -> str:
    """Return the letters and digits of ``text``."""
    return _LETTERS.sub("", text)


def _all(text: str, context: Context) -> Iterator[tuple[str, Span, str]]:
    for span in urls(text):
        yield "url", span, address(text[slice(*span)])
    for found in (*phone(text, context), *landline(text, context), *office(text, context)):
        yield "telephone", found.span, digits_of(text[slice(*found.span)].replace("+81", "0").replace("(0)", ""))
    today = context.posted_at.date() if context.posted_at else None
    for written in dates(text, context):
        span = with_weekday(text, written.span)
        if not written.loose or span != written.span or "/" in text[slice(*written.span)]:
            day = meant(written, today or date(written.years[0], 1, 1)) if today or len(written.years) == 1 else None
            yield "date", span, day.isoformat() if day else ""
    yield from _prices(text, context)


def _prices(text: str, context: Context) -> Iterator[tuple[str, Span, str]]:
    exact = {numeral.span.start: numeral.value for numeral in numerals(text)}
    for found in number(text, context, _MONEY):
        shown = text[slice(*found.span)]
        off = _OFF.match(text, found.span.end)
        rate = shown.endswith(_RATES)
        if rate and not off:
            continue
        value = exact.get(found.span.start, exact.get(found.span.start + 1))
        if value is not None:
            unit = shown.lstrip("¥$0123456789,. 〇一二三四五六七八九十百千万億兆") or (
                "円" if shown[0] == "¥" else "ドル"
            )
            yield "price", found.span, f"{value}{unit}"


def address(url: str) -> str:
    """Return the page a web address leads to, without what only counts clicks; "" for a shortened one."""
    try:
        parts = urlsplit(url if "://" in url else f"https://{url}")
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    if not host or host in _SHORTENED:
        return ""
    query = "&".join(
        part for part in parts.query.split("&") if part and not regex.match(r"utm_|fbclid|gclid|ref=|s=", part)
    )
    return f"{host}{parts.path.rstrip('/.,')}{'?' + query if query else ''}"


def _role(before: str, after: str) -> str:
    """Return which day of an undertaking a date is: ``start``, ``end`` or ``day``, with what it is about in front."""
    near = before[-10:] + " " + after[:10]
    about = next((name for name, words in _ROLES if words.search(near)), "")
    if _AFTER_FROM.search(before) or _UNTIL.match(after) or _DEADLINE.search(before):
        return f"{about}end"
    return f"{about}start" if _FROM.match(after) else f"{about}day"
