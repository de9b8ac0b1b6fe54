"""Downloads of Instagram and Facebook."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from making import POISON, as_meta, folder, misread, zipped

from flamecheck.archives.meta import open_meta
from flamecheck.archives.row import Row
from flamecheck.context import JST
from flamecheck.errors import InputError

AT = 1_710_000_000
MOMENT = datetime(2024, 3, 10, 1, 0, tzinfo=JST)


def picture(title: str = "", uri: str = "media/posts/202403/1.jpg", at: int = AT) -> dict[str, Any]:
    return {
        "uri": uri,
        "creation_timestamp": at,
        "media_metadata": {},
        "title": title,
        "cross_post_source": {"source_app": "FB"},
    }


def instagram(**files: Any) -> dict[str, bytes]:
    where = "your_instagram_activity"
    named = {f"{where}/media/{name}.json": as_meta(value) for name, value in files.items()}
    private = ("messages/inbox/a_1/message_1.json", "comments/post_comments_1.json", "likes/liked_posts.json")
    return named | {f"{where}/{name}": POISON for name in private} | {f"{where}/media/archived_posts.json": POISON}


def facebook(posts: list[Any]) -> dict[str, bytes]:
    return {
        "your_facebook_activity/posts/your_posts__check_ins__photos_and_videos_1.json": as_meta(posts),
        "your_facebook_activity/messages/inbox/a/message_1.json": POISON,
        "your_facebook_activity/comments_and_reactions/comments.json": POISON,
    }


def rows(path: Path) -> list[Row]:
    return list(open_meta(path).rows())


def said(path: Path) -> list[str | None]:
    return [row.document.text if row.document else None for row in rows(path)]


@pytest.mark.parametrize(
    "write", [lambda at, files: zipped(at / "x.zip", files), lambda at, files: folder(at / "x", files)]
)
def test_posts_reels_and_stories_of_instagram(tmp_path: Path, write: Callable[[Path, dict[str, bytes]], Path]) -> None:
    files = instagram(
        posts_1=[
            {"media": [picture(misread("新作🎉です"))]},
            {"media": [picture(), picture(uri="b.jpg")], "title": misread("二枚組"), "creation_timestamp": AT},
            {"media": [picture()]},
        ],
        posts_2=[{"media": [picture(misread("二つ目の\nファイル"))]}],
        reels={"ig_reels_media": [{"media": [picture(misread("動画"))]}]},
        stories={"ig_stories": [picture(misread("今日だけ"))]},
    )
    path = write(tmp_path, files)
    assert said(path) == ["新作🎉です", "二枚組", None, "二つ目の\nファイル", "動画", "今日だけ"]
    first, second, *_ = found = rows(path)
    assert first.document
    assert (first.document.context.posted_at, first.document.context.channel) == (MOMENT, "instagram")
    assert first.document.id == "posts_1.json#1"
    assert second.extra == {"kind": "posts", "media": ["media/posts/202403/1.jpg", "b.jpg"]}
    assert [row.number for row in found] == [1, 2, 3, 4, 5, 6]
    assert 0 < found[-1].read <= open_meta(path).size


def test_posts_of_facebook(tmp_path: Path) -> None:
    posts = [
        {
            "timestamp": AT,
            "data": [{"post": misread("本日より開店")}, {"update_timestamp": AT}],
            "title": misread("れい工房さんの近況"),
        },
        {
            "timestamp": AT,
            "attachments": [
                {
                    "data": [
                        {"media": {**picture("a.jpg"), "description": misread("一枚目")}},
                        {"media": {"uri": "b", "description": misread("二枚目")}},
                    ]
                }
            ],
            "data": [{"post": misread("写真です")}],
        },
        {"timestamp": AT, "title": misread("れい工房さんがカバー写真を変えました")},
        {
            "timestamp": AT,
            "fbid": "99",
            "label_values": [{"label": misread("メッセージ"), "value": misread("新しい形")}],
        },
    ]
    path = zipped(tmp_path / "fb.zip", facebook(posts))
    assert said(path)[:2] == ["本日より開店", "写真です\n\n一枚目\n\n二枚目"]
    found = rows(path)
    assert found[0].extra["title"] == "れい工房さんの近況"
    assert found[3].document
    assert (found[3].document.text, found[3].document.id) == ("新しい形", "99")
    assert found[0].document
    assert found[0].document.context.channel == "facebook"


def test_one_file_by_itself(tmp_path: Path) -> None:
    path = folder(tmp_path, {"profile_posts_1.json": as_meta([{"timestamp": AT, "data": [{"post": misread("あ")}]}])})
    (row,) = rows(path / "profile_posts_1.json")
    assert row.document
    assert (row.document.text, row.document.context.channel) == ("あ", "facebook")


def test_right_and_misread_signs_in_one_text(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", instagram(posts_1=[{"media": [picture("🎉" + misread("新作") + "右")]}]))
    assert said(path) == ["🎉新作右"]


@pytest.mark.parametrize("at", [0, -5, "x", None, 1e300, True])
def test_a_moment_that_is_none_is_unknown(tmp_path: Path, at: Any) -> None:
    (row,) = rows(
        zipped(tmp_path / "x.zip", instagram(posts_1=[{"media": [picture("a") | {"creation_timestamp": at}]}]))
    )
    assert row.document
    assert row.document.context.posted_at is None


def test_broken_elements_and_files(tmp_path: Path) -> None:
    files = instagram(posts_1=[{"media": [picture("a")]}, 3, {"media": "x"}], stories={"ig_stories": []}, reels="x")
    name = "your_instagram_activity/media/stories.json"
    found = rows(folder(tmp_path / "x", files | {name: b'{"ig_stories": ['}))
    assert [(row.error.code if row.error else "") for row in found] == ["", "row-type", "", "json", "json"]
    assert sorted(row.number for row in found) == [1, 2, 3, 4, 5]


def test_a_download_as_pages_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="JSON 形式") as caught:
        open_meta(folder(tmp_path / "x", {"your_posts.html": b""}))
    assert caught.value.code == "archive"
