"""What became of a post between two runs, as plain values."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from flamecheck.rules.rule import Rule

REASONS: Final[Mapping[str, str]] = {
    "text": "投稿の本文が変わった",
    "context": "投稿の日時や場所などの文脈が変わった",
    "dismissed": "ガードや例外が取り下げるようになった",
    "no-longer-dismissed": "ガードや例外が取り下げなくなった",
    "suppressed": "人が抑えた",
    "no-longer-suppressed": "人が抑えなくなった",
    "adjusted": "重さの上げ下げが変わった",
    "rule-new": "規則が新しい",
    "rule-gone": "規則がなくなった",
    "rule-retired": "規則を使うのをやめた",
    "not-selected": "規則を選んでいない",
    "not-valid": "規則の有効期間の外になった",
    "pack": "規則集が変わった",
    "dictionary": "辞書が変わった",
    "policy": "方針が変わった",
    "unrecorded": "前の結果に記録がない",
    "unknown": "結果からは分からない",
}
"""Why a finding or a verdict is another one, as a heading."""


@dataclass(slots=True, frozen=True)
class Turn:
    """One finding that ``appeared``, ``vanished`` or ``changed``; ``start`` and ``end`` are -1 where nobody says them.

    ``old`` and ``new`` are its severity and confidence there, "" where it is not.
    """

    what: str
    rule: str
    start: int
    end: int
    matched: str
    old: str
    new: str
    reason: str
    why: str


@dataclass(slots=True, frozen=True)
class Change:
    """One post whose row is another one: ``verdict``, or ``unreadable``/``readable`` now, or ``only-old``/``only-new``.

    ``tiers`` and ``severities`` hold what it was and is; ``reason`` and ``why`` say why the tier moved while no finding
    turned ("" otherwise).
    """

    id: str | int
    what: str
    tiers: tuple[str, str] = ("", "")
    severities: tuple[str, str] = ("", "")
    turns: tuple[Turn, ...] = ()
    reason: str = ""
    why: str = ""

    def to_wire(self) -> dict[str, Any]:
        """Return the change as one row of JSON Lines (docs/audit.md)."""
        return {
            "id": self.id,
            "change": self.what,
            "tier": list(self.tiers),
            "severity": [name or None for name in self.severities],
            "findings": [
                {
                    "change": turn.what,
                    "rule_id": turn.rule,
                    "start": turn.start,
                    "end": turn.end,
                    "matched": turn.matched,
                    "grade": [turn.old or None, turn.new or None],
                    "reason": turn.reason,
                    "why": turn.why,
                }
                for turn in self.turns
            ],
            "reason": self.reason,
            "why": self.why,
        }


@dataclass(slots=True, frozen=True)
class Known:
    """What the new run knows besides its rows; without it the reasons are told less exactly.

    ``rules`` are those loaded and ``retired`` those that once were, with why; ``spoke`` are the rules that occur
    anywhere in the old rows; ``as_of`` is the day the rules were asked for; ``tiers`` leads a tier to its rank.
    """

    rules: Mapping[str, Rule] = field(default_factory=dict)
    retired: Mapping[str, str] = field(default_factory=dict)
    spoke: frozenset[str] | None = None
    as_of: date | None = None
    tiers: Mapping[str, int] = field(default_factory=dict)
    left_out: Container[str] = frozenset()
    """Rules that are loaded and that the selectors of the new run leave out."""
