"""Token patterns: neighbouring tokens of one sentence, each with what it must be and how often.

Sets of token indexes are walked, so that no pattern can explode; a repeat is bounded by the model.
"""

from __future__ import annotations

from dataclasses import dataclass

from flamecheck.analysis import Analysis
from flamecheck.grading import Confidence
from flamecheck.matching import Hit, holds_by_hits
from flamecheck.promise import Promise, both, either
from flamecheck.rules.condition import Features, TokenSpec
from flamecheck.spans import Span
from flamecheck.tokens import Token


@dataclass(slots=True, frozen=True, eq=False)
class TokensMatcher:
    """A compiled token pattern."""

    specs: tuple[TokenSpec, ...]
    split: str
    confidence: Confidence | None
    generates: bool = True

    @property
    def promise(self) -> Promise:
        """Return the surfaces that must be there; a dictionary form or a reading need not stand in the text."""
        return both(
            either(surface.replace("\n", "") or None for surface in spec.features.surface)
            for spec in self.specs
            if spec.least and spec.features.surface
        )

    def find(self, analysis: Analysis) -> tuple[Hit, ...]:
        """Return the longest match from every token."""
        tokens = analysis.fine_tokens if self.split == "A" else analysis.tokens
        found = []
        for start in range(len(tokens)):
            ends = self._ends(analysis, tokens, start)
            if ends:
                found.append(Hit(Span(tokens[start].start, tokens[max(ends) - 1].end), self.confidence))
        return tuple(found)

    def holds(self, analysis: Analysis, anchor: Span, within: str) -> bool:
        """Return whether the pattern stands in the scope of the anchor."""
        return holds_by_hits(self, analysis, anchor, within)

    def _ends(self, analysis: Analysis, tokens: list[Token], start: int) -> set[int]:
        """Return the indexes behind every match that starts with token ``start``."""
        sentence = analysis.sentence(tokens[start].start)
        states = {start}
        for spec in self.specs:
            after = set(states) if not spec.least else set()
            for count in range(1, spec.most + 1):
                states = {
                    at + 1
                    for index in states
                    for at in _places(tokens, index, start, sentence)
                    if fits(tokens[at], spec)
                }
                if count >= spec.least:
                    after |= states
                if not states:
                    break
            states = after
            if not states:
                break
        return states - {start}


def _places(tokens: list[Token], index: int, start: int, sentence: Span) -> list[int]:
    """Return the index of the next token, and of the one behind a soft line end, inside the sentence."""
    places = [index]
    # 文の中に残っている改行は、折り返しの改行である。
    if start < index < len(tokens) and tokens[index].surface == "\n" and tokens[index].end < sentence.end:
        places.append(index + 1)
    return [at for at in places if at < len(tokens) and tokens[at].end <= sentence.end]


def fits(token: Token, spec: TokenSpec) -> bool:
    """Return whether ``token`` is what ``spec`` asks for."""
    return _is(token, spec.features) and (spec.unlike is None or not _is(token, spec.unlike))


def _is(token: Token, features: Features) -> bool:
    for wanted, value in (
        (features.surface, token.surface),
        (features.dictionary, token.dictionary_form),
        (features.normalized, token.normalized_form),
        (features.reading, token.reading),
    ):
        if wanted and value not in wanted:
            return False
    return not features.pos or "-".join(token.pos).startswith(features.pos)
