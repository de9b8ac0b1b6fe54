"""The tokens of a page are those of html5lib, an implementation of the standard that gives no positions."""

from __future__ import annotations

from typing import Any

from html5lib._tokenizer import HTMLTokenizer
from html5lib.constants import tokenTypes
from hypothesis import assume, given
from hypothesis import strategies as st

from flamecheck.inputs.html.references import REFERENCE, meant
from flamecheck.inputs.html.tokens import Tokenizer

PIECES = [
    "犬", "🐶", " ", "\n", "\t", "a", "B", "/", "=", "'", '"', "<", ">", "</", "<p>", "</P>", "<b ", "<img alt=", "<br/>", "&",
    "&amp;", "&#x72AC;", "&#29356", "&copy", "&copyx", "&notit;", "&nope;", "&#", "&#x", "&lt;b&gt;", "<!--", "-->", "--!>", "--",
    "<!", "<?", "<!doctype html>", "<script>", "</script>", "</script ", "<title>", "</title>", "<style a='>'>", "</style>",
    "title='x&amp;y'", 'x="?a=1&copy=2&copy;"', "<a a=1 A=2 b>", "<3", "]]>", "<x-y>", "-", "!",
]  # fmt: skip
Said = tuple[str, Any]


def standard(text: str) -> list[Said]:
    """Return the tokens html5lib reads; nothing of a page that ends inside a tag or a comment."""
    tokenizer = HTMLTokenizer(text)
    found: list[Said] = []
    token: Any
    for token in tokenizer:
        kind = next(name for name, number in tokenTypes.items() if number == token["type"])
        if kind == "ParseError":
            assume("eof" not in token["data"])
        elif kind in ("Characters", "SpaceCharacters"):
            if found and found[-1][0] == "text":
                found[-1] = ("text", found[-1][1] + token["data"])
            else:
                found.append(("text", token["data"]))
        elif kind in ("StartTag", "EmptyTag"):
            found.append((f"<{token['name']}", list(dict(token["data"]).items())))
            state = {"script": "scriptDataState", "style": "rawtextState", "title": "rcdataState"}.get(token["name"])
            if state:
                tokenizer.state = getattr(tokenizer, state)
        elif kind == "EndTag":
            found.append((f"</{token['name']}", None))
    return found


def decoded(text: str, *, attribute: bool = False) -> str:
    made, at = "", 0
    while match := REFERENCE.search(text, at):
        known = meant(match, attribute=attribute)
        made += text[at : match.start()] + (known[1] if known else "&")
        at = match.start() + (known[0] if known else 1)
    return made + text[at:]


def ours(text: str) -> list[Said]:
    found: list[Said] = []
    for token in Tokenizer(text).tokens():
        written = text[token.span.start : token.span.end]
        if token.kind in ("text", "raw"):
            shown = decoded(written) if token.kind == "text" else written
            if found and found[-1][0] == "text":
                found[-1] = ("text", found[-1][1] + shown)
            else:
                found.append(("text", shown))
        elif token.kind == "start":
            pairs = [(key, decoded(text[span.start : span.end], attribute=True)) for key, span in token.attributes]
            found.append((f"<{token.name}", pairs))
        elif token.kind == "end":
            found.append((f"</{token.name}", None))
    return found


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_tokens_are_those_of_the_standard(text: str) -> None:
    text += "></title>"  # 閉じない <! や <title> の中は、ここでは読む
    assume("<script>" not in text or "<!--" not in text)  # 注釈に包んだ script の中の </script> は追わない
    wanted = standard(text)
    assert ours(text) == wanted


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_tokens_tile_the_page(text: str) -> None:
    at = 0
    for token in Tokenizer(text).tokens():
        assert token.span.start == at < token.span.end
        at = token.span.end
    assert at == len(text)
