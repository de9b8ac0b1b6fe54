"""What the page counts while it reads the results once: counters that grow with the rules and the months, not the posts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from flamecheck.audit.ranking import day_of
from flamecheck.audit.result import Result
from flamecheck.rules.dates import Day

Month = tuple[int, int]


@dataclass(slots=True)
class Tally:
    """Counts of posts; a post is flagged when it has a finding, and counts once for every rule, category and group.

    ``by_month`` and ``flagged_by_month`` know only posts with a date; ``by_date`` counts flagged posts by month and day
    of all years, ``by_day`` those that fell on a day of a calendar, ``timed`` those of them with a finding of the group
    ``timing``.
    """

    posts: int = 0
    flagged: int = 0
    dated: int = 0
    flagged_dated: int = 0
    repeated: int = 0
    by_tier: Counter[str] = field(default_factory=Counter)
    flagged_by_tier: Counter[str] = field(default_factory=Counter)
    by_group: Counter[str] = field(default_factory=Counter)
    by_category: Counter[str] = field(default_factory=Counter)
    by_rule: Counter[str] = field(default_factory=Counter)
    of_rule: dict[str, str] = field(default_factory=dict)
    by_month: Counter[Month] = field(default_factory=Counter)
    flagged_by_month: dict[Month, Counter[str]] = field(default_factory=dict)
    by_date: Counter[Month] = field(default_factory=Counter)
    by_day: Counter[str] = field(default_factory=Counter)
    timed: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    first: date | None = None
    last: date | None = None


class Counting:
    """Takes in results one by one; knows the days of the calendars."""

    def __init__(self, days: tuple[Day, ...]) -> None:
        """Start with nothing counted."""
        self.tally = Tally()
        self._named = lru_cache(maxsize=4096)(lambda day: tuple(one.id for one in days if one.began(day) is not None))

    def add(self, result: Result) -> None:
        """Count a result, be it a verdict or an error."""
        tally, row = self.tally, result.row
        if result.failed:
            tally.errors[row["error"]["code"]] += 1
            return
        day = day_of(result.post.posted_at)
        tally.posts += 1
        tally.by_tier[row["tier"]] += 1
        if day is not None:
            tally.dated += 1
            tally.by_month[day.year, day.month] += 1
            tally.first = day if tally.first is None else min(tally.first, day)
            tally.last = day if tally.last is None else max(tally.last, day)
        findings = row["findings"]
        if findings:
            self._flagged(row["tier"], findings, day)
            tally.repeated += result.post.same_as is not None

    def _flagged(self, tier: str, findings: list[dict[str, Any]], day: date | None) -> None:
        tally = self.tally
        tally.flagged += 1
        tally.flagged_by_tier[tier] += 1
        groups = {finding["group"] for finding in findings}
        tally.by_group.update(groups)
        tally.by_category.update({finding["category"] for finding in findings})
        tally.by_rule.update({finding["rule_id"] for finding in findings})
        for finding in findings:
            tally.of_rule.setdefault(finding["rule_id"], finding["category"])
        if day is not None:
            tally.flagged_dated += 1
            tally.flagged_by_month.setdefault((day.year, day.month), Counter())[tier] += 1
            tally.by_date[day.month, day.day] += 1
            named = self._named(day)
            tally.by_day.update(named)
            if "timing" in groups:
                tally.timed.update(named)


def most(counts: Counter[str]) -> list[tuple[str, int]]:
    """Return the counts, the highest first, equal ones by name."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
