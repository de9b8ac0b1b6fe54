"""The JSON Schema of the batch contract, version 1; ``docs/wire.schema.json`` is its written form."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from flamecheck.context import CHANNELS, CRISES, FORMATS, POST_TYPES

Grade = Literal["info", "low", "medium", "high", "critical"]
Sureness = Literal["low", "medium", "high"]


class Row(BaseModel):
    """Base: an unknown key breaks the contract."""

    model_config = ConfigDict(extra="forbid")


class ContextRow(Row):
    """The circumstances of a post; a missing key means unknown, ``posted_at`` without a zone is JST."""

    posted_at: str | None = None
    post_type: Literal[POST_TYPES] | None = None  # type: ignore[valid-type]
    channel: Literal[CHANNELS] | None = None  # type: ignore[valid-type]
    industry: str | None = None
    account: str | None = None
    paid: bool | Literal["gifted"] | None = None
    crisis: Literal[CRISES] | None = None  # type: ignore[valid-type]
    format: Literal[FORMATS] | None = None  # type: ignore[valid-type]
    reach: int | None = Field(default=None, ge=0)
    region: str | None = None
    scheduled: bool | None = None
    voice: int | None = Field(default=None, ge=0)
    reply_to: str | None = None
    quote_of: str | None = None


class InputRow(BaseModel):
    """One post to screen; any further key comes back under ``extra``."""

    model_config = ConfigDict(extra="allow")
    id: str | int | None = None
    text: str
    context: ContextRow | None = None


class AdjustmentRow(Row):
    """A guard that raised or lowered a finding."""

    by: str
    effect: str = Field(pattern=r"^(raise|lower) \d$")
    why: str


class CueRow(Row):
    """A weak cue that counted; ``start`` and ``end`` are null for one about the context."""

    id: str
    start: int | None = Field(ge=0)
    end: int | None = Field(ge=0)
    weight: int
    why: str


class LocationRow(Row):
    """Where in a file: lines and columns from 1, in code points; the end is just after the last one."""

    path: str
    line: int = Field(ge=1)
    column: int = Field(ge=1)
    end_line: int = Field(ge=1)
    end_column: int = Field(ge=1)


class FindingRow(Row):
    """One piece of evidence; ``start`` and ``end`` count code points of the text handed in, half-open.

    A file has a ``location`` besides; what was handed in is then the file as decoded, without a byte order mark.
    """

    rule_id: str
    category: str
    group: Literal["topic", "tone", "legal", "leak", "timing", "conduct"]
    severity: Grade
    confidence: Sureness
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    matched: str
    message: str
    affected: str
    rewrite: str
    references: list[str]
    via: list[str]
    adjustments: list[AdjustmentRow]
    cues: list[CueRow]
    location: LocationRow | None = None


class DismissedRow(FindingRow):
    """A finding that a guard cancelled."""

    dismissed_by: str
    why: str


class SuppressedRow(FindingRow):
    """A finding that a person has set aside: where that is said, why, and the last day it holds.

    ``unchanged`` is a finding in a sentence that did not change, when only changes are asked for.
    """

    suppressed_by: Literal["directive", "baseline", "allow", "unchanged"]
    where: str
    why: str
    until: str | None = Field(pattern=r"^\d{4}-\d{2}-\d{2}$")


class BecauseRow(Row):
    """A clause of the policy and the indexes of the findings it acted on."""

    clause: str
    findings: list[int]


class PackRow(Row):
    """One pack of rules; ``version`` is empty when the pack states none."""

    id: str
    version: str
    fingerprint: str


class ScreenedRow(Row):
    """What was screened with what; ``pack`` is a fingerprint of all ``packs``."""

    pack: str
    dictionary: str
    unchecked: list[str]
    notes: list[str]
    packs: list[PackRow]


class PostRow(Row):
    """What is known of a post of an archive; ``number`` is that of its record there, ``same_as`` that of a result."""

    archive: str
    number: int = Field(ge=1)
    place: str
    posted_at: str | None
    channel: str | None
    account: str | None
    reach: int | None
    url: str | None
    thread: str | None
    kind: Literal["post", "reply", "quote", "repost"]
    same_as: int | None = Field(ge=1)


class ResultRow(Row):
    """The verdict on one post."""

    v: Literal[1]
    id: str | int
    tier: str
    severity: Grade | None
    score: int = Field(ge=0, le=100)
    scores: dict[str, int]
    owners: list[str]
    because: list[BecauseRow]
    findings: list[FindingRow]
    dismissed: list[DismissedRow]
    suppressed: list[SuppressedRow]
    screened: ScreenedRow
    extra: dict[str, Any]
    post: PostRow | None = None


class ErrorDetail(Row):
    """Why a row could not be screened."""

    code: str
    message: str
    line: int | None


class ErrorRow(Row):
    """A row that could not be screened."""

    v: Literal[1]
    id: str | int
    error: ErrorDetail
    post: PostRow | None = None


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of an output row, with the input row under ``$defs``."""
    schema = TypeAdapter(ResultRow | ErrorRow).json_schema()
    source = InputRow.model_json_schema()
    schema["$defs"] = {**schema["$defs"], **source.pop("$defs"), "InputRow": source}
    schema["title"] = "flamecheck batch contract, version 1"
    return schema
