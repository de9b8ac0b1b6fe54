"""Pages: pieces in any order become one text with its map; a comment finds the block it speaks of."""

from __future__ import annotations

from flamecheck.document import Region
from flamecheck.page import Page
from flamecheck.spans import MappedText, Span

SOURCE = "<b>犬</b> &amp; 猫 <!-- flamecheck: a --> [鳥] [魚]"


def said(page: Page, words: str) -> MappedText:
    start = SOURCE.index(words)
    return page.words([(Span(start, start + len(words)), None)])


def made() -> Page:
    page = Page(SOURCE)
    first, second, third = page.block(), page.block(), page.block()
    page.show(Span(41, 42), third)
    page.show(Span(3, 4), first)
    page.show(Span(8, 9), first)
    page.show(Span(9, 14), first, "&")
    page.show(Span(45, 46), second)
    return page


def test_pieces_are_emitted_in_the_order_of_the_source() -> None:
    page = made()
    page.region("heading", Span(0, 14))
    page.region("item", Span(100, 200))
    body, regions = page.build()
    assert body.text == "犬 &\n\n鳥\n\n魚"
    assert regions == (Region("heading", Span(0, 3)),)
    assert [SOURCE[slice(*body.to_source(Span(at, at + 1)))] for at in (0, 2, 5, 8)] == ["犬", "&amp;", "鳥", "魚"]


def test_a_comment_speaks_of_the_next_block_or_of_what_holds_it() -> None:
    span = Span(17, 39)
    page = made()
    page.comment(said(page, " flamecheck: a "), span)
    (comment,) = page.comments()
    assert (comment.text, comment.span, comment.block) == (" flamecheck: a ", span, Span(41, 42))
    assert comment.locate(Span(1, 11)) == Span(22, 32)
    page.extent(Span(40, 47))
    page.extent(Span(0, 47))
    assert page.comments()[0].block == Span(40, 47)


def test_a_comment_may_speak_of_its_line_a_block_or_the_whole() -> None:
    page = made()
    words = said(page, " flamecheck: a ")
    page.comment(words, Span(17, 39), line=Span(0, 17))
    page.comment(words, Span(18, 39), block=Span(1, 2))
    page.comment(words, Span(19, 39), whole=True)
    page.comment(words, Span(46, 47))
    page.comment(said(page, "犬"), Span(3, 4))
    assert [comment.block for comment in page.comments()] == [Span(3, 14), Span(1, 2), None, None]


def test_what_leads_a_text_stands_nowhere() -> None:
    page = Page("xyz")
    words = page.words([(Span(1, 2), None), (Span(2, 3), "Z!")], "a: ")
    assert words.text == "a: yZ!"
    assert words.to_source(Span(3, 4)) == Span(1, 2)
    assert words.to_source(Span(4, 6)) == Span(2, 3)
    assert words.to_source(Span(0, 2)) == Span(1, 1)
