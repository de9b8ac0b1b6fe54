"""Archives, screeners and jobs for the tests of the audit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flamecheck.archives.row import Archive, Row
from flamecheck.audit.run import Job
from flamecheck.audit.sameness import Sameness
from flamecheck.audit.screening import Desk
from flamecheck.audit.work import Work
from flamecheck.context import Context
from flamecheck.document import Document, plain
from flamecheck.errors import InputError
from flamecheck.policy.model import Tier, Verdict
from flamecheck.report import Report, Screened

TIERS = (Tier("genba", "現場", 0), Tier("koho", "広報", 1))


@dataclass
class Made:
    """An archive of made-up records: text, a context besides or an error code; None for a blank one."""

    posts: Sequence[Any]
    name: str = "made.csv"
    told: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        return len(self.posts)

    def rows(self) -> Iterator[Row]:
        for number, post in enumerate(self.posts, 1):
            yield row(number, post, self.name)


def row(number: int, post: Any, name: str = "made.csv") -> Row:
    place = f"{name} {number} 行目"
    if post is None:
        return Row(number, place, number)
    if isinstance(post, InputError):
        return Row(number, place, number, error=post, raw="壊れた行, 090-1234-5678")
    text, context = post if isinstance(post, tuple) else (post, {})
    document = plain(text, name=name, id=f"p{number}", context=Context.of(context))
    return Row(number, place, number, document, extra={"行": number})


def judged(document: Document) -> Verdict:
    """Stand in for a screener: no rules, a tier by the text alone."""
    tier = TIERS["炎" in document.text]
    return Verdict(tier, (), (), Report((), (), Screened("pack", "dictionary")), document.id)


def fake() -> Desk:
    return Desk(judged)


@dataclass
class Told:
    """What a job told."""

    warnings: list[str] = field(default_factory=list)


def job(folder: Path, archives: Sequence[Archive], **more: Any) -> Job:
    """Return a job in ``folder`` over ``archives`` with the fake screener, unless ``more`` says otherwise."""
    asked = more.pop("asked", {"what": "test"})
    work = Work(
        folder, asked, resume=more.pop("resume", False), restart=more.pop("restart", False), made_on="2026-11-24"
    )
    defaults: dict[str, Any] = {"make": fake, "sameness": Sameness((), ()), "warn": lambda _: None}
    return Job(archives=archives, work=work, **{**defaults, **more})
