"""Where the keys, strings and comments of a TOML text stand, which the parser of the standard library does not tell."""

from __future__ import annotations

import re
from typing import Final

from flamecheck.spans import Span

_PIECE: Final = re.compile(
    r"(?P<key>^[ \t]*(?:(?P<bare>[\w-]+)|\"(?P<quoted>[^\"\\\n]*)\"|'(?P<literal>[^'\n]*)')[ \t]*=)"
    r"|(?P<string>\"{3}(?:[^\"\\]|\\.|\"{1,2}(?!\"))*\"{3,5}|'{3}(?:[^']|'{1,2}(?!'))*'{3,5}"
    r"|\"(?:[^\"\\\n]|\\[^\n])*\"|'[^'\n]*')"
    r"|(?P<comment>\#[^\n]*)|(?P<open>[\[{])|(?P<close>[\]}])",
    re.MULTILINE | re.DOTALL | re.ASCII,
)


class Pieces:
    """The pieces of one text, which the parser has read before: ``keys`` and ``strings`` of its top table only."""

    def __init__(self, text: str) -> None:
        """Read ``text`` from left to right; strings are passed over whole, so nothing in one is taken for more."""
        self.keys: Final[dict[str, int]] = {}
        self.strings: Final[dict[str, list[Span]]] = {}
        self.comments: Final[list[Span]] = []
        key, depth, top = "", 0, True
        for match in _PIECE.finditer(text):
            kind = match.lastgroup if match["key"] is None else "key"
            if kind == "comment":
                self.comments.append(Span(*match.span()))
            elif kind == "open":
                # 行の頭にある括弧は、表の見出し。中の括弧では行の頭を探さない。
                if depth == 0 and top:
                    top = bool(text[text.rfind("\n", 0, match.start()) + 1 : match.start()].strip())
                depth += 1
            elif kind == "close":
                depth -= 1
            elif kind == "key" and depth == 0:
                key = (match["bare"] or match["quoted"] or match["literal"] or "") if top else ""
                self.keys.setdefault(key, match.start())
            elif kind == "string" and top and key:
                self.strings.setdefault(key, []).append(Span(*match.span()))
