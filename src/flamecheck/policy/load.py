"""Policy files → policies.  A tier, group or severity that does not exist is a located error."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

from pydantic import Field

from flamecheck.errors import Diagnostic, LoadError, did_you_mean
from flamecheck.grading import GROUPS, Severity
from flamecheck.policy.model import Combination, Policy, Tier
from flamecheck.rules.categories import CATEGORIES
from flamecheck.rules.model import Grade
from flamecheck.rules.strict import Strict, Text
from flamecheck.schema import validate
from flamecheck.yamlsource import Path_, YamlFile, read_yaml


class TierModel(Strict):
    """One tier."""

    id: Text
    label: Text
    present: bool = True


class NoOverrideModel(Strict):
    """A cell nobody may release."""

    group: Text
    severity: Grade


class CombinationModel(Strict):
    """So many categories at a severity or above move the tier up."""

    id: Text
    categories: Annotated[int, Field(ge=2, le=40)]
    at_least: Grade
    up: Annotated[int, Field(ge=1, le=4)]


class PolicyModel(Strict):
    """One policy file; tiers are listed from the lowest to the highest."""

    id: Text
    title: Text
    tiers: Annotated[tuple[TierModel, ...], Field(min_length=1)]
    groups: dict[str, dict[str, str]]
    no_override: tuple[NoOverrideModel, ...] = ()
    owners: dict[str, tuple[Text, ...]] = Field(default_factory=dict)
    combine: tuple[CombinationModel, ...] = ()


def load_policy(policy: str | Path, folders: Iterable[Path]) -> Policy:
    """Return the policy at a path, or the one called ``policy`` in the last of ``folders`` that has it.

    Raises LoadError (FC1xx, FC2xx, FC5xx) with every problem, ValueError when there is no such policy.
    """
    places = list(folders)
    path = Path(policy)
    if path.suffix not in (".yml", ".yaml"):
        found = [folder / f"{policy}.yml" for folder in reversed(places) if (folder / f"{policy}.yml").is_file()]
        if not found:
            known = sorted({file.stem for folder in places for file in folder.glob("*.yml")})
            raise ValueError(f"方針「{policy}」はありません。{did_you_mean(str(policy), known)}")
        path = found[0]
    file = read_yaml(path)
    return _Reader(file, validate(PolicyModel, file)).policy()


class _Reader:
    """Check names against each other, collecting every problem."""

    def __init__(self, file: YamlFile, model: PolicyModel) -> None:
        self.file = file
        self.model = model
        self.problems: list[Diagnostic] = []

    def policy(self) -> Policy:
        tiers = tuple(Tier(t.id, t.label, rank, t.present) for rank, t in enumerate(self.model.tiers))
        by_id = {tier.id: tier for tier in tiers}
        ids = [tier.id for tier in tiers]
        for number, name in enumerate(ids):
            if name in ids[:number]:
                self._say("FC504", ("tiers", number, "id"), f"段階「{name}」が二度あります")
        if not any(tier.present for tier in tiers):
            self._say("FC504", ("tiers",), "どの段階も present: false です", "一つは present: true にしてください")
        groups = {group: self._row(group, by_id) for group in GROUPS}
        self._unknown(("groups",), self.model.groups, GROUPS, "群")
        self._unknown(("owners",), self.model.owners, (*GROUPS, *CATEGORIES), "分類")
        for number, cell in enumerate(self.model.no_override):
            if cell.group not in GROUPS:
                where: Path_ = ("no_override", number, "group")
                self._say("FC502", where, f"群「{cell.group}」はありません", did_you_mean(cell.group, GROUPS))
        if self.problems:
            raise LoadError(self.problems)
        return Policy(
            self.model.id,
            self.model.title,
            tiers,
            groups,
            frozenset((cell.group, Severity[cell.severity.upper()]) for cell in self.model.no_override),
            dict(self.model.owners),
            tuple(Combination(c.id, c.categories, Severity[c.at_least.upper()], c.up) for c in self.model.combine),
        )

    def _row(self, group: str, tiers: dict[str, Tier]) -> tuple[Tier, ...]:
        row = self.model.groups.get(group)
        if row is None:
            self._say("FC503", ("groups",), f"群「{group}」の行がありません")
            return ()
        labels = [severity.label for severity in Severity]
        self._unknown(("groups", group), row, labels, "重さ")
        found = []
        for label in labels:
            if label not in row:
                self._say("FC503", ("groups", group), f"{group} に {label} がありません")
            elif row[label] not in tiers:
                hint = did_you_mean(row[label], tiers)
                self._say("FC501", ("groups", group, label), f"段階「{row[label]}」はありません", hint)
            else:
                found.append(tiers[row[label]])
        if found != sorted(found, key=lambda tier: tier.rank):
            self._say(
                "FC505", ("groups", group), f"{group}: 重いほど低い段階になっています", "重さの順に段階を上げてください"
            )
        return tuple(found)

    def _unknown(self, path: Path_, names: Iterable[str], known: Iterable[str], what: str) -> None:
        allowed = list(known)
        for name in names:
            if name not in allowed:
                place = self.file.keys.get((*path, name)) or self.file.place(path)
                self.problems.append(
                    Diagnostic("FC502", place, f"{what}「{name}」はありません", did_you_mean(name, allowed))
                )

    def _say(self, code: str, path: Path_, message: str, hint: str = "") -> None:
        self.problems.append(Diagnostic(code, self.file.place(path), message, hint))
