"""What a pattern becomes: a program of steps, what it can start with, and what it promises."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Final, TypeAlias

from flamecheck.analysis import Analysis
from flamecheck.inflection import Inflection
from flamecheck.promise import Promise, both, either


@dataclass(slots=True, frozen=True)
class Chars:
    """Folded characters that must stand there; a soft line end between them is skipped."""

    text: str


@dataclass(slots=True, frozen=True)
class Inflects:
    """A word in any inflection, with the characters without which it cannot stand there."""

    inflection: Inflection
    promise: Promise


@dataclass(slots=True, frozen=True, eq=False)
class Index:
    """Programs by what they can start with, so that of a long list only a few are tried at one place."""

    by_char: dict[str, tuple[Program, ...]]
    by_form: dict[str, tuple[Program, ...]]
    by_tag: dict[str, tuple[Program, ...]]
    anywhere: tuple[Program, ...]
    first: First
    """What any of the programs can start with."""

    @classmethod
    def of(cls, programs: Iterable[Program]) -> Index:
        """Return the index of ``programs``; one that asks for no character or word can stand anywhere."""
        by_char: dict[str, list[Program]] = defaultdict(list)
        by_form: dict[str, list[Program]] = defaultdict(list)
        by_tag: dict[str, list[Program]] = defaultdict(list)
        anywhere = []
        firsts = [(program, first_of(program)) for program in programs]
        for program, first in firsts:
            if first.anything or first.empty:
                anywhere.append(program)
                continue
            for char in sorted(first.chars):
                by_char[char].append(program)
            for form in sorted(first.forms):
                by_form[form].append(program)
            for tag in sorted(first.tags):
                by_tag[tag].append(program)
        return cls(
            {key: tuple(value) for key, value in by_char.items()},
            {key: tuple(value) for key, value in by_form.items()},
            {key: tuple(value) for key, value in by_tag.items()},
            tuple(anywhere),
            any_of(first for _, first in firsts),
        )

    def at(self, analysis: Analysis, at: int) -> Iterable[Program]:
        """Return the programs that can start at ``at``."""
        programs = self.by_char.get(analysis.text[at : at + 1], ()) + self.anywhere
        if self.by_form or self.by_tag:
            index = analysis.index.get(at)
            if index is not None:
                token = analysis.tokens[index]
                more = self.by_form.get(token.dictionary_form, ()) + self.by_form.get(token.normalized_form, ())
                if self.by_tag:
                    for tag in _tags(token.pos):
                        more += self.by_tag.get(tag, ())
                return dict.fromkeys(programs + more) if more else programs
        return programs


@cache
def _tags(pos: tuple[str, ...]) -> tuple[str, ...]:
    """Return every name of a part of speech, from the first level to all of them."""
    return tuple("-".join(pos[:count]) for count in range(1, len(pos) + 1))


@dataclass(slots=True, frozen=True, eq=False)
class Choice:
    """Alternatives; optional adds the empty one."""

    options: tuple[Program, ...]
    optional: bool
    index: Index


@dataclass(slots=True, frozen=True, eq=False)
class Entries:
    """The compiled entries of a lexicon; both ends on token boundaries."""

    programs: tuple[Program, ...]
    split: str
    index: Index
    promise: Promise
    names: tuple[str, ...]
    """``lexicon#entry`` for each program."""


@dataclass(slots=True, frozen=True)
class Tag:
    """One token whose part of speech starts with this."""

    name: str


@dataclass(slots=True, frozen=True)
class Gap:
    """Up to ``limit`` code points between token boundaries of one sentence."""

    limit: int


@dataclass(slots=True, frozen=True)
class Edge:
    """A sentence edge."""

    start: bool


Step: TypeAlias = Chars | Inflects | Choice | Entries | Tag | Gap | Edge
Program: TypeAlias = tuple[Step, ...]
HONORIFIC_STARTS: Final = frozenset("おご御")


@dataclass(slots=True, frozen=True)
class First:
    """What a program can start with: characters, dictionary or normalised forms, parts of speech, or anything.

    ``empty`` says that it may take no character, so that what follows it counts, too.
    """

    chars: frozenset[str] = frozenset()
    forms: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    anything: bool = False
    empty: bool = False

    def __or__(self, other: First) -> First:
        return any_of((self, other))


NOTHING: Final = First()


def any_of(several: Iterable[First]) -> First:
    """Return what one or another of ``several`` can start with."""
    chars: set[str] = set()
    forms: set[str] = set()
    tags: set[str] = set()
    anything = empty = False
    for first in several:
        chars |= first.chars
        forms |= first.forms
        tags |= first.tags
        anything, empty = anything or first.anything, empty or first.empty
    return First(frozenset(chars), frozenset(forms), frozenset(tags), anything, empty)


@cache
def _first_char(char: str) -> First:
    return First(frozenset((char,)))


def first_of(program: Program) -> First:
    """Return what ``program`` can start with."""
    found = NOTHING
    for step in program:
        if isinstance(step, Chars):
            first = _first_char(step.text[0])
            return first if found is NOTHING else found | first
        if isinstance(step, Inflects):
            # サ変の名詞は、その名詞か「お・ご」から始まる。「する」からは始まらない。
            noun = step.inflection.noun
            forms = frozenset() if noun else step.inflection.forms
            return found | First(HONORIFIC_STARTS | frozenset(noun[:1]), forms)
        if isinstance(step, Tag):
            return found | First(tags=frozenset((step.name,)))
        if isinstance(step, (Choice, Entries)):
            options = step.index.first
            found = found | replace(options, empty=False)
            if not (isinstance(step, Choice) and step.optional) and not options.empty:
                return found
        elif isinstance(step, Gap):
            return replace(found, anything=True)
    return replace(found, empty=True)


def promise_of(program: Program) -> Promise:
    """Return the literals without which ``program`` cannot match."""
    return both(_step_promise(step) for step in program)


def _step_promise(step: Step) -> Promise:
    if isinstance(step, Chars):
        return step.text
    if isinstance(step, Inflects):
        return step.promise
    if isinstance(step, Entries):
        return step.promise
    if isinstance(step, Choice) and not step.optional:
        return either(promise_of(option) for option in step.options)
    return None
