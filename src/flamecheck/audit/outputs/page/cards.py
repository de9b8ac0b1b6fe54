"""One flagged post as it stands on the page: what is known of it, its text with the words marked, what is said of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from flamecheck.audit.flat import CHANNELS, KINDS
from flamecheck.audit.outputs.page.markup import line, link, number, shown
from flamecheck.audit.ranking import GRADES, SURENESS, Rank, day_of
from flamecheck.audit.result import Result, RunFacts
from flamecheck.review.page import CONFIDENCES, GROUPS, SEVERITIES
from flamecheck.rules.dates import WEEKDAYS
from flamecheck.spans import Span, pieces, windows

MOST_TEXT: Final = 600
"""How many code points of a post are shown at most."""
AROUND: Final = 80
"""How much of a long post is shown on either side of what was found."""
MOST_FINDINGS: Final = 8
"""How many findings of a post are told, the gravest ones."""


@dataclass(slots=True, frozen=True)
class Card:
    """What is kept of a post among the first ones: its HTML, and by what it is filtered and sorted."""

    body: str
    title: str
    tier: str
    severity: str
    categories: tuple[str, ...]
    day: str
    channel: str
    account: str

    @property
    def year(self) -> str:
        """Return the year, "" when nobody knows it."""
        return self.day[:4]


def card(result: Result, rank: Rank, facts: RunFacts, look: Callable[[str], str]) -> Card:
    """Return the card of a flagged post; ``look`` gives the class of a tier."""
    post, row = result.post, result.row
    told = _told(row["findings"])
    labels = {tier.id: tier.label for tier in facts.tiers}
    day = day_of(post.posted_at)
    title = f'<span class="tier {look(row["tier"])}">{line(labels.get(row["tier"], row["tier"]), 40)}</span>'
    title += f" {_when(day, post.posted_at)}"
    body = "".join(_body(result, rank, facts, told))
    return Card(
        body,
        title,
        row["tier"],
        row["severity"] or "info",
        tuple(dict.fromkeys(finding["category"] for finding in row["findings"])),
        "" if day is None else day.isoformat(),
        post.channel,
        post.account,
    )


def _told(findings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the gravest findings, in the order of the text."""
    if len(findings) <= MOST_FINDINGS:
        return findings
    gravest = sorted(range(len(findings)), key=lambda at: (-GRADES[findings[at]["severity"]], at))
    return [findings[at] for at in sorted(gravest[:MOST_FINDINGS])]


def _when(day: date | None, posted_at: str) -> str:
    if day is None:
        return '<span class="when">日付は分かりません</span>'
    clock = f" {posted_at[11:16]}" if len(posted_at) > 10 else ""
    words = f"{day.year}年{day.month}月{day.day}日（{WEEKDAYS[day.weekday()]}）{clock}"
    return f'<time class="when" datetime="{shown(posted_at)}">{shown(words)}</time>'


def _body(result: Result, rank: Rank, facts: RunFacts, told: list[dict[str, Any]]) -> Iterator[str]:
    post = result.post
    known = [
        CHANNELS.get(post.channel, line(post.channel, 40)),
        line(post.account, 80),
        "届いた数は分かりません" if post.reach is None else f"届いた数 {number(post.reach)}",
        "" if post.kind == "post" else KINDS.get(post.kind, ""),
        link(post.url, '元の投稿を開く<span class="hint">（外のサイト）</span>'),
    ]
    yield f'<p class="known">{"".join(f"<span>{part}</span>" for part in known if part)}</p>'
    yield f'<p class="text" dir="auto">{_text(post.text, told)}</p>'
    yield '<ol class="findings">'
    for at, finding in enumerate(told, start=1):
        yield from _finding(at, finding, facts)
    yield "</ol>"
    if rest := len(result.row["findings"]) - len(told):
        yield f'<p class="more">このほかに指摘が {number(rest)} 件あります。</p>'
    owners = "、".join(line(owner, 40) for owner in result.row.get("owners", ()))
    parts = [
        f"担当 {owners}" if owners else "",
        line(post.place, 160),
        f"id {line(str(result.row['id']), 80)}",
        _ranked(rank),
    ]
    yield f'<p class="source">{"".join(f"<span>{part}</span>" for part in parts if part)}</p>'


def _ranked(rank: Rank) -> str:
    factors = f"重さと確かさ {rank.weight:.2f} × 届いた数 {rank.reach:.2f} × 時期 {rank.age:.2f}"
    return f"順位の点 {100 * rank.value:.1f}（{factors}）"


def _text(text: str, told: list[dict[str, Any]]) -> str:
    """Return the text with every finding marked and numbered; what is left out of a long one is said."""
    spans = [Span(finding["start"], finding["end"]) for finding in told]
    kept = windows(len(text), spans, most=MOST_TEXT, around=AROUND)
    ends = {span.end: [at for at, other in enumerate(spans) if other.end == span.end] for span in spans if span.length}
    drawn = []
    for piece, covering in pieces(len(text), [*spans, *kept]):
        marks = [at for at in covering if at < len(spans)]
        if len(marks) == len(covering):
            drawn.append(f'<span class="gap">…（{number(piece.length)} 字を省きました）…</span>')
            continue
        words = shown(text[piece.start : piece.end])
        if marks:
            gravest = max(GRADES[told[at]["severity"]] for at in marks)
            words = f'<mark class="s{int(gravest)}">{words}</mark>'
        closed = [at for at in ends.get(piece.end, ()) if at in marks]
        drawn.append(words + "".join(f'<sup class="no">{at + 1}</sup>' for at in closed))
    return "".join(drawn)


def _finding(at: int, finding: dict[str, Any], facts: RunFacts) -> Iterator[str]:
    rule, category = finding["rule_id"], finding["category"]
    severity, sure = GRADES[finding["severity"]], SURENESS[finding["confidence"]]
    yield f'<li><p class="what"><span class="no">{at}</span> <b>{line(facts.rules.get(rule, rule))}</b>'
    yield f' <span class="grade s{int(severity)}">重さ {SEVERITIES[severity]}・確かさ {CONFIDENCES[sure]}</span>'
    yield f' <span class="cat">{line(facts.categories.get(category, category))}'
    yield f"（{GROUPS.get(finding['group'], line(finding['group']))}）</span></p>"
    yield f"<p>{line(finding['message'], 400)}</p><dl>"
    yield f"<div><dt>気にする人</dt><dd>{line(finding['affected'], 400)}</dd></div>"
    yield f"<div><dt>書き換え</dt><dd>{line(finding['rewrite'], 400)}</dd></div></dl>"
    for change in finding.get("adjustments", ()):
        effect = "上げた" if change["effect"].startswith("raise") else "下げた"
        yield f'<p class="change">重さを{effect}わけ：{line(change["why"])}</p>'
    yield "</li>"


def article(number_: int, card: Card, repeats: int) -> str:
    """Return the post at a place of the list; ``repeats`` says how often the same text stands in the archives besides."""
    again = f'<p class="again">同じ文の投稿が、ほかに {number(repeats)} 件あります。</p>' if repeats else ""
    data = {
        "rank": str(number_),
        "tier": card.tier,
        "severity": str(int(GRADES[card.severity])),
        "categories": " ".join(card.categories),
        "day": card.day,
        "year": card.year,
        "channel": card.channel,
        "account": card.account,
    }
    attributes = "".join(f' data-{name}="{shown(value)}"' for name, value in data.items())
    return (
        f'<article class="post" id="p{number_}" tabindex="-1" aria-labelledby="h{number_}"{attributes}>'
        f'<h3 id="h{number_}"><span class="rank">{number_}<span class="hint"> 位</span></span> {card.title}</h3>'
        f"{again}{card.body}</article>\n"
    )
