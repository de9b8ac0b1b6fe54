"""The only module that speaks to Sudachi.

Sudachi's own plug-ins for long marks and bracketed readings are switched off: the fold has done both with an exact
map, and a reading dropped inside Sudachi would leave a token whose surface stands nowhere in the text.

Canonical tokens are the piecewise ones.  A text of up to 500 code points goes whole; a longer one is cut, and each
piece is tokenized with 20 code points of the neighbouring text on both sides.  A cut falls, in this order, after a
line end, after 。！？, or between two character classes, and never inside a run of one class unless the run makes
the piece longer than 1,000.  Sudachi refuses more than 49,149 bytes at once; a padded piece is at most 4,160.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final

from flamecheck.errors import DictionaryMissingError
from flamecheck.tokens import Token

WHOLE: Final = 500
LONGEST: Final = 1000
PAD: Final = 20

_CONFIG: Final = json.dumps(
    {
        "characterDefinitionFile": "char.def",
        "inputTextPlugin": [{"class": "com.worksap.nlp.sudachi.DefaultInputTextPlugin"}],
        "oovProviderPlugin": [
            {"class": "com.worksap.nlp.sudachi.MeCabOovPlugin", "charDef": "char.def", "unkDef": "unk.def"},
            {
                "class": "com.worksap.nlp.sudachi.SimpleOovPlugin",
                "oovPOS": ["補助記号", "一般", "*", "*", "*", "*"],
                "leftId": 5968,
                "rightId": 5968,
                "cost": 3857,
            },
        ],
        "pathRewritePlugin": [
            {"class": "com.worksap.nlp.sudachi.JoinNumericPlugin", "enableNormalize": True},
            {
                "class": "com.worksap.nlp.sudachi.JoinKatakanaOovPlugin",
                "oovPOS": ["名詞", "普通名詞", "一般", "*", "*", "*"],
                "minLength": 3,
            },
        ],
    }
)


class SudachiTokenizer:
    """Tokens from Sudachi's core dictionary; safe to share: each thread gets its own native tokenizer."""

    def __init__(self, *, dictionary: str = "core") -> None:
        """Open the dictionary; raises DictionaryMissingError when its package is not installed."""
        try:
            from sudachipy import Dictionary, SplitMode

            self._dictionary: Any = Dictionary(_CONFIG, dict=dictionary)
        except Exception as error:
            message = (
                f"Sudachi の辞書（{dictionary}）を開けません。"
                f"`pip install sudachidict-{dictionary}` で入れてください（{type(error).__name__}: {error}）"
            )
            raise DictionaryMissingError(message) from error
        self._modes: Any = SplitMode
        self._local = threading.local()
        self._spellings: Mapping[str, tuple[str, ...]] | None = None
        self._version = installed_dictionary(dictionary)

    @property
    def version(self) -> str:
        """Return the name and version of the dictionary."""
        return self._version

    @cached_property
    def parts_of_speech(self) -> frozenset[str]:
        """Return every part of speech of the dictionary, from ``名詞`` to all six levels joined by ``-``."""
        return frozenset(
            "-".join(levels[:count])
            for levels in self._dictionary.pos_matcher(lambda _: True)
            for count in range(1, len(levels) + 1)
        )

    def tokenize(self, text: str) -> list[Token]:
        """Return the canonical tokens of mode C, which tile ``text`` (already folded)."""
        return self._run(text, "C")

    def split(self, text: str) -> list[Token]:
        """Return the canonical tokens of mode A."""
        return self._run(text, "A")

    def spellings(self, form: str) -> tuple[str, ...] | None:
        """Return the shortest spellings of an inflecting word of the dictionary, or None."""
        if self._spellings is None:
            from flamecheck.tokenizers.surfaces import index_of

            self._spellings = index_of(self._dictionary, self._version)
        return self._spellings.get(form)

    def _run(self, text: str, mode: str) -> list[Token]:
        if not text:
            return []
        native = self._native(mode)
        if len(text) <= WHOLE:
            return list(_tokens(native.tokenize(text), 0))
        result: list[Token] = []
        done = 0
        for start, end in pieces(text):
            low, high = max(0, start - PAD), min(len(text), end + PAD)
            for token in _tokens(native.tokenize(text[low:high]), low):
                if token.start < done or token.start >= end:
                    continue
                if token.start > done:
                    result.append(_rest(text, done, token.start))
                result.append(token)
                done = token.end
            if done < end:
                result.append(_rest(text, done, end))
                done = end
        return result

    def _native(self, mode: str) -> Any:
        native = getattr(self._local, mode, None)
        if native is None:
            native = self._dictionary.tokenizer(mode=getattr(self._modes, mode))
            setattr(self._local, mode, native)
        return native


def installed_dictionary(dictionary: str = "core") -> str:
    """Return the name and version of the dictionary, without opening it."""
    try:
        return f"sudachidict-{dictionary} {version(f'sudachidict-{dictionary}')}"
    except PackageNotFoundError:
        return f"sudachidict-{dictionary}"


def _tokens(morphemes: Any, shift: int) -> Iterator[Token]:
    for m in morphemes:
        start, end = m.begin() + shift, m.end() + shift
        if start == end:
            continue
        yield Token(
            start,
            end,
            m.surface(),
            m.part_of_speech(),
            m.dictionary_form(),
            m.normalized_form(),
            m.reading_form(),
            m.is_oov(),
        )


def _rest(text: str, start: int, end: int) -> Token:
    """Return what lies between two pieces whose tokens disagree, as one unknown token, so that tokens still tile."""
    surface = text[start:end]
    return Token(start, end, surface, ("補助記号", "一般", "*", "*", "*", "*"), surface, surface, "", is_oov=True)


def pieces(text: str) -> Iterator[tuple[int, int]]:
    """Yield the canonical cut of a text longer than ``WHOLE``: ranges that tile it."""
    start, size = 0, len(text)
    while size - start > WHOLE:
        end = _cut(text, start)
        yield start, end
        start = end
    if start < size:
        yield start, size


def _cut(text: str, start: int) -> int:
    """Return where the piece that starts at ``start`` ends: at most LONGEST further on."""
    low, high = start + WHOLE // 2, start + WHOLE
    for marks in ("\n", "。!?"):
        found = max(text.rfind(mark, low, high) for mark in marks)
        if found >= 0:
            return found + 1
    for end in range(high, low, -1):
        if _class(text[end - 1]) != _class(text[end]):
            return end
    for end in range(high, min(start + LONGEST, len(text))):
        if _class(text[end - 1]) != _class(text[end]):
            return end
    return min(start + LONGEST, len(text))


def _class(char: str) -> str:
    """Return the coarse class of a character: kanji, hiragana, katakana, Latin or digit, space, the rest."""
    if "ぁ" <= char <= "ゖ":
        return "h"
    if "ァ" <= char <= "ヺ" or char == "ー":
        return "k"
    if char.isascii() and (char.isalnum() or char in ":/._-%?&=#@~+"):
        return "a"
    if char.isspace():
        return "s"
    return "c" if char.isalpha() else "o"
