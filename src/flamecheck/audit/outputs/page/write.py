"""``report.html``: one file for people, made by reading the results once (twice when the same text was posted twice)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from flamecheck.audit.consistency import Consistency
from flamecheck.audit.inconsistency import Inconsistency
from flamecheck.audit.outputs.page.across import across
from flamecheck.audit.outputs.page.cards import Card, article, card
from flamecheck.audit.outputs.page.sections import Sections, looks
from flamecheck.audit.outputs.page.tally import Counting
from flamecheck.audit.outputs.page.template import halves
from flamecheck.audit.ranking import Place, Top, rank
from flamecheck.audit.result import Result, Results, RunFacts
from flamecheck.audit.storing import storing


def write(
    results: Results, facts: RunFacts, target: str, top: int = 1000, notices: Iterable[Inconsistency] | None = None
) -> None:
    """Write the report, with the first ``top`` flagged posts by rank; memory grows with ``top`` alone.

    ``notices`` are what does not fit across the posts of the run, the oddest first; None looks for them here, with an
    index on disk.  Raises InputError (code ``unwritable``) when ``target`` cannot be written.
    """
    with storing(target) as file:
        for part in parts(results, facts, top, notices):
            file.write(part.encode())


def parts(
    results: Results, facts: RunFacts, top: int = 1000, notices: Iterable[Inconsistency] | None = None
) -> Iterator[str]:
    """Yield the report piece by piece; arguments as for ``write``."""
    if notices is None:
        with TemporaryDirectory(prefix="flamecheck-") as folder, Consistency(Path(folder)) as consistency:
            yield from _parts(results, facts, top, consistency.add, consistency.findings())
    else:
        yield from _parts(results, facts, top, _pass, notices)


def _parts(
    results: Results,
    facts: RunFacts,
    top: int,
    seen: Callable[[Result], None],
    notices: Iterable[Inconsistency],
) -> Iterator[str]:
    counting, best, look = Counting(facts.days), Top[Card](top), looks(facts.tiers)
    today = date.fromisoformat(facts.made_on)
    for result in results:
        counting.add(result)
        seen(result)
        if not result.failed and result.row["findings"]:
            placed = rank(result, today)
            root = result.number if result.post.same_as is None else result.post.same_as
            best.offer(placed.value, result.number, root, partial(card, result, placed, facts, look))
    places = best.places()
    repeats = _repeats(results, places) if counting.tally.repeated else Counter[int]()
    sections = Sections(facts, counting.tally, [place.item for place in places], top)
    before, behind = halves({**sections.values(), "across": across(notices)})
    yield before
    for number, place in enumerate(places, start=1):
        yield article(number, place.item, repeats[place.root])
    yield behind


def _pass(_: Result) -> None:
    """Take in nothing: the caller knows what does not fit."""


def _repeats(results: Results, places: tuple[Place[Card], ...]) -> Counter[int]:
    """Return how often the text of each post stands in the results besides."""
    shown = {place.root for place in places}
    found: Counter[int] = Counter()
    for result in results:
        if result.post.same_as in shown:
            found[result.post.same_as] += 1
    return found
