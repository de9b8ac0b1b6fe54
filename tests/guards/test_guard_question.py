"""``question``: a question that wants an answer; not a rhetorical one, a tag, a teaser or abuse with a question mark."""

from __future__ import annotations

import pytest
from guardprobe import effect, lines

ACTS = lines("""\
この講座は必ず儲かりますか？
必ず痩せますか。
必ず儲かるのでしょうか。
必ず儲かるんですか？
本当に必ず痩せるのかな。
Q. 必ず痩せますか
「必ず儲かりますか」というご質問をいただきます。
必ず痩せるかどうか、検証しました。
必ず儲かるのか調べてみた。
必ず儲かるって本当ですか？
必ず儲かるというのは本当でしょうか。
業界No.1ですか？
合格率100%って本当？
このやり方で必ず儲かる？
ほんまに必ず儲かるんやろか。
必ず儲かると思いますか？
「必ず痩せる？」とのお問い合わせが増えています。
必ず痩せるのか、教えてください。
お客さまから、必ず痩せるのかと聞かれました。
女はバカですか、と生徒にたずねられた。
業界No.1でしょうか。
必ず痩せるかしら。
毎日飲めば⏎必ず痩せますか？
""")

DOES_NOT = lines("""\
必ず儲かるとでも？
必ず儲かるに決まってるでしょ？
必ず儲かる話、聞きませんか？
必ず痩せる体験、始めてみませんか。
必ず痩せる？！
飲むだけで必ず痩せる！？信じられない結果に。
必ず儲かりますよね？
業界No.1じゃないですか。
業界No.1ではないでしょうか？
女はバカか？（笑）
なぜ女はバカなのか？
どうして新人は使えないのか。
お前はバカか？何様だ
誰が必ず儲かると言いましたか？
必ず儲かるとでも言うつもりですか？
必ず儲かります。ご興味ありますか？
迷っていますか？必ず痩せます。
必ず儲かるので、今すぐ登録しませんか？
必ず痩せるコツ、知りたいですか？
どうせ新人は使えないんだろ？
女はバカだよな？
必ず儲かるのか！すごい！
まさか必ず儲かる？
いつまで新人は使えないの？
""")


@pytest.mark.parametrize("text", ACTS)
def test_it_acts(text: str) -> None:
    assert effect("question", text) == "lower 1"


@pytest.mark.parametrize("text", DOES_NOT)
def test_it_does_not_act(text: str) -> None:
    assert effect("question", text) == "nothing"
