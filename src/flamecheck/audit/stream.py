"""``audit(lines, write, screener) -> Summary``: one row out for each row in, in order; a bad row never stops the run."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from flamecheck.errors import InputError
from flamecheck.inputs.jsonl import RowError, parse_row
from flamecheck.masks import starred_post
from flamecheck.screener import Screener
from flamecheck.wire import dump, error_row


@dataclass(slots=True)
class Summary:
    """Counts that add up: ``read == screened + errors``; blank lines are counted apart, duplicates are screened."""

    read: int = 0
    screened: int = 0
    errors: int = 0
    duplicate_ids: int = 0
    blank: int = 0
    flagged: int = 0
    highest: int = -1
    """Rank of the highest tier any post reached; -1 before the first."""

    def __str__(self) -> str:
        return (
            f"読んだ行 {self.read} = 見た投稿 {self.screened} + 読めなかった行 {self.errors}"
            f"（指摘のある投稿 {self.flagged}、id の重複 {self.duplicate_ids}、空行 {self.blank}）"
        )


def audit(
    lines: Iterable[bytes], write: Callable[[str], object], screener: Screener, *, encoding: str = "utf-8"
) -> Summary:
    """Screen every line and write one JSON row for each, in order; memory grows only by a hash for each id."""
    summary = Summary()
    seen: set[bytes] = set()
    for number, raw in enumerate(lines, start=1):
        if not raw.strip(b" \t\r\n\xef\xbb\xbf"):
            summary.blank += 1
            continue
        summary.read += 1
        row, row_id = _row(raw, number, screener, encoding, summary)
        key = hashlib.blake2b(repr(row_id).encode("utf-8", "surrogatepass"), digest_size=12).digest()
        summary.duplicate_ids += key in seen
        seen.add(key)
        write(row)
    return summary


def _row(raw: bytes, number: int, screener: Screener, encoding: str, summary: Summary) -> tuple[str, str | int]:
    row_id: str | int = number
    try:
        document, extra = parse_row(raw, number, encoding=encoding)
        row_id = document.id
        _, verdict = starred_post(document, screener.screen(document))
        verdict = replace(verdict, extra=extra)
        text = dump(verdict.to_wire())
    except RowError as error:
        summary.errors += 1
        return dump(error_row(error.id, error)), error.id
    except InputError as error:
        summary.errors += 1
        return dump(error_row(row_id, InputError(error.code, error.message, line=number))), row_id
    except Exception as error:
        summary.errors += 1
        internal = InputError("internal", f"内部の誤りで見られませんでした: {type(error).__name__}", line=number)
        return dump(error_row(row_id, internal)), row_id
    summary.screened += 1
    summary.flagged += bool(verdict.report.findings)
    summary.highest = max(summary.highest, verdict.tier.rank)
    return text, row_id
