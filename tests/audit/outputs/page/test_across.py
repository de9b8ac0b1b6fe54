"""What does not fit across posts, as the page shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flamecheck.audit.inconsistency import Inconsistency, Involved
from flamecheck.audit.outputs.page.across import NOTICES, OPEN, POSTS, across


def notice(number: int, posts: int = 2, excerpt: str = "同じ文です", shown: str = "") -> Inconsistency:
    involved = tuple(
        Involved(at, f"p{at}", "a.csv", at, f"a.csv {at} 行目", "2026-07-01", "x", "@a", "", 0, 0, shown, excerpt)
        for at in range(1, posts + 1)
    )
    return Inconsistency(
        "repeated", 50, f"題 {number}", f"{number} 番", (), posts, "2026-07-01", "2026-07-01", involved
    )


def test_the_first_notices_are_open_the_others_behind_and_the_rest_counted() -> None:
    html = across(notice(at) for at in range(1, NOTICES + 8))
    assert re.findall(r"<p>(\d+) 番</p>", html) == [str(at) for at in range(1, NOTICES + 1)]
    assert re.findall(r"<p>(\d+) 番</p>", html.split("<details")[0]) == [str(at) for at in range(1, OPEN + 1)]
    assert "このほかに 7 件あります。" in html


def test_a_text_that_stands_in_every_post_is_shown_once_and_posts_are_counted() -> None:
    html = across([notice(1, posts=POSTS + 3)])
    assert html.count("同じ文です") == 1
    assert html.count("行目") == POSTS
    assert "ほか 3 件" in html


def test_nothing_to_tell_is_told() -> None:
    def nothing() -> Iterator[Inconsistency]:
        yield from ()

    assert "見つかりませんでした" in across(nothing())


def test_words_of_posts_stay_words() -> None:
    html = across([notice(1, excerpt="<b>文</b>", shown="<i>7月</i>")])
    assert "&lt;b&gt;文" in html
    assert "「&lt;i&gt;7月" in html
    assert "<b>文" not in html
