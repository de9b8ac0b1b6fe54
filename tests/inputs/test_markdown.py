"""Markdown files: what a reader sees of every construct, what role it has, and where it stands in the file."""

from __future__ import annotations

import pickle

import pytest

from flamecheck.context import Context
from flamecheck.document import REGIONS, Document, Source
from flamecheck.errors import InputError
from flamecheck.inputs.markdown import read_markdown
from flamecheck.spans import Lines, Span


def read(text: str, name: str = "draft.md") -> Document:
    return read_markdown(Source(name, text, "markdown"))


def roles(document: Document) -> list[tuple[str, str]]:
    return [(region.kind, document.text[region.span.start : region.span.end]) for region in document.regions]


CONSTRUCTS = [
    # 段落と強調
    ("朝です。\n\n夜です。", "朝です。\n\n夜です。", []),
    ("一行目が\n  続きます。\n", "一行目が\n続きます。", []),
    ("　字下げは残る", "　字下げは残る", []),
    ("空**っ**ぽ", "空っぽ", []),
    ("終**「強め」**です", "終「強め」です", []),
    ("**全部*一部*全部。**（注）", "全部一部全部。（注）", []),
    ("__太字__ と snake_case_name", "太字 と snake_case_name", []),
    ("***両方*** と 3 * 4 * 5", "両方 と 3 * 4 * 5", []),
    ("~~消した~~字、10~20人と30~40人", "消した字、10~20人と30~40人", []),
    (r"\*そのまま\* と C:\dir", r"*そのまま* と C:\dir", []),
    ("&#x72AC;&amp;猫&hearts; &unknown;", "犬&猫♥ &unknown;", []),
    ("改行\\\nここ  \nそこ", "改行\nここ\nそこ", []),
    # 見出し
    ("# 題名 #\n本文", "題名\n\n本文", [("heading", "題名")]),
    ("題名\n====\n\n本文", "題名\n\n本文", [("heading", "題名")]),
    ("## 題 {#anchor}\n", "題", [("heading", "題")]),
    ("# C#\n", "C#", [("heading", "C#")]),
    # リスト
    ("- 犬\n- 猫\n", "犬\n\n猫", [("item", "犬"), ("item", "猫")]),
    ("1. 犬\n   - 子\n", "犬\n\n子", [("item", "犬\n\n子"), ("item", "子")]),
    ("- [x] 済み\n- [ ] まだ", "済み\n\nまだ", [("item", "済み"), ("item", "まだ")]),
    # 引用
    ("> 引いた\n> 文\n続き", "引いた\n文\n続き", [("blockquote", "引いた\n文\n続き")]),
    ("> [!NOTE]\n> 注意書き", "注意書き", [("blockquote", "注意書き")]),
    # 表
    ("| 名 | 値 |\n|:--|--|\n| 水 | a \\| b |\n", "名\n\n値\n\n水\n\na | b",
     [("cell", "名"), ("cell", "値"), ("cell", "水"), ("cell", "a | b")]),
    # コード
    ("`npm  i` を打つ", "npm  i を打つ", [("code", "npm  i")]),
    ("`` a`b `` です", "a`b です", [("code", "a`b")]),
    ("前\n\n```py\nprint('**')\n```\n\n後", "前\n\n後", []),
    ("前\n\n    字下げのコード\n\n後", "前\n\n後", []),
    ("~~~\n閉じない\n\n# 見出しでない", "", []),
    # リンクと画像
    ('[案内](https://example.jp/a_b "説明")へ', "案内\n\n説明\n\nへ", [("link", "案内"), ("title", "説明")]),
    ("[`q`](#q)と[a [b]](u)", "qとa [b]", [("link", "q"), ("code", "q"), ("link", "a [b]")]),
    ("[案内][a] [a][] [a] [注意]\n\n[a]: /u '題'", "案内 a a [注意]\n\n題",
     [("link", "案内"), ("link", "a"), ("link", "a"), ("title", "題")]),
    ("![庭の*犬*](a.png '題')", "庭の犬\n\n題", [("alt", "庭の犬"), ("title", "題")]),
    ("[![札](a.svg)](u)", "札", [("link", "札"), ("alt", "札")]),
    ("<https://example.jp> と https://example.jp/(a) と。", "と  と。", []),
    ("(https://example.jp/a)を www.example.jp で", "()を  で", []),
    ("<info@example.jp> へ", "info@example.jp へ", []),
    # 脚注
    ("本文[^1]です\n\n[^1]: 注の文。\n\n    注の二段。", "本文です\n\n注の文。\n\n注の二段。", []),
    ("本文\n\n[^a]: 一つ\n[^b]: 二つ", "本文\n\n一つ\n\n二つ", []),
    ("本文^[その場の注]です", "本文\n\nその場の注\n\nです", []),
    # 数式
    ("式 $E=mc^2$ と $5 から $10", "式  と $5 から $10", []),
    ("前\n$$\na\n= b\n$$\n後", "前\n\n後", []),
    # HTML
    ('<div class="a">\n<p>一</p><p>二<br>三</p>\n</div>', "一\n\n二\n三", []),
    ("絵<img alt=\"庭 &amp; 犬\" src='a' title=\"題\">の後", "絵\n\n庭 & 犬\n\n題\n\nの後",
     [("alt", "庭 & 犬"), ("title", "題")]),
    ("前<!-- 秘密 -->後\n\n<!--\n\n長い\n\n-->\n\n終", "前後\n\n終", []),
    ("<script>\nalert('x')\n\nvar a\n</script>\n\n本文", "本文", []),
    ("<ruby>庭<rt>にわ</rt></ruby>の<kbd>Q</kbd>", "庭のQ", [("code", "Q")]),
    ('<h2>題</h2><ul><li>項</li></ul><a href="u">先</a>', "題\n\n項\n\n先",
     [("heading", "題"), ("item", "項"), ("link", "先")]),
    ("a < b と b > c", "a < b と b > c", []),
    # MDX
    ("import Chart from './a'\n\nexport const b = {\n  c: '隠す',\n}\n\n本文 {b.c} です", "本文  です", []),
    ('<Note title="題">\n- 項\n</Note>', "題\n\n項", [("title", "題"), ("item", "項")]),
    ("<Note>\n## 題 {/*id*/}\n\n<B x={{y: 1}}>中</B>\n</Note>", "題\n\n中", [("heading", "題")]),
    ('<Chart\n  b="c"\n\n/>\n\n{/* 見えない\n\n注 */}\n\n本文', "本文", []),
    # Zenn, Qiita, Docusaurus
    (":::message alert\n注意です。\n:::\n本文", "注意です。\n\n本文", []),
    ("::::details 折りたたみ\n:::message\n中\n:::\n::::", "折りたたみ\n\n中", [("heading", "折りたたみ")]),
    (":::note warn\n警告\n:::", "警告", []),
    (":::tip[こつ]{#a}\n本文\n:::", "こつ\n\n本文", [("heading", "こつ")]),
    ("![庭の&amp;犬](https://example.jp/a.png =250x)\n![](a.png =x9)後", "庭の&犬\n\n後", [("alt", "庭の&犬")]),
    ("前\n\n@[card](https://example.jp/)\n\n後", "前\n\n後", []),
    # Hugo, Hatena
    ('{{< figure src="a.png" alt="犬" >}}', "犬", [("alt", "犬")]),
    ('{{< highlight go >}}\nx := 1\n{{< /highlight >}}\n本文{{% ref "a" %}}', "本文", []),
    ("[:contents]\n\n[f:id:a:1p:plain]\n\n[https://example.jp:embed:cite]\n\n本文", "本文", []),
    (">|py|\nprint(1)\n||<\n本文", "本文", []),
]  # fmt: skip


@pytest.mark.parametrize(("written", "text", "regions"), CONSTRUCTS, ids=[case[0][:30] for case in CONSTRUCTS])
def test_a_construct_shows_what_a_reader_sees(written: str, text: str, regions: list[tuple[str, str]]) -> None:
    document = read(written)
    assert document.text == text
    assert roles(document) == regions


@pytest.mark.parametrize("end", ["\r\n", "\r"])
@pytest.mark.parametrize(("written", "text", "regions"), CONSTRUCTS, ids=[case[0][:30] for case in CONSTRUCTS])
def test_line_ends_change_nothing(written: str, text: str, regions: list[tuple[str, str]], end: str) -> None:
    document = read(written.replace("\n", end))
    assert document.text == text
    assert roles(document) == regions


def test_regions_are_of_known_kinds_and_in_order() -> None:
    document = read("\n\n".join(written for written, _, _ in CONSTRUCTS))
    starts = [region.span.start for region in document.regions]
    assert {region.kind for region in document.regions} <= set(REGIONS)
    assert starts == sorted(starts)


@pytest.mark.parametrize(
    ("written", "words", "place", "source"),
    [
        ("# 題\n\n空**っ**ぽ\n", "空っぽ", (3, 1), "空**っ**ぽ"),
        ("# 題\r\n\r\n- 🎉\t&#x72AC;小屋\r\n", "犬小屋", (3, 5), "&#x72AC;小屋"),
        ("> 前の行\n> 後の行\n", "行\n後", (1, 5), "行\n> 後"),
        ('---\ntitle: "春の\\u72AC"\n---\n', "の犬", (2, 10), "の\\u72AC"),
        ("| 左 | 右の字 |\n|---|---|\n", "字", (1, 9), "字"),
        ("[先の文](https://example.jp '題の文')", "題の", (1, 27), "題の"),
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


def test_a_document_travels() -> None:
    document = read("# 題\n\n本文")
    again = pickle.loads(pickle.dumps(document))  # noqa: S301 - 自分で作ったもの
    assert (again.text, again.regions) == (document.text, document.regions)


def test_the_context_of_the_caller_goes_before_the_front_matter() -> None:
    text = "---\nposted_at: 2026-08-09 09:00\npost_type: notice\nchannel: blog\n---\n本文"
    document = read_markdown(Source("a.md", text), context=Context.of({"post_type": "campaign"}))
    assert document.context == Context.of(
        {"posted_at": "2026-08-09T09:00", "post_type": "campaign", "channel": "blog", "format": "markdown"}
    )


def test_a_bad_value_is_an_error_about_the_file() -> None:
    with pytest.raises(InputError, match="context の post_type に「apolgy」は使えません") as caught:
        read("---\npost_type: apolgy\n---\n")
    assert caught.value.code == "context-value"
