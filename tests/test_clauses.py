"""Where sentences fall into clauses: the rules of clauses.py, one sentence a row."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import pytest

from flamecheck.analysis import Analysis
from flamecheck.clauses import clause_cuts
from flamecheck.document import plain
from flamecheck.normalize import fold
from flamecheck.spans import Span
from flamecheck.tokenizers.sudachi import SudachiTokenizer


@cache
def tokenizer() -> SudachiTokenizer:
    return SudachiTokenizer()


def clauses(text: str) -> str:
    folded = fold(text).text
    edges = [0, *clause_cuts(tokenizer().tokenize(folded)), len(folded)]
    return "/".join(folded[start:end] for start, end in pairwise(edges))


@pytest.mark.parametrize(
    "text",
    [
        # 接続助詞
        "雨ですが/店は開きます",
        "雨やけど/店は開くで",
        "雨だけれども、/店は開きます",
        "雨だから/休みます",
        "安いし/近い",
        "遠いので、/車で行きます",
        "遠いんで/やめとくわ",
        "遠いのに/来てくれた",
        "高いものの、/長く使えます",
        # 休止があるときだけ
        "歩いて、/帰りました",
        "歩いて帰りました",
        "晴れたら、/行きます",
        "晴れたら行きます",
        "続ければ、/慣れます",
        "押すと、/開きます",
        "晴れなら、/行きます",
        # 連用中止
        "窓を開け、/風を入れます",
        "味は薄く、/量は多い",
        "静かで、/広い",
        "休まず、/続けます",
        # 言い切り
        "焦げません、/よく焼けます",
        "焦げないよ、/よく焼けるよ",
        "焦げへん、/よう焼けるで",
        "焦げません\n/よく焼けます",
        "焦げません /よく焼けます",
        "焦げません🎉/よく焼けます",
        "晴れるでしょう、/明日は",
        "逃げろ、/水が来る",
    ],
)
def test_a_clause_ends_here(text: str) -> None:
    assert clauses(text.replace("/", "")) == text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("駅から歩きました", id="case particle から"),
        pytest.param("私が行きます", id="case particle が"),
        pytest.param("遠いのではありません", id="のでは"),
        pytest.param("遠いのである", id="のである"),
        pytest.param("遠いのには訳がある", id="のには"),
        pytest.param("雨が降るとは限りません", id="quotation"),
        pytest.param("雨が降るという予報です", id="という"),
        pytest.param("雨が降る、という予報です", id="taken up by という"),
        pytest.param("雨が降る、そんな日もある", id="taken up by そんな"),
        pytest.param("雨が降る日は休みです", id="relative clause"),
        pytest.param("雨が降る\n日は休みです", id="relative clause over a line end"),
        pytest.param("りんご、みかん、ぶどう", id="a list"),
        pytest.param("もし、雨なら休みます", id="adverb"),
        pytest.param("遠いから。", id="the end of the text"),
        pytest.param("、、、", id="pauses only"),
        pytest.param("", id="nothing"),
    ],
)
def test_no_clause_ends_here(text: str) -> None:
    assert clauses(text) == fold(text).text


@pytest.mark.parametrize(
    ("text", "anchor", "clause"),
    [
        pytest.param(
            "焦げません、よく焼けます。別の文", "焼け", "よく焼けます。", id="between a cut and the sentence end"
        ),
        pytest.param("「焦げない、よく焼ける」と言う", "と", "「焦げない、よく焼ける」と言う", id="from outside"),
        pytest.param("「焦げない、よく焼ける」と言う", "焼け", "よく焼ける」と言う", id="from inside"),
        pytest.param("「焦げない、『薄いよ、軽い』から焼ける」と", "焦げ", "「焦げない、", id="nested"),
        pytest.param(
            "「焦げない、『薄いよ、軽い』から焼ける", "軽い", "軽い』から焼ける", id="an open bracket is none"
        ),
        pytest.param("焦げません、よく焼けます", "ません、よく", "焦げません、よく焼けます", id="an anchor over a cut"),
    ],
)
def test_the_clause_of_an_anchor(text: str, anchor: str, clause: str) -> None:
    analysis = Analysis(plain(text), tokenizer())
    at = text.index(anchor)
    span = analysis.clause(Span(at, at + len(anchor)))
    assert analysis.text[slice(*span)] == clause
