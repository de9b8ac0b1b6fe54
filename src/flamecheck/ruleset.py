"""A pack compiled for one dictionary: rules with their matchers and guards, and the prefilter over them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flamecheck.disguise.table import NO_DISGUISES, Disguises
from flamecheck.matching import Matcher, Promise
from flamecheck.prefilter import Prefilter
from flamecheck.report import PackUsed
from flamecheck.rules.rule import Case, Guard, Rule
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
    """Immutable and safe to share between threads."""

    compiled: Sequence[CompiledRule]
    prefilter: Prefilter
    fingerprint: str
    packs: tuple[PackUsed, ...] = ()
    gates: Mapping[int, Promise] = field(default_factory=dict, repr=False)
    disguises: Disguises = NO_DISGUISES
    whens: tuple[When, ...] = field(default=(), repr=False)
    """Everything that some rule, guard or condition asks of the context of a post, each once."""

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Return the rules in id order."""
        return tuple(item.rule for item in self.compiled)
