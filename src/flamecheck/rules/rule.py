"""Rules as plain frozen values: what the compiler reads and the engine describes findings with."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from flamecheck.context import Context
from flamecheck.errors import Diagnostic, Place
from flamecheck.grading import Confidence, Severity
from flamecheck.rules.condition import Condition, Phrase
from flamecheck.rules.dates import Day
from flamecheck.rules.provenance import Overlaid, PackInfo, Retired
from flamecheck.rules.when import When
from flamecheck.spans import Span


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
class Bounds:
    """When a rule runs at all: its window of days, and what it requires of the context."""

    valid_from: date | None = None
    valid_to: date | None = None
    requires: When | None = None

    def hold(self, context: Context, as_of: date | None = None) -> bool:
        """Return whether the rule runs; the window is asked for ``as_of`` or else for the day of the post.

        With neither it is open.
        """
        day = as_of or (context.posted_at.date() if context.posted_at else None)
        if day and ((self.valid_from and day < self.valid_from) or (self.valid_to and day > self.valid_to)):
            return False
        return self.requires is None or self.requires.holds(context)


_OPEN: Final = Bounds()


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
    fix: tuple[tuple[str, str, Place], ...] = ()
    """Words with what may stand for them without a change of meaning, and where the file says so."""
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

    @property
    def bounds(self) -> Bounds | None:
        """Return what decides without the text whether the rule runs; None for a rule that always does."""
        found = Bounds(self.valid_from, self.valid_to, self.requires)
        return None if found == _OPEN else found

    def applies(self, context: Context, as_of: date | None = None) -> bool:
        """Return whether the rule runs at all."""
        return self.bounds is None or self.bounds.hold(context, as_of)


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
