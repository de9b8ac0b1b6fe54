r"""Pattern text → syntax tree.  The pattern is parsed before folding; its literals are folded when compiled.

    pattern  = sequence ;
    sequence = { element } ;
    element  = literal [ "~" ] | group [ "?" ] | slot [ "?" ] | pos [ "?" ] | gap | "^" | "$" ;
    group    = "(" sequence { "|" sequence } ")" ;
    slot     = "<" lexicon-name ">" ;
    pos      = "{" part-of-speech "}" ;
    gap      = "…" [ "{" number "}" ] ;
    literal  = character { character } ;        (a metacharacter is written with "\" before it)

``X~`` means X in any inflection; ``X`` is the last word of the literal before ``~``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from flamecheck.spans import Span

GAP_DEFAULT = 12
GAP_MOST = 40
_META = "(|)?~…<>{}^$\\"
_PLAIN = re.compile(r"[^(|)?~…<>{}^$\\]+")


@dataclass(slots=True, frozen=True)
class Literal:
    """Characters that must stand in the text; with ``inflects``, the last word in any inflection."""

    text: str
    at: int
    inflects: bool = False


@dataclass(slots=True, frozen=True)
class Group:
    """Alternatives in order; with ``optional``, none of them is fine too.

    ``ranges`` holds where each alternative stands in the pattern, for messages.
    """

    options: tuple[Sequence, ...]
    optional: bool = False
    ranges: tuple[Span, ...] = field(default=(), compare=False)


@dataclass(slots=True, frozen=True)
class Slot:
    """Any entry of a lexicon, both ends on token boundaries."""

    name: str
    at: int


@dataclass(slots=True, frozen=True)
class PartOfSpeech:
    """One token whose part of speech (``名詞`` or ``名詞-固有名詞``) starts like this."""

    name: str
    at: int = field(default=0, compare=False)


@dataclass(slots=True, frozen=True)
class Gap:
    """Up to ``limit`` code points inside the sentence, from token boundary to token boundary."""

    limit: int


@dataclass(slots=True, frozen=True)
class Edge:
    """The start (``^``) or the end (``$``) of a sentence."""

    start: bool


Node: TypeAlias = Literal | Group | Slot | PartOfSpeech | Gap | Edge
Sequence: TypeAlias = tuple[Node, ...]


class PatternError(ValueError):
    """The pattern does not follow the grammar; ``at`` counts code points into the pattern."""

    def __init__(self, code: str, message: str, at: int, hint: str = "", length: int = 1) -> None:
        """Keep the code, the offset and what to write instead."""
        super().__init__(message)
        self.code, self.message, self.at, self.hint, self.length = code, message, at, hint, length


def parse_pattern(text: str) -> Sequence:
    """Return the syntax tree of ``text``; raises PatternError (FC301 to FC308)."""
    parser = _Parser(text)
    sequence = parser.sequence(0)
    if parser.at < len(text):
        raise PatternError(
            "FC301", f"「{text[parser.at]}」に対応する ( がありません", parser.at, "文字なら \\ を前に置いてください"
        )
    if not any(_consumes(node) for node in sequence):
        hint = "必ず現れる言葉を一つは書いてください"
        raise PatternError("FC307", "パターンに言葉がありません", 0, hint, max(1, len(text)))
    for node, at in ((sequence[0], 0), (sequence[-1], parser.last)):
        if isinstance(node, Gap):
            hint = "端の … を消すか、その先に来る言葉を書いてください"
            raise PatternError("FC308", "… はパターンの端に置けません", at, hint)
    return sequence


def _consumes(node: Node) -> bool:
    """Return whether the node always takes at least one character."""
    if isinstance(node, Group):
        return not node.optional and all(any(_consumes(n) for n in option) for option in node.options)
    return isinstance(node, (Literal, Slot, PartOfSpeech))


class _Parser:
    """Recursive descent over one pattern."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.last = 0  # 最後の要素の始まり

    def sequence(self, depth: int) -> Sequence:
        nodes: list[Node] = []
        while self.at < len(self.text) and self.text[self.at] not in "|)":
            at = self.at
            nodes.append(self._element(depth))
            self.last = at
        return tuple(nodes)

    def _element(self, depth: int) -> Node:
        char, at = self.text[self.at], self.at
        if char == "(":
            return self._group(depth)
        if char == "<":
            return Slot(self._until(">", "語彙の名前"), at)
        if char == "{":
            return PartOfSpeech(self._until("}", "品詞"), at)
        if char == "…":
            return self._gap()
        if char in "^$":
            self.at += 1
            return Edge(start=char == "^")
        if char in "?~>}":
            raise PatternError("FC302", f"「{char}」はここに置けません", at, f"文字なら \\{char} と書いてください")
        return self._literal()

    def _group(self, depth: int) -> Group:
        opened = self.at
        if depth >= 12:
            raise PatternError("FC306", "括弧の入れ子が深すぎます（12 段まで）", opened, "パターンを分けてください")
        self.at += 1
        options, ranges = [self.sequence(depth + 1)], [Span(opened + 1, self.at)]
        while self.at < len(self.text) and self.text[self.at] == "|":
            self.at += 1
            start = self.at
            options.append(self.sequence(depth + 1))
            ranges.append(Span(start, self.at))
        if self.at >= len(self.text):
            raise PatternError("FC303", "「(」が閉じていません", opened, ") を足すか、文字なら \\( と書いてください")
        self.at += 1
        for span, option in zip(ranges, options, strict=True):
            if not option:
                raise PatternError(
                    "FC304", "空の選択肢があります", span.start, "無くてもよいなら (…)? と書いてください"
                )
        if self.text[self.at : self.at + 1] == "~":
            raise PatternError(
                "FC305", "~ は括弧の後ろに置けません", self.at, "(思う~|感じる~) のように語ごとに付けてください"
            )
        return Group(tuple(options), optional=self._question(), ranges=tuple(ranges))

    def _question(self) -> bool:
        if self.text[self.at : self.at + 1] == "?":
            self.at += 1
            return True
        return False

    def _until(self, close: str, what: str) -> str:
        opened = self.at
        end = self.text.find(close, opened)
        if end < 0:
            raise PatternError(
                "FC303", f"「{self.text[opened]}」が閉じていません", opened, f"{what}の後ろに {close} を書いてください"
            )
        name = self.text[opened + 1 : end]
        if not name or set(name) & set(_META):
            hint = f"{self.text[opened]} と {close} の間に{what}だけを書いてください"
            raise PatternError("FC304", f"{what}がありません", opened, hint, end - opened + 1)
        self.at = end + 1
        return name

    def _gap(self) -> Gap:
        self.at += 1
        opened = self.at
        if self.text[opened : opened + 1] != "{":
            return Gap(GAP_DEFAULT)
        number = self._until("}", "文字数")
        if not number.isdecimal() or not 1 <= int(number) <= GAP_MOST:
            hint = f"1 から {GAP_MOST} までの数を書いてください"
            raise PatternError("FC304", f"… の長さに「{number}」は使えません", opened, hint, self.at - opened)
        return Gap(int(number))

    def _literal(self) -> Literal:
        start = self.at
        chars: list[str] = []
        while self.at < len(self.text):
            plain = _PLAIN.match(self.text, self.at)
            if plain:
                chars.append(plain.group())
                self.at = plain.end()
                continue
            char = self.text[self.at]
            if char == "\\":
                if self.at + 1 >= len(self.text):
                    raise PatternError(
                        "FC302", "\\ の後ろに文字がありません", self.at, "文字の \\ なら \\\\ と書いてください"
                    )
                chars.append(self.text[self.at + 1])
                self.at += 2
                continue
            break
        inflects = self.text[self.at : self.at + 1] == "~"
        if inflects:
            self.at += 1
        if self.text[self.at : self.at + 1] == "?":
            raise PatternError("FC302", "? は括弧の後ろに置きます", self.at, "(とても)? のように括弧で囲んでください")
        return Literal("".join(chars), start, inflects)


def slots(sequence: Iterable[Node]) -> Iterator[Slot]:
    """Yield every slot of a pattern, in order."""
    for node in sequence:
        if isinstance(node, Slot):
            yield node
        elif isinstance(node, Group):
            for option in node.options:
                yield from slots(option)
