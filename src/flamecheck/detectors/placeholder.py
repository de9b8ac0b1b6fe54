"""Template slots and masked names that somebody forgot to fill in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import regex

from flamecheck.context import Context
from flamecheck.detectors.found import Found
from flamecheck.grading import Confidence
from flamecheck.spans import Span

_MARK: Final = "[○〇◯△▲□■●◎×xX*＊_]"
_PLACEHOLDER: Final = regex.compile(
    r"\{\{[^{}\n]{0,60}\}\}|\$\{[^{}\n]{0,60}\}|<%=?[^%\n]{0,60}%>|%%[A-Za-z_]{1,40}%%"
    rf"|[\[【(]{_MARK}{{2,8}}[\]】)]"
    # ○○様、△△株式会社、××円のように、後ろに数や名前が入るはずの伏せ字。
    rf"|(?<![{_MARK[1:-1]}0-9a-z一二三四五六七八九十百千万])(?:[○〇◯△▲□■●◎]{{2,8}}|[x×]{{2,4}})"
    r"(?:様|さま|さん|氏|円(?!程|ほど|くらい|ぐらい|前後|弱)|月|日(?!々)|時|分|%|名様|株式会社|(?P<place>店(?!舗)|市(?!街|立)|県)|ポイント)"
    r"|株式会社[○〇◯△▲□■●◎]{2,8}"
    r"|(?<![a-z0-9_])(?:todo|fixme|tbd)(?=[:\])】]|\s*$)|lorem ipsum"
    r"|[\[【(](?:下書き|仮|ダミー|要確認|要差し替え|未定稿|ここに[^\]】)\n]{1,20})[\]】)]",
    regex.MULTILINE,
)
# 「○○さんに入る言葉は？」のような穴埋めクイズは、伏せたままで正しい。
_QUIZ: Final = regex.compile(r"入る(?:言葉|文字|数字|漢字|もの)|クイズ|穴埋め|答え|なんでしょう|何でしょう")
# 客として訪れた話では、行った先の名をわざと伏せる。会社の知らせ（開催しました、発売しました）は含めない。
_VISIT: Final = regex.compile(
    r"(?:行っ(?:て(?:き|来))?|行き|訪れ|訪問し|泊まっ|泊まり|宿泊し|旅行し|利用し|見学し|観光し|遊び|遊ん|食べ|楽しみ|楽しめ|過ごし|過ごせ)(?:まし)?[ただ]"
)


def placeholder(text: str, context: Context) -> Iterator[Found]:  # noqa: ARG001
    """Yield template slots and masked names that somebody forgot to fill in.

    In a text that tells of a visit (行ってきました, 泊まりました), masked names of places are meant to be masked.
    """
    quiz = bool(_QUIZ.search(text))
    visit = bool(_VISIT.search(text))
    for match in _PLACEHOLDER.finditer(text):
        symbolic = match.group()[0] in "{$<%["
        if (quiz and not symbolic) or (visit and match["place"]):
            continue
        yield Found(Span(*match.span()), Confidence.HIGH if symbolic else None)
