"""Texts that were written in UTF-8 and then read as Latin-1, as downloads of Instagram and Facebook hold them."""

from __future__ import annotations

import re
from typing import Final

_RUN: Final = re.compile("[\x80-\xff]+")
_SIGN: Final = re.compile("[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_SURE: Final = re.compile("[\x80-\x9f]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


def repaired(text: str) -> str:
    """Return the text as it was written; one that is right already stays as it is.

    Where right and misread signs stand side by side, only what can hardly be meant is undone: a run with control signs
    (U+0080 to U+009F), which nobody types, or with three or four signs that make one of UTF-8.  É» in a right text stays.
    """
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return _RUN.sub(_run, text)


def _run(match: re.Match[str]) -> str:
    run = match[0]
    if not _SURE.search(run):
        return run
    try:
        return run.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        # 途中で切られた文字は直せない。ほかの文字は直す。
        return _SIGN.sub(_sign, run)


def _sign(match: re.Match[str]) -> str:
    try:
        return match[0].encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return match[0]
