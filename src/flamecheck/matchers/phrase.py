"""Plain-Japanese phrases: a set-based walk over the pattern, from token boundary to token boundary.

A state is (offset, owed): ``owed`` says that a negation follows an inflected word here and that only an element that
takes characters may go on.  Sets of states never grow beyond the offsets of one sentence, so no pattern can explode.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from flamecheck.analysis import Analysis
from flamecheck.grading import Confidence
from flamecheck.inflection import Inflection, negated
from flamecheck.matching import Hit, holds_by_hits
from flamecheck.program import Chars, Choice, Edge, Entries, First, Gap, Inflects, Program, Step, Tag
from flamecheck.promise import Promise
from flamecheck.spans import Span

State: TypeAlias = tuple[int, bool]


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
        for tag in self.first.tags:
            found.update(analysis.tagged(tag))
        return sorted(found)


class Walk:
    """One walk from one start; holds what every step needs."""

    __slots__ = ("_broken", "analysis", "edges", "ordered", "split", "start", "text")

    def __init__(self, analysis: Analysis, split: str, start: int) -> None:
        """Look up the boundaries once."""
        self.analysis = analysis
        self.text = analysis.text
        self.split = split
        self.ordered, self.edges = analysis.edges(split)
        self.start = start
        # 折り返しの改行を越えてよいかどうかは、歩きはじめた場所による。
        self._broken = "\n" in self.text

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
                    if self._may(option, state[0]):
                        after |= self.program(option, {state})
            return after
        if isinstance(step, Gap):
            return {(at, False) for start, owed in states if not owed for at in self._gap(start, step.limit)}
        if isinstance(step, Edge):
            holds = self.analysis.at_sentence_start if step.start else self.analysis.at_sentence_end
            return {state for state in states if not (state[1] and not step.start) and holds(state[0])}
        return {after for at, _ in states for place in self._places(at) for after in self._take(step, place)}

    def _may(self, program: Program, at: int) -> bool:
        """Return False where the characters a program starts with do not stand; that is told faster than by walking."""
        first = program[0] if program else None
        return self._broken or type(first) is not Chars or self.text.startswith(first.text, at)

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

    def _entry(self, step: Entries, at: int) -> Iterable[State]:
        if self._broken:
            return self._entries_at(step, at)
        # 同じ語彙は、いくつもの手がかりが同じ場所で試す。間（…）で始まる項目は、そこが歩きはじめかどうかで変わる。
        known = self.analysis.entries
        key = id(step), at, self.split, at == self.start
        if key not in known:
            known[key] = tuple(self._entries_at(step, at))
        return known[key]

    def _entries_at(self, step: Entries, at: int) -> Iterator[State]:
        edges = self.analysis.edges(step.split)[1] | self.edges if step.split == "A" else self.edges
        if at not in edges or at >= len(self.text):
            return
        for program in step.index.at(self.analysis, at):
            if not self._may(program, at):
                continue
            for end, owed in self.program(program, {(at, False)}):
                if end in edges:
                    yield end, owed

    def _tag(self, name: str, at: int) -> Iterable[State]:
        end = self.analysis.tagged(name).get(at)
        return () if end is None else ((end, False),)

    def _gap(self, at: int, limit: int) -> Iterator[int]:
        if at not in self.edges:
            return
        end = min(at + limit, self.analysis.sentence(max(self.start, at - 1)).end)
        for offset in range(at, end + 1):
            if offset in self.edges:
                yield offset
