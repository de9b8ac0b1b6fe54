"""Conditions on the context a second time, slow and obvious, from docs/grammar.md ("Context").

A date is the list of all days it names, made by walking through every day of the years around the post.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from flamecheck.context import Context
from flamecheck.rules.dates import Dated, Day, Equinox, Monthly, Nth, Once, Relative, Yearly
from flamecheck.rules.when import When

# 1980 年から 2099 年までの春分の日と秋分の日の、一の位（0 は 20 日、9 は 19 日、3 は 23 日）。
SPRING = (
    "011101110111001100110011001100110011001100110001000100010001000100010001"
    "000100000000000000000000000000000000000090009000"
)
AUTUMN = (
    "333333333333333333333333333333332333233323332333233323332333233322332233"
    "223322332233223322332233222322232223222322232223"
)


def allows(when: When, context: Context) -> bool:
    """Return whether every key that is given holds; what is unknown never does."""
    return all(answers(when, context))


def answers(when: When, context: Context) -> list[bool]:
    """Return one answer for each key that is given; those that concern the day share one."""
    given: list[bool] = []
    posted = context.posted_at
    same = "same" in when.region
    if when.days or same or when.around is not None or when.anniversary is not None:
        given.append(posted is not None and any(day_fits(when, day, posted, context) for day in when.days))
    if when.weekday:
        given.append(posted is not None and "月火水木金土日"[posted.weekday()] in named_weekdays(when))
    if when.time:
        given.append(posted is not None and context.timed and posted.strftime("%H:%M") in open_minutes(when))
    if when.region and not same:
        given.append(lies_in(context.region, when.region))
    for wanted, known in (
        (when.post_type, context.post_type),
        (when.channel, context.channel),
        (when.account, context.account),
        (when.industry, context.industry),
        (when.crisis, context.crisis),
        (when.format, context.format),
    ):
        if wanted:
            given.append(known is not None and known in wanted)
    if when.paid is not None:
        given.append(context.paid is not None and context.paid == when.paid)
    if when.scheduled is not None:
        given.append(context.scheduled is not None and context.scheduled == when.scheduled)
    for asked, name in ((when.reply, context.reply_to), (when.quote, context.quote_of)):
        if asked is not None:
            given.append(name is not None and (name != "") == asked)
    if when.voice is not None:
        given.append(context.voice is not None and context.voice in range(when.voice[0], when.voice[1] + 1))
    return given


def named_weekdays(when: When) -> str:
    return "".join("月火水木金土日"[number] for number in when.weekday)


def open_minutes(when: When) -> set[str]:
    """Return every minute of the day that lies in a window, walked through one by one."""
    minutes = set()
    for first, last in when.time:
        at = first
        while at != last:
            minutes.add(f"{at // 60:02}:{at % 60:02}")
            at += 1
            if at == 24 * 60 and last != 24 * 60:
                at = 0
    return minutes


def lies_in(region: str | None, names: tuple[str, ...]) -> bool:
    return region is not None and any(region[: len(name)] == name for name in names if name != "same" and region)


def day_fits(when: When, day: Day, posted: datetime, context: Context) -> bool:
    """Return whether the post stands on this day, and near its minute, on its anniversary, in its region."""
    today = posted.date()
    began = occurrences(day, today.year).get(today)
    if began is None:
        return False
    fits = [True]
    if when.around is not None:
        fits.append(context.timed and day.minute is not None and posted.strftime("%H:%M") in quiet(day, when.around))
    if when.anniversary is not None:
        turns = range((day.year or 0) + when.anniversary, began + 1, when.anniversary)
        fits.append(day.year is not None and began in turns)
    if "same" in when.region:
        fits.append(lies_in(context.region, when.region + day.region))
    return all(fits)


def quiet(day: Day, around: int) -> set[str]:
    """Return the minutes of the same day that lie at most ``around`` minutes from the minute of the day."""
    every = [f"{hour:02}:{minute:02}" for hour in range(24) for minute in range(60)]
    at = day.minute or 0
    return set(every[max(0, at - around) : at + around + 1])


def occurrences(day: Day, year: int) -> dict[date, int]:
    """Return the days on which an entry of a calendar exists, with the year in which each occurrence began."""
    found: dict[date, int] = {}
    for item in day.dates:
        for on, began in named(item, year).items():
            if (day.year is None or began >= day.year) and (day.since is None or on >= day.since):
                found.setdefault(on, began)
    return found


def named(item: Dated, year: int) -> dict[date, int]:
    """Return the days a date names around ``year``, each with the year in which its occurrence began."""
    if isinstance(item, Day):
        return occurrences(item, year)
    if isinstance(item, Relative):
        moved = {}
        for near in (year - 1, year, year + 1):
            for on, began in named(item.to, near).items():
                moved[on + timedelta(days=item.days)] = began
        return moved
    if isinstance(item, Once):
        length = (item.last - item.first).days + 1
        return {item.first + timedelta(days=more): item.first.year for more in range(length)}
    return {on: began for near in (year - 1, year, year + 1) for on, began in in_year(item, near).items()}


def in_year(item: Dated, year: int) -> dict[date, int]:
    """Return the days of one year that a date names, each with the year in which its occurrence began."""
    days = [date(year, 1, 1) + timedelta(days=more) for more in range(366)]
    days = [on for on in days if on.year == year]
    if isinstance(item, Yearly):
        later = walked(item)
        return {on: year - later[on.month, on.day] for on in days if (on.month, on.day) in later}
    if isinstance(item, Monthly):
        chosen = [on for on in days if on.day == item.number]
    elif isinstance(item, Nth):
        alike = [on for on in days if on.month == item.month and on.weekday() == item.weekday]
        chosen = alike[-1:] if item.number == 0 else alike[item.number - 1 : item.number]
    elif isinstance(item, Equinox) and 1980 <= year <= 2099:
        month, digit = (9, AUTUMN[year - 1980]) if item.autumn else (3, SPRING[year - 1980])
        chosen = [date(year, month, {"9": 19, "0": 20, "1": 21, "2": 22, "3": 23}[digit])]
    else:
        chosen = []
    return dict.fromkeys(chosen, year)


def walked(item: Yearly) -> dict[tuple[int, int], int]:
    """Return every month and day of a range, walked from its first on; 1 for those behind the turn of the year."""
    leap = [date(2024, 1, 1) + timedelta(days=more) for more in range(366)]
    at = [(on.month, on.day) for on in leap].index(item.first)
    found = {item.first: 0}
    while (leap[at % 366].month, leap[at % 366].day) != item.last:
        at += 1
        found[leap[at % 366].month, leap[at % 366].day] = at // 366
    return found
