"""The report in Chromium, as a person uses it: filter, search, sort, keys, a narrow window, print, no script.

Run by .ci/browser, which sees to Chromium and Playwright.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from auditresults import TIERS, Kept, facts_of, finding, unread, verdict
from playwright.sync_api import Browser, Page, Request, expect, sync_playwright

from flamecheck.audit.outputs.page import write
from flamecheck.audit.result import Result
from flamecheck.rules.dates import Day, Yearly

CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
NASTY = (
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<!-- --> ${x}",
    "\u2028a\u202eb\x00\ud800",
)
GRADES = ("critical", "high", "medium", "low")
Open = Callable[..., Page]
SHOWN = "article.post:not([hidden])"


def results() -> list[Result]:
    """Return forty flagged posts of several years, channels and accounts, with hostile ones among them."""
    found = []
    for at in range(1, 41):
        text = f"{at}番の投稿。おまえはﾊﾞｶだ 👨‍👩‍👧" + (NASTY[at % 4] if at > 36 else "")
        told = finding(text, "ﾊﾞｶ", severity=GRADES[at % 4], category="insult-violence" if at % 3 else "non-apology")
        found.append(
            verdict(
                at, text, told, finding(text, "おまえ", severity="low"), reach=at * 10, channel=("x", "blog")[at % 2],
                account=("@a", "@b", "")[at % 3], url=f"https://example.com/{at}",
                posted_at="" if at == 40 else f"20{14 + at % 10}-{at % 12 + 1:02}-11T09:00:00+09:00",
            )
        )  # fmt: skip
        if at % 4:
            found[-1].row["tier"] = TIERS[1].id
    return [*found, *(verdict(at, "よい天気です", posted_at="2020-05-05") for at in range(41, 45)), unread(45, "x")]


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a written report."""
    path = tmp_path_factory.mktemp("report") / "report.html"
    listed = results()
    days = (Day("tohoku", "東日本大震災", (Yearly((3, 11), (3, 11)),), base="high"),)
    categories = {"insult-violence": "罵倒・暴力", "non-apology": "ご不快構文"}
    write(Kept(listed), facts_of(listed, days=days, categories=categories), str(path))
    return path


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium once."""
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def open_report(browser: Browser, report: Path) -> Iterator[Open]:
    """Return what opens the report; afterwards nothing may have failed, been refused or asked of a network."""
    troubles: list[str] = []
    contexts = []

    def asks(asked: Request) -> None:
        if not asked.url.startswith(report.as_uri()):
            troubles.append(f"asked: {asked.url}")

    def opened(**how: Any) -> Page:
        contexts.append(browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **how}))
        page = contexts[-1].new_page()
        page.on("console", lambda message: troubles.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: troubles.append(f"error: {error}"))
        page.on("dialog", lambda dialog: troubles.append(f"dialog: {dialog.message}"))
        page.on("request", asks)
        page.goto(report.as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()
    assert troubles == []


def ranks(page: Page) -> list[int]:
    listed: list[int] = page.eval_on_selector_all(SHOWN, "all => all.map(one => Number(one.dataset.rank))")
    return listed


def test_every_filter_leaves_what_it_says(open_report: Open) -> None:
    page = open_report()
    expect(page.locator("#count")).to_have_text("40 件")
    for name in ("tier", "severity", "categories", "year", "channel", "account"):
        choice = page.locator(f'select[data-by="{name}"]')
        said = choice.locator("option").all_text_contents()[1:]
        counts = [int(words.rsplit("（", 1)[1].removesuffix("）")) for words in said]
        assert len(counts) >= 2
        for at, count in enumerate(counts, start=1):
            choice.select_option(index=at)
            assert len(ranks(page)) == count
            expect(page.locator("#count")).to_have_text("40 件" if count == 40 else f"40 件のうち {count} 件")
        choice.select_option(index=0)
    assert ranks(page) == list(range(1, 41))


def test_filters_hold_together_and_can_be_put_back(open_report: Open) -> None:
    page = open_report()
    page.locator('select[data-by="channel"]').select_option("=blog")
    page.locator('select[data-by="account"]').select_option("=")
    both = page.eval_on_selector_all(SHOWN, "all => all.map(one => [one.dataset.channel, one.dataset.account])")
    assert both
    assert all(pair == ["blog", ""] for pair in both)
    page.locator("#search").fill("どこにもない言葉")
    expect(page.locator("#none")).to_be_visible()
    page.locator("#reset").click()
    expect(page.locator("#none")).to_be_hidden()
    assert ranks(page) == list(range(1, 41))


@pytest.mark.parametrize("words", ["バカ", "ﾊﾞｶ", "７番", "7番 おまえ", "TONE", "おまえはバカだ"])
def test_search_does_not_care_for_width_or_case_or_marks(open_report: Open, words: str) -> None:
    page = open_report()
    page.locator("#search").fill(words)
    if "番" in words or "７" in words:
        expect(page.locator("#count")).to_have_text("40 件のうち 4 件")
    elif words == "TONE":
        expect(page.locator("#none")).to_be_visible()
    else:
        page.wait_for_timeout(300)
        assert len(ranks(page)) == 40


def test_the_order_changes_and_comes_back(open_report: Open) -> None:
    page = open_report()
    days = "all => all.map(one => one.dataset.day)"
    sort = page.locator("#sort")
    sort.select_option("newest")
    newest = page.eval_on_selector_all(SHOWN, days)
    assert newest == sorted(newest, reverse=True)
    sort.select_option("oldest")
    oldest = page.eval_on_selector_all(SHOWN, days)
    assert oldest[:-1] == sorted(oldest[:-1])
    assert oldest[-1] == newest[-1] == ""
    sort.select_option("severity")
    grades = page.eval_on_selector_all(SHOWN, "all => all.map(one => Number(one.dataset.severity))")
    assert grades == sorted(grades, reverse=True)
    sort.select_option("rank")
    assert ranks(page) == list(range(1, 41))


def test_keys_walk_through_what_is_shown(open_report: Open) -> None:
    page = open_report()
    here = "document.activeElement.dataset.rank"
    for key, rank in (("j", "1"), ("j", "2"), ("ArrowDown", "3"), ("k", "2"), ("ArrowUp", "1"), ("k", "1")):
        page.keyboard.press(key)
        assert page.evaluate(here) == rank
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.type("7番 j")
    assert page.locator("#search").input_value() == "7番 j"
    page.locator("#search").fill("7番")
    expect(page.locator("#count")).to_have_text("40 件のうち 4 件")
    page.keyboard.press("Escape")
    seen = {page.evaluate(here)}
    for _ in range(5):
        page.keyboard.press("j")
        seen.add(page.evaluate(here))
    assert {int(rank) for rank in seen} == set(ranks(page))


def test_the_first_tab_leads_past_the_head(open_report: Open) -> None:
    page = open_report()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#posts"


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_no_window_is_too_narrow(open_report: Open, width: int) -> None:
    page = open_report(viewport={"width": width, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_script_everything_can_be_read(open_report: Open) -> None:
    page = open_report(java_script_enabled=False)
    assert page.locator(SHOWN).count() == 40
    expect(page.locator("#filters")).to_be_hidden()
    expect(page.locator("#none")).to_be_hidden()
    expect(page.locator("h1")).to_have_text("過去の投稿の点検")
    expect(page.locator("#p40 .text")).to_be_visible()


def test_in_print_the_filters_are_gone_and_what_is_filtered_out_too(open_report: Open) -> None:
    page = open_report()
    page.locator('select[data-by="channel"]').select_option("=x")
    page.emulate_media(media="print")
    expect(page.locator("#filters")).to_be_hidden()
    expect(page.locator("nav")).to_be_hidden()
    assert page.locator(SHOWN).count() == 20
    assert page.evaluate("getComputedStyle(document.querySelector('article')).breakInside") == "avoid"


def test_what_somebody_adds_to_the_page_does_not_run(browser: Browser, report: Path, tmp_path: Path) -> None:
    added = "<script>window.ran = true</script><img src=x onerror='window.ran = true'><p style='color: red' id='red'>"
    path = tmp_path / "changed.html"
    path.write_text(report.read_text("utf-8").replace("<main", f"{added}<main"), "utf-8")
    page = browser.new_page()
    page.goto(path.as_uri())
    expect(page.locator("#count")).to_have_text("40 件")
    assert page.evaluate("window.ran") is None
    assert page.evaluate("getComputedStyle(document.querySelector('#red')).color") != "rgb(255, 0, 0)"
    page.close()


def test_headings_and_names_lead_through_the_page(open_report: Open) -> None:
    page = open_report()
    levels = page.eval_on_selector_all("h1, h2, h3", "all => all.map((one) => Number(one.tagName[1]))")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    nameless = page.eval_on_selector_all(
        "section, nav, article, form, [role=region], svg[role=img]",
        "all => all.filter((one) => !one.ariaLabel && !one.getAttribute('aria-labelledby')).length",
    )
    assert nameless == 0
    double = "() => { const ids = [...document.querySelectorAll('[id]')].map((n) => n.id); return ids.length - new Set(ids).size }"
    assert page.evaluate(double) == 0


LUMINANCE = """(pair) => {
  const value = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255)
      .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [one, other] = pair.map(value).sort((a, b) => b - a);
  return (one + 0.05) / (other + 0.05);
}"""
BEHIND = """(node) => {
  while (node && getComputedStyle(node).backgroundColor === "rgba(0, 0, 0, 0)") node = node.parentElement;
  return getComputedStyle(node || document.body).backgroundColor;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_what_is_behind_them(open_report: Open, scheme: str) -> None:
    page = open_report(color_scheme=scheme)
    for selector in (
        "h1", ".made", ".lead", ".figure .note", "nav a", ".bars thead th", ".bars small", ".known", ".text", "mark",
        "sup.no", ".grade", ".cat", ".findings dt", ".post > .source", ".count", "kbd", "select", "button", "footer p",
        ".limits li", ".tier",
    ):  # fmt: skip
        for node in page.locator(selector).all()[:12]:
            colour = node.evaluate("node => getComputedStyle(node).color")
            ratio = page.evaluate(LUMINANCE, [colour, node.evaluate(BEHIND)])
            assert ratio >= 4.5, f"{selector}: {ratio:.2f}"
