"""Which rules a name stands for, in a directive and in the settings."""

from __future__ import annotations

from typing import NamedTuple, NoReturn

import pytest

from flamecheck.errors import NOWHERE
from flamecheck.rules.provenance import Retired
from flamecheck.suppression.known import Known, Rest


class Ruled(NamedTuple):
    id: str
    category: str
    status: str = "test"


RULES = (
    Ruled("tone/one", "non-apology"),
    Ruled("tone/two", "snark-provocation", "stable"),
    Ruled("topic/three", "non-apology", "experimental"),
)
RETIRED = {"tone/old": Retired("tone/old", ("tone/one", "tone/two"), "分けた", NOWHERE)}


def refuse() -> NoReturn:
    pytest.fail("規則を読みにいった")


@pytest.mark.parametrize(
    ("selector", "found"),
    [
        ("tone/one", {"tone/one"}),
        ("non-apology", {"tone/one", "topic/three"}),
        ("tone/", {"tone/one", "tone/two"}),
        ("status:stable", {"tone/two"}),
        ("tone/old", {"tone/one", "tone/two"}),
        ("tone/none", set()),
    ],
)
def test_a_selector_of_the_settings_stands_for_rules(selector: str, found: set[str]) -> None:
    assert Known(RULES, lambda: Rest(RETIRED)).selected(selector) == found


def test_a_directive_names_ids_and_categories_alone() -> None:
    known = Known(RULES, lambda: Rest(RETIRED))
    assert known.named("tone/") == known.named("status:stable") == frozenset()
    assert known.named("non-apology") == {"tone/one", "topic/three"}


def test_the_rest_is_not_asked_for_a_name_that_is_there() -> None:
    known = Known(RULES, refuse)
    assert known.selected("tone/one")
    assert known.selected("tone/")
    assert known.named("snark-provocation")
