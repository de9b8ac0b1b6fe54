"""A run for a person at a terminal: place, words, who minds, what to write instead, who decides, what to do next."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

from flamecheck.display import caret, visible, window
from flamecheck.grading import Severity
from flamecheck.messages import Words
from flamecheck.outcome import Outcome, Run, Screened
from flamecheck.shown import (
    Options,
    Remark,
    Rewrites,
    Tally,
    capped,
    encoded,
    page_of,
    remarks,
    tally,
    told_aside,
    waiting,
)
from flamecheck.spans import Lines, Span

STYLES = {
    Severity.INFO: "dim",
    Severity.LOW: "cyan",
    Severity.MEDIUM: "yellow",
    Severity.HIGH: "red",
    Severity.CRITICAL: "bold red",
}
NAMED = 3
"""How many files the last lines name in a command."""


class Line(NamedTuple):
    """One line; ``head`` are the words before ``text``, each with the address it leads to (or "")."""

    text: str
    style: str = ""
    head: tuple[tuple[str, str], ...] = ()


def render(run: Run, options: Options) -> str:
    """Return the account of the run; with ``quiet`` that of failing posts and errors alone."""
    told = Words(options.lang)
    lines = [line for outcome in run.outcomes for line in _outcome(outcome, run, options, told)]
    if not options.quiet:
        lines += _footer(run, options, told)
    return "".join(f"{_dressed(line, options)}\n" for line in lines)


def _dressed(line: Line, options: Options) -> str:
    """Return the line with its style; nothing in a name, a rule or a post reaches a terminal as an action."""
    head = (_linked(visible(text), address if options.links else "") for text, address in line.head)
    shown = "".join(head) + visible(line.text)
    if not options.colour or not line.style:
        return shown
    from rich.color import ColorSystem
    from rich.style import Style

    return Style.parse(line.style).render(shown, color_system=ColorSystem.STANDARD)


def _linked(text: str, address: str) -> str:
    return f"\x1b]8;;{address}\x1b\\{text}\x1b]8;;\x1b\\" if address else text


def _outcome(outcome: Outcome, run: Run, options: Options, told: Words) -> Iterator[Line]:
    name = outcome.name
    if outcome.error is not None:
        yield Line(f"{name}: {told('error', text=outcome.error.message)}", "bold red")
        return
    if outcome.note and not options.quiet:
        yield Line(f"{name}: {told('note', text=outcome.note)}", "dim")
    for problem in outcome.diagnostics:
        if problem.level == "error" or not options.quiet:
            first, *others = problem.render().split("\n")
            yield Line(first, "red" if problem.level == "error" else "yellow")
            yield from map(Line, others)
    if any(post.failing or not options.quiet for post in outcome.posts):
        yield from _File(outcome, run, options, told).lines()


class _File:
    """The account of one file."""

    def __init__(self, outcome: Outcome, run: Run, options: Options, told: Words) -> None:
        self._name: Final = outcome.name
        self._posts: Final = [post for post in outcome.posts if post.failing or not options.quiet]
        self._run, self._options, self._told = run, options, told
        self._places: Final = Lines(outcome.starred())
        self._rewrites: Final = Rewrites(outcome, run)
        found = [item for item in remarks(outcome, run.policy) if item.post.failing or not options.quiet]
        self._aside: Final = [item for item in found if item.aside is not None]
        self._found, self._rest = capped([item for item in found if item.aside is None], options.max_per_file)

    def lines(self) -> Iterator[Line]:
        """Yield findings by place, what was left out, and then who decides over each post."""
        for item in self._found:
            yield from self._finding(item)
        if self._rest:
            yield Line(f"{self._name}: {self._told('more', count=self._rest)}", "bold")
        if self._options.verbose:
            yield from self._set_aside()
        for post in self._posts:
            yield from self._decision(post)

    def _at(self, offset: int) -> str:
        row, column = self._places.locate(offset)
        return f"{self._name}:{row}:{column}"

    def _finding(self, item: Remark) -> Iterator[Line]:
        finding, span, told = item.finding, item.span, self._told
        known = self._run.rules.get(finding.rule_id)
        page = page_of(finding.rule_id, self._options, known.references if known else finding.references)
        file = "" if self._name.startswith("<") else f"file://{encoded(Path(self._name).absolute().as_posix())}"
        severity, sure = told(f"severity.{finding.severity.label}"), told(f"confidence.{finding.confidence.label}")
        grade = told("grade", severity=severity, confidence=sure)
        head = ((self._at(span.start), file), (": ", ""), (finding.rule_id, page))
        yield Line(grade, STYLES[finding.severity], head)
        yield Line(f"  {finding.message}")
        row, column = self._places.locate(span.start)
        line = self._places.text_of(row)
        shown, marked = window(line, Span(column - 1, min(len(line), column - 1 + span.length)))
        number = str(row)
        yield Line(f"  {number} | {shown}")
        yield Line(f"  {' ' * len(number)} | {caret(shown, marked)}", STYLES[finding.severity])
        yield Line(f"  {told('affected', text=finding.affected)}")
        yield Line(f"  {told('rewrite', text=finding.rewrite)}", "green")
        for one in self._rewrites.of(item):
            yield Line(f"  {told('fix', words=one.key, new=one.new)}", "green")
        for cue in finding.cues:
            yield Line(f"  {told('cue', why=cue.why, weight=cue.weight)}", "dim")
        for change in finding.adjustments:
            key = "raised" if change.steps > 0 else "lowered"
            yield Line(f"  {told(key, why=change.why, by=change.by, steps=change.steps)}", "dim")

    def _set_aside(self) -> Iterator[Line]:
        for item in self._aside:
            yield Line(f"{self._at(item.span.start)}: {told_aside(item, self._told)}", "dim")
        for post in self._posts:
            for dropped in post.verdict.report.dismissed:
                finding = dropped.finding
                text = self._told("dismissed", rule=finding.rule_id, words=finding.matched, why=dropped.why)
                yield Line(f"{self._at(post.document.locate(finding.span).start)}: {text}", "dim")

    def _decision(self, post: Screened) -> Iterator[Line]:
        verdict, told = post.verdict, self._told
        called = self._name if str(post.document.id) == self._name else f"{self._name}#{post.document.id}"
        for note in verdict.report.screened.notes:
            yield Line(f"{called}: {told('note', text=note)}", "dim")
        if not verdict.report.findings:
            # 何百もの「見つかりませんでした」は、見るべき行を埋もれさせる。数は最後の行で言う。
            if self._options.verbose or len(list(islice(self._run.posts(), 2))) == 1:
                yield Line(f"{called}: {told('clean')}", "dim")
            return
        owners = f"　{told('owners', owners=told.joined(list(verdict.owners)))}" if verdict.owners else ""
        yield Line(f"{called}: {told('decides', tier=verdict.tier.label)}{owners}", "bold")
        for reason in verdict.because:
            numbers = told.joined([str(number + 1) for number in reason.findings])
            yield Line(f"  {told('because', clause=reason.clause, numbers=numbers)}", "dim")
        if not verdict.override:
            yield Line(f"  {told('final')}", "bold red")


def _footer(run: Run, options: Options, told: Words) -> Iterator[Line]:
    counts = tally(run)
    if options.statistics:
        yield from _statistics(run, counts, told)
    numbers = {
        "files": counts.files,
        "posts": counts.posts,
        "findings": counts.findings,
        "set-aside": counts.suppressed,
    }
    if options.statistics:
        numbers["withdrawn"] = counts.dismissed
    if counts.errors:
        numbers["errors"] = counts.errors
    parts = [told(key, count=f"{number:,}") for key, number in numbers.items()]
    if counts.highest is not None:
        parts.append(told("highest", tier=counts.highest.label))
    yield Line(told.joined(parts), "bold")
    if counts.clean and not options.verbose and counts.posts > 1:
        yield Line(told("clean-posts", count=f"{counts.clean:,}"), "dim")
    yield from _next(run, told)


def _statistics(run: Run, counts: Tally, told: Words) -> Iterator[Line]:
    severities = [(told(f"severity.{grade.label}"), counts.by_severity[grade.label]) for grade in reversed(Severity)]
    tiers = [(tier.label, counts.by_tier[tier.label]) for tier in reversed(run.policy.tiers)]
    groups = {
        "by-rule": sorted(counts.by_rule.items(), key=lambda row: (-row[1], row[0])),
        "by-category": sorted(counts.by_category.items(), key=lambda row: (-row[1], row[0])),
        "by-severity": severities,
        "by-tier": tiers,
    }
    for title, rows in groups.items():
        if any(count for _, count in rows):
            yield Line(told(title), "bold")
            yield from (Line(f"  {count:>6,}  {key}") for key, count in rows if count)
    amounts = (("files", counts.files), ("posts", counts.posts), ("points", counts.points))
    yield Line(told("screened"), "bold")
    yield Line(f"  {told.joined([told(key, count=f'{number:,}') for key, number in amounts])}")


def _next(run: Run, told: Words) -> Iterator[Line]:
    """Say what the author does now, when somebody else decides over a post."""
    groups = waiting(run)
    if not groups:
        return
    yield Line(told("next"), "bold")
    for group in groups:
        yield Line(f"  {group.told(told)}", "bold")
    names = list(dict.fromkeys(name for group in groups for name in group.names))
    command = f"flamecheck check {' '.join(map(called, names[:NAMED]))}{' …' * (len(names) > NAMED)}"
    yield Line(f"  {told('next.rewrite', command=command)}")
    posts = [post for group in groups for post in group.posts]
    if not all(post.verdict.override for post in posts):
        yield Line(f"  {told('next.final')}", "bold red")
    free = next((post for post in posts if post.verdict.override), None)
    if free is not None:
        worst = max(free.verdict.report.findings, key=lambda finding: finding.severity)
        yield Line(f"  {told('next.show', command=f'{command} --format markdown')}")
        yield Line(f"  {told('next.keep', directive=_directive(free.document.origin.name, worst.rule_id, told))}")


def called(name: str) -> str:
    """Return the name of a file as a shell takes it."""
    # 「-」で始まる名前は、そのままでは選択肢に読まれる。
    return shlex.quote(f"./{name}" if name.startswith("-") else name)


def _directive(name: str, rule_id: str, told: Words) -> str:
    """Return how to set the finding aside in a file of this name; without comments, in the baseline."""
    text = f'flamecheck: ignore[{rule_id}] reason="{told("reason")}"'
    suffix = Path(name).suffix.lower()
    if suffix in (".md", ".markdown", ".html", ".htm"):
        return f"<!-- {text} -->"
    if suffix == ".mdx":
        return f"{{/* {text} */}}"
    if suffix in (".yml", ".yaml"):
        return f"# {text}"
    return f"flamecheck baseline update {called(name)}"
