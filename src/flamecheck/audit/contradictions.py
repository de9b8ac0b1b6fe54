"""Two posts that speak of the same thing, and what they say differently; a pure function of two sets of facts.

Precision comes first: what may as well be another round, another shop or another size is no contradiction.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Final

import regex

from flamecheck.audit.facts import Facts
from flamecheck.audit.sketch import alike, held, shingles
from flamecheck.audit.values import Value

_NEAR: Final = 0.75
_NAMED: Final = 0.3
_PAGE: Final = 0.6
_WORDS: Final = 0.8
_DAYS: Final = {"date": 90, "price": 60, "telephone": 180, "url": 45}
"""How far apart two posts may be and still speak of one thing."""
_TAXED: Final = (Fraction(110, 100), Fraction(108, 100), Fraction(110, 108))
_SHOPS: Final = (
    "店",
    "店舗",
    "会場",
    "校",
    "院",
    "館",
    "教室",
    "サロン",
    "工場",
    "営業所",
    "センター",
    "ホール",
    "エリア",
)
_NUMERAL: Final = regex.compile(r"[\d/]+")


@dataclass(frozen=True)
class Seen:
    """A post as the sweep reads it again from the index."""

    n: int
    at: str
    account: str
    channel: str
    facts: Facts

    @cached_property
    def day(self) -> date | None:
        """Return the day it was posted, None when nobody knows."""
        return date.fromisoformat(self.at[:10]) if self.at else None

    @cached_property
    def pieces(self) -> frozenset[str]:
        """Return the shingles of its skeleton."""
        return shingles(self.facts.skeleton, 2)


@dataclass(slots=True, frozen=True)
class Contradiction:
    """What two posts say differently: the kind, what it is the value of, and both values."""

    kind: str
    slot: str
    first: Value
    second: Value


def contradictions(first: Seen, second: Seen, name: str = "") -> Iterator[Contradiction]:
    """Yield what ``second`` (posted later) says differently; ``name`` is a campaign both name, if they met by one."""
    one, two = first.facts, second.facts
    if one.changes or two.changes or not _one_voice(first, second):
        return
    how = _relation(first, second, name)
    if not how:
        return
    gap = (second.day - first.day).days if first.day and second.day else None
    for kind, differ in (("date", _dates), ("price", _prices), ("telephone", _telephones), ("url", _urls)):
        if (gap is None or how == "other round") and kind != "telephone":
            continue
        if (gap or 0) > _DAYS[kind]:
            continue
        yield from differ(first, second, how)


def _one_voice(first: Seen, second: Seen) -> bool:
    # アカウントが違えば別の店かもしれない。チャンネルも違えば、同じ店の X と Instagram かもしれない。
    return first.account == second.account or first.channel != second.channel


def _relation(first: Seen, second: Seen, name: str) -> str:
    one, two = first.facts, second.facts
    if one.places != two.places and (not name or (one.places and two.places) or _shops(one) != _shops(two)):
        return ""
    if one.skeleton == two.skeleton and one.names == two.names:
        return "same"
    near = one.names == two.names and alike(one.words, two.words) >= _WORDS
    near = near and alike(first.pieces, second.pieces) >= _NEAR
    if near and one.numbers == two.numbers:
        return "near"
    if name and _one_edition(one, two) and held(first.pieces, second.pieces) >= _NAMED:
        return "named"
    # 10月分と 11月分の案内でも、問い合わせ先は変わらない。
    return "other round" if near else ""


def _one_edition(one: Facts, two: Facts) -> bool:
    """Return whether both may be of one round: 第2回 against 第3回 is not, 第2回 against no word of it with one date is."""
    if one.editions == two.editions:
        return True
    dates = {value.value for value in one.of("date")} & {value.value for value in two.of("date")}
    return bool(dates) and (one.editions < two.editions or two.editions < one.editions)


def _shops(facts: Facts) -> frozenset[str]:
    return frozenset(place for place in facts.places if place.endswith(_SHOPS))


def _dates(first: Seen, second: Seen, how: str) -> Iterator[Contradiction]:
    one, two = first.facts.of("date"), second.facts.of("date")
    if how != "named" and [value.role for value in one] == [value.role for value in two]:
        pairs = list(zip(one, two, strict=True))
    else:
        roles = {value.role for value in one} & {value.role for value in two}
        mine, yours = ({role: [v for v in values if v.role == role] for role in roles} for values in (one, two))
        pairs = [(mine[role][0], yours[role][0]) for role in sorted(roles) if len(mine[role]) == len(yours[role]) == 1]
    differ = [(a, b) for a, b in pairs if a.value != b.value]
    if len(differ) != 1:
        return
    a, b = differ[0]
    days = sorted((date.fromisoformat(a.value), date.fromisoformat(b.value)))
    apart, ahead = (days[1] - days[0]).days, second.day is not None and second.day <= days[0]
    # 期間の片方が同じなら、同じ回の話。
    anchored = not a.role.endswith("day") and any(
        x.value == y.value and x.role != a.role and x.role.endswith(("start", "end")) for x, y in pairs
    )
    recurs = first.facts.recurs or second.facts.recurs or first.facts.regular or second.facts.regular
    if a.role.endswith("day"):
        if recurs or a.role == "pauseday" or not ahead or not apart % 7 or apart > 60:
            return
    elif not anchored and (recurs or not ahead or apart > 60):
        return
    yield Contradiction("date", a.role, a, b)


def _prices(first: Seen, second: Seen, how: str) -> Iterator[Contradiction]:
    if first.facts.passing or second.facts.passing or _other_round(first, second):
        return
    one, two = first.facts.of("price"), second.facts.of("price")
    if how == "same" and len(one) == len(two):
        pairs = list(zip(one, two, strict=True))
        if sum(a.value != b.value for a, b in pairs) > 2:
            return
    else:
        pairs = []
        for a in one:
            same = [b for b in two if _label(b) == _label(a)]
            if len(a.before) >= 2 and len(same) == 1 and sum(_label(c) == _label(a) for c in one) == 1:
                pairs.append((a, same[0]))
    taxed = first.facts.taxed or second.facts.taxed
    for a, b in pairs:
        if a.value != b.value and _unit(a) == _unit(b) and not (taxed and _taxed(a, b)):
            yield Contradiction("price", a.before, a, b)


def _telephones(first: Seen, second: Seen, how: str) -> Iterator[Contradiction]:  # noqa: ARG001
    one, two = ([value for value in seen.facts.of("telephone") if not value.role] for seen in (first, second))
    if len(one) == len(two) == 1 and one[0].value != two[0].value and first.facts.places == second.facts.places:
        yield Contradiction("telephone", "", one[0], two[0])


def _urls(first: Seen, second: Seen, how: str) -> Iterator[Contradiction]:
    one, two = first.facts.of("url"), second.facts.of("url")
    if len(one) != 1 or len(two) != 1 or one[0].value == two[0].value or first.channel != second.channel:
        return
    dated = {v.value for v in first.facts.of("date")} & {v.value for v in second.facts.of("date")}
    named = bool(first.facts.names) if how != "named" else alike(first.pieces, second.pieces) >= _PAGE
    if one[0].value.startswith(two[0].value) or two[0].value.startswith(one[0].value):
        return  # 特設サイトの中の別のページ
    if named and dated and not _other_round(first, second) and one[0].before[-3:] == two[0].before[-3:]:
        yield Contradiction("url", "", one[0], two[0])


def _other_round(first: Seen, second: Seen) -> bool:
    """Return whether both are dated and share no date: rather the next round than the same one."""
    one, two = ({value.value for value in seen.facts.of("date")} for seen in (first, second))
    return bool(one and two) and one.isdisjoint(two)


def _label(value: Value) -> tuple[str, str]:
    return value.before[-4:], value.after


def _unit(value: Value) -> str:
    return _NUMERAL.sub("", value.value)


def _taxed(first: Value, second: Value) -> bool:
    """Return whether one is the other with tax: 1,000円 and 1,100円（税込）."""
    a, b = sorted(Fraction(_NUMERAL.search(value.value).group()) for value in (first, second))  # type: ignore[union-attr]
    return any(abs(a * rate - b) < 1 for rate in _TAXED)
