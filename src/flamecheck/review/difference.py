"""``flamecheck rules diff``: which verdicts move between two packs, post by post, with the reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flamecheck.document import Document
from flamecheck.engine import find
from flamecheck.finding import Finding
from flamecheck.policy.decide import decide
from flamecheck.policy.model import Policy
from flamecheck.report import Report
from flamecheck.ruleset import Ruleset
from flamecheck.tokens import Tokenizer


@dataclass(slots=True, frozen=True)
class Change:
    """One finding that differs: ``kind`` is added, removed or regraded; ``why`` says it in Japanese."""

    kind: str
    rule_id: str
    matched: str
    why: str


@dataclass(slots=True, frozen=True)
class Moved:
    """One post whose findings differ, with its tier before and after."""

    post: Document
    before: str
    after: str
    changes: tuple[Change, ...]


def differences(
    posts: Iterable[Document], old: Ruleset, new: Ruleset, policy: Policy, tokenizer: Tokenizer
) -> Iterator[Moved]:
    """Yield every post of which a finding appears, goes or changes its severity, in order."""
    for post in posts:
        before, after = find(post, old, tokenizer), find(post, new, tokenizer)
        changes = tuple(_changes(before, after, old, new))
        if changes:
            tiers = [decide(report, policy).tier.id for report in (before, after)]
            yield Moved(post, tiers[0], tiers[1], changes)


def _changes(before: Report, after: Report, old: Ruleset, new: Ruleset) -> Iterator[Change]:
    was = {(finding.rule_id, finding.span): finding for finding in before.findings}
    now = {(finding.rule_id, finding.span): finding for finding in after.findings}
    for key in sorted({*was, *now}, key=lambda key: (key[1].start, -key[1].length, key[0])):
        one, other = was.get(key), now.get(key)
        if one and not other:
            yield Change("removed", one.rule_id, one.matched, _reason(one, after, new, "規則が無くなった"))
        elif other and not one:
            yield Change("added", other.rule_id, other.matched, _reason(other, before, old, "規則が加わった"))
        elif one and other and one.severity is not other.severity:
            why = f"重さが {one.severity.label} から {other.severity.label} になった"
            yield Change("regraded", one.rule_id, one.matched, why)


def _reason(finding: Finding, elsewhere: Report, ruleset: Ruleset, absent: str) -> str:
    """Return why the other pack has no such finding; ``absent`` when it does not have the rule."""
    if finding.rule_id not in {rule.id for rule in ruleset.rules}:
        return absent
    for dismissed in elsewhere.dismissed:
        if dismissed.finding.rule_id == finding.rule_id and dismissed.finding.span.overlaps(finding.span):
            return f"片方では「{dismissed.by}」が取り下げる（{dismissed.why}）"
    for other in elsewhere.findings:
        if other.rule_id == finding.rule_id and other.span.overlaps(finding.span):
            return f"片方では範囲が違う: 「{other.matched}」"
    return "片方の規則では当てはまらない"
