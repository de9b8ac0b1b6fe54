"""Text in a cell: what it cannot hold, where it is cut, where the words of a finding are then."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from flamecheck.audit.cells import LIMIT, cell, parts, plain
from flamecheck.spans import Span

SIGNS = st.sampled_from("あ=ab\r\n\t\x00\x7f\x9f\ud83d\ude00\uffff😀")


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def marked(text: str, *spans: Span) -> list[str]:
    return [piece for piece, on in parts(cell(text), spans) if on]


def test_an_ordinary_text_stays_as_it_is() -> None:
    assert plain("本文です😀\n二行目\tここ") == "本文です😀\n二行目\tここ"


def test_controls_show_as_pictures_and_line_ends_as_one() -> None:
    assert plain("a\x00b\x7fc\x85d\ud800e\ufffff\r\ng\rh") == "a␀b␡c�d�e�f\ng\nh"


def test_the_words_are_found_behind_what_was_taken_out() -> None:
    text = "😀\r\n\r\n\x00死ね！"
    assert marked(text, Span(6, 8)) == ["死ね"]
    assert [piece for piece, _ in parts(cell(text), [Span(6, 8)])] == ["😀\n\n␀", "死ね", "！"]


def test_spans_that_overlap_or_touch_are_one_piece() -> None:
    assert marked("あいうえおか", Span(3, 5), Span(1, 3), Span(2, 4), Span(5, 5)) == ["いうえお"]


def test_a_long_text_is_cut_around_the_finding_and_says_so() -> None:
    text = "あ" * 40_000 + "死ね" + "😀" * 40_000
    shown = cell(text, 40_000)
    assert units(shown.text) <= LIMIT
    words = [piece for piece, on in parts(shown, [Span(40_000, 40_002), Span(70_000, 70_001)]) if on]
    assert words[0] == "死ね"
    assert words[1].startswith("…（後 ")
    left = shown.text.count("あ"), shown.text.count("😀")
    assert shown.text.startswith(f"（前 {40_000 - left[0]:,} 字略）…")
    assert shown.text.endswith(f"…（後 {40_000 - left[1]:,} 字略）")
    assert units(plain("😀" * 16_383 + "あ")) == LIMIT
    assert plain("😀" * 16_384).endswith("字略）")


@given(st.text(SIGNS, max_size=300), st.integers(0, 300), st.integers(100, 200))
def test_no_cell_is_too_long_or_holds_what_it_cannot(text: str, anchor: int, limit: int) -> None:
    shown = cell(text, anchor, limit)
    assert units(shown.text) <= limit
    assert not any((ord(sign) < 0x20 and sign not in "\t\n") or 0xD800 <= ord(sign) < 0xE000 for sign in shown.text)
    at = Span(min(anchor, len(text)), min(anchor, len(text)) + 1)
    if at.end <= len(text) and text[at.start] in "あ=ab😀":
        assert [piece for piece, on in parts(shown, [at]) if on] == [text[at.start]]


@given(st.text(SIGNS, max_size=80), st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80)), max_size=6))
def test_the_pieces_are_the_cell(text: str, pairs: list[tuple[int, int]]) -> None:
    shown = cell(text)
    spans = [Span(min(pair), min(max(pair), len(text))) for pair in pairs if min(pair) <= len(text)]
    pieces = list(parts(shown, spans))
    assert "".join(piece for piece, _ in pieces) == shown.text
    assert all(piece for piece, _ in pieces)
