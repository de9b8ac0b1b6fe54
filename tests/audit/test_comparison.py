"""The comparison as a run asks for it, from file to file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from flamecheck.audit.comparison import known_of, write_changes
from flamecheck.audit.outputs.jsonl import row_of
from flamecheck.audit.result import Post, Result
from flamecheck.errors import InputError
from flamecheck.screener import Screener

APOLOGY = "誤解を招いたのであれば、お詫びします"


def result(number: int, text: str, screener: Screener) -> Result:
    post = Post("a.csv", number, f"a.csv {number} 行目", text=text, posted_at="2025-04-01")
    return Result(number, post, {**screener.screen(text, context={"posted_at": "2025-04-01"}).to_wire(), "id": number})


def test_a_run_against_its_own_file_has_no_changes_and_one_without_a_rule_says_so(tmp_path: Path) -> None:
    full = Screener.default()
    rule = full.screen(APOLOGY).report.findings[0].rule_id
    fewer = Screener(ignore=[rule])
    texts = [APOLOGY, "晴れです"]
    old = tmp_path / "old.jsonl"
    rows = [row_of(result(number, text, full)) for number, text in enumerate(texts, 1)]
    old.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    target = tmp_path / "changes.jsonl"
    known = known_of(full.pack, full.policy)

    same = [result(number, text, full) for number, text in enumerate(texts, 1)]
    assert write_changes(old, same, str(target), known).text() == "前の結果との比較: 比べた投稿 2 = 同じ 2 + 変わった 0"
    assert target.read_bytes() == b""

    now = [result(number, text, fewer) for number, text in enumerate(texts, 1)]
    summary = write_changes(old, now, str(target), known)
    (change,) = map(json.loads, target.read_text("utf-8").splitlines())
    assert (change["id"], [turn["rule_id"] for turn in change["findings"]]) == (1, [rule])
    assert change["findings"][0]["reason"] == "unknown"
    known = known_of(fewer.pack, fewer.policy, left_out=fewer.selection.left_out)
    write_changes(old, now, str(target), known)
    assert json.loads(target.read_text("utf-8"))["findings"][0]["reason"] == "not-selected"
    assert "（下がった）" in summary.text()


def test_the_pack_tells_which_rules_were_retired() -> None:
    screener = Screener.default()
    known = known_of(screener.pack, screener.policy)
    assert set(known.retired) == set(screener.pack.retired)
    assert set(known.tiers) == {tier.id for tier in screener.policy.tiers}


def test_a_target_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    screener = Screener.default()
    old = tmp_path / "old.jsonl"
    old.write_bytes(b"")
    with pytest.raises(InputError, match="書けません"):
        write_changes(old, [], str(tmp_path / "no" / "x.jsonl"), known_of(screener.pack, screener.policy))
