"""Downloads of Mastodon."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from making import ACTOR, POISON, PUBLIC, activity, boost, folder, outbox, tarred, zipped

from flamecheck.archives import tarred as tarred_module
from flamecheck.archives.mastodon import open_mastodon
from flamecheck.archives.row import Row
from flamecheck.context import JST
from flamecheck.errors import InputError


def files(items: list[Any]) -> dict[str, bytes]:
    media = {"media_attachments/files/1.png": b"\x89PNG" * 100}
    return media | {"outbox.json": outbox(items), "likes.json": POISON, "bookmarks.json": POISON, "actor.json": b"{}"}


def rows(path: Path) -> list[Row]:
    return list(open_mastodon(path).rows())


def of(tmp_path: Path, *items: Any) -> list[Row]:
    return rows(folder(tmp_path / "x", files(list(items))))


@pytest.mark.parametrize(
    "write",
    [
        lambda at, files: zipped(at / "x.zip", files),
        lambda at, files: tarred(at / "x.tar.gz", files),
        lambda at, files: folder(at / "x", files),
        lambda at, files: folder(at / "x", files) / "outbox.json",
    ],
)
def test_a_post_wherever_it_lies(tmp_path: Path, write: Callable[[Path, dict[str, bytes]], Path]) -> None:
    content = '<p>新作 &amp; 再販<br />今日<span class="invisible">から</span></p><p>よろしく</p>'
    archive = open_mastodon(write(tmp_path, files([activity(7, content, summary="予告")])))
    (row,) = archive.rows()
    assert row.document
    assert row.document.text == "予告\n\n新作 & 再販\n今日から\n\nよろしく"
    context = row.document.context
    assert context.posted_at == datetime(2024, 12, 5, 19, 39, 15, tzinfo=JST)
    assert (context.channel, context.account, context.reply_to) == ("mastodon", "rei_kobo@mastodon.example", "")
    assert (row.document.id, row.origin.url) == (f"{ACTOR}/statuses/7", "https://mastodon.example/@rei_kobo/7")
    assert row.extra == {"visibility": "public", "sensitive": False}
    assert 0 < row.read <= archive.size


def test_boosts_and_private_mentions_are_left(tmp_path: Path) -> None:
    found = of(
        tmp_path,
        boost(1),
        activity(2, "<p>内緒</p>", to=["https://other.example/users/a"], cc=[]),
        activity(3, "<p>公</p>"),
    )
    assert [row.document.text if row.document else None for row in found] == [None, None, "公"]
    assert [row.error for row in found] == [None, None, None]


@pytest.mark.parametrize(
    ("to", "cc", "seen"),
    [
        ([PUBLIC], [], "public"),
        ([f"{ACTOR}/followers"], [PUBLIC], "unlisted"),
        ([f"{ACTOR}/followers"], [], "private"),
    ],
)
def test_who_may_read_it(tmp_path: Path, to: list[str], cc: list[str], seen: str) -> None:
    (row,) = of(tmp_path, activity(2, "<p>あ</p>", to=to, cc=cc))
    assert row.extra["visibility"] == seen


def test_threads_and_replies(tmp_path: Path) -> None:
    first, second, other = of(
        tmp_path,
        activity(1, "<p>一</p>"),
        activity(2, "<p>二</p>", inReplyTo=f"{ACTOR}/statuses/1"),
        activity(3, "<p>返信</p>", inReplyTo="https://other.example/users/a/statuses/1"),
    )
    assert (first.origin.thread, second.origin.thread, other.origin.thread) == (f"{ACTOR}/statuses/1",) * 2 + ("",)
    assert (first.origin.kind, second.origin.kind, other.origin.kind) == ("post", "post", "reply")
    assert other.document
    assert other.document.context.reply_to == "https://other.example/users/a/statuses/1"


def test_polls_and_words_for_pictures_are_read(tmp_path: Path) -> None:
    poll = {"type": "Question", "oneOf": [{"name": "赤"}, {"name": "青"}], "attachment": [{"name": "工房の写真"}]}
    (row,) = of(tmp_path, activity(1, "<p>どちら？</p>", **poll))
    assert row.document
    assert row.document.text == "どちら？\n\n赤\n\n青\n\n工房の写真"


def test_broken_activities(tmp_path: Path) -> None:
    found = of(
        tmp_path,
        3,
        activity(1, "a", content=7),
        {"type": "Create"},
        activity(2, "<p>a</p>", attachment=3, to=7, published=[]),
    )
    assert [row.error.code if row.error else "" for row in found] == ["row-type", "text-type", "", ""]


def test_a_tar_without_an_outbox_or_cut_off(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"outbox\.json") as caught:
        open_mastodon(tarred(tmp_path / "a.tar.gz", {"actor.json": b"{}"}))
    assert caught.value.code == "archive"
    whole = tarred(tmp_path / "b.tar.gz", files([activity(n, f"<p>{n * 7919}</p>") for n in range(300)])).read_bytes()
    (tmp_path / "c.tar.gz").write_bytes(whole[:40])
    with pytest.raises(InputError, match="途中で切れている"):
        open_mastodon(tmp_path / "c.tar.gz")
    (tmp_path / "d.tar.gz").write_bytes(whole[: len(whole) // 2])
    found = rows(tmp_path / "d.tar.gz")
    assert found[-1].error
    assert (found[-1].error.code, found[0].document is not None) == ("archive", True)


def test_a_tar_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tarred_module, "_HARMLESS", 1_000)
    path = tarred(tmp_path / "a.tar.gz", {"media/a": b"\0" * 5_000_000, "outbox.json": outbox([])})
    with pytest.raises(InputError, match="圧縮率"):
        open_mastodon(path)
