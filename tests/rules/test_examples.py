"""Examples that stand for many: what is written for each entry and each alternative."""

from __future__ import annotations

import pytest

from flamecheck.errors import Place
from flamecheck.rules.condition import Phrase
from flamecheck.rules.examples import NotWritable, drawn, expanded, redrawn, written
from flamecheck.rules.pattern import parse_pattern
from flamecheck.rules.rule import Entry, Lexicon
from flamecheck.spans import Span

HERE = Place("a.yml", 1, 1)


def lexicon(name: str, *entries: str) -> Lexicon:
    return Lexicon(name, name, tuple(Entry(e, Phrase(e, parse_pattern(e), HERE)) for e in entries), HERE)


@pytest.mark.parametrize(
    ("pattern", "forms"),
    [
        ("桃", ("桃",)),
        ("拾う~", ("拾う",)),
        ("(桃|栗)を(拾う~|買う~)", ("桃を拾う", "栗を拾う", "桃を買う")),
        ("桃(色)?の傘", ("桃色の傘", "桃の傘")),
        ("^桃…{5}栗$", ("桃栗",)),
        ("(桃(色)?|栗)", ("桃色", "桃", "栗")),
        (r"\(笑\)", ("(笑)",)),
    ],
)
def test_every_alternative_is_written_in_turn(pattern: str, forms: tuple[str, ...]) -> None:
    assert written(parse_pattern(pattern)) == forms


def test_a_part_of_speech_has_no_written_form() -> None:
    with pytest.raises(NotWritable):
        written(parse_pattern("{名詞}の桃"))


def test_lexicons_vary_one_at_a_time() -> None:
    known = {"果物": lexicon("果物", "桃", "栗"), "道具": lexicon("道具", "籠", "(網|袋)")}
    texts = expanded("⟦<果物>を<道具>に⟧入れ、<果物>を食べる", ["果物", "道具"], known)
    assert texts == (
        "⟦桃を籠に⟧入れ、桃を食べる",
        "⟦栗を籠に⟧入れ、栗を食べる",
        "⟦桃を網に⟧入れ、桃を食べる",
        "⟦桃を袋に⟧入れ、桃を食べる",
    )


def test_alternatives_of_the_text_vary_with_its_lexicons() -> None:
    known = {"果物": lexicon("果物", "桃", "栗")}
    texts = expanded("⟦<果物>(が|は)⟧ある", ["alternatives", "果物"], known)
    assert texts == ("⟦桃が⟧ある", "⟦桃は⟧ある", "⟦栗が⟧ある")


def test_without_alternatives_the_signs_are_characters() -> None:
    assert expanded("⟦<果物>⟧(笑)", ["果物"], {"果物": lexicon("果物", "桃")}) == ("⟦桃⟧(笑)",)


@pytest.mark.parametrize("text", ["⟦桃⟧が⟦栗⟧に", "桃", "⟦桃⟧"])
def test_redrawing_is_the_opposite_of_drawing(text: str) -> None:
    clean, spans, lonely = drawn(text)
    assert lonely is None
    assert redrawn(clean, spans) == text


@pytest.mark.parametrize(("text", "at"), [("⟦桃", 0), ("桃⟧", 1), ("⟦⟧", 1), ("⟦桃⟦栗⟧⟧", 2)])
def test_a_sign_without_a_partner_is_no_drawing(text: str, at: int) -> None:
    assert drawn(text)[1:] == ((), at)


def test_spans_count_the_clean_text() -> None:
    assert drawn("あ⟦桃⟧い") == ("あ桃い", (Span(1, 2),), None)
