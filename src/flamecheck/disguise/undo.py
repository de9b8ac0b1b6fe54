"""Undo what was hidden, then read again: the texts in which a rule's disguised words stand plainly.

A spelling found in the squeezed view is a *place* when its letters are written otherwise than the plain word, every
technique it takes belongs to the rule's profile, and no ordinary reading of the text covers it.  For each rule the
places are exchanged for their plain words, with a map back; the rule's own matcher and guards then read that text, so
that inflection, token boundaries and guards hold of a disguised word as they do of a plain one.

「お前は死・ね」 → 「お前は死ね」; 「カロリー」 holds ろり only inside a word and is left alone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import regex

from flamecheck.analysis import Analysis
from flamecheck.disguise.column import columns
from flamecheck.disguise.spell import SHORT, WHERE
from flamecheck.disguise.table import Disguises, Occurrence, Watch
from flamecheck.disguise.view import (
    BULLETS,
    LOOK_ALIKES,
    MASK,
    SEPARATING,
    dropped,
    run,
    separated,
    source_chars,
    squeezed,
    tail,
    wrapped,
)
from flamecheck.matching import cached
from flamecheck.spans import MapBuilder, Span

MOST_PLACES: Final = 200
"""How many places of one rule are undone in one text; the rest of the text stays as written."""
ROUNDS: Final = 4
"""How many readings of overlapping spellings are tried (◯す: 殺す, 刺す …), the likeliest first."""

SPACES: Final = 4
"""How many spaces may stand between a lead and the spelling it leads to."""

_TOGETHER: Final = (regex.compile(r"[a-z]"), regex.compile(r"[0-9]"))
_KATAKANA: Final = regex.compile(r"[ァ-ヺー]")


@dataclass(slots=True, frozen=True)
class Place:
    """Where a plain word was hidden: ``span`` of the folded text, the word, and how it was hidden."""

    span: Span
    word: str
    hops: tuple[str, ...]


@dataclass(slots=True, frozen=True)
class Undone:
    """A text with the hidden words of one rule written plainly.

    ``places`` count code points of that text; ``column`` says that it was read downwards.
    """

    number: int
    analysis: Analysis
    places: tuple[tuple[Span, tuple[str, ...]], ...]
    order: tuple[str, ...]
    column: bool = False

    def via(self, span: Span) -> tuple[str, ...]:
        """Return how what ``span`` of that text covers was hidden, in the profile's order; nothing when nothing in it was."""
        first = bisect_right(self.places, span.start, key=_end)
        found: set[str] = set()
        for place, hops in self.places[first:]:
            if place.start >= span.end:
                break
            found.update(hops)
        return tuple(label for label in self.order if label in found)


def _end(place: tuple[Span, tuple[str, ...]]) -> int:
    return place[0].end


def undo(analysis: Analysis, disguises: Disguises, *, prefilter: bool = True) -> Iterator[Undone]:
    """Yield, rule by rule, the texts to read again; nothing for a post without a disguised word."""
    if not disguises.watches:
        return
    if not prefilter or disguises.possible(analysis.text):
        yield from _Screen(analysis, disguises, column=False).undone()
    for column in columns(analysis):
        if not prefilter or disguises.possible(column.text):
            yield from _Screen(analysis.read_as(column), disguises, column=True).undone()


class _Screen:
    """One text and its squeezed view; says which occurrences are places."""

    def __init__(self, analysis: Analysis, disguises: Disguises, *, column: bool) -> None:
        self.analysis = analysis
        self.text = analysis.text
        self.disguises = disguises
        self.column = column
        self.view = squeezed(analysis.text)
        self.starts: dict[int, int] = {}
        self.leads: dict[int, frozenset[int]] = {}

    def undone(self) -> Iterator[Undone]:
        found: dict[int, tuple[Watch, list[Place]]] = {}
        for occurrence in self.disguises.occurrences(self.view.text):
            place = self.place(occurrence)
            if place is not None:
                found.setdefault(occurrence.watch.number, (occurrence.watch, []))[1].append(place)
        for number in sorted(found):
            watch, several = found[number]
            for places in _rounds(several):
                yield self.exchanged(watch, places)

    def place(self, found: Occurrence) -> Place | None:
        """Return the occurrence as a place, or None when it is plain or has an ordinary reading."""
        spelling, profile = found.spelling, found.watch.profile
        span = self.view.to_source(found.span)
        known = [technique.id for technique in profile.techniques]
        whole = Span(span.start, tail(self.text, span.end) if "lengthen" in known else span.end)
        inner = self.text[whole.start : whole.end]
        if "**" in inner or "<" in inner:
            whole = wrapped(self.text, whole)
        hops = self.hops(found, self.text[whole.start : whole.end])
        if hops is None or not hops.issubset(known):
            return None
        if self.column:
            if "vertical" not in known or not hops <= {"kana"}:
                return None
            return Place(whole, spelling.form.plain, ("vertical",))
        if not hops:
            return None
        if self.text[whole.start] in BULLETS and not self.text[max(0, whole.start - 1) : whole.start].strip():
            return None
        word = spelling.form.plain
        if not hops.isdisjoint(SEPARATING):
            pieces, signs = separated(self.text[whole.start : whole.end])
            if any(len(piece) > 1 for piece in pieces) or self.text[max(0, whole.start - 1) : whole.start] in signs:
                return None
            end = run(self.text, whole.end, signs)
            word += "".join(separated(self.text[whole.end - 1 : end])[0][1:])
            whole = Span(whole.start, end)
        if self.inside_word(whole, goes_on=spelling.form.inflects) or not self.believed(whole, found, hops):
            return None
        return Place(whole, word, tuple(name for name in known if name in hops))

    def hops(self, found: Occurrence, written: str) -> set[str] | None:
        """Return the techniques by which the word is hidden there, none when it is plain; None if it is another."""
        spelling = found.spelling
        hops = set(spelling.hops) | dropped(written)
        if "markup" in hops:
            return hops
        chars = source_chars(self.text, self.view, found.span)
        for one, other in zip(chars, spelling.written, strict=True):
            if other in (one, MASK):
                continue
            if ord(one) in LOOK_ALIKES:
                hops.add("script")
            elif spelling.exact:
                return None
            elif not spelling.hops:
                hops.add("kana")
        return hops

    def inside_word(self, span: Span, *, goes_on: bool) -> bool:
        """Return whether an edge of ``span`` lies inside an ordinary word: カロ|リー, 彼|氏ね, ね|ぎらい."""
        text = self.text
        for at, ending in ((span.start, False), (span.end, True)):
            if not 0 < at < len(text):
                continue
            if any(kind.match(text[at - 1]) and kind.match(text[at]) for kind in _TOGETHER):
                return True
            token = self.analysis.tokens[bisect_right(self.analysis.starts, at) - 1]
            if token.start >= at or at >= token.end or (ending and goes_on and token.start >= span.start):
                continue
            if not token.is_oov or (_KATAKANA.match(text[at - 1]) and _KATAKANA.match(text[at])):
                return True
        return False

    def believed(self, span: Span, found: Occurrence, hops: set[str]) -> bool:
        """Return whether what stands before and behind the spelling is what it asks for."""
        short = len(found.spelling.key) <= SHORT
        used = [technique for technique in found.watch.profile.techniques if technique.id in hops]
        if any(self.text.startswith(stop, span.end) for technique in used for stop in technique.not_before):
            return False
        demands = [technique.short if short else technique.where for technique in used]
        where = max([found.spelling.where, *demands], key=WHERE.index)
        if where == "anywhere":
            return True
        before = len(self.text[max(0, span.start - SPACES) : span.start].rstrip(" \u3000"))
        if max(0, span.start - SPACES) + before in self.lead_ends(found.watch):
            return True
        return where == "start" and (self.at_start(span.start) or self.text[span.start - 1 : span.start] == "#")

    def at_start(self, at: int) -> bool:
        sentence = self.analysis.sentence(at)
        if sentence.start not in self.starts:
            self.starts[sentence.start] = self.analysis.lead_end(sentence)
        return at <= self.starts[sentence.start]

    def lead_ends(self, watch: Watch) -> frozenset[int]:
        if watch.number not in self.leads:
            self.leads[watch.number] = frozenset(
                end
                for lead in watch.leads
                for hit in cached(lead, self.analysis)
                for end in lead.ends_from(self.analysis, hit.span.start)
            )
        return self.leads[watch.number]

    def exchanged(self, watch: Watch, places: list[Place]) -> Undone:
        """Return the text with each place exchanged for its word."""
        builder = MapBuilder()
        done = 0
        for place in places:
            builder.copy(self.text[done : place.span.start])
            builder.replace(place.span.length, place.word)
            done = place.span.end
        builder.copy(self.text[done:])
        plain = builder.build()
        labels = {technique.id: technique.label for technique in watch.profile.techniques}
        spots = tuple(
            (edit.new, tuple(labels[name] for name in place.hops))
            for edit, place in zip(plain.alignment.edits, places, strict=True)
        )
        return Undone(watch.number, self.analysis.read_as(plain), spots, tuple(labels.values()), self.column)


def _rounds(places: list[Place]) -> Iterator[list[Place]]:
    """Yield up to ROUNDS choices of places that do not overlap; each place is in one of the first it fits in.

    From the left, the longest first, of equal spans the one with the fewest hops; what was not chosen yet goes first.
    """
    left = sorted(dict.fromkeys(places), key=lambda place: (place.span.start, -place.span.end, len(place.hops)))
    done: list[Place] = []
    for _ in range(ROUNDS):
        fresh = _apart(left)[:MOST_PLACES]
        if not fresh:
            return
        taken = set(fresh)
        left = [place for place in left if place not in taken]
        yield _filled(fresh, done)
        done += fresh


def _apart(places: Iterable[Place]) -> list[Place]:
    kept: list[Place] = []
    for place in places:
        if not kept or place.span.start >= kept[-1].span.end:
            kept.append(place)
    return kept


def _filled(fresh: list[Place], others: list[Place]) -> list[Place]:
    """Return ``fresh``, and in the gaps what was chosen before, so that two hidden words of one hit are both plain."""
    kept = list(fresh)
    for place in others:
        if not any(place.span.overlaps(other.span) for other in kept):
            kept.append(place)
    return sorted(kept, key=lambda place: place.span)
