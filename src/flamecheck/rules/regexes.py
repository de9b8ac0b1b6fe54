"""The linear subset of regular expressions, checked before one is compiled.

Every repeat is bounded and nested bounds multiply to at most 1,000, there is no back-reference, and lookaround is
bounded: so the work at one position is bounded by the pattern alone, and the whole by the length of the text.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from typing import Any, Final

import regex

MOST: Final = 1000
_PARSER: Final[Any] = importlib.import_module("re._parser")


def regex_problem(pattern: str) -> tuple[str, str, str] | None:
    """Return (code, message, hint) when ``pattern`` is outside the subset, else None."""
    try:
        regex.compile(pattern)
        tree = _PARSER.parse(pattern)
    except (regex.error, RecursionError, OverflowError) as error:
        return "FC311", f"正規表現として読めません: {error}", "\\ や括弧を確かめてください"
    except Exception as error:
        return "FC311", f"この書き方は使えません: {error}", "標準の re の書き方にしてください"
    if tree.getwidth()[0] == 0:
        return "FC312", "空の文字列にも当たります", "必ず現れる文字を入れてください"
    if _weight(tree) > MOST:
        return "FC313", "繰り返しが際限なくふくらみます", "* や + を {1,20} のように区切り、入れ子を減らしてください"
    return None


def _weight(tree: Iterable[tuple[Any, Any]]) -> int:
    """Return an upper bound of the ways to match at one position, MOST + 1 for what the subset forbids."""
    total = 1
    for op, value in tree:
        name = str(op)
        if name in ("GROUPREF", "GROUPREF_EXISTS"):
            return MOST + 1
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
