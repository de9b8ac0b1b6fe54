"""Where sentences end: marks, brackets, emoji, laughter, lines."""

from __future__ import annotations

from typing import Any, cast

import pytest
from agreement import tokenizer
from hypothesis import given
from hypothesis import strategies as st
from reference import Reader

from flamecheck.analysis import Analysis
from flamecheck.document import plain


def cut(text: str) -> list[str]:
    analysis = Analysis(plain(text), tokenizer())
    return [analysis.text[sentence.start : sentence.end] for sentence in analysis.sentences]


@pytest.mark.parametrize(
    "written",
    [
        "おはよう。|元気?!|うん",
        "出ました!🎉|次は明日です🎁",
        "ほんと?🤣😂| まさか!(笑)|次です。♪☆|また",
        "やった!👍\U0001f3fd❤|次",
        "うける!www|また",
        "すごい!w杯だ".replace("!", "!|"),
        "「行く。|来る。」と言った。|そう",
        "彼は「消えろ!!」って言う。|『来い。』|そう",
        "「すごい!」!!|と、私は",
        "(そうだ。)|と思う",
        "朝から\n会議で\n疲れた",
        "朝です。|\n|夜です\n|\n|昼",
        "本日🎉オープン🎉です",
        "。。。|え",
        "",
    ],
)
def test_a_text_is_cut_into_sentences(written: str) -> None:
    text = written.replace("|", "")
    found = cut(text)
    assert "".join(found) == Analysis(plain(text), tokenizer()).text
    assert found == written.split("|")


PIECES = [
    "犬",
    "。",
    "!",
    "?",
    "「",
    "」",
    "』",
    ")",
    '"',
    "”",
    "と",
    "って",
    "🎉",
    "👍🏽",
    "♪",
    "(笑)",
    "笑",
    "w",
    "ww",
    "杯",
    " ",
    "　",
    "\n",
    "a",
    "だ",
]


@given(st.lists(st.sampled_from(PIECES), max_size=16).map("".join))
def test_sentences_are_those_of_the_reference(text: str) -> None:
    analysis = Analysis(plain(text), tokenizer())
    assert analysis.sentences == Reader(plain(text), cast("Any", None), tokenizer()).sentences
