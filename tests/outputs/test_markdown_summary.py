"""The summary for a pull request, read as CommonMark with tables: words of posts are words and nothing more."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from syrupy.assertion import SnapshotAssertion
from telling import APOLOGY, PHONE, SECRETS, clean, found, hostile, run_of, screened, spot, whole

from flamecheck.display import visible
from flamecheck.document import plain
from flamecheck.grading import Severity
from flamecheck.outcome import Outcome, Run
from flamecheck.outputs.markdown import LIMIT, render
from flamecheck.shown import Options
from flamecheck.units import Units

OPTIONS = Options()
OWN = {
    "h2",
    "p",
    "strong",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "details",
    "summary",
    "ul",
    "li",
    "code",
    "br",
    "a",
    "sub",
}


def shown(text: str) -> tuple[str, set[str]]:
    """Return the visible text of the rendered summary and the tags in it."""
    page = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
    tags = re.findall(r"<(/?[a-zA-Z][^>]*)>", page)
    return html.unescape(re.sub(r"<[^>]*>", "", page)), {re.split(r"[ /]", tag.strip("/"))[0] for tag in tags}


def one(text: str, name: str = "a.md") -> Run:
    """Return a run whose finding is on the whole of ``text``."""
    post = screened(plain(text, name=name), found(text, text, "topic/gender", Severity.HIGH))
    return run_of(Outcome(name, text, (post,)))


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_whole_summary(lang: str, snapshot: SnapshotAssertion) -> None:
    assert render(whole(), Options(lang=lang)) == snapshot


def test_places_count_code_points() -> None:
    for needle, words in ((APOLOGY, "誤解を招いたのなら"), (PHONE, "090-****-1234")):
        place = spot(needle)
        assert f"{place.line}:{place.points[0]} {words}" in shown(render(whole(), OPTIONS))[0]


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>", "[x](https://evil.example)", "![x](y)", "`a` **b** _c_ ~~d~~", "| a | b |", "# 題",
        "@team #12 :smile: GH-1 www.example.com https://example.com a@example.com", "</details><img src=x>", "&lt;b&gt;",
        "一\n\n- 二\n\n</code>", "```\nx\n```", "<!-- x -->", "\\`x\\`", "$x$", "1. 一", "a  \nb", "\x1b[31m\0\u202e",
    ],
)  # fmt: skip
def test_words_of_a_post_are_words(words: str) -> None:
    text, tags = shown(render(one(words, name=f"{words}.md".replace("\n", "")), OPTIONS))
    assert tags <= OWN
    assert "https://evil" not in "".join(re.findall(r'href="([^"]*)"', render(one(words), OPTIONS)))
    assert f"1:1 {visible(words)} topic/gender" in text


@given(st.text(st.sampled_from("<>&[]()`*_~|#@!-+=:./\\\"'$\n\r\t aあ1"), min_size=1, max_size=40))
def test_no_text_makes_a_tag_a_link_or_a_mention(words: str) -> None:
    page = MarkdownIt("commonmark", {"html": True}).enable("table").render(render(one(words), OPTIONS))
    assert shown(render(one(words), OPTIONS))[1] <= OWN
    outside = re.sub(r"<code>.*?</code>", "", page, flags=re.DOTALL)
    assert not re.search(r"[@#][A-Za-z0-9あ]", html.unescape(re.sub(r"<[^>]*>", "", outside)))
    assert re.findall(r'<a href="([^"]*)"', page) == ["https://example.jp/topic/gender"]


def test_it_never_grows_over_what_a_comment_holds() -> None:
    many = run_of(*(hostile(f"{'長い名前' * 20}{number}.md") for number in range(300)))
    text = render(many, OPTIONS)
    assert Units(text, "utf-16").before(len(text)) <= LIMIT
    assert "ほかのファイル" in text
    assert text.count("<details>") == text.count("</details>") > 10
    assert "指摘 900" in text
    assert shown(text)[1] <= OWN


def test_a_file_with_too_many_findings_is_cut_inside() -> None:
    text = "女のくせに" * 1_000
    found_all = [found(text, "女のくせに", "topic/gender", Severity.HIGH, nth=number) for number in range(1_000)]
    made = render(run_of(Outcome("a.md", text, (screened(plain(text, name="a.md"), *found_all),))), OPTIONS)
    told = made.count("\n- **")
    assert 50 < told < 1_000
    assert f"ほか {1_000 - told} 件" in made
    assert made.rstrip().endswith("</details>")


def test_the_cap_of_a_file_and_a_run_without_findings() -> None:
    assert "ほか 2 件" in render(run_of(hostile()), Options(max_per_file=1))
    text, _ = shown(render(run_of(clean()), OPTIONS))
    assert "指摘はありません" in text
    assert "対象外" in text


def test_no_secret_is_told() -> None:
    assert not any(secret in render(whole(), OPTIONS) for secret in SECRETS)
