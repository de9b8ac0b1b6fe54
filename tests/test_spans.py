"""Spans, alignments and their composition, lines and display cells."""

from __future__ import annotations

import pytest

from flamecheck.spans import (
    Alignment,
    CodePoints,
    Edit,
    Excerpt,
    Lines,
    MapBuilder,
    MappedText,
    Span,
    compose,
)


def mapped(*steps: tuple[str, str]) -> MappedText:
    """Build a text from (old, new) steps; equal sides are copied."""
    builder = MapBuilder()
    for old, new in steps:
        if old == new:
            builder.copy(old)
        else:
            builder.replace(len(old), new)
    return builder.build()


def origins(text: MappedText) -> list[tuple[int, int]]:
    return [tuple(text.to_source(Span(at, at + 1))) for at in range(len(text.text))]


def test_span_arithmetic() -> None:
    assert Span(2, 5).length == 3
    assert Span(2, 5).overlaps(Span(4, 9))
    assert not Span(2, 5).overlaps(Span(5, 9))
    assert Span(2, 5).contains(Span(2, 5))
    assert not Span(2, 5).contains(Span(2, 6))
    assert Span(2, 5).gap(Span(7, 9)) == Span(7, 9).gap(Span(2, 5)) == 2
    assert Span(2, 5).gap(Span(5, 9)) == 0
    assert Span(7, 9).hull(Span(2, 5)) == Span(2, 9)


def test_an_alignment_without_edits_is_the_identity() -> None:
    assert Alignment().to_old(Span(3, 7)) == Span(3, 7)
    assert Alignment().to_old(Span(3, 3)) == Span(3, 3)


def test_removed_text_belongs_to_a_span_only_when_inside_it() -> None:
    text = mapped(("あ", "あ"), ("xx", ""), ("い", "い"))
    assert text.text == "あい"
    assert origins(text) == [(0, 1), (3, 4)]
    assert text.to_source(Span(0, 2)) == Span(0, 4)


def test_removed_text_at_both_ends_stays_outside() -> None:
    text = mapped(("xx", ""), ("あ", "あ"), ("yy", ""))
    assert text.to_source(Span(0, 1)) == Span(2, 3)


def test_part_of_an_expansion_leads_to_all_of_its_source() -> None:
    text = mapped(("㌔", "キロ"), ("先", "先"))
    assert origins(text) == [(0, 1), (0, 1), (1, 2)]


def test_touching_edits_stay_apart_when_maps_are_composed() -> None:
    outer = mapped(("Ｐ", "p"), ("Ｒ", "r"), ("あ", "あ"), ("ーー", "ー"))
    inner = mapped(("pr", "pr"), ("あ", ""), ("ー", "ー"))
    assert origins(compose(outer, inner)) == [(0, 1), (1, 2), (3, 5)]


def test_edits_that_share_a_middle_character_become_one() -> None:
    outer = mapped(("㌍", "カロリー"), ("ー", "ー"), ("！", "!"))
    inner = mapped(("カロリ", "カロリ"), ("ーー", "ー"), ("!", "!"))
    combined = compose(outer, inner)
    assert combined.alignment.edits == (Edit(Span(0, 4), Span(0, 2)), Edit(Span(4, 5), Span(2, 3)))


def test_composing_with_an_identity_changes_nothing() -> None:
    text = mapped(("㌔", "キロ"), ("先", "先"))
    identity = MappedText(text.text, Alignment())
    assert origins(compose(text, identity)) == origins(text)
    assert origins(compose(MappedText("㌔先", Alignment()), text)) == origins(text)


@pytest.mark.parametrize(
    ("offset", "place"), [(0, (1, 1)), (1, (1, 2)), (3, (2, 1)), (4, (2, 2)), (5, (3, 1)), (6, (4, 1)), (7, (4, 2))]
)
def test_lines_end_at_lf_cr_and_crlf(offset: int, place: tuple[int, int]) -> None:
    assert Lines("a\r\nb\n\rc").locate(offset) == place


def test_lines_are_given_without_their_ends() -> None:
    lines = Lines("a\r\nb\n\rc")
    assert [lines.text_of(row) for row in range(6)] == ["", "a", "b", "", "c", ""]
    assert lines.start_of(2) == 3


@pytest.mark.parametrize("text", ["", "plain", "犬a🎉é", "あ" * 63 + "🎉" * 3 + "b" * 130 + "ん"])
def test_byte_offsets_become_code_points(text: str) -> None:
    points = CodePoints(text)
    assert points.raw == text.encode()
    assert [points.at(len(text[:at].encode())) for at in range(len(text) + 1)] == list(range(len(text) + 1))


def test_an_excerpt_leads_back_to_its_parts() -> None:
    excerpt = Excerpt("> 前\n> 後", [Span(2, 4), Span(4, 4), Span(6, 7)])
    assert excerpt.text == "前\n後"
    assert list(excerpt.parts(Span(0, 3))) == [Span(2, 4), Span(6, 7)]
    assert list(excerpt.parts(Span(2, 3))) == [Span(6, 7)]
    assert list(excerpt.parts(Span(1, 1))) == []
    assert excerpt.hull(Span(1, 3)) == Span(3, 7)
