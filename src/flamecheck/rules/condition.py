"""Conditions as plain frozen values: what a rule asks of a text, before it is compiled."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from flamecheck.detectors.numerals import ANY, Limits
from flamecheck.errors import NOWHERE, Place
from flamecheck.grading import Confidence
from flamecheck.rules.pattern import Sequence
from flamecheck.rules.when import When


@dataclass(slots=True, frozen=True)
class Phrase:
    """A parsed pattern; ``place`` is where its text starts in the file, ``id`` names it as a branch of its rule."""

    text: str
    pattern: Sequence
    place: Place = field(compare=False)
    split: str = "C"
    confidence: Confidence | None = None
    id: str = ""


@dataclass(slots=True, frozen=True)
class AnyOf:
    """The union of its members."""

    members: tuple[Condition, ...]


@dataclass(slots=True, frozen=True)
class AllOf:
    """All members within one clause, sentence or post; the span covers the generating ones."""

    members: tuple[Condition, ...]
    within: str = "sentence"
    confidence: Confidence | None = None


@dataclass(slots=True, frozen=True)
class Not:
    """The member does not hold in the scope of ``all``."""

    member: Condition


@dataclass(slots=True, frozen=True)
class Near:
    """One of the members lies in the same clause, sentence or post, or within ``tokens`` tokens."""

    members: tuple[Condition, ...]
    within: str = "sentence"
    tokens: int = 0


@dataclass(slots=True, frozen=True)
class Detector:
    """A check by name that no pattern can make; ``limits`` are for numerals."""

    name: str
    limits: Limits = ANY
    sure: Confidence = Confidence.LOW


@dataclass(slots=True, frozen=True)
class Regex:
    """A regular expression of the linear subset; it holds only where one of ``literals``, if any, is in the post."""

    pattern: str
    literals: tuple[str, ...]
    place: Place = field(compare=False)
    view: str = "folded"
    confidence: Confidence | None = None


@dataclass(slots=True, frozen=True)
class Features:
    """What a token is; an empty tuple asks nothing.  ``reading`` is katakana, ``pos`` levels joined by ``-``."""

    surface: tuple[str, ...] = ()
    dictionary: tuple[str, ...] = ()
    normalized: tuple[str, ...] = ()
    reading: tuple[str, ...] = ()
    pos: tuple[str, ...] = ()


@dataclass(slots=True, frozen=True)
class TokenSpec:
    """One element of a token pattern: between ``least`` and ``most`` tokens with ``features``, without ``unlike``."""

    features: Features
    unlike: Features | None = None
    least: int = 1
    most: int = 1


@dataclass(slots=True, frozen=True)
class Tokens:
    """Neighbouring tokens of one sentence, of mode C or, with ``split`` A, of mode A."""

    specs: tuple[TokenSpec, ...]
    split: str = "C"
    confidence: Confidence | None = None
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(slots=True, frozen=True)
class Count:
    """The members' hits that do not overlap, or the members that have one, number ``least`` to ``most`` in a window."""

    members: tuple[Condition, ...]
    least: int = 1
    most: int | None = None
    distinct: bool = False
    within: str = "sentence"
    confidence: Confidence | None = None


@dataclass(slots=True, frozen=True)
class WeakCue:
    """One weak cue of ``weigh``."""

    id: str
    match: Condition
    weight: int
    why: str


@dataclass(slots=True, frozen=True)
class Weigh:
    """The weights of the cues that are in a window reach ``threshold``; each cue counts once."""

    cues: tuple[WeakCue, ...]
    threshold: int
    within: str = "sentence"
    confidence: Confidence | None = None


@dataclass(slots=True, frozen=True)
class InContext:
    """The context satisfies ``when``."""

    when: When


@dataclass(slots=True, frozen=True)
class After:
    """One of ``patterns`` starts where the anchor ends, and none of ``but_not`` starts where that one ends.

    With ``within`` (clause, sentence or post) the pattern lies anywhere behind the anchor in that scope.
    """

    patterns: tuple[Phrase, ...]
    but_not: tuple[Phrase, ...] = ()
    within: str | None = None


@dataclass(slots=True, frozen=True)
class Before:
    """One of ``patterns`` ends where the anchor starts; with ``within``, it lies anywhere before it in that scope."""

    patterns: tuple[Phrase, ...]
    within: str | None = None


@dataclass(slots=True, frozen=True)
class Inside:
    """The anchor lies in a quotation, a hashtag or a region, behind the end of which ``after``, if given, holds."""

    kind: str
    after: After | None = None


@dataclass(slots=True, frozen=True)
class PartOf:
    """The anchor is a part, or the whole, of a match of one of ``patterns``."""

    patterns: tuple[Phrase, ...]


Condition: TypeAlias = (
    Phrase
    | AnyOf
    | AllOf
    | Not
    | Near
    | Count
    | Weigh
    | Tokens
    | Detector
    | Regex
    | InContext
    | After
    | Before
    | Inside
    | PartOf
)


def generates(condition: Condition) -> bool:
    """Return whether the condition finds spans by itself (a phrase does, a date or a negation does not)."""
    if isinstance(condition, AnyOf):
        return bool(condition.members) and all(generates(member) for member in condition.members)
    if isinstance(condition, AllOf):
        return any(generates(member) for member in condition.members)
    return isinstance(condition, (Phrase, Detector, Regex, Tokens, Count, Weigh))
