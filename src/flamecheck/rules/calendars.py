"""Calendar files and ``when:`` → days and conditions as values; every bad form is a located diagnostic."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import replace

from flamecheck.context import PROFILES, VOICES
from flamecheck.errors import Diagnostic, Place, did_you_mean
from flamecheck.rules.dates import (
    EXAMPLES,
    WEEKDAYS,
    Dated,
    DateError,
    Day,
    Once,
    Relative,
    Shifted,
    Yearly,
    parse_clock,
    parse_date,
    parse_window,
)
from flamecheck.rules.rule import Case, Guard
from flamecheck.rules.when import SAME, When
from flamecheck.rules.whenmodel import CalendarModel, DayModel, WhenModel
from flamecheck.yamlsource import Path_, YamlFile

Located = tuple[YamlFile, Path_]


class Calendars:
    """The days of all calendar files, and conditions that name them; ``problems`` is for the caller to empty."""

    def __init__(self) -> None:
        """Start without days."""
        self.days: dict[str, Day] = {}
        self.problems: list[Diagnostic] = []
        self.own: tuple[Day, ...] | None = None
        """The days that the rule being built requires; None outside a rule."""
        self._raw: dict[str, tuple[DayModel, Located]] = {}
        self._open: list[str] = []
        self._known: frozenset[str] | None = None

    def add(self, file: YamlFile, calendar: CalendarModel) -> None:
        """Take in the days of a file; ``resolve`` builds them when all files are in."""
        for index, day in enumerate(calendar.days):
            path: Path_ = ("days", index)
            if day.id in self._raw:
                self._say("FC402", file.place((*path, "id")), f"日付「{day.id}」が二つあります")
            elif _reads_as_date(day.id):
                self._say(
                    "FC426", file.place((*path, "id")), f"id「{day.id}」は日付そのものです", "名前を付けてください"
                )
            self._raw[day.id] = day, (file, path)

    def resolve(self) -> None:
        """Build every day; relative ones may name days of any file."""
        for name in self._raw:
            self._day(name)

    def only(self, days: Mapping[str, Day]) -> None:
        """Let conditions name these days and no others, until the next call."""
        self.days = dict(days)
        self._known = frozenset(days)

    def when(self, file: YamlFile, path: Path_, model: WhenModel, *, bindable: bool = False) -> When:
        """Return a condition.

        One that asks for a day's minute, year or region and names no day is about the days the rule requires; in a
        shared guard (``bindable``) it stays open until a rule uses the guard.
        """
        days = tuple(day for i, name in enumerate(model.date) if (day := self._named(name, (file, (*path, "date", i)))))
        when = When(
            days=days,
            around=model.around,
            anniversary=model.anniversary,
            time=tuple(w for i, text in enumerate(model.time) if (w := self._window(text, file, (*path, "time", i)))),
            weekday=tuple(WEEKDAYS.index(day) for day in model.weekday),
            region=model.region,
            post_type=model.post_type,
            channel=model.channel,
            account=model.account,
            industry=model.industry,
            crisis=model.crisis,
            format=model.format,
            paid=model.paid,
            scheduled=model.scheduled,
            reply=model.reply,
            quote=model.quote,
            voice=self._voice(file, (*path, "voice"), model.voice),
        )
        self._check_industry(file, path, model.industry)
        if model.date or not when.asks_day:
            self._check_day(when, file, path)
        elif self.own:
            when = replace(when, days=self.own)
            self._check_day(when, file, path)
        elif not bindable:
            self._no_day(file.place(path))
        return when

    def bound(self, guard: Guard, place: Place) -> Guard:
        """Return a shared guard for the rule being built: its open conditions are about the days the rule requires."""
        if not any(case.when and case.when.is_open for case in guard.cases):
            return guard
        if not self.own:
            self._no_day(place)
        return replace(guard, cases=tuple(self._bound(case) for case in guard.cases))

    def _bound(self, case: Case) -> Case:
        if not (case.when and case.when.is_open):
            return case
        return replace(case, when=replace(case.when, days=self.own or ()))

    def _check_day(self, when: When, file: YamlFile, path: Path_) -> None:
        """Say what the named days cannot answer, because none of them has a minute, a year or a region."""
        if not when.days:
            return
        for key, asked, known, what in (
            ("around", when.around is not None, any(day.minute is not None for day in when.days), "時刻（minute）"),
            ("anniversary", when.anniversary is not None, any(day.year for day in when.days), "年（year）"),
            ("region", SAME in when.region, any(day.region for day in when.days), "地域（region）"),
        ):
            if asked and not known:
                names = ", ".join(day.id for day in when.days)
                hint = f"暦の日に{what}を書くか、{key} を消してください"
                self._say("FC423", file.place((*path, key)), f"{names} には{what}がありません", hint)

    def _no_day(self, place: Place) -> None:
        hint = "date を書くか、規則の requires に date を書いてください"
        self._say("FC423", place, "around, anniversary, region: same が、どの日のことか決まりません", hint)

    def _check_industry(self, file: YamlFile, path: Path_, names: Sequence[str]) -> None:
        for index, name in enumerate(names):
            near = difflib.get_close_matches(name, PROFILES, n=1, cutoff=0.8)
            if near and name not in PROFILES:
                place = file.place((*path, "industry", index))
                self._say("FC425", place, f"業種「{name}」は一覧の名前に似ています", f"もしかして: {near[0]}")

    def _voice(self, file: YamlFile, path: Path_, text: str | None) -> tuple[int, int] | None:
        if text is None:
            return None
        first, _, last = text.partition("..")
        known = [str(number) for number in VOICES]
        if first not in known or (last or first) not in known or (last or first) < first:
            hint = f"{VOICES[0]}（かたい）から {VOICES[-1]}（くだけた）で書いてください。例: 0..1"
            self._say("FC424", file.place(path), f"「{text}」は声の調子の範囲として読めません", hint)
            return None
        return int(first), int(last or first)

    def _window(self, text: str, file: YamlFile, path: Path_) -> tuple[int, int] | None:
        try:
            return parse_window(text)
        except DateError as error:
            self._say("FC421", file.place(path), error.message, error.hint)
            return None

    def _named(self, name: str, at: Located) -> Day | None:
        """Return the day a condition names: an id, or a date written out."""
        if name in (self._raw if self._known is None else self._known):
            return self.days.get(name)
        dated = self._dated(name, at, naming=True)
        return Day(name, name, (dated,), named=False) if dated else None

    def _day(self, name: str) -> Day | None:
        """Return a day of a file, made on first use; one that waits for itself is a circle."""
        if name in self.days:
            return self.days[name]
        model, (file, path) = self._raw[name]
        if name in self._open:
            names = "、".join([*self._open[self._open.index(name) :], name])
            self._say(
                "FC422", file.place((*path, "date")), f"日付が互いを指しています: {names}", "一つは日付で書いてください"
            )
            return None
        self._open.append(name)
        dates = [self._dated(text, (file, (*path, "date", i))) for i, text in enumerate(model.date)]
        self._open.pop()
        minute = None
        if model.minute is not None:
            try:
                minute = parse_clock(model.minute)
            except DateError as error:
                self._say("FC421", file.place((*path, "minute")), error.message, error.hint)
        self.days[name] = Day(
            name,
            model.title,
            tuple(item for item in dates if item),
            minute=minute,
            region=model.region,
            year=model.year,
            since=model.since,
            base=model.base,
            source=model.source,
            checked=model.checked,
        )
        return self.days[name]

    def _dated(self, text: str, at: Located, *, naming: bool = False) -> Dated | None:
        """Return a date written out; relative ones are led to the day they count from."""
        file, path = at
        try:
            found = parse_date(text)
        except DateError as error:
            if error.known:
                self._say("FC407", file.place(path), error.message, error.hint)
            elif naming:
                hint = did_you_mean(text, self.days) or EXAMPLES
                self._say("FC407", file.place(path), f"日付「{text}」は暦にありません", hint)
            else:
                self._say("FC420", file.place(path), error.message, error.hint)
            return None
        if not isinstance(found, Shifted):
            return found
        other = self._day(found.to) if found.to in self._raw else self._dated(found.to, at, naming=True)
        if other is None:
            return None
        if _is_range(other):
            self._say(
                "FC422", file.place(path), f"「{found.to}」は範囲なので、前後の日が決まりません", "一日を書いてください"
            )
            return None
        return Relative(other, found.days)

    def _say(self, code: str, place: Place, message: str, hint: str = "") -> None:
        self.problems.append(Diagnostic(code, place, message, hint))


def _is_range(dated: Dated) -> bool:
    if isinstance(dated, Day):
        return any(_is_range(item) for item in dated.dates)
    return isinstance(dated, (Yearly, Once)) and dated.first != dated.last


def _reads_as_date(text: str) -> bool:
    try:
        return not isinstance(parse_date(text), Shifted)
    except DateError as error:
        return error.known
