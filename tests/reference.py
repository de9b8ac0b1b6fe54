"""The rule language a second time, slow and obvious, for tests to hold the engine against.

Every place where a condition may hold is found by trying: one recursion over the pattern yields every end, one at a
time.  There are no sets of states, no tables of first characters, no literals looked for beforehand and nothing kept
between two questions.  Folding, the tokenizer and the word lists of ``flamecheck.inflection`` are shared; how they
are used is written anew from docs/grammar.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

import regex
from reference_context import allows
from reference_disguise import columns, places, spellings, texts

from flamecheck.analysis import _LEADING, _PAIRS, _SOFT_AFTER, _SOFT_BEFORE, _TRAILING, MAX_QUOTE
from flamecheck.context import Context
from flamecheck.detectors.registry import detect
from flamecheck.document import Document
from flamecheck.grading import Confidence, Severity
from flamecheck.inflection import AUXILIARY_VERBS, BECOME, DOING, HONORIFIC, NEGATIONS, PREFIXES, STOPS
from flamecheck.normalize import fold
from flamecheck.report import Report
from flamecheck.rules.condition import (
    After,
    AllOf,
    AnyOf,
    Before,
    Condition,
    Count,
    Detector,
    Features,
    InContext,
    Inside,
    Near,
    Not,
    PartOf,
    Phrase,
    Regex,
    Tokens,
    TokenSpec,
    Weigh,
)
from flamecheck.rules.pattern import Edge, Gap, Group, Literal, PartOfSpeech, Sequence, Slot
from flamecheck.rules.rule import Case, Guard, Pack, Profile, Rule
from flamecheck.spans import MappedText, Span, compose
from flamecheck.tokens import Token, Tokenizer

Cues: TypeAlias = tuple[tuple[str, int, int, int], ...]
"""Id, weight, and where it stands (-1, -1 for one about the context)."""
Hit: TypeAlias = tuple[int, int, Confidence | None, Cues]
Place: TypeAlias = tuple[int, bool]
EMOJI = regex.compile(r"[\p{Extended_Pictographic}--\p{Emoji_Modifier}]", regex.VERSION1)
PASSAGE = 200
CLOSERS = '」』)】"”’'
TOPICS = ("は", "も", "など", "なんか", "なんて", "じゃ", "ちゃ")
TAKES_UP = (
    "と",
    "って",
    "という",
    "といった",
    "とか",
    "なんて",
    "など",
    "そんな",
    "こんな",
    "そういう",
    "こういう",
    "そのよう",
    "このよう",
)
SUPPORTS = ("為る", "有る", "御座る", "居る", "おる", "ます")


@dataclass(frozen=True)
class Row:
    """What must agree about a finding."""

    rule: str
    severity: Severity
    confidence: Confidence
    start: int
    end: int
    matched: str
    adjustments: tuple[tuple[str, int], ...]
    cues: Cues = ()
    dismissed: tuple[str, str] | None = None
    via: tuple[str, ...] = ()

    def disguised(self, profile: Profile, hops: set[str], *, column: bool) -> Row:
        """Return the row one grade graver and one step less sure, with how it was hidden; info for a column."""
        graver = Severity.INFO if column else Severity(min(Severity.CRITICAL, self.severity + 1))
        via = tuple(technique.label for technique in profile.techniques if technique.id in hops)
        return replace(self, severity=graver, confidence=Confidence(max(0, self.confidence - 1)), via=via)


def rows_of(report: Report) -> list[Row]:
    """Return a report of the engine in the same shape, findings first."""
    kept = [(finding, None) for finding in report.findings]
    gone = [(item.finding, (item.by, item.why)) for item in report.dismissed]
    return [
        Row(
            finding.rule_id,
            finding.severity,
            finding.confidence,
            finding.span.start,
            finding.span.end,
            finding.matched,
            tuple((adjustment.by, adjustment.steps) for adjustment in finding.adjustments),
            tuple((cue.id, cue.weight, *(cue.span or (-1, -1))) for cue in finding.cues),
            dismissed,
            finding.via,
        )
        for finding, dismissed in [*kept, *gone]
    ]


def reference(document: Document, pack: Pack, tokenizer: Tokenizer) -> list[Row]:
    """Return what the engine must report for ``document``, findings first, then what was dismissed."""
    reader = Reader(document, pack, tokenizer)
    running = [rule for rule in pack.rules if runs(rule, document.context)]
    rows = [row for rule in running for row in (*reader.rule(rule), *reader.hidden(rule))]

    def order(row: Row) -> tuple[bool, int, int, str]:
        return row.dismissed is not None, row.start, -(row.end - row.start), row.rule

    return sorted(rows, key=order)


def runs(rule: Rule, context: Context) -> bool:
    """Return whether a rule is tried: inside its days, undated posts always, and what it requires is known to hold."""
    today = context.posted_at.date().isoformat() if context.posted_at else None
    early = today and rule.valid_from and today < rule.valid_from.isoformat()
    late = today and rule.valid_to and today > rule.valid_to.isoformat()
    return not early and not late and (rule.requires is None or allows(rule.requires, context))


_ORNAMENT = regex.compile(
    r"[\p{Extended_Pictographic}♪★☆][\p{Emoji_Modifier}\ufe0f\u200d]*|\((笑|爆|汗|泣|涙|苦笑|爆笑|怒)\)|ww+(?![a-z0-9])|[w笑草](?![\p{L}\p{N}])"
)


class Reader:
    """One document, read naively."""

    def __init__(self, document: Document, pack: Pack, tokenizer: Tokenizer, folded: MappedText | None = None) -> None:
        self.document = document
        self.pack = pack
        self.tokenizer = tokenizer
        self.folded = fold(document.text) if folded is None else folded
        self.text = self.folded.text
        self.tokens = tokenizer.tokenize(self.text)
        self.fine = tokenizer.split(self.text)
        self.sentences = list(self._sentences())
        self.quotations = list(self._quotations())
        self.sure = Confidence.MEDIUM

    # --- the text ---

    def boundary(self, at: int, split: str) -> bool:
        """Return whether a token of the mode starts at ``at``, or the text ends there."""
        tokens = self.tokens + (self.fine if split == "A" else [])
        if at == len(self.text) or any(token.start == at for token in tokens):
            return True
        inside = [token for token in self.tokens if token.start < at < token.end and token.pos[0] == "補助記号"]
        return bool(inside) and bool(EMOJI.fullmatch(self.text[at]))

    def _soft(self, at: int) -> bool:
        """Return whether the line end at ``at`` may fall inside a sentence."""
        before, after = self.text[max(0, at - 1) : at], self.text[at + 1 : at + 2]
        return self.text[at : at + 1] == "\n" and bool(_SOFT_BEFORE.match(before) and _SOFT_AFTER.match(after))

    def _decorated(self, at: int) -> int:
        """Return where the marks, brackets, emoji and laughter that end a sentence at ``at`` are over."""
        while True:
            while self.text[at : at + 1] and self.text[at] in "。!?" + CLOSERS:
                at += 1
            rest = self.text[at:].lstrip(" \u3000")
            ornament = _ORNAMENT.match(rest)
            if not ornament:
                return at
            at += len(self.text[at:]) - len(rest) + ornament.end()

    def _sentences(self) -> Iterator[Span]:
        start = at = 0
        while at < len(self.text):
            if self.text[at] in "。!?":
                at = self._decorated(at)
                if self.text[at - 1] in "」』”" and self.text.startswith(("と", "って"), at):
                    continue
            elif self.text[at] == "\n" and not self._soft(at):
                at += 1
            else:
                at += 1
                continue
            yield Span(start, at)
            start = at
        if start < len(self.text) or start == 0:
            yield Span(start, len(self.text))

    def sentence(self, at: int) -> Span:
        """Return the sentence that holds the character at ``at``; the last one for the end of the text."""
        return next((s for s in self.sentences if s.start <= at < s.end), self.sentences[-1])

    def scope(self, anchor: Span, within: str) -> Span:
        """Return the post, the sentences from the first to the last character of ``anchor``, or the clause in them."""
        if within == "post":
            return Span(0, len(self.text))
        whole = Span(self.sentence(anchor.start).start, self.sentence(max(anchor.start, anchor.end - 1)).end)
        if within == "sentence":
            return whole
        start = max([whole.start, *(at for at in range(whole.start, anchor.start + 1) if self.cut(at, anchor))])
        return Span(start, min([whole.end, *(at for at in range(anchor.end, whole.end) if self.cut(at, anchor))]))

    def cut(self, at: int, anchor: Span) -> bool:
        """Return whether a clause ends at ``at``, for a reader who stands at ``anchor``."""
        if any(quote.start < at < quote.end and not quote.contains(anchor) for quote in self.quotations):
            return False
        before = [token for token in self.tokens if token.end <= at]
        behind = [token for token in self.tokens if token.start >= at]
        return self.boundary(at, "C") and bool(before and behind) and clause_ends(before, behind)

    def _quotations(self) -> Iterator[Span]:
        opened: list[int] = []
        straight: list[int] = []
        for at, char in enumerate(self.text):
            partners = [n for n, start in enumerate(opened) if _PAIRS[self.text[start]] == char]
            if char in _PAIRS:
                opened.append(at)
            elif char == '"':
                if straight and at - straight[-1] <= MAX_QUOTE and "\n" not in self.text[straight[-1] : at]:
                    yield Span(straight.pop(), at + 1)
                else:
                    straight = [at]
            elif partners:
                start = opened[partners[-1]]
                opened = opened[: partners[-1]]
                if at - start <= MAX_QUOTE:
                    yield Span(start, at + 1)

    def _hashtags(self) -> Iterator[Span]:
        at = 0
        while at < len(self.text):
            end = at + 1
            while (
                self.text[at] == "#" and end < len(self.text) and (self.text[end].isalnum() or self.text[end] in "_ー")
            ):
                end += 1
            if end > at + 1:
                yield Span(at, end)
            at = end

    # --- patterns ---

    def ends(self, phrase: Phrase, start: int) -> Iterator[int]:
        """Yield every end of ``phrase`` from ``start``, maybe more than once."""
        if self.boundary(start, phrase.split):
            for end, owed in self.sequence(phrase.pattern, start, False, start, phrase.split):
                if not owed and end > start and self.boundary(end, phrase.split):
                    yield end

    def sequence(self, nodes: Sequence, at: int, owed: bool, start: int, split: str) -> Iterator[Place]:
        """Yield where ``nodes`` may end from ``at``; ``owed``: a negation follows that the pattern has yet to write."""
        if not nodes:
            yield at, owed
            return
        node, rest = nodes[0], nodes[1:]
        for end, owes in self.node(node, at, owed, start, split):
            yield from self.sequence(rest, end, owes, start, split)

    def node(self, node: object, at: int, owed: bool, start: int, split: str) -> Iterator[Place]:
        if isinstance(node, Group):
            if node.optional:
                yield at, owed
            for option in node.options:
                yield from self.sequence(option, at, owed, start, split)
        elif isinstance(node, Gap):
            if not owed:
                yield from ((end, False) for end in range(at, at + node.limit + 1) if self.gap(at, end, start, split))
        elif isinstance(node, Edge):
            if node.start and self.at_start(at):
                yield at, owed
            if not node.start and not owed and self.at_end(at):
                yield at, owed
        else:
            for place in (at, at + 1) if at > start and self._soft(at) else (at,):
                yield from self.taking(node, place, start, split)

    def taking(self, node: object, at: int, start: int, split: str) -> Iterator[Place]:
        """Yield where an element that takes characters may end."""
        if isinstance(node, Literal):
            yield from self.literal(node, at)
        elif isinstance(node, PartOfSpeech):
            for token in self.tokens:
                if token.start == at and "-".join(token.pos).startswith(node.name):
                    yield token.end, False
        elif isinstance(node, Slot):
            lexicon = self.pack.lexicons[node.name]
            finer = "A" if "A" in (split, lexicon.split) else "C"
            if self.boundary(at, finer) and at < len(self.text):
                for entry in lexicon.entries:
                    for end, owed in self.sequence(entry.phrase.pattern, at, False, start, split):
                        if self.boundary(end, finer):
                            yield end, owed

    def at_start(self, at: int) -> bool:
        lead = self.text[self.sentence(at).start : at]
        return bool(_LEADING.fullmatch(lead))

    def at_end(self, at: int) -> bool:
        trail = self.text[at : self.sentence(max(0, at - 1)).end]
        return not trail or bool(_TRAILING.fullmatch(trail))

    def gap(self, at: int, end: int, start: int, split: str) -> bool:
        """Return whether a gap may run from ``at`` to ``end``."""
        inside = self.sentence(max(start, at - 1))
        return end <= len(self.text) and end <= inside.end and self.boundary(at, split) and self.boundary(end, split)

    def literal(self, node: Literal, at: int) -> Iterator[Place]:
        text = fold(node.text).text.replace("\n", "")
        if not node.inflects:
            yield from ((end, False) for end in self.characters(text, at, at))
            return
        words = self.tokenizer.tokenize(text)
        word = Word(words)
        for place in self.characters(text[: word.start], at, at):
            for inner in (place, place + 1) if place > at and self._soft(place) else (place,):
                for number, token in enumerate(self.tokens):
                    if token.start == inner:
                        for end in word.ends(self.tokens, number):
                            yield self.tokens[end - 1].end, negation_follows(self.tokens[end:])

    def characters(self, text: str, at: int, start: int) -> Iterator[int]:
        """Yield the end of ``text`` from ``at``; a soft line end between two of its characters is passed over."""
        if not text:
            yield at
        elif self.text[at : at + 1] == text[0]:
            yield from self.characters(text[1:], at + 1, start)
        elif at > start and self._soft(at) and self.text[at + 1 : at + 2] == text[0]:
            yield from self.characters(text[1:], at + 2, start)

    # --- conditions ---

    def hits(self, condition: Condition) -> Iterator[Hit]:
        """Yield every place where a condition that finds spans holds, from the left."""
        if isinstance(condition, Phrase):
            for start in range(len(self.text)):
                ends = list(self.ends(condition, start))
                if ends:
                    yield start, max(ends), condition.confidence, ()
        elif isinstance(condition, Tokens):
            yield from self.token_hits(condition)
        elif isinstance(condition, Regex):
            yield from self.expression_hits(condition)
        elif isinstance(condition, Count):
            for window in self.windows(condition.within):
                yield from self.counted(condition, window)
        elif isinstance(condition, Weigh):
            for window in self.windows(condition.within):
                yield from self.weighed(condition, window)
        elif isinstance(condition, Detector):
            # 検出器は関数そのものが定義なので、ここで書き直さない。
            for span, sure in detect(condition.name, self.text, self.document.context, condition.limits):
                if sure is None or sure >= condition.sure:
                    yield span.start, span.end, sure, ()
        elif isinstance(condition, AnyOf):
            for member in condition.members:
                if finds(member):
                    yield from self.hits(member)
        elif isinstance(condition, AllOf):
            anchor, *others = [member for member in condition.members if finds(member)]
            relations = [member for member in condition.members if not finds(member)]
            for hit in self.hits(anchor):
                yield from self.joined(condition, hit, others, relations)

    def joined(
        self, condition: AllOf, anchor: Hit, others: list[Condition], relations: list[Condition]
    ) -> Iterator[Hit]:
        """Yield the anchor with the nearest hit of every other member, when all hold."""
        at = Span(anchor[0], anchor[1])
        if not all(self.holds(relation, at, condition.within) for relation in relations):
            return
        low, high = at
        sure, cues = [anchor[2]], anchor[3]
        for other in others:
            apart = [
                hit for hit in self.hits_in(other, self.around(at, condition.within)) if not Span(*hit[:2]).overlaps(at)
            ]
            if not apart:
                return
            apart.sort(key=lambda hit: (at.gap(Span(*hit[:2])), *self.order(hit)))
            low, high = min(low, apart[0][0]), max(high, apart[0][1])
            sure.append(apart[0][2])
            cues += apart[0][3]
        yield low, high, asked(condition.confidence, sure), cues

    def windows(self, within: str) -> list[Span]:
        if within != "post":
            return self.sentences
        passages: list[list[Span]] = []
        for sentence in self.sentences:
            if passages and sentence.end - passages[-1][0].start <= PASSAGE:
                passages[-1].append(sentence)
            else:
                passages.append([sentence])
        return [Span(passage[0].start, passage[-1].end) for passage in passages]

    def around(self, anchor: Span, within: str) -> Span:
        """Return the scope; in a long post, the sentences at most half a passage away from those of ``anchor``."""
        own = self.scope(anchor, "sentence")
        if within != "post" or len(self.text) <= PASSAGE:
            return self.scope(anchor, within)
        near = [s for s in self.sentences if s.start >= own.start - PASSAGE // 2 and s.end <= own.end + PASSAGE // 2]
        return Span(min(s.start for s in [own, *near]), max(s.end for s in [own, *near]))

    def token_hits(self, condition: Tokens) -> Iterator[Hit]:
        """Yield the longest run of tokens from every token, in one sentence."""
        tokens = self.fine if condition.split == "A" else self.tokens
        for number, token in enumerate(tokens):
            inside = [t for t in tokens[number:] if t.end <= self.sentence(token.start).end]
            ends = [end for end in self.runs(list(condition.specs), inside, first=True) if end > token.start]
            if ends:
                yield token.start, max(ends), condition.confidence, ()

    def runs(self, specs: list[TokenSpec], rest: list[Token], *, first: bool = False, end: int = -1) -> Iterator[int]:
        """Yield where tokens that fit ``specs`` may end; a soft line end before a token is passed over."""
        if not specs:
            yield end
            return
        spec = specs[0]
        if spec.least == 0:
            yield from self.runs(specs[1:], rest, first=first, end=end)
        if not rest or spec.most == 0:
            return
        less = TokenSpec(spec.features, spec.unlike, max(0, spec.least - 1), spec.most - 1)
        starts = [rest]
        if not first and rest[0].surface == "\n" and self._soft(rest[0].start):
            starts.append(rest[1:])
        for here in starts:
            if here and is_like(here[0], spec.features) and not (spec.unlike and is_like(here[0], spec.unlike)):
                yield from self.runs([less, *specs[1:]], here[1:], end=here[0].end)

    def expression_hits(self, condition: Regex) -> Iterator[Hit]:
        """Yield the matches of a regular expression over its view, as spans of the folded text."""
        whole = self.text.replace("\n", "")
        if condition.literals and not any(fold(literal).text in whole for literal in condition.literals):
            return
        if condition.view == "folded":
            pieces = [(at, at + 1, char) for at, char in enumerate(self.text)]
        elif condition.view == "written":
            pieces = self.written_pieces()
        else:
            pieces = [(t.start, t.end, self.form(t, condition.view)) for t in self.tokens]
        view = "".join(piece for _, _, piece in pieces)
        owner = [number for number, (_, _, piece) in enumerate(pieces) for _ in piece]
        for match in regex.finditer(condition.pattern, view):
            own = [pieces[number] for number in owner[match.start() : match.end()]]
            own = [piece for piece in own if piece[1] > piece[0]]
            if own:
                yield own[0][0], own[-1][1], condition.confidence, ()

    @staticmethod
    def form(token: Token, view: str) -> str:
        if view == "reading":
            return token.reading or token.surface
        return (token.dictionary_form if view == "dictionary" else token.normalized_form) + " "

    def written_pieces(self) -> list[tuple[int, int, str]]:
        """Return every character as written, with where it stands in the folded text."""
        edits = {edit.old.start: edit for edit in self.folded.alignment.edits if edit.old.length}
        pieces, at, folded = [], 0, 0
        while at < len(self.document.text):
            edit = edits.get(at)
            if edit is None:
                pieces.append((folded, folded + 1, self.document.text[at]))
                at, folded = at + 1, folded + 1
            else:
                pieces.append((edit.new.start, edit.new.end, self.document.text[edit.old.start : edit.old.end]))
                at, folded = edit.old.end, edit.new.end
        return pieces

    def counted(self, condition: Count, window: Span) -> Iterator[Hit]:
        """Yield one hit when enough, and not too many, hits that do not overlap lie in the window."""
        counted: list[Hit] = []
        for hit in sorted(
            (hit for member in condition.members for hit in self.hits_in(member, window)), key=self.order
        ):
            if not counted or hit[0] >= counted[-1][1]:
                counted.append(hit)
        if condition.distinct:
            per_member = [sorted(self.hits_in(member, window), key=self.order) for member in condition.members]
            counted = [hits[0] for hits in per_member if hits]
        if counted and condition.least <= len(counted) <= (condition.most or len(counted)):
            low, high = min(hit[0] for hit in counted), max(hit[1] for hit in counted)
            yield low, high, asked(condition.confidence, [hit[2] for hit in counted]), ()

    def weighed(self, condition: Weigh, window: Span) -> Iterator[Hit]:
        """Yield one hit when the weights of the cues in the window reach the threshold."""
        cues: list[tuple[str, int, int, int]] = []
        for cue in condition.cues:
            if isinstance(cue.match, InContext):
                if allows(cue.match.when, self.document.context):
                    cues.append((cue.id, cue.weight, -1, -1))
            else:
                first = sorted(self.hits_in(cue.match, window), key=self.order)[:1]
                cues += [(cue.id, cue.weight, hit[0], hit[1]) for hit in first]
        speaking = [cue for cue in cues if cue[1] > 0 and cue[2] >= 0]
        total = sum(cue[1] for cue in cues)
        if speaking and total >= condition.threshold:
            cues += [("just-enough", 0, -1, -1)] if total == condition.threshold else []
            yield min(cue[2] for cue in speaking), max(cue[3] for cue in speaking), condition.confidence, tuple(cues)

    def order(self, hit: Hit) -> tuple[int, int, int, tuple[tuple[str, int], ...]]:
        """Sort hits: the earlier, the longer, the surer; without a confidence of its own it has the rule's."""
        return hit[0], -hit[1], -(self.sure if hit[2] is None else hit[2]), tuple(cue[:2] for cue in hit[3])

    def hits_in(self, condition: Condition, scope: Span) -> Iterator[Hit]:
        yield from (hit for hit in self.hits(condition) if scope.contains(Span(*hit[:2])))

    def holds(self, condition: Condition, anchor: Span, within: str) -> bool:
        """Return whether a condition holds for ``anchor``."""
        if isinstance(condition, Not):
            return not self.holds(condition.member, anchor, within)
        if isinstance(condition, AnyOf):
            return any(self.holds(member, anchor, within) for member in condition.members)
        if isinstance(condition, AllOf) and not finds(condition):
            return all(self.holds(member, anchor, condition.within) for member in condition.members)
        if isinstance(condition, Near):
            return any(self.near(condition, member, anchor) for member in condition.members)
        if isinstance(condition, InContext):
            return allows(condition.when, self.document.context)
        if isinstance(condition, After):
            return any(self.follows(phrase, condition, anchor) for phrase in condition.patterns)
        if isinstance(condition, Before):
            return any(self.precedes(phrase, condition, anchor) for phrase in condition.patterns)
        if isinstance(condition, Inside):
            spans = self.enclosures(condition.kind)
            after = condition.after
            return any(
                span.contains(anchor) and (after is None or any(self.follows(p, after, span) for p in after.patterns))
                for span in spans
            )
        if isinstance(condition, PartOf):
            return any(Span(*hit[:2]).contains(anchor) for phrase in condition.patterns for hit in self.hits(phrase))
        return any(True for _ in self.hits_in(condition, self.scope(anchor, within)))

    def enclosures(self, kind: str) -> list[Span]:
        if kind == "quotation":
            return self.quotations
        if kind == "hashtag":
            return list(self._hashtags())
        found = []
        for region in self.document.regions:
            own = [p for p in self.placed() if region.kind == kind and region.span.overlaps(Span(p[0], p[1]))]
            found += [Span(own[0][2], own[-1][3])] if own else []
        return found

    def placed(self) -> Iterator[tuple[int, int, int, int]]:
        """Yield every piece as written: its start and end there, and in the folded text."""
        at = 0
        for low, high, piece in self.written_pieces():
            yield at, at + len(piece), low, high
            at += len(piece)

    def near(self, condition: Near, member: Condition, anchor: Span) -> bool:
        if condition.within != "tokens":
            return self.holds(member, anchor, condition.within)
        return any(self.distance(anchor, Span(*hit[:2])) <= condition.tokens for hit in self.hits(member))

    def distance(self, one: Span, other: Span) -> int:
        """Return how many tokens start between the end of the first and the start of the second span."""
        first, second = (one, other) if one <= other else (other, one)
        return sum(first.end <= token.start < second.start for token in self.tokens)

    def follows(self, phrase: Phrase, condition: After, anchor: Span) -> bool:
        if condition.within is None:
            ends = list(self.next_to(phrase, anchor.end))
        else:
            scope = self.scope(anchor, condition.within)
            ends = [end for start, end, *_ in self.hits_in(phrase, scope) if start >= anchor.end]
        return any(not any(list(self.next_to(stop, end)) for stop in condition.but_not) for end in ends)

    def next_to(self, phrase: Phrase, at: int) -> Iterator[int]:
        """Yield every end of ``phrase`` from ``at``, or from behind a soft line end there."""
        yield from self.ends(phrase, at)
        if self._soft(at):
            yield from self.ends(phrase, at + 1)

    def precedes(self, phrase: Phrase, condition: Before, anchor: Span) -> bool:
        if condition.within is None:
            soft = [anchor.start - 1] if anchor.start and self._soft(anchor.start - 1) else []
            return any(
                end in (anchor.start, *soft) for start in range(anchor.start) for end in self.ends(phrase, start)
            )
        return any(hit[1] <= anchor.start for hit in self.hits_in(phrase, self.scope(anchor, condition.within)))

    # --- rules ---

    def rule(self, rule: Rule) -> Iterator[Row]:
        """Yield the findings of one rule: from the left, the longest, no overlaps; of equal spans the surest."""
        for row, _ in self.anchored(rule):
            yield row

    def anchored(self, rule: Rule) -> Iterator[tuple[Row, Span]]:
        """Yield the findings, each with where it stands in the text that was read."""
        done = -1
        self.sure = rule.confidence
        for start, end, sure, cues in sorted(self.hits(rule.match), key=self.order):
            if start >= done:
                done = end
                anchor = Span(start, end)
                yield self.row(rule, anchor, rule.confidence if sure is None else sure, cues), anchor

    def hidden(self, rule: Rule) -> Iterator[Row]:
        """Yield the findings of one rule that only hold once its hidden words are written plainly."""
        if rule.disguise is None:
            return
        profile = rule.disguise.profile
        found = [one for word, _ in rule.disguise.words for one in spellings(word, profile, self.tokenizer)]
        known = [Span(row.start, row.end) for row in self.rule(rule)]
        readers = [self, *(self.read_as(column) for column in columns(self.text, self.sentences))]
        for number, reader in enumerate(readers):
            leads = {end for lead in profile.leads for at in range(len(reader.text)) for end in reader.ends(lead, at)}
            several = places(reader.text, reader.tokens, found, profile, leads, reader.sentences, column=bool(number))
            for plain, spots in texts(reader.text, several):
                again = reader.read_as(plain)
                rows = []
                for row, anchor in again.anchored(rule):
                    hops = {name for span, names in spots if span.overlaps(anchor) for name in names}
                    if hops and not any(Span(row.start, row.end).overlaps(span) for span in known):
                        rows.append(row.disguised(profile, hops, column=bool(number)))
                known += [Span(row.start, row.end) for row in rows]
                yield from rows

    def read_as(self, other: MappedText) -> Reader:
        return Reader(self.document, self.pack, self.tokenizer, compose(self.folded, other))

    def row(self, rule: Rule, anchor: Span, sure: Confidence, cues: Cues) -> Row:
        acted = [(guard, case) for guard in rule.guards for case in self.acting(guard, anchor)]
        steps = tuple((guard.id, case.steps) for guard, case in acted if case.steps is not None)
        cancelled = [(guard.id, case.why) for guard, case in acted if case.steps is None]
        span = self.folded.to_source(anchor)
        grade = min(Severity.CRITICAL, max(Severity.INFO, rule.severity + sum(step for _, step in steps)))
        if grade > Severity.LOW and any(name == "just-enough" and not weight for name, weight, _, _ in cues):
            steps += (("just-enough", Severity.LOW - grade),)
            grade = Severity.LOW
        return Row(
            rule.id,
            Severity(grade),
            sure,
            span.start,
            span.end,
            self.document.text[span.start : span.end],
            steps,
            tuple(
                (name, weight, *(self.folded.to_source(Span(low, high)) if low >= 0 else (low, high)))
                for name, weight, low, high in cues
            ),
            cancelled[0] if cancelled else None,
        )

    def acting(self, guard: Guard, anchor: Span) -> list[Case]:
        """Return the first case that holds, in a list, or nothing."""
        return [case for case in guard.cases if self.applies(case, anchor)][:1]

    def applies(self, case: Case, anchor: Span) -> bool:
        in_time = case.when is None or allows(case.when, self.document.context)
        return in_time and (case.match is None or self.holds(case.match, anchor, "sentence"))


def asked(own: Confidence | None, members: list[Confidence | None]) -> Confidence | None:
    """Return a condition's own confidence, or else the lowest that a member asks for."""
    return own if own is not None else min((item for item in members if item is not None), default=None)


def is_like(token: Token, features: Features) -> bool:
    """Return whether a token is one of what each given feature lists."""
    pairs = [
        (features.surface, token.surface),
        (features.dictionary, token.dictionary_form),
        (features.normalized, token.normalized_form),
        (features.reading, token.reading),
    ]
    tag = "-".join(token.pos)
    return all(value in wanted for wanted, value in pairs if wanted) and (
        not features.pos or any(tag.startswith(name) for name in features.pos)
    )


def finds(condition: Condition) -> bool:
    """Return whether a condition finds spans by itself."""
    if isinstance(condition, AnyOf):
        return all(finds(member) for member in condition.members)
    if isinstance(condition, AllOf):
        return any(finds(member) for member in condition.members)
    return isinstance(condition, (Phrase, Detector, Tokens, Regex, Count, Weigh))


def pauses(token: Token) -> bool:
    """Return whether the token is a comma, a space or another mark, but no bracket."""
    return token.pos[0] in ("補助記号", "空白") and token.pos[1] not in ("括弧開", "括弧閉")


def clause_ends(before: list[Token], behind: list[Token]) -> bool:
    """Return whether a clause ends between two tokens: every pause belongs to the clause before it."""
    paused: list[str] = []
    while before and pauses(before[-1]):
        paused.insert(0, before[-1].surface)
        before = before[:-1]
    if not before or pauses(behind[0]):
        return False
    if before[-1].surface == "も" and len(before) > 1 and before[-2].surface == "けれど":
        before = before[:-1]
    last, word = before[-1], before[-1].surface
    conjunctive = last.pos[1] == "接続助詞"
    if conjunctive and word in ("が", "けど", "けれど", "から", "し"):
        return True
    if len(before) > 1 and before[-2].pos[1] == "準体助詞" and word in ("で", "に"):
        following = paused[0] if paused else behind[0].surface
        return following not in ("は", "も", "な", "ない", "無い", "ある", "有る", "あろ", "あり")
    if not paused:
        return False
    if word == "の" and len(before) > 1 and before[-2].surface == "もの":
        return True
    if word in ("て", "で", "ば", "と", "たら", "だら", "なら") and (conjunctive or last.pos[0] == "助動詞"):
        return True
    form = last.pos[5].split("-")[0] if len(last.pos) > 5 else ""
    if form == "連用形":
        return paused[0] != "\n"
    if form not in ("終止形", "意志推量形", "命令形") and last.pos[1] != "終助詞":
        return False
    if behind[0].surface in TAKES_UP:
        return False
    return paused[0] != "\n" or last.pos[0] == "助動詞" or last.pos[1] == "終助詞"


class Word:
    """The inflecting word at the end of a literal."""

    def __init__(self, tokens: list[Token]) -> None:
        last = tokens[-1]
        self.forms = (last.surface, last.dictionary_form, last.normalized_form)
        self.start = last.start
        self.noun = ""
        self.stems: list[str] = []
        if last.normalized_form == "為る" and len(tokens) > 1 and "サ変可能" in tokens[-2].pos:
            self.noun, self.start = tokens[-2].surface, tokens[-2].start
        elif last.dictionary_form.endswith("する") and len(last.dictionary_form) > 2 and "サ行変格" in last.pos[4]:
            self.stems = [last.dictionary_form.removesuffix("する")]
        elif last.pos[0] == "動詞" and "一段" in last.pos[4]:
            self.stems = [last.dictionary_form[:-1]]
        elif last.pos[0] == "動詞" and last.pos[4].startswith("五段"):
            row = "うくぐすつぬぶむる".index(last.dictionary_form[-1])
            self.stems = [last.dictionary_form[:-1] + "いきぎしちにびみり"[row]]

    def is_it(self, token: Token) -> bool:
        return token.dictionary_form in self.forms or token.normalized_form in self.forms

    def ends(self, tokens: list[Token], at: int) -> Iterator[int]:
        """Yield the index behind the longest run from token ``at``; at most one."""
        heads = sorted(self.heads(tokens, at))
        if heads:
            yield max(end for end in range(heads[-1], len(tokens) + 1) if is_run(tokens[heads[-1] : end]))

    def heads(self, tokens: list[Token], at: int) -> Iterator[int]:
        """Yield the index behind the word itself and what makes it polite."""
        for length in range(1, 7):
            some = tokens[at : at + length]
            if len(some) == length and self.is_head(some) and not self.is_inner(tokens, at):
                yield at + length

    def is_inner(self, tokens: list[Token], at: int) -> bool:
        """Return whether the verb at ``at`` is the middle of お…になる and its like, which starts at the お."""
        if self.noun or not at or not self.is_it(tokens[at]) or tokens[at - 1].surface not in PREFIXES:
            return False
        return any(is_polite(tokens[at + 1 : at + 1 + length]) for length in range(1, 4))

    def is_head(self, some: list[Token]) -> bool:
        first, rest = some[0], some[1:]
        if self.noun:
            prefixed = first.surface in PREFIXES
            noun, *after = rest if prefixed and rest else some
            if noun.surface != self.noun:
                whole = noun.dictionary_form == self.noun + "する" and noun.surface.startswith(self.noun)
                return whole and not after
            if after and after[0].surface == "を":
                return len(after) == 2 and after[1].normalized_form in DOING
            plain = len(after) == 1 and (self.is_it(after[0]) or after[0].normalized_form in HONORIFIC)
            return plain or (prefixed and is_polite(after))
        if not rest:
            return self.is_it(first)
        if self.is_it(first):
            return False
        if first.surface in PREFIXES and (rest[0].surface in self.stems or self.is_it(rest[0])):
            return is_polite(rest[1:])
        return first.surface[:1] in PREFIXES and first.surface[1:] in self.stems and is_polite(rest)


def is_polite(some: list[Token]) -> bool:
    """Return whether these are ［に］なる, or する and its like."""
    if len(some) == 3 and some[1].surface in ("は", "も"):
        some = [some[0], some[2]]
    if len(some) == 2:
        return some[0].surface == "に" and some[1].normalized_form in BECOME
    return len(some) == 1 and some[0].normalized_form in HONORIFIC


def is_run(some: list[Token]) -> bool:
    """Return whether tokens are auxiliaries and て + auxiliary verb, one after the other; no negation, no たら."""
    if not some:
        return True
    first = some[0]
    if first.surface in STOPS or negates(first):
        return False
    if first.pos[0] == "助動詞":
        return is_run(some[1:])
    te = first.surface in ("て", "で") and first.pos[1] == "接続助詞"
    return te and len(some) > 1 and some[1].normalized_form in AUXILIARY_VERBS and is_run(some[2:])


def negates(token: Token) -> bool:
    return token.normalized_form in NEGATIONS and token.pos[0] in ("助動詞", "形容詞")


def negation_follows(rest: list[Token]) -> bool:
    """Return whether ``rest`` begins with a negation of what stood before: ない, はしない, てはいない, くはありません."""
    if rest and rest[0].surface in ("て", "で", "ては", "では", "ても", "でも", "たり", "だり"):
        rest = rest[1:]
    if rest and rest[0].surface in TOPICS:
        rest = rest[1:]
    while rest and rest[0].normalized_form in SUPPORTS:
        rest = rest[1:]
    return bool(rest) and negates(rest[0])
