"""The exception family, and diagnostics that say where, what was found, what was meant."""

from __future__ import annotations

import difflib
import errno
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from flamecheck.codes import catalog
from flamecheck.display import caret, visible, window
from flamecheck.spans import Lines, Span


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file: 1-based line and column in code points; ``source`` is that line, for the caret.

    Line 0 is no line: ``path`` is then what says it instead of a file, such as a flag.
    ``inside`` leads an offset and a length in the value that stands here to their own place in the file.
    """

    path: str
    line: int
    column: int
    source: str = ""
    length: int = 1
    inside: Callable[[int, int], Place] | None = field(default=None, compare=False, repr=False)

    @classmethod
    def at(cls, path: str, lines: Lines, span: Span, inside: Callable[[int, int], Place] | None = None) -> Place:
        """Return the place of ``span`` (code points of the file) as far as it stands on its first line."""
        line, column = lines.locate(span.start)
        source = lines.text_of(line)
        return cls(path, line, column, source, max(1, min(span.length, len(source) - column + 1)), inside)

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}" if self.line else self.path

    def within(self, offset: int, length: int = 1) -> Place:
        """Return the place of ``length`` code points, ``offset`` code points into the value that stands here."""
        return self.inside(offset, length) if self.inside else self


NOWHERE: Final = Place("", 1, 1)
"""The place of what no file says."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing wrong with a file a person wrote: code, place, what was found and what to write instead."""

    code: str
    place: Place
    message: str
    help: str = ""
    level: str = "error"

    @property
    def suggestion(self) -> str:
        """Return what to write instead: the help given, or what the catalog says of the code."""
        known = catalog().get(self.code)
        return self.help or (known.mend.removesuffix("。") if known else "")

    def render(self) -> str:
        """Return the message with the offending line and a caret that lines up under Japanese.

        Nothing of it is acted on by a terminal, and a long line is cut around the caret.
        """
        lines = [f"{visible(str(self.place))}: {self.level}[{self.code}]: {visible(self.message)}"]
        if self.place.source:
            source, number = self.place.source, str(self.place.line)
            start = min(self.place.column - 1, len(source))
            shown, marked = window(source, Span(start, min(start + self.place.length, len(source))))
            lines.append(f"{number} | {shown}")
            lines.append(f"{' ' * len(number)} | {caret(shown, marked)}")
        lines += [f"  = {visible(line)}" for line in self.suggestion.splitlines()]
        return "\n".join(lines)


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return the diagnostics by place, each once."""
    return sorted(
        dict.fromkeys(diagnostics), key=lambda d: (d.place.path, d.place.line, d.place.column, d.code, d.message)
    )


LISTED = 40
"""How many names an error lists when none of them is near."""


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


def missing(package: str, extra: str) -> InputError:
    """Return the error of a package that only an extra installs; raised where its import fails."""
    return InputError("extra", f"{package} が入っていません: pip install 'flamecheck[{extra}]' で入ります")


class LoadError(FlamecheckError):
    """Files a person wrote (rules, lexicons, calendars, policies) have errors; all of them are listed."""

    code = "load"

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Keep every diagnostic, ordered by place."""
        self.diagnostics = tuple(in_order(diagnostics))
        super().__init__("\n\n".join(d.render() for d in self.diagnostics))


class DictionaryMissingError(FlamecheckError):
    """The Sudachi dictionary package is not installed or cannot be opened."""

    code = "dictionary-missing"


_SYSTEM = {
    errno.ENOENT: "ファイルがありません",
    errno.EACCES: "権限がありません",
    errno.EPERM: "権限がありません",
    errno.EISDIR: "ファイルではなくフォルダーです",
    errno.ENOTDIR: "途中がフォルダーではありません",
    errno.ENOSPC: "空きがありません",
    errno.ENAMETOOLONG: "名前が長すぎます",
    errno.ELOOP: "リンクが輪になっています",
}


def said(error: OSError) -> str:
    """Return what the system complains of, in Japanese where it is one of the usual things."""
    return _SYSTEM.get(error.errno or 0) or error.strerror or type(error).__name__


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return 「もしかして: x」 for the nearest of ``known``, or the list of what is known.

    Width, case, and ``-`` written for ``_`` do not count: ``Ｐｏｓｔ-Type`` is ``post_type``.
    """
    names = sorted(known)
    if near := meant(word, names):
        return f"もしかして: {near}"
    shown = ", ".join(names[:LISTED])
    rest = f" …（ほか {len(names) - LISTED}）" if len(names) > LISTED else ""
    return f"使えるもの: {shown}{rest}" if names else ""


def meant(word: str, known: Iterable[str]) -> str | None:
    """Return the one of ``known`` that ``word`` may be a misspelling of, or None."""
    by_shape = {_shape(name): name for name in sorted(known, reverse=True)}
    close = difflib.get_close_matches(_shape(word), by_shape, n=1, cutoff=0.6)
    return by_shape[close[0]] if close else None


def _shape(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold().replace("-", "_").replace(" ", "_")
