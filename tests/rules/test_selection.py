"""Selectors: the table of docs/packs.md, line by line."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flamecheck.errors import Place
from flamecheck.grading import Confidence, Severity
from flamecheck.rules.condition import AnyOf
from flamecheck.rules.provenance import Retired
from flamecheck.rules.rule import Rule
from flamecheck.rules.selection import choose

PLACE = Place("x.yml", 1, 1)
A_RULE = Rule(
    "tone/a", "non-apology", "題", Severity.HIGH, Confidence.HIGH, "stable", "m", "a", "r", AnyOf(()), PLACE
)  # fmt: skip
RULES = (
    A_RULE,
    replace(A_RULE, id="tone/b", category="insult-violence"),
    replace(A_RULE, id="tone/old", status="deprecated"),
    replace(A_RULE, id="tone/new", status="experimental"),
    replace(A_RULE, id="tone/apology/c", status="test"),
    replace(A_RULE, id="legal/d", category="superlative-claim"),
    replace(A_RULE, id="legal/off", category="superlative-claim", off="うちでは使わない"),
)
RETIRED = {
    "tone/gone": Retired("tone/gone", ("tone/a", "tone/earlier"), "二つに分けた", PLACE),
    "tone/earlier": Retired("tone/earlier", ("tone/b",), "名前を変えた", PLACE),
    "tone/never": Retired("tone/never", (), "当たりすぎた", PLACE),
}


def chosen(select: str = "", extend: str = "", ignore: str = "") -> str:
    found = choose(RULES, RETIRED, select=select.split(), extend_select=extend.split(), ignore=ignore.split())
    assert found.chosen | set(found.left_out) == {rule.id for rule in RULES}
    assert found.chosen & set(found.left_out) == set()
    return " ".join(rule.id for rule in RULES if rule.id in found.chosen)


@pytest.mark.parametrize(
    ("select", "extend", "ignore", "runs"),
    [
        ("", "", "", "tone/a tone/b tone/apology/c legal/d"),
        ("tone/", "", "", "tone/a tone/b tone/apology/c"),
        ("tone/apology/", "", "", "tone/apology/c"),
        ("superlative-claim", "", "", "legal/d"),
        ("tone/a", "", "", "tone/a"),
        ("status:test", "", "", "tone/apology/c"),
        ("", "status:experimental", "", "tone/a tone/b tone/new tone/apology/c legal/d"),
        ("", "tone/old", "", "tone/a tone/b tone/old tone/apology/c legal/d"),
        ("", "legal/off", "", "tone/a tone/b tone/apology/c legal/d legal/off"),
        ("legal/", "", "", "legal/d"),
        ("status:stable", "", "", "tone/a tone/b legal/d"),
        ("", "", "tone/", "legal/d"),
        ("", "", "tone/apology/", "tone/a tone/b legal/d"),
        ("", "", "non-apology", "tone/b legal/d"),
        ("", "", "status:stable", "tone/apology/c"),
        ("tone/a", "", "tone/", "tone/a"),
        ("tone/apology/", "", "tone/", "tone/apology/c"),
        ("tone/", "", "non-apology", "tone/b"),
        ("non-apology", "", "tone/", "tone/a tone/apology/c"),
        ("tone/", "", "tone/a", "tone/b tone/apology/c"),
        ("tone/ legal/d", "", "legal/d", "tone/a tone/b tone/apology/c"),
        ("tone/ tone/a", "", "tone/", "tone/a"),
        ("legal/", "tone/a", "", "tone/a legal/d"),
        ("", "tone/new", "status:experimental", "tone/a tone/b tone/new tone/apology/c legal/d"),
        ("", "", "tone/gone", "tone/apology/c legal/d"),
        ("tone/earlier", "", "", "tone/b"),
        ("", "", "tone/never", "tone/a tone/b tone/apology/c legal/d"),
    ],
)
def test_the_most_specific_selector_wins(select: str, extend: str, ignore: str, runs: str) -> None:
    assert chosen(select, extend, ignore) == runs


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("tone/aa", "もしかして: tone/a"),
        ("tone", "もしかして: tone/"),
        ("non-apologies", "もしかして: non-apology"),
        ("status:experiment", "もしかして: status:experimental"),
        ("ふつう", "使えるもの"),
    ],
)
def test_an_unknown_selector_is_an_error_with_a_suggestion(name: str, hint: str) -> None:
    with pytest.raises(ValueError, match=hint):
        chosen(ignore=name)


def test_all_unknown_selectors_are_named_at_once() -> None:
    with pytest.raises(ValueError, match=r"select: 「x」(.|\n)*ignore: 「y」"):
        chosen(select="x", ignore="y")


@pytest.mark.parametrize(
    ("select", "ignore"), [("tone/a", "tone/a"), ("tone/never", ""), ("status:deprecated", "tone/")]
)
def test_a_selection_without_rules_is_an_error(select: str, ignore: str) -> None:
    with pytest.raises(ValueError, match="一つもありません"):
        chosen(select=select, ignore=ignore)


def test_a_retired_id_warns_with_what_replaced_it() -> None:
    found = choose(RULES, RETIRED, ignore=["tone/earlier"])
    assert [warning.code for warning in found.warnings] == ["FC437"]
    assert found.warnings[0].level == "warning"
    assert "代わりに: tone/b" in found.warnings[0].render()
    assert choose(RULES, RETIRED, ignore=["tone/b"]).warnings == ()


def test_every_rule_that_does_not_run_has_its_reason() -> None:
    assert choose(RULES, RETIRED, ignore=["tone/b"]).left_out == {
        "tone/b": "ignore で外した",
        "tone/old": "status が deprecated",
        "tone/new": "status が experimental",
        "legal/off": "overlays で切った: うちでは使わない",
    }


def test_the_order_of_selectors_does_not_matter() -> None:
    assert chosen("tone/ legal/d", "", "non-apology tone/b") == chosen("legal/d tone/", "", "tone/b non-apology")
