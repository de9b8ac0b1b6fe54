"""What an audit writes of one row; every output of an audit is made from these and from nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from flamecheck.rules.dates import Day


@dataclass(slots=True, frozen=True)
class Post:
    """The post behind a result: where it was read and what is known of it; "" and None where nobody says.

    ``archive`` is the name of its archive, ``number`` its record there from 1, ``place`` both for people.  ``text`` is
    the visible text with everything starred that a finding stars: code point for code point as long as the one that
    was screened, so that the offsets of the findings count it as well.  ``posted_at`` is ISO 8601 in JST, a date alone
    when no time is known.  ``same_as`` is the number of the earlier result of the run with the same text and verdict.
    """

    archive: str
    number: int
    place: str
    text: str = ""
    posted_at: str = ""
    channel: str = ""
    account: str = ""
    reach: int | None = None
    url: str = ""
    thread: str = ""
    kind: str = "post"
    same_as: int | None = None


@dataclass(slots=True, frozen=True)
class Result:
    """One row of an audit: ``row`` is a row of the batch contract (docs/wire-format.md), of a verdict or an error.

    ``number`` counts the results of the run from 1.
    """

    number: int
    post: Post
    row: dict[str, Any] = field(default_factory=dict)

    @property
    def failed(self) -> bool:
        """Return whether the record could not be screened; it stands in the quarantine then."""
        return "error" in self.row


class Results(Protocol):
    """All results of a run, in order, read again from the disk each time they are asked for."""

    def __iter__(self) -> Iterator[Result]:
        """Yield them one by one, in constant memory."""


@dataclass(slots=True, frozen=True)
class Tier:
    """A tier of the policy, as an output shows it."""

    id: str
    label: str
    rank: int


@dataclass(slots=True, frozen=True)
class RunFacts:
    """What an output may tell of the run besides its results.

    ``read == screened + duplicates + quarantined`` holds for the counts; blank records are counted apart.  ``whole`` is
    False for a run that was stopped; ``sampled`` says how the posts were drawn ("" for all).  ``categories`` and
    ``rules`` lead ids to what people call them.
    """

    read: int
    screened: int
    duplicates: int
    quarantined: int
    blank: int
    whole: bool
    sampled: str
    archives: tuple[str, ...]
    tiers: tuple[Tier, ...]
    categories: dict[str, str]
    rules: dict[str, str]
    made_on: str
    """The day of the run in Japan, ISO 8601: the age of a post counts from it."""
    version: str
    pack: str
    dictionary: str
    days: tuple[Day, ...] = ()
    """The days of the calendars that the rules know."""


class Output(Protocol):
    """Writes one format; ``target`` is a path that does not exist yet and becomes the user's file when it is whole."""

    def __call__(self, results: Results, facts: RunFacts, target: str) -> None:
        """Write every result; raises InputError (code ``unwritable``) for what cannot be written."""
