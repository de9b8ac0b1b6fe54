"""Which rules a person may name when findings are set aside: those that are there, and what became of others."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Protocol

from flamecheck.rules.provenance import Retired
from flamecheck.rules.retired import heirs
from flamecheck.rules.selection import QUIET


class Ruled(Protocol):
    """What has to be known of a rule."""

    @property
    def id(self) -> str:
        """The id."""

    @property
    def category(self) -> str:
        """The category."""

    @property
    def status(self) -> str:
        """The status."""


@dataclass(slots=True, frozen=True)
class Rest:
    """What is asked for more rarely: ids that once were rules, and rules that did not run for a file."""

    retired: Mapping[str, Retired] = field(default_factory=dict)
    left_out: Container[str] = frozenset()


class Known:
    """The rules a file is read with."""

    def __init__(self, rules: Iterable[Ruled], rest: Callable[[], Rest] = Rest) -> None:
        """Keep ids, categories and statuses; ``rest`` is asked at most once, and only when a name is in doubt.

        So a run that finds everything in its cache need not load the rules because of a directive that is used.
        """
        held = tuple(rules)
        self._categories: Final = {rule.id: rule.category for rule in held}
        self._statuses: Final = {rule.id: rule.status for rule in held}
        self._ask: Final = rest

    @cached_property
    def _rest(self) -> Rest:
        return self._ask()

    @cached_property
    def names(self) -> frozenset[str]:
        """Return every id and every category there is."""
        return frozenset(self._categories) | frozenset(self._categories.values())

    def retired(self, name: str) -> Retired | None:
        """Return what became of an id that is no longer one."""
        return None if name in self.names else self._rest.retired.get(name)

    def named(self, name: str) -> frozenset[str]:
        """Return the rules a name stands for: an id, a category or a retired id; none for any other name."""
        if name in self._categories:
            return frozenset((name,))
        if name in self.names:
            return frozenset(rule for rule, category in self._categories.items() if category == name)
        if self.retired(name):
            return frozenset(heirs(name, self._rest.retired, self._categories.keys()))
        return frozenset()

    def selected(self, selector: str) -> frozenset[str]:
        """Return the rules a selector of the settings stands for: what ``named`` knows, a group, a status."""
        if selector.endswith("/"):
            return frozenset(rule for rule in self._categories if rule.startswith(selector))
        if selector.startswith("status:"):
            return frozenset(rule for rule, status in self._statuses.items() if f"status:{status}" == selector)
        return self.named(selector)

    def ran(self, rules: Iterable[str]) -> bool:
        """Return whether all of these rules ran, so that finding nothing says something.

        Those that run only when they are asked for need not have been.
        """
        left_out = self._rest.left_out
        asked = [rule for rule in rules if self._statuses.get(rule) not in QUIET or rule not in left_out]
        return bool(asked) and not any(rule in left_out for rule in asked)
