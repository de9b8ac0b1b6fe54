"""The batch contract: same order, nothing lost, rows that follow their schema."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from flamecheck.audit.stream import Summary, audit
from flamecheck.screener import Screener
from flamecheck.wireschema import json_schema

VALIDATOR = Draft202012Validator(json_schema())
APOLOGY = "誤解を招いたのであれば、お詫びします"


def run(*lines: bytes | dict[str, object], encoding: str = "utf-8") -> tuple[list[dict[str, object]], Summary]:
    written: list[str] = []
    raw = [line if isinstance(line, bytes) else json.dumps(line, ensure_ascii=False).encode() for line in lines]
    summary = audit(raw, written.append, Screener.default(), encoding=encoding)
    rows = [json.loads(row) for row in written]
    for row in rows:
        VALIDATOR.validate(row)
    return rows, summary


def test_the_published_schema_is_the_one_of_the_code() -> None:
    path = Path(__file__).parents[2] / "docs" / "wire.schema.json"
    assert json.loads(path.read_text("utf-8")) == json_schema()


def test_a_flagged_and_a_clean_row() -> None:
    rows, _ = run({"id": "a", "text": APOLOGY, "campaign": 7}, {"id": "b", "text": "晴れです"})
    flagged, clean = rows
    assert list(flagged) == ["v", "id", "tier", "severity", "score", "scores", "owners", "because", "findings", "dismissed", "suppressed", "screened", "extra"]  # fmt: skip
    assert flagged["extra"] == {"campaign": 7}
    assert (flagged["tier"], flagged["severity"]) == ("koho", "high")
    found = flagged["findings"][0]  # type: ignore[index]
    assert APOLOGY[found["start"] : found["end"]] == found["matched"]
    keys = ("tier", "severity", "score", "scores", "because", "findings", "dismissed", "owners")
    assert [clean[key] for key in keys] == ["genba", None, 0, {}, [], [], [], []]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"not json", "json"),
        (b'{"text": "a", "text": "b"}', "json"),
        (b'{"text": NaN}', "json"),
        (b"[" * 100_000, "json"),
        (b'["a"]', "row-type"),
        (b"{}", "text-missing"),
        (b'{"text": 3}', "text-type"),
        (b'{"text": null}', "text-type"),
        (b'{"text": "a", "id": [1]}', "id-type"),
        (b'{"text": "a", "context": 3}', "context-type"),
        (b'{"text": "a", "context": {"posted_At": "2026-08-09"}}', "context-key"),
        (b'{"text": "a", "context": {"posted_at": "yesterday"}}', "context-value"),
        (b'{"text": "a", "context": {"posted_at": 20260809}}', "context-value"),
        (b'{"text": "a", "context": {"post_type": "poem"}}', "context-value"),
        (b'{"text": "a", "context": {"paid": "yes"}}', "context-value"),
        (b'{"text": "a", "context": {"reach": -1}}', "context-value"),
        ('{"text": "あ"}'.encode("cp932"), "encoding"),
    ],
)
def test_a_bad_row_is_an_error_row_and_the_run_goes_on(line: bytes, code: str) -> None:
    rows, summary = run({"text": "晴れ"}, line, {"text": "雨"})
    assert rows[1]["error"]["code"] == code  # type: ignore[index]
    assert rows[1]["error"]["line"] == 2  # type: ignore[index]
    assert (summary.read, summary.screened, summary.errors) == (3, 2, 1)


def test_a_cp932_row_says_which_option_helps() -> None:
    rows, _ = run('{"text": "あ"}'.encode("cp932"))
    assert "--encoding cp932" in rows[0]["error"]["message"]  # type: ignore[index]
    rows, summary = run('{"text": "あ"}'.encode("cp932"), encoding="cp932")
    assert summary.errors == 0


def test_missing_ids_become_line_numbers_and_duplicates_are_counted() -> None:
    rows, summary = run(b"\xef\xbb\xbf" + b'{"text": "a"}', b"", {"id": "x", "text": "b"}, {"id": "x", "text": "c"})
    assert [row["id"] for row in rows] == [1, "x", "x"]
    assert (summary.duplicate_ids, summary.blank, summary.read) == (1, 1, 3)


def test_a_lone_surrogate_goes_through() -> None:
    rows, summary = run(rb'{"id": "\ud83d", "text": "\ud83d"}')
    assert summary.screened == 1
    assert rows[0]["screened"]["notes"]  # type: ignore[index]


def test_a_time_without_a_zone_is_japan_time() -> None:
    from flamecheck.context import Context

    assert str(Context.of({"posted_at": "2026-08-09T09:00:00"}).posted_at) == "2026-08-09 09:00:00+09:00"
    assert str(Context.of({"posted_at": "2026-08-08T15:00:00Z"}).posted_at) == "2026-08-09 00:00:00+09:00"


def test_an_inner_failure_is_an_error_row_without_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    def explode(*_: object, **__: object) -> None:
        raise RuntimeError("秘密の本文")

    monkeypatch.setattr(Screener, "screen", explode)
    rows, summary = run({"id": "a", "text": "秘密の本文"})
    assert rows[0]["error"]["code"] == "internal"  # type: ignore[index]
    assert "秘密" not in json.dumps(rows, ensure_ascii=False)
    assert summary.errors == 1
