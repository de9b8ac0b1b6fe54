"""Which rules run: selectors name rules by id, group (``tone/``), category or status, and the most specific one wins.

Nothing selected means every rule but the experimental and deprecated ones, and those an overlay has switched off.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from flamecheck.errors import Diagnostic, Place, did_you_mean
from flamecheck.grading import GROUPS
from flamecheck.rules.categories import CATEGORIES
from flamecheck.rules.model import STATUSES
from flamecheck.rules.provenance import Retired
from flamecheck.rules.retired import heirs
from flamecheck.rules.rule import Rule

QUIET: Final = ("experimental", "deprecated")
"""The statuses whose rules run only when they are asked for, by status or by id."""
Weight: TypeAlias = tuple[int, int]
STATUS, GROUP, CATEGORY, RULE = range(4)


@dataclass(slots=True, frozen=True)
class Selection:
    """The ids that run, why each other one does not, and warnings about retired ids (FC437)."""

    chosen: frozenset[str]
    left_out: dict[str, str]
    warnings: tuple[Diagnostic, ...] = ()


def choose(
    rules: Iterable[Rule],
    retired: Mapping[str, Retired],
    *,
    select: Iterable[str] = (),
    extend_select: Iterable[str] = (),
    ignore: Iterable[str] = (),
) -> Selection:
    """Return the rules that run; ``select`` takes the place of the default set, ``extend_select`` adds to it.

    Raises ValueError naming every unknown selector, and for a selection in which no rule is left.
    """
    known = tuple(rules)
    reader = _Reader(known, retired)
    only = tuple(select)
    wanted = (*reader.read("select", only), *reader.read("extend-select", extend_select))
    unwanted = reader.read("ignore", ignore)
    if reader.unknown:
        raise ValueError("\n".join(reader.unknown))
    left_out: dict[str, str] = {}
    for rule in known:
        reason = _left_out(rule, wanted, unwanted, default=not only)
        if reason:
            left_out[rule.id] = reason
    if only and len(left_out) == len(known):
        raise ValueError(f"選んだ規則が一つもありません: {', '.join(only)}")
    return Selection(frozenset(rule.id for rule in known) - left_out.keys(), left_out, tuple(reader.warnings))


Selector: TypeAlias = tuple[str, int]


def _left_out(rule: Rule, wanted: Iterable[Selector], unwanted: Iterable[Selector], *, default: bool) -> str:
    """Return why the rule does not run, or nothing when it does; ``default`` rules run without being asked for."""
    against = max((found for item in unwanted if (found := _matches(rule, item))), default=None)
    kinds = (RULE,) if rule.off else (RULE, STATUS) if rule.status in QUIET else (RULE, CATEGORY, GROUP, STATUS)
    chosen = max((found for item in wanted if item[1] in kinds and (found := _matches(rule, item))), default=None)
    if against and (chosen is None or against >= chosen):
        return "ignore で外した"
    if chosen:
        return ""
    if rule.off:
        return f"overlays で切った: {rule.off}"
    if rule.status in QUIET:
        return f"status が {rule.status}"
    return "" if default else "select に入っていない"


def _matches(rule: Rule, selector: Selector) -> Weight | None:
    """Return how specific the selector is if it names the rule: a longer folder is more specific than a shorter one."""
    name, kind = selector
    holds = (
        f"status:{rule.status}" == name,
        rule.id.startswith(name),
        rule.category == name,
        rule.id == name,
    )[kind]
    return (kind, len(name)) if holds else None


def selectors(ids: Collection[str]) -> dict[str, int]:
    """Return every selector that means something beside the rules with these ids, and its kind."""
    folders = {name[: at + 1] for name in ids for at, char in enumerate(name) if char == "/"}
    kinds = dict.fromkeys((f"status:{name}" for name in STATUSES), STATUS)
    kinds |= dict.fromkeys((f"{name}/" for name in GROUPS), GROUP) | dict.fromkeys(folders, GROUP)
    return kinds | dict.fromkeys(CATEGORIES, CATEGORY) | dict.fromkeys(ids, RULE)


class _Reader:
    """Tell the kinds of selectors apart; follow retired ids; collect what is unknown."""

    def __init__(self, rules: tuple[Rule, ...], retired: Mapping[str, Retired]) -> None:
        self.ids = {rule.id for rule in rules}
        self.kinds = selectors(self.ids)
        self.retired = retired
        self.unknown: list[str] = []
        self.warnings: list[Diagnostic] = []

    def read(self, where: str, names: Iterable[str]) -> tuple[Selector, ...]:
        found: list[Selector] = []
        for name in dict.fromkeys(names):
            if name in self.kinds:
                found.append((name, self.kinds[name]))
            elif name in self.retired:
                self.warnings.append(self.retired[name].warning(Place(where, 1, 1, name, len(name))))
                found += [(new, RULE) for new in heirs(name, self.retired, self.ids)]
            else:
                self.unknown.append(f"{where}: 「{name}」は知らない規則の id です。{self._hint(name)}")
        return tuple(found)

    def _hint(self, name: str) -> str:
        hint = did_you_mean(name, self.kinds)
        return (
            hint if hint.startswith("もしかして") else "使えるもの: 規則の id、群（tone/）、分類の id、status:test など"
        )
