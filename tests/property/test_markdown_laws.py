"""Laws of the Markdown input: every visible character leads back to itself, nothing crashes, the work is linear."""

from __future__ import annotations

import cProfile
import html
import pstats

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mapping import obeyed

from flamecheck.document import Document, Source
from flamecheck.inputs.markdown import read_markdown
from flamecheck.spans import Span

PIECES = [
    "犬", "の話。", " ", "\n", "\n\n", "\r\n", "\t", "    ", "　", "🎉", "é", "\x00", "\ud800", "a", "1", "x_y", "#", "# ",
    "- ", "1. ", "> ", "- [ ] ", "*", "**", "_", "~~", "~", "`", "``", "```\n", "~~~", "[", "]", "(", ")", "](u)", "![",
    "](u 't')", "[^1]", "[^1]: ", '[a]: /u "題"\n', "[a]", "\\", "&amp;", "&#x72AC;", "&", ";", "|", "\n|--|--|\n", "---\n",
    "+++\n", "title: 題\n", "<!-- flamecheck: a -->", "{/* flamecheck: b */}", "flamecheck: c\n", " # flamecheck: d", "tags: [a, 'b']\n", 'title = "a\\tb"\n', "===", "<", ">", "</", "<b>", "</b>", "<br>", "<div>\n",
    "<img alt='犬&amp;' title=\"t\">", "<!--", "-->", "<Note>", "</Note>\n", "<Note a={", "{", "}", "{/*", "*/}", "{{<", ">}}",
    "$", "$$", "$$\n", ":::", ":::note 題\n", "@[card](u)", "[:contents]", ">|py|\n", "||<", "import a from 'b'\n",
    "export const a = {\n", "https://a.jp/b", "<script>", "<rt>", "^[", "ruby", '"', "'",
]  # fmt: skip
MARKDOWN = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


def read(text: str) -> Document:
    from flamecheck.errors import InputError

    try:
        return read_markdown(Source("a.md", text))
    except InputError:
        # front matter として読めないものは、誤りとして返ればよい。
        return read_markdown(Source("a.md", "\n" + text))


def meant(written: str) -> set[str]:
    r"""Return what a range of a file may stand for: itself, an entity, an escape, a line end, a string escape."""
    ends = {"\n"} if written.replace("\r\n", "\n").replace("\r", "\n").strip(" \t>") == "\n" else set()
    return {written, html.unescape(written), written.replace('\\"', '"'), written.replace("''", "'")} | ends


@given(MARKDOWN)
def test_every_visible_character_stands_where_its_map_says(text: str) -> None:
    document = read(text)
    source = document.origin.text
    for at, char in enumerate(document.text):
        span = document.locate(Span(at, at + 1))
        written = source[span.start : span.end]
        around = document.text[max(0, at - 1) : at + 2]
        known = char == "\n" and ("\n\n" in around or "\n" in written or "\r" in written or "<" in written)
        assert char in meant(written) or known or (char == "\t" and written == "\\t"), (char, written)


@given(MARKDOWN)
def test_the_map_goes_forward_and_regions_lie_in_the_text(text: str) -> None:
    document = read(text)
    obeyed(document)
    starts = [document.locate(Span(at, at + 1)).start for at in range(len(document.text))]
    assert starts == sorted(starts)
    for region in document.regions:
        assert 0 <= region.span.start < region.span.end <= len(document.text)


@given(st.text(st.characters(exclude_categories=[]), max_size=60))
def test_any_text_is_read(text: str) -> None:
    read(text)


@given(MARKDOWN)
def test_line_ends_of_windows_show_the_same_text(text: str) -> None:
    unified = text.replace("\r\n", "\n")
    assert read(unified.replace("\n", "\r\n")).text == read(unified).text


@given(st.lists(st.sampled_from(["犬が走る。", "庭に出た", "雨、のち晴れ", "Tea "]), min_size=1, max_size=6))
def test_plain_paragraphs_are_copied(sentences: list[str]) -> None:
    text = "\n\n".join(sentence.strip() for sentence in sentences)
    document = read(text)
    assert document.text == text
    assert document.locate(Span(0, len(text))) == Span(0, len(text))


HOSTILE = [
    "*", "_", "~~", "* ", "a*", "**a", "死**ね**", "[", "![", "[a](", "[]", "]", "> ", ">", "- ", "`", "`a", "<", "<a b={", "<a b='",
    "<!-- ", "{{", "$a", "$$\n", ":::a\n", "<Note>\n{\n", "[^1]: a\n", "http://", "&#", "\\", "```\n", "<rt>", "| a ",
    "[a]: b 'c'\n", "^[", "<b>", "a\n", "a\n\n", "![a](b 'c')",
]  # fmt: skip


def work(text: str) -> int:
    """Return how many calls reading ``text`` takes, a measure that no load on the machine changes."""
    profile = cProfile.Profile()
    profile.runcall(read_markdown, Source("a.md", text))
    return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]


@pytest.mark.parametrize("piece", HOSTILE)
def test_twice_the_text_is_at_most_little_more_than_twice_the_work(piece: str) -> None:
    size = 6000 // len(piece)
    assert work(piece * size * 2) <= 3 * work(piece * size) + 2000


@pytest.mark.parametrize("piece", ["*", "[", ">", "`", "{", "~"])
def test_a_megabyte_of_one_sign_is_read(piece: str) -> None:
    read(piece * (1_000_000 // len(piece)))


def test_deep_nesting_is_read() -> None:
    assert "底" in read("".join(f"{'  ' * depth}- {depth}\n" for depth in range(400)) + "\n底").text
    assert read("> " * 500 + "底").text.endswith("底")
    assert read("[" * 5000 + "底" + "](u)" * 5000).text
    assert read("<div>\n" * 5000 + "底").text == "底"
