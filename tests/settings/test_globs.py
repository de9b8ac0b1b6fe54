"""Path patterns."""

from __future__ import annotations

import unicodedata

import pytest

from flamecheck.settings.globs import Globs, outside

TABLE = [
    (["*.md"], "a.md", True),
    (["*.md"], "posts/a.md", True),
    (["/*.md"], "posts/a.md", False),
    (["posts/**"], "posts/x/a.md", True),
    (["posts/"], "posts/x/a.md", True),
    (["posts/"], "news/posts/a.md", True),
    (["/posts/"], "news/posts/a.md", False),
    (["posts/*.md"], "news/posts/a.md", False),
    (["**/recruit/**"], "recruit/a.md", True),
    (["**/recruit/**"], "x/recruit/y/a.md", True),
    (["posts/**", "!posts/a.md"], "posts/a.md", False),
    (["!posts/a.md", "posts/**"], "posts/a.md", True),
    (["2026-0[1-3]/*"], "2026-02/a.md", True),
    (["20??/a.md"], "2026/a.md", True),
    (["Posts/"], "posts/a.md", False),
    (["\\#memo.md"], "#memo.md", True),
    (["お知らせ/*.md"], "お知らせ/年末.md", True),
    (["**"], "../a.md", False),
    (["**"], "/etc/a.md", False),
    (["a\\[1\\].md"], "a[1].md", True),
]


@pytest.mark.parametrize(("patterns", "path", "matched"), TABLE)
def test_a_pattern_means_what_it_means_in_gitignore(patterns: list[str], path: str, *, matched: bool) -> None:
    assert Globs(patterns).match(path) is matched


def test_a_japanese_name_is_the_same_however_a_disk_writes_it() -> None:
    composed, apart = (unicodedata.normalize("NFC", "ガイド/"), unicodedata.normalize("NFD", "ガイド/"))
    assert composed != apart
    assert all(
        Globs([pattern]).match(f"{name}プール.md") for pattern in (composed, apart) for name in (composed, apart)
    )


@pytest.mark.parametrize("pattern", ["", " ", "/", "!", "#a", "./a", "../a", "a/../b", "..", "\\", "a[", "[z-a]"])
def test_a_pattern_that_matches_nothing_is_an_error(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"[ぁ-ん]"):
        Globs([pattern])


def test_nothing_outside_the_root_is_decided() -> None:
    assert [outside(path) for path in ("../a", "/a", "C:/a", "..", "", "a/../b", "a")] == [True] * 5 + [False] * 2
    assert Globs(["*"]).decide("/etc/a.md") is None
    assert Globs(["!a.md"]).decide("a.md") is False
