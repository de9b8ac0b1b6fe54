"""The linear subset of regular expressions, checked before one is compiled.

Every repeat is bounded and nested bounds multiply to at most 1,000, there is no back-reference, and lookaround is
bounded: so the work at one position is bounded by the pattern alone, and the whole by the length of the text.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from typing import Any, Final, NamedTuple

import regex

MOST: Final = 1000
_PARSER: Final[Any] = importlib.import_module("re._parser")
_ESCAPE: Final = "記号を文字として書くなら、前に \\ を付けてください"


class RegexProblem(NamedTuple):
    """Why a regular expression is not taken; ``length`` code points of it are wrong from ``at`` on."""

    code: str
    message: str
    hint: str
    at: int
    length: int


# エンジンと標準の読み手の言葉から、順に見て最初に含まれるもの。
_COMPLAINTS: Final = (
    ("missing )", "( が閉じていません"),
    ("unterminated subpattern", "( が閉じていません"),
    ("unbalanced parenthesis", ") に対応する ( がありません"),
    ("set", "[ が閉じていません"),
    ("character range", "[ ] の中の範囲が逆です"),
    ("repeat", "繰り返しの前に文字がありません"),
    ("escape", "知らない \\ の書き方です"),
    ("group", "その番号や名前の括弧はありません"),
    ("extension", "知らない (? の書き方です"),
    ("property", "知らない \\p{…} の名前です"),
    ("fixed-width", "前を見る条件 (?<=…) の中に、長さの決まらない繰り返しがあります"),
)


def regex_problem(pattern: str) -> RegexProblem | None:
    """Return why ``pattern`` is outside the subset, else None."""
    whole = (0, len(pattern))
    try:
        regex.compile(pattern)
        tree = _PARSER.parse(pattern)
    except Exception as error:
        detail = str(getattr(error, "msg", error)) or type(error).__name__
        said = next((said for words, said in _COMPLAINTS if words in detail), "この書き方は使えません")
        position = getattr(error, "pos", None)
        place = whole if position is None else (min(position, len(pattern) - 1), 1)
        return RegexProblem(
            "FC311", f"正規表現として読めません: {said}", f"{_ESCAPE}\n正規表現の言葉では: {detail}", *place
        )
    if tree.getwidth()[0] == 0:
        return RegexProblem("FC312", "空の文字列にも当たります", "必ず現れる文字を入れてください", *whole)
    if "GROUPREF" in repr(tree):
        hint = "同じ言葉を書き下すか、パターンを分けてください"
        return RegexProblem("FC313", "前に出た内容を指す書き方（\\1 など）は使えません", hint, *whole)
    if _weight(tree) > MOST:
        hint = "* や + を {1,20} のように区切り、入れ子を減らしてください"
        return RegexProblem("FC313", "繰り返しが際限なくふくらみます", hint, *whole)
    return None


def _weight(tree: Iterable[tuple[Any, Any]]) -> int:
    """Return an upper bound of the ways to match at one position, MOST + 1 for what the subset forbids."""
    total = 1
    for op, value in tree:
        name = str(op)
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            low, high, inner = value
            if int(high) > 200:
                return MOST + 1
            weight = _weight(inner)
            total *= (int(high) - int(low) + 1) * (weight ** min(int(high), 8) if weight > 1 else 1)
        elif name == "BRANCH":
            total *= sum(_weight(branch) for branch in value[1])
        elif name == "SUBPATTERN":
            total *= _weight(value[-1])
        elif name in ("ASSERT", "ASSERT_NOT"):
            total *= _weight(value[1])
        elif name == "ATOMIC_GROUP":
            total *= _weight(value)
        if total > MOST:
            return MOST + 1
    return total
