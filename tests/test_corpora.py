"""The shipped corpora: what is found and missed is what was accepted, and no two posts are nearly the same."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path

from accuracy import pages

from flamecheck.corpus.golden import accepted, differences, first_runs, moved
from flamecheck.corpus.model import Outcome
from flamecheck.corpus.read import batches, read
from flamecheck.corpus.score import screen
from flamecheck.screener import Screener

CORPORA = Path(__file__).parents[1] / "corpora"
CASES = read(CORPORA)


@cache
def outcomes() -> tuple[Outcome, ...]:
    return screen(CASES, Screener.default())


def test_no_verdict_has_moved() -> None:
    # 動いたときは flamecheck corpus diff で一件ずつ読み、良ければ flamecheck corpus accept。
    assert moved(accepted(CORPORA), differences(outcomes())) == []


def test_the_page_on_accuracy_is_up_to_date() -> None:
    # 古いときは python tools/accuracy.py で作りなおす。
    for path, text in pages(outcomes()).items():
        assert path.read_text("utf-8") == text


def test_every_recorded_batch_is_still_there_and_whole() -> None:
    sizes = {name: len(cases) for name, cases in batches(CASES)}
    for name, row in first_runs(CORPORA).items():
        assert sizes[name] == row["risky"] + row["benign"]


def test_posts_are_distinct() -> None:
    grams = [{case.text[at : at + 5] for at in range(len(case.text) - 4)} for case in CASES]
    holders: dict[str, list[int]] = defaultdict(list)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for number, own in enumerate(grams):
        if CASES[number].functionality:
            continue  # 最小対は、ほとんど同じであることに意味がある。
        for gram in own:
            for other in holders[gram]:
                shared[other, number] += 1
            holders[gram].append(number)
    near = [
        (CASES[one].id, CASES[other].id)
        for (one, other), count in shared.items()
        if count > max(4, min(len(grams[one]), len(grams[other])) // 2)
    ]
    assert near == []
