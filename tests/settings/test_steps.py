"""The order in which things count."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from flamecheck.errors import Place
from flamecheck.settings.steps import ADDS, Said, Step, fold

LISTS = ("include", "exclude", "select", "extend-select", "ignore", "fields")


def step(**entries: list[str]) -> Step:
    return Step(
        {
            key.replace("_", "-"): tuple(Said(value, Place("f", 1, 1)) for value in values)
            for key, values in entries.items()
        }
    )


def told(*steps: Step) -> dict[str, list[str]]:
    return {key: [said.value for said in values] for key, values in fold(steps).items()}


def test_some_lists_add_and_others_take_the_place() -> None:
    assert told(step(exclude=["a"], include=["a"]), step(exclude=["b"], include=["b"])) == {
        "exclude": ["a", "b"],
        "include": ["b"],
    }
    assert told(step(select=["a"], ignore=["a"]), step(select=[], ignore=[])) == {"select": [], "ignore": ["a"]}


def test_what_is_selected_later_by_the_same_name_is_not_ignored_any_more() -> None:
    assert told(step(ignore=["tone/", "tone/a"]), step(extend_select=["tone/a"]))["ignore"] == ["tone/"]
    assert told(step(ignore=["tone/"]), step(select=["tone/"]))["ignore"] == []
    assert told(step(extend_select=["tone/"]), step(ignore=["tone/"]))["ignore"] == ["tone/"]
    assert told(step(ignore=["tone/"], extend_select=["tone/"]))["ignore"] == ["tone/"]


def test_a_table_with_paths_reaches_these_alone() -> None:
    held = Step({}, ("posts/**", "!posts/a.md"))
    assert [held.reaches(path) for path in ("posts/b.md", "posts/a.md", "news/b.md")] == [True, False, False]
    assert Step({}).reaches("anything")


steps = st.dictionaries(st.sampled_from(LISTS), st.lists(st.sampled_from("abc"), max_size=3), max_size=3).map(
    lambda entries: step(**{key.replace("-", "_"): values for key, values in entries.items()})
)


@given(st.lists(steps, max_size=5), steps)
def test_the_last_step_always_has_its_way(before: list[Step], last: Step) -> None:
    found = told(*before, last)
    for key, values in last.entries.items():
        said = [item.value for item in values]
        assert found[key] == said or (key in ADDS and found[key][len(found[key]) - len(said) :] == said)
    assert set(found) == {key for item in (*before, last) for key in item.entries}
