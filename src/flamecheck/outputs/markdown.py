"""A summary for the comment on a pull request: a table by file, every finding below it, folded.

Words of posts, rules and file names are strangers here: every ASCII sign of theirs is an entity, what is quoted stands
in ``<code>``, where GitHub makes no mention, reference or emoji of it, and the rest breaks ``@`` and ``#`` from names.
"""

from __future__ import annotations

import string
from collections.abc import Iterator
from typing import Final

from flamecheck.display import sound, visible
from flamecheck.messages import Words
from flamecheck.outcome import Outcome, Run
from flamecheck.policy.model import Tier
from flamecheck.shown import Options, Remark, capped, page_of, remarks, tally, waiting
from flamecheck.spans import Lines
from flamecheck.units import Units

LIMIT: Final = 65_536
"""What a comment may hold, in UTF-16 code units."""
RESERVE: Final = 500
"""Room for what closes the summary."""
QUOTED: Final = 80
_SIGNS: Final = {ord(sign): f"&#{ord(sign)};" for sign in string.punctuation}
_BROKEN: Final = {**_SIGNS, ord("@"): "&#64;&#8203;", ord("#"): "&#35;&#8203;"}


def render(run: Run, options: Options) -> str:
    """Return the summary, at most LIMIT long; what does not fit is counted."""
    told = Words(options.lang)
    blocks = [_Block(outcome, run, options, told) for outcome in run.outcomes]
    blocks = [block for block in blocks if block.lines]
    out = _Paper(LIMIT - RESERVE)
    out.add(*_head(run, told))
    rows = [block.row for block in blocks if block.row]
    if rows:
        columns = [told(key) for key in ("file", "findings-name", "tier")]
        out.add(f"| {' | '.join(columns)} |", "|---|---:|---|")
        shown = out.take(rows, room=out.room // 3)
        out.add(*([f"| {told('more', count=len(rows) - shown)} | | |"] * (shown < len(rows))), "")
    left = 0
    for block in blocks:
        opening, closing = block.ends
        if left or not out.fits(*opening, block.lines[0], *closing):
            left += 1
            continue
        out.add(*opening)
        shown = out.take(block.lines, room=out.room - _length(closing))
        rest = block.rest + len(block.lines) - shown
        out.add(*([f"- {told('more', count=rest)}"] * (rest > 0)), *closing)
    if left:
        out.lines.append(told("cut", count=left))
    return "\n".join(out.lines).rstrip("\n") + "\n"


class _Paper:
    """Lines as long as there is room for them."""

    def __init__(self, room: int) -> None:
        self.lines: list[str] = []
        self.room = room

    def fits(self, *lines: str) -> bool:
        """Return whether all of ``lines`` still fit."""
        return _length(lines) <= self.room

    def add(self, *lines: str) -> None:
        """Add ``lines``, whatever the room."""
        self.lines += lines
        self.room -= _length(lines)

    def take(self, lines: list[str], *, room: int) -> int:
        """Add as many of ``lines`` as fit into ``room``; return how many."""
        for taken, line in enumerate(lines):
            room -= _length([line])
            if room < 0:
                return taken
            self.add(line)
        return len(lines)


def _length(lines: list[str] | tuple[str, ...]) -> int:
    return sum(Units(line, "utf-16").before(len(line)) + 1 for line in lines)


def _head(run: Run, told: Words) -> Iterator[str]:
    counts = tally(run)
    parts = [("files", counts.files), ("posts", counts.posts), ("findings", counts.findings)]
    parts += [("set-aside", counts.suppressed)] * bool(counts.suppressed) + [("errors", counts.errors)] * bool(
        counts.errors
    )
    listed = [told(key, count=f"{number:,}") for key, number in parts]
    if counts.highest is not None:
        listed.append(told("highest", tier=_text(counts.highest.label)))
    yield from (f"## {told('title')}", "", f"**{told.joined(listed)}**", "")
    if not counts.findings:
        yield from (told("nothing"), "")
    if counts.clean:
        yield from (f"<sub>{told('clean-posts', count=f'{counts.clean:,}')}</sub>", "")
    groups = waiting(run)
    if groups:
        yield f"**{told('next')}**"
        yield ""
        yield from (f"- {group.told(told, _text)}" for group in groups)
        if not all(post.verdict.override for group in groups for post in group.posts):
            yield f"- {told('next.final')}"
        yield ""


class _Block:
    """One file: its row in the table, and its findings, one line of Markdown each."""

    def __init__(self, outcome: Outcome, run: Run, options: Options, told: Words) -> None:
        name = _code(outcome.name)
        found = [item for item in remarks(outcome, run.policy) if item.aside is None]
        standing, self.rest = capped(found, options.max_per_file)
        places = Lines(outcome.text)
        self.lines = [_item(item, places, run, options, told) for item in standing]
        for problem in outcome.diagnostics:
            self.lines.append(
                f"- **{problem.place.line}:{problem.place.column}** {problem.code} {_text(problem.message)}"
            )
        tier = max((post.verdict.tier for post in outcome.posts), key=_rank, default=None)
        self.row = ""
        told_of = name
        if outcome.error is not None:
            self.lines.append(f"- {told('error', text=_text(outcome.error.message))}")
            self.row = f"| {name} | | {told('error', text=outcome.error.code)} |"
        elif found and tier is not None:
            self.row = f"| {name} | {len(found)} | {_text(tier.label)} |"
            told_of = f"{name}: {told.joined([told('findings', count=len(found)), _text(tier.label)])}"
        self.ends = ["<details>", f"<summary>{told_of}</summary>", ""], ["", "</details>", ""]


def _rank(tier: Tier) -> int:
    return tier.rank


def _item(item: Remark, places: Lines, run: Run, options: Options, told: Words) -> str:
    finding, known = item.finding, run.rules.get(item.finding.rule_id)
    line, column = places.locate(item.span.start)
    page = page_of(finding.rule_id, options, known.references if known else finding.references)
    rule = _code(finding.rule_id)
    linked = f'<a href="{_attribute(page)}">{rule}</a>' if page else rule
    severity = told(f"severity.{finding.severity.label}")
    words = finding.matched if len(finding.matched) <= QUOTED else finding.matched[:QUOTED] + "…"
    lines = (
        f"- **{line}:{column}** {_code(words)} {linked} **{severity}** → {_text(item.tier.label)}",
        _text(finding.message),
        told("affected", text=_text(finding.affected)),
        told("rewrite", text=_text(finding.rewrite)),
    )
    return "<br>".join(lines)


def _code(text: str) -> str:
    return f"<code>{visible(sound(text)).translate(_SIGNS)}</code>"


def _text(text: str) -> str:
    return visible(sound(text)).translate(_BROKEN)


def _attribute(address: str) -> str:
    return "".join(f"&#{ord(char)};" if char in "\"'<>&`" or not char.isprintable() else char for char in address)
