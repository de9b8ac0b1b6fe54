"""The rows of the batch contract with their posts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from auditresults import Kept, facts_of, finding, unread, verdict
from jsonschema import Draft202012Validator

from flamecheck.audit.outputs.jsonl import write
from flamecheck.errors import InputError
from flamecheck.wireschema import json_schema

INSULT = "この\ud800バカ"
RESULTS = [
    verdict(1, INSULT, finding(INSULT, "バカ"), posted_at="2019-08-09", reach=7, url="https://example.com/1"),
    unread(2, "「090-1234-5678」は時刻ではありません"),
    verdict(3, "晴れ", extra={"メモ": "090-1234-5678", "\udfff": 1}, same_as=1, kind="reply"),
]


def test_rows_stand_in_order_errors_in_their_places(tmp_path: Path) -> None:
    target = tmp_path / "out"
    write(Kept(RESULTS), facts_of(RESULTS), str(target))
    raw = target.read_bytes()
    rows = [json.loads(line) for line in raw.split(b"\n")[:-1]]
    for row in rows:
        Draft202012Validator(json_schema()).validate(row)
    assert [row["id"] for row in rows] == ["p1", 2, "p3"]
    assert rows[0]["post"] == {
        "archive": "posts.csv", "number": 1, "place": "posts.csv 2 行目", "posted_at": "2019-08-09", "channel": None,
        "account": None, "reach": 7, "url": "https://example.com/1", "thread": None, "kind": "post", "same_as": None,
    }  # fmt: skip
    assert (rows[1]["error"]["code"], rows[1]["post"]["number"]) == ("json", 2)
    assert (rows[2]["post"]["same_as"], rows[2]["post"]["kind"]) == (1, "reply")
    assert b"1234" not in raw
    assert INSULT.encode("utf-8", "surrogatepass") not in raw
    assert b"\\udfff" in raw


def test_what_cannot_be_written_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="フォルダー") as caught:
        write(Kept(RESULTS), facts_of(RESULTS), str(tmp_path))
    assert caught.value.code == "unwritable"
