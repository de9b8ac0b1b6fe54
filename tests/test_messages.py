"""Both languages say the same things."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from string import Formatter

import pytest

from flamecheck.grading import Confidence, Severity
from flamecheck.messages import LANGUAGES, TABLE, Words

SOURCES = Path(__file__).parents[1] / "src" / "flamecheck"


def asked() -> set[str]:
    """Return every key that an output asks for by a plain string."""
    keys = set()
    for path in (*(SOURCES / "outputs").glob("*.py"), SOURCES / "shown.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in (
                "told",
                "_told",
            ):
                keys |= {arg.value for arg in node.args[:1] if isinstance(arg, ast.Constant)}
    return {key for key in keys if isinstance(key, str)}


def test_the_languages_have_the_same_keys_and_the_same_blanks() -> None:
    assert set(TABLE) == set(LANGUAGES)
    first = TABLE["ja"]
    for language in LANGUAGES:
        assert list(TABLE[language]) == list(first)
        for key, text in TABLE[language].items():
            assert blanks(text) == blanks(first[key]), key


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_every_key_is_asked_for_and_every_key_asked_for_is_there() -> None:
    computed = re.compile(r"(severity|confidence|by)\.|separator")
    assert asked() <= set(TABLE["ja"])
    used = "\n".join(path.read_text("utf-8") for path in (*(SOURCES / "outputs").glob("*.py"), SOURCES / "shown.py"))
    assert [
        key for key in TABLE["ja"] if f'"{key}"' not in used and f"'{key}'" not in used and not computed.match(key)
    ] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_grade_and_every_way_to_set_aside_has_a_name(language: str) -> None:
    told = Words(language)
    names = [told(f"severity.{grade.label}") for grade in Severity]
    names += [told(f"confidence.{grade.label}") for grade in Confidence]
    names += [told(f"by.{by}") for by in ("directive", "baseline", "allow", "unchanged")]
    assert all(names)


def test_values_are_put_in_and_never_read_as_blanks() -> None:
    assert Words("ja")("affected", text="{x}") == "気にする人: {x}"
    assert Words("en").joined(["a", "b"]) == "a, b"


def test_another_language_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        Words("fr")
