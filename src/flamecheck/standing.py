"""Which entries of lexicons stand in a finding, so that a reader knows what to switch off.

A walk keeps places and not the way to them, so this is looked up again for what was found, and only to explain it: an
entry of a lexicon that the rule's own patterns name, and that stands in the found span from boundary to boundary.
"""

from __future__ import annotations

from collections.abc import Iterator

from flamecheck.analysis import Analysis
from flamecheck.matchers.logic import AllMatcher, AnyMatcher
from flamecheck.matchers.phrase import PhraseMatcher, Walk
from flamecheck.matching import Matcher
from flamecheck.program import Choice, Entries, Program
from flamecheck.spans import Span


def standing(matcher: Matcher, analysis: Analysis, span: Span) -> tuple[tuple[str, Span], ...]:
    """Return ``lexicon#entry`` and its place for every entry in ``span``, in order; the longest from one start."""
    found: dict[tuple[int, str], Span] = {}
    for entries in dict.fromkeys(_entries_of(matcher)):
        edges = sorted(edge for edge in analysis.edges(entries.split)[1] if span.start <= edge <= span.end)
        for start in edges:
            walk = Walk(analysis, entries.split, start)
            for name, program in zip(entries.names, entries.programs, strict=True):
                ends = [end for end, owed in walk.program(program, {(start, False)}) if not owed and end in edges]
                if max(ends, default=start) > start:
                    found[start, name] = Span(start, max(ends))
    return tuple((name, found[start, name]) for start, name in sorted(found))


def _entries_of(matcher: Matcher) -> Iterator[Entries]:
    if isinstance(matcher, PhraseMatcher):
        yield from _in_program(matcher.program)
    elif isinstance(matcher, (AnyMatcher, AllMatcher)):
        for member in matcher.members:
            yield from _entries_of(member)


def _in_program(program: Program) -> Iterator[Entries]:
    for step in program:
        if isinstance(step, Entries):
            yield step
        elif isinstance(step, Choice):
            for option in step.options:
                yield from _in_program(option)
