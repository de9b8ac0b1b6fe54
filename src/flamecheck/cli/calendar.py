"""``flamecheck calendar``: the days to come, of the shipped calendars and of one's own."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from flamecheck.context import JST
from flamecheck.rules.dates import WEEKDAYS, Day

BASES = {"high": "重い日", "medium": "配慮の日", "low": "知っておく日"}


def run(arguments: argparse.Namespace) -> int:
    """Print every day from ``--from`` (today in Japan) on, so many days long."""
    from flamecheck.rules.load import load_pack, packaged

    first: date = arguments.first or datetime.now(JST).date()
    if not 1 <= arguments.days <= 3_660:
        raise ValueError("--days: 1 から 3660 までの数を書いてください")
    pack = load_pack([packaged(), *(Path(name) for name in arguments.rules)])
    try:
        window = [first + timedelta(days=more) for more in range(arguments.days)]
    except OverflowError:
        raise ValueError("--from: 暦の終わりを越えます") from None
    print(f"{window[0].isoformat()} から {window[-1].isoformat()} まで")
    lines = list(coming(pack.days, window))
    print("\n".join(lines) if lines else "暦にある日はありません")
    return 0


def coming(days: Iterable[Day], window: Iterable[date]) -> Iterator[str]:
    """Yield one line for each day that falls on one of the dates; days that go on are told once, on the first."""
    days = list(days)
    for number, today in enumerate(window):
        for day in days:
            began = day.began(today)
            if began is not None and (number == 0 or day.began(today - timedelta(days=1)) != began):
                yield _line(day, today, began)


def _line(day: Day, today: date, began: int) -> str:
    notes = [BASES[day.base]]
    if day.minute is not None:
        notes.append(f"{day.minute // 60:02}:{day.minute % 60:02}")
    if day.region:
        notes.append("・".join(day.region))
    if day.year is not None:
        notes.append(f"{day.year} 年から {began - day.year} 年" if began > day.year else f"{day.year} 年")
    last = _end(day, today, began)
    if last != today:
        notes.append(f"{last.strftime('%m-%d')} まで")
    return f"{today.isoformat()}（{WEEKDAYS[today.weekday()]}）{day.title}　{'　'.join(notes)}　[{day.id}]"


def _end(day: Day, today: date, began: int) -> date:
    """Return the last day of an occurrence that goes on."""
    while today < date.max and day.began(today + timedelta(days=1)) == began:
        today += timedelta(days=1)
    return today
