"""What YAML may say about the context: ``when:``, ``requires:`` and calendar files."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from flamecheck.context import CHANNELS, CRISES, FORMATS, POST_TYPES
from flamecheck.rules.strict import Strict, Text, Texts, WrittenDate, one_or_many

Weekday = Literal["月", "火", "水", "木", "金", "土", "日"]
PostType = Literal[POST_TYPES]  # type: ignore[valid-type]
Channel = Literal[CHANNELS]  # type: ignore[valid-type]
Crisis = Literal[CRISES]  # type: ignore[valid-type]
Format = Literal[FORMATS]  # type: ignore[valid-type]


class WhenModel(Strict):
    """A condition on the context; all given keys must hold, and an unknown value never does."""

    date: Texts = ()
    around: Annotated[int, Field(ge=1, le=720)] | None = None
    anniversary: Annotated[int, Field(ge=1, le=100)] | None = None
    region: Texts = ()
    time: Texts = ()
    weekday: Annotated[tuple[Weekday, ...], one_or_many(Weekday)] = ()
    post_type: Annotated[tuple[PostType, ...], one_or_many(PostType)] = ()
    channel: Annotated[tuple[Channel, ...], one_or_many(Channel)] = ()
    account: Texts = ()
    industry: Texts = ()
    crisis: Annotated[tuple[Crisis, ...], one_or_many(Crisis)] = ()
    format: Annotated[tuple[Format, ...], one_or_many(Format)] = ()
    paid: bool | Literal["gifted"] | None = None
    scheduled: bool | None = None
    reply: bool | None = None
    quote: bool | None = None
    voice: Text | None = None


class DayModel(Strict):
    """One day of a calendar: one date or several, its minute, region and year, in JST."""

    id: Text
    date: Annotated[Texts, Field(min_length=1)]
    title: Text
    minute: Text | None = None
    region: Texts = ()
    year: Annotated[int, Field(ge=1, le=9999)] | None = None
    since: WrittenDate | None = None
    base: Literal["high", "medium", "low"] = "low"
    source: Text
    checked: WrittenDate | None = None


class CalendarModel(Strict):
    """A list of days."""

    id: Text
    title: Text
    days: Annotated[tuple[DayModel, ...], Field(min_length=1)]
