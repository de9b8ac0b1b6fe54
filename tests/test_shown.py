"""What every output shows: remarks by place with a level of their own, counts, who decides, where a rule is told of."""

from __future__ import annotations

from dataclasses import replace

import pytest
from telling import GENDER, KOHO, POLICY, broken, clean, found, hostile, run_of, screened, several, whole

from flamecheck.document import plain
from flamecheck.finding import Finding
from flamecheck.grading import Severity
from flamecheck.messages import Words
from flamecheck.outcome import Outcome
from flamecheck.shown import Level, Options, capped, encoded, page_of, remarks, tally, told_aside, waiting


def levels(*findings: Finding, text: str, limit: int | None) -> list[Level]:
    post = replace(screened(plain(text, name="a.md"), *findings), limit=limit)
    return [item.level for item in remarks(Outcome("a.md", text, (post,)), POLICY)]


def test_remarks_come_by_place_with_those_set_aside_among_them() -> None:
    items = remarks(hostile(), POLICY)
    assert [item.span.start for item in items] == sorted(item.span.start for item in items)
    assert [(item.finding.rule_id, item.level.label, item.tier.id, item.aside is not None) for item in items] == [
        ("tone/apology", "error", "koho", False),
        ("leak/phone", "error", "homu-somu", False),
        ("topic/gender", "warning", "homu-somu", True),
        ("topic/gender", "note", "genba", False),
    ]


def test_a_finding_fails_when_its_own_tier_reaches_the_limit() -> None:
    text = "女のくせに男のくせに人のくせに"
    grades = (Severity.HIGH, Severity.MEDIUM, Severity.INFO)
    items = [found(text, f"{who}のくせに", "tone/x", grade) for who, grade in zip("女男人", grades, strict=True)]
    assert levels(*items, text=text, limit=KOHO) == [Level.ERROR, Level.WARNING, Level.NOTE]
    assert levels(*items, text=text, limit=POLICY.tier("peer").rank) == [Level.ERROR, Level.ERROR, Level.NOTE]
    assert levels(*items, text=text, limit=None) == [Level.ERROR, Level.WARNING, Level.NOTE]


def test_in_a_post_that_fails_by_a_combination_the_gravest_fail() -> None:
    text = "女のくせに男のくせに人のくせに"
    items = [found(text, f"{who}のくせに", f"topic/{who}", Severity.MEDIUM) for who in "女男人"]
    post = screened(plain(text, name="a.md"), *items)
    assert post.verdict.tier.id == "homu-somu"
    assert levels(*items, text=text, limit=POLICY.tier("homu-somu").rank) == [Level.ERROR] * 3


def test_a_post_that_does_not_fail_has_no_error() -> None:
    post = replace(screened(plain(GENDER), found(GENDER, GENDER, "topic/x", Severity.HIGH)), failing=False)
    assert [item.level for item in remarks(Outcome("a.md", GENDER, (post,)), POLICY)] == [Level.WARNING]


def test_the_cap_keeps_the_gravest_in_their_order() -> None:
    items = [item for item in remarks(hostile(), POLICY) if not item.aside]
    kept, rest = capped(items, 2)
    assert ([item.finding.rule_id for item in kept], rest) == (["tone/apology", "leak/phone"], 1)
    assert capped(items, None) == capped(items, 3) == (items, 0)


def test_counts_add_up() -> None:
    counts = tally(whole())
    assert (counts.files, counts.posts, counts.errors, counts.clean) == (4, 4, 1, 2)
    assert (counts.findings, counts.suppressed, counts.dismissed) == (4, 1, 1)
    assert counts.by_rule.total() == counts.by_category.total() == counts.by_severity.total() == counts.findings
    assert counts.by_tier.total() == counts.posts
    assert counts.points == sum(len(post.document.text) for post in whole().posts())
    assert counts.highest == POLICY.tier("homu-somu")
    assert tally(run_of(broken())).highest is None


def test_who_decides_comes_highest_first() -> None:
    groups = waiting(whole())
    assert [(group.tier.id, group.names) for group in groups] == [
        ("homu-somu", ("投稿 a[1].md",)),
        ("koho", ("posts.yml",)),
    ]
    assert waiting(run_of(clean())) == []
    many = waiting(run_of(*(replace(several(), name=f"{number}.yml") for number in range(5))))
    assert many[0].told(Words("ja")) == "広報が決める投稿 5（広報）: 0.yml、1.yml、2.yml、ほか 2 件"


@pytest.mark.parametrize(
    ("pages", "references", "address"),
    [
        ("", (), ""),
        ("", ("法令の条文", "資料 https://a.example/1", "http://b.example"), "https://a.example/1"),
        ("https://x.example/rules/", ("https://a.example",), "https://x.example/rules/tone/a.md"),
        ("https://x.example/#{id}", (), "https://x.example/#tone/a"),
    ],
)
def test_the_page_about_a_rule(pages: str, references: tuple[str, ...], address: str) -> None:
    assert page_of("tone/a", Options(pages=pages), references) == address


@pytest.mark.parametrize(
    ("name", "path"),
    [("a b/c.md", "a%20b/c.md"), ("\udcff.md", "%FF.md"), ("\ud800.md", "%EF%BF%BD.md"), ("%.md", "%25.md")],
)
def test_a_name_becomes_the_path_of_an_address(name: str, path: str) -> None:
    assert encoded(name) == path


def test_only_what_was_set_aside_is_told_as_such() -> None:
    standing = next(item for item in remarks(hostile(), POLICY) if item.aside is None)
    with pytest.raises(ValueError, match="抑えられていません"):
        told_aside(standing, Words("ja"))
