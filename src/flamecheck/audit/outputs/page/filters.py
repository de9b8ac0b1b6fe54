"""The lists by which the posts of the page are filtered: only what stands on the page, with how often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from flamecheck.audit.flat import CHANNELS
from flamecheck.audit.outputs.page.cards import Card
from flamecheck.audit.outputs.page.markup import line, number, shown
from flamecheck.audit.outputs.page.tally import most
from flamecheck.audit.ranking import GRADES
from flamecheck.audit.result import RunFacts
from flamecheck.review.page import SEVERITIES

NAMES: Final = 300
"""How many names a list has at most, the most frequent ones."""
Choice = tuple[str, str, int]


def filters(cards: Sequence[Card], facts: RunFacts) -> str:
    """Return the lists to choose from, as HTML."""
    tiers = {tier.id: (-tier.rank, tier.label) for tier in facts.tiers}
    by_tier = sorted(_times(card.tier for card in cards), key=lambda item: tiers.get(item[0], (0, ""))[0])
    by_grade = sorted(_times(card.severity for card in cards), key=lambda item: -GRADES[item[0]])
    by_year = sorted(_times(card.year for card in cards), reverse=True)
    by_category = _times(name for card in cards for name in card.categories)
    lists: tuple[tuple[str, str, Iterable[Choice]], ...] = (
        ("tier", "決める人", ((name, tiers.get(name, (0, name))[1], count) for name, count in by_tier)),
        ("severity", "重さ", ((str(int(GRADES[name])), SEVERITIES[GRADES[name]], count) for name, count in by_grade)),
        ("categories", "分類", ((name, facts.categories.get(name, name), count) for name, count in by_category)),
        ("year", "年", ((name, f"{int(name)}年" if name else "日付なし", count) for name, count in by_year)),
        ("channel", "媒体", _named((card.channel for card in cards), "媒体なし")),
        ("account", "アカウント", _named((card.account for card in cards), "アカウントなし")),
    )
    return "".join(_select(by, label, choices) for by, label, choices in lists)


def _named(names: Iterable[str], unknown: str) -> list[Choice]:
    return [(name, CHANNELS.get(name, name) or unknown, count) for name, count in _times(names)]


def _times(names: Iterable[str]) -> list[tuple[str, int]]:
    return most(Counter(names))[:NAMES]


def _select(by: str, label: str, choices: Iterable[Choice]) -> str:
    """Return one list; every value begins with a sign of its own, so that the empty name can be chosen too."""
    items = "".join(
        f'<option value="={shown(value)}">{line(words, 60)}（{number(count)}）</option>'
        for value, words, count in choices
    )
    return f'<label>{label}<select data-by="{by}"><option value="">すべて</option>{items}</select></label>'
