"""Rules as plain frozen values: what the compiler reads and the engine describes findings with."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from flamecheck.context import Context
from flamecheck.detectors.numerals import ANY, Limits
from flamecheck.errors import Diagnostic, Place
from flamecheck.grading import Confidence, Severity
from flamecheck.rules.dates import Day
from flamecheck.rules.pattern import Sequence
from flamecheck.rules.provenance import Overlaid, PackInfo, Retired
from flamecheck.rules.when import When
from flamecheck.spans import Span


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


@dataclass(slots=True, frozen=True)
class Case:
    """One reason to cancel (``steps`` is None), lower (negative) or raise (positive) a finding."""

    id: str
    why: str
    steps: int | None
    match: Condition | None = None
    when: When | None = None
    place: Place | None = field(default=None, compare=False)


@dataclass(slots=True, frozen=True)
class Guard:
    """Cases tried in order; the first that holds acts.  An exception of one rule is a guard with one case.

    ``place`` is where its file, or the exception, names it; ``shared`` tells the guards that stand in files.
    """

    id: str
    title: str
    cases: tuple[Case, ...]
    place: Place | None = field(default=None, compare=False)
    shared: bool = False
    overlays: tuple[Overlaid, ...] = ()


@dataclass(slots=True, frozen=True)
class Example:
    """A text with the spans a rule must flag (none for a pass), its context, and the region it all lies in.

    ``severity`` is what its findings must have, if it says so; ``template`` is the text as written, when the example
    stands for many.
    """

    text: str
    spans: tuple[Span, ...]
    context: Context
    place: Place
    region: str = ""
    severity: Severity | None = None
    template: str = ""


@dataclass(slots=True, frozen=True)
class Unit:
    """One way to write a part of a word: each of ``write`` stands for ``plain`` (``タヒ`` for ``死``)."""

    plain: str
    write: tuple[str, ...]
    where: str = ""


@dataclass(slots=True, frozen=True)
class Technique:
    """One way to disguise words.

    ``where`` such a spelling is believed: anywhere, start (the post starts or a lead goes before) or lead; ``short`` is
    the same for spellings of one or two letters.  With ``exact`` the kana must be written in the script of the list;
    what starts with one of ``not_before`` may not follow.
    """

    id: str
    label: str
    where: str = "anywhere"
    short: str = "anywhere"
    exact: bool = False
    not_before: tuple[str, ...] = ()
    units: tuple[Unit, ...] = ()


@dataclass(slots=True, frozen=True)
class Profile:
    """What a rule that names it sees through; ``leads`` may go before a spelling that needs one."""

    id: str
    title: str
    least: Severity
    techniques: tuple[Technique, ...]
    leads: tuple[Phrase, ...] = ()


@dataclass(slots=True, frozen=True)
class Disguise:
    """The words of a rule whose disguised spellings count, and the profile they are seen through with."""

    profile: Profile
    words: tuple[tuple[str, Place], ...]
    place: Place


@dataclass(slots=True, frozen=True)
class Rule:
    """One rule; ``group`` is the folder it lies in."""

    id: str
    category: str
    title: str
    severity: Severity
    confidence: Confidence
    status: str
    message: str
    affected: str
    rewrite: str
    match: Condition
    place: Place
    valid_from: date | None = None
    valid_to: date | None = None
    references: tuple[str, ...] = ()
    mask: bool = False
    requires: When | None = None
    guards: tuple[Guard, ...] = ()
    guard_places: tuple[tuple[str, Place], ...] = field(default=(), compare=False)
    flags: tuple[Example, ...] = ()
    passes: tuple[Example, ...] = ()
    disguise: Disguise | None = None
    pack: str = ""
    off: str = ""
    """Why an overlay has switched the rule off; "" when none has."""
    overlays: tuple[Overlaid, ...] = ()

    @property
    def group(self) -> str:
        """Return the group, the first part of the id."""
        return self.id.split("/", 1)[0]

    @property
    def file(self) -> str:
        """Return the path of the file the rule stands in."""
        return self.place.path

    def applies(self, context: Context, as_of: date | None = None) -> bool:
        """Return whether the rule runs at all: its window of days, and what it requires of the context.

        The window is asked for ``as_of`` or else for the day of the post; with neither it is open.
        """
        day = as_of or (context.posted_at.date() if context.posted_at else None)
        if day and ((self.valid_from and day < self.valid_from) or (self.valid_to and day > self.valid_to)):
            return False
        return self.requires is None or self.requires.holds(context)


@dataclass(slots=True, frozen=True)
class Entry:
    """One entry of a lexicon: a phrase, the sense that is meant, how it is used, and where it comes from."""

    id: str
    phrase: Phrase
    sense: str = ""
    register: str = ""
    source: str = ""


@dataclass(slots=True, frozen=True)
class Lexicon:
    """A shared word class."""

    id: str
    title: str
    entries: tuple[Entry, ...]
    place: Place
    split: str = "C"
    overlays: tuple[Overlaid, ...] = ()


@dataclass(slots=True, frozen=True)
class Pack:
    """Everything that was loaded: rules in id order, lexicons and shared guards by id, a fingerprint of the files, days.

    ``packs`` are the folders it was read from, in order; ``warnings`` do not keep it from screening.
    """

    rules: tuple[Rule, ...]
    lexicons: dict[str, Lexicon]
    fingerprint: str
    days: tuple[Day, ...] = ()
    packs: tuple[PackInfo, ...] = ()
    retired: dict[str, Retired] = field(default_factory=dict)
    overlays: tuple[Overlaid, ...] = ()
    warnings: tuple[Diagnostic, ...] = ()
    guards: dict[str, Guard] = field(default_factory=dict)
