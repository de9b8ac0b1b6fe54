"""Comments in Markdown, MDX and front matter: what is said to this program, and of which block."""

from __future__ import annotations

import pytest

from flamecheck.document import Source
from flamecheck.inputs.markdown import read_markdown
from flamecheck.spans import Span

SAID = "flamecheck: ignore[a]"
HTML = f"<!-- {SAID} -->"
CASES = [
    # 前に立つかたまり全体について
    (f"{HTML}\n\n- 犬\n- 猫\n\n後", HTML, "- 犬\n- 猫"),
    (f"{HTML}\n|a|b|\n|--|--|\n|x|y|\n\n後", HTML, "|a|b|\n|--|--|\n|x|y|"),
    (f"{HTML}\n> 引\n> 用\n\n後", HTML, "> 引\n> 用"),
    (f"{HTML}\n\n一行目\n二行目\n\n後", HTML, "一行目\n二行目"),
    (f"{HTML}\n# 題\n\n本文", HTML, "題"),
    # 入れ子の中
    (f"- 犬\n\n  {HTML}\n\n  次の\n  文\n- 猫", HTML, "次の\n  文"),
    (f"> 引\n> {HTML}\n>\n> 次の段\n> 続き", HTML, "次の段\n> 続き"),
    (f"<div>\n{HTML}\n<p>あ</p></div>", HTML, "あ"),
    (f"|a|b|\n|--|--|\n|x {HTML}|🐶y|\n", HTML, "🐶y"),
    # 段落の途中、終わり
    (f"前{HTML}後ろ\n\n次", HTML, "後ろ"),
    (f"前{HTML}\n\n次", HTML, "次"),
    (f"前\n\n{HTML}", HTML, None),
    ("<!--\nflamecheck: ignore-file[x]\n-->\n\n本文", "<!--\nflamecheck: ignore-file[x]\n-->", "本文"),
    ("[//]: # (flamecheck: ignore[a])\n\n本文", "[//]: # (flamecheck: ignore[a])", "本文"),
    # 飾り
    ("---\ntitle: 題 # flamecheck: ignore[a]\n---\n本文", "# flamecheck: ignore[a]", "題"),
    ("---\n# flamecheck: ignore[a]\ntitle: 題\n---\n本文", "# flamecheck: ignore[a]", "題"),
    ("---\ndate: 2026-01-01 # flamecheck: ignore[a]\n---\n本文", "# flamecheck: ignore[a]", "本文"),
    ('---\nflamecheck: "ignore-file[a]"\ntitle: 題\n---\n本文', "ignore-file[a]", None),
    ('+++\ntitle = "題 # 1" # flamecheck: ignore[a]\n+++\n本文', "# flamecheck: ignore[a]", "題 # 1"),
    ('+++\nflamecheck = """ignore-file[a]"""\n+++\n本文', "ignore-file[a]", None),
]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(("written", "comment", "block"), CASES, ids=[case[0][:30] for case in CASES])
def test_a_comment_stands_before_a_block(written: str, comment: str, block: str | None, end: str) -> None:
    source = written.replace("\n", end)
    (said,) = read_markdown(Source("a.md", source)).comments
    assert source[said.span.start : said.span.end] == comment.replace("\n", end)
    assert (said.block and source[said.block.start : said.block.end]) == (block and block.replace("\n", end))
    assert said.text.strip().startswith("flamecheck: ignore")
    at = said.text.index("ignore")
    place = said.locate(Span(at, at + len("ignore")))
    assert source[place.start : place.end] == "ignore"


def test_comments_of_mdx() -> None:
    source = (
        "{/* flamecheck: ignore[a] */}\n本文 {/* flamecheck: ignore[b] */}だ\n\n{/*\nflamecheck: ignore[c]\n*/}\n\n次"
    )
    comments = read_markdown(Source("a.mdx", source)).comments
    assert [said.text.strip() for said in comments] == [f"flamecheck: ignore[{name}]" for name in "abc"]
    blocks = [said.block and source[said.block.start : said.block.end] for said in comments]
    assert blocks == ["本文 {/* flamecheck: ignore[b] */}だ", "だ", "次"]


def test_a_list_of_directives_is_one_comment_each() -> None:
    source = "---\nflamecheck:\n  - ignore-file[a]\n  - 'ignore-file[b] reason=\"it''s\"'\n---\n本文"
    comments = read_markdown(Source("a.md", source)).comments
    assert [said.text for said in comments] == [
        "flamecheck: ignore-file[a]",
        'flamecheck: ignore-file[b] reason="it\'s"',
    ]


@pytest.mark.parametrize(
    "written",
    [
        f"```\n{HTML}\n```\n本文",
        f"`{HTML}` と本文",
        "<!-- ただの覚え書き -->\n本文",
        f"<script>\n{HTML}\n</script>\n本文",
    ],
)
def test_what_is_no_comment_to_this_program_is_none(written: str) -> None:
    assert read_markdown(Source("a.md", written)).comments == ()


@pytest.mark.parametrize("written", ["[//]: # (覚え書き)\n\n本文", "[comment]: <> (覚え書き)\n\n本文"])
def test_a_definition_that_leads_nowhere_is_a_note_to_oneself(written: str) -> None:
    assert read_markdown(Source("a.md", written)).text == "本文"
