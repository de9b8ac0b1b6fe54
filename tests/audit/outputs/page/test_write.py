"""The whole page: one file, nothing fetched, every count adds up, every text of a stranger stays text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from auditresults import TIERS, Kept, facts_of, finding, unread, verdict
from html5lib import HTMLParser
from syrupy.assertion import SnapshotAssertion

from flamecheck.audit.outputs.page import write
from flamecheck.audit.outputs.page.template import digest, halves
from flamecheck.audit.outputs.page.write import parts
from flamecheck.audit.result import Result, RunFacts
from flamecheck.errors import InputError
from flamecheck.rules.dates import Day, Yearly

NASTY = (
    "</script><script>alert(1)</script>", "<!-- --> <!--", "]]>", "<img src=x onerror=alert(1)>", '" onfocus="alert(1)',
    "' autofocus='", "${title} $posts $$", "<svg/onload=alert(1)>", "&lt;b&gt; &amp;amp; &#x3c;", "\u2028\u2029",
    "a\u202egpj.exe\u2066", "\ud800 \udc00", "\x00\x1b[31m\x7f", "<!-- posts -->", "{{7*7}}", "𠮷野家👨‍👩‍👧🏴\U000e0067\U000e007f",
)  # fmt: skip

CODES = ("quotes", "cells", "front-matter", "encoding", "archive")


def page(results: list[Result], top: int = 1000, **said: Any) -> str:
    return "".join(parts(Kept(results), facts_of(results, **said), top, ()))


def inner(html: str, name: str) -> str:
    """Return the words of the section ``name``."""
    part = re.search(rf'<section id="{name}".*?</section>', html, re.DOTALL)
    assert part
    return unescape(re.sub(r"<[^>]+>", "", part[0]))


def some() -> list[Result]:
    bad = "おまえは馬鹿だ"
    days = ["2024-03-11T14:46:00+09:00", "2025-03-11", "", "2026-08-06T09:00:00+09:00"]
    found = [
        verdict(at, bad + "！" * at, finding(bad, "馬鹿"), posted_at=day, channel="x", account="@a", reach=at * 100)
        for at, day in enumerate(days, start=1)
    ]
    clean = [verdict(at, "よい天気です", posted_at="2025-01-01") for at in (5, 6)]
    return [*found, *clean, unread(7, "JSON として読めません")]


def test_the_page_is_what_it_was(snapshot: SnapshotAssertion) -> None:
    html = page(some(), days=(Day("tohoku", "東日本大震災", (Yearly((3, 11), (3, 11)),), base="high"),))
    # スタイルとスクリプトは、それぞれのファイルが語る。
    html = re.sub(r"(<style>).*?(</style>)", r"\1…\2", html, flags=re.DOTALL)
    html = re.sub(r"(<script>).*?(</script>)", r"\1…\2", html, flags=re.DOTALL)
    html = re.sub(r"sha256-[^']+", "sha256-…", html)
    html = re.sub(r"<g><title>\d+月\d+日：0 件</title>.*?</g>", "", html)
    assert html == snapshot


def test_the_page_is_html_without_an_error() -> None:
    parser = HTMLParser(strict=False)
    results = [*some(), *(verdict(8 + at, text, finding(text, text)) for at, text in enumerate(NASTY))]
    parser.parse(page(results))
    assert parser.errors == []


def test_nothing_is_fetched_and_only_the_two_known_texts_run() -> None:
    html = page(some())
    content = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', html)
    style, script = (
        re.search(r"<style>(.*?)</style>", html, re.DOTALL),
        re.search(r"<script>(.*?)</script>", html, re.DOTALL),
    )
    assert content
    assert style
    assert script
    assert content[1].split("; ") == [
        "default-src 'none'", f"style-src {digest(style[1])}", f"script-src {digest(script[1])}", "base-uri 'none'",
        "form-action 'none'",
    ]  # fmt: skip
    assert html.count("<script") == html.count("<style") == 1
    assert not re.search(r'<(?:link|img|iframe|object|embed|base)\b|\bsrc=|@import|url\(| on\w+="| style="', html)


@pytest.mark.parametrize("text", NASTY)
def test_a_nasty_text_stays_text_wherever_it_stands(text: str) -> None:
    known = {"account": text, "channel": text, "url": f"https://example.com/{text}", "posted_at": text, "kind": text}
    found = finding(text, text, message=text, affected=text, rewrite=text, rule_id=text, category=text)
    result = verdict(1, text, {**found, "adjustments": [{"by": text, "effect": "raise 1", "why": text}]}, **known)
    result.row.update(id=text, owners=[text])
    tiers = (*TIERS[:2], type(TIERS[0])("shacho", text, 2))
    said: dict[str, Any] = {
        "archives": (text,),
        "rules": {text: text},
        "categories": {text: text},
        "sampled": text,
        "tiers": tiers,
    }
    tree = HTMLParser(namespaceHTMLElements=False).parse(page([result], **said))
    names = {node.tag for node in tree.iter() if isinstance(node.tag, str)}
    plain = {
        node.tag
        for node in HTMLParser(namespaceHTMLElements=False).parse(page(some())).iter()
        if isinstance(node.tag, str)
    }
    assert names <= plain | {"mark"}
    attributes = {name for node in tree.iter() if isinstance(node.tag, str) for name in node.attrib}
    assert not {name for name in attributes if name.startswith("on") or name in ("style", "src", "autofocus")}
    assert len(list(tree.iter("article"))) == 1
    page([result], **said).encode()


def test_only_web_addresses_are_links_and_they_tell_the_site_nothing() -> None:
    good = "https://example.com/a?b=1&c=%3C"
    bad = ("javascript:alert(1)", "JaVaScRiPt:alert(1)", " https://example.com", "data:text/html,x", "//example.com",
           "https://", "http://[::1", "https://exa mple.com", "file:///etc/passwd", "https://e.com/\n", "https://a:99999/")  # fmt: skip
    results = [verdict(at, "馬鹿", finding("馬鹿", "馬鹿"), url=url) for at, url in enumerate((good, *bad), start=1)]
    links = re.findall(r'<a href="(h[^"]*)"([^>]*)>', page(results))
    assert links == [(good.replace("&", "&amp;"), ' rel="noopener noreferrer" target="_blank"')]


def test_the_counts_are_told_and_add_up() -> None:
    text = inner(page(some(), blank=3), "tiers")
    html = page(some(), blank=3)
    assert (
        "読んだ記録 <b>7</b> ＝ 見た投稿 <b>6</b> ＋ 同じ文だったので一度だけ見た投稿 <b>0</b> ＋ 読めなかった記録 <b>1</b>"
        in html
    )
    assert (
        "点検した投稿 <b>6</b> ＝ 指摘のある投稿 <b>4</b> ＋ 知っている引っかかりが見つからなかった投稿 <b>2</b>"
        in html
    )
    assert "中身のない記録 3 件は" in html
    assert "JSON として読めない 1 件" in html
    assert "ののしり" in text
    assert "日付のない投稿 1 件" in html


def test_a_partial_or_sampled_run_says_so_and_a_whole_one_does_not() -> None:
    assert "途中で止まった点検です" in page(some(), whole=False)
    assert "一部を抜き取った点検です（100 件、種 7）" in page(some(), sampled="100 件、種 7")
    assert 'class="notice"' not in page(some())


def test_the_first_posts_are_shown_by_rank_and_the_others_are_counted() -> None:
    html = page(some(), top=2)
    assert re.findall(r'<article class="post" id="p(\d)"', html) == ["1", "2"]
    assert "指摘のある投稿 4 件のうち、順位の高い 2 件を載せています。" in html
    assert "指摘のある投稿 4 件を、順位の高いほうからすべて載せています。" in page(some())
    assert "2026年8月6日（木） 9:00" not in html
    assert "2026年8月6日（木） 09:00" in re.split("<article", html)[1]


def test_one_text_posted_often_stands_once_and_says_how_often() -> None:
    text = "おまえは馬鹿だ"
    results = [verdict(1, text, finding(text, "馬鹿"), reach=1)]
    results += [verdict(at, text, finding(text, "馬鹿"), same_as=1, reach=at) for at in range(2, 9)]
    html = page(results)
    assert html.count("<article") == 1
    assert "同じ文の投稿が、ほかに 7 件あります。" in html
    assert "届いた数 8" in html
    assert "同じ文の投稿は一つにまとめたので、1 件になります。" in html


def test_marks_stand_where_the_findings_are_in_code_points() -> None:
    text = "👨‍👩‍👧𠮷野家は馬鹿で阿呆だ"
    html = page([verdict(1, text, finding(text, "馬鹿で阿呆"), finding(text, "阿呆", severity="low"))])
    shown = re.search(r'<p class="text" dir="auto">(.*?)</p>', html)
    assert shown
    marks = re.findall(r'<mark class="(s\d)">(.*?)</mark>((?:<sup class="no">\d</sup>)*)', shown[1])
    assert marks == [("s3", "馬鹿で", ""), ("s3", "阿呆", '<sup class="no">1</sup><sup class="no">2</sup>')]
    assert re.sub(r"<sup.*?</sup>|<[^>]+>", "", shown[1]) == text


def test_of_a_long_post_the_parts_around_the_findings_are_shown() -> None:
    text = "あ" * 5_000 + "馬鹿" + "い" * 5_000
    html = page([verdict(1, text, finding(text, "馬鹿"))])
    shown = re.search(r'<p class="text" dir="auto">(.*?)</p>', html)
    assert shown
    assert '<mark class="s3">馬鹿</mark>' in shown[1]
    assert "…（4,760 字を省きました）…" in shown[1]
    assert "…（4,920 字を省きました）…" in shown[1]
    assert len(shown[1]) < 1_000


def test_dismissed_findings_are_not_shown() -> None:
    result = verdict(1, "馬鹿と阿呆", finding("馬鹿と阿呆", "馬鹿"))
    result.row["dismissed"] = [finding("馬鹿と阿呆", "阿呆", message="取り下げたもの")]
    assert "取り下げたもの" not in page([result])


def test_an_empty_run_is_a_page_too() -> None:
    for results in ([], [verdict(1, "よい天気")], [unread(1, "x")]):
        html = page(results)
        assert "知っている引っかかりは見つかりませんでした。" in html
        assert "投稿の日付は分かりません" in html
        assert "<article" not in html


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2024-02-29"])
def test_any_day_of_the_calendar_can_be_drawn(day: str) -> None:
    days = (Day("x", "大晦日から正月", (Yearly((12, 31), (1, 2)),), base="high"),)
    html = page([verdict(1, "馬鹿", finding("馬鹿", "馬鹿"), posted_at=day)], days=days)
    assert f"{int(day[:4])}年" in html


def test_a_thousand_posts_stay_below_three_megabytes() -> None:
    text = "馬鹿" + "長い投稿です。" * 20
    results = [verdict(at, f"{at} {text}", *[finding(f"{at} {text}", "馬鹿")] * 3) for at in range(1, 1_201)]
    html = page(results)
    assert html.count("<article") == 1_000
    assert len(html.encode()) < 3_000_000


def test_the_results_are_read_one_by_one() -> None:
    alive = 0

    class Watched(list[object]):
        def __init__(self) -> None:
            nonlocal alive
            alive += 1

        def __del__(self) -> None:
            nonlocal alive
            alive -= 1

    highest = 0

    class Stream:
        def __iter__(self) -> Iterator[Result]:
            nonlocal highest
            for at in range(1, 3_001):
                result = verdict(at, f"馬鹿 {at}", finding(f"馬鹿 {at}", "馬鹿"), reach=at)
                result.row["because"] = Watched()
                highest = max(highest, alive)
                yield result

    for _ in parts(Stream(), facts_of([]), 10, ()):
        pass
    assert highest <= 3


def test_the_same_results_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.html", "b.html"):
        write(Kept(some()), facts_of(some()), str(tmp_path / name))
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


def test_what_does_not_fit_across_posts_is_looked_for_and_shown(tmp_path: Path) -> None:
    texts = (
        "【夏の大感謝祭】7月10日から7月20日まで開催します。お楽しみに！",
        "【夏の大感謝祭】7月12日から7月20日まで開催します。お楽しみに！",
    )
    results = [verdict(at, text, posted_at=f"2026-07-0{at}", account="@a") for at, text in enumerate(texts, start=1)]
    write(Kept(results), facts_of(results), str(tmp_path / "r.html"))
    told = inner((tmp_path / "r.html").read_text("utf-8"), "across")
    assert "同じ企画で日付が違います" in told
    assert "posts.csv 2 行目" in told


def test_a_page_that_cannot_be_written_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        write(Kept([]), facts_of([]), str(tmp_path / "none" / "r.html"))
    assert caught.value.code == "unwritable"


def test_the_page_never_says_safe_or_unlawful_and_accuses_nobody() -> None:
    words = page(some(), whole=False, sampled="x")
    for word in ("安全", "違法", "問題ありません", "悪質", "違反"):
        assert word not in words


def test_a_missing_value_of_the_template_is_an_error() -> None:
    with pytest.raises(KeyError):
        halves({})


def test_facts_need_no_calendar() -> None:
    assert isinstance(facts_of([]), RunFacts)
    assert json.dumps(facts_of([]).days) == "[]"


def test_why_a_row_of_a_table_could_not_be_read_is_told_in_words() -> None:
    told = page([unread(at, "読めません", code) for at, code in enumerate(CODES, start=1)])
    assert not [code for code in CODES if f"{code} 1 件" in told]
    assert "引用符が合わない 1 件" in told
