"""Values as tools and people write them in tables → values of a context; what cannot be read is None."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta, timezone
from typing import Final

from flamecheck.context import CLOSED, JST

CHANNELS: Final = {
    "x": "x twitter ツイッター エックス tw ツイート ポスト 旧twitter",
    "instagram": "instagram インスタグラム インスタ ig insta リール reels reel ストーリーズ feed",
    "facebook": "facebook フェイスブック fb facebookページ facebookpage",
    "blog": "blog ブログ アメブロ ameblo note はてなブログ オウンドメディア wordpress",
    "line": "line ライン line公式 line公式アカウント line配信 linevoom voom",
    "mastodon": "mastodon マストドン",
}
_CHANNEL_OF: Final = {word: name for name, words in CHANNELS.items() for word in words.split()}
POST_TYPES: Final = {
    "product": "商品 新商品 商品紹介 製品 新製品 商品情報",
    "notice": "お知らせ 告知 営業案内 ニュース",
    "campaign": "キャンペーン プレゼント 懸賞 セール",
    "recruiting": "採用 求人 採用情報",
    "apology": "お詫び 謝罪",
    "csr": "csr sdgs 社会貢献",
    "greeting": "挨拶 あいさつ 季節の挨拶",
}
_POST_TYPE_OF: Final = {word: name for name, words in POST_TYPES.items() for word in words.split()}
_HOSTS: Final = {
    "x.com": "x", "twitter.com": "x", "instagram.com": "instagram", "facebook.com": "facebook", "fb.com": "facebook",
    "ameblo.jp": "blog", "note.com": "blog",
}  # fmt: skip
_HOST: Final = re.compile(r"https?://(?:www\.|m\.|mobile\.)?([^/:?#]+)", re.IGNORECASE)

_WEEKDAY: Final = re.compile(
    r"\((?:[月火水木金土日](?:曜日?)?|mon|tue|wed|thu|fri|sat|sun)(?:[・/, ]?祝日?)?\)|[月火水木金土日]曜日?"
    r"|\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?(?= )",
    re.IGNORECASE,
)
_YMD: Final = re.compile(r"(\d{4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})日?")
_ERA: Final = re.compile(r"(令和|平成|昭和|[RHS])\s?(\d{1,2}|元)\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})日?")
_ERAS: Final = {"令和": 2018, "R": 2018, "平成": 1988, "H": 1988, "昭和": 1925, "S": 1925}
SLASHED: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?!\d)")
"""A date that begins with the month, or with the day."""
_MONTHS: Final = {name: n for n, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_MONTH_FIRST: Final = re.compile(r"([a-z]{3})[a-z]*\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?(?!:)", re.IGNORECASE)
_DAY_FIRST: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3})[a-z]*\.?,?[ -](\d{4})", re.IGNORECASE)
_CLOCK: Final = re.compile(
    r"(午前|午後|am|pm)?\s?(\d{1,2})(?::(\d{2})(?::(\d{2})(?:[.,]\d+)?)?|時\s?(?:(\d{1,2})分|(半))?(?:(\d{1,2})秒)?|(?=\s?[ap]m))"
    r"\s?(am|pm)?\s?\(?(z|utc|gmt|jst|[+-]\d{2}:?\d{2}|(?:utc|gmt)[+-]\d{1,2})?\)?(?: (\d{4}))?\Z",
    re.IGNORECASE,
)
_DIGITS: Final = re.compile(r"-?\d{1,15}(?:\.\d*)?\Z")
_COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})(?:[ T]?(\d{2})(\d{2})(\d{2})?)?\Z")
_EXCEL: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - Excel の通し番号には時差がない
_UNITS: Final = {"": 1, "k": 1_000, "千": 1_000, "万": 10_000, "m": 1_000_000, "億": 100_000_000}
_COUNT: Final = re.compile(r"\+?(\d{1,15}(?:\.\d+)?) ?([km千万億]?)(?:回|件|人|views|impressions)?\Z", re.IGNORECASE)


def folded(text: str) -> str:
    """Return the text in one width and case, without blanks around it."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def channel_of(value: object) -> str | None:
    """Return the channel a cell names (Twitter → x, インスタ → instagram), or None for none or several."""
    text = folded(str(value))
    whole = _CHANNEL_OF.get(re.sub(r"[\s_・-]+", "", text))
    if whole:
        return whole
    parts = (part for part in re.split(r"[^\w]+|_", text) if part)
    named = {_CHANNEL_OF[part] for part in parts if part in _CHANNEL_OF}
    return named.pop() if len(named) == 1 else None


def channel_of_url(url: str) -> str | None:
    """Return the channel whose site an address leads to."""
    match = _HOST.match(url)
    return _HOSTS.get(match[1].lower()) if match else None


def post_type_of(value: object) -> str | None:
    """Return the type of post a cell names, by our own name or by a usual Japanese one."""
    text = folded(str(value))
    return text if text in CLOSED["post_type"] else _POST_TYPE_OF.get(text)


def count_of(value: object) -> int | None:
    """Return how many people or views a cell counts: ``1,234``, ``１．２万``, ``3.4K``."""
    if isinstance(value, bool):
        return None
    text = folded(str(value)).replace(",", "")
    match = _COUNT.match(text)
    return round(float(match[1]) * _UNITS[match[2].lower()]) if match else None


def moment_of(
    value: object, clock: object = None, *, day_first: bool = False, zone: timezone | None = None
) -> str | None:
    """Return a moment as ISO 8601: with a time and zone, or as a date alone; None when it is neither.

    ``clock`` is the time of day that stands in a cell of its own; ``zone`` holds where the cell names none (JST without
    it).  A number is a serial number of Excel, or seconds or milliseconds since 1970.
    """
    try:
        day, rest = _day(value, day_first=day_first)
        if day is None:
            return None
        beside = _clock(clock) if isinstance(day, datetime) and day.time() == time() and clock is not None else None
        if isinstance(day, datetime) and beside is None:
            return day.replace(tzinfo=day.tzinfo or zone or JST).astimezone(JST).isoformat()
        if not rest and clock in (None, ""):
            return day.isoformat()
        read = beside or _clock(rest or clock)
        if read is None:
            return None
        after, own = read
        moment = datetime(day.year, day.month, day.day, tzinfo=own or zone or JST) + after
        return moment.astimezone(JST).isoformat()
    except (ValueError, OverflowError):
        return None


def _day(value: object, *, day_first: bool) -> tuple[date | datetime | None, str]:
    """Return the day, or the whole moment, and what is written behind a day."""
    if isinstance(value, date):
        return value, ""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _number(float(value)), ""
    text = unicodedata.normalize("NFKC", str(value)).strip()
    if compact := _COMPACT.match(text):
        year, month, of_month, *clock = compact.groups()
        if 1900 <= int(year) <= 2100 and int(month) <= 12 and int(of_month) <= 31:
            return date(int(year), int(month), int(of_month)), ":".join(part for part in clock if part)
    if _DIGITS.match(text):
        return _number(float(text)), ""
    text = " ".join(_WEEKDAY.sub(" ", text).split())
    if match := _YMD.match(text):
        year, month, of_month = (int(part) for part in match.groups())
    elif match := _ERA.match(text):
        year = _ERAS[match[1]] + (1 if match[2] == "元" else int(match[2]))
        month, of_month = int(match[3]), int(match[4])
    elif match := SLASHED.match(text):
        month, of_month = int(match[1]), int(match[2])
        if (day_first and of_month <= 12) or month > 12:
            month, of_month = of_month, month
        year = int(match[3]) + (2000 if len(match[3]) == 2 else 0)
    elif (match := _DAY_FIRST.match(text)) and match[2].lower() in _MONTHS:
        year, month, of_month = int(match[3]), _MONTHS[match[2].lower()], int(match[1])
    elif (match := _MONTH_FIRST.match(text)) and match[1].lower() in _MONTHS:
        # 「Tue Mar 05 09:00:00 +0000 2024」では年が最後に来る。
        last = text[-4:]
        written = match[3] or (last if last.isdigit() else "")
        if not written:
            return None, ""
        year, month, of_month = int(written), _MONTHS[match[1].lower()], int(match[2])
    else:
        return None, ""
    return date(year, month, of_month), text[match.end() :].removeprefix("T").lstrip(" ,@").removeprefix("at ")


def _number(value: float) -> date | datetime | None:
    if 20_000 <= value < 80_000:
        moment = _EXCEL + timedelta(seconds=round(value * 86_400))
        return moment.date() if value.is_integer() else moment
    if 1e12 <= value < 5e12:
        value /= 1000
    return datetime.fromtimestamp(value, JST) if 1e9 <= value < 5e9 else None


def _clock(value: object) -> tuple[timedelta, timezone | None] | None:
    """Return how long after midnight, and the zone where one is written; 25:30 is half past one of the next day."""
    if isinstance(value, timedelta):
        return value, None
    if isinstance(value, datetime):
        value = value.time()
    if isinstance(value, time):
        return timedelta(hours=value.hour, minutes=value.minute, seconds=value.second), None
    if isinstance(value, float) and 0 <= value < 1:
        return timedelta(seconds=round(value * 86_400)), None
    text = unicodedata.normalize("NFKC", str(value)).strip()
    match = _CLOCK.match(text)
    if match is None:
        return (timedelta(days=float(text)), None) if re.fullmatch(r"0?\.\d+", text) else None
    before, hours, minutes, seconds, minutes_jp, half, seconds_jp, behind, zone, _year = match.groups()
    hour = int(hours)
    part = (before or behind or "").lower()
    if part and hour <= 12:
        hour = hour % 12 + (12 if part in ("午後", "pm") else 0)
    minute = 30 if half else int(minutes or minutes_jp or 0)
    second = int(seconds or seconds_jp or 0)
    if hour >= 30 or minute >= 60 or second >= 60:
        return None
    return timedelta(hours=hour, minutes=minute, seconds=second), _zone(zone)


def _zone(written: str | None) -> timezone | None:
    name = (written or "").upper()
    if not name or name == "JST":
        return JST if name else None
    if name in ("Z", "UTC", "GMT"):
        return timezone.utc  # noqa: UP017 - 型が timezone のまま読める
    sign = -1 if "-" in name else 1
    digits = re.sub(r"[^\d]", "", name)
    hours, minutes = (int(digits[:2]), int(digits[2:] or 0)) if len(digits) > 2 else (int(digits), 0)
    return timezone(sign * timedelta(hours=hours, minutes=minutes))
