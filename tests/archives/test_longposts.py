"""Long posts and the posts that are their beginnings."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from flamecheck.archives.longposts import LongPost, LongPosts

AT = datetime(2024, 3, 9, 13, 14, 15, tzinfo=UTC)
LONG = LongPost(1, "901", AT, "長い話の始まり https://example.jp の続きです。\ud83d")


@pytest.mark.parametrize(
    ("own", "apart", "text", "found"),
    [
        ("1", 0, "長い話の始まり…", True),
        ("1", 2, "長い話の始まり https://t.co/a の… https://t.co/b", True),
        ("1", 3, "長い話の始まり…", False),
        ("1", 0, "別の話", False),
        ("1", 0, "… https://t.co/b", False),
        ("901", 9_999, "まったく別", True),
    ],
)
def test_what_belongs_together(own: str, apart: int, text: str, *, found: bool) -> None:
    posts = LongPosts([LONG])
    assert (posts.of(own, AT + timedelta(seconds=apart), text) == LONG.text) == found
    assert posts.given(1) == found
    posts.close()


def test_each_is_given_once_and_the_first_that_fits() -> None:
    posts = LongPosts([LONG, LONG._replace(number=2, text=LONG.text + "二")])
    given = [posts.of("1", AT, "長い話の始まり…") for _ in range(3)]
    assert given == [LONG.text, LONG.text + "二", None]
    posts.close()


def test_a_post_of_unknown_moment() -> None:
    posts = LongPosts([LONG])
    assert posts.of("1", None, "長い話の始まり…") is None
    posts.close()
