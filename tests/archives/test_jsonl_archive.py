"""JSON Lines: the contract, kept exactly, and other shapes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flamecheck.archives import jsonl
from flamecheck.archives.jsonl import open_jsonl
from flamecheck.archives.row import Asked, Row
from flamecheck.errors import InputError
from flamecheck.inputs.jsonl import RowError, parse_row


def rows(path: Path, raw: bytes, asked: Asked = Asked()) -> list[Row]:  # noqa: B008 - 値は変わらない
    path.write_bytes(raw)
    return list(open_jsonl(path, asked).rows())


@given(
    st.lists(
        st.binary(max_size=30) | st.sampled_from([b'{"text": "a", "id": 1}', b'{"text": 3}', b"", b'{"b": "c"}']),
        max_size=5,
    )
)
def test_the_contract_is_kept_line_by_line(lines: list[bytes]) -> None:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as at:
        raw = b"\n".join([b'{"text": "first"}', *(line.replace(b"\n", b"") for line in lines)])
        found = rows(Path(at) / "a.jsonl", raw)
    assert [row.number for row in found] == list(range(1, len(found) + 1))
    for row, line in zip(found, raw.split(b"\n"), strict=False):
        if not line.strip(b" \t\r\n\xef\xbb\xbf"):
            assert (row.document, row.error) == (None, None)
            continue
        try:
            document, extra = parse_row(line, row.number)
        except RowError as error:
            assert isinstance(row.error, RowError)
            told, wanted = ((e.code, e.message, e.id, e.line) for e in (row.error, error))
            assert told == wanted
        else:
            assert row.document
            assert (row.document.id, row.document.origin, row.document.context) == (
                document.id,
                document.origin,
                document.context,
            )
            assert row.extra == extra


def test_rows_of_the_contract_with_bytes_and_places(tmp_path: Path) -> None:
    raw = b'\xef\xbb\xbf{"text": "a", "context": {"reply_to": "9"}, "url": "https://x.com/a"}\r\n\n{"id": "q"}'
    post, blank, bad = rows(tmp_path / "a.jsonl", raw)
    assert post.document
    assert (post.origin.url, post.origin.kind, post.read) == ("https://x.com/a", "reply", raw.index(b"\n") + 1)
    assert (blank.document, blank.error) == (None, None)
    assert isinstance(bad.error, RowError)
    assert (bad.error.id, bad.raw, bad.read) == ("q", '{"id": "q"}', len(raw))
    assert bad.place.endswith("a.jsonl 3 行目")


def test_other_shapes_by_their_keys(tmp_path: Path) -> None:
    raw = '{"full_text": "新作", "created_at": 1710000000, "user": {"screen_name": "rei"}, "n": 1}\n{"full_text": 3}\n{"n": 2}\n[]'
    good, wrong, none, no_object = rows(tmp_path / "a.jsonl", raw.encode())
    assert good.document
    assert good.document.context.posted_at
    assert (good.document.text, good.extra) == ("新作", {"user.screen_name": "rei", "n": 1})
    assert [row.error.code for row in (wrong, none, no_object) if row.error] == [
        "text-type",
        "text-missing",
        "row-type",
    ]
    assert wrong.raw == '{"full_text":3}'


def test_keys_that_the_user_names(tmp_path: Path) -> None:
    raw = '{"text": "見出し", "a": {"b": "本当の本文"}, "when": "2024-03-05"}'.encode()
    asked = Asked(columns={"text": "a.b", "posted_at": "when"})
    (row,) = rows(tmp_path / "a.jsonl", raw, asked)
    assert row.document
    assert row.document.text == "本当の本文"
    assert not row.document.context.timed
    with pytest.raises(InputError) as caught:
        rows(tmp_path / "a.jsonl", raw, Asked(columns={"text": "ない"}))
    assert caught.value.code == "columns"


def test_circumstances_beside_the_contract_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "a", "created_at": "2024-03-05"}')
    (told,) = open_jsonl(tmp_path / "a.jsonl").told
    assert "--column posted_at=created_at" in told
    (tmp_path / "b.jsonl").write_bytes(b'{"text": "a", "created_at": "2024-03-05", "context": {}}')
    assert open_jsonl(tmp_path / "b.jsonl").told == ()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-8-sig"])
def test_encodings_with_a_mark(tmp_path: Path, encoding: str) -> None:
    raw = "\n".join(json.dumps({"text": text}, ensure_ascii=False) for text in ("表示", "能力")).encode(encoding)
    assert [row.document.text for row in rows(tmp_path / "a.jsonl", raw) if row.document] == ["表示", "能力"]


def test_cp932_when_asked_for_and_a_hint_when_not(tmp_path: Path) -> None:
    raw = '{"text": "表示能力"}'.encode("cp932")
    (row,) = rows(tmp_path / "a.jsonl", raw, Asked(encoding="cp932"))
    assert row.document
    assert row.document.text == "表示能力"
    (bad,) = rows(tmp_path / "a.jsonl", raw)
    assert bad.error
    assert "--encoding cp932" in bad.error.message


def test_a_line_that_is_too_long_is_one_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "LONGEST", 100)
    raw = b'{"text": "' + b"a" * 950 + b'"}\n{"text": "b"}\n' + b"c" * 99 + b"\n"
    large, good, bad = rows(tmp_path / "a.jsonl", raw)
    assert large.error
    assert large.error.code == "too-large"
    assert good.document
    assert (good.document.text, good.number, good.read) == ("b", 2, raw.index(b'"b"}\n') + 5)
    assert bad.error
    assert bad.error.code == "json"


def test_an_empty_file_has_no_rows(tmp_path: Path) -> None:
    assert rows(tmp_path / "a.jsonl", b"") == []
