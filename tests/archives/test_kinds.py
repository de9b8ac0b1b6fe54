"""Which download a folder or a zip is."""

from __future__ import annotations

from pathlib import Path

import pytest
from making import activity, encrypted, folder, outbox, tweet, x_files, zipped

from flamecheck.archives.kinds import kind_of, kind_of_folder, kind_of_json, kind_of_zip, meta_files
from flamecheck.archives.kinds import x_files as files_of_x
from flamecheck.errors import InputError

X = x_files([[tweet("1", "a")]])
MASTODON = {"outbox.json": outbox([activity(1, "a")]), "actor.json": b"{}"}
META = {"your_instagram_activity/content/posts_1.json": b"[]"}


@pytest.mark.parametrize(("files", "kind"), [(X, "x"), (MASTODON, "mastodon"), (META, "meta"), ({"a.csv": b""}, "")])
def test_a_zip(tmp_path: Path, files: dict[str, bytes], kind: str) -> None:
    assert kind_of_zip(zipped(tmp_path / "a.zip", files)) == kind
    assert (
        kind_of_zip(encrypted(zipped(tmp_path / "b.zip", {f"top/{name}": raw for name, raw in files.items()}))) == kind
    )


@pytest.mark.parametrize(
    ("files", "kind"),
    [
        (X, "x"), (MASTODON, "mastodon"), (META, "meta"), ({"a.md": b""}, "folder"), ({}, "folder"),
        ({"y=1/part-0.parquet": b""}, "parquet"), ({"tweets.js": b""}, "folder"),
        ({"tweets.js": b"", "account.js": b""}, "x"),
    ],
)  # fmt: skip
def test_a_folder(tmp_path: Path, files: dict[str, bytes], kind: str) -> None:
    (tmp_path / "x").mkdir()
    assert kind_of_folder(folder(tmp_path / "x", files)) == kind


def test_what_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 cut")
    for path, code in ((tmp_path / "a.zip", "archive"), (tmp_path / "none.zip", "unreadable")):
        with pytest.raises(InputError) as caught:
            kind_of_zip(path)
        assert caught.value.code == code
    with pytest.raises(InputError):
        kind_of_folder(tmp_path / "none")


def test_the_parts_of_x_by_number_and_of_the_topmost_folder_alone() -> None:
    names = [
        "data/tweets-part10.js",
        "data/tweets-part2.js",
        "data/tweets.js",
        "data/community-tweet.js",
        "data/like.js",
    ]
    deeper = [
        "old/data/tweets.js",
        "data/deleted-tweets.js",
        "data/tweet-headers.js",
        "data/tweetdeck.js",
        "data/note-tweet.js",
    ]
    assert files_of_x([*deeper, *names]) == [
        "data/tweets.js", "data/tweets-part2.js", "data/tweets-part10.js", "data/community-tweet.js",
    ]  # fmt: skip


def test_the_files_of_meta_and_no_messages() -> None:
    names = [
        "posts/your_posts_10.json", "posts/your_posts_2.json", "messages/inbox/a/message_1.json",
        "comments/posts_1.json", "media/posts_1.json", "content/archived_posts.json", "your_instagram_activity/threads/threads_and_replies.json",
    ]  # fmt: skip
    assert [(file.channel, file.name) for file in meta_files(names)] == [
        ("instagram", "media/posts_1.json"),
        ("facebook", "posts/your_posts_2.json"),
        ("facebook", "posts/your_posts_10.json"),
        ("instagram", "your_instagram_activity/threads/threads_and_replies.json"),
    ]
    assert kind_of(["a/b.txt"]) == ""


@pytest.mark.parametrize(
    ("name", "beginning", "kind"),
    [
        ("content/posts_1.json", "[]", ""),
        ("your_posts_1.json", "[]", "meta"),
        ("a.json", '[{"media": [{"creation_timestamp": 171}]}]', "meta"),
        ("posts.json", '[{"text": "a"}]', ""),
        ("outbox.json", '{"orderedItems": []}', "mastodon"),
    ],
)
def test_one_file_of_json(name: str, beginning: str, kind: str) -> None:
    assert kind_of_json(Path("down") / name, beginning) == kind
