"""``check(drafts, …) -> outcomes``: each file is read, screened, set aside from and decided on by itself, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TypeAlias

from flamecheck.checking.desk import Desk
from flamecheck.context import Context
from flamecheck.document import Document, Source
from flamecheck.errors import Diagnostic, FlamecheckError, InputError
from flamecheck.formats import documents_of
from flamecheck.inputs.files import decode
from flamecheck.outcome import Outcome, Screened
from flamecheck.policy.decide import decide
from flamecheck.report import Report
from flamecheck.settings.grade import with_severities
from flamecheck.settings.values import Applied, Settings

Reports: TypeAlias = Sequence[tuple[Document, Report]]
SetAside: TypeAlias = Callable[[Reports, Applied], tuple[list[Report], tuple[Diagnostic, ...]]]
"""What moves findings of one file aside, and what it has to say about that."""


@dataclass(slots=True, frozen=True)
class Draft:
    """One file to read: ``name`` as the user gave it, ``path`` as the settings see it, and how to get its bytes.

    ``read`` raises InputError.
    """

    name: str
    path: str
    read: Callable[[], bytes]


@dataclass(slots=True, frozen=True)
class Asked:
    """What the command line asks of every file: ``context`` goes before what a file says of itself."""

    context: Context
    encoding: str | None = None


def check(
    drafts: Iterable[Draft], settings: Settings, desk: Desk, asked: Asked, set_aside: SetAside
) -> Iterator[Outcome]:
    """Yield one outcome for each draft; an error about one is its outcome, and the run goes on."""
    for draft in drafts:
        text = note = ""
        applied = settings.applied(draft.path)
        limit = desk.policy.tier(applied.fail_at)
        try:
            with _told_as_input_error():
                text, note = decode(draft.read(), encoding=asked.encoding)
                documents = [
                    replace(document, context=document.context.over(applied.context))
                    for document in documents_of(Source(draft.name, text), asked.context, applied.fields)
                ]
                fixed = desk.policy.no_override
                found = [
                    (document, with_severities(desk.report(document, applied), applied.severity, fixed))
                    for document in documents
                ]
                reports, diagnostics = set_aside(found, applied)
        except InputError as error:
            yield Outcome(draft.name, text, error=error, note=note)
            continue
        verdicts = [
            decide(report, desk.policy, id=document.id) for document, report in zip(documents, reports, strict=True)
        ]
        posts = tuple(
            Screened(document, verdict, verdict.tier.rank >= limit.rank, limit.rank)
            for document, verdict in zip(documents, verdicts, strict=True)
        )
        yield Outcome(draft.name, text, posts, diagnostics=diagnostics, note=note)


@contextmanager
def _told_as_input_error() -> Iterator[None]:
    """Let any other failure be an InputError about this file, without its text."""
    try:
        yield
    except FlamecheckError:
        # 規則や辞書が読めないのは、このファイルのせいではない。
        raise
    except Exception as error:
        message = f"内部の誤りで見られませんでした: {type(error).__name__}"
        raise InputError("internal", message) from None
