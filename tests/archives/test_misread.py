"""UTF-8 that was read as Latin-1, made readable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import misread

from flamecheck.archives.misread import repaired

JAPANESE = st.text("あいうえおがぱャ漢字水火土新発売、。！「」ーｶﾅＡ１🎉👨‍👩‍👧🇯🇵", max_size=12)
ASCII = st.text(st.characters(max_codepoint=0x7F), max_size=6)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_text_that_was_misread_as_a_whole_is_as_it_was_written(text: str) -> None:
    assert repaired(misread(text)) == text


@given(st.text(st.characters(min_codepoint=0x100) | st.characters(max_codepoint=0x7F)))
def test_a_text_that_is_right_stays(text: str) -> None:
    assert repaired(text) == text


@given(st.lists(st.tuples(st.booleans(), JAPANESE | ASCII), max_size=6))
def test_right_and_misread_parts_side_by_side(parts: list[tuple[bool, str]]) -> None:
    mixed = "".join(misread(part) if broken else part for broken, part in parts)
    assert repaired(mixed) == "".join(part for _, part in parts)


@given(st.text())
def test_nothing_raises_and_ascii_is_left(text: str) -> None:
    left = [char for char in repaired(text) if char.isascii()]
    assert [char for char in text if char.isascii()] == left


@pytest.mark.parametrize(
    "text", ["CAFÉ»です", "café", "naïve", "£5", "©2024 れい工房", "10 °C", "½カップのミルク", "ä ö ü"]
)
def test_letters_of_europe_stay(text: str) -> None:
    assert repaired(text) == text


def test_a_sign_that_was_cut_in_two_stays_broken_and_the_others_do_not() -> None:
    assert repaired(misread("新発売")[:-1]) == "新発" + misread("売")[:-1]
    assert repaired("水🎉" + misread("新発売")[:-1]) == "水🎉新発" + misread("売")[:-1]
    assert repaired("\ud83d" + misread("新")) == "\ud83d新"
