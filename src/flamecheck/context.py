"""What is known about a post besides its text: when, where, by whom.  A missing key means unknown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta, timezone
from typing import Any, Final

from flamecheck.errors import InputError, did_you_mean

JST: Final = timezone(timedelta(hours=9), "JST")

POST_TYPES: Final = (
    "product", "notice", "campaign", "recruiting", "apology", "support-reply", "csr",
    "employee-personal", "guideline", "greeting", "quote-repost",
)  # fmt: skip
CHANNELS: Final = ("x", "instagram", "facebook", "blog", "line", "mastodon")
CRISES: Final = ("none", "watch", "active", "aftermath")
FORMATS: Final = ("text", "markdown", "html")
PROFILES: Final = (
    "cosmetics", "quasi-drug", "food-supplement", "medical", "hospital", "salon", "device", "finance", "bank",
    "insurance", "alcohol", "recruiting",
)  # fmt: skip
"""The industry profiles that rules know; any other name is allowed and fits only a rule that writes the same one."""
VOICES: Final = range(4)
"""The dial of a brand's voice, from 0 formal to 3 playful."""
CLOSED: Final[Mapping[str, tuple[str, ...]]] = {
    "post_type": POST_TYPES,
    "channel": CHANNELS,
    "crisis": CRISES,
    "format": FORMATS,
}
"""The keys whose values are a closed list; ``industry`` and ``account`` are free strings."""


@dataclass(slots=True, frozen=True, kw_only=True)
class Context:
    """The circumstances of one post; ``posted_at`` is in JST and always has a zone.

    ``timed`` is False when only the date of ``posted_at`` is known; an empty ``reply_to`` or ``quote_of`` says that
    there is no such post.
    """

    posted_at: datetime | None = None
    post_type: str | None = None
    channel: str | None = None
    industry: str | None = None
    account: str | None = None
    paid: bool | str | None = None
    crisis: str | None = None
    format: str | None = None
    reach: int | None = None
    region: str | None = None
    scheduled: bool | None = None
    voice: int | None = None
    reply_to: str | None = None
    quote_of: str | None = None
    timed: bool = True

    @classmethod
    def of(cls, values: Mapping[str, Any] | None) -> Context:
        """Build a context from plain values as they stand in JSON or on the command line.

        Raises InputError (codes ``context-key``, ``context-value``) for an unknown key or a value outside its list.
        """
        if not values:
            return EMPTY
        known = {item.name for item in fields(cls)} - {"timed"}
        clean: dict[str, Any] = {}
        for key, value in values.items():
            if key not in known:
                raise InputError("context-key", f"context のキー「{key}」はありません。{did_you_mean(str(key), known)}")
            if value is not None:
                clean[key] = _checked(key, value)
        return cls(**clean, timed=not _is_date(values.get("posted_at")))

    def over(self, other: Context) -> Context:
        """Return this context; what it does not know, ``other`` may."""
        values = {item.name: getattr(self, item.name) for item in fields(self) if item.name != "timed"}
        timed = other.timed if self.posted_at is None else self.timed
        return replace(other, timed=timed, **{name: value for name, value in values.items() if value is not None})


def _checked(key: str, value: object) -> object:
    """Return the value in its own type, or raise InputError with code ``context-value``."""
    if key == "posted_at":
        return parse_time(value)
    if key in CLOSED:
        if value not in CLOSED[key]:
            raise _bad(key, value, did_you_mean(str(value), CLOSED[key]))
        return value
    if key == "paid":
        if value is True or value is False or value == "gifted":
            return value
        raise _bad(key, value, '使えるもの: true, false, "gifted"')
    if key == "scheduled":
        if not isinstance(value, bool):
            raise _bad(key, value, "true か false を書いてください")
        return value
    if key in ("reach", "voice"):
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise _bad(key, value, "0 以上の整数を書いてください")
        return value
    if not isinstance(value, str):
        raise _bad(key, value, "文字列を書いてください")
    return value


def _bad(key: str, value: object, wanted: str) -> InputError:
    return InputError("context-value", f"context の {key} に「{str(value)[:40]}」は使えません。{wanted}")


def _is_date(value: object) -> bool:
    """Return whether a moment was given as a date alone."""
    try:
        date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        return False
    return True


def parse_time(value: object) -> datetime:
    """Return the moment in JST; a time without a zone is JST, a date alone is its midnight.

    Raises InputError with code ``context-value``.
    """
    if isinstance(value, datetime):
        moment = value
    else:
        try:
            moment = datetime.fromisoformat(value if isinstance(value, str) else "")
        except ValueError:
            raise _bad("posted_at", value, "例: 2026-08-09T09:00:00+09:00") from None
    if moment.tzinfo is None:
        return moment.replace(tzinfo=JST)
    try:
        return moment.astimezone(JST)
    except OverflowError:
        raise _bad("posted_at", value, "例: 2026-08-09T09:00:00+09:00") from None


def today() -> date:
    """Return the day it is in Japan."""
    return datetime.now(JST).date()


EMPTY: Final = Context()
