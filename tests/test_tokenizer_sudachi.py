"""Canonical tokens tile the text, and long texts are cut by the stated rule."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from flamecheck.normalize import fold
from flamecheck.tokenizers.sudachi import LONGEST, SudachiTokenizer, pieces

TOKENIZER = SudachiTokenizer()
hostile = st.text(alphabet=st.sampled_from("死ねばかカスw1。！\n 「」😂\u3099a漢"), max_size=2500)


@given(hostile)
def test_tokens_tile_the_text(text: str) -> None:
    folded = fold(text).text
    for tokens in (TOKENIZER.tokenize(folded), TOKENIZER.split(folded)):
        assert "".join(token.surface for token in tokens) == folded
        assert [token.start for token in tokens] == [0, *(token.end for token in tokens)][: len(tokens)]


@given(hostile)
def test_pieces_tile_the_text_and_stay_short(text: str) -> None:
    cut = list(pieces(text))
    assert "".join(text[start:end] for start, end in cut) == text
    assert all(end - start <= LONGEST for start, end in cut)


def test_a_cut_does_not_change_ordinary_sentences() -> None:
    sentence = "本日より新しい季節の商品を全国の店舗で発売いたします。"
    whole = [token.surface for token in TOKENIZER.tokenize(sentence)]
    assert [token.surface for token in TOKENIZER.tokenize(sentence * 60)] == whole * 60
