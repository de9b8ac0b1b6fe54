"""``report.html``: one file for people, made by reading the results once (twice when the same text was posted twice)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from flamecheck.audit.outputs.page.cards import Card, article, card
from flamecheck.audit.outputs.page.sections import Sections, looks
from flamecheck.audit.outputs.page.tally import Counting
from flamecheck.audit.outputs.page.template import halves
from flamecheck.audit.ranking import Place, Top, rank
from flamecheck.audit.result import Results, RunFacts
from flamecheck.errors import InputError, said


def write(results: Results, facts: RunFacts, target: str, top: int = 1000) -> None:
    """Write the report, with the first ``top`` flagged posts by rank; memory grows with ``top`` alone.

    Raises InputError (code ``unwritable``) when ``target`` cannot be written.
    """
    try:
        with open(target, "w", encoding="utf-8", newline="\n") as file:  # noqa: PTH123 - a path as the user gave it
            file.writelines(parts(results, facts, top))
    except OSError as error:
        raise InputError("unwritable", f"{target}: 書けません: {said(error)}") from None


def parts(results: Results, facts: RunFacts, top: int = 1000) -> Iterator[str]:
    """Yield the report piece by piece."""
    counting, best, look = Counting(facts.days), Top[Card](top), looks(facts.tiers)
    today = date.fromisoformat(facts.made_on)
    for result in results:
        counting.add(result)
        if result.failed or not result.row["findings"]:
            continue
        placed = rank(result, today)
        root = result.number if result.post.same_as is None else result.post.same_as
        best.offer(placed.value, result.number, root, lambda r=result, p=placed: card(r, p, facts, look))  # type: ignore[misc]
    places = best.places()
    repeats = _repeats(results, places) if counting.tally.repeated else Counter[int]()
    sections = Sections(facts, counting.tally, [place.item for place in places], top)
    before, behind = halves(sections.values())
    yield before
    for number, place in enumerate(places, start=1):
        yield article(number, place.item, repeats[place.root])
    yield behind


def _repeats(results: Results, places: tuple[Place[Card], ...]) -> Counter[int]:
    """Return how often the text of each post stands in the results besides."""
    shown = {place.root for place in places}
    found: Counter[int] = Counter()
    for result in results:
        if result.post.same_as in shown:
            found[result.post.same_as] += 1
    return found
