"""What every output shows of a run: each finding at its place in the file, with the tier and level of its own."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from itertools import takewhile
from typing import Final
from urllib.parse import quote

from flamecheck.display import sound
from flamecheck.finding import Finding, Suppressed
from flamecheck.fixes import Fix, fixes
from flamecheck.messages import Words
from flamecheck.outcome import Outcome, Run, Screened
from flamecheck.policy.model import Policy, Tier
from flamecheck.spans import Span


@dataclass(slots=True, frozen=True, kw_only=True)
class Options:
    """What a person asked of the outputs; each takes what concerns it.

    ``max_per_file`` caps the findings told of one file; ``pages`` is the address below which ``rules doc`` is
    published, or an address with ``{id}`` in it.
    """

    verbose: bool = False
    quiet: bool = False
    statistics: bool = False
    max_per_file: int | None = None
    lang: str = "ja"
    colour: bool = False
    links: bool = False
    pages: str = ""


class Level(IntEnum):
    """How loudly a finding is told: only an error fails the run."""

    NOTE = 0
    WARNING = 1
    ERROR = 2

    @property
    def label(self) -> str:
        """Return the word that SARIF uses."""
        return self.name.lower()


@dataclass(slots=True, frozen=True)
class Remark:
    """One finding as an output tells it; ``span`` counts code points of the file.

    ``tier`` is who decides when this is the only finding; ``aside`` says who set it aside, if anybody did.
    """

    finding: Finding
    span: Span
    tier: Tier
    level: Level
    post: Screened
    aside: Suppressed | None = None


def remarks(outcome: Outcome, policy: Policy) -> list[Remark]:
    """Return the findings of all posts of one file by place, those set aside among them."""
    found = [remark for post in outcome.posts for remark in _of_post(post, policy)]
    return sorted(found, key=lambda remark: (remark.span.start, -remark.span.length, remark.finding.rule_id))


def _of_post(post: Screened, policy: Policy) -> Iterator[Remark]:
    document, report = post.document, post.verdict.report
    tiers = [policy.present(policy.groups[finding.group][finding.severity].rank) for finding in report.findings]
    highest = max((tier.rank for tier in tiers), default=0)
    # 組み合わせで上がった段階には、どの指摘も一つでは届かない。そのときはいちばん重い指摘が止めたことにする。
    limit = highest if post.limit is None else min(post.limit, highest)
    for finding, tier in zip(report.findings, tiers, strict=True):
        level = Level.NOTE if tier.rank <= policy.lowest.rank else Level.WARNING
        if post.failing and tier.rank >= limit:
            level = Level.ERROR
        yield Remark(finding, document.locate(finding.span), tier, level, post)
    for item in report.suppressed:
        finding = item.finding
        tier = policy.present(policy.groups[finding.group][finding.severity].rank)
        level = Level.NOTE if tier.rank <= policy.lowest.rank else Level.WARNING
        yield Remark(finding, document.locate(finding.span), tier, level, post, item)


class Rewrites:
    """The rewrites of one file that rules call meaning-preserving, by the finding they stand in."""

    def __init__(self, outcome: Outcome, run: Run) -> None:
        """Find them all; empty for a run that knows nothing of its rules."""
        posts = [(post.document, post.verdict.report) for post in outcome.posts]
        self._by_rule: Final[dict[str, list[Fix]]] = {}
        for one in fixes(posts, lambda rule: run.rules[rule].fix if rule in run.rules else ()):
            self._by_rule.setdefault(one.rule, []).append(one)

    def of(self, item: Remark) -> list[Fix]:
        """Return those inside the finding, in order."""
        known = self._by_rule.get(item.finding.rule_id, [])
        start = bisect_left(known, item.span.start, key=_start)
        return list(takewhile(lambda one: one.span.end <= item.span.end, known[start:])) if item.aside is None else []


def _start(one: Fix) -> int:
    return one.span.start


def capped(found: list[Remark], most: int | None) -> tuple[list[Remark], int]:
    """Return the ``most`` gravest in their order, and how many were left out."""
    if most is None or len(found) <= most:
        return found, 0
    # 重いものから残す。同じ重さなら前にあるもの。
    gravest = sorted(range(len(found)), key=lambda at: (-found[at].level, -found[at].finding.severity, at))[:most]
    return [found[at] for at in sorted(gravest)], len(found) - most


@dataclass(slots=True, frozen=True)
class Tally:
    """Counts of one run.

    ``points`` are the code points of visible text that were screened; ``errors`` counts files that could not be read
    and what a person wrote wrongly to this program in the others.
    """

    files: int
    posts: int
    points: int
    findings: int
    suppressed: int
    dismissed: int
    errors: int
    clean: int
    highest: Tier | None
    by_rule: Counter[str]
    by_category: Counter[str]
    by_severity: Counter[str]
    by_tier: Counter[str]


def tally(run: Run) -> Tally:
    """Count everything; ``highest`` is None when nothing could be screened."""
    posts = list(run.posts())
    reports = [post.verdict.report for post in posts]
    found = [finding for report in reports for finding in report.findings]
    return Tally(
        files=len(run.outcomes),
        posts=len(posts),
        points=sum(len(post.document.text) for post in posts),
        findings=len(found),
        suppressed=sum(len(report.suppressed) for report in reports),
        dismissed=sum(len(report.dismissed) for report in reports),
        errors=sum(
            (outcome.error is not None) + sum(problem.level == "error" for problem in outcome.diagnostics)
            for outcome in run.outcomes
        ),
        clean=sum(not report.findings for report in reports),
        highest=max((post.verdict.tier for post in posts), key=lambda tier: tier.rank, default=None),
        by_rule=Counter(finding.rule_id for finding in found),
        by_category=Counter(finding.category for finding in found),
        by_severity=Counter(finding.severity.label for finding in found),
        by_tier=Counter(post.verdict.tier.label for post in posts),
    )


@dataclass(slots=True, frozen=True)
class Waiting:
    """The posts that one tier decides: how many, whom they concern besides, the files they stand in, in order."""

    tier: Tier
    posts: tuple[Screened, ...]
    owners: tuple[str, ...]
    names: tuple[str, ...]

    def told(self, told: Words, quoted: Callable[[str], str] = str, *, most: int = 3) -> str:
        """Return one line; ``quoted`` makes names and labels fit where it stands, ``most`` files are named."""
        names = [quoted(name) for name in self.names[:most]]
        names += [told("more", count=len(self.names) - most)] * (len(self.names) > most)
        owners = told("listed", names=told.joined([quoted(owner) for owner in self.owners])) if self.owners else ""
        count = f"{len(self.posts):,}"
        return told("next.tier", tier=quoted(self.tier.label), count=count, owners=owners, names=told.joined(names))


def waiting(run: Run) -> list[Waiting]:
    """Return what somebody else than the author decides, the highest tier first."""
    groups: dict[Tier, list[tuple[str, Screened]]] = {}
    for outcome in run.outcomes:
        for post in outcome.posts:
            if post.verdict.tier.rank > run.policy.lowest.rank:
                groups.setdefault(post.verdict.tier, []).append((outcome.name, post))
    return [
        Waiting(
            tier,
            tuple(post for _, post in groups[tier]),
            tuple(dict.fromkeys(owner for _, post in groups[tier] for owner in post.verdict.owners)),
            tuple(dict.fromkeys(name for name, _ in groups[tier])),
        )
        for tier in sorted(groups, key=lambda tier: -tier.rank)
    ]


def told_aside(item: Remark, told: Words) -> str:
    """Return one line about a finding that was set aside: by what, where, why, until when."""
    aside, finding = item.aside, item.finding
    if aside is None:
        raise ValueError("この指摘は抑えられていません")
    return told(
        "suppressed",
        rule=finding.rule_id,
        words=finding.matched,
        why=aside.why,
        by=told(f"by.{aside.by}"),
        where=f" {aside.where}" if aside.where else "",
        until=told("until", day=aside.until.isoformat()) if aside.until else "",
    )


def encoded(name: str) -> str:
    """Return a file name as the path of an address; bytes that were no UTF-8 stand as they are on disk."""
    try:
        return quote(name, errors="surrogateescape")
    except UnicodeEncodeError:
        return quote(sound(name))


_ADDRESS: Final = ("https://", "http://")


def page_of(rule_id: str, options: Options, references: Iterable[str] = ()) -> str:
    """Return the address of the page about a rule: the published one, or the first source with an address, or ""."""
    if options.pages:
        name = quote(rule_id)
        return (
            options.pages.replace("{id}", name) if "{id}" in options.pages else f"{options.pages.rstrip('/')}/{name}.md"
        )
    return next((word for reference in references for word in reference.split() if word.startswith(_ADDRESS)), "")
