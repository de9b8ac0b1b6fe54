"""Words of strangers as HTML: nothing of them is ever markup, an address only where it is one of the web."""

from __future__ import annotations

import html
import unicodedata
from typing import Final
from urllib.parse import urlsplit

from flamecheck.display import sound

_KEPT: Final = "\n\t"
_JOINED: Final = frozenset("\u200c\u200d") | frozenset(map(chr, range(0xE0020, 0xE0080)))
"""What joins letters and makes flags of emoji; everything else without a shape is written out."""
_LONGEST: Final = 2_000
"""From how many letters on an address is no address."""


def shown(text: str) -> str:
    """Return a text for a place in HTML, also inside quotation marks.

    Line ends stay.  Control characters and the marks that turn the direction of writing are written out, so that they
    can be seen and do nothing; a surrogate without its partner becomes U+FFFD.
    """
    plain = sound(text).replace("\r\n", "\n").replace("\r", "\n")
    return html.escape("".join(sign if _quiet(sign) else f"[U+{ord(sign):04X}]" for sign in plain), quote=True)


def line(text: str, most: int = 200) -> str:
    """Return a text for HTML on one line, cut to ``most`` code points."""
    flat = " ".join(text[: most + 1].split())
    return shown(flat if len(text) <= most else f"{flat[:most]}…")


def _quiet(sign: str) -> bool:
    return sign in _KEPT or sign in _JOINED or unicodedata.category(sign) not in ("Cc", "Cf", "Zl", "Zp")


def address(url: str) -> str:
    """Return a web address ready for ``href``, or "" for anything that is none (``javascript:``, a file, a bad host)."""
    if len(url) > _LONGEST or any(sign.isspace() or not sign.isprintable() for sign in url):
        return ""
    try:
        parts = urlsplit(url)
        named = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return ""
    return html.escape(url, quote=True) if parts.scheme in ("http", "https") and named else ""


def link(url: str, words: str) -> str:
    """Return a link that tells the site nothing of this page, or "" without an address; ``words`` are HTML."""
    target = address(url)
    return f'<a href="{target}" rel="noopener noreferrer" target="_blank">{words}</a>' if target else ""


def number(value: int) -> str:
    """Return a number as people read it."""
    return f"{value:,}"


def share(part: int, whole: int) -> str:
    """Return a part of a whole as a percentage; "–" of nothing, never 0 % or 100 % for what only comes near."""
    if not whole:
        return "–"
    if part and part * 1000 < whole:
        return "0.1% 未満"
    return f"{part * 100 / whole:.1f}%" if part * 1000 <= whole * 999 or part == whole else "99.9% 以上"
