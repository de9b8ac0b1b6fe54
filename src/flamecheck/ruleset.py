"""A pack compiled for one dictionary: rules with their matchers and guards, and the prefilter over them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from flamecheck.context import Context
from flamecheck.disguise.table import NO_DISGUISES, Disguises
from flamecheck.kept import Kept
from flamecheck.matching import Matcher
from flamecheck.prefilter import Prefilter
from flamecheck.report import PackUsed
from flamecheck.rules.rule import Bounds, Case, Guard, Rule
from flamecheck.rules.when import When


@dataclass(slots=True, frozen=True)
class CompiledCase:
    """A case with its condition as a matcher."""

    case: Case
    matcher: Matcher | None


@dataclass(slots=True, frozen=True)
class CompiledGuard:
    """A guard with its cases compiled."""

    guard: Guard
    cases: tuple[CompiledCase, ...]


@dataclass(slots=True, frozen=True)
class CompiledRule:
    """A rule, its matcher and its guards."""

    rule: Rule
    matcher: Matcher
    guards: tuple[CompiledGuard, ...]


@dataclass(slots=True, frozen=True)
class Ruleset:
    """Immutable and safe to share between threads.

    ``bounds`` are those of the rules that have some, by number; without them they are taken from the rules.
    """

    compiled: Sequence[CompiledRule]
    prefilter: Prefilter
    fingerprint: str
    packs: tuple[PackUsed, ...] = ()
    disguises: Disguises = NO_DISGUISES
    whens: tuple[When, ...] = field(default=(), repr=False)
    """Everything that some rule, guard or condition asks of the context of a post, each once."""
    bounds: Mapping[int, Bounds] | None = None
    _allowed: Kept[tuple[Context, date | None], frozenset[int]] = field(
        default_factory=lambda: Kept(64), init=False, repr=False, compare=False
    )

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Return the rules in id order."""
        return tuple(item.rule for item in self.compiled)

    def allowed(self, context: Context, as_of: date | None = None) -> frozenset[int]:
        """Return the numbers of the rules that run in this context, whatever the text."""
        return self._allowed.get((context, as_of), lambda: self._running(context, as_of))

    def _running(self, context: Context, as_of: date | None) -> frozenset[int]:
        bounds = bounds_of(self.rules) if self.bounds is None else self.bounds
        still = {number for number, bound in bounds.items() if not bound.hold(context, as_of)}
        return frozenset(range(len(self.compiled))) - still


def bounds_of(rules: Iterable[Rule]) -> dict[int, Bounds]:
    """Return the bounds of the rules that have some, by number."""
    return {number: rule.bounds for number, rule in enumerate(rules) if rule.bounds is not None}
