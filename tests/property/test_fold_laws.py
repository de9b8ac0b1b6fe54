"""Laws of ``fold`` and of maps, over text meant to break them."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from flamecheck.normalize import fold
from flamecheck.spans import MapBuilder, MappedText, Span, compose

PIECES = [
    *"あかはうしわらいてへ゛゜カハバガッアァーｰ〜~～－ﾊｶﾞﾟｱ",
    *"死人々漢〇笑㌔㍿㌍①㈱ﷺ\u2f00豈",
    *"()（）《》 \u3000\n\r\t´¨￣\u0385\u037a",
    *"\u3099\u309a\u0301\u0323\u0331\u0308\u0307\u0344\u0345\u0f73\u093c",
    *"\u200b\u200d\u00ad\ufeff\u202e\ufe0f\U000e0100\u034f\u180b\x00\x85\u2028\x0b",
    *"\ud83d\udc00\u1112\u1161\u11ab\u115f\u1160\u3164\u3131\u3133\u314fﾡￂ\uffa0한하",
    *"aAhHＡiİßẞςΣϲKÅé",
    "死(し)",
    "(わら)",
    "(ころころころ)",
    "👩\u200d👩\u200d👧",
    "\r\n",
    "\u09c7\u09be",
    "\u0301\u0323" * 12,
]
hostile = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)
anything = st.one_of(hostile, st.text(st.characters(), max_size=30))

INVISIBLE = "\u034f\u115f\u1160\u3164\uffa0\u180b\u180c\u180d\u180f"
KANA = "ぁ-ゖゝゞァ-ヺー-ヾ"
GESTURES = ("わら", "わらい", "てへ")  # PIECES から作れるもの


def is_dropped(char: str) -> bool:
    if char in INVISIBLE or "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef":
        return True
    # 書式文字の一覧は fold と同じ版の Unicode で見る。
    return char not in "\t\n" and bool(regex.match(r"[\p{Cc}\p{Cf}]", char))


def without_reading(text: str) -> str:
    """Remove the first reading, or return ``text``."""
    for match in re.finditer(rf"\(([{KANA}]+)\)|《([{KANA}]{{1,16}})》", text):
        run = regex.search(r"\p{Han}*$", text[: match.start()])
        assert run is not None
        kanji, inside = len(run.group()), match[1]
        if inside is None:
            good = True
        elif unicodedata.normalize("NFKC", inside).translate({c: c - 96 for c in range(0x30A1, 0x30F7)}) in GESTURES:
            good = False
        else:
            hiragana = re.fullmatch("[ぁ-ゖゝゞー]+", inside)
            good = len(inside) <= 4 or (hiragana is not None and len(inside) <= min(4 * kanji, 16))
        if kanji and good:
            return text[: match.start()] + text[match.end() :]
    return text


def slow_fold(text: str) -> str:
    """Fold as described, the whole text at a time."""
    text = re.sub("\r\n|[\r\u2028\u2029\x85\x0b\x0c]", "\n", text)
    text = re.sub("[\ud800-\udfff]", "\ufffd", text)
    text = "".join(char for char in text if not is_dropped(char))
    text = text.replace("\u309b", "\u3099").replace("\u309c", "\u309a")
    before = None
    while before != text:
        before = text
        forms = ((char, unicodedata.normalize("NFKC", char)) for char in text)
        text = "".join(char if len(form) > 1 and form[0] == " " else form for char, form in forms)
        text = "".join(char.lower() for char in unicodedata.normalize("NFC", text)).replace("ς", "σ")
    text = re.sub("ー[ー〜~]+", "ー", text)
    text = re.sub("[〜~]{2,}", "〜", text)
    before = None
    while before != text:
        before, text = text, without_reading(text)
    return text


def singles(text: MappedText) -> list[Span]:
    return [text.to_source(Span(at, at + 1)) for at in range(len(text.text))]


@given(anything)
def test_folding_twice_is_folding_once(text: str) -> None:
    once = fold(text).text
    again = fold(once)
    assert again.text == once
    assert again.alignment.edits == ()


@given(hostile)
def test_folding_by_clusters_equals_folding_the_whole(text: str) -> None:
    assert fold(text).text == slow_fold(text)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_nfkc_by_clusters_is_nfkc(text: str) -> None:
    assert fold(text).text == slow_fold(text)


@given(anything, st.data())
def test_every_span_leads_to_a_span_of_the_source(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    later = data.draw(st.integers(end, len(folded.text)))
    found = folded.to_source(Span(start, end))
    assert 0 <= found.start <= found.end <= len(text)
    if start < end:
        assert found.length > 0
        wider = folded.to_source(Span(start, later))
        assert wider.contains(found)
        parts = singles(folded)[start:end]
        assert found == Span(parts[0].start, parts[-1].end)


@given(anything)
def test_single_characters_lead_back_in_order(text: str) -> None:
    spans = singles(fold(text))
    for left, right in pairwise(spans):
        assert left == right or left.end <= right.start


@given(anything)
def test_what_a_character_leads_back_to_folds_to_something_that_holds_it(text: str) -> None:
    folded = fold(text)
    for char, span in zip(folded.text, singles(folded), strict=True):
        # 長音の組にまとまった波線は、前の文字しだいで形が変わる。
        assert char in fold(text[span.start : span.end]).text


@given(st.text(st.sampled_from("abcxyz019 .!?\n\tあいうかがぱアイガパ、。死人"), max_size=60))
def test_plain_text_is_its_own_fold(text: str) -> None:
    folded = fold(text)
    assert folded.text == text
    assert folded.alignment.edits == ()


def draw_map(data: st.DataObject, old: str, *, insertions: bool) -> MappedText:
    """Draw a map out of ``old`` step by step."""
    builder = MapBuilder()
    at = 0
    while at < len(old):
        size = data.draw(st.integers(0 if insertions else 1, min(3, len(old) - at)))
        if size and data.draw(st.booleans()):
            builder.copy(old[at : at + size])
        else:
            builder.replace(size, data.draw(st.text("xyz", min_size=not size, max_size=3)))
        at += size
    return builder.build()


@given(st.data())
def test_composed_maps_hold_what_two_steps_give(data: st.DataObject) -> None:
    source = data.draw(st.text("abc", max_size=12))
    outer = draw_map(data, source, insertions=True)
    inner = draw_map(data, outer.text, insertions=True)
    combined = compose(outer, inner)
    assert combined.text == inner.text
    # 二つの写像の編集がまたがり合わないかぎり、合成は二段の写像と等しい。
    crossing = any(
        one.old.overlaps(other.new) and not one.old.contains(other.new) and not other.new.contains(one.old)
        for one in inner.alignment.edits
        for other in outer.alignment.edits
    )
    for direct, step in zip(singles(combined), singles(inner), strict=True):
        two_steps = outer.to_source(step)
        assert direct.contains(two_steps)
        assert 0 <= direct.start <= direct.end <= len(source)
        if not crossing and step.length:
            assert direct == two_steps
    edits = combined.alignment.edits
    for left, right in pairwise(edits):
        assert left.new.end <= right.new.start
        assert left.old.end <= right.old.start


@given(st.data())
def test_composing_with_one_to_one_edits_is_composition(data: st.DataObject) -> None:
    source = data.draw(st.text("abc", max_size=12))
    outer = MapBuilder()
    for char in source:
        if data.draw(st.booleans()):
            outer.copy(char)
        else:
            outer.replace(1, data.draw(st.sampled_from(["", "x"])))
    middle = outer.build()
    inner = draw_map(data, middle.text, insertions=False)
    assert singles(compose(middle, inner)) == [middle.to_source(span) for span in singles(inner)]


@pytest.mark.parametrize("unit", ["ｶﾞ", "ー", "死", "死(し)", "(", "\u200b", "か\u200b"])
def test_five_megabytes_of_one_thing_are_folded(unit: str) -> None:
    text = unit * (5_000_000 // len(unit.encode()))
    assert fold(text).text == slow_or_short(unit, len(text) // len(unit))


@pytest.mark.parametrize("unit", ["\u0301\u0323", "\u3099", "\u0344", "\u1161", "\u200b\u3099"])
def test_a_long_run_of_joining_characters_is_folded(unit: str) -> None:
    """Canonical ordering of a long run must not take quadratic time."""
    text = "か" + unit * 500_000
    folded = fold(text)
    assert folded.to_source(Span(0, len(folded.text))).start == 0
    assert fold(folded.text).text == folded.text


def slow_or_short(unit: str, count: int) -> str:
    """Return what ``count`` copies of ``unit`` fold to, without folding them."""
    once = fold(unit).text
    return once if unit == "ー" else once * count
