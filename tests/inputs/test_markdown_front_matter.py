"""Front matter: which fields are seen, where they stand, what they say about the post, what is wrong with them."""

from __future__ import annotations

import pytest

from flamecheck.context import JST, Context
from flamecheck.document import Document, Source
from flamecheck.errors import InputError
from flamecheck.inputs.markdown import read_markdown
from flamecheck.spans import Span


def read(text: str) -> Document:
    return read_markdown(Source("draft.md", text))


VISIBLE = [
    ("---\ntitle: 春の題\n---\n本文", "春の題\n\n本文", "春の題"),
    ('---\ntitle: "引用 \\"内\\" \\u72AC" # 注\n---\n', '引用 "内" 犬', '引用 \\"内\\" \\u72AC'),
    ("---\ntitle: '二重''の'\n---\n", "二重'の", "二重''の"),
    ("---\ntitle: '庭''犬'\nslug: 見せない\n---\n", "庭'犬", "庭''犬"),
    ("---\ndescription: |\n  一行目\n  二行目\nlayout: x\n---\n", "一行目\n二行目", "一行目\n  二行目"),
    ("---\nsummary: >-\n  折った\n\n  文\nlayout: x\n---\n", "折った\n文", "折った\n\n  文"),
    ("---\ndescription: 続く\n  平文 の値\nlayout: x\n---\n", "続く 平文 の値", "続く\n  平文 の値"),
    ("---\ntags: [庭, '犬']\n---\n", "庭\n\n犬", "庭, '犬"),
    ("---\ntags:\n  - 庭\n  - 犬\nlayout: x\n---\n", "庭\n\n犬", "庭\n  - 犬"),
    ("---\ntitle: 題\n...\n本文", "題\n\n本文", "題"),
    ('+++\ntitle = "題\\t名"\n[params]\ntitle = "別"\n+++\n', "題\t名", "題\\t名"),
    ("+++\ntitle = '題\\名'\ntags = ['庭', \"犬\"]\n+++\n", "題\\名\n\n庭\n\n犬", "題\\名'\ntags = ['庭', \"犬"),
    ('+++\ndescription = """\n一行目\n二行目"""\n+++\n', "一行目\n二行目", "一行目\n二行目"),
]


@pytest.mark.parametrize(("written", "text", "source"), VISIBLE, ids=[case[0][4:24] for case in VISIBLE])
def test_the_fields_a_reader_sees_are_text(written: str, text: str, source: str) -> None:
    document = read(written)
    assert document.text == text
    first = document.regions[0]
    assert first.kind == "front-matter"
    last = [region for region in document.regions if region.kind == "front-matter"][-1]
    span = document.locate(Span(first.span.start, last.span.end))
    assert written[span.start : span.end] == source


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("---\n本文だけ\n---\n後", "本文だけ\n\n後"),
        ("---\n閉じない: 題\n", "閉じない: 題"),
        ("\n---\ntitle: 題\n---\n", "title: 題"),
        ("---\n- 項\n---\n", "項"),
        ("---\ntitle:\nlist: {a: b}\n---\n本文", "本文"),
        ("---\ntitle: {a: b}\ntags: [[a], b]\n---\n本文", "b\n\n本文"),
    ],
)
def test_what_is_not_front_matter_is_prose(written: str, text: str) -> None:
    assert read(written).text == text


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("posted_at: 2026-08-09T09:00:00+09:00", "2026-08-09T09:00:00+09:00"),
        ("posted_at: 2026-08-09 09:00\ndate: 2020-01-01", "2026-08-09T09:00:00+09:00"),
        ("date: 2026-08-09", "2026-08-09T00:00:00+09:00"),
        ("date: 2026/8/9 7:05", "2026-08-09T07:05:00+09:00"),
        ("date: 2026-08-09 00:00:00 +0000", "2026-08-09T09:00:00+09:00"),
        ("published_at: 2026-08-09 09:00", "2026-08-09T09:00:00+09:00"),
        ('date: "2026-08-09T00:00:00Z"', "2026-08-09T09:00:00+09:00"),
    ],
)
def test_dates_are_read_as_site_generators_write_them(written: str, moment: str) -> None:
    posted_at = read(f"---\n{written}\n---\n").context.posted_at
    assert posted_at is not None
    assert (posted_at.isoformat(), posted_at.tzinfo) == (moment, JST)


@pytest.mark.parametrize(("written", "timed"), [("2026-08-09", False), ("2026-08-09 09:00", True)])
def test_a_date_alone_has_no_time(written: str, timed: bool) -> None:
    assert read(f"---\ndate: {written}\n---\n").context.timed == timed


@pytest.mark.parametrize("written", ["date: 近日", "date: 2026-02-30", "published: true", "date: [2026]"])
def test_a_date_of_another_tool_that_is_none_is_unknown(written: str) -> None:
    assert read(f"---\n{written}\n---\n").context == Context(format="markdown")


def test_the_circumstances_of_a_post_are_its_context() -> None:
    written = "---\npost_type: notice\nchannel: blog\nindustry: retail\naccount: 本店\npaid: true\ncrisis: none\n---\n"
    wanted = {"post_type": "notice", "channel": "blog", "industry": "retail", "account": "本店", "paid": True,
              "crisis": "none", "format": "markdown"}  # fmt: skip
    assert read(written).context == Context.of(wanted)
    toml = "+++\npaid = false\ndate = 2026-08-09T09:00:00+09:00\n+++\n"
    assert read(toml).context == Context.of({"paid": False, "posted_at": "2026-08-09T09:00", "format": "markdown"})


@pytest.mark.parametrize(
    ("written", "code", "line", "message"),
    [
        ("---\ntitle: 題\nchannel: [a\n---\n", "front-matter", 3, "front matter（3 行目）: [ が閉じていない"),
        ("---\ntitle: 題\ntitle: 名\n---\n", "front-matter", 3, "キー「title」が重なっています"),
        ("+++\ntitle = 題\n+++\n", "front-matter", 2, "front matter（2 行目）: TOML として読めません"),
        ("---\nposted_at: 近日\n---\n", "context-value", 2, "posted_at に「近日」は使えません"),
        ("---\ntitle: 題\nchannel: faceboook\n---\n", "context-value", 3, "channel に「faceboook」は使えません"),
        ("---\npaid: 有料\n---\n", "context-value", 2, "paid に「有料」は使えません"),
    ],
)
def test_what_cannot_be_read_is_an_error_with_its_line(written: str, code: str, line: int, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read(written)
    assert (caught.value.code, caught.value.line) == (code, line)
    assert message in caught.value.message
