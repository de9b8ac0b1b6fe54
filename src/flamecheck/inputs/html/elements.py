"""Which elements are open: where blocks end, what is hidden, which role a range has."""

from __future__ import annotations

from collections import Counter
from typing import Final, NamedTuple

from flamecheck.inputs.html.flow import Flow
from flamecheck.page import Page
from flamecheck.spans import Span

BLOCKS: Final = frozenset(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html label legend li main menu nav noscript ol "
    "optgroup option p pre search section select summary table tbody td tfoot th thead title tr ul".split()
)
HIDDEN: Final = frozenset(
    "datalist iframe math noembed noframes pre rp rt rtc script style svg template textarea xmp".split()
)
REGIONS: Final = {
    "a": "link", "blockquote": "blockquote", "code": "code", "kbd": "code", "samp": "code", "li": "item", "dd": "item",
    "td": "cell", "th": "cell", "h1": "heading", "h2": "heading", "h3": "heading", "h4": "heading", "h5": "heading",
    "h6": "heading", "title": "front-matter",
}  # fmt: skip
_VOID: Final = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_WHOLE: Final = BLOCKS - frozenset(("html", "head", "body", "title"))
_FOREIGN: Final = ("svg", "math")
# 終わりのタグを省ける要素と、それを閉じる始まりのタグ、そこより外は閉じない要素。
_ROWS: Final = frozenset(("tr", "tbody", "thead", "tfoot"))
_CLOSED_BY: Final = {
    "li": (frozenset(("li",)), frozenset(("ul", "ol", "menu", "dir"))),
    "dt": (frozenset(("dt", "dd")), frozenset(("dl",))),
    "dd": (frozenset(("dt", "dd")), frozenset(("dl",))),
    "option": (frozenset(("option",)), frozenset(("select",))),
    "rt": (frozenset(("rt", "rp")), frozenset(("ruby",))),
    "rp": (frozenset(("rt", "rp")), frozenset(("ruby",))),
    "td": (frozenset(("td", "th")), frozenset(("table",))),
    "th": (frozenset(("td", "th")), frozenset(("table",))),
    "tr": (frozenset(("td", "th", "tr")), frozenset(("table",))),
    "tbody": (frozenset(("td", "th")) | _ROWS, frozenset(("table",))),
    "tfoot": (frozenset(("td", "th")) | _ROWS, frozenset(("table",))),
}
_NO_PARAGRAPH: Final = frozenset(("option", "optgroup", "button", "label", "legend", "caption", "noscript", "title"))
NEAR: Final = 40
"""How many open elements are looked through for one that a tag closes without saying so."""


class _Open(NamedTuple):
    name: str
    tag: Span


class Elements:
    """Follows the tags of one page."""

    def __init__(self, page: Page, flow: Flow) -> None:
        """Start with nothing open."""
        self._page: Final = page
        self._flow: Final = flow
        self._open: list[_Open] = []
        self._count: Counter[str] = Counter()
        self._hiding = 0

    @property
    def hidden(self) -> bool:
        """Return whether nothing of what follows is shown."""
        return self._hiding > 0

    def start(self, name: str, tag: Span, *, closed: bool = False) -> None:
        """Open an element, after closing what it ends without saying so; ``closed`` is ``/>``, which drawings know."""
        if name in BLOCKS and name != "title" and not self._count["foreignobject"]:
            for foreign in _FOREIGN:
                self.end(foreign, Span(tag.start, tag.start))
        if name in BLOCKS and name not in _NO_PARAGRAPH:
            self._imply(frozenset(("p",)), _WHOLE - {"p"}, tag.start)
        if name in _CLOSED_BY:
            self._imply(*_CLOSED_BY[name], tag.start)
        if name in BLOCKS and not self.hidden:
            self._flow.cut()
        if name == "br" and not self.hidden:
            self._flow.line_end(_sign(tag))
        if name == "q" and not self.hidden:
            self._flow.sign(_sign(tag), "「")
        if name not in _VOID and not (closed and (name in _FOREIGN or self._count["svg"] or self._count["math"])):
            self._open.append(_Open(name, tag))
            self._count[name] += 1
            self._hiding += name in HIDDEN

    def end(self, name: str, tag: Span) -> None:
        """Close the nearest element of that name with all that is open in it; nothing, when none is open."""
        if name in ("br", "p") and not self._count[name] and not self.hidden:
            if name == "br":
                self._flow.line_end(_sign(tag))
            else:
                self._flow.cut()
        if not self._count[name] or (name not in BLOCKS and name not in HIDDEN and self._walled(name)):
            return
        while self._open[-1].name != name:
            self._pop(tag)
        if name == "q" and not self.hidden:
            self._flow.sign(_sign(tag), "」")
        self._pop(tag)

    def _walled(self, name: str) -> bool:
        """Return whether a block stands between here and the nearest open element of that name."""
        for opened in reversed(self._open[-NEAR:]):
            if opened.name == name:
                return False
            if opened.name in BLOCKS:
                return True
        return True

    def close(self) -> None:
        """Close what is open at the end of the page."""
        end = Span(len(self._page.source), len(self._page.source))
        while self._open:
            self._pop(end)

    def _imply(self, closed: frozenset[str], walls: frozenset[str], at: int) -> None:
        """Close elements of the names ``closed``, and what is open in them, up to the nearest of ``walls``."""
        if not any(self._count[name] for name in closed):
            return
        level = None
        for back in range(1, min(len(self._open), NEAR) + 1):
            name = self._open[-back].name
            if name in closed:
                level = back
            elif name in walls:
                break
        for _ in range(level or 0):
            self._pop(Span(at, at))

    def _pop(self, tag: Span) -> None:
        """Close the innermost element where ``tag`` stands."""
        name, opened = self._open.pop()
        self._count[name] -= 1
        self._hiding -= name in HIDDEN
        if name in BLOCKS and not self.hidden:
            self._flow.cut()
        if name in REGIONS:
            self._page.region(REGIONS[name], Span(opened.end, tag.start))
        if name in _WHOLE:
            self._page.extent(Span(opened.start, tag.start))


def _sign(tag: Span) -> Span:
    """Return the ``<`` of a tag, which stands for what the tag shows; its attributes may be shown after it."""
    return Span(tag.start, tag.start + 1)
