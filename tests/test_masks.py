"""Stars where no rule has looked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flamecheck.masks import starred, starred_value


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("電話は090-1234-5678です", "電話は090-****-5678です"),
        ("０９０－１２３４－５６７８", "０９０－****－５６７８"),
        ('{"tel":"09012345678"}', '{"tel":"090****5678"}'),
        ("taro.yamada@gmail.com へ", "****.******@*****.*om へ"),
        ("5527 3819 0264 7350", "**** **** **** **50"),
        ("\ud800 090 1234 5678", "\ud800 090 **** 5678"),
        ("晴れです。10月3日に120円で", "晴れです。10月3日に120円で"),
    ],
)
def test_leaks_are_starred_in_place(text: str, shown: str) -> None:
    assert starred(text) == shown


@given(st.text(st.sampled_from("0123456789０９-－@.あ()《》ーabc\n\ud800"), max_size=60))
def test_a_starred_text_is_as_long_and_differs_only_by_stars(text: str) -> None:
    shown = starred(text)
    assert len(shown) == len(text)
    assert all(new in (old, "*") for old, new in zip(text, shown, strict=True))


def test_values_are_starred_at_any_depth_keys_and_numbers_as_well() -> None:
    value = {"a": [5527381902647350, {"090-1234-5678": None}], "n": 7, "ok": True, "rate": 0.5}
    assert starred_value(value) == {"a": ["**************50", {"090-****-5678": None}], "n": 7, "ok": True, "rate": 0.5}
    deep: list[object] = []
    for _ in range(5000):
        deep = [deep]
    assert "…" in str(starred_value(deep))


def test_keys_that_are_alike_under_their_stars_lose_no_value() -> None:
    value = {"090-1234-5678": 1, "090-9876-5678": 2}
    assert starred_value(value) == {"090-****-5678": 1, "090-****-5678 (2)": 2}
