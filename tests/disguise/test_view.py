"""The squeezed view: what is taken out, what stays, and where every letter of it stands in the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flamecheck.disguise.view import dropped, squeeze, squeezed, tail
from flamecheck.normalize import fold
from flamecheck.spans import Span

SIGNS = [
    "死",
    "ね",
    "バ",
    "ー",
    "ぁ",
    "・",
    " ",
    "　",
    "◯",
    "*",
    "**",
    "<b>",
    "</b>",
    "&#27515;",
    "%e6%ad%bb",
    "%",
    "え",
    "a",
    "а",
    "\u0337",
    "\n",
]


@pytest.mark.parametrize(
    ("text", "view"),
    [
        ("死 ・ ね", "死ね"),
        ("バァーカ", "ばか"),
        ("死＊", "死◯"),
        ("○○様", "◯様"),
        ("○○○○", "◯◯◯◯"),
        ("安い 店", "安い店"),
        ("new open", "new open"),
        ("2025.12", "2025.12"),
        ("しねえええ", "しね"),
        ("しねえ", "しねえ"),
        ("かかかか", "か"),
        ("www", "www"),
        ("&#27515;ね", "死ね"),
        ("%E6%AD%BBね", "死ね"),
        ("100%オフ", "100%おふ"),
        ("**死**ね", "死ね"),
        ("2**10", "2◯10"),
        ("ѕhіne", "shine"),
        ("死<span class=x>ね</span>", "死ね"),
    ],
)
def test_the_view(text: str, view: str) -> None:
    assert squeeze(fold(text).text) == view


@given(st.lists(st.sampled_from(SIGNS), max_size=20).map("".join))
def test_the_view_with_its_map_is_the_view_without(text: str) -> None:
    folded = fold(text).text
    view = squeezed(folded)
    assert view.text == squeeze(folded)
    spans = [view.to_source(Span(at, at + 1)) for at in range(len(view.text))]
    assert all(0 <= one.start < one.end <= len(folded) for one in spans)
    assert [one.start for one in spans] == sorted(one.start for one in spans)


def test_what_was_taken_out_is_named() -> None:
    assert dropped("死 ね") == {"space"}
    assert dropped("死・ね") == {"separator"}
    assert dropped("バァカ") == dropped("ねえええ") == {"lengthen"}
    assert dropped("かかか") == {"repeat"}
    assert dropped("&#27515;ね") == dropped("死<b>ね") == {"markup"}
    assert dropped("死◯ね") == set()


def test_lengthening_behind_a_word_belongs_to_it() -> None:
    assert tail("しねえええよ", 2) == 5
    assert tail("しねえよ", 2) == 2
    assert tail("死ねーーっ！", 2) == 5
