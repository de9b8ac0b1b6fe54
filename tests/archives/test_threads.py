"""First posts of threads, by an index on disk."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from flamecheck.archives.threads import Threads

PARENTS = st.dictionaries(st.integers(1, 30).map(str), st.integers(1, 30).map(str) | st.just(""), max_size=20)


def walked(parents: dict[str, str], id: str) -> str:
    """Return the same by walking through a dictionary; "" for a post alone."""
    here, seen = id, [id]
    while parents.get(here, "") in parents:
        here = parents[here]
        if here in seen:
            return "circle"
        seen.append(here)
    return "" if here == id and id not in parents.values() else here


@given(PARENTS, st.permutations(range(1, 31)))
def test_as_a_walk_has_it_in_any_order(parents: dict[str, str], order: list[int]) -> None:
    threads = Threads(parents.items())
    for own in map(str, order):
        if own in parents:
            wanted = walked(parents, own)
            found = threads.first(own)
            assert found in parents if wanted == "circle" else found == wanted
    threads.close()


def test_a_long_thread_takes_no_stack_and_every_step_once() -> None:
    threads = Threads((str(n), str(n - 1) if n > 1 else "") for n in range(1, 5_001))
    assert {threads.first(str(n)) for n in range(5_000, 0, -1)} == {"1"}
    threads.close()


def test_ids_that_are_no_numbers_stand_alone() -> None:
    threads = Threads([("a", "b"), ("²", ""), ("9" * 19, "1"), ("", "")])
    assert [threads.first(own) for own in ("a", "²", "9" * 19, "", "77")] == [""] * 5
    threads.close()
