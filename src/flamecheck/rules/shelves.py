"""What each pack can see while packs are loaded, and overlays put on it.

A pack sees the days, words, guards and rules of those before it and its own.  A changed thing takes the place of the
old one for every pack that sees it, so an overlay of a later pack reaches the rules of an earlier one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from flamecheck.rules.build import Builder
from flamecheck.rules.dates import Day
from flamecheck.rules.overlay import Overlay
from flamecheck.rules.overlaymodel import CalendarOverlay, GuardOverlay, LexiconOverlay, OverlayModel, RuleOverlay
from flamecheck.rules.provenance import Retired
from flamecheck.rules.retired import heirs
from flamecheck.rules.rule import Guard, Lexicon, Profile, Rule

T = TypeVar("T")


@dataclass(slots=True)
class Shelves:
    """One shelf a pack for days, lexicons, profiles and guards; rules and calendars know the number of their pack."""

    days: list[dict[str, Day]] = field(default_factory=list)
    lexicons: list[dict[str, Lexicon]] = field(default_factory=list)
    profiles: list[dict[str, Profile]] = field(default_factory=list)
    guards: list[dict[str, Guard]] = field(default_factory=list)
    rules: dict[str, Rule] = field(default_factory=dict)
    rank: dict[str, int] = field(default_factory=dict)
    calendars: dict[str, tuple[int, tuple[str, ...]]] = field(default_factory=dict)

    def apply(
        self, change: OverlayModel, overlay: Overlay, number: int, builder: Builder, retired: Mapping[str, Retired]
    ) -> None:
        """Apply an overlay of pack ``number``; raises LoadError for what it adds, and keeps its own problems."""
        if isinstance(change, CalendarOverlay):
            self._calendar(change, overlay, number)
        elif isinstance(change, LexiconOverlay):
            lexicon = self.lexicons[number].get(change.lexicon)
            if lexicon is None:
                overlay.missing("lexicon", change.lexicon, "語彙", self.lexicons[number])
            else:
                _put(self.lexicons, lexicon.id, overlay.lexicon(change, lexicon, builder))
        elif isinstance(change, GuardOverlay):
            guard = self.guards[number].get(change.guard)
            if guard is None:
                overlay.missing("guard", change.guard, "ガード", self.guards[number])
            else:
                _put(self.guards, guard.id, overlay.guard(change, guard, builder))
        else:
            self._rule(change, overlay, number, builder, retired)
        builder.finish()

    def _calendar(self, change: CalendarOverlay, overlay: Overlay, number: int) -> None:
        rank, names = self.calendars.get(change.calendar, (number + 1, ()))
        if rank > number:
            known = [name for name, (owner, _) in self.calendars.items() if owner <= number]
            overlay.missing("calendar", change.calendar, "暦", known)
            return
        for name, day in overlay.calendar(change, {name: self.days[number][name] for name in names}).items():
            _put(self.days, name, day)

    def _rule(
        self, change: RuleOverlay, overlay: Overlay, number: int, builder: Builder, retired: Mapping[str, Retired]
    ) -> None:
        seen = [name for name, rank in self.rank.items() if rank <= number]
        if change.rule in seen:
            self.rules[change.rule] = overlay.rule(change, self.rules[change.rule], builder)
        elif change.rule in retired:
            overlay.retired(retired[change.rule])
            for name in heirs(change.rule, retired, seen) if change.off else ():
                self.rules[name] = overlay.switch_off(change, self.rules[name])
        else:
            overlay.missing("rule", change.rule, "規則", seen)


def _put(shelves: list[dict[str, T]], name: str, value: T) -> None:
    for shelf in shelves:
        if name in shelf:
            shelf[name] = value
