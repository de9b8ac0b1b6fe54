"""Options of detectors: which detector takes which, and the numbers they give."""

from __future__ import annotations

from fractions import Fraction

from flamecheck.detectors.numerals import Limits, value_of
from flamecheck.detectors.registry import DETECTORS
from flamecheck.errors import Diagnostic
from flamecheck.normalize import fold
from flamecheck.rules.conditionmodel import DetectorModel
from flamecheck.yamlsource import Path_, YamlFile


def limits_of(file: YamlFile, path: Path_, value: DetectorModel) -> tuple[Limits, list[Diagnostic]]:
    """Return the limits a condition gives, with every problem found (FC414 to FC416).

    Numbers may be written as in a post: ``1000000``, ``1,000,000``, ``100万``.
    """
    name = str(value.detector)
    taken = DETECTORS[name].options
    problems = [
        Diagnostic(
            "FC414",
            file.keys.get((*path, option)) or file.place(path),
            f"検出器「{name}」に {option} は使えません",
            f"使えるもの: {', '.join(taken)}" if taken else "この検出器に指定はありません",
        )
        for option in sorted(value.model_fields_set - {"detector", "sure"})
        if option not in taken
    ]
    if problems:
        return Limits(), problems
    low, high = (_number(file, (*path, key), text, problems) for key, text in _given(value))
    if low is not None and high is not None and low > high:
        message = f"at_least（{value.at_least}）が at_most（{value.at_most}）より大きく、当たる数がありません"
        problems.append(Diagnostic("FC416", file.place((*path, "at_least")), message, "二つの数を入れ替えてください"))
    return Limits(low, high, tuple(fold(unit).text for unit in value.unit)), problems


def _given(value: DetectorModel) -> tuple[tuple[str, str | None], ...]:
    return ("at_least", value.at_least), ("at_most", value.at_most)


def _number(file: YamlFile, path: Path_, text: str | None, problems: list[Diagnostic]) -> Fraction | None:
    if text is None:
        return None
    try:
        return value_of(fold(text).text)
    except ValueError:
        hint = "1000000、1,000,000、100万 のように書いてください"
        problems.append(Diagnostic("FC415", file.place(path), f"「{text[:40]}」は数として読めません", hint))
        return None
