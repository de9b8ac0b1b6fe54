"""The download of X (Twitter): posts with their threads; nothing but posts, the account and the list of files is opened."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from flamecheck.archives.exported import Item, at_iso, count, items_of, listed, loaded, mapping
from flamecheck.archives.kinds import X_NOTES, x_files
from flamecheck.archives.longposts import LongPost, LongPosts
from flamecheck.archives.members import Store, naming, small, store_of
from flamecheck.archives.row import Asked, Origin, Row
from flamecheck.archives.threads import Threads
from flamecheck.context import JST, Context
from flamecheck.errors import InputError

_MONTHS: Final = {name: n for n, name in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)}
_MOMENT: Final = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{1,2}) (\d\d):(\d\d):(\d\d) \+0000 (\d{4})\Z")
_ENTITY: Final = re.compile(r"&(amp|lt|gt|quot|apos|#39|#x27);")
# X が書き換えるのは & < > だけ。ほかの名前（&copy など）は、書いた人がそう打った文字。
_MEANS: Final = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'", "#39": "'", "#x27": "'"}
_SHORT: Final = re.compile(r"[ ]?https?://t\.co/\w+")
_STATUS: Final = re.compile(r"https?://(?:www\.|mobile\.)?(?:twitter|x)\.com/(\w{1,40})/status(?:es)?/(\d{1,20})\b")
_REPOST: Final = re.compile(r"RT @\w{1,40}: ?")
_COUNTS: Final = ("favorite_count", "retweet_count")


def open_x(path: Path, _asked: Asked = Asked()) -> Download:  # noqa: B008 - 値は変わらない
    """Open a zip, its unpacked folder, or one ``tweets.js``.

    Raises InputError (codes ``archive``, ``unreadable``, ``too-large``).
    """
    with naming(path):
        store = store_of(path)
        single = path.suffix == ".js" and path.is_file()
        return Download(path.as_posix(), store, [path.name] if single else x_files(store.names))


class Download:
    """One download, as an ``Archive``."""

    def __init__(self, name: str, store: Store, files: list[str]) -> None:
        """Find the files of posts and the account."""
        if not files:
            raise InputError("archive", "X のデータではないようです（data/tweets.js がありません）")
        self._store: Final = store
        self._files: Final = files
        root = files[0].rpartition("/")[0]
        beside = [entry for entry in store.names if entry.rpartition("/")[0] == root]
        notes = [match for match in map(X_NOTES.fullmatch, beside) if match]
        self._notes: Final = [m[0] for m in sorted(notes, key=lambda match: int(match["part"] or 0))]
        self._missing: list[str] = []
        self.user = self.owner = ""
        self.name: str = name
        told: list[str] = []
        for base, read in (("account.js", self._account), ("manifest.js", self._manifest)):
            entry = f"{root}/{base}" if root else base
            if entry in beside:
                try:
                    read(loaded(small(store, entry).partition(b"=")[2].strip().rstrip(b";")), root)
                except InputError as error:
                    told.append(f"{base} は読めません（{error.message}）")
        self.size: int = sum(store.size(entry) for entry in (*files, *self._notes))
        lines = (
            f"X のデータとして読みます（@{self.user}）"
            if self.user
            else "X のデータとして読みます（アカウント名は不明）",
            "読むファイル: " + "、".join(entry.rpartition("/")[2] for entry in (*files, *self._notes)),
            "ダイレクトメッセージ、いいね、広告の記録、削除済みの投稿は開きません",
            *told,
        )
        self.told: tuple[str, ...] = tuple(f"{name}: {line}" for line in lines)

    def _account(self, value: Any, _root: str) -> None:
        account = mapping(mapping((listed(value) or [None])[0]).get("account"))
        self.user = _text(account.get("username")) or self.user
        self.owner = _text(account.get("accountId")) or self.owner

    def _manifest(self, value: Any, root: str) -> None:
        about = mapping(mapping(value).get("userInfo"))
        self.user = self.user or _text(about.get("userName"))
        self.owner = self.owner or _text(about.get("accountId"))
        kinds = mapping(mapping(value).get("dataTypes"))
        for kind in ("tweets", "tweet", "noteTweet", "communityTweet"):
            for file in listed(mapping(kinds.get(kind)).get("files")):
                base = _text(mapping(file).get("fileName")).rpartition("/")[2]
                entry = f"{root}/{base}" if root else base
                if base and entry not in self._store.names and mapping(file).get("count") != "0":
                    self._missing.append(entry)

    def rows(self) -> Iterator[Row]:
        """Yield every post, then every long post that belongs to none of them."""
        with closing(Threads(self._replies())) as threads, closing(LongPosts(self._long())) as long:
            number = read = 0
            for item in self._items(self._files):
                number, read = item.number, item.read
                yield self._row(item, threads, long)
            for item in self._items(self._notes):
                if item.error is None and long.given(item.number):
                    continue
                number += 1
                yield self._note(_moved(item, number, read + item.read))
            for entry in self._missing:
                number += 1
                error = InputError("archive", "manifest.js に載っているのに、ファイルがありません")
                yield Item(entry, (), 1, number, self.size, error=error).failed(error)

    def _items(self, files: Iterable[str]) -> Iterator[Item]:
        return items_of(self._store, files, lambda path: not path)

    def _replies(self) -> Iterator[tuple[str, str]]:
        for item in self._items(self._files):
            tweet = _tweet(item.value)
            yield _id(tweet), _parent(tweet)

    def _long(self) -> Iterator[LongPost]:
        for item in self._items(self._notes):
            note = mapping(mapping(item.value).get("noteTweet"))
            at = at_iso(note.get("createdAt"))
            text = mapping(note.get("core")).get("text")
            if at and isinstance(text, str):
                yield LongPost(item.number, _text(note.get("noteTweetId")), at, _shown(text, _note_links(note)))

    def _row(self, item: Item, threads: Threads, long: LongPosts) -> Row:
        tweet = _tweet(item.value)
        text: Any = tweet.get("full_text", tweet.get("text"))
        problem = item.error or _problem(item.value, text)
        if problem:
            return item.failed(problem)
        post_id, at = _id(tweet), _moment(tweet.get("created_at"))
        shown = _shown(text, _links(tweet))
        whole = long.of(post_id, at, shown) or shown
        known, origin = self._about(tweet, whole, threads)
        extra: dict[str, Any] = {key: n for key in _COUNTS if (n := count(tweet.get(key))) is not None}
        if at is None and "created_at" in tweet:
            extra["created_at"] = tweet["created_at"]
        context = Context(posted_at=at, channel="x", account=self.user or None, reach=_reach(extra), **known)
        return item.post(whole, post_id or item.number, context, origin, extra)

    def _about(self, tweet: Mapping[str, Any], text: str, threads: Threads) -> tuple[dict[str, Any], Origin]:
        """Return what is known of the other posts, and where this one stands."""
        post_id, parent = _id(tweet), _parent(tweet)
        url = f"https://x.com/{self.user or 'i'}/status/{post_id}" if post_id else ""
        if _REPOST.match(text):
            return {"reply_to": "", "quote_of": ""}, Origin(url, "", "repost")
        thread = threads.first(post_id)
        quoted = [match for match in map(_STATUS.match, _links(tweet).values()) if match]
        told: dict[str, Any] = {"quote_of": quoted[-1][2] if quoted else ""}
        to = _text(tweet.get("in_reply_to_user_id_str", tweet.get("in_reply_to_user_id")))
        # 自分の投稿への続きは、だれかへの返信ではない。
        onward = (to and to == self.owner) or (parent and thread and thread != post_id)
        if (parent or to) and not onward:
            return told | ({"reply_to": parent} if parent else {}), Origin(url, thread, "reply")
        if quoted and quoted[-1][1].lower() != self.user.lower():
            told["post_type"] = "quote-repost"
        return told | {"reply_to": ""}, Origin(url, thread, "quote" if quoted else "post")

    def _note(self, item: Item) -> Row:
        note = mapping(mapping(item.value).get("noteTweet"))
        text: Any = mapping(note.get("core")).get("text")
        problem = item.error or _problem(item.value, text)
        if problem:
            return item.failed(problem)
        context = Context(posted_at=at_iso(note.get("createdAt")), channel="x", account=self.user or None)
        return item.post(_shown(text, _note_links(note)), _text(note.get("noteTweetId")) or item.number, context)


def _moved(item: Item, number: int, read: int) -> Item:
    return Item(item.member, item.path, item.index, number, read, item.raw, item.value, item.error)


def _tweet(value: Any) -> Mapping[str, Any]:
    """Return the post, which older downloads do not wrap."""
    outer = mapping(value)
    return mapping(outer.get("tweet", outer))


def _problem(value: Any, text: object) -> InputError | None:
    if not isinstance(value, dict):
        return InputError("row-type", "投稿の形をしていません")
    if text is None:
        return InputError("text-missing", "本文（full_text）がありません")
    return None if isinstance(text, str) else InputError("text-type", "本文（full_text）が文字列ではありません")


def _id(tweet: Mapping[str, Any]) -> str:
    return _text(tweet.get("id_str", tweet.get("id")))


def _parent(tweet: Mapping[str, Any]) -> str:
    return _text(tweet.get("in_reply_to_status_id_str", tweet.get("in_reply_to_status_id")))


def _text(value: object) -> str:
    return value if isinstance(value, str) else str(value) if type(value) is int else ""


def _reach(counts: Mapping[str, Any]) -> int | None:
    """Return how many people saw it at least: those who reacted; the download counts no views."""
    known = [counts[key] for key in _COUNTS if key in counts]
    return sum(known) if known else None


def _moment(value: object) -> datetime | None:
    match = _MOMENT.match(value) if isinstance(value, str) else None
    if match is None:
        return at_iso(value)
    month, day, hour, minute, second, year = match.groups()
    try:
        moment = datetime(int(year), _MONTHS[month], int(day), int(hour), int(minute), min(int(second), 59), tzinfo=UTC)
        return moment.astimezone(JST)
    except (ValueError, KeyError, OverflowError):
        return None


def _links(tweet: Mapping[str, Any]) -> dict[str, str]:
    """Return what the short addresses of a post stand for: an address, or "" for a picture."""
    entities = mapping(tweet.get("entities"))
    known = {
        _text(mapping(url).get("url")): _text(mapping(url).get("expanded_url")) for url in listed(entities.get("urls"))
    }
    return known | {_text(mapping(media).get("url")): "" for media in listed(entities.get("media"))}


def _note_links(note: Mapping[str, Any]) -> dict[str, str]:
    urls = listed(mapping(note.get("core")).get("urls"))
    return {_text(mapping(url).get("shortUrl")): _text(mapping(url).get("expandedUrl")) for url in urls}


def _shown(text: str, links: Mapping[str, str]) -> str:
    """Return the text as a reader sees it: entities decoded once, short addresses written out, those of pictures gone."""
    decoded = _ENTITY.sub(lambda match: _MEANS[match[1]], text)

    def address(match: re.Match[str]) -> str:
        short = match[0].lstrip(" ")
        whole = links.get(short)
        blank = match[0][: -len(short)]
        return match[0] if whole is None else f"{blank}{whole}" if whole else ""

    return _SHORT.sub(address, decoded)
