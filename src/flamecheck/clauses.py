"""Where a sentence can be cut into clauses: offsets between tokens, found from the tokens alone.

規則（トークンは C 単位、品詞は UniDic 体系）：

1. 接続助詞の が・けど・けれど(も)・から・し の後ろ。読点の有無を問わない。格助詞の から（東京から）や が は切らない。
2. 準体助詞 の・ん ＋ で・に（のに・ので・んで）の後ろ。は・も・ない・ある が続くもの（のではない、のである、のには）は
   一続きの述語なので切らない。
3. 接続助詞の て・で・ば・と、助動詞の たら・なら・だら、「ものの」は、休止（読点・空白・感嘆のない記号・絵文字）があるときだけ切る。
   休止のない「飲んで痩せる」「続ければ痩せる」は、後ろの述語と一まとまりで読まれる。
4. 連用中止（動詞・形容詞・助動詞の連用形 ＋ 休止）の後ろ。「損はなく、必ず儲かる」。
5. 言い切り（終止形・意志推量形・命令形、または終助詞 ＋ 休止）の後ろ。「損しません、必ず儲かります」。
   ただし休止の次が と・という・って・なんて・そんな などのときは、前を受ける引用や同格なので切らない。
   休止が改行のときは、助動詞か終助詞の後ろに限る（動詞の言い切りは、次の行の名詞に掛かることが多い）。

引用（とは限らない、という広告）と連体修飾（儲かる話）の中の語は、それを受ける述語と同じ節に残る。

分かっている限界：
- 括弧のない引用や連体修飾の中にある接続助詞でも切る（「損しないから安心という話」は から で切れる）。
- て形の連なり全体に掛かる文末の打ち消しは、休止があると最後の節だけに掛かると読む（「誘って、契約してはいけない」）。
- 述語のない切れ目（名詞止めの「損なし、必ず儲かる」のうち名詞で終わるもの）は切らない。
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from flamecheck.tokens import Token

ALWAYS: Final = frozenset({"が", "けど", "けれど", "から", "し"})
AT_PAUSE: Final = frozenset({"て", "で", "ば", "と", "たら", "だら", "なら"})
ENDINGS: Final = ("終止形", "意志推量形", "命令形")
# 前を受ける引用・同格。ここでは文が切れていない。
TAKES_UP: Final = frozenset(
    "と って という といった とか なんて など そんな こんな そういう こういう そのよう このよう".split()
)
# のではない・のである・のには・のにも。
JOINED: Final = frozenset("は も な ない 無い ある 有る あろ あり".split())


def clause_cuts(tokens: list[Token]) -> list[int]:
    """Return the offsets between tokens where one clause ends and the next begins, ascending."""
    return sorted(set(_cuts(tokens)))


def _cuts(tokens: list[Token]) -> Iterator[int]:
    for at, token in enumerate(tokens):
        end = at + 1
        if token.surface == "けれど" and end < len(tokens) and tokens[end].surface == "も":
            end += 1
        after = end
        while after < len(tokens) and _is_pause(tokens[after]):
            after += 1
        if after == len(tokens):
            continue
        if _connects(tokens, at, paused=after > end) or (after > end and _ends(tokens, at, after)):
            yield tokens[after].start


def _connects(tokens: list[Token], at: int, *, paused: bool) -> bool:
    """Return whether a conjunctive particle ends a clause at ``at``."""
    token = tokens[at]
    if token.pos[1] == "接続助詞" and token.surface in ALWAYS:
        return True
    if at and tokens[at - 1].pos[1] == "準体助詞" and token.surface in ("で", "に"):
        return tokens[at + 1].surface not in JOINED
    if not paused:
        return False
    if token.surface == "の" and at and tokens[at - 1].surface == "もの":
        return True
    return token.surface in AT_PAUSE and (token.pos[1] == "接続助詞" or token.pos[0] == "助動詞")


def _ends(tokens: list[Token], at: int, after: int) -> bool:
    """Return whether a clause ends in a pause behind ``at``: 連用中止, or a finite form that nothing takes up."""
    token, pause = tokens[at], tokens[at + 1].surface
    form = token.pos[5] if len(token.pos) > 5 else ""
    if form.startswith("連用形"):
        return pause != "\n"
    if not form.startswith(ENDINGS) and token.pos[1] != "終助詞":
        return False
    if pause == "\n" and token.pos[0] != "助動詞" and token.pos[1] != "終助詞":
        return False
    return tokens[after].surface not in TAKES_UP


def _is_pause(token: Token) -> bool:
    """Return whether the token is a comma, a space, an emoji or another mark; brackets are none."""
    return token.pos[0] in ("補助記号", "空白") and not token.pos[1].startswith("括弧")
