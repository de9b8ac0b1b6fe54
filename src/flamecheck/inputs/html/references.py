"""Character references: ``&hearts;``, ``&#9829;``, ``&#x2665``, as browsers read them."""

from __future__ import annotations

import html
import re
from html.entities import html5
from typing import Final

REFERENCE: Final = re.compile(r"&(?:#(?:[0-9]{1,20}|[xX][0-9a-fA-F]{1,16});?|[A-Za-z][A-Za-z0-9]{1,40};?)")
_LONGEST: Final = max(len(name) for name in html5)


def meant(match: re.Match[str], *, attribute: bool) -> tuple[int, str] | None:
    """Return how many signs of a match of REFERENCE are one, and what it stands for; None when it is none.

    Some names are known without ``;``, also at the start of a longer word, but in an attribute (``?a=1&copy=2``).
    """
    written = match[0]
    if written[1] == "#":
        digits = written[2:].rstrip(";")
        number = int(digits[1:], 16) if digits[0] in "xX" else int(digits)
        # 標準は制御文字も文字として読むが、html.unescape は捨てる。
        return len(written), html.unescape(written) or chr(number)
    if written.endswith(";") and written[1:] in html5:
        return len(written), html5[written[1:]]
    name = written[1:].rstrip(";")
    for length in range(min(len(name), _LONGEST), 1, -1):
        if name[:length] in html5:
            following = match.string[match.start() + 1 + length : match.start() + 2 + length]
            if attribute and (following == "=" or (following.isascii() and following.isalnum())):
                return None
            return length + 1, html5[name[:length]]
    return None
