"""``compare(old, new) -> Iterator[Change]``: the posts whose verdict is another one than last time, and why.

Both sides are rows of the batch contract (docs/wire-format.md), the old ones perhaps of an older version.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from flamecheck.audit.change import Change, Known, Turn
from flamecheck.audit.changesummary import Summary
from flamecheck.audit.joining import joined
from flamecheck.audit.reasons import Reasons
from flamecheck.audit.result import Result
from flamecheck.audit.verdictrow import Said, VerdictRow, read
from flamecheck.errors import InputError, said

Row = dict[str, Any]


def compare(
    old: Iterable[object],
    new: Iterable[object],
    *,
    known: Known | None = None,
    summary: Summary | None = None,
    folder: Path | None = None,
) -> Iterator[Change]:
    """Yield what changed, in the order of ``new``, then the posts that only ``old`` has, in its order.

    Rows are joined by id, those of one id in their order.  A row may carry its post under ``post`` (``post_rows``), and
    changes of the text are told from others then.  What is no row is counted in ``summary`` and left.  Memory does not
    grow with the rows; ``folder`` holds an index while the orders differ.
    """
    known = known or Known()
    summary = Summary() if summary is None else summary
    summary.tiers = known.tiers
    for before, after in joined(summary.sound(old, old=True), summary.sound(new, old=False), folder):
        change = _change(read(before), read(after), known)
        summary.add(change)
        if change:
            yield change


def post_rows(results: Iterable[Result]) -> Iterator[Row]:
    """Yield the rows of a run, each with what ``compare`` asks of its post."""
    for result in results:
        post = result.post
        about = {"text": post.text, "posted_at": post.posted_at, "channel": post.channel, "account": post.account}
        yield {**result.row, "post": about}


def read_rows(path: str | Path) -> Iterator[object]:
    """Yield every row of a JSON Lines file, None for a line that is none; blank lines are passed over.

    Raises InputError (code ``unreadable``).
    """
    try:
        with Path(path).open("rb") as lines:
            for number, line in enumerate(lines):
                raw = line.removeprefix(b"\xef\xbb\xbf") if not number else line
                if raw.strip():
                    yield _parsed(raw)
    except OSError as error:
        raise InputError("unreadable", f"{path}: 読めません: {said(error)}") from None


def rules_of(rows: Iterable[object]) -> frozenset[str]:
    """Return every rule that occurs in ``rows``, dismissed and suppressed findings included: ``Known.spoke``."""
    rules: set[str] = set()
    for row in rows:
        known = read(row)
        if known:
            rules.update(found.rule for found in (*known.findings, *known.dismissed, *known.suppressed))
    return frozenset(rules)


def _parsed(raw: bytes) -> object:
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        return None


def _change(old: VerdictRow | None, new: VerdictRow | None, known: Known) -> Change | None:
    if old is None or new is None:
        row = old or new
        assert row is not None  # noqa: S101 - 片方は必ずある
        if old is None:
            return Change(row.id, "only-new", ("", row.tier), ("", row.severity))
        return Change(row.id, "only-old", (row.tier, ""), (row.severity, ""))
    tiers, severities = (old.tier, new.tier), (old.severity, new.severity)
    if old.error or new.error:
        if bool(old.error) == bool(new.error):
            return None
        return Change(new.id, "unreadable" if new.error else "readable", tiers, severities, why=new.error or old.error)
    reasons = Reasons(old, new, known)
    turns = tuple(_turns(old.findings, new.findings, reasons))
    moved = (old.tier != new.tier and "tier" not in old.missing) or (
        old.severity != new.severity and "severity" not in old.missing
    )
    if not turns and not moved:
        return None
    reason, why = ("", "") if turns else reasons.tier()
    return Change(new.id, "verdict", tiers, severities, turns, reason, why)


def _turns(old: tuple[Said, ...], new: tuple[Said, ...], reasons: Reasons) -> Iterator[Turn]:
    for before, after in _matched(old, new):
        if before and after:
            if _shown(before) != _shown(after):
                yield _turn("changed", before, after, *reasons.changed(before, after))
        elif before:
            yield _turn("vanished", before, None, *reasons.vanished(before))
        elif after:
            yield _turn("appeared", None, after, *reasons.appeared(after))


def _matched(old: tuple[Said, ...], new: tuple[Said, ...]) -> Iterator[tuple[Said | None, Said | None]]:
    """Pair the findings of one rule: those at the same place first, then those that share words, then by the words."""
    left: dict[str, list[Said]] = {}
    for found in new:
        left.setdefault(found.rule, []).append(found)
    alone = list(old)
    pairs: list[tuple[Said | None, Said | None]] = []
    for fits in (_same, Said.meets, _same_words):
        rest = []
        for before in alone:
            others = left.get(before.rule, [])
            after = next((other for other in others if fits(before, other)), None)
            if after is None:
                rest.append(before)
            else:
                others.remove(after)
                pairs.append((before, after))
        alone = rest
    pairs += [(before, None) for before in alone]
    pairs += [(None, after) for others in left.values() for after in others]
    yield from sorted(pairs, key=_place)


def _place(pair: tuple[Said | None, Said | None]) -> tuple[int, int, str]:
    found = pair[1] or pair[0]
    return (found.start, found.end, found.rule) if found else (0, 0, "")


def _same(old: Said, new: Said) -> bool:
    return (old.start, old.end) == (new.start, new.end)


def _same_words(old: Said, new: Said) -> bool:
    return old.matched == new.matched != ""


def _shown(found: Said) -> tuple[object, ...]:
    return found.start, found.end, found.matched, found.severity, found.confidence


def _turn(what: str, old: Said | None, new: Said | None, reason: str, why: str) -> Turn:
    found = new or old
    assert found is not None  # noqa: S101 - 片方は必ずある
    return Turn(what, found.rule, found.start, found.end, found.matched, _grade(old), _grade(new), reason, why)


def _grade(found: Said | None) -> str:
    return f"{found.severity}/{found.confidence}" if found else ""
