"""Words of strangers as HTML."""

from __future__ import annotations

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flamecheck.audit.outputs.page.markup import address, line, share, shown


@given(st.text())
def test_no_text_is_ever_markup(text: str) -> None:
    html = shown(text)
    assert not set(html) & set("<>\"'")
    html.encode()


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs", "M"])))
def test_a_plain_text_is_read_back_as_it_was(text: str) -> None:
    assert unescape(shown(text)) == text


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a\r\nb\rc\n", "a\nb\nc\n"),
        ("\u202eabc", "[U+202E]abc"),
        ("\x00\x1b", "[U+0000][U+001B]"),
        ("\ud83d", "\ufffd"),
        ("👨‍👩‍👧", "👨‍👩‍👧"),
        ("\ufeff\u200b", "[U+FEFF][U+200B]"),
    ],
)
def test_what_cannot_be_seen_is_written_out(text: str, html: str) -> None:
    assert shown(text) == html


def test_a_line_is_one_line_and_is_cut() -> None:
    assert line("a\n b\tc") == "a b c"
    assert line("あ" * 5, 3) == "あああ…"


def test_a_share_is_never_rounded_to_nothing_or_all() -> None:
    assert [share(*pair) for pair in ((0, 0), (0, 9), (1, 100_000), (99_999, 100_000), (9, 9), (1, 3))] == [
        "–", "0.0%", "0.1% 未満", "99.9% 以上", "100.0%", "33.3%",
    ]  # fmt: skip


def test_a_very_long_address_is_none() -> None:
    assert address("https://example.com/" + "a" * 3_000) == ""
