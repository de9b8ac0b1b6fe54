"""YAML and JSON files: what is a post, what of it is screened, in which context, and where it stands."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from mapping import obeyed

from flamecheck.context import Context
from flamecheck.document import Document, Source
from flamecheck.errors import InputError
from flamecheck.inputs.data import read_json, read_jsonl, read_yaml
from flamecheck.spans import Lines, Span

Reader = Callable[..., tuple[Document, ...]]


def texts(documents: tuple[Document, ...]) -> list[tuple[str | int, str]]:
    for document in documents:
        obeyed(document)
    return [(document.id, document.text) for document in documents]


QUEUE = """# 八月の投稿
account: "@kaisha"
channel: x
title: 八月の投稿
base: &b
  industry: cosmetics
posts:
  - id: a1
    <<: *b
    scheduled_at: 2026-08-09 09:00
    text: |
      一行目
        🎉二行目
    alt: "犬\\u3042'x'\\
      続き"
    tags: [あ, い]
  - text: >-
      畳んだ
      文です。

      次
    media:
      - alt: 一枚目
      - alt: 二枚目
    paid: true
  - {id: a1, text: '引''用', note: 見ない}
"""


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_each_mapping_of_a_list_is_a_post(end: str) -> None:
    documents = read_yaml(Source("queue.yml", QUEUE.replace("\n", end)))
    assert texts(documents) == [
        ("queue.yml", "八月の投稿"),
        ("a1", "一行目\n  🎉二行目\n\n犬あ'x'続き"),
        ("queue.yml#2", "畳んだ 文です。\n次\n\n一枚目\n\n二枚目"),
        ("queue.yml#3", "引'用"),
    ]
    told = {"account": "@kaisha", "channel": "x", "format": "text"}
    assert [document.context for document in documents] == [
        Context.of(told),
        Context.of(told | {"industry": "cosmetics", "posted_at": "2026-08-09T09:00", "scheduled": True}),
        Context.of(told | {"paid": True}),
        Context.of(told),
    ]
    roles = [
        [(region.kind, document.text[slice(*region.span)]) for region in document.regions] for document in documents
    ]
    assert roles == [
        [("title", "八月の投稿")], [("alt", "犬あ'x'続き")], [("alt", "一枚目"), ("alt", "二枚目")], [],
    ]  # fmt: skip


def test_what_the_caller_knows_goes_first() -> None:
    known = Context.of({"channel": "blog"})
    assert {document.context.channel for document in read_yaml(Source("q", QUEUE), context=known)} == {"blog"}


@pytest.mark.parametrize(
    ("words", "place", "source"),
    [
        ("🎉二", (13, 9), "🎉二"),
        ("目\n  🎉", (12, 9), "目\n        🎉"),
        ("あ", (14, 12), "\\u3042"),
        ("x'続", (14, 19), "x'\\\n      続"),
        ("'用", (26, 22), "''用"),
        ("だ 文", (18, 9), "だ\n      文"),
    ],
)
def test_words_lead_back_to_line_and_column_of_the_file(words: str, place: tuple[int, int], source: str) -> None:
    document = next(found for found in read_yaml(Source("q", QUEUE)) if words in found.text)
    at = document.text.index(words)
    span = document.locate(Span(at, at + len(words)))
    assert Lines(QUEUE).locate(span.start) == place
    assert QUEUE[span.start : span.end] == source


CATALOGUE = (
    "ja:\n  errors:\n    a: だめ\n    b: &x '%{count}件'\n  list: [一, 二]\n  c: *x\n  d: 12\n  f: null\n  g: true\n"
)


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        (("ja.**",), "だめ\n\n%{count}件\n\n一\n\n二\n\n12"),
        (("**",), "だめ\n\n%{count}件\n\n一\n\n二\n\n12"),
        (("errors.*",), "だめ\n\n%{count}件"),
        (("list",), "一\n\n二"),
        (("list.1", "er*.a"), "だめ\n\n二"),
        (("ja.*",), "一\n\n二\n\n12"),
        ((), ""),
    ],
)
def test_a_catalogue_is_one_document_of_what_is_chosen(fields: tuple[str, ...], text: str) -> None:
    assert texts(read_yaml(Source("ja.yml", CATALOGUE), fields=fields)) == [("ja.yml", text)]


@pytest.mark.parametrize(
    ("read", "written", "found"),
    [
        (read_yaml, "text: あ\n---\ntext: い\n---\n- text: う\n", [("f#1", "あ"), ("f#2", "い"), ("f#3", "う")]),
        (read_yaml, "text: !!str あ\nbody: &a !x |\n  い\n? [a]\n: b\n", [("f", "あ\n\nい")]),
        (read_yaml, "", [("f", "")]),
        (read_yaml, "あ", [("f", "")]),
        (read_yaml, "- text: あ\n-\n- text: い\n", [("f#1", "あ"), ("f#3", "い")]),
        (read_json, r'{"text": "\ud83d\udc36\n犬\u3042\/", "n": [1, null, true]}', [("f", "🐶\n犬あ/")]),
        (read_json, '[{"id": 7, "text": "あ"}, {"text": ""}, {"id": true, "text": "🐶"}]', [(7, "あ"), ("f#3", "🐶")]),
        (read_json, '"あ"', [("f", "")]),
        (read_json, '{"text": "\\ud800"}', [("f", "\ud800")]),
        (read_jsonl, '{"text": "あ"}\n\n{"id": "b", "text": "い"}\r\n', [("f#1", "あ"), ("b", "い")]),
    ],
)
def test_files_of_other_kinds(read: Reader, written: str, found: list[tuple[str | int, str]]) -> None:
    assert texts(read(Source("f", written))) == found


def test_a_row_of_json_lines_may_have_a_context_of_its_own() -> None:
    (document,) = read_jsonl(Source("f", '{"text": "あ", "context": {"channel": "x", "reach": 3}}'))
    assert document.context == Context.of({"channel": "x", "reach": 3, "format": "text"})


@pytest.mark.parametrize(
    ("read", "written", "code", "line"),
    [
        (read_yaml, "a: 1\na: 2\n", "yaml", 2),
        (read_yaml, "a: b\nc: [1\n", "yaml", 2),
        (read_yaml, "a: \x07", "yaml", 1),
        (read_yaml, "- text: あ\n- text: *nobody\n", "yaml", 2),
        (read_yaml, "- text: あ\n  channel: mastdon\n", "context-value", 2),
        (read_yaml, "[" * 5000, "yaml", 1),
        (read_yaml, "[" * 300 + "]" * 300, "yaml", 1),
        (read_json, '{"a": 1,\n"a": 2}', "json", 2),
        (read_json, '{"a":\n}', "json", 2),
        (read_json, "// x\n{}", "json", 1),
        (read_json, "{} {}", "json", 1),
        (read_json, "", "json", 1),
        (read_json, "[NaN]", "json", 1),
        (read_json, f"[{'9' * 5000}]", "json", 1),
        (read_json, "[" * 300 + "]" * 300, "json", 1),
        (read_json, "[" * 100_000, "json", 1),
        (read_jsonl, '{"text": "あ"}\n{"text":\n"い"}', "json", 2),
        (read_json, '[{"text": "あ",\n"paid": "x"}]', "context-value", 2),
    ],
)
def test_a_file_that_cannot_be_read_is_an_error_with_its_line(read: Reader, written: str, code: str, line: int) -> None:
    with pytest.raises(InputError) as caught:
        read(Source("f", written))
    assert (caught.value.code, caught.value.line) == (code, line)
    assert caught.value.message.startswith(f"{line} 行目: ")


SAID = "flamecheck: ignore[a]"
COMMENTS = [
    (f"# {SAID}\ntext: あ", "あ"),
    (f"text: あ # {SAID}\nalt: い", "あ"),
    (f"text: |  # {SAID}\n  あ\nalt: い", "あ"),
    (f"text: あ\nnote: x # {SAID}\nalt: い", "x"),
    (f"posts:\n  # {SAID}\n  - text: あ\n    alt: い\n  - text: う", "text: あ\n    alt: い"),
    (f"posts:\n  - text: あ\n    # {SAID}\n    alt: い", "い"),
    (f"a:\n  # {SAID}\n  text: あ\n  alt: い", "あ"),
    (f"# {SAID}\na:\n  text: あ\n  alt: い\nalt: う", "a:\n  text: あ\n  alt: い"),
    (f"- {{text: あ, alt: い}} # {SAID}\n- text: う", "{text: あ, alt: い"),
    (f"text: あ\n# {SAID}", None),
    ("flamecheck: ignore[a]\ntext: あ", None),
    ("- text: あ\n  flamecheck: ignore[a]\n- text: い", "text: あ\n  flamecheck: ignore[a]"),
]


@pytest.mark.parametrize(("written", "block"), COMMENTS, ids=[case[0][:40] for case in COMMENTS])
def test_a_comment_speaks_of_a_value(written: str, block: str | None) -> None:
    documents = read_yaml(Source("f", written))
    for document in documents:
        obeyed(document)
        (said,) = document.comments
        assert said.text.strip() == SAID
        assert (said.block and written[said.block.start : said.block.end]) == block


def test_json_speaks_to_the_program_in_a_field() -> None:
    written = '{"flamecheck": ["ignore-file[b]"], "posts": [{"text": "あ", "flamecheck": "ignore[\\u0061]"}]}'
    (document,) = read_json(Source("f", written), fields=("**",))
    obeyed(document)
    assert document.text == "あ"
    found = [(said.text, said.block and written[said.block.start : said.block.end]) for said in document.comments]
    assert found == [
        ("flamecheck: ignore-file[b]", None),
        ("flamecheck: ignore[a]", '{"text": "あ", "flamecheck": "ignore[\\u0061]"}'),
    ]
