"""Read a detector's tables: one text a line, ⏎ for a line end, ⟦ ⟧ around what must be found."""

from __future__ import annotations

from flamecheck.context import Context
from flamecheck.detectors.numerals import ANY, Limits
from flamecheck.detectors.registry import detect
from flamecheck.normalize import fold


def lines(table: str) -> list[str]:
    """Return the texts of a table; a line that starts with # is a remark."""
    rows = [row.strip() for row in table.strip().splitlines()]
    return [row.replace("⏎", "\n") for row in rows if row and not row.startswith("#")]


def drawn(name: str, text: str, posted_at: str | None = None, limits: Limits = ANY) -> str:
    """Return ``text`` without its ⟦ ⟧ but with them around everything the detector finds in it as it is written."""
    plain = text.replace("⟦", "").replace("⟧", "")
    folded = fold(plain)
    spans = [folded.to_source(found.span) for found in detect(name, folded.text, context(posted_at), limits)]
    for start, end in sorted(spans, reverse=True):
        plain = plain[:start] + "⟦" + plain[start:end] + "⟧" + plain[end:]
    return plain


def sure(name: str, text: str, posted_at: str | None = None) -> list[str]:
    """Return the confidences of what is found, ``-`` for those left to the rule."""
    found = detect(name, fold(text).text, context(posted_at))
    return ["-" if item.confidence is None else item.confidence.label for item in found]


def context(posted_at: str | None) -> Context:
    """Return a context with that day, or none."""
    return Context.of({"posted_at": posted_at} if posted_at else None)
