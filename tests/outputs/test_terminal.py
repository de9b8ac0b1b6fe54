"""The account for a person: carets under full-width text, what was cut counted, nothing a terminal acts on but links."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from syrupy.assertion import SnapshotAssertion
from telling import (
    APOLOGY,
    GENDER,
    PHONE,
    SECRETS,
    broken,
    clean,
    found,
    hostile,
    rewritten,
    run_of,
    screened,
    several,
    spot,
    whole,
)

from flamecheck.display import cells, visible
from flamecheck.document import plain
from flamecheck.errors import Diagnostic, Place
from flamecheck.finding import Dismissed
from flamecheck.grading import Severity
from flamecheck.outcome import Outcome
from flamecheck.outputs.terminal import render
from flamecheck.screener import Screener
from flamecheck.shown import Options


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_whole_account(lang: str, snapshot: SnapshotAssertion) -> None:
    assert render(whole(), Options(lang=lang, verbose=True, statistics=True)) == snapshot


def test_places_count_code_points_of_the_file() -> None:
    shown = render(whole(), Options())
    for needle, rule in ((APOLOGY, "tone/apology"), (PHONE, "leak/phone")):
        place = spot(needle)
        assert f"a[1].md:{place.line}:{place.points[0]}: {rule}" in shown


def test_the_caret_stands_under_the_words_as_written() -> None:
    lines = render(run_of(hostile()), Options()).split("\n")
    at = next(number for number, line in enumerate(lines) if ": leak/phone" in line)
    source, marks = lines[at + 2], lines[at + 3]
    assert cells(marks.rstrip("^")) == cells(source[: source.index("&#48;90-****-1234")])
    assert marks.count("^") == len("&#48;90-****-1234")


def test_what_was_suppressed_is_counted_and_shown_on_request() -> None:
    shown, full = render(whole(), Options()), render(whole(), Options(verbose=True))
    assert "抑えた指摘 1" in shown
    assert "引用です" not in shown
    assert "抑えた指摘 topic/gender「女のくせに」: 引用です（本文の指示 投稿 a[1].md:5、2027-03-31 まで）" in full
    assert "取り下げ tone/notice" in full
    assert "取り下げ tone/notice" not in shown


def test_quiet_shows_failing_posts_and_errors_alone() -> None:
    shown = render(whole(), Options(quiet=True))
    assert "leak/phone" in shown
    assert "bad.txt: 誤り" in shown
    for absent in ("ok.txt", "次にすること", "CP932", "FC402"):
        assert absent not in shown
    assert render(run_of(clean()), Options(quiet=True)) == ""


def test_only_so_many_findings_of_a_file_are_shown_the_gravest_first() -> None:
    shown = render(run_of(hostile()), Options(max_per_file=1))
    assert ": leak/phone" in shown
    assert ": tone/apology" not in shown
    assert "投稿 a[1].md: ほか 2 件" in shown
    assert "指摘 3" in shown
    assert "ほか" not in render(run_of(hostile()), Options(max_per_file=3))


def test_a_clean_post_is_told_what_was_not_looked_at() -> None:
    shown = render(run_of(clean()), Options())
    assert shown.startswith("ok.txt: 既知の引っかかりは見つかりませんでした")
    assert "対象外" in shown
    many = render(run_of(clean("a.txt"), clean("b.txt")), Options())
    assert "a.txt" not in many
    assert "引っかかりのない投稿 2" in many
    assert "対象外" in many


def test_posts_of_one_file_are_told_apart() -> None:
    assert "posts.yml#posts.0: 決める人 広報" in render(run_of(several()), Options())


def test_the_last_lines_say_what_the_author_does() -> None:
    last = render(run_of(several()), Options()).split("次にすること\n")[1]
    assert last.startswith("  広報が決める投稿 1（広報）: posts.yml\n")
    assert "もう一度見る: flamecheck check posts.yml\n" in last
    assert "--format markdown" in last
    assert '# flamecheck: ignore[topic/gender] reason="だれが、なぜ認めたか"' in last
    assert "次にすること" not in render(run_of(clean()), Options())


@pytest.mark.parametrize(
    ("name", "start"), [("a.html", "<!-- "), ("a.MD", "<!-- "), ("a.mdx", "{/* "), ("a.yaml", "# ")]
)
def test_a_directive_is_shown_in_the_comments_of_the_file(name: str, start: str) -> None:
    post = screened(plain("女のくせに", name=name), found("女のくせに", GENDER, "topic/gender", Severity.HIGH))
    assert f"{start}flamecheck: ignore[topic/gender]" in render(run_of(Outcome(name, "女のくせに", (post,))), Options())


def test_where_there_are_no_comments_the_baseline_is_named() -> None:
    post = screened(plain("女のくせに", name="-x y.txt"), found("女のくせに", GENDER, "topic/gender", Severity.HIGH))
    shown = render(run_of(Outcome("-x y.txt", "女のくせに", (post,))), Options())
    assert "flamecheck baseline update './-x y.txt'" in shown
    assert "flamecheck check './-x y.txt'" in shown


def test_what_nobody_may_release_is_not_offered_for_approval() -> None:
    text = "電話090-5678-1234"
    leak = found(text, "090-5678-1234", "leak/phone", Severity.CRITICAL, shown="090-****-1234")
    shown = render(run_of(Outcome("a.md", text, (screened(plain(text, name="a.md"), leak),))), Options())
    assert "このままでは出せません" in shown
    assert "書き換えないと出せません" in shown
    assert "ignore[" not in shown


def test_an_error_of_a_diagnostic_is_shown_even_when_quiet() -> None:
    problem = Diagnostic("FC401", Place("a.md", 1, 1), "書き方が違います")
    assert "FC401" in render(run_of(replace(clean("a.md"), diagnostics=(problem,))), Options(quiet=True))


def test_colour_changes_no_word(snapshot: SnapshotAssertion) -> None:
    bare, coloured = render(whole(), Options()), render(whole(), Options(colour=True))
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == bare
    assert coloured.split("\n")[:12] == snapshot


def test_links_lead_to_the_file_and_to_the_page_of_the_rule() -> None:
    run = whole()
    linked = render(run, Options(links=True, pages="https://example.com/rules"))
    links = re.findall(r"\x1b\]8;;(\S+?)\x1b\\(.*?)\x1b\]8;;\x1b\\", linked)
    assert re.sub(r"\x1b\]8;;.*?\x1b\\", "", linked) == render(run, Options())
    assert ("https://example.com/rules/leak/phone.md", "leak/phone") in links
    address = next(address for address, words in links if words.startswith("投稿 a[1].md:"))
    assert address.startswith("file:///")
    assert address.endswith("/%E6%8A%95%E7%A8%BF%20a%5B1%5D.md")
    known = re.findall(r"\x1b\]8;;(\S+?)\x1b\\tone/apology", render(run, Options(links=True)))
    assert known == ["https://example.jp/tone/apology"]


def test_standard_input_has_no_link() -> None:
    post = screened(plain("女のくせに", name="<stdin>"), found("女のくせに", GENDER, "topic/gender", Severity.HIGH))
    assert "file:" not in render(run_of(Outcome("<stdin>", "女のくせに", (post,))), Options(links=True))


@pytest.mark.parametrize(
    "sign", ["\x1b[31m", "\x9b1m", "\x07", "\0", "\u202e", "\u2028", "\ud800", "\x85", "\u200d", "\x1b]8;;x\x1b\\"]
)
def test_what_a_terminal_would_act_on_is_shown_escaped(sign: str) -> None:
    text = f"あ{sign}誤解{sign}なら{sign}。"
    finding = replace(
        found(text, f"誤解{sign}なら", "tone/x", Severity.HIGH),
        rewrite=f"直す{sign}",
        affected=sign,
        references=(f"https://x/{sign}",),
    )
    dropped = Dismissed(finding, "mention", sign)
    post = screened(plain(text, name=f"x{sign}.txt"), finding, out=(dropped,))
    shown = render(run_of(Outcome(f"x{sign}.txt", text, (post,)), broken()), Options(verbose=True))
    assert sign not in shown
    assert visible(sign) in shown
    assert shown.replace("\n", "").replace("\u3000", "").isprintable()


def test_the_quoted_line_tells_no_more_than_the_finding() -> None:
    text = "田中さんの番号は090-8765-4321です。お問い合わせは090-2345-6781へ"
    screener = Screener.default()
    document = plain(text, name="a.txt")
    post = screened(
        document, *screener.screen(document).report.findings, out=screener.screen(document).report.dismissed
    )
    shown = render(run_of(Outcome("a.txt", text, (post,))), Options(verbose=True))
    assert "090-****-4321です" in shown
    assert "8765" not in shown
    assert "2345" not in shown
    assert not any(secret in render(whole(), Options(verbose=True)) for secret in SECRETS)


def test_a_rewrite_without_a_change_of_meaning_is_offered() -> None:
    shown = render(rewritten(), Options())
    assert shown.count("  意味の変わらない書き換え: 父兄 → 保護者（check --fix で書き込めます）\n") == 1


def test_what_a_person_wrote_wrongly_counts_as_an_error() -> None:
    problem = Diagnostic("FC401", Place("a.md", 1, 1), "書き方が違います")
    assert "誤り 1" in render(run_of(replace(clean("a.md"), diagnostics=(problem,))), Options())
