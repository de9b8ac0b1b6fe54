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
from pathlib import Path
from typing import Final, Self

import regex

from flamecheck.audit.contradictions import Contradiction, Seen, contradictions
from flamecheck.audit.facts import Facts, facts_of
from flamecheck.audit.inconsistency import Inconsistency
from flamecheck.audit.notices import from_wire, repeated, told
from flamecheck.audit.offers import cues_of, same_offer
from flamecheck.audit.postindex import Bucket, Noted, PostIndex, mark
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
_OWN: Final = {"post", "quote"}
# 同じ名前が長く、多くの違う投稿に出るなら、企画ではなく店や連載の名前。
_GENERIC: Final = {"name": (40, 150), "tag": (10, 60)}
# 料金改定や番号の変更は、企画の名前を挙げずに、前もって知らせる。
_IN_ADVANCE: Final = ("price", "telephone", "url")
_ADVANCE: Final = 60


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
        for notice in told(self._index):
            self._put(notice)
        for notice in repeated(self._index):
            self._put(notice)
        for wire in self._index.notices(least):
            yield from_wire(json.loads(wire))

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


def inconsistencies(results: Iterable[Result], folder: Path, least: int = ODD) -> Iterator[Inconsistency]:
    """Yield what does not fit across ``results``, the oddest first; ``folder`` holds the index meanwhile."""
    with closing(Consistency(folder)) as posts:
        for result in results:
            posts.add(result)
        yield from posts.findings(least)


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
