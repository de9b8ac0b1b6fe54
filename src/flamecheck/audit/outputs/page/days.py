"""The days of the year on which flagged posts fell, with the days that the calendars name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from flamecheck.audit.outputs.page.charts import calendar
from flamecheck.audit.outputs.page.markup import line, number
from flamecheck.audit.outputs.page.tally import Month, Tally
from flamecheck.audit.result import RunFacts

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
        for at in sorted({(fall.month, fall.day) for fall in falls[day.id]}):
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


def _table(facts: RunFacts, tally: Tally, falls: dict[str, list[date]]) -> str:
    met = [day for day in facts.days if tally.by_day[day.id]]
    met.sort(key=lambda day: (-tally.timed[day.id], _ORDER.get(day.base, 3), -tally.by_day[day.id], day.id))
    if not met:
        return "<p>暦にある日と重なった、指摘のある投稿はありません。</p>"
    rows = [
        f'<tr><th scope="row">{line(day.title, 60)}</th><td>{told(falls[day.id])}</td>'
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


def _falls(facts: RunFacts, tally: Tally) -> dict[str, list[date]]:
    """Return on which dates each day of the calendars fell in the years of the posts; else in the year of the run."""
    made = date.fromisoformat(facts.made_on)
    last = (tally.last or made).year
    first = max((tally.first or made).year, last - YEARS + 1)
    found: dict[str, list[date]] = {day.id: [] for day in facts.days}
    for today in _dates(first, last):
        for day in facts.days:
            if day.began(today) is not None:
                found[day.id].append(today)
    # 投稿の年より後にできた日も、いまの暦のもので知らせる。
    for day in facts.days:
        if not found[day.id]:
            found[day.id] = [today for today in _dates(made.year, made.year) if day.began(today) is not None]
    return found


def _dates(first: int, last: int) -> Iterator[date]:
    start, end = date(first, 1, 1).toordinal(), date(last, 12, 31).toordinal()
    return map(date.fromordinal, range(start, end + 1))


def told(falls: Sequence[date]) -> str:
    """Return on which days of the year an entry falls; 「のうち」 for one that moves from year to year."""
    at = sorted({(day.month, day.day) for day in falls})
    if not at:
        return "–"
    if len(at) == 12 and len({day for _, day in at}) == 1:
        return f"毎月{at[0][1]}日"
    # 年をまたぐ範囲は、いちばん長い空きの次の日から始まる。
    gaps = [(_number(later) - _number(earlier)) % 366 for earlier, later in zip([at[-1], *at], at, strict=False)]
    start = gaps.index(max(gaps))
    first, last = at[start], at[start - 1]
    if len(at) == 1:
        return f"{first[0]}月{first[1]}日"
    moves = max(Counter(day.year for day in falls).values()) == 1
    return f"{first[0]}月{first[1]}日 – {last[0]}月{last[1]}日{'のうち' if moves else ''}"


def _number(at: Month) -> int:
    return date(2000, *at).timetuple().tm_yday
