"""Columns in the units of editors, GitHub and reviewdog, against the encoded prefix of the line itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flamecheck.spans import Lines
from flamecheck.units import Units

SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
MIXED = st.text(st.sampled_from("aあ😀é\u3099\u200d\r\n\t\ud800\udfff&"), max_size=300)


def prefix(text: str, offset: int) -> str:
    """Return the part of the line that stands before ``offset``, found by walking back."""
    start = offset
    while start and not (text[start - 1] == "\n" or (text[start - 1] == "\r" and text[start : start + 1] != "\n")):
        start -= 1
    return text[start:offset].translate(SURROGATES)


@given(MIXED, st.data())
def test_a_column_counts_the_encoded_line_before_it(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    lines, before = Lines(text), prefix(text, offset)
    assert lines.locate(offset)[1] == len(before) + 1
    assert Units(text, "utf-8").locate(lines, offset)[1] == len(before.encode()) + 1
    assert Units(text, "utf-16").locate(lines, offset)[1] == len(before.encode("utf-16-le")) // 2 + 1


@given(MIXED)
def test_units_never_go_back_and_end_with_the_whole_text(text: str) -> None:
    whole = text.translate(SURROGATES)
    for encoding, size in (("utf-8", len(whole.encode())), ("utf-16", len(whole.encode("utf-16-le")) // 2)):
        counted = [Units(text, encoding).before(offset) for offset in range(len(text) + 1)]
        assert counted == sorted(counted)
        assert (counted[0], counted[-1]) == (0, size)


@given(MIXED, st.data())
def test_git_counts_line_feeds_alone(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    line, column = Lines(text, feed_alone=True).locate(offset)
    assert line == text[:offset].count("\n") + 1
    assert column == offset - (text[:offset].rfind("\n") + 1) + 1


def test_an_unknown_encoding_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        Units("あ", "utf-32")
