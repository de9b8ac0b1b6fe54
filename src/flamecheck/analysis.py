"""One document, read once and lazily: folded text, sentences, brackets, hashtags, tokens.

Everything here counts code points of the folded text; ``to_text`` leads a span back to the text as written.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import Any, Final

import regex

from flamecheck.clauses import clause_cuts
from flamecheck.context import Context
from flamecheck.document import Document
from flamecheck.normalize import fold
from flamecheck.spans import Alignment, MapBuilder, MappedText, Span, compose
from flamecheck.tokens import Token, Tokenizer

# 文の終わりの記号に続く絵文字や（笑）は、前の文の飾り。
_STOP: Final = regex.compile(
    r"[。!?]+(?:[」』)】\"”’。!?]|[ \u3000]*(?:[\p{Extended_Pictographic}♪★☆][\p{Emoji_Modifier}\uFE0F\u200D]*"
    r"|\((?:笑|爆|汗|泣|涙|苦笑|爆笑|怒)\)|ww+(?![a-z0-9])|[w笑草](?![\p{L}\p{N}])))*+|\n"
)
# 「…。」と言う、「…！」って何、のように続くとき、文はまだ終わらない。
_QUOTED: Final = regex.compile(r"(?<=[」』”])(?:と|って)")
# 行の終わりが文の切れ目でないのは、仮名・漢字・読点で切れて、次の行も語の途中のように始まるときだけ。
_SOFT_BEFORE: Final = regex.compile(r"[\p{Hiragana}\p{Katakana}\p{Han}ー々、]")
_SOFT_AFTER: Final = regex.compile(r"[\p{Hiragana}\p{Katakana}\p{Han}「『]")
_TRAILING: Final = regex.compile(
    r"(?:[\s。.!?、〜~ー♪★☆…」』)】\"”’]|\p{Extended_Pictographic}|[w笑草](?![\p{L}\p{N}])"
    r"|\((?:笑|爆|汗|泣|涙|苦笑|爆笑|怒)\))+\Z"
)
_LEADING: Final = regex.compile(r"[\s「『(【\"“‘・■◆●★☆※>＞\-]*")
_EMOJI: Final = regex.compile(r"[\p{Extended_Pictographic}--\p{Emoji_Modifier}]", regex.VERSION1)
_HASHTAG: Final = regex.compile(r"#[\p{L}\p{N}_ー]+")
_PAIRS: Final = {"「": "」", "『": "』", "“": "”", "‘": "’", "《": "》", "〈": "〉"}
MAX_QUOTE: Final = 2000
PASSAGE: Final = 200
"""Code points within which words still speak of one thing: a post on X has room for 140, an article is no post."""


def _end(span: Span) -> int:
    return span.end


class Analysis:
    """Lives for one screening; tokens are made on first use."""

    def __init__(self, document: Document, tokenizer: Tokenizer, folded: MappedText | None = None) -> None:
        """Fold the text, unless that was done; nothing else is computed yet."""
        self.document = document
        self.folded = fold(document.text) if folded is None else folded
        self.text = self.folded.text
        self.cache: dict[int, Any] = {}
        self.entries: dict[tuple[int, int, str, bool], tuple[tuple[int, bool], ...]] = {}
        """Where entries of a lexicon (by ``id``) that start at an offset end, by split and whether the walk starts there."""
        self.gates: Mapping[int, int] = {}
        self.true: AbstractSet[int] = frozenset()
        self._views: dict[str, MappedText] = {}
        self._tokenizer = tokenizer

    @property
    def context(self) -> Context:
        """Return the context of the post."""
        return self.document.context

    def gate(self, gates: Mapping[int, int], true: AbstractSet[int]) -> None:
        """Let matchers (by ``id``) whose promise is a node that is not ``true`` of the text find nothing, unasked."""
        self.gates, self.true = gates, true

    def read_as(self, other: MappedText) -> Analysis:
        """Return the same document with ``other``, made from the folded text, read in its place."""
        return Analysis(self.document, self._tokenizer, compose(self.folded, other))

    def to_text(self, span: Span) -> Span:
        """Return where a span of the folded text stands in the text as the user wrote it."""
        return self.folded.to_source(span)

    @cached_property
    def tokens(self) -> list[Token]:
        """Canonical tokens of mode C."""
        return self._tokenizer.tokenize(self.text)

    @cached_property
    def fine_tokens(self) -> list[Token]:
        """Canonical tokens of mode A."""
        return self._tokenizer.split(self.text)

    @cached_property
    def index(self) -> dict[int, int]:
        """Start offset → index, for tokens of mode C."""
        return {token.start: number for number, token in enumerate(self.tokens)}

    @cached_property
    def starts(self) -> list[int]:
        """Return the start of each token of mode C, ascending."""
        return [token.start for token in self.tokens]

    @cached_property
    def _edges(self) -> tuple[list[int], frozenset[int]]:
        edges = [at for token in self.tokens for at in self._inner(token)] + [len(self.text)]
        return edges, frozenset(edges)

    def _inner(self, token: Token) -> list[int]:
        """Return the start of the token and, in a run of emoji, which is one token, the start of each of them."""
        if token.end - token.start == 1 or token.pos[0] != "補助記号":
            return [token.start]
        return [token.start, *(at for at in range(token.start + 1, token.end) if _EMOJI.match(self.text[at]))]

    @cached_property
    def _fine_edges(self) -> tuple[list[int], frozenset[int]]:
        both = sorted({token.start for token in self.fine_tokens} | self._edges[1])
        return both, frozenset(both)

    @cached_property
    def _starts_of(self) -> dict[str, tuple[dict[str, list[int]], dict[str, list[int]]]]:
        return {}

    def starts_of(self, split: str) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
        """Return the token boundaries by the character that follows, and token starts by dictionary and normalised form."""
        if split not in self._starts_of:
            chars: dict[str, list[int]] = {}
            for at in self.edges(split)[0]:
                if at < len(self.text):
                    chars.setdefault(self.text[at], []).append(at)
            forms: dict[str, list[int]] = {}
            for token in self.tokens:
                forms.setdefault(token.dictionary_form, []).append(token.start)
                if token.normalized_form != token.dictionary_form:
                    forms.setdefault(token.normalized_form, []).append(token.start)
            self._starts_of[split] = chars, forms
        return self._starts_of[split]

    @cached_property
    def _tagged(self) -> dict[str, dict[int, int]]:
        return {}

    def tagged(self, name: str) -> dict[int, int]:
        """Return start → end of each token of mode C whose part of speech, joined by ``-``, starts with ``name``."""
        if name not in self._tagged:
            self._tagged[name] = {
                token.start: token.end for token in self.tokens if "-".join(token.pos).startswith(name)
            }
        return self._tagged[name]

    def edges(self, split: str) -> tuple[list[int], frozenset[int]]:
        """Return the token boundaries, as an ascending list and as a set; mode A adds to mode C."""
        return self._fine_edges if split == "A" else self._edges

    @cached_property
    def sentences(self) -> list[Span]:
        """Sentences, which tile the text: after 。！？ with what closes and decorates, and at a line end not soft.

        A quotation that と or って takes up does not end its sentence.
        """
        text, start, found = self.text, 0, []
        for stop in _STOP.finditer(text):
            end = stop.end()
            if self._soft(stop.start()) if stop.group() == "\n" else _QUOTED.match(text, end):
                continue
            if end > start:
                found.append(Span(start, end))
                start = end
        if start < len(text) or not found:
            found.append(Span(start, len(text)))
        return found

    def beside(self, at: int) -> tuple[int, ...]:
        """Return ``at``, and the place behind the soft line end there, if one is there."""
        return (at, at + 1) if self.text[at : at + 1] == "\n" and self._soft(at) else (at,)

    def _soft(self, at: int) -> bool:
        text = self.text
        return bool(at and _SOFT_BEFORE.match(text[at - 1]) and at + 1 < len(text) and _SOFT_AFTER.match(text[at + 1]))

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    def sentence(self, offset: int) -> Span:
        """Return the sentence that holds the code point at ``offset``."""
        return self.sentences[max(0, bisect_right(self._sentence_starts, offset) - 1)]

    def scope(self, anchor: Span, within: str) -> Span:
        """Return the clause(s) or the sentence(s) of ``anchor``, or the whole post."""
        if within == "post":
            return Span(0, len(self.text))
        if within == "clause":
            return self.clause(anchor)
        return self.sentence(anchor.start).hull(self.sentence(max(anchor.start, anchor.end - 1)))

    def clause(self, anchor: Span) -> Span:
        """Return the stretch of the sentence(s) of ``anchor`` between the nearest cuts on either side of it.

        A cut inside a quotation that does not hold ``anchor`` cuts only what is quoted, so it does not count.
        """
        scope = self.scope(anchor, "sentence")
        cuts = self.clause_cuts
        before = range(bisect_right(cuts, anchor.start) - 1, -1, -1)
        start = next((cuts[at] for at in before if cuts[at] <= scope.start or self._cuts(cuts[at], anchor)), 0)
        behind = range(bisect_left(cuts, anchor.end), len(cuts))
        end = next((cuts[at] for at in behind if cuts[at] >= scope.end or self._cuts(cuts[at], anchor)), scope.end)
        return Span(max(scope.start, start), min(scope.end, end))

    @cached_property
    def clause_cuts(self) -> list[int]:
        """Return the offsets where a clause ends and the next begins, for a reader inside every quotation."""
        return clause_cuts(self.tokens)

    def _cuts(self, cut: int, anchor: Span) -> bool:
        return all(quote.contains(anchor) for quote in self.quotations if quote.start < cut < quote.end)

    def windows(self, within: str) -> list[Span]:
        """Return the stretches in which ``count`` and ``weigh`` look: every sentence, or the post, by passages."""
        return self.passages if within == "post" else self.sentences

    @cached_property
    def passages(self) -> list[Span]:
        """Sentences put together, as many as fit into ``PASSAGE`` code points; a post that fits is one passage."""
        found = [self.sentences[0]]
        for sentence in self.sentences[1:]:
            if sentence.end - found[-1].start <= PASSAGE:
                found[-1] = found[-1].hull(sentence)
            else:
                found.append(sentence)
        return found

    def around(self, anchor: Span, within: str) -> Span:
        """Return the scope in which ``all`` looks for its members: in a post that is no passage, what is near.

        Near are the sentences that end or start at most half a passage away from those of ``anchor``.
        """
        if within != "post" or len(self.text) <= PASSAGE:
            return self.scope(anchor, within)
        own = self.scope(anchor, "sentence")
        first = bisect_left(self._sentence_starts, own.start - PASSAGE // 2)
        last = bisect_right(self.sentences, own.end + PASSAGE // 2, key=_end) - 1
        return Span(self.sentences[first].start, self.sentences[last].end)

    def at_sentence_start(self, offset: int) -> bool:
        """Return whether only brackets, bullets and spaces stand before ``offset`` in its sentence."""
        return offset <= self.lead_end(self.sentence(offset))

    def lead_end(self, sentence: Span) -> int:
        """Return where the brackets, bullets and spaces at the start of ``sentence`` are over."""
        lead = _LEADING.match(self.text, sentence.start, sentence.end)
        return lead.end() if lead else sentence.start

    def at_sentence_end(self, offset: int) -> bool:
        """Return whether only end marks, emoji, laughter and spaces follow ``offset`` in its sentence."""
        sentence = self.sentence(max(0, offset - 1))
        return offset >= sentence.end or bool(_TRAILING.match(self.text, offset, sentence.end))

    @cached_property
    def quotations(self) -> list[Span]:
        """Return the spans of bracketed quotations, brackets included; unclosed ones are none."""
        found: list[Span] = []
        stack: list[tuple[str, int]] = []
        straight: int | None = None
        for at, char in enumerate(self.text):
            if char in _PAIRS:
                stack.append((_PAIRS[char], at))
            elif char == '"':
                if straight is None or at - straight > MAX_QUOTE or "\n" in self.text[straight:at]:
                    straight = at
                else:
                    found.append(Span(straight, at + 1))
                    straight = None
            elif stack and any(close == char for close, _ in stack[-8:]):
                while stack[-1][0] != char:
                    stack.pop()
                start = stack.pop()[1]
                if at - start <= MAX_QUOTE:
                    found.append(Span(start, at + 1))
        return sorted(found)

    @cached_property
    def hashtags(self) -> list[Span]:
        """Return the spans of hashtags, the sign included."""
        return [Span(*match.span()) for match in _HASHTAG.finditer(self.text)]

    @cached_property
    def _to_folded(self) -> Alignment:
        return self.folded.alignment.inverse()

    @cached_property
    def regions(self) -> dict[str, list[Span]]:
        """Return where each kind of region of the document stands in the folded text."""
        found: dict[str, list[Span]] = {}
        for region in self.document.regions:
            found.setdefault(region.kind, []).append(self._to_folded.to_old(region.span))
        return found

    def enclosures(self, kind: str) -> list[Span]:
        """Return the quotations, hashtags or regions of ``kind``."""
        if kind == "quotation":
            return self.quotations
        return self.hashtags if kind == "hashtag" else self.regions.get(kind, [])

    def view(self, name: str) -> MappedText:
        """Return a view of the text, mapped to the folded text.

        ``folded``; ``written`` (before the fold); ``reading``, ``dictionary``, ``normalized``: that form of each token
        of mode C, the last two with a space behind each token.  A match inside a token's form is a match of the token.
        """
        if name not in self._views:
            self._views[name] = self._view(name)
        return self._views[name]

    def _view(self, name: str) -> MappedText:
        if name == "folded":
            return MappedText(self.text, Alignment())
        if name == "written":
            return MappedText(self.document.text, self._to_folded)
        builder = MapBuilder()
        for token in self.tokens:
            forms = {
                "reading": token.reading or token.surface,
                "dictionary": token.dictionary_form + " ",
                "normalized": token.normalized_form + " ",
            }
            builder.replace(token.end - token.start, forms[name])
        return builder.build()

    def token_distance(self, one: Span, other: Span) -> int:
        """Return how many tokens of mode C lie between two spans; 0 when they touch or overlap."""
        first, second = sorted((one, other))
        between = bisect_right(self.starts, second.start - 1) - bisect_right(
            self.starts, max(first.start, first.end - 1)
        )
        return max(0, between)
