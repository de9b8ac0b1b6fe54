"""The parts of the page before and around the posts, from the counts: pure functions that return HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

from flamecheck.audit.outputs.page.cards import Card
from flamecheck.audit.outputs.page.charts import Part, bar, timeline
from flamecheck.audit.outputs.page.days import days
from flamecheck.audit.outputs.page.filters import filters
from flamecheck.audit.outputs.page.markup import line, number, share, shown
from flamecheck.audit.outputs.page.tally import Tally, most
from flamecheck.audit.result import RunFacts, Tier
from flamecheck.review.page import GROUPS

LOOKS: Final = 5
"""How many looks of tiers the style sheet has."""
MONTHS: Final = 144
"""How many months the timeline shows at most, the last ones."""
ROWS: Final = 14
"""How many categories are shown before one asks for the others."""
ROWS_BEHIND: Final = 3
"""So many more are shown at once rather than hidden."""
RULES: Final = 20
ARCHIVES: Final = 12
FAILURES: Final = {
    "encoding": "文字コードが読めない", "json": "JSON として読めない", "text-missing": "本文がない",
    "text-type": "本文が文字ではない", "row-type": "記録の形が違う", "id-type": "id の形が違う",
    "context-key": "文脈の項目名が違う", "context-value": "文脈の値が違う", "context-type": "文脈の形が違う",
    "cells": "セルの数か値が読めない", "quotes": "引用符が合わない", "columns": "列が読めない",
    "archive": "データが壊れている", "unreadable": "ファイルが開けない", "extra": "要るものが入っていない",
    "front-matter": "先頭の設定が読めない", "yaml": "YAML として読めない",
    "regex-time": "時間内に読み終わらない", "too-large": "大きすぎる", "internal": "flamecheck の側の誤り",
}  # fmt: skip
"""Why a record could not be read, in short; any other code stands as it is."""


def looks(tiers: Sequence[Tier]) -> Callable[[str], str]:
    """Return what leads a tier to its class: the lowest one is pale, the highest one dark, however many there are."""
    last = max(len(tiers) - 1, 1)
    classes = {tier.id: f"t{(at * (LOOKS - 1) + last // 2) // last}" for at, tier in enumerate(tiers)}
    return lambda name: classes.get(name, "t0")


class Sections:
    """Everything of the page but the posts."""

    def __init__(self, facts: RunFacts, tally: Tally, cards: Sequence[Card], top: int) -> None:
        """Take what is known of the run, what was counted, and the posts that the page shows, ``top`` at most."""
        self._top: Final = top
        self._facts, self._tally, self._cards = facts, tally, cards
        self._tiers: Final = sorted(facts.tiers, key=lambda tier: -tier.rank)
        self._look: Final = looks(facts.tiers)

    def values(self) -> dict[str, str]:
        """Return the HTML of every part, by its name in the template."""
        facts = self._facts
        return {
            "period": self._period(),
            "made": f"{shown(facts.made_on)} に点検・flamecheck {line(facts.version)}",
            "notices": self._notices(),
            "figures": self._figures(),
            "sum": self._sum(),
            "archives": self._archives(),
            "tiers": self._by_tier(),
            "groups": self._bars(
                [(GROUPS.get(name, name), count) for name, count in most(self._tally.by_group)], "話の種類"
            ),
            "categories": self._bars(
                [(facts.categories.get(name, name), count) for name, count in most(self._tally.by_category)],
                "分類",
            ),
            "timeline": self._timeline(),
            "days": days(facts, self._tally),
            "rules": self._rules(),
            "dates": self._dates(),
            "filters": filters(self._cards, facts),
            "shown": self._shown(),
            "screened": f"規則集 {line(facts.pack)}・辞書 {line(facts.dictionary)}・flamecheck {line(facts.version)}",
        }

    def _period(self) -> str:
        first, last = self._tally.first, self._tally.last
        if first is None or last is None:
            return "投稿の日付は分かりません"
        return f"{first.year}年{first.month}月{first.day}日 から {last.year}年{last.month}月{last.day}日 までの投稿"

    def _notices(self) -> str:
        said = []
        if not self._facts.whole:
            said.append(
                "<b>途中で止まった点検です。</b>ここにあるのは、止まるまでに読んだ分だけです。"
                "<code>--resume</code> を付けて同じ点検をもう一度始めると、続きから読みます。"
            )
        if self._facts.sampled:
            said.append(
                f"<b>一部を抜き取った点検です（{line(self._facts.sampled)}）。</b>"
                "件数はすべて、抜き取った投稿の中での数です。"
            )
        return "".join(f'<p class="notice">{words}</p>' for words in said)

    def _figures(self) -> str:
        """Return the few numbers to see first: posts, flagged ones, and who decides over those, the highest first."""
        tally = self._tally
        figures = [
            ("点検した投稿", tally.posts, "", ""),
            ("指摘のある投稿", tally.flagged, f"点検した投稿の {share(tally.flagged, tally.posts)}", ""),
        ]
        for tier in self._tiers[: max(1, min(3, len(self._tiers) - 1))]:
            count = tally.flagged_by_tier[tier.id]
            figures.append((f"{line(tier.label, 40)}が決める", count, "指摘のある投稿のうち", self._look(tier.id)))
        return "".join(
            f'<div class="figure {look}"><dt>{words}</dt><dd>{number(count)}<small>件</small></dd>'
            f'<dd class="note">{note}</dd></div>'
            for words, count, note, look in figures
        )

    def _sum(self) -> str:
        facts, tally = self._facts, self._tally
        blank = f"中身のない記録 {number(facts.blank)} 件は、この数に入れていません。" if facts.blank else ""
        words = (
            f"読んだ記録 <b>{number(facts.read)}</b> ＝ 見た投稿 <b>{number(facts.screened)}</b>"
            f" ＋ 同じ文だったので一度だけ見た投稿 <b>{number(facts.duplicates)}</b>"
            f" ＋ 読めなかった記録 <b>{number(facts.quarantined)}</b>。{blank}"
        )
        clean = tally.posts - tally.flagged
        posts = (
            f"点検した投稿 <b>{number(tally.posts)}</b> ＝ 指摘のある投稿 <b>{number(tally.flagged)}</b>"
            f" ＋ 知っている引っかかりが見つからなかった投稿 <b>{number(clean)}</b>。"
        )
        failed = "、".join(
            f"{FAILURES.get(code, line(code, 40))} {number(count)} 件" for code, count in most(tally.errors)
        )
        if failed:
            failed = f"<p>読めなかったわけ：{failed}。記録は、わけを付けて別のファイルに分けてあります。</p>"
        return f"<p>{words}</p><p>{posts}</p>{failed}"

    def _archives(self) -> str:
        names = self._facts.archives
        items = "".join(f"<li>{line(name, 200)}</li>" for name in names[:ARCHIVES])
        rest = f"<li>ほか {number(len(names) - ARCHIVES)} 件</li>" if len(names) > ARCHIVES else ""
        return f'<ul class="archives">{items}{rest}</ul>'

    def _by_tier(self) -> str:
        counts = self._tally.flagged_by_tier
        highest = max((counts[tier.id] for tier in self._tiers), default=0)
        rows = [
            f'<tr><th scope="row"><span class="key {self._look(tier.id)}"></span>{line(tier.label, 40)}</th>'
            f"<td>{bar([Part(self._look(tier.id), counts[tier.id])], highest)}</td>"
            f'<td class="n">{number(counts[tier.id])}</td>'
            f'<td class="n">{share(counts[tier.id], self._tally.flagged)}</td></tr>'
            for tier in self._tiers
        ]
        return _table(("決める人", "", "投稿", "割合"), rows)

    def _bars(self, counts: Sequence[tuple[str, int]], head: str) -> str:
        if not counts:
            return "<p>ありません。</p>"
        highest = max(count for _, count in counts)
        rows = [
            f'<tr><th scope="row">{line(name, 60)}</th><td>{bar([Part("g", count)], highest)}</td>'
            f'<td class="n">{number(count)}</td><td class="n">{share(count, self._tally.flagged)}</td></tr>'
            for name, count in counts
        ]
        heads, rest = (head, "", "投稿", "割合"), len(rows) - ROWS
        if rest <= ROWS_BEHIND:
            return _table(heads, rows)
        behind = f"<summary>ほかの {rest} 件を見る</summary>{_table(heads, rows[ROWS:])}"
        return f'{_table(heads, rows[:ROWS])}<details class="more-rows">{behind}</details>'

    def _timeline(self) -> str:
        tally = self._tally
        if tally.first is None or tally.last is None or not tally.flagged_dated:
            return "<p>日付の分かる指摘がありません。</p>"
        first, last = (day.year * 12 + day.month - 1 for day in (tally.first, tally.last))
        span = range(max(first, last - MONTHS + 1), last + 1)
        months = [
            ((at // 12, at % 12 + 1), self._parts(tally.flagged_by_month.get((at // 12, at % 12 + 1)))) for at in span
        ]
        before = (
            f"<p>{months[0][0][0]}年{months[0][0][1]}月より前は、下の年ごとの表にあります。</p>"
            if span.start > first
            else ""
        )
        keys = "".join(
            f'<li><span class="key {self._look(tier.id)}"></span>{line(tier.label, 40)}</li>' for tier in self._tiers
        )
        chart = timeline(months, "月ごとの、指摘のある投稿の数。決める人で塗り分け。数は下の表にあります")
        return (
            f'<ul class="keys" aria-label="決める人">{keys}</ul>'
            f'<div class="scroll" role="region" aria-label="月ごとの図" tabindex="0">{chart}</div>{before}{self._years()}'
        )

    def _parts(self, counts: Counter[str] | None) -> list[Part]:
        """Return what a column is made of, the lowest tier at the bottom."""
        if counts is None:
            return []
        return [Part(self._look(tier.id), counts[tier.id]) for tier in reversed(self._tiers) if counts[tier.id]]

    def _years(self) -> str:
        posts: Counter[int] = Counter()
        flagged: dict[int, Counter[str]] = {}
        for (year, _), count in self._tally.by_month.items():
            posts[year] += count
        for (year, _), counts in self._tally.flagged_by_month.items():
            flagged.setdefault(year, Counter()).update(counts)
        highest = max(counts.total() for counts in flagged.values())
        rows = []
        for year in sorted(posts, reverse=True):
            counts = flagged.get(year, Counter())
            tiers = "".join(f'<td class="n">{number(counts[tier.id])}</td>' for tier in self._tiers)
            rows.append(
                f'<tr><th scope="row">{year}年</th><td>{bar(self._parts(counts), highest)}</td>'
                f'<td class="n">{number(counts.total())}</td>{tiers}<td class="n">{number(posts[year])}</td>'
                f'<td class="n">{share(counts.total(), posts[year])}</td></tr>'
            )
        heads = ("年", "", "指摘のある投稿", *(line(tier.label, 40) for tier in self._tiers), "点検した投稿", "割合")
        return f'<div class="scroll" role="region" aria-label="年ごとの表" tabindex="0">{_table(heads, rows, "bars years")}</div>'

    def _rules(self) -> str:
        rules = most(self._tally.by_rule)
        if not rules:
            return "<p>ありません。</p>"
        facts, highest = self._facts, rules[0][1]
        rows = []
        for name, count in rules[:RULES]:
            category = self._tally.of_rule[name]
            rows.append(
                f'<tr><th scope="row">{line(facts.rules.get(name, name))}<small>'
                f"{line(facts.categories.get(category, category))}・<code>{line(name)}</code></small></th>"
                f'<td>{bar([Part("g", count)], highest)}</td><td class="n">{number(count)}</td></tr>'
            )
        rest = f"<p>このほかに {number(len(rules) - RULES)} の規則の指摘があります。</p>" if len(rules) > RULES else ""
        return _table(("規則", "", "投稿"), rows) + rest

    def _dates(self) -> str:
        undated = self._tally.posts - self._tally.dated
        if not undated:
            return ""
        return (
            f"<li><b>日付のない投稿 {number(undated)} 件。</b>追悼の日や時間帯との重なりは見ていません。"
            "月ごと・日ごとの図にも入っていません。</li>"
        )

    def _shown(self) -> str:
        texts, tally = len(self._cards), self._tally
        if not tally.flagged:
            return "知っている引っかかりは見つかりませんでした。"
        all_ = f"指摘のある投稿 {number(tally.flagged)} 件"
        if texts < self._top:
            again = f"同じ文の投稿は一つにまとめたので、{number(texts)} 件になります。" if texts < tally.flagged else ""
            return f"{all_}を、順位の高いほうからすべて載せています。{again}"
        again = "同じ文の投稿は一つにまとめています。" if tally.repeated else ""
        return (
            f"{all_}のうち、順位の高い {number(texts)} 件を載せています。{again}全部は、CSV や Excel の出力にあります。"
        )


def _table(heads: Sequence[str], rows: Sequence[str], look: str = "bars") -> str:
    head = "".join(
        f'<th scope="col"{" class=n" if at > 1 else ""}>{words or "<span class=hint>図</span>"}</th>'
        for at, words in enumerate(heads)
    )
    return f'<table class="{look}"><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table>'
