"""Branches of a rule that have an id, so that an overlay can switch one of them off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flamecheck.rules.condition import AllOf, AnyOf, Condition, Phrase


def branch_ids(condition: Condition) -> Iterator[tuple[str, Phrase]]:
    """Yield every branch with an id: a phrase that stands in an ``any``, itself maybe inside ``any`` and ``all``."""
    if isinstance(condition, (AnyOf, AllOf)):
        for member in condition.members:
            if isinstance(condition, AnyOf) and isinstance(member, Phrase) and member.id:
                yield member.id, member
            yield from branch_ids(member)


def without_branches(condition: Condition, gone: set[str]) -> Condition | None:
    """Return the condition without the branches of these ids; None when an ``any`` would have none left."""
    if not isinstance(condition, (AnyOf, AllOf)):
        return condition
    kept = [
        without_branches(member, gone)
        for member in condition.members
        if not (isinstance(condition, AnyOf) and isinstance(member, Phrase) and member.id in gone)
    ]
    members = tuple(member for member in kept if member is not None)
    return replace(condition, members=members) if members and len(members) == len(kept) else None
