"""Notices from what a sweep has noted in the index: chains of contradicting posts, offers that return, texts again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import groupby
from typing import Any, Final

import regex

from flamecheck.audit.inconsistency import LISTED, Inconsistency, Involved
from flamecheck.audit.offers import Chain
from flamecheck.audit.postindex import PostIndex
from flamecheck.audit.repeats import Repeat

_LAST: Final = regex.compile(r"[\p{L}\p{N}ー・]+(?=[^\p{L}\p{N}\n]*\Z)")
_WEIGHTS: Final = {"telephone": 85, "date": 80, "price": 65, "url": 50}
_SLOTS: Final = {"start": "始まる日", "end": "終わる日", "day": "日"}
_ABOUT: Final = {
    "entry": "応募・申込の",
    "use": "使える期間の",
    "result": "発表・発送の",
    "sale": "発売の",
    "pause": "休みの",
}


def told(index: PostIndex) -> Iterator[Inconsistency]:
    """Yield a notice for each chain that was noted in the index and is worth telling."""
    for (kind, _), rows in groupby(index.chains(), key=_chain):
        tell = partial(_offer, index) if kind == "offer" else partial(_contradiction, index, kind)
        notice = tell(rows)
        if notice:
            yield notice


def _contradiction(index: PostIndex, kind: str, rows: Iterable[tuple[Any, ...]]) -> Inconsistency:
    what, _, slot = kind.partition(" ")
    posts: list[Involved] = []
    shown: dict[str, list[Any]] = {}
    count, last, name = 0, "", ""
    for _, _, n, start, end, value, named, at in rows:
        count, last, name = count + 1, at or last, name or named
        if len(posts) < LISTED:
            posts.append(index.involved(n, start, end))
        if value in shown:
            shown[value][1] += 1
        elif len(shown) < LISTED:
            shown[value] = [index.involved(n, start, end).shown, 1]
    differs = tuple((words, times) for words, times in shown.values())
    about = _thing(index.text(posts[0].result)[: posts[0].start]) if what == "price" else slot
    label = _label(what, about)
    told = f"{label}が、{'と'.join(f'「{words}」（{times} 件）' for words, times in differs[:5])}に分かれています"
    weight = _WEIGHTS[what] + 5 * bool(name)
    return Inconsistency(what, weight, name or posts[0].excerpt[:30], told, differs, count, posts[0].posted_at, last, tuple(posts))  # fmt: skip


def _offer(index: PostIndex, rows: Iterable[tuple[Any, ...]]) -> Inconsistency | None:
    chain, posts, count, last, name = Chain(), list[Involved](), 0, "", ""
    for _, _, n, _, _, said, named, at in rows:
        chain.add(at, said)
        count, last, name = count + 1, at, name or named
        if len(posts) < LISTED:
            posts.append(index.involved(n))
    for kind, weight, days, span in chain.verdicts():
        told = f"{days} 日に分けて {count} 回、{span} 日のあいだ同じ案内が出ています"
        if len(chain.ends) > 1:
            told += f"。終わりの日が {len(chain.ends)} 通りあります（{'、'.join(chain.ends[:5])}）"
        differs = tuple((post.posted_at[:10], 1) for post in posts)
        return Inconsistency(kind, weight, name or posts[0].excerpt[:30], told, differs, count, posts[0].posted_at, last, tuple(posts))  # fmt: skip
    return None


def repeated(index: PostIndex) -> Iterator[Inconsistency]:
    """Yield a notice for each text that was posted more than once."""
    for _, rows in groupby(index.texts(), key=lambda row: row[0]):
        repeat = Repeat()
        for _, n, at, account, channel, exact, ref in rows:
            origin = json.loads(ref)
            repeat.add(n, at, (account, channel), exact, f"{origin['id']}\0{origin['url']}\0{channel}")
        text = index.text(repeat.listed[0])
        weight = repeat.weight(text)
        if not weight:
            continue
        posts = tuple(index.involved(n) for n in repeat.listed)
        told = f"同じ文章が {repeat.count} 回あります"
        told += "（空白・絵文字・記号だけが違うものを含む）" if len(repeat.exact) > 1 else ""
        told += "。文中の日付は、最後に出した日には過ぎています" if repeat.stale(text) else ""
        differs = tuple((post.posted_at, 1) for post in posts)
        yield Inconsistency("repeated", weight, posts[0].excerpt[:30], told, differs, repeat.count, repeat.first, repeat.last, posts)  # fmt: skip


def _chain(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return row[:2]


def _thing(before: str) -> str:
    """Return the words that stand right before a value."""
    found = _LAST.search(before[-24:])
    return found.group() if found and not found.group().endswith(("円", "ドル")) else ""


def _label(what: str, slot: str) -> str:
    """Return what it is whose values differ."""
    if what != "date":
        return {"price": f"「{slot}」の価格・割引" if slot else "価格・割引", "telephone": "電話番号", "url": "URL"}[
            what
        ]
    about = next((name for name in _ABOUT if slot.startswith(name)), "")
    return f"{_ABOUT.get(about, '')}{_SLOTS[slot.removeprefix(about)]}"


def from_wire(wire: dict[str, Any]) -> Inconsistency:
    """Return the notice that ``to_wire`` gave."""
    posts = tuple(Involved(**post) for post in wire["posts"])
    differs = tuple((item["shown"], item["count"]) for item in wire["differs"])
    return Inconsistency(wire["kind"], wire["weight"], wire["subject"], wire["told"], differs, wire["count"], wire["first"] or "", wire["last"] or "", posts)  # fmt: skip
