"""One file of every format, whole: what is read, where it stands, in which role, and what is said to the program."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from mapping import obeyed
from syrupy.assertion import SnapshotAssertion

from flamecheck.document import Document, Source
from flamecheck.formats import documents_of
from flamecheck.spans import Span

MARKDOWN = """---
title: "夏の\\u72AC"  # flamecheck: ignore[a]
date: 2026-08-09
---
# 🎉題名

お前は**と**ても&#x72AC;
だ[先](https://example.jp "題")。

<!-- flamecheck: ignore[b] -->

- 一つ
\t- 中の<kbd>Q</kbd>

| 左 | 右 |
|---|---|
| 🐶 | `x` |
"""
MDX = (
    "import A from './a'\n\n<Note title=\"題\">\n  {/* flamecheck: ignore[a] */}\n\n  🎉中 {a.b} の<b>文</b>\n</Note>\n"
)
HTML = """<!DOCTYPE html>
<title>夏の&#x72AC;</title>
<meta name="description" content="説明&amp;🎉">
<body>
\t<p>🎉お前は<b>と</b>ても&hearts
\t\t犬<br>だ。
<!-- flamecheck: ignore[b] -->
<ul><li>一つ<li><img src=a.png alt='庭'></ul>
"""
YAML = """# 夏
channel: x
posts:
  # flamecheck: ignore[a]
  - id: a1
    posted_at: 2026-08-09 09:00
    text: |
      🎉一行目
      \t二行目
  - text: "犬\\u3042 \\
      続き"  # flamecheck: ignore[b]
    alt: 庭
"""
JSON = '{\n\t"posts": [\n\t\t{"id": 7, "text": "🎉\\ud83d\\udc36\\n犬", "flamecheck": "ignore[a]"},\n\t\t{"alt": "庭\\u306e犬"}\n\t]\n}\n'
JSONL = '{"text": "🎉一"}\n{"id": "b", "text": "二\\t三", "context": {"channel": "x"}}\n'
TEXT = "🎉一行目\n\t二行目\n"
SAMPLES = {
    "a.md": MARKDOWN,
    "a.mdx": MDX,
    "a.html": HTML,
    "a.yml": YAML,
    "a.json": JSON,
    "a.jsonl": JSONL,
    "a.txt": TEXT,
}


def place(source: str, span: Span) -> str:
    """Return line and column of both ends, counted without the module that counts them elsewhere."""
    ends = []
    for at in span:
        before = source[:at].replace("\r\n", "\n")
        ends.append(f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}")
    return "–".join(ends)


def told(document: Document) -> Iterator[str]:
    source = document.origin.text
    context = document.context
    yield f"■ {document.id} {context.format} {context.channel} {context.posted_at}"
    at = 0
    for block in document.text.split("\n\n"):
        yield f"{place(source, document.locate(Span(at, at + len(block))))} {block!r}"
        at += len(block) + 2
    for region in document.regions:
        yield f"  {region.kind}: {document.text[region.span.start : region.span.end]!r}"
    for said in document.comments:
        yield f"  {place(source, said.span)} {said.text.strip()!r} → {said.block and place(source, said.block)}"


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_of_the_format(name: str, end: str, snapshot: SnapshotAssertion) -> None:
    documents = documents_of(Source(name, SAMPLES[name].replace("\n", end)))
    for document in documents:
        obeyed(document)
    # 行の終わりが違っても、読めるものも場所も同じ。
    lines = "\n".join(line for document in documents for line in told(document)).replace("\\r\\n", "\\n")
    assert lines == snapshot(name=name)
