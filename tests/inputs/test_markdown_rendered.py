"""What is read of Markdown is what a browser shows of the page another program renders of it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from flamecheck.document import Source
from flamecheck.inputs.html import read_html
from flamecheck.inputs.markdown import read_markdown

RENDERER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
WORDS = st.sampled_from(
    ["dog", "*cat*", "**big dog**", "***all***", "_it_", "`a*b`", "[link](/u)", "[**b** x](/u)", "a&amp;b", "&#x72AC;", "\\*no\\*", "犬。", "猫",
     "5 * 3", "<b>raw</b>", "![alt](a.png)", "a_b_c", "<https://a.jp/x>"]
)  # fmt: skip
LINE = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)
BLOCK = st.one_of(
    LINE,
    LINE.map("# {}".format),
    LINE.map("> {}".format),
    st.lists(LINE, min_size=1, max_size=3).map(lambda lines: "\n".join(f"- {line}" for line in lines)),
    st.lists(LINE, min_size=1, max_size=3).map(
        lambda lines: "\n".join(f"{n}. {line}" for n, line in enumerate(lines, 1))
    ),
    st.tuples(LINE, LINE).map(lambda pair: f"- {pair[0]}\n\n  {pair[1]}\n  - {pair[0]}"),
    st.tuples(LINE, LINE).map(lambda pair: f"| {pair[0]} | b |\n|---|---|\n| {pair[1]} | ~~gone~~ |"),
    st.just("```\ncode *x*\n```"),
    st.just("    indented"),
    st.just("***"),
)


def blocks(text: str) -> list[str]:
    return [block for block in map("".join, map(str.split, text.split("\n\n"))) if block]


@given(st.lists(BLOCK, min_size=1, max_size=5).map("\n\n".join))
def test_blocks_are_those_of_the_rendered_page(text: str) -> None:
    shown = read_html(Source("a.html", RENDERER.render(text))).text.replace("https://a.jp/x", "")
    assert blocks(read_markdown(Source("a.md", text)).text) == blocks(shown)
