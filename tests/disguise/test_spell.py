"""Which spellings a word has, and that there are few."""

from __future__ import annotations

from functools import cache

from flamecheck.disguise.spell import Spelling, forms_of, masked, spellings_of
from flamecheck.disguise.table import MOST_SPELLINGS
from flamecheck.screener import Screener


@cache
def screener() -> Screener:
    return Screener()


def of(word: str, rule: str) -> dict[str, Spelling]:
    (watch,) = [
        one for one in screener().ruleset.disguises.watches if screener().ruleset.compiled[one.number].rule.id == rule
    ]
    forms = forms_of(word, screener().tokenizer)
    return {one.key: one for form in forms for one in spellings_of(form, watch.profile)}


def test_a_word_is_spelled_by_its_letters_its_reading_and_the_lists() -> None:
    found = of("死ね", "tone/insult")
    assert {key: found[key].hops for key in ("死ね", "しね", "死◯", "4ね", "夕ひね", "💀ね", "shine", "市ね")} == {
        "死ね": (), "しね": ("kana",), "死◯": ("mask",), "4ね": ("digits",), "夕ひね": ("split",), "💀ね": ("emoji",),
        "shine": ("romaji",), "市ね": ("homophone",),
    }  # fmt: skip
    assert found["4ね"].where == "lead"
    assert found["夕ひね"].exact


def test_two_kana_are_masked_only_in_the_script_of_the_rule() -> None:
    """は◯ would be a particle and a blank."""
    assert of("ハゲ", "tone/insult")["は◯"].exact
    assert "し◯" not in of("死ね", "tone/insult")


def test_every_form_of_an_inflected_word_is_spelled() -> None:
    forms = {form.plain for form in forms_of("治る~", screener().tokenizer)}
    assert {"治る", "治ら", "治り", "治れ", "治ろ", "治っ"} <= forms
    assert {"痩せる", "痩せた"} <= {form.plain for form in forms_of("痩せる~", screener().tokenizer)}
    assert {"臭い", "臭く", "臭か"} <= {form.plain for form in forms_of("臭い~", screener().tokenizer)}


def test_something_of_the_word_is_left() -> None:
    assert "◯◯" not in list(masked("バカ"))
    assert list(masked("元本")) == ["◯本", "元◯", "元◯本"]
    assert "◯保証" not in list(masked("元本保証"))


def test_the_shipped_lists_are_short() -> None:
    for watch in screener().ruleset.disguises.watches:
        rule = screener().ruleset.compiled[watch.number].rule
        assert rule.disguise is not None
        assert len(rule.disguise.words) <= 30
        assert len(watch.spellings) <= MOST_SPELLINGS * 2
    assert screener().ruleset.disguises.size < 4_000
