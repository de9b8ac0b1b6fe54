"""Reading downwards: the first letters of lines, or of sentences, as a text with a map back.

「ころころ笑う子犬⏎ろうそくの灯⏎すず虫の声」 read down its lines is ころす.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

import regex

from flamecheck.analysis import Analysis
from flamecheck.spans import MapBuilder, MappedText

LEAST: Final = 3
_BULLET: Final = regex.compile(r"[\s「『(【\"“‘・■◆●★☆※>＞\-]*")


def columns(analysis: Analysis) -> Iterator[MappedText]:
    """Yield the columns of at least three letters, that of the lines first."""
    text = analysis.text
    lines = [0, *(at + 1 for at, char in enumerate(text) if char == "\n")] if text.count("\n") >= LEAST - 1 else []
    heads = _heads(text, lines)
    if len(heads) >= LEAST:
        yield _column(text, heads)
    if sum(text.count(stop) for stop in "。!?") >= LEAST - 1:
        others = _heads(text, [sentence.start for sentence in analysis.sentences])
        if len(others) >= LEAST and others != heads:
            yield _column(text, others)


def _heads(text: str, starts: list[int]) -> list[int]:
    heads = []
    for start, end in pairwise([*starts, len(text)]):
        lead = _BULLET.match(text, start, end)
        at = lead.end() if lead else start
        if at < end:
            heads.append(at)
    return heads


def _column(text: str, heads: list[int]) -> MappedText:
    builder = MapBuilder()
    done = 0
    for at in heads:
        if at > done:
            builder.replace(at - done, "")
        builder.copy(text[at])
        done = at + 1
    if done < len(text):
        builder.replace(len(text) - done, "")
    return builder.build()
