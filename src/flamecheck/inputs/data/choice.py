"""Which values of a data file are screened: dotted patterns for the end of a path."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from flamecheck.inputs.data.value import Path

FIELDS: Final = ("text", "body", "content", "title", "description", "message", "caption", "summary", "alt")
"""The fields that are screened when none is named."""
_APART: Final = "\x1f"


class Choice:
    """Patterns such as ``text``, ``posts.*.body``, ``ja.**``: ``*`` is any key or index, ``**`` any number of them.

    A pattern names the end of a path, so ``text`` is chosen wherever it stands; a list of texts is chosen by its key.
    """

    def __init__(self, fields: Iterable[str]) -> None:
        """Compile ``fields``; without any, FIELDS."""
        patterns = "|".join(_pattern(written) for written in tuple(fields) or FIELDS)
        self._pattern: Final = re.compile(rf"(?:.*{_APART})?(?:{patterns})", re.DOTALL)

    def __contains__(self, path: Path) -> bool:
        """Return whether the text at ``path`` is chosen."""
        ends = [path]
        while len(ends[-1]) > 1 and isinstance(ends[-1][-1], int):
            ends.append(ends[-1][:-1])
        return any(self._pattern.fullmatch(_APART.join(map(str, end))) for end in ends)


def _pattern(written: str) -> str:
    return _APART.join(_segment(segment) for segment in written.split("."))


def _segment(segment: str) -> str:
    if segment == "**":
        return ".+"
    return "".join(f"[^{_APART}]*" if sign == "*" else re.escape(sign) for sign in segment)
