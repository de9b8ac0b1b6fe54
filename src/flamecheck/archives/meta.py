"""The downloads of Instagram and Facebook (JSON): posts, reels, stories and threads, with their Japanese made readable.

Messages, comments, contacts and advertising are never opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from flamecheck.archives.exported import Item, at_epoch, items_of, listed, mapping
from flamecheck.archives.kinds import Meta, meta_files
from flamecheck.archives.members import Store, naming, store_of
from flamecheck.archives.misread import repaired
from flamecheck.archives.row import Asked, Origin, Row
from flamecheck.context import Context
from flamecheck.errors import InputError

_LISTS: Final = frozenset(
    (
        "ig_reels_media",
        "ig_stories",
        "ig_igtv_media",
        "ig_posts",
        "text_post_app_text_posts",
        "videos_v2",
        "other_photos_v2",
    )
)
"""The keys under which a file may hold its list of posts."""
_SAID: Final = frozenset(
    "message text caption description post title メッセージ テキスト キャプション 説明 説明文 投稿 タイトル".split()
)
"""The labels of words in downloads that label everything; they are in the language of the account."""
_LINK: Final = re.compile(r"https?://\S+\Z")


def open_meta(path: Path, _asked: Asked = Asked()) -> Download:  # noqa: B008 - 値は変わらない
    """Open a zip, its unpacked folder, or one file of posts.

    Raises InputError (codes ``archive``, ``unreadable``).
    """
    with naming(path):
        store = store_of(path)
        single = path.suffix.lower() == ".json" and path.is_file()
        return Download(path.as_posix(), store, _single(path) if single else meta_files(store.names))


def _single(path: Path) -> list[Meta]:
    """Return what one file is, seen with the folder it lies in; any other file of JSON is taken for one of Instagram."""
    known = meta_files(["/".join(path.parts[-2:])]) or meta_files([f"posts/{path.name}", f"content/{path.name}"])
    channel, what = (known[0].channel, known[0].what) if known else ("instagram", "posts")
    return [Meta(channel, what, path.name)]


class Download:
    """One download, as an ``Archive``."""

    def __init__(self, name: str, store: Store, files: list[Meta]) -> None:
        """Take the files of posts."""
        if not files:
            hint = (
                "JSON 形式でダウンロードしてください"
                if not store.names
                else "投稿のファイル（posts_1.json など）がありません"
            )
            raise InputError("archive", f"Instagram・Facebook のデータではないようです。{hint}")
        self.name: str = name
        self._store: Final = store
        self._files: Final = {file.name: file for file in files}
        self.size: int = sum(store.size(file.name) for file in files)
        services = " と ".join(sorted({file.channel.capitalize() for file in files}, reverse=True))
        lines = (
            f"{services} のデータとして読みます。文字化けした日本語は直します",
            "読むファイル: " + "、".join(file.name.rpartition("/")[2] for file in files),
            "メッセージ、コメント、広告の記録、アーカイブや削除済みの投稿は開きません",
        )
        self.told: tuple[str, ...] = tuple(f"{name}: {line}" for line in lines)

    def rows(self) -> Iterator[Row]:
        """Yield every post; one without a word, such as a picture alone, is blank."""
        for item in items_of(self._store, self._files, lambda path: not path or path[-1] in _LISTS):
            yield self._row(item, self._files[item.member])

    def _row(self, item: Item, file: Meta) -> Row:
        if item.error:
            return item.failed(item.error)
        if not isinstance(item.value, dict):
            return item.failed(InputError("row-type", "投稿の形をしていません"))
        post = item.value
        text = "\n\n".join(dict.fromkeys(said for said in _texts(post) if said.strip()))
        if not text:
            return item.blank()
        channel = None if file.what == "threads_and_replies" else file.channel
        context = Context(posted_at=_moment(post), channel=channel)
        url = next((link for link in map(_text, (post.get("url"), post.get("permalink"))) if _LINK.match(link)), "")
        own = _text(post.get("fbid")) or f"{item.member.rpartition('/')[2]}#{item.index}"
        return item.post(text, own, context, Origin(url), _extra(post, file))


def _texts(post: Mapping[str, Any]) -> Iterator[str]:
    """Yield the words of a post: its own, then those of each picture; the same words twice are said once."""
    for data in listed(post.get("data")):
        yield _text(mapping(data).get("post"))
    if "data" not in post and "attachments" not in post:
        # Facebook の title は「◯◯さんが投稿しました」という、画面の言葉。
        yield _text(post.get("title"))
    yield from _words(post)
    for media in _media(post):
        yield from _words(media)
        yield _text(media.get("title")) if "data" not in post and "attachments" not in post else ""
    yield from _labelled(listed(post.get("label_values")))


def _words(value: Mapping[str, Any]) -> Iterator[str]:
    yield from (_text(value.get(key)) for key in ("caption", "description"))


def _media(post: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    media = post.get("media")
    yield from map(mapping, listed(media) or [media])
    for attachment in listed(post.get("attachments")):
        for data in listed(mapping(attachment).get("data")):
            yield mapping(mapping(data).get("media"))


def _labelled(values: Iterable[Any]) -> Iterator[str]:
    for value in map(mapping, values):
        if _text(value.get("label")).strip().casefold() in _SAID:
            yield _text(value.get("value"))


def _moment(post: Mapping[str, Any]) -> datetime | None:
    for value in (post, *_media(post)):
        for key in ("creation_timestamp", "timestamp", "taken_at"):
            moment = at_epoch(value.get(key))
            if moment:
                return moment
    return None


def _extra(post: Mapping[str, Any], file: Meta) -> dict[str, Any]:
    """Return what else may be of use: which kind of post it is, its pictures, the line the screen shows above it."""
    pictures = [uri for media in _media(post) if (uri := _text(media.get("uri")))]
    above = _text(post.get("title")) if "data" in post or "attachments" in post else ""
    told = {"kind": file.what, "media": pictures, "title": above}
    return {key: value for key, value in told.items() if value}


def _text(value: object) -> str:
    return repaired(value) if isinstance(value, str) else str(value) if type(value) is int else ""
