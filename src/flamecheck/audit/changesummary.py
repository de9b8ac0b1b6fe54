"""The counts of a comparison and what they say in Japanese."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from flamecheck.audit.change import REASONS, Change
from flamecheck.audit.verdictrow import EXPECTED, read

_GRADES: Final = {"": 0, "info": 1, "low": 2, "medium": 3, "high": 4, "critical": 5}
_TURNS: Final = {"appeared": "増えた", "vanished": "消えた", "changed": "変わった"}
_SIDES: Final = {
    "only-old": "前だけにある",
    "only-new": "今回だけにある",
    "unreadable": "読めなくなった",
    "readable": "読めるようになった",
}
_RULES: Final = 10_000
"""Rules that are counted apart: an old file may name any."""
_LISTED: Final = 20


@dataclass(slots=True)
class Summary:
    """Counts that add up: ``compared == same + verdict changes + unreadable + readable``; the rest stands on one side."""

    compared: int = 0
    same: int = 0
    whats: Counter[str] = field(default_factory=Counter)
    tiers: Mapping[str, int] = field(default_factory=dict)
    moves: Counter[tuple[str, str]] = field(default_factory=Counter)
    """From which tier to which; posts whose tier stayed are not in it."""
    graver: int = 0
    milder: int = 0
    turns: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    """What, which rule, which reason."""
    reasons: Counter[str] = field(default_factory=Counter)
    """Posts of which only the tier moved, by reason."""
    odd: Counter[str] = field(default_factory=Counter)
    """Lines that are no rows: ``old`` and ``new``."""
    missing: Counter[str] = field(default_factory=Counter)
    """Old rows without a key of the contract, by key."""
    versions: Counter[str] = field(default_factory=Counter)

    def sound(self, rows: Iterable[object], *, old: bool) -> Iterator[dict[str, Any]]:
        """Yield what is a row; count what is none and, for the old side, what is missing."""
        for row in rows:
            known = read(row)
            if known is None or not isinstance(row, dict):
                self.odd["old" if old else "new"] += 1
                continue
            if old:
                self.missing.update(known.missing if not known.error else ())
                if row.get("v") != 1:
                    self.versions[str(row.get("v"))[:20] if len(self.versions) < _LISTED else "…"] += 1
            yield row

    def add(self, change: Change | None) -> None:
        """Count one post."""
        if change is None or change.what not in ("only-old", "only-new"):
            self.compared += 1
        if change is None:
            self.same += 1
            return
        self.whats[change.what] += 1
        if change.what != "verdict":
            return
        before, after = change.tiers
        if before != after:
            self.moves[before, after] += 1
        old, new = (_GRADES.get(name, 0) for name in change.severities)
        self.graver += new > old
        self.milder += new < old
        self.reasons[change.reason] += bool(change.reason)
        for turn in change.turns:
            key = (turn.what, turn.rule[:200], turn.reason)
            self.turns[key if key in self.turns or len(self.turns) < _RULES else (turn.what, "…", turn.reason)] += 1

    def text(self, labels: Mapping[str, str] | None = None) -> str:
        """Return the summary in Japanese, a line each; ``labels`` leads tiers to what people call them."""
        return "\n".join(self._lines(labels or {}))

    def _lines(self, labels: Mapping[str, str]) -> Iterator[str]:
        changed = self.compared - self.same
        yield f"前の結果との比較: 比べた投稿 {self.compared} = 同じ {self.same} + 変わった {changed}"
        yield from (f"  {label}投稿 {self.whats[what]}" for what, label in _SIDES.items() if self.whats[what])
        if self.graver or self.milder:
            yield f"  重くなった投稿 {self.graver}、軽くなった投稿 {self.milder}"
        if self.moves:
            yield "段階の動き"
            yield from (
                f"  {labels.get(old, old) or '（記録なし）'} → {labels.get(new, new)}: {count}{self._way(old, new)}"
                for (old, new), count in sorted(self.moves.items(), key=_often)
            )
        if self.turns:
            yield "指摘の動き（規則とわけ）"
            ordered = sorted(self.turns.items(), key=_often)
            yield from (
                f"  {_TURNS[what]} {count}: {rule} … {REASONS[reason]}"
                for (what, rule, reason), count in ordered[:_LISTED]
            )
            if len(ordered) > _LISTED:
                rest = sum(count for _, count in ordered[_LISTED:])
                yield f"  ほか {len(ordered) - _LISTED} 通り、{rest} 件"
        if self.reasons.total():
            ordered_reasons = sorted(self.reasons.items(), key=_often)
            yield "指摘は同じで判定だけが変わった投稿"
            yield from (f"  {count}: {REASONS[reason]}" for reason, count in ordered_reasons if count)
        yield from self._oddities()

    def _way(self, old: str, new: str) -> str:
        if old not in self.tiers or new not in self.tiers:
            return ""
        return "（上がった）" if self.tiers[new] > self.tiers[old] else "（下がった）"

    def _oddities(self) -> Iterator[str]:
        for side, name in (("old", "前の結果"), ("new", "今回の結果")):
            if self.odd[side]:
                yield f"{name}のうち {self.odd[side]} 行は判定の行として読めず、比べていません"
        for key in EXPECTED:
            if self.missing[key]:
                yield f"前の結果の {self.missing[key]} 行に {key} がありません（古い版の結果かもしれません）"
        if self.versions:
            yield f"前の結果の {self.versions.total()} 行は、形式の版 1 ではありません（{'、'.join(sorted(self.versions))}）。分かるところだけ比べました"


def _often(item: tuple[Any, int]) -> tuple[int, Any]:
    return -item[1], item[0]
