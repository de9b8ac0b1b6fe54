"""Laws of the HTML input: the map is exact, nothing crashes, the work is linear."""

from __future__ import annotations

import cProfile
import pstats

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mapping import obeyed

from flamecheck.document import Source
from flamecheck.inputs.html import read_html

PIECES = [
    "犬", "の話。", " ", "\n", "\r\n", "　", "🎉", "\x00", "\ud800", "a", "&amp;", "&#x72AC;", "&copy", "&", "<", ">", "</", "<b>",
    "</b>", "<br>", "<br title=改>", "<div>", "</div>", "<p>", "</p>", "<q>", "<q title='題'>", "</q>", "<ul>", "<li>", "</ul>",
    "<table>", "<td>", "<tr>", "</table>", "<ruby>", "<rt>", "</ruby>", "<img alt='犬 &amp; ' title=\"t\">", "<a title='", "'>",
    "<!--", "-->", "<!-- flamecheck: ignore[a] -->", "<script>", "</script>", "<title>", "</title>", "<svg>", "</svg>", "<svg/>",
    "<pre>", "</pre>", "<meta name=description content='説 明'>", "<meta property=og:title content=題>", "<code>", "</code>", '"', "'",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_what_is_shown_stands_where_its_map_says(text: str) -> None:
    obeyed(read_html(Source("a.html", text)))


@given(st.text(st.characters(exclude_categories=[]), max_size=60))
def test_any_text_is_read(text: str) -> None:
    obeyed(read_html(Source("a.html", text)))


def work(text: str) -> int:
    """Return how many calls reading ``text`` takes, a measure that no load on the machine changes."""
    profile = cProfile.Profile()
    profile.runcall(read_html, Source("a.html", text))
    return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]


HOSTILE = [
    "<div>", "<b>", "</b>", "<p>", "<", "<!--", "<!-- --", '<a b="', "<a b='x>' ", "<a b='c'", '<a href="x>', "<li>", "<script>",
    "<ruby>a<rt>b", "<table><tr><td>", "<title>", "</title", "<textarea>", "a<br>", "<a ", "</", "<svg>", "<svg><p>", "<q>",
    "<b><p>x</b>", "&", "&#", "<img alt=a>", "<!--flamecheck--><ul>", "あ\n", "<meta name=description content=a>",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_twice_the_page_is_at_most_little_more_than_twice_the_work(piece: str) -> None:
    size = 4000 // len(piece)
    assert work(piece * size * 2) <= 3 * work(piece * size) + 2000
