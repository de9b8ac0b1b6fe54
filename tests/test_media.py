"""``formats``: one table of suffixes: each reads in its own way, any other as plain text."""

from __future__ import annotations

import pytest

from flamecheck.context import Context
from flamecheck.document import Source
from flamecheck.formats import DATA, PROSE, documents_of

SHOWN = {
    "a.md": ("# 告知\n\n**明日**開店", "告知\n\n明日開店"),
    "a.MDX": ("明日<b>開</b>店", "明日開店"),
    "a.html": ("<h1>告知</h1><p>明日<b>開</b>店", "告知\n\n明日開店"),
    "a.txt": ("**明日**開店", "**明日**開店"),
    "a.yml": ("text: 明日開店", "明日開店"),
    "a.json": ('{"text": "明日\\u958b店"}', "明日開店"),
    "a.jsonl": ('{"text": "明日開店"}\n', "明日開店"),
    "README": ("*明日*", "*明日*"),
    "<stdin>": ("*明日*", "*明日*"),
}


@pytest.mark.parametrize("name", SHOWN)
def test_the_suffix_says_how_a_file_is_read(name: str) -> None:
    text, shown = SHOWN[name]
    (document,) = documents_of(Source(name, text), Context(channel="x"))
    assert document.text == shown
    assert document.context.channel == "x"
    assert document.origin.text == text


def test_fields_reach_the_inputs_that_know_them() -> None:
    (document,) = documents_of(Source("a.yml", "lead: 明日開店\ntext: 別の項目\n"), fields=("lead",))
    assert document.text == "明日開店"


def test_every_suffix_is_read_in_one_way() -> None:
    assert not PROSE.keys() & DATA.keys()
    for suffix in (*PROSE, *DATA):
        documents = documents_of(Source(f"a{suffix}", "{}"))
        assert all(document.origin.media == {**PROSE, **DATA}[suffix] for document in documents)
