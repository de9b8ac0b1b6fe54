"""Which literals of a formula are its rarest ones, and which parts tell nothing."""

from __future__ import annotations

from formulas import formulas, literal_sets
from hypothesis import given

from flamecheck.keys import Keys
from flamecheck.promise import And, AtLeast, Or, Promise, fulfilled


def test_the_key_of_a_conjunction_is_its_rarest_part() -> None:
    laughs, disasters = Or(frozenset({"w", "草"})), Or(frozenset({"台風", "地震"}))
    assert Keys().of(And(frozenset({"は"}), (laughs, disasters))).literals == {"台風", "地震"}


def test_the_key_of_a_disjunction_has_a_key_of_every_part() -> None:
    assert Keys().of(Or(frozenset({"津波"}), (And(frozenset({"を", "地震"})),))).literals == {"津波", "地震"}


def test_the_key_of_a_threshold_leaves_out_what_cannot_reach_it_alone() -> None:
    promise = AtLeast(3, ((2, "ね"), (2, "ご立派"), (1, "さすが")))
    assert Keys().of(promise).literals == {"ご立派", "さすが"}


def test_longer_and_rarer_scripts_are_rarer() -> None:
    order = ["ね", "w", "です", "雨", "さすが", "台風", "返金対応"]
    assert sorted(order, key=lambda text: -Keys().of(text).common) == order


def test_a_part_that_stands_in_most_posts_is_left_out_of_a_conjunction() -> None:
    particles = Or(frozenset({"は", "津波"}))
    assert Keys().telling(And(frozenset({"台風", "の"}), (particles,))) == "台風"
    assert Keys().telling(And(frozenset({"は", "の"}))) in ("は", "の")


@given(formulas, literal_sets)
def test_what_is_left_is_true_wherever_the_whole_is(promise: Promise, present: frozenset[str]) -> None:
    if fulfilled(promise, present):
        assert fulfilled(Keys().telling(promise), present)


@given(formulas, literal_sets)
def test_without_a_literal_of_its_key_no_formula_is_true(promise: Promise, present: frozenset[str]) -> None:
    if promise is not None and fulfilled(promise, present):
        assert Keys().of(promise).literals & present
