"""What a run over files comes to, in the order of the files; the only thing an output is given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from flamecheck import report
from flamecheck.document import Document
from flamecheck.errors import Diagnostic, InputError
from flamecheck.grading import Confidence, Severity
from flamecheck.policy.model import Policy, Verdict


@dataclass(slots=True, frozen=True)
class Screened:
    """One post of a file: the verdict, and whether it is at or above the tier that fails the run for its path.

    ``limit`` is the rank of that tier; None when nobody said, and then only the gravest findings of a failing post fail.
    """

    document: Document
    verdict: Verdict
    failing: bool = False
    limit: int | None = None


@dataclass(slots=True, frozen=True)
class Outcome:
    """One file: its posts, or the error instead; ``diagnostics`` are about what a person wrote to this program in it.

    ``name`` is the path as the user gave it, with ``/``; ``text`` the decoded file (empty with an error); ``note``
    says what was guessed about its encoding.
    """

    name: str
    text: str = ""
    posts: tuple[Screened, ...] = ()
    error: InputError | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    note: str = ""

    def starred(self) -> str:
        """Return the text with everything starred that a finding of any of its posts stars."""
        return report.starred((post.document, post.verdict.report) for post in self.posts)


@dataclass(slots=True, frozen=True)
class RuleNote:
    """What an output may tell of a rule; the words are those of the rule file, before any post filled them in."""

    id: str
    title: str
    category: str
    group: str
    severity: Severity
    confidence: Confidence
    status: str
    message: str
    affected: str
    rewrite: str
    references: tuple[str, ...] = ()
    fix: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True, frozen=True)
class Run:
    """All outcomes, with what an output may tell of the rules and the policy behind them."""

    outcomes: tuple[Outcome, ...]
    policy: Policy
    rules: Mapping[str, RuleNote] = field(default_factory=dict)
    version: str = ""

    def posts(self) -> Iterator[Screened]:
        """Yield every screened post, in order."""
        for outcome in self.outcomes:
            yield from outcome.posts
