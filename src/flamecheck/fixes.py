"""Rewrites that a rule calls meaning-preserving (``fix: {父兄: 保護者}``), as edits of the source, and as a diff.

A word is rewritten only where it stands in a finding of its rule that nobody has set aside, and only when the source
has it as the reader sees it: no markup, no entity, no reading in brackets inside or right beside it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple, TypeAlias

from flamecheck.document import Document
from flamecheck.finding import Finding
from flamecheck.normalize import fold
from flamecheck.report import Report
from flamecheck.spans import Lines, MapBuilder, MappedText, Span

Pairs: TypeAlias = tuple[tuple[str, str], ...]
CONTEXT: Final = 3
# <ruby>父兄<rt>ふけい</rt></ruby> の読みは、書き換えると合わなくなる。
_RUBY: Final = re.compile(r"[^<]{0,40}<(?:/rb>\s*<)?r[tp]\b", re.IGNORECASE)


class Fix(NamedTuple):
    """One edit: a range of the source, what is to stand there, and whose rule says so; ``key`` is its word."""

    span: Span
    new: str
    rule: str
    key: str


def fixes(posts: Iterable[tuple[Document, Report]], pairs: Callable[[str], Pairs]) -> tuple[Fix, ...]:
    """Return the edits of one source, in order and disjoint; ``pairs`` gives the rewrites of a rule by its id."""
    found = (fix for document, report in posts for fix in _of(document, report.findings, pairs))
    chosen: list[Fix] = []
    for fix in sorted(found):
        if not chosen or fix.span.start >= chosen[-1].span.end:
            chosen.append(fix)
    return tuple(chosen)


def applied(text: str, edits: Iterable[Fix]) -> MappedText:
    """Return the source with the edits made, mapped to what it was: one edit of the map for each."""
    builder, at = MapBuilder(), 0
    for edit in edits:
        builder.copy(text[at : edit.span.start])
        builder.replace(edit.span.length, edit.new)
        at = edit.span.end
    builder.copy(text[at:])
    return builder.build()


def _of(document: Document, findings: Iterable[Finding], pairs: Callable[[str], Pairs]) -> Iterator[Fix]:
    asked = [(finding, known) for finding in findings if (known := pairs(finding.rule_id))]
    if not asked:
        return
    folded = fold(document.text)
    inverse = folded.alignment.inverse()
    ends = [edit.new.end for edit in folded.alignment.edits]
    for finding, known in asked:
        within = inverse.to_old(finding.span)
        words = sorted(((fold(key).text, new, key) for key, new in known), key=lambda pair: (-len(pair[0]), pair[0]))
        for span, new, key in _occurrences(folded.text, within, words):
            place = folded.to_source(span)
            source = document.locate(place)
            written = document.text[place.start : place.end]
            text = document.origin.text
            if (
                _whole(folded, ends, span)
                and text[source.start : source.end] == written
                and not _RUBY.match(text, source.end)
            ):
                yield Fix(source, new, finding.rule_id, key)


def _occurrences(text: str, within: Span, words: list[tuple[str, str, str]]) -> Iterator[tuple[Span, str, str]]:
    """Yield where the words occur, from left to right, the longest first."""
    at = within.start
    while at < within.end:
        for word, new, key in words:
            if word and text.startswith(word, at, within.end):
                yield Span(at, at + len(word)), new, key
                at += len(word)
                break
        else:
            at += 1


def _whole(folded: MappedText, ends: list[int], span: Span) -> bool:
    """Return whether nothing was taken out of the text inside the range or right beside it: 父兄(ふけい)."""
    edits = folded.alignment.edits
    at = max(0, bisect_right(ends, span.start) - 1)
    while at < len(edits) and edits[at].new.start <= span.end:
        if edits[at].new.length == 0 and edits[at].new.end >= span.start:
            return False
        at += 1
    return True


def diff(name: str, text: str, edits: Sequence[Fix]) -> str:
    """Return a unified diff of one file; no edit reaches over a line end, so line stands against line."""
    if not edits:
        return ""
    lines = Lines(text, feed_alone=True)
    rewritten = applied(text, edits)
    to_new = rewritten.alignment.inverse()
    rows = sorted({lines.locate(edit.span.start)[0] for edit in edits})
    parts = [f"--- a/{name}\n", f"+++ b/{name}\n"]
    for group in _groups(rows):
        first, last = max(1, group[0] - CONTEXT), min(_last(lines), group[-1] + CONTEXT)
        size = f"{first},{last - first + 1}"
        parts.append(f"@@ -{size} +{size} @@\n")
        put_in: list[str] = []
        for row in range(first, last + 1):
            start, end = lines.span_of(row)
            if row in group:
                new = to_new.to_old(Span(start, end))
                parts.append(_line("-", text[start:end]))
                put_in.append(_line("+", rewritten.text[new.start : new.end]))
            else:
                parts += [*put_in, _line(" ", text[start:end])]
                put_in = []
        parts += put_in
    return "".join(parts)


def _last(lines: Lines) -> int:
    """Return the number of the last line that holds anything."""
    return len(lines) - (not lines.span_of(len(lines)).length)


def _groups(rows: list[int]) -> Iterator[list[int]]:
    group: list[int] = []
    for row in rows:
        if group and row - group[-1] > 2 * CONTEXT:
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _line(sign: str, text: str) -> str:
    return f"{sign}{text}" if text.endswith("\n") else f"{sign}{text}\n\\ No newline at end of file\n"
