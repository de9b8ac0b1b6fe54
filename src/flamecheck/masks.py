"""Stars for what nobody has screened: columns beside the post, messages about broken records, the records themselves.

The text of a post and the words of its findings are starred by the rules that found them; here no rule has looked, so
every detector of leaks stars, however unsure it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from flamecheck.context import EMPTY
from flamecheck.detectors.registry import DETECTORS, detect
from flamecheck.engine import masked
from flamecheck.normalize import fold

LEAKS: Final = (
    "bank-account", "card", "credentials", "email", "landline", "licence-plate", "my-number", "phone", "private-address",
)  # fmt: skip
"""The detectors whose finds are starred."""
DEEP: Final = 32
"""Values nested deeper than this are not shown."""


def starred(text: str) -> str:
    """Return ``text`` with everything starred that may be a leak, code point for code point as long."""
    folded = fold(text)
    plain = folded.text.replace("\n", "")
    places: set[int] = set()
    for name in LEAKS:
        if any(literal in plain for literal in DETECTORS[name].literals):
            for found in detect(name, folded.text, EMPTY):
                span = folded.to_source(found.span)
                shown = masked(text[span.start : span.end])
                places.update(at for at, sign in enumerate(shown, start=span.start) if sign == "*")
    return "".join("*" if at in places else sign for at, sign in enumerate(text)) if places else text


def starred_value(value: Any, depth: int = DEEP) -> Any:
    """Return a value as JSON has it with every text and number in it starred, keys as well.

    A number that is starred becomes a text.
    """
    if isinstance(value, str):
        return starred(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        shown = starred(str(value))
        return shown if "*" in shown else value
    if depth == 0 and isinstance(value, Mapping | list | tuple):
        return "…"
    if isinstance(value, Mapping):
        made: dict[str, Any] = {}
        for number, (key, item) in enumerate(value.items(), start=1):
            shown = starred(str(key))
            # 伏せたために同じになった名前でも、値は失わない。
            made[f"{shown} ({number})" if shown in made else shown] = starred_value(item, depth - 1)
        return made
    if isinstance(value, list | tuple):
        return [starred_value(item, depth - 1) for item in value]
    return value
