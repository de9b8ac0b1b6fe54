"""Names in the settings that only the rules or the policy can know: rule ids, selectors, tiers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from flamecheck.errors import Diagnostic, did_you_mean
from flamecheck.policy.model import Policy
from flamecheck.rules.provenance import Retired
from flamecheck.rules.selection import selectors
from flamecheck.settings.values import Asked


def mistaken(
    asked: Iterable[Asked], ids: Collection[str], retired: Mapping[str, Retired], policy: Policy
) -> list[Diagnostic]:
    """Return an error for every name that does not exist (FC705, FC707), a warning for a retired one (FC437).

    ``ids`` are those of all rules that are loaded, ``retired`` those that once were.
    """
    known = selectors(ids)
    found = []
    for item in asked:
        name, place = item.name, item.place
        if item.kind == "tier":
            tiers = {tier.id for tier in policy.tiers} | {tier.label for tier in policy.tiers}
            if name not in tiers:
                hint = did_you_mean(name, [tier.id for tier in policy.tiers])
                found.append(Diagnostic("FC707", place, f"方針「{policy.id}」に段階「{name}」はありません", hint))
        elif name in retired and item.kind == "selector":
            found.append(retired[name].warning(place))
        elif name in retired:
            hint = retired[name].warning(place).help
            found.append(Diagnostic("FC705", place, f"規則「{name}」は使うのをやめました", hint))
        elif item.kind == "rule" and name not in ids:
            hint = (
                "重さは規則の id ごとに決めます"
                if name in known
                else _near(name, ids, "id は flamecheck rules list で見られます")
            )
            found.append(Diagnostic("FC705", place, f"規則「{name}」はありません", hint))
        elif item.kind == "selector" and name not in known:
            hint = _near(name, known, "使えるもの: 規則の id、群（tone/）、分類の id、status:test など")
            found.append(Diagnostic("FC705", place, f"「{name}」という規則も、群も、分類もありません", hint))
    return found


def _near(name: str, known: Iterable[str], otherwise: str) -> str:
    hint = did_you_mean(name, known)
    return hint if hint.startswith("もしかして") else otherwise
