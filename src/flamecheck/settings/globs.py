"""Path patterns with the meaning they have in ``.gitignore``, matched to paths as seen from the root of the settings.

Japanese file names compare as NFC: a disk may write ガ as two characters, and a person does not see the difference.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final


class Globs:
    """A list of patterns; the last one that matches decides, and ``!`` takes back."""

    __slots__ = ("_spec", "patterns")

    def __init__(self, patterns: Iterable[str]) -> None:
        """Compile ``patterns``; raises ValueError, in Japanese, for one that cannot match anything."""
        from pathspec import GitIgnoreSpec

        self.patterns: Final = tuple(patterns)
        for pattern in self.patterns:
            if mistake := _mistake(pattern):
                raise ValueError(mistake)
        try:
            self._spec: Final = GitIgnoreSpec.from_lines(_composed(pattern) for pattern in self.patterns)
        except re.error:
            raise ValueError("[ ] の中の範囲が逆です") from None
        except ValueError:
            raise ValueError("パターンとして読めません。\\ は次の文字をそのまま読ませる印です") from None
        if any(pattern.include is None for pattern in self._spec.patterns):
            raise ValueError("[ が閉じていません。文字としての [ なら \\[ と書いてください")

    def decide(self, path: str) -> bool | None:
        """Return what the last pattern that fits says of ``path``, None when none fits.

        ``path`` has ``/``, also at the end of a folder; one outside the root fits none.
        """
        return None if outside(path) else self._spec.check_file(_composed(path)).include

    def match(self, path: str) -> bool:
        """Return whether ``path`` is matched."""
        return self.decide(path) is True


def outside(path: str) -> bool:
    """Return whether a path as seen from the root leads out of it."""
    return path.startswith(("../", "/")) or path in ("..", "") or path[1:3] == ":/"


def _mistake(pattern: str) -> str:
    body = pattern.removeprefix("!")
    if not body.strip() or not body.strip("/"):
        return "空のパターンです"
    if body.startswith("#"):
        return "# で始まるパターンは注釈になります。文字としての # なら \\# と書いてください"
    if body.startswith(("./", "../")) or body == ".." or "/../" in body:
        return "「.」や「..」は使えません。設定の根元から見た場所を書いてください"
    return ""


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)
