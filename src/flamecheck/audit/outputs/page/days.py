"""The days of the year on which flagged posts fell, with the days that the calendars name."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from flamecheck.audit.outputs.page.charts import calendar
from flamecheck.audit.outputs.page.markup import line, number
from flamecheck.audit.outputs.page.tally import Month, Tally
from flamecheck.audit.result import RunFacts
from flamecheck.rules.dates import Day

BASES: Final = {"high": "重い日", "medium": "配慮の日", "low": "知っておく日"}
_ORDER: Final = {"high": 0, "medium": 1, "low": 2}
YEARS: Final = 12
"""For how many years, the last ones, the calendars are asked on which days they fall."""
ROWS: Final = 24


def days(facts: RunFacts, tally: Tally) -> str:
    """Return the year as a chart and, below it, the named days by how many flagged posts fell on them."""
    falls = _falls(facts, tally)
    grave = [day for day in facts.days if day.base in ("high", "medium")]
    named: dict[Month, list[str]] = {}
    for day in grave:
        for at in falls[day.id]:
            named.setdefault(at, []).append(day.title)
    chart = calendar(
        tally.by_date,
        named,
        "一年の日ごとの、指摘のある投稿の数。濃いほど多く、丸は追悼など配慮のいる日。おもな日は下の表にあります",
        lambda title: line(title, 60),
    )
    keys = (
        '<ul class="keys"><li><span class="key d0"></span>0 件</li><li><span class="key d1"></span>少ない</li>'
        '<li><span class="key d4"></span>多い</li><li><span class="key ring"></span>暦にある、配慮のいる日</li></ul>'
        if grave
        else ""
    )
    return (
        f'{keys}<div class="scroll" role="region" aria-label="日ごとの図" tabindex="0">{chart}</div>'
        f"{_table(facts, tally, falls)}"
    )


def _table(facts: RunFacts, tally: Tally, falls: dict[str, list[Month]]) -> str:
    met = [day for day in facts.days if tally.by_day[day.id]]
    met.sort(key=lambda day: (-tally.timed[day.id], _ORDER.get(day.base, 3), -tally.by_day[day.id], day.id))
    if not met:
        return "<p>暦にある日と重なった、指摘のある投稿はありません。</p>"
    rows = [
        f'<tr><th scope="row">{line(day.title, 60)}</th><td>{_told(falls[day.id])}</td>'
        f'<td>{BASES.get(day.base, "")}</td><td class="n">{number(tally.by_day[day.id])}</td>'
        f'<td class="n">{number(tally.timed[day.id])}</td></tr>'
        for day in met[:ROWS]
    ]
    rest = f"<p>このほかに {number(len(met) - ROWS)} の日があります。</p>" if len(met) > ROWS else ""
    return (
        '<div class="scroll" role="region" aria-label="暦にある日の表" tabindex="0"><table class="bars days"><thead><tr>'
        '<th scope="col">暦にある日</th><th scope="col">月日</th><th scope="col">日の重さ</th>'
        '<th scope="col" class="n">指摘のある投稿</th><th scope="col" class="n">うち時と日の指摘</th></tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>{rest}"
    )


def _falls(facts: RunFacts, tally: Tally) -> dict[str, list[Month]]:
    """Return on which days of the year each day of the calendars fell in the years of the posts, in order."""
    made = date.fromisoformat(facts.made_on)
    last = min((tally.last or made).year, date.max.year - 1)
    first = max((tally.first or made).year, last - YEARS + 1)
    found: dict[str, set[Month]] = {day.id: set() for day in facts.days}
    today = date(first, 1, 1)
    while today.year <= last:
        for day in facts.days:
            if day.began(today) is not None:
                found[day.id].add((today.month, today.day))
        today += timedelta(days=1)
    # 公開の前の年にしか投稿がなくても、日はいまの暦のもので知らせる。
    for day in facts.days:
        if not found[day.id]:
            found[day.id] = _this_year(day, made)
    return {name: sorted(falls) for name, falls in found.items()}


def _this_year(day: Day, made: date) -> set[Month]:
    year = (date(made.year, 1, 1) + timedelta(days=more) for more in range(366))
    return {(today.month, today.day) for today in year if today.year == made.year and day.began(today) is not None}


def _told(falls: list[Month]) -> str:
    if not falls:
        return "–"
    first, last = falls[0], falls[-1]
    words = f"{first[0]}月{first[1]}日"
    return words if first == last else f"{words} – {last[0]}月{last[1]}日"
