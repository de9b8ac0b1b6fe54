"""The download of Mastodon: ``outbox.json`` with what the account wrote, and passed on, as ActivityPub."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from flamecheck.archives.exported import Item, at_iso, items_of, listed, mapping
from flamecheck.archives.kinds import OUTBOX
from flamecheck.archives.members import Store, naming, store_of
from flamecheck.archives.row import Asked, Origin, Row
from flamecheck.archives.tarred import Tarred
from flamecheck.archives.threads import Threads
from flamecheck.context import Context
from flamecheck.document import Source
from flamecheck.errors import InputError
from flamecheck.inputs.html import read_html

_ACTOR: Final = re.compile(r"https?://([^/]+)/(?:users/|@)?([^/]+)\Z")
_STATUS: Final = re.compile(r"/(\d{1,20})\Z")
_PUBLIC: Final = frozenset(("https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"))
_TARS: Final = (".tar.gz", ".tgz")


def open_mastodon(path: Path, _asked: Asked = Asked()) -> Outbox:  # noqa: B008 - 値は変わらない
    """Open a zip or ``.tar.gz``, its unpacked folder, or ``outbox.json`` itself.

    Raises InputError (codes ``archive``, ``unreadable``).
    """
    with naming(path):
        return _outbox(path)


def _outbox(path: Path) -> Outbox:
    name = path.as_posix()
    if name.lower().endswith(_TARS):
        tar = Tarred(path, lambda member: OUTBOX.fullmatch(member) is not None)
        return Outbox(name, tar, tar.names[0])
    store = store_of(path)
    if path.is_file() and path.suffix.lower() == ".json":
        return Outbox(name, store, path.name)
    found = sorted((entry.count("/"), entry) for entry in store.names if OUTBOX.fullmatch(entry))
    if not found:
        raise InputError("archive", "Mastodon のデータではないようです（outbox.json がありません）")
    return Outbox(name, store, found[0][1])


class Outbox:
    """One outbox, as an ``Archive``."""

    def __init__(self, name: str, store: Store, file: str) -> None:
        """Read ``file`` of the store."""
        self.name: str = name
        self._store: Final = store
        self._file: Final = file
        self.size: int = store.size(file)
        lines = (
            "Mastodon のデータとして読みます（outbox.json だけを開きます）",
            "ブースト（ほかの人の投稿）と、相手を指定した投稿（ダイレクト）は調べません",
        )
        self.told: tuple[str, ...] = tuple(f"{name}: {line}" for line in lines)

    def rows(self) -> Iterator[Row]:
        """Yield every activity; one that holds no words of the account, such as a boost, is blank."""
        with closing(Threads(self._replies())) as threads:
            for item in self._items():
                yield _row(item, threads)

    def _items(self) -> Iterator[Item]:
        return items_of(self._store, [self._file], lambda path: path in ((), ("orderedItems",)))

    def _replies(self) -> Iterator[tuple[str, str]]:
        for item in self._items():
            note = mapping(mapping(item.value).get("object"))
            yield _number(_text(note.get("id"))), _number(_text(note.get("inReplyTo"))) if _onward(note) else ""


def _row(item: Item, threads: Threads) -> Row:
    if item.error:
        return item.failed(item.error)
    if not isinstance(item.value, dict):
        return item.failed(InputError("row-type", "活動（Create、Announce）の形をしていません"))
    activity = item.value
    note = activity.get("object", activity if "content" in activity else None)
    if activity.get("type") == "Announce" or not isinstance(note, dict):
        return item.blank()
    visibility = _visibility(note)
    if visibility == "direct":
        return item.blank()
    content = note.get("content", "")
    if not isinstance(content, str):
        return item.failed(InputError("text-type", "本文（content）が文字列ではありません"))
    text = "\n\n".join(part for part in (_text(note.get("summary")), _visible(content), *_said(note)) if part.strip())
    if not text:
        return item.blank()
    actor = _ACTOR.match(_text(activity.get("actor")) or _text(note.get("attributedTo")))
    parent = _text(note.get("inReplyTo"))
    quoted = _text(note.get("quote")) or _text(note.get("quoteUrl")) or _text(note.get("quoteUri"))
    onward = _onward(note)
    context = Context(
        posted_at=at_iso(note.get("published")) or at_iso(activity.get("published")),
        channel="mastodon",
        account=f"{actor[2]}@{actor[1]}" if actor else None,
        reply_to="" if onward else parent,
        quote_of=quoted,
    )
    post_id = _text(note.get("id")) or _text(activity.get("id"))
    own = _number(post_id)
    first = threads.first(own)
    thread = post_id.removesuffix(own) + first if first else ""
    kind = "reply" if parent and not onward else "quote" if quoted else "post"
    origin = Origin(_text(note.get("url")) or post_id, thread, kind)
    extra = {"visibility": visibility, "sensitive": note.get("sensitive") is True}
    return item.post(text, post_id or item.number, context, origin, extra)


def _onward(note: Mapping[str, Any]) -> bool:
    """Return whether a post goes on with one of the account's own; that is no reply to somebody."""
    own = _text(note.get("attributedTo"))
    return bool(own) and _text(note.get("inReplyTo")).startswith(f"{own}/")


def _number(id: str) -> str:
    match = _STATUS.search(id)
    return match[1] if match else ""


def _visible(content: str) -> str:
    """Return what a browser shows of the content."""
    return read_html(Source("content.html", content)).text


def _said(note: Mapping[str, Any]) -> Iterator[str]:
    """Yield the words beside the content: the answers of a poll, what is written of the pictures for those who cannot see."""
    for answer in listed(note.get("oneOf")) or listed(note.get("anyOf")):
        yield _text(mapping(answer).get("name"))
    for picture in listed(note.get("attachment")):
        yield _text(mapping(picture).get("name"))


def _visibility(note: Mapping[str, Any]) -> str:
    """Return who may read it: public, unlisted, private (followers) or direct."""
    to, cc = (_names(note.get(key)) for key in ("to", "cc"))
    if _PUBLIC & to:
        return "public"
    if _PUBLIC & cc:
        return "unlisted"
    return "private" if any(name.endswith("/followers") for name in to | cc) else "direct"


def _names(value: object) -> frozenset[str]:
    return frozenset(name for name in (value if isinstance(value, list) else [value]) if isinstance(name, str))


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
