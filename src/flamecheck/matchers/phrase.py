"""Plain-Japanese phrases: a set-based walk over the pattern, from token boundary to token boundary.

A state is (offset, owed): ``owed`` says that a negation follows an inflected word here and that only an element that
takes characters may go on.  Sets of states never grow beyond the offsets of one sentence, so no pattern can explode.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from flamecheck.analysis import Analysis
from flamecheck.grading import Confidence
from flamecheck.inflection import Inflection, negated
from flamecheck.matching import Hit, Promise, both, either, holds_by_hits
from flamecheck.spans import Span

State: TypeAlias = tuple[int, bool]


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
    anywhere: tuple[Program, ...]

    @classmethod
    def of(cls, programs: Iterable[Program]) -> Index:
        """Return the index of ``programs``; one that may take no character at all can stand anywhere."""
        by_char: dict[str, list[Program]] = defaultdict(list)
        by_form: dict[str, list[Program]] = defaultdict(list)
        anywhere = []
        for program in programs:
            first = first_of(program)
            if first.anything or first.empty:
                anywhere.append(program)
                continue
            for char in sorted(first.chars):
                by_char[char].append(program)
            for form in sorted(first.forms):
                by_form[form].append(program)
        return cls(
            {key: tuple(value) for key, value in by_char.items()},
            {key: tuple(value) for key, value in by_form.items()},
            tuple(anywhere),
        )

    def at(self, analysis: Analysis, at: int) -> Iterable[Program]:
        """Return the programs that can start at ``at``."""
        programs = self.by_char.get(analysis.text[at : at + 1], ()) + self.anywhere
        if self.by_form:
            index = analysis.index.get(at)
            if index is not None:
                token = analysis.tokens[index]
                more = self.by_form.get(token.dictionary_form, ()) + self.by_form.get(token.normalized_form, ())
                return dict.fromkeys(programs + more) if more else programs
        return programs


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
    """What a program can start with: characters, dictionary or normalised forms, or anything.

    ``empty`` says that it may take no character, so that what follows it counts, too.
    """

    chars: frozenset[str]
    forms: frozenset[str]
    anything: bool = False
    empty: bool = False

    def __or__(self, other: First) -> First:
        anything, empty = self.anything or other.anything, self.empty or other.empty
        return First(self.chars | other.chars, self.forms | other.forms, anything, empty)


NOTHING: Final = First(frozenset(), frozenset())


def first_of(program: Program) -> First:
    """Return what ``program`` can start with."""
    found = NOTHING
    for step in program:
        if isinstance(step, Chars):
            return found | First(frozenset(step.text[:1]), frozenset())
        if isinstance(step, Inflects):
            noun = frozenset(step.inflection.noun[:1])
            return found | First(HONORIFIC_STARTS | noun, step.inflection.forms)
        if isinstance(step, Entries):
            chars, forms = frozenset(step.index.by_char), frozenset(step.index.by_form)
            return found | First(chars, forms, anything=bool(step.index.anywhere))
        if isinstance(step, Choice):
            options = NOTHING
            for option in step.options:
                options = options | first_of(option)
            found = found | First(options.chars, options.forms, options.anything)
            if not step.optional and not options.empty:
                return found
        elif isinstance(step, (Tag, Gap)):
            return First(found.chars, found.forms, anything=True)
    return First(found.chars, found.forms, found.anything, empty=True)


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


@dataclass(slots=True, frozen=True, eq=False)
class PhraseMatcher:
    """A compiled phrase."""

    program: Program
    first: First
    promise: Promise
    split: str = "C"
    confidence: Confidence | None = None
    generates: bool = True

    def find(self, analysis: Analysis) -> tuple[Hit, ...]:
        """Return the longest match at every token boundary."""
        found = []
        for start in self._starts(analysis):
            ends = self.ends_from(analysis, start)
            if ends:
                found.append(Hit(Span(start, max(ends)), self.confidence))
        return tuple(found)

    def holds(self, analysis: Analysis, anchor: Span, within: str) -> bool:
        """Return whether the phrase stands in the scope of the anchor."""
        return holds_by_hits(self, analysis, anchor, within)

    def ends_from(self, analysis: Analysis, start: int) -> set[int]:
        """Return every offset where a match that starts at ``start`` may end."""
        edges = analysis.edges(self.split)[1]
        if start not in edges:
            return set()
        states = Walk(analysis, self.split, start).program(self.program, {(start, False)})
        return {at for at, owed in states if not owed and at > start and at in edges}

    def _starts(self, analysis: Analysis) -> list[int]:
        if self.first.anything or self.first.empty:
            return analysis.edges(self.split)[0][:-1]
        chars, forms = analysis.starts_of(self.split)
        found = {start for char in chars.keys() & self.first.chars for start in chars[char]}
        found.update(start for form in forms.keys() & self.first.forms for start in forms[form])
        return sorted(found)


class Walk:
    """One walk from one start; holds what every step needs."""

    __slots__ = ("analysis", "edges", "ordered", "start", "text")

    def __init__(self, analysis: Analysis, split: str, start: int) -> None:
        """Look up the boundaries once."""
        self.analysis = analysis
        self.text = analysis.text
        self.ordered, self.edges = analysis.edges(split)
        self.start = start

    def program(self, program: Program, states: set[State]) -> set[State]:
        """Return the states after all steps."""
        for step in program:
            if not states:
                return states
            states = self._step(step, states)
        return states

    def _step(self, step: Step, states: set[State]) -> set[State]:
        if isinstance(step, Chars):
            return self._literal(step.text, states)
        if isinstance(step, Choice):
            after = set(states) if step.optional else set()
            for state in states:
                # 折り返しの改行の後ろから始まる選択肢もあるので、改行の前では全部を試す。
                broken = self.text[state[0] : state[0] + 1] == "\n"
                for option in step.options if broken else step.index.at(self.analysis, state[0]):
                    after |= self.program(option, {state})
            return after
        if isinstance(step, Gap):
            return {(at, False) for start, owed in states if not owed for at in self._gap(start, step.limit)}
        if isinstance(step, Edge):
            holds = self.analysis.at_sentence_start if step.start else self.analysis.at_sentence_end
            return {state for state in states if not (state[1] and not step.start) and holds(state[0])}
        return {after for at, _ in states for place in self._places(at) for after in self._take(step, place)}

    def _literal(self, literal: str, states: set[State]) -> set[State]:
        text, size, after = self.text, len(literal), set()
        for at, _ in states:
            if text.startswith(literal, at):
                after.add((at + size, False))
            elif text.find("\n", at, at + size + 1) >= 0:
                ends = (self._chars(literal, place) for place in self._places(at))
                after.update((end, False) for end in ends if end is not None)
        return after

    def _places(self, at: int) -> Iterator[int]:
        """Yield ``at``, and the place behind a soft line end there."""
        yield at
        if at > self.start and self.text[at : at + 1] == "\n" and self._soft(at):
            yield at + 1

    def _soft(self, at: int) -> bool:
        return self.analysis.sentence(at).end > at + 1

    def _take(self, step: Step, at: int) -> Iterable[State]:
        if isinstance(step, Inflects):
            return self._inflected(step.inflection, at)
        if isinstance(step, Entries):
            return self._entry(step, at)
        if isinstance(step, Tag):
            return self._tag(step.name, at)
        return ()

    def _chars(self, literal: str, at: int) -> int | None:
        """Return the end of ``literal`` from ``at`` when only soft line ends stand between its characters."""
        text = self.text
        for number, char in enumerate(literal):
            if number and text[at : at + 1] == "\n" and char != "\n" and self._soft(at):
                at += 1
            if text[at : at + 1] != char:
                return None
            at += 1
        return at

    def _inflected(self, inflection: Inflection, at: int) -> Iterable[State]:
        index = self.analysis.index.get(at)
        if index is None:
            return ()
        tokens = self.analysis.tokens
        end = inflection.end(tokens, index)
        if end is None:
            return ()
        return ((tokens[end - 1].end, negated(tokens, end)),)

    def _entry(self, step: Entries, at: int) -> Iterator[State]:
        edges = self.analysis.edges(step.split)[1] | self.edges if step.split == "A" else self.edges
        if at not in edges or at >= len(self.text):
            return
        for program in step.index.at(self.analysis, at):
            for end, owed in self.program(program, {(at, False)}):
                if end in edges:
                    yield end, owed

    def _tag(self, name: str, at: int) -> Iterable[State]:
        index = self.analysis.index.get(at)
        if index is None:
            return ()
        token = self.analysis.tokens[index]
        return ((token.end, False),) if "-".join(token.pos).startswith(name) else ()

    def _gap(self, at: int, limit: int) -> Iterator[int]:
        if at not in self.edges:
            return
        end = min(at + limit, self.analysis.sentence(max(self.start, at - 1)).end)
        for offset in range(at, end + 1):
            if offset in self.edges:
                yield offset
