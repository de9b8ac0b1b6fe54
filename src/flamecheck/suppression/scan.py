"""What a comment says to this program, sign by sign, with the place of every word; what the words mean is not asked.

    flamecheck: ignore[tone/conditional-apology, sweeping-generalization] reason="引用です" until=2027-03-31

    comment = "flamecheck" ":" verb "[" names "]" { key "=" value }
    names   = name { "," name }
    value   = '"' … '"' | "「" … "」" | word

Blanks and line ends may stand between any two of these.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from flamecheck.spans import Span

NAME: Final = "flamecheck"
_BLANK: Final = re.compile(r"[\s\u3000]*")
_HEAD: Final = re.compile(r"[\s\u3000]*([A-Za-z][A-Za-z_ -]*)")
_WORD: Final = re.compile(r"[A-Za-z][A-Za-z_-]*")
_RULE: Final = re.compile(r"[^\s\u3000,\[\]、，［］\"「=]+")
_BARE: Final = re.compile(r"[^\s\u3000\"「」\[\]]+")
_QUOTES: Final = {'"': '"', "「": "」"}
_WIDE: Final = {"：": ":", "［": "[", "］": "]", "＝": "=", "，": ",", "、": ",", "“": '"', "”": '"', "＂": '"'}
_NEAR: Final = 20
_ALIKE: Final = 0.75
EXAMPLE: Final = 'flamecheck: ignore[tone/conditional-apology] reason="引用です"'


class Word(NamedTuple):
    """A word with its range in the comment."""

    text: str
    span: Span


class Problem(NamedTuple):
    """What is wrong with a range of the comment."""

    code: str
    span: Span
    message: str
    help: str = ""
    level: str = "error"


@dataclass(slots=True)
class Written:
    """What a comment says; ``names`` is empty for empty brackets, ``values`` are keys as written, in order.

    ``problem`` is where reading stopped; what stands before it is kept.
    """

    verb: Word | None = None
    names: list[Word] = field(default_factory=list)
    values: list[tuple[Word, Word]] = field(default_factory=list)
    problem: Problem | None = None


class _StopError(Exception):
    """Reading cannot go on."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem


def scan(text: str) -> Written | None:
    """Return what a comment says, or None for one that does not speak to this program."""
    head = _HEAD.match(text)
    if head is None or not _meant(head[1], text[head.end() :]):
        return None
    reader = _Reader(text)
    try:
        reader.read()
    except _StopError as stopped:
        reader.written.problem = stopped.problem
    return reader.written


def _meant(words: str, rest: str) -> bool:
    """Return whether a comment that starts so speaks to this program, be it with a slip in the name."""
    first, _, more = words.partition(" ")
    asks = "ignore" in words + rest[:_NEAR]
    if first.lower() == NAME:
        # 「flamecheck について」のような普通の文は、指示ではない。
        return rest[:1] in (":", "：") if not more.strip() else asks
    # 「flamecheck-ignore[…]」は、ほかの道具の書き方から来る。
    alike = first.lower().startswith(NAME) or difflib.SequenceMatcher(None, first.lower(), NAME).ratio() >= _ALIKE
    return asks and alike


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.written = Written()

    def read(self) -> None:
        name = self._word(_WORD, "名前")
        if name.text != NAME:
            raise _StopError(
                Problem("FC802", name.span, f"「{name.text}」という名前ではありません", f"もしかして: {NAME}")
            )
        self._sign(":")
        self.written.verb = self._word(_WORD, "指示（ignore など）")
        self._sign("[")
        self._blank()
        while self.text[self.at : self.at + 1] not in ("]", "］"):
            self.written.names.append(self._word(_RULE, "規則の id"))
            self._blank()
            if self.text[self.at : self.at + 1] in ("]", "］", ""):
                break
            self._sign(",", "「,」か「]」")
            self._blank()
        self._sign("]")
        self._blank()
        while self.at < len(self.text):
            key = self._word(_WORD, "reason か until")
            self._sign("=")
            self.written.values.append((key, self._value()))
            self._blank()

    def _blank(self) -> None:
        self.at = _BLANK.match(self.text, self.at).end()  # type: ignore[union-attr]

    def _word(self, shape: re.Pattern[str], wanted: str) -> Word:
        self._blank()
        found = shape.match(self.text, self.at)
        if found is None:
            raise self._stop(f"ここに書くのは、{wanted}です")
        self.at = found.end()
        return Word(found[0], Span(*found.span()))

    def _sign(self, sign: str, wanted: str = "") -> None:
        self._blank()
        found = self.text[self.at : self.at + 1]
        if found != sign:
            if _WIDE.get(found) == sign:
                raise self._stop(f"「{found}」は、半角の「{sign}」で書きます")
            raise self._stop(f"ここには{wanted or f'「{sign}」'}が要ります")
        self.at += 1

    def _value(self) -> Word:
        self._blank()
        opening = self.text[self.at : self.at + 1]
        if opening in _QUOTES:
            end = self.text.find(_QUOTES[opening], self.at + 1)
            if end < 0:
                raise self._stop(f"「{opening}」が閉じていません")
            word = Word(self.text[self.at + 1 : end], Span(self.at, end + 1))
            self.at = end + 1
            return word
        if _WIDE.get(opening) == '"':
            raise self._stop(f'「{opening}」は、半角の「"」で書きます')
        return self._word(_BARE, "値")

    def _stop(self, message: str) -> _StopError:
        at = min(self.at, len(self.text))
        return _StopError(Problem("FC801", Span(at, min(at + 1, len(self.text))), message, f"例: {EXAMPLE}"))
