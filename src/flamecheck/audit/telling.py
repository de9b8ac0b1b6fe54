"""What is told of a run: the facts its outputs are given, and the summary that adds up."""

from __future__ import annotations

from collections.abc import Sequence

from flamecheck.audit.result import RunFacts, Tier
from flamecheck.audit.work import Counts
from flamecheck.rules.categories import CATEGORIES
from flamecheck.screener import Screener


def facts_of(
    screener: Screener,
    counts: Counts,
    *,
    archives: Sequence[str],
    whole: bool,
    sampled: str,
    made_on: str,
    version: str,
) -> RunFacts:
    """Return what outputs may tell of a run."""
    # 規則に書かれた日付や範囲（05-07..11-15）には名がなく、一年の半分に及ぶものもある。
    named = dict.fromkeys(day for when in screener.ruleset.whens for day in when.days if day.named)
    return RunFacts(
        read=counts.read,
        screened=counts.screened,
        duplicates=counts.duplicates,
        quarantined=counts.quarantined,
        blank=counts.blank,
        whole=whole,
        sampled=sampled,
        archives=tuple(archives),
        tiers=tuple(Tier(tier.id, tier.label, tier.rank) for tier in screener.policy.tiers),
        categories=dict(CATEGORIES),
        rules={rule.id: rule.title for rule in screener.pack.rules},
        made_on=made_on,
        version=version,
        pack=screener.ruleset.fingerprint.split("@")[0],
        dictionary=screener.tokenizer.version,
        days=tuple(named),
    )


def summary_of(counts: Counts, sampled: str = "") -> str:
    """Return what a run read and what became of it, in a line or two: read = screened + duplicates + quarantined."""
    apart = [f"指摘のある投稿 {counts.flagged}", f"id の重複 {counts.same_ids}", f"空の記録 {counts.blank}"]
    whole = f"読んだ記録 {counts.read} = 見た投稿 {counts.screened} + 同じ投稿 {counts.duplicates}"
    lines = [f"{whole} + 隔離した記録 {counts.quarantined}（{'、'.join(apart)}）"]
    left = [
        f"{told} {number}"
        for told, number in (
            ("期間の外", counts.outside),
            ("日付が分からず期間に入れなかった投稿", counts.undated),
            ("選ばれなかった投稿", counts.not_drawn),
        )
        if number
    ]
    if sampled or left:
        lines.append(f"見る範囲: {sampled or 'すべて'}{'（' + '、'.join(left) + '）' if left else ''}")
    return "\n".join(lines)
