"""One line of the batch contract: a post, or an error that carries the id when it can be read."""

from __future__ import annotations

import contextlib
import json
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flamecheck.context import JST
from flamecheck.inputs.jsonl import RowError, parse_row


def failed(raw: bytes, *, encoding: str = "utf-8") -> RowError:
    with pytest.raises(RowError) as caught:
        parse_row(raw, 7, encoding=encoding)
    assert caught.value.line == 7
    return caught.value


def test_the_row_of_the_contract() -> None:
    context = {
        "posted_at": "2026-08-09T09:00:00+09:00", "post_type": "campaign", "channel": "x", "industry": "retail",
        "account": "main", "paid": False, "crisis": "none", "format": "text",
    }  # fmt: skip
    row = {"id": "a1", "text": "晴れ", "context": context, "anything": "else", "n": [1, {"x": None}]}
    document, extra = parse_row(json.dumps(row).encode(), 1)
    assert (document.id, document.text, extra) == ("a1", "晴れ", {"anything": "else", "n": [1, {"x": None}]})
    assert document.context.posted_at == datetime(2026, 8, 9, 9, tzinfo=JST)
    assert (document.context.paid, document.context.industry, document.context.region) == (False, "retail", None)


@pytest.mark.parametrize("raw", [b'{"text": ""}', b'{"text": "", "id": null}', b'{"text": "", "context": null}'])
def test_a_missing_id_is_the_line_number(raw: bytes) -> None:
    document, extra = parse_row(raw, 7)
    assert (document.id, document.text, extra) == (7, "", {})


def test_a_byte_order_mark_before_the_first_row() -> None:
    assert parse_row(b'\xef\xbb\xbf{"text": "a"}', 1)[0].text == "a"


@pytest.mark.parametrize(
    ("raw", "code", "row_id"),
    [
        (b"{", "json", 7),
        (b"", "json", 7),
        (b'{"text": "a"} {"text": "b"}', "json", 7),
        (b'{"id": "x", "text": Infinity}', "json", 7),
        (b'{"id": "x", "text": "a", "n": 1e999}', "json", 7),
        (b'{"id": "x", "text": "a", "n": ' + b"9" * 10_000 + b"}", "json", 7),
        (b'{"id": "x", "id": "y", "text": "a"}', "json", 7),
        (b'{"text": "a", "context": {"crisis": "none", "crisis": "watch"}}', "json", 7),
        (b'{"text": ' + b"[" * 100_000, "json", 7),
        (b'"a"', "row-type", 7),
        (b"null", "row-type", 7),
        (b'{"id": true, "text": "a"}', "id-type", 7),
        (b'{"id": 1.5, "text": "a"}', "id-type", 7),
        (b'{"id": "x"}', "text-missing", "x"),
        (b'{"id": "x", "text": null}', "text-type", "x"),
        (b'{"id": 3, "text": ["a"]}', "text-type", 3),
        (b'{"id": "x", "text": "a", "context": []}', "context-type", "x"),
        (b'{"id": "x", "text": "a", "context": {"chanel": "x"}}', "context-key", "x"),
        (b'{"id": "x", "text": "a", "context": {"channel": "X"}}', "context-value", "x"),
        (b'{"id": "x", "text": "a", "context": {"crisis": ["none"]}}', "context-value", "x"),
        (b'{"id": "x", "text": "a", "context": {"posted_at": "8/9"}}', "context-value", "x"),
        (b'{"id": "x", "text": "a", "context": {"paid": 1}}', "context-value", "x"),
    ],
)
def test_a_bad_row_says_what_and_whose(raw: bytes, code: str, row_id: str | int) -> None:
    error = failed(raw)
    assert (error.code, error.id) == (code, row_id)


def test_a_near_miss_is_suggested() -> None:
    assert "channel" in failed(b'{"text": "a", "context": {"chanel": "x"}}').message
    assert "campaign" in failed(b'{"text": "a", "context": {"post_type": "campain"}}').message


def test_a_row_in_another_encoding() -> None:
    raw = '{"id": "x", "text": "お詫び"}'.encode("cp932")
    error = failed(raw)
    assert error.code == "encoding"
    assert "CP932" in error.message
    assert "--encoding cp932" in error.message
    assert parse_row(raw, 7, encoding="cp932")[0].text == "お詫び"
    assert "cp932" not in failed(b'{"text": "\xff\xff"}').message
    assert failed(b"\xff\xff\xff", encoding="euc_jp").code == "encoding"


def test_surrogates_and_control_characters_are_text() -> None:
    assert parse_row(rb'{"text": "\ud800\u0000\u001b"}', 1)[0].text == "\ud800\0\x1b"


@given(st.binary(max_size=60) | st.text(max_size=40).map(str.encode))
def test_any_line_is_a_post_or_a_row_error(raw: bytes) -> None:
    with contextlib.suppress(RowError):
        assert isinstance(parse_row(raw, 7)[0].text, str)
