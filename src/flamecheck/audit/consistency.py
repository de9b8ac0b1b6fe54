"""``Consistency(folder)``: takes the posts of a run one by one, then tells what does not fit together across them.

Everything lies in an index on disk; the time is linear in the posts.  Posts meet in buckets (a campaign's name, the
text without its values, bands of near duplicates), and each is compared with the few before it there.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any, Final, Self

import regex

from flamecheck.audit.contradictions import Contradiction, Seen, contradictions
from flamecheck.audit.facts import Facts, facts_of
from flamecheck.audit.inconsistency import LISTED, Inconsistency, Involved
from flamecheck.audit.offers import Chain, cues_of, same_offer
from flamecheck.audit.postindex import Bucket, Noted, PostIndex, mark
from flamecheck.audit.repeats import Repeat
from flamecheck.audit.result import Result
from flamecheck.audit.sketch import bands
from flamecheck.context import parse_time
from flamecheck.errors import InputError
from flamecheck.normalize import fold

ODD: Final = 30
"""The weight from which a notice is told: greetings and regular notices that repeat stay below."""
_BEFORE: Final = 8
"""Posts of a bucket that each one is compared with."""
_SQUEEZED: Final = regex.compile(r"(?<![a-z0-9])[./:-]|[./:-](?![a-z0-9])|[^\p{L}\p{N}./:-]")
_LAST: Final = regex.compile(r"[\p{L}\p{N}ー・]+(?=[^\p{L}\p{N}\n]*\Z)")
_OWN: Final = {"post", "quote"}
# 同じ名前が長く、多くの違う投稿に出るなら、企画ではなく店や連載の名前。
_GENERIC: Final = {"name": (40, 150), "tag": (10, 60)}
_WEIGHTS: Final = {"telephone": 85, "date": 80, "price": 65, "url": 50}
# 料金改定や番号の変更は、企画の名前を挙げずに、前もって知らせる。
_IN_ADVANCE: Final = ("price", "telephone", "url")
_ADVANCE: Final = 60
_SLOTS: Final = {"start": "始まる日", "end": "終わる日", "day": "日"}
_ABOUT: Final = {
    "entry": "応募・申込の",
    "use": "使える期間の",
    "result": "発表・発送の",
    "sale": "発売の",
    "pause": "休みの",
}


class Consistency:
    """The posts of one run; use it in a ``with``, which lets go of the index in ``folder``."""

    def __init__(self, folder: Path) -> None:
        """Make an empty index in ``folder``."""
        self._index: Final = PostIndex(folder / "posts.sqlite")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the index."""
        self._index.close()

    def add(self, result: Result, facts: Facts | None = None) -> None:
        """Take in one result; what failed, replies and the words of others (reposts) are passed over.

        ``facts`` are those of the post's text when the caller has them already.
        """
        post = result.post
        if result.failed or post.kind not in _OWN or not post.text.strip():
            return
        at, when = _time(post.posted_at)
        # 数や URL の中の記号は残す。1.5kg と 15kg は別の文章。
        self._index.add(result, at, mark(_SQUEEZED.sub("", fold(post.text).text) or post.text))
        facts = facts_of(post.text, when) if facts is None else facts
        keys = list(_keys(facts))
        if keys or facts.changes:
            self._index.tell(result.number, facts, keys)

    def findings(self, least: int = ODD) -> Iterator[Inconsistency]:
        """Yield what does not fit, of at least the weight ``least``, the oddest first."""
        self._index.sort()
        self._index.clear()
        for kind in ("name", "tag", "skeleton", "band"):
            for bucket in self._index.buckets(kind):
                self._contradict(kind, bucket)
        for kind in ("offer", "offer-name"):
            for bucket in self._index.buckets(kind):
                self._offers(kind, bucket)
        for notice in self._told():
            self._put(notice)
        for notice in self._repeated():
            self._put(notice)
        for wire in self._index.notices(least):
            yield _notice(json.loads(wire))

    def _put(self, notice: Inconsistency) -> None:
        wire = json.dumps(notice.to_wire())
        self._index.put(notice.weight, notice.kind, notice.first, notice.posts[0].result, wire)

    def _contradict(self, kind: str, bucket: Bucket) -> None:
        named = kind in _GENERIC
        if bucket.texts < 2 or (named and _generic(kind, bucket)):
            return
        for by_account in (True, False):
            for first, second in self._pairs(kind, bucket, by_account=by_account):
                if by_account == (first.account == second.account):
                    for found in contradictions(first, second, kind if named else ""):
                        if not self._announced(first, second, found.kind):
                            self._note(first, second, found)

    def _pairs(self, kind: str, bucket: Bucket, *, by_account: bool) -> Iterator[tuple[Seen, Seen]]:
        before: deque[tuple[bytes, str, Seen]] = deque(maxlen=_BEFORE)
        for member in self._index.members(kind, bucket.key, by_account=by_account):
            # 同じ文章の繰り返しは、ひと月に一つ見れば足りる。
            if any(same == member.same and month == member.at[:7] for same, month, _ in before):
                continue
            seen = self._index.seen(member.n)
            yield from ((other, seen) for _, _, other in before)
            before.append((member.same, member.at[:7], seen))

    def _announced(self, first: Seen, second: Seen, kind: str) -> bool:
        """Return whether a post between the two announces a change of what they speak of.

        New prices and numbers are announced for all and in advance.
        """
        since = first.at
        if kind in _IN_ADVANCE and first.day:
            since = (first.day - timedelta(days=_ADVANCE)).isoformat()
        for at, facts in self._index.announced(second.account, since, second.at + "~"):
            if kind in _IN_ADVANCE and kind in facts.changes:
                return True
            if at < first.at:
                continue
            if (facts.names | facts.tags) & (second.facts.names | second.facts.tags):
                return True
            if len(facts.words & first.facts.words & second.facts.words) >= 2:
                return True
        return False

    def _note(self, first: Seen, second: Seen, found: Contradiction) -> None:
        kind = f"{found.kind} {found.slot}"
        head = self._index.link(kind, first.n, second.n)
        name = min(first.facts.names & second.facts.names, default="") or min(
            first.facts.tags & second.facts.tags, default=""
        )
        for seen, value in ((first, found.first), (second, found.second)):
            self._index.note(kind, head, Noted(seen.n, *value.span, value.value, name))

    def _offers(self, kind: str, bucket: Bucket) -> None:
        named = kind == "offer-name"
        if named and _generic("name", bucket):
            return
        before: deque[Seen] = deque(maxlen=_BEFORE)
        for member in self._index.members(kind, bucket.key, by_account=True):
            seen = self._index.seen(member.n)
            for other in reversed(before):
                if same_offer(other, seen, kind if named else ""):
                    head = self._index.link("offer", other.n, seen.n)
                    for post in (other, seen):
                        self._index.note(
                            "offer", head, Noted(post.n, 0, 0, cues_of(post), min(post.facts.names, default=""))
                        )
                    break
            before.append(seen)

    def _told(self) -> Iterator[Inconsistency]:
        for (kind, _), rows in groupby(self._index.chains(), key=_chain):
            tell = self._offer if kind == "offer" else partial(self._contradiction, kind)
            notice = tell(rows)
            if notice:
                yield notice

    def _contradiction(self, kind: str, rows: Iterable[tuple[Any, ...]]) -> Inconsistency:
        what, _, slot = kind.partition(" ")
        posts: list[Involved] = []
        shown: dict[str, list[Any]] = {}
        count, last, name = 0, "", ""
        for _, _, n, start, end, value, named, at in rows:
            count, last, name = count + 1, at or last, name or named
            if len(posts) < LISTED:
                posts.append(self._index.involved(n, start, end))
            if value in shown:
                shown[value][1] += 1
            elif len(shown) < LISTED:
                shown[value] = [self._index.involved(n, start, end).shown, 1]
        differs = tuple((words, times) for words, times in shown.values())
        about = _thing(self._index.text(posts[0].result)[: posts[0].start]) if what == "price" else slot
        label = _label(what, about)
        told = f"{label}が、{'と'.join(f'「{words}」（{times} 件）' for words, times in differs[:5])}に分かれています"
        weight = _WEIGHTS[what] + 5 * bool(name)
        return Inconsistency(what, weight, name or posts[0].excerpt[:30], told, differs, count, posts[0].posted_at, last, tuple(posts))  # fmt: skip

    def _offer(self, rows: Iterable[tuple[Any, ...]]) -> Inconsistency | None:
        chain, posts, count, last, name = Chain(), list[Involved](), 0, "", ""
        for _, _, n, _, _, said, named, at in rows:
            chain.add(at, said)
            count, last, name = count + 1, at, name or named
            if len(posts) < LISTED:
                posts.append(self._index.involved(n))
        for kind, weight, days, span in chain.verdicts():
            told = f"{days} 日に分けて {count} 回、{span} 日のあいだ同じ案内が出ています"
            if len(chain.ends) > 1:
                told += f"。終わりの日が {len(chain.ends)} 通りあります（{'、'.join(chain.ends[:5])}）"
            differs = tuple((post.posted_at[:10], 1) for post in posts)
            return Inconsistency(kind, weight, name or posts[0].excerpt[:30], told, differs, count, posts[0].posted_at, last, tuple(posts))  # fmt: skip
        return None

    def _repeated(self) -> Iterator[Inconsistency]:
        for _, rows in groupby(self._index.texts(), key=lambda row: row[0]):
            repeat = Repeat()
            for _, n, at, account, channel, exact, ref in rows:
                origin = json.loads(ref)
                repeat.add(n, at, (account, channel), exact, f"{origin['id']}\0{origin['url']}\0{channel}")
            text = self._index.text(repeat.listed[0])
            weight = repeat.weight(text)
            if not weight:
                continue
            posts = tuple(self._index.involved(n) for n in repeat.listed)
            told = f"同じ文章が {repeat.count} 回あります"
            told += "（空白・絵文字・記号だけが違うものを含む）" if len(repeat.exact) > 1 else ""
            told += "。文中の日付は、最後に出した日には過ぎています" if repeat.stale(text) else ""
            differs = tuple((post.posted_at, 1) for post in posts)
            yield Inconsistency("repeated", weight, posts[0].excerpt[:30], told, differs, repeat.count, repeat.first, repeat.last, posts)  # fmt: skip


def inconsistencies(results: Iterable[Result], folder: Path, least: int = ODD) -> Iterator[Inconsistency]:
    """Yield what does not fit across ``results``, the oddest first; ``folder`` holds the index meanwhile."""
    with closing(Consistency(folder)) as posts:
        for result in results:
            posts.add(result)
        yield from posts.findings(least)


def _chain(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return row[:2]


def _keys(facts: Facts) -> Iterator[tuple[str, str]]:
    if any(value.value for value in facts.values):
        yield from (("name", name) for name in sorted(facts.names)[:5])
        yield from (("tag", tag) for tag in sorted(facts.tags)[:5])
        yield "skeleton", facts.skeleton
        yield from (("band", band) for band in bands(facts.skeleton))
    if facts.cues and not facts.regular:
        yield from (("offer", band) for band in bands(facts.skeleton))
        if "day" in facts.cues:
            yield from (("offer-name", name) for name in sorted(facts.names)[:5])


def _generic(kind: str, bucket: Bucket) -> bool:
    texts, days = _GENERIC[kind]
    if not bucket.first or not bucket.last:
        return bucket.texts > texts
    return (
        bucket.texts > texts
        or (date.fromisoformat(bucket.last[:10]) - date.fromisoformat(bucket.first[:10])).days > days * 10
    )


def _time(posted_at: str) -> tuple[str, datetime | None]:
    """Return the time of a post as the index sorts it; nothing for one that nobody knows or can read."""
    try:
        when = parse_time(posted_at)
    except InputError:
        return "", None
    return (posted_at if len(posted_at) == 10 else when.isoformat()), when


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


def _notice(wire: dict[str, Any]) -> Inconsistency:
    posts = tuple(Involved(**post) for post in wire["posts"])
    differs = tuple((item["shown"], item["count"]) for item in wire["differs"])
    return Inconsistency(wire["kind"], wire["weight"], wire["subject"], wire["told"], differs, wire["count"], wire["first"] or "", wire["last"] or "", posts)  # fmt: skip
