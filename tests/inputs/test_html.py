"""Pages: what a browser shows of every construct, what role it has, and where it stands in the file."""

from __future__ import annotations

import pytest

from flamecheck.context import Context
from flamecheck.document import Document, Source
from flamecheck.inputs.html import read_html
from flamecheck.spans import Lines, Span


def read(text: str) -> Document:
    return read_html(Source("page.html", text, "html"))


CONSTRUCTS = [
    # かたまりと行
    ("<p>朝</p><p>夜", "朝\n\n夜", []),
    ("<div>朝<span>の</span>庭<div>犬</div>猫</div>", "朝の庭\n\n犬\n\n猫", []),
    ("一<br>二<br/>三</br>四", "一\n二\n三\n四", []),
    ("行の\n    続き <i> a\n</i>b", "行の続き a b", []),
    ("\r\n<p>あ\r\nい \r\n</p>\rう", "あい\n\nう", []),
    ("　字下げ&nbsp;と全角　空白", "　字下げ\xa0と全角　空白", []),
    # 語の中
    ("空<b>っ</b>ぽ、死<!-- x -->語<wbr>集", "空っぽ、死語集", []),
    ("<b>空<i>っ</b>ぽ</i>です", "空っぽです", []),
    ("<ruby>庭<rt>にわ</rt></ruby>の<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rt>じ</ruby>", "庭の漢字", []),
    ("彼は<q>行く</q>と", "彼は「行く」と", []),
    # 文字参照
    ("&amp;&hearts;&#x72AC;&#29356&copy &copyright &unknown; &#x1F436;", "&♥犬犬© ©right &unknown; 🐶", []),
    ("&lt;b&gt; &amp;lt; a < b > c <3 &", "<b> &lt; a < b > c <3 &", []),
    # 役割
    ("<h2>題<small>小</small></h2><ul><li>犬<li>猫</ul>", "題小\n\n犬\n\n猫",
     [("heading", "題小"), ("item", "犬"), ("item", "猫")]),
    ("<dl><dt>名<dd>値</dl><blockquote>引<p>用</blockquote>", "名\n\n値\n\n引\n\n用",
     [("item", "値"), ("blockquote", "引\n\n用")]),
    ("<table><caption>表</caption><tr><th>名<td>値<tr><td>x</table>", "表\n\n名\n\n値\n\nx",
     [("cell", "名"), ("cell", "値"), ("cell", "x")]),
    ('<a href="u">先</a>の<code>q</code>と<kbd>k</kbd>', "先のqとk", [("link", "先"), ("code", "q"), ("code", "k")]),
    ('絵<img alt="庭 &amp;\n 犬" title=題>の後', "絵\n\n庭 & 犬\n\n題\n\nの後", [("alt", "庭 & 犬"), ("title", "題")]),
    ("<button aria-label='閉じる'>×</button>", "閉じる\n\n×", [("alt", "閉じる")]),
    ('<a href="?a=1&copy=2" title="?a=1&copy=2&copy;">x</a>', "?a=1&copy=2©\n\nx",
     [("title", "?a=1&copy=2©"), ("link", "x")]),
    # 頭
    ("<title>題<b>&amp;</title><meta name=Description content=説明>", "題<b>&\n\n説明",
     [("front-matter", "題<b>&"), ("front-matter", "説明")]),
    ('<title>題&amp;</title><meta property="og:title" content="題&#38;"><meta property="og:description" content="別">',
     "題&\n\n別", [("front-matter", "題&"), ("front-matter", "別")]),
    ('<meta property="og:image:alt" content="犬"><meta name=viewport content=幅>', "犬", [("alt", "犬")]),
    # 見えないもの
    ("<script>let a='<p>x'</script><style>p{}</style><template>x</template><textarea>x</textarea>文", "文", []),
    ("前<pre>x = 1</pre>後<svg><title>x</title><style/></svg>線<math><mi>x</mi></math>", "前\n\n後線", []),
    ('<link title="x" rel=alternate><iframe title="x">y</iframe><style title="x"></style>', "", []),
    # 壊れたもの
    ('<p class="閉じない>文</p><p>次', "文\n\n次", []),
    ("文<!-- 閉じない", "文 閉じない", []),
    ("<div あ", "<div あ", []),
    ("文</", "文</", []),
    ("</p></b></table>文", "文", []),
    ("<!DOCTYPE html><?xml version='1.0'?>文<![CDATA[x]]>", "文", []),
    ("<!-->一<!--->二<!-- - -- --!>三", "一二三", []),
    ("<svg>x<p>文", "文", []),
    ("<svg/>文<script>閉じない", "文", []),
    ("<title>閉じない", "閉じない", [("front-matter", "閉じない")]),
    ("文\x00と\ud800", "文\x00と\ud800", []),
]  # fmt: skip


@pytest.mark.parametrize(("written", "text", "regions"), CONSTRUCTS, ids=[case[0][:30] for case in CONSTRUCTS])
def test_a_construct_shows_what_a_reader_sees(written: str, text: str, regions: list[tuple[str, str]]) -> None:
    document = read(written)
    assert document.text == text
    roles = [(region.kind, text[region.span.start : region.span.end]) for region in document.regions]
    assert roles == regions


@pytest.mark.parametrize(
    ("written", "words", "place", "source"),
    [
        ("<p>\r\n\t🎉空<b>っ</b>ぽ</p>", "空っぽ", (2, 3), "空<b>っ</b>ぽ"),
        ("<p>🎉&#x72AC;小屋</p>", "犬小屋", (1, 5), "&#x72AC;小屋"),
        ("<p>行の\n    続き</p>", "の続", (1, 5), "の\n    続"),
        ("<img alt='a&amp;b'>", "&", (1, 12), "&amp;"),
    ],
)
def test_words_lead_back_to_line_and_column_of_the_file(
    written: str, words: str, place: tuple[int, int], source: str
) -> None:
    document = read(written)
    at = document.text.index(words)
    span = document.locate(Span(at, at + len(words)))
    assert Lines(written).locate(span.start) == place
    assert written[span.start : span.end] == source


def test_the_head_tells_when_a_page_is_published() -> None:
    page = '<meta property="article:published_time" content="2026-08-09T09:00:00+09:00"><p>文'
    known = read_html(Source("a.html", page), context=Context.of({"channel": "blog"})).context
    assert known == Context.of({"posted_at": "2026-08-09T09:00:00+09:00", "channel": "blog", "format": "html"})
    assert read(page.replace("2026-08-09T", "{{ date }}")).context == Context.of({"format": "html"})


SAID = "<!-- flamecheck: ignore[a] -->"
BEFORE = [
    (f"{SAID}<p>一<b>二</b></p><p>三", "<p>一<b>二</b>"),
    (f"{SAID}\n<ul><li>犬<li>猫</ul>後", "<ul><li>犬<li>猫"),
    (f"<ul>{SAID}<li>犬<li>猫</ul>後", "<li>犬"),
    (f"<head>{SAID}</head><body><p>一</p><p>二</body>", "<p>一"),
    (f"<p>前{SAID}後ろ</p>次", "後ろ"),
    (f"<p>前{SAID}</p>", None),
]


@pytest.mark.parametrize(("written", "block"), BEFORE, ids=[case[0] for case in BEFORE])
def test_a_comment_stands_before_a_block(written: str, block: str | None) -> None:
    (said,) = read(written).comments
    assert said.text == " flamecheck: ignore[a] "
    assert written[said.span.start : said.span.end] == SAID
    assert (said.block and written[said.block.start : said.block.end]) == block


@pytest.mark.parametrize(
    "written", [f"<script>{SAID}</script>", f"<title>{SAID}</title>", "<!-- 覚え書き -->", "<!flamecheck>"]
)
def test_what_is_no_comment_to_this_program_is_none(written: str) -> None:
    assert read(written).comments == ()
