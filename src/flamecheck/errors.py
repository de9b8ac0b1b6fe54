"""The exception family, and diagnostics that say where, what was found, what was meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from flamecheck.spans import Span, caret


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file: 1-based line and column in code points; ``source`` is that line, for the caret."""

    path: str
    line: int
    column: int
    source: str = ""
    length: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing wrong with a file a person wrote: code, place, what was found and what to write instead."""

    code: str
    place: Place
    message: str
    help: str = ""
    level: str = "error"

    def render(self) -> str:
        """Return the message with the offending line and a caret that lines up under Japanese."""
        lines = [f"{self.place}: {self.level}[{self.code}]: {self.message}"]
        if self.place.source:
            start = self.place.column - 1
            number = str(self.place.line)
            lines.append(f"{number} | {self.place.source}")
            lines.append(f"{' ' * len(number)} | {caret(self.place.source, Span(start, start + self.place.length))}")
        if self.help:
            lines.append(f"  = {self.help}")
        return "\n".join(lines)


class FlamecheckError(Exception):
    """Base of every error this library raises on purpose; ``code`` is stable."""

    code = "error"


class InputError(FlamecheckError):
    """A draft, a row or a file cannot be read; nothing of it was screened."""

    def __init__(self, code: str, message: str, *, line: int | None = None) -> None:
        """Keep the stable ``code`` and, for batch input, the 1-based ``line``."""
        super().__init__(message)
        self.code = code
        self.message = message
        self.line = line


class LoadError(FlamecheckError):
    """Files a person wrote (rules, lexicons, calendars, policies) have errors; all of them are listed."""

    code = "load"

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Keep every diagnostic, ordered by place."""
        self.diagnostics = tuple(
            sorted(diagnostics, key=lambda d: (d.place.path, d.place.line, d.place.column, d.code, d.message))
        )
        super().__init__("\n\n".join(d.render() for d in self.diagnostics))


class DictionaryMissingError(FlamecheckError):
    """The Sudachi dictionary package is not installed or cannot be opened."""

    code = "dictionary-missing"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return 「もしかして: x」 for the nearest of ``known``, or the list of what is known."""
    names = sorted(known)
    close = difflib.get_close_matches(word, names, n=1, cutoff=0.6)
    if close:
        return f"もしかして: {close[0]}"
    return "使えるもの: " + ", ".join(names) if names else ""
