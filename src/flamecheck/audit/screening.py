"""What a worker does with one record: screen it and write its line, starred; whatever breaks becomes an error row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

from flamecheck.archives.row import Row
from flamecheck.audit.line import written
from flamecheck.document import Document
from flamecheck.errors import InputError
from flamecheck.masks import starred, starred_address, starred_post
from flamecheck.policy.model import Verdict
from flamecheck.report import Report, starred_beside
from flamecheck.wire import error_row

RAW: Final = 2_000
"""How many code points of a record in error are kept."""
DIED: Final = "この投稿を見ている途中でプロセスが止まりました"


class Item(NamedTuple):
    """One record to screen: the number of its result, the name of its archive, and the record."""

    number: int
    archive: str
    row: Row


class Line(NamedTuple):
    """What became of one record: its line, the rank of its tier (-1 in error), whether anything was found."""

    line: bytes
    rank: int
    flagged: bool


@dataclass(slots=True, frozen=True)
class Desk:
    """Makes the line of an item; ``screen`` is that of a screener, or stands in for it in a test."""

    screen: Callable[[Document], Verdict]

    def line(self, item: Item) -> Line:
        """Return the line of one record; never raises for a record, whatever is wrong with it."""
        row = item.row
        document = row.document
        if document is None:
            return failed(item, row.error or InputError("internal", "読めない記録です"), row.number)
        try:
            verdict = self.screen(document)
            return self._screened(item, document, verdict)
        except InputError as error:
            return failed(item, error, document.id)
        except Exception as error:
            told = f"内部の誤りで見られませんでした: {type(error).__name__}"
            return failed(item, InputError("internal", told), document.id)

    def _screened(self, item: Item, document: Document, verdict: Verdict) -> Line:
        post = post_of(item)
        text, verdict = starred_post(document, verdict)
        report = verdict.report
        extra = dict(item.row.extra)
        if _leaks(report):
            extra = {key: _beside(value, document, report) for key, value in extra.items()}
            post["url"] = starred_beside(post["url"], document, report)
        row = replace(verdict, extra=extra).to_wire()
        line = written(item.number, {**post, "text": text}, row)
        return Line(line, verdict.tier.rank, bool(report.findings))


def failed(item: Item, error: InputError, row_id: str | int, star: Callable[[str], str] = starred) -> Line:
    """Return the line of a record that goes to the quarantine; ``star`` hides what looks like a leak in it."""
    row = item.row
    wrong = InputError(error.code, star(error.message), line=row.number if error.line is None else error.line)
    raw = row.raw if row.document is None else row.document.text
    cut = raw if len(raw) <= RAW else raw[:RAW] + "…"
    line = written(item.number, post_of(item), error_row(getattr(error, "id", row_id), wrong), star(cut))
    return Line(line, -1, flagged=False)


def post_of(item: Item) -> dict[str, Any]:
    """Return what is known of the post of an item, but its text, as ``Post`` wants it."""
    row = item.row
    origin = row.origin
    post: dict[str, Any] = {"archive": item.archive, "number": row.number, "place": row.place}
    post |= {"url": starred_address(origin.url), "thread": origin.thread, "kind": origin.kind}
    if row.document is not None:
        context = row.document.context
        moment = context.posted_at
        if moment is not None:
            post["posted_at"] = moment.isoformat() if context.timed else moment.date().isoformat()
        post |= {
            "channel": context.channel or "",
            "account": starred_address(context.account or ""),
            "reach": context.reach,
        }
    return post


def _leaks(report: Report) -> bool:
    """Return whether a finding of the report stars anything."""
    every = (*report.findings, *(item.finding for item in report.dismissed))
    return any("*" in finding.matched for finding in every)


def _beside(value: Any, document: Document, report: Report) -> Any:
    """Return a value of JSON with the secrets of the post starred in every string of it."""
    if isinstance(value, str):
        return starred_beside(value, document, report)
    if isinstance(value, int) and not isinstance(value, bool):
        told = starred_beside(str(value), document, report)
        return told if "*" in told else value
    if isinstance(value, list):
        return [_beside(one, document, report) for one in value]
    if isinstance(value, dict):
        return {key: _beside(one, document, report) for key, one in value.items()}
    return value
