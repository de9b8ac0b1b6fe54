"""``mention``: a sentence about the words themselves, quoted or not; a quotation alone says nothing."""

from __future__ import annotations

import pytest
from guardprobe import effect, lines

ACTS = lines("""\
「カス」という言葉の響きについて考えました。
「必ず痩せる」という表現は広告に使えません。
『必ず儲かる』といったうたい文句を集めて分析しました。
新人研修で「新人は使えない」という言い方を話し合いました。
「カス」は差別的な響きを持つ場合があります。
「カス」とは、酒を搾った後に残るもののことです。
「バカ」の語源を調べてみました。
NG例：必ず痩せる
悪い例「必ず儲かる」
×「女はバカ」
「必ず痩せる」は「続けやすい」に言い換えましょう。
「必ず儲かる」を使わないコピーの作り方を学びます。
「『女はバカ』という言葉をどう思うか」と聞かれた。
あの本の『「女はバカ」という言い回しについて』の章を読みました。
「必ず⏎痩せる」という広告表現の調査です。
女はバカ⏎という言葉が、なぜ今も残るのか。
必ず儲かるという言葉には根拠が要ります。
バカって言葉、関西ではきつく聞こえるそうです。
“必ず痩せる”といった文言は審査に通りません。
「業界No.1」という表示には根拠資料が必要です。
「カス」の読み方と漢字をまとめました。
「バカ」は死語ではありません。
""")

DOES_NOT = lines("""\
「必ず痩せる」と評判のサプリです。
「必ず儲かる」が合言葉です。
「女はバカ」という言葉の通りだ。
「女はバカ」という言葉、その通りだよね。
「必ず痩せる」という言葉に嘘はありません。
「必ず儲かる」という言葉を信じてください。
「必ず痩せる」という声が続々届いています。
「必ず儲かる」と先生が太鼓判。
「女はバカ」って言うけど、わかる気がする。
「必ず儲かる
この言葉を覚えてください。必ず儲かる。
言葉を大切にする会社です。新人は使えない。
必ず痩せるという言葉どおりの結果です。
「カス」！
カスという男がいた。
「業界No.1」の実力をお確かめください。
「こんにちは」という言葉も知らないのか、女はバカ。
表現の自由だから言うけど、女はバカ。
「必ず痩せる」をお届けします。
用語集はこちら。必ず儲かる仕組みも紹介。
「必ず儲かる」から始めよう。
言い換えれば、女はバカ。
「新人は使えない」という言葉を君に贈る。
""")


@pytest.mark.parametrize("text", ACTS)
def test_it_acts(text: str) -> None:
    assert effect("mention", text) == "lower 3"


@pytest.mark.parametrize("text", DOES_NOT)
def test_it_does_not_act(text: str) -> None:
    assert effect("mention", text) == "nothing"


def test_a_quotation_in_a_guideline_is_cancelled() -> None:
    assert effect("mention", "「必ず痩せる」は避けます。", post_type="guideline") == "cancel"
    assert effect("mention", "必ず痩せる方法を書きます。", post_type="guideline") == "nothing"


def test_code_is_a_mention_and_a_heading_is_not() -> None:
    assert effect("mention", "必ず痩せる", region="code") == "lower 3"
    assert effect("mention", "必ず痩せる", region="heading") == "nothing"
