"""``set_aside(posts, …) -> reports and diagnostics``: move what a person has set aside out of the findings of one file.

Allowed words come first, then directives, the baseline, and what did not change; each finding is set aside once, by the
first that covers it.  What the policy lets nobody release only allowed words set aside: they stand in the settings, so
whoever answers for the policy has agreed to them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property
from itertools import accumulate, islice, takewhile
from typing import Final, Protocol, TypeAlias

from flamecheck.document import Document
from flamecheck.errors import Diagnostic, in_order
from flamecheck.finding import Finding, Suppressed
from flamecheck.grading import Severity
from flamecheck.normalize import fold
from flamecheck.report import Report, starred
from flamecheck.spans import Lines, Span
from flamecheck.suppression.baseline import Baseline, Entry
from flamecheck.suppression.directives import Directive, Directives, Name
from flamecheck.suppression.known import Known
from flamecheck.suppression.sentence import Sentences

Posts: TypeAlias = Sequence[tuple[Document, Report]]


class Words(Protocol):
    """Words that are allowed, to which rules (none: to all), why, and where it says so."""

    @property
    def words(self) -> str:
        """The words."""

    @property
    def reason(self) -> str:
        """Why."""

    @property
    def rules(self) -> tuple[str, ...]:
        """Selectors."""

    @property
    def where(self) -> str:
        """The place."""


@dataclass(slots=True, frozen=True)
class Changed:
    """What changed in a file: ranges of its text in order, empty where something was taken out; ``since`` when."""

    spans: tuple[Span, ...]
    since: str


@dataclass(slots=True, frozen=True)
class Controls:
    """What holds for a run: the day in Japan, the rules (asked only where a directive stands), the baseline.

    ``fixed`` are the groups and severities of findings that nobody may release.
    """

    known: Callable[[], Known]
    today: date
    fixed: Collection[tuple[str, Severity]] = frozenset()
    baseline: Baseline | None = None


def set_aside(
    posts: Posts,
    controls: Controls,
    *,
    name: str,
    allow: Sequence[Words] = (),
    changed: Changed | None = None,
) -> tuple[list[Report], tuple[Diagnostic, ...]]:
    """Return the reports of one file, in order, and what there is to say of the directives in it.

    A finding is covered by a directive when it overlaps its range, by allowed words when it lies inside them.
    """
    if not posts:
        return [], ()
    known = cache(controls.known)
    directed = _Directed(posts, controls, known, name)
    baselined = _Baselined(controls, name)
    reports = []
    for document, report in posts:
        sentences = Sentences(document)
        allowed = _Allowed(document, allow, known)
        left: list[Finding] = []
        aside: list[Suppressed] = []
        for finding in report.findings:
            fixed = (finding.group, finding.severity) in controls.fixed
            found = allowed.by(finding) or directed.by(finding, document.locate(finding.span), fixed=fixed)
            if not found and not fixed:
                found = baselined.by(finding, sentences)
            if not found and changed and not _touched(changed, document.locate(sentences.around(finding.span))):
                why = "変わっていない文です"
                found = Suppressed(finding, "unchanged", changed.since, why)
            if found:
                aside.append(found)
            else:
                left.append(finding)
        reports.append(replace(report, findings=tuple(left), suppressed=(*report.suppressed, *aside)))
    return reports, directed.diagnostics()


def _touched(changed: Changed, span: Span) -> bool:
    """Return whether a range of the source changed, be it that something inside it was taken out."""
    at = bisect_left(changed.spans, span.start, key=lambda part: part.end)
    parts = takewhile(lambda part: part.start < span.end, islice(changed.spans, at, None))
    return any(span.start < part.end for part in parts)


class _Allowed:
    """The words that are allowed in one document; nothing is read before a finding asks."""

    def __init__(self, document: Document, allow: Sequence[Words], known: Callable[[], Known]) -> None:
        self._document: Final = document
        self._allow: Final = allow
        self._known: Final = known

    @cached_property
    def _places(self) -> list[list[Span]]:
        """Return where each of the words occurs in the visible text, in order, compared as the engine compares."""
        folded = fold(self._document.text)
        return [
            [folded.to_source(span) for span in _occurrences(folded.text, fold(item.words).text)]
            for item in self._allow
        ]

    def by(self, finding: Finding) -> Suppressed | None:
        for number, item in enumerate(self._allow):
            if item.rules and not any(finding.rule_id in self._known().selected(rule) for rule in item.rules):
                continue
            places = self._places[number]
            at = bisect_left(places, finding.span.end, key=lambda span: span.end)
            if any(place.contains(finding.span) for place in places[at : at + 1]):
                return Suppressed(finding, "allow", item.where, item.reason)
        return None


def _occurrences(text: str, words: str) -> Iterator[Span]:
    at = text.find(words) if words.strip() else -1
    while at >= 0:
        yield Span(at, at + len(words))
        at = text.find(words, at + len(words))


class _Directed:
    """The directives of one file, and which of their names a finding has used."""

    def __init__(self, posts: Posts, controls: Controls, known: Callable[[], Known], name: str) -> None:
        self._known: Final = known
        self._name: Final = name
        self._used: set[Name] = set()
        self._fixed: list[Diagnostic] = []
        self._read: Directives | None = None
        comments = posts[0][0].comments
        if comments:
            # 指示と同じ行に伏せた番号があっても、診断で見せないように、伏せた文を使う。
            lines = Lines(starred(posts))
            self._read = Directives(comments, lines, path=name, known=known(), today=controls.today)
        self._ranges: Final = _Ranges(self._read.found if self._read else ())

    def by(self, finding: Finding, span: Span, *, fixed: bool) -> Suppressed | None:
        """Return the finding as set aside by the nearest directive that covers it, and mark all that do as used."""
        covering = [
            (directive, name)
            for directive in self._ranges.over(span)
            for name in directive.names
            if finding.rule_id in name.rules
        ]
        if not covering:
            return None
        self._used.update(name for _, name in covering)
        if fixed:
            message = f"「{finding.rule_id}」の指摘（{finding.severity.label}）は、方針で上書きできません"
            self._fixed += [Diagnostic("FC809", name.place, message, level="warning") for _, name in covering]
            return None
        directive, name = min(covering, key=lambda pair: pair[0].covers.length)
        where = f"{self._name}:{name.place.line}"
        return Suppressed(finding, "directive", where, directive.reason, directive.until)

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Return everything there is to say, by place."""
        if self._read is None:
            return ()
        return tuple(in_order((*self._read.diagnostics, *self._fixed, *self._unused())))

    def _unused(self) -> Iterator[Diagnostic]:
        known = self._known()
        for directive in self._read.found if self._read else ():
            for name in directive.names:
                if name not in self._used and known.ran(name.rules):
                    message = f"「{name.text}」の指摘は、ここにはありません"
                    yield Diagnostic("FC808", name.place, message, level="warning")


class _Ranges:
    """Directives by their ranges; asking takes a time that grows with the answer, but for ranges inside one another."""

    def __init__(self, directives: Iterable[Directive]) -> None:
        self._sorted: Final = sorted(directives, key=lambda directive: directive.covers)
        self._reach: Final = list(accumulate((directive.covers.end for directive in self._sorted), max))

    def over(self, span: Span) -> Iterator[Directive]:
        """Yield every directive whose range overlaps ``span``."""
        at = bisect_left(self._sorted, span.end, key=lambda directive: directive.covers.start)
        while at and self._reach[at - 1] > span.start:
            at -= 1
            if self._sorted[at].covers.overlaps(span):
                yield self._sorted[at]


class _Baselined:
    """What of the baseline is left for one file: each entry stands for as many findings as it counts."""

    def __init__(self, controls: Controls, name: str) -> None:
        self._baseline: Final = controls.baseline
        self._path: Final = self._baseline.path_of(name) if self._baseline else ""
        self._taken: Counter[Entry] = Counter()

    def by(self, finding: Finding, sentences: Sentences) -> Suppressed | None:
        if self._baseline is None:
            return None
        entry = self._baseline.entry(finding, self._path, sentences)
        if self._taken[entry] >= self._baseline.entries.get(entry, 0):
            return None
        self._taken[entry] += 1
        return Suppressed(finding, "baseline", self._baseline.file.name, "ベースラインにある、前からの指摘です")
