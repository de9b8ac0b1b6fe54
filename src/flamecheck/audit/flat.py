"""A result as one line of a table for people: the gravest finding in words, the others by the names of their rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from flamecheck.audit.ranking import GRADES, SURENESS
from flamecheck.audit.result import Post, Result, RunFacts, Tier
from flamecheck.masks import starred
from flamecheck.messages import Words
from flamecheck.spans import Span

UNREAD: Final = "読めなかった記録"
"""What stands for the tier of a record in error."""
LIMITS: Final = (
    "既知の引っかかりを、言葉から見つけたものです。画像・動画・皮肉・新しい話題は見ていません。"
    "指摘がないことは、問題がないという意味ではありません。指摘は決定ではなく、決めるのは人です。"
)
"""What every page for people says of itself."""
KINDS: Final = {"post": "投稿", "reply": "返信", "quote": "引用", "repost": "リポスト"}
CHANNELS: Final = {
    "x": "X",
    "instagram": "Instagram",
    "facebook": "Facebook",
    "blog": "ブログ",
    "line": "LINE",
    "mastodon": "Mastodon",
}
_WORDS: Final = Words("ja")


@dataclass(slots=True, frozen=True)
class Line:
    """One post and what was found in it; every text may be empty.

    ``tier`` is None for a record in error, whose message is then ``message``.  ``words``, ``message``, ``affected``,
    ``rewrite`` and ``severity`` are those of the gravest finding; ``rules`` and ``categories`` are named once each, the
    gravest first.  ``spans`` count code points of ``post.text``, the gravest finding's first.
    """

    number: int
    id: str | int
    post: Post
    tier: Tier | None
    severity: str = ""
    score: int = 0
    words: str = ""
    message: str = ""
    affected: str = ""
    rewrite: str = ""
    rules: tuple[str, ...] = ()
    rule_ids: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()

    @property
    def decides(self) -> str:
        """Return what people call the tier."""
        return UNREAD if self.tier is None else self.tier.label

    @property
    def posted(self) -> datetime | date | None:
        """Return when it was posted, Japanese time without a zone; a date alone when no time is known."""
        return moment(self.post.posted_at)


def line_of(result: Result, facts: RunFacts) -> Line:
    """Return the line of a result."""
    row = result.row
    if result.failed:
        error = row["error"]
        told = starred(f"{error['message']}（{error['code']}）")
        return Line(result.number, row["id"], result.post, None, message=told)
    tier = next((tier for tier in facts.tiers if tier.id == row["tier"]), Tier(row["tier"], row["tier"], 0))
    found = by_gravity(row["findings"])
    first: Mapping[str, Any] = found[0] if found else {}
    return Line(
        number=result.number,
        id=row["id"],
        post=result.post,
        tier=tier,
        severity=_WORDS(f"severity.{first['severity']}") if first else "",
        score=row["score"],
        words=first.get("matched", ""),
        message=first.get("message", ""),
        affected=first.get("affected", ""),
        rewrite=first.get("rewrite", ""),
        rules=_names(found, "rule_id", facts.rules),
        rule_ids=_names(found, "rule_id", {}),
        categories=_names(found, "category", facts.categories),
        owners=tuple(row["owners"]),
        spans=tuple(Span(item["start"], item["end"]) for item in found),
    )


def by_gravity(findings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return findings of a row, the gravest and surest first, as they stand in the text where they are alike."""
    return sorted(findings, key=lambda item: (-GRADES[item["severity"]], -SURENESS[item["confidence"]]))


def moment(told: str) -> datetime | date | None:
    """Return ISO 8601 in JST as a moment without a zone, or a date; None for what is neither."""
    try:
        return (
            date.fromisoformat(told)
            if len(told) == len("2026-01-01")
            else datetime.fromisoformat(told).replace(tzinfo=None)
        )
    except ValueError:
        return None


def _names(found: list[dict[str, Any]], key: str, names: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names.get(item[key], item[key]) for item in found))
