"""``self-deprecation``: the writer is the one called so; 私 somewhere in the sentence is not enough."""

from __future__ import annotations

import pytest
from guardprobe import effect, lines

ACTS = lines("""\
わたしはバカだなあ。
私は本当にバカです。
俺ってほんとバカ。
自分がバカすぎて、鍵を二回なくしました。
僕はバカなので、何度も聞いてしまいます。
中の人がバカで、予約投稿の時間を間違えました。
我ながらバカでした。
バカな私をお許しください。
バカな自分が恥ずかしい。
うちはほんまにバカやな。
私、バカだった。
私はまだまだバカだと反省しました。
自分でもバカだと思う。
俺はただのバカだ。
ワイはバカやから、また買ってしもた。
担当者はバカなのか、投稿ボタンを三回押しました。
バカな僕に、先輩がやさしく教えてくれました。
私たちは本当にバカでしたね。
僕ってどこまでバカなんだろう。
わたしはバカかもしれない。
昨日も財布を忘れた。私はバカか
自分はつくづくバカだと思いました。
""")

DOES_NOT = lines("""\
私はバカな客が嫌いです。
私の上司はバカだ。
私から見れば女はバカ。
私はお前をバカだと思う。
俺の隣の席のやつ、バカだな。
お前はバカだ。
あなたはバカですか。
私たちの客はバカ。
自分の子どもに「バカ」と言う親。
私が思うに、あいつはバカ。
わたしはバカにされた。
俺はバカを相手にしない。
僕はあのバカに会った。
うちの店長はバカだ。
当社の競合はバカ。
私はバカが嫌い。
自分で考えないバカ。
私に言わせれば、世間はバカだ。
私も怒った、客がバカだから。
俺はバカの話は聞かない。
私もバカとは話したくない。
バカな客が私を怒らせた。
""")


@pytest.mark.parametrize("text", ACTS)
def test_it_acts(text: str) -> None:
    assert effect("self-deprecation", text) == "lower 3"


@pytest.mark.parametrize("text", DOES_NOT)
def test_it_does_not_act(text: str) -> None:
    assert effect("self-deprecation", text) == "nothing"
