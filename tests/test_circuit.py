"""The network of all formulas says of each what the formula itself says."""

from __future__ import annotations

from formulas import formulas, literal_sets
from hypothesis import given
from hypothesis import strategies as st

from flamecheck.circuit import built
from flamecheck.keys import Keys
from flamecheck.promise import And, AtLeast, Or, Promise, fulfilled


def true(promises: list[Promise], present: frozenset[str]) -> list[bool]:
    circuit, nodes = built(promises)
    occurring = {number for number, literal in enumerate(circuit.parts.literals) if literal in present}
    found = circuit.true(occurring)
    return [node is None or node in found for node in nodes]


@given(st.lists(formulas, max_size=5), literal_sets)
def test_a_node_is_true_when_its_formula_is(promises: list[Promise], present: frozenset[str]) -> None:
    keys = Keys()
    told = [keys.telling(promise) for promise in promises]
    assert true(promises, present) == [fulfilled(promise, present) for promise in told]


def test_equal_formulas_are_one_node() -> None:
    _, nodes = built([Or(frozenset({"津波", "台風"})), Or(frozenset({"台風", "津波"})), "津波"])
    assert nodes[0] == nodes[1] != nodes[2]


def test_a_conjunction_is_looked_at_only_when_its_rarest_part_occurs() -> None:
    circuit, _ = built([And(frozenset({"w", "津波"}))])
    literals, watched = circuit.parts.literals, circuit.parts.watched
    assert {literals[node] for node in watched} == {"津波"}


def test_a_threshold_counts_a_part_once() -> None:
    promise = AtLeast(3, ((2, "台風"), (2, "台風"), (1, "津波")))
    assert true([promise], frozenset({"台風"})) == [True]
    assert true([promise], frozenset({"津波"})) == [False]
