"""Which values may stand in a file: plain ones, and those of a fixed list of classes; how each is taken apart and made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, time
from enum import Enum
from fractions import Fraction
from functools import cache
from importlib import import_module
from inspect import isclass
from typing import Any, Final, TypeAlias

import regex

from flamecheck.errors import NOWHERE, Place
from flamecheck.rules.condition import AnyOf, WeakCue
from flamecheck.rules.rule import Case, Disguise, Guard, Profile, Rule

FORMAT: Final = "flamecheck ruleset 3"
_MODULES: Final = (
    "detectors.numerals", "disguise.spell", "disguise.table", "grading", "inflection", "matchers.count",
    "matchers.detectors", "matchers.expression", "matchers.logic", "matchers.phrase", "matchers.relation",
    "matchers.tokens", "matchers.weigh", "matching", "program", "promise", "report", "rules.condition", "rules.dates",
    "rules.provenance", "rules.rule", "rules.when", "ruleset", "spans",
)  # fmt: skip
NOTHING: Final = AnyOf(())
"""Stands where a condition stood: it is compiled, and nobody asks how it was written."""
BLANK: Final[dict[type, dict[str, Any]]] = {
    Rule: {"match": NOTHING, "guards": (), "guard_places": (), "flags": (), "passes": ()},
    Guard: {"cases": ()},
    Case: {"match": None},
    Profile: {"leads": ()},
    Disguise: {"words": ()},
    WeakCue: {"match": NOTHING},
}
ATOMS: Final = frozenset((type(None), bool, int, float, str))
Taker: TypeAlias = tuple[int, Callable[[Any], list[Any]]]
PLAIN: Final[tuple[Callable[[list[Any]], Any], ...]] = (
    tuple,
    list,
    frozenset,
    lambda values: dict(zip(values[::2], values[1::2], strict=True)),
    lambda _: NOWHERE,
    lambda values: date.fromisoformat(values[0]),
    lambda values: time.fromisoformat(values[0]),
    lambda values: Fraction(values[0]),
    lambda values: regex.compile(values[0]),
)
"""What makes a value of each kind that is no class of this program, from its parts; ``GATED`` comes behind them."""
PLAIN_PARTS: Final[dict[type, Taker]] = {
    tuple: (0, list),
    list: (1, list),
    frozenset: (2, sorted),
    dict: (3, lambda value: [part for pair in value.items() for part in pair]),
    Place: (4, lambda _: []),
    date: (5, lambda value: [value.isoformat()]),
    time: (6, lambda value: [value.isoformat()]),
    Fraction: (7, lambda value: [str(value)]),
    regex.Pattern: (8, lambda value: [value.pattern]),
}
GATED: Final = len(PLAIN)


@cache
def classes() -> dict[str, type]:
    """Return every class whose values may stand in a file, by its name."""
    found = {}
    for module in _MODULES:
        for name, value in vars(import_module(f"flamecheck.{module}")).items():
            if isclass(value) and value.__module__ == f"flamecheck.{module}" and _storable(value):
                found[f"{module}.{name}"] = value
    return found


def _storable(kind: type) -> bool:
    return is_dataclass(kind) or issubclass(kind, Enum) or (issubclass(kind, tuple) and hasattr(kind, "_fields"))


def parts_of(kind: type) -> Callable[[Any], list[Any]]:
    """Return what takes a value of a class of this program apart, without what only an author of rules asks for."""
    if issubclass(kind, Enum):
        return lambda value: [value.value]
    if not is_dataclass(kind):
        return list
    names = [item.name for item in fields(kind)]
    blank = BLANK.get(kind, {})
    return lambda value: [blank[name] if name in blank else getattr(value, name) for name in names]
