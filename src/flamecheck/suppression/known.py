"""Which rules a person may name when findings are set aside: those that are there, and what became of others."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from flamecheck.finding import Finding
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
class Known:
    """Rules by id, with their categories; ``left_out`` are those that did not run for a file.

    ``quiet`` are those that run only when they are asked for.
    """

    categories: Mapping[str, str]
    retired: Mapping[str, Retired] = field(default_factory=dict)
    left_out: Container[str] = frozenset()
    quiet: frozenset[str] = frozenset()

    @classmethod
    def of(cls, rules: Iterable[Ruled], retired: Mapping[str, Retired], left_out: Container[str] = ()) -> Known:
        """Return what is known of these rules."""
        held = tuple(rules)
        quiet = frozenset(rule.id for rule in held if rule.status in QUIET)
        return cls({rule.id: rule.category for rule in held}, retired, left_out, quiet)

    def named(self, name: str) -> frozenset[str]:
        """Return the rules a name stands for: an id, a category or a retired id; none for any other name."""
        if name in self.categories:
            return frozenset((name,))
        if name in self.retired:
            return frozenset(heirs(name, self.retired, self.categories.keys()))
        return frozenset(rule for rule, category in self.categories.items() if category == name)

    def names(self) -> set[str]:
        """Return every name there is."""
        return {*self.categories, *self.categories.values()}

    def ran(self, rules: Iterable[str]) -> bool:
        """Return whether all of these rules ran but those that nobody asked for, so that finding nothing says something."""
        asked = [rule for rule in rules if rule not in self.quiet or rule not in self.left_out]
        return bool(asked) and not any(rule in self.left_out for rule in asked)


def selects(selector: str, finding: Finding) -> bool:
    """Return whether a selector of the settings (an id, a group such as ``tone/``, a category) names a finding."""
    return selector in (finding.rule_id, finding.category) or (
        selector.endswith("/") and finding.rule_id.startswith(selector)
    )
