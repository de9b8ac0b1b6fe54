"""Results of an audit as the run makes them, for the tests of outputs: invented posts, no screening."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flamecheck.audit.result import Post, Result, RunFacts, Tier
from flamecheck.errors import InputError
from flamecheck.wire import error_row

TIERS = (Tier("genba", "現場・作者", 0), Tier("koho", "広報", 1), Tier("shacho", "社長", 2))
RULES = {"tone/insult": "人へのののしり", "leak/phone": "電話番号", "=1+1": "=cmd|' /C calc'!A0"}


@dataclass(frozen=True)
class Kept:
    """Results that can be read again and again, as those on the disk."""

    listed: Sequence[Result]

    def __iter__(self) -> Iterator[Result]:
        return iter(self.listed)


def finding(text: str, words: str, **said: Any) -> dict[str, Any]:
    """Return a finding of the first ``words`` in ``text``."""
    start = text.index(words)
    return {
        "rule_id": "tone/insult", "category": "insult-violence", "group": "tone", "severity": "high",
        "confidence": "high", "start": start, "end": start + len(words), "matched": words,
        "message": f"「{words}」は、ののしりと受け取られるおそれがあります。", "affected": "言われた本人",
        "rewrite": "ののしりを外す。", "references": [], "via": [], "adjustments": [], "cues": [], **said,
    }  # fmt: skip


def verdict(number: int, text: str, *findings: dict[str, Any], extra: Any = None, **known: Any) -> Result:
    """Return the result of a post; it is at the lowest tier without findings, else at the highest."""
    severities = [item["severity"] for item in findings]
    row = {
        "v": 1, "id": f"p{number}", "tier": "shacho" if findings else "genba",
        "severity": max(severities, key=["info", "low", "medium", "high", "critical"].index, default=None),
        "score": 62 * bool(findings), "scores": {"tone": 62} if findings else {}, "owners": ["広報"] * bool(findings),
        "because": [], "findings": list(findings), "dismissed": [], "suppressed": [],
        "screened": {"pack": "f", "dictionary": "d", "unchecked": ["images"], "notes": [], "packs": []},
        "extra": extra or {},
    }  # fmt: skip
    return Result(number, Post("posts.csv", number, f"posts.csv {number + 1} 行目", text, **known), row)


def unread(number: int, message: str, code: str = "json") -> Result:
    """Return the result of a record that could not be read."""
    post = Post("posts.csv", number, f"posts.csv {number + 1} 行目")
    return Result(number, post, error_row(number, InputError(code, message, line=number)))


def facts_of(results: Sequence[Result], **said: Any) -> RunFacts:
    """Return the facts of a run that came to these results."""
    bad = sum(result.failed for result in results)
    same = sum(result.post.same_as is not None for result in results)
    values: dict[str, Any] = {
        "read": len(results), "screened": len(results) - bad - same, "duplicates": same, "quarantined": bad, "blank": 0,
        "whole": True, "sampled": "", "archives": ("posts.csv",), "tiers": TIERS, "made_on": "2026-08-09",
        "categories": {"insult-violence": "ののしり"}, "rules": RULES, "version": "0.1.0", "pack": "f", "dictionary": "d",
    }  # fmt: skip
    return RunFacts(**{**values, **said})
