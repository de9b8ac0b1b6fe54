"""Which ``*``, ``_`` and ``~`` are emphasis: CommonMark's delimiter runs, friendly to Japanese.

The inline grammar loses the outer pair of ``**全部*一部*全部**`` where no blank stands around it, as in Japanese, and its cost grows with the square of a row of signs.  CommonMark's own rule for what may open and close is
made for scripts with blanks: ``終**「強」**です`` would stay as it is written.  So a Japanese sign counts as a letter
there, as in the amendment for Chinese, Japanese and Korean that renderers follow.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from flamecheck.spans import Span

_RUN: Final = re.compile(r"\\[!-/:-@\[-`{-~]|(\*+|_+|~+)")
_FIRST_JAPANESE: Final = "\u2e80"


@dataclass(slots=True)
class _Run:
    """A row of one sign; what of it is not yet paired is ``count`` signs from ``start``."""

    sign: str
    start: int
    count: int
    opens: bool
    closes: bool
    length: int


def markers(text: str, skip: Callable[[int], int]) -> Iterator[Span]:
    """Yield the ranges of ``text`` that are emphasis markers, not in order; linear.

    ``skip(offset)`` is the end of the code or other matter without emphasis that ``offset`` lies in, or ``offset``.
    """
    stack: list[_Run] = []
    # 記号の種類ごとに、ここより前には相手がいないと分かった位置。
    bottoms: dict[tuple[str, bool, int], int] = {}
    for run in _runs(text, skip):
        key = (run.sign, run.opens, run.length % 3)
        while run.closes and run.count:
            at = len(stack) - 1
            while at >= 0 and stack[at].start > bottoms.get(key, -1) and not _pairs(stack[at], run):
                at -= 1
            if at < 0 or stack[at].start <= bottoms.get(key, -1):
                bottoms[key] = stack[-1].start if stack else -1
                break
            del stack[at + 1 :]
            opener = stack[at]
            used = min(2, opener.count, run.count)
            yield Span(opener.start + opener.count - used, opener.start + opener.count)
            yield Span(run.start, run.start + used)
            opener.count -= used
            run.start += used
            run.count -= used
            if not opener.count:
                stack.pop()
        if run.opens and run.count:
            stack.append(run)


def _runs(text: str, skip: Callable[[int], int]) -> Iterator[_Run]:
    at = 0
    while match := _RUN.search(text, at):
        at = match.end()
        beyond = skip(match.start())
        if beyond > match.start():
            at = beyond
            continue
        if match.group(1) is None:
            continue
        before, after = text[match.start() - 1 : match.start()] or " ", text[at : at + 1] or " "
        sign, length = match.group()[0], at - match.start()
        left, right = _flanks(before, after), _flanks(after, before)
        opens, closes = left, right
        if sign == "_":
            opens, closes = left and (not right or _is_mark(before)), right and (not left or _is_mark(after))
        # GFM は ~ 一つの打ち消しも認めるが、「10~20人、30~40人」の ~ は範囲。
        if sign == "~" and length != 2:
            continue
        yield _Run(sign, match.start(), length, opens, closes, length)


def _flanks(outer: str, inner: str) -> bool:
    """Return whether a run between the two signs leans on ``inner``."""
    if inner.isspace():
        return False
    return not _is_mark(inner) or outer.isspace() or _is_mark(outer) or outer >= _FIRST_JAPANESE


def _is_mark(sign: str) -> bool:
    return sign < _FIRST_JAPANESE and unicodedata.category(sign)[0] in "PS"


def _pairs(opener: _Run, closer: _Run) -> bool:
    if opener.sign != closer.sign:
        return False
    # CommonMark の「三の倍数」の決まり。
    both = opener.closes or closer.opens
    return not both or (opener.length + closer.length) % 3 != 0 or (opener.length % 3 == 0 and closer.length % 3 == 0)
