"""``retired.yml`` of every pack, checked against the rules that are there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from flamecheck.errors import Diagnostic, did_you_mean
from flamecheck.rules.packmodel import RetiredModel
from flamecheck.rules.provenance import Retired
from flamecheck.yamlsource import Path_, YamlFile


def retired_ids(
    files: Iterable[tuple[YamlFile, RetiredModel]], rules: Collection[str]
) -> tuple[dict[str, Retired], list[Diagnostic]]:
    """Return every retired id, and what is wrong (FC402, FC436) or out of date (FC437) about it.

    A file lists what was retired last first, so a replacement that is retired itself stands above, and no chain of
    replacements can be a ring.
    """
    found: dict[str, Retired] = {}
    problems: list[Diagnostic] = []
    for file, model in files:
        for number, item in enumerate(model.retired):
            path: Path_ = ("retired", number)
            place = file.place((*path, "id"))
            if item.id in rules:
                problems.append(
                    Diagnostic("FC436", place, f"「{item.id}」は、いまもある規則です", "どちらかを消してください")
                )
            if item.id in found:
                problems.append(Diagnostic("FC402", place, f"「{item.id}」が二度あります: {found[item.id].place}"))
            for at, name in enumerate(item.replaced_by):
                where = file.place((*path, "replaced_by", at))
                if name in found:
                    problems.append(found[name].warning(where))
                elif name not in rules:
                    message = f"置き換え先の規則「{name}」はありません"
                    problems.append(Diagnostic("FC436", where, message, did_you_mean(name, rules)))
            found[item.id] = Retired(item.id, item.replaced_by, item.why, place)
    return found, problems


def heirs(name: str, retired: Mapping[str, Retired], rules: Collection[str]) -> tuple[str, ...]:
    """Return the rules that replaced a retired id, also over several steps."""
    found: dict[str, None] = {}
    for new in retired[name].replaced_by:
        if new in rules:
            found[new] = None
        elif new in retired:
            found |= dict.fromkeys(heirs(new, retired, rules))
    return tuple(found)
