"""Names that only the rules or the policy know."""

from __future__ import annotations

import pytest

from flamecheck.errors import Place
from flamecheck.policy.model import Policy, Tier
from flamecheck.rules.provenance import Retired
from flamecheck.settings.names import mistaken
from flamecheck.settings.values import Asked

HERE = Place("flamecheck.toml", 3, 11)
IDS = {"tone/insult", "tone/deep/other", "leak/credentials"}
RETIRED = {"tone/former": Retired("tone/former", ("tone/insult",), "名前を変えた", HERE)}
POLICY = Policy("own", "自社", (Tier("genba", "現場", 0), Tier("koho", "広報", 1)), {}, frozenset(), {}, ())


def told(kind: str, name: str) -> list[tuple[str, str]]:
    return [(problem.code, problem.suggestion) for problem in mistaken([Asked(kind, name, HERE)], IDS, RETIRED, POLICY)]


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("selector", "tone/insult"),
        ("selector", "tone/"),
        ("selector", "conduct/"),
        ("selector", "tone/deep/"),
        ("selector", "non-apology"),
        ("selector", "status:test"),
        ("rule", "leak/credentials"),
        ("tier", "koho"),
        ("tier", "広報"),
    ],
)
def test_what_there_is(kind: str, name: str) -> None:
    assert told(kind, name) == []


@pytest.mark.parametrize(
    ("kind", "name", "code", "hint"),
    [
        ("selector", "tone/insutl", "FC705", "もしかして: tone/insult"),
        ("selector", "tone", "FC705", "もしかして: tone/"),
        ("selector", "ぜんぶ", "FC705", "使えるもの: 規則の id"),
        ("rule", "tone/", "FC705", "重さは規則の id ごとに決めます"),
        ("rule", "leak/credential", "FC705", "もしかして: leak/credentials"),
        ("rule", "ぜんぶ", "FC705", "flamecheck rules list"),
        ("rule", "tone/former", "FC705", "代わりに: tone/insult"),
        ("selector", "tone/former", "FC437", "代わりに: tone/insult"),
        ("tier", "kouho", "FC707", "もしかして: koho"),
    ],
)
def test_what_there_is_not(kind: str, name: str, code: str, hint: str) -> None:
    ((found, suggestion),) = told(kind, name)
    assert found == code
    assert hint in suggestion
