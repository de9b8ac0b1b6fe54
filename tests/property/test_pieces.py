"""A text cut at spans, and what is shown of a long one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from flamecheck.spans import Span, pieces, windows


@given(st.integers(0, 30), st.lists(st.tuples(st.integers(-3, 35), st.integers(-3, 35)), max_size=6))
def test_pieces_make_up_the_text_and_know_what_covers_them(size: int, ends: list[tuple[int, int]]) -> None:
    spans = [Span(*pair) for pair in ends]
    found = [(at, covering) for piece, covering in pieces(size, spans) for at in range(*piece)]
    wanted = [(at, tuple(n for n, span in enumerate(spans) if span.start <= at < span.end)) for at in range(size)]
    assert found == wanted


@given(st.integers(0, 400), st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400)), max_size=9))
def test_windows_show_all_of_a_short_text_and_no_more_than_asked_of_a_long_one(
    size: int, ends: list[tuple[int, int]]
) -> None:
    spans = [Span(min(pair), max(pair)) for pair in ends if max(pair) <= size]
    shown = windows(size, spans, most=60, around=5)
    if size <= 60:
        assert shown == (Span(0, size),)
        return
    assert sum(span.length for span in shown) <= 60
    if spans:
        assert any(span.start <= spans[0].start <= span.end for span in shown)
