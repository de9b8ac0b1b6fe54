"""``Token``, and what the engine expects of anything that makes tokens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(slots=True)
class Token:
    """One morpheme; ``start`` and ``end`` count code points of the text that was tokenized."""

    start: int
    end: int
    surface: str
    pos: tuple[str, ...]
    dictionary_form: str
    normalized_form: str
    reading: str
    is_oov: bool = False


class Tokenizer(Protocol):
    """Cuts a folded text into tokens that tile it: each starts where the one before ends."""

    @property
    def version(self) -> str:
        """Name and version of the dictionary."""

    @property
    def parts_of_speech(self) -> frozenset[str]:
        """Every part of speech of the dictionary, as levels joined by ``-``, from the first level on."""

    def tokenize(self, text: str) -> list[Token]:
        """Return the tokens of mode C."""

    def split(self, text: str) -> list[Token]:
        """Return the tokens of mode A (the finest)."""

    def spellings(self, form: str) -> tuple[str, ...] | None:
        """Return folded strings of which every token with this dictionary or normalised form holds one.

        None when they are not known: for a word that does not inflect, or without an index.
        """
