"""Which words are rewritten, what is left alone, and the diff that shows it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from setting_aside import draft, report_of
from syrupy.assertion import SnapshotAssertion

from flamecheck.document import Document, Source
from flamecheck.fixes import applied, diff, fixes
from flamecheck.inputs.markdown import read_markdown
from flamecheck.report import Report
from flamecheck.spans import Span

PAIRS = {"tone/sorry": (("父兄", "保護者"), ("父兄会", "保護者会"), ("OL", "会社員"), ("看護婦", "看護師"))}


def rewritten(*posts: tuple[Document, Report]) -> str:
    made = fixes(posts, lambda rule: PAIRS.get(rule, ()))
    return applied(posts[0][0].origin.text, made).text


@pytest.mark.parametrize(
    ("marked", "wanted"),
    [
        ("⟦父兄の皆⟧さまへ", "保護者の皆さまへ"),
        ("父兄と⟦父兄の皆⟧さま", "父兄と保護者の皆さま"),
        ("⟦父兄⟧と⟦父兄⟧", "保護者と保護者"),
        ("⟦父兄会⟧です", "保護者会です"),
        ("⟦ＯＬ⟧と⟦ol⟧", "会社員と会社員"),
        ("😀\t⟦父兄⟧\r\n⟦父兄⟧\r\n", "😀\t保護者\r\n保護者\r\n"),
        ("⟦父⟧兄の⟦兄⟧", "父兄の兄"),
        ("⟦tone/if-any:父兄⟧", "父兄"),
        ("⟦父兄(ふけい)⟧", "父兄(ふけい)"),
        ("⟦父兄⟧（ふけい）の皆", "父兄（ふけい）の皆"),
        ("⟦父\u200b兄⟧", "父\u200b兄"),
        ("⟦父兄の⟦父兄会⟧⟧", "保護者の保護者会"),
    ],
)
def test_words_of_a_finding_are_rewritten_and_others_are_not(marked: str, wanted: str) -> None:
    assert rewritten(draft(marked)) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("**父兄**の皆さま", "**保護者**の皆さま"),
        ("父**兄**の皆さま", "父**兄**の皆さま"),
        ("&#x7236;兄の皆さま", "&#x7236;兄の皆さま"),
        ("<ruby>父兄<rt>ふけい</rt></ruby>の父兄", "<ruby>父兄<rt>ふけい</rt></ruby>の保護者"),
        ("<ruby>父兄会<rp>(</rp><rt>ふけいかい</rt></ruby>", "<ruby>父兄会<rp>(</rp><rt>ふけいかい</rt></ruby>"),
        ("父兄<br>父兄", "保護者<br>保護者"),
        ("&amp;父兄の皆さま", "&amp;保護者の皆さま"),
        ("---\ntitle: 父兄の皆さま\n---\n本文\n", "---\ntitle: 保護者の皆さま\n---\n本文\n"),
    ],
)
def test_only_what_stands_in_the_file_as_it_is_read_is_touched(text: str, wanted: str) -> None:
    document = read_markdown(Source("a.md", text, "markdown"))
    from setting_aside import finding

    report = report_of(finding("tone/sorry", Span(0, len(document.text)), document.text))
    assert rewritten((document, report)) == wanted


def test_posts_of_one_file_are_rewritten_together() -> None:
    text = "⟦父兄⟧と看護婦"
    first, second = draft(text), draft("父兄と⟦看護婦⟧")
    assert rewritten(second, first) == "保護者と看護師"


def test_what_is_set_aside_is_not_rewritten() -> None:
    document, report = draft("⟦父兄⟧")
    assert rewritten((document, report_of())) == "父兄"
    assert rewritten((document, report)) == "保護者"


def test_a_diff_shows_every_line_that_changes(snapshot: SnapshotAssertion) -> None:
    lines = [f"{number} 行目\n" for number in range(1, 31)]
    for at, words in ((0, "⟦父兄⟧と😀⟦父兄⟧\r\n"), (5, "⟦父兄⟧\t会\n"), (6, "⟦看護婦⟧\n"), (29, "終わりの⟦父兄⟧")):
        lines[at] = words
    post = draft("".join(lines))
    edits = fixes([post], lambda rule: PAIRS.get(rule, ()))
    assert diff("記事/a.md", post[0].origin.text, edits) == snapshot
    assert diff("a.md", post[0].origin.text, ()) == ""


PARTS = st.lists(
    st.sampled_from(["⟦父兄⟧", "⟦看護婦⟧さん", "あ", "\n", "\r\n", "\r", "😀", "\n\n\n\n", "\u2028"]), max_size=40
)


@given(PARTS)
def test_patch_makes_of_the_diff_what_was_applied(parts: list[str]) -> None:
    post = draft("".join(parts))
    text = post[0].origin.text
    edits = fixes([post], lambda rule: PAIRS.get(rule, ()))
    assert patched(text, diff("a", text, edits)) == applied(text, edits).text


def patched(text: str, difference: str) -> str:
    """Apply a unified diff by its own words alone."""
    old = text.split("\n")
    made: list[str] = []
    at = 0
    lines = difference.split("\n")[2:-1]
    for line in lines:
        if line.startswith("@@"):
            start = int(line.split()[1][1:].split(",")[0]) - 1
            made += old[at:start]
            at = start
        elif line[0] in " -":
            assert old[at] == line[1:]
            at += 1
            if line[0] == " ":
                made.append(line[1:])
        elif line[0] == "+":
            made.append(line[1:])
    return "\n".join(made + old[at:])


@pytest.mark.parametrize("marked", ["⟦父兄⟧", "一\r二⟦父兄⟧\r\n三\n\n\n\n\n\n\n\n\n⟦看護婦⟧\n終わり", "\n\n⟦父兄⟧\n\n"])
def test_git_applies_the_diff(marked: str, tmp_path: Path) -> None:
    post = draft(marked)
    text = post[0].origin.text
    edits = fixes([post], lambda rule: PAIRS.get(rule, ()))
    (tmp_path / "a.md").write_bytes(text.encode())
    subprocess.run(
        ["git", "apply", "--unsafe-paths", "-"], input=diff("a.md", text, edits).encode(), cwd=tmp_path, check=True
    )
    assert (tmp_path / "a.md").read_bytes().decode() == applied(text, edits).text
