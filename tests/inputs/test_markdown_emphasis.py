"""Emphasis: which signs are markers, after CommonMark, with Japanese signs as letters."""

from __future__ import annotations

import pytest

from flamecheck.inputs.markdown.emphasis import markers


def seen(text: str) -> str:
    gone = {at for span in markers(text, lambda offset: offset) for at in range(*span)}
    return "".join(char for at, char in enumerate(text) if at not in gone)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("*foo bar*", "foo bar"),
        ("a * foo bar*", "a * foo bar*"),
        ('a*"foo"*', 'a*"foo"*'),
        ("foo*bar*", "foobar"),
        ("_foo bar_", "foo bar"),
        ("foo_bar_baz", "foo_bar_baz"),
        ("foo-_(bar)_", "foo-(bar)"),
        ("**foo bar**", "foo bar"),
        ("** foo bar**", "** foo bar**"),
        ("*foo**bar**baz*", "foobarbaz"),
        ("*foo**bar*", "foo**bar"),
        ("foo***bar***baz", "foobarbaz"),
        ("**foo*", "*foo"),
        ("*foo**", "foo*"),
        ("****foo*", "***foo"),
        ("~~foo~~ ~foo~ ~~~foo~~~", "foo ~foo~ ~~~foo~~~"),
        ("これは**「強」**です", "これは「強」です"),
        ("これは**強い。**です", "これは強い。です"),
        ("**全*一*全**字", "全一全字"),
        ("*片方、**片方", "*片方、**片方"),
        (r"\*外\* *内\**", r"\*外\* 内\*"),
    ],
)
def test_markers_are_not_seen(written: str, shown: str) -> None:
    assert seen(written) == shown


def test_code_has_no_emphasis() -> None:
    text = "*a `*` b*"
    assert list(markers(text, lambda offset: 6 if 3 <= offset < 6 else offset)) == [(0, 1), (8, 9)]
