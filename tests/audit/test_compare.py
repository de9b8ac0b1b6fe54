"""What a comparison of two runs tells, and its laws."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flamecheck.audit.change import Change, Known
from flamecheck.audit.changesummary import Summary
from flamecheck.audit.compare import compare, post_rows, read_rows, rules_of
from flamecheck.audit.result import Post, Result
from flamecheck.errors import NOWHERE, InputError
from flamecheck.grading import Confidence, Severity
from flamecheck.rules.condition import AnyOf
from flamecheck.rules.rule import Rule


def finding(rule: str = "tone/a", start: int = 0, end: int = 2, matched: str = "馬鹿", **more: Any) -> dict[str, Any]:
    return {"rule_id": rule, "start": start, "end": end, "matched": matched, "severity": "low", "confidence": "high", "adjustments": [], **more}  # fmt: skip


def row(id: str | int = "1", *findings: dict[str, Any], tier: str = "a", pack: str = "p1", **more: Any) -> dict[str, Any]:  # fmt: skip
    screened = {"pack": pack, "dictionary": "d1", "unchecked": ["images"], "packs": [{"id": "shipped", "version": pack, "fingerprint": pack}]}  # fmt: skip
    severity = findings[0]["severity"] if findings else None
    return {"v": 1, "id": id, "tier": tier, "severity": severity, "because": [], "findings": list(findings), "dismissed": [], "suppressed": [], "screened": screened, "extra": {}, **more}  # fmt: skip


def only(old: dict[str, Any], new: dict[str, Any], known: Known | None = None) -> Change:
    (change,) = compare([old], [new], known=known)
    return change


def test_a_vanished_finding_names_the_pack_that_changed() -> None:
    turn = only(row("1", finding()), row("1", pack="p2")).turns[0]
    assert (turn.what, turn.rule, turn.reason) == ("vanished", "tone/a", "pack")
    assert turn.why == "規則集 shipped が p1 から p2 に変わりました"


def test_a_guard_that_cancels_now_is_named_with_its_reason() -> None:
    new = row("1", pack="p2", dismissed=[finding(dismissed_by="negation", why="否定している")])
    turn = only(row("1", finding()), new).turns[0]
    assert (turn.reason, turn.why) == ("dismissed", "取り下げるようになりました（negation: 否定している）")
    back = only(new, row("1", finding())).turns[0]
    assert (back.what, back.reason) == ("appeared", "no-longer-dismissed")


def test_retired_removed_and_expired_rules_are_told_apart() -> None:
    dated = Rule(
        "timing/c",
        "other",
        "試し",
        Severity.LOW,
        Confidence.HIGH,
        "stable",
        "m",
        "a",
        "r",
        AnyOf(()),
        NOWHERE,
        valid_to=date(2025, 3, 31),
    )
    known = Known({dated.id: dated}, {"old/one": "言い回しが古い"}, as_of=date(2025, 4, 1))
    old = row("1", finding("old/one", 0, 1), finding("old/two", 2, 3), finding(dated.id, 4, 5))
    assert [turn.reason for turn in only(old, row("1"), known).turns] == ["rule-retired", "rule-gone", "not-valid"]


def test_a_rule_that_never_spoke_before_is_taken_for_a_new_one() -> None:
    known = Known(spoke=rules_of([row("1", dismissed=[finding("tone/b")])]))
    turns = only(row(), row("1", finding("tone/b"), finding("tone/c", 3, 4), pack="p2"), known).turns
    assert [turn.reason for turn in turns] == ["pack", "rule-new"]


def test_a_changed_text_is_told_from_the_post_and_from_the_words() -> None:
    results = [Result(1, Post("x.csv", 1, "x.csv 2 行目", text="賢い人"), row())]
    assert only(row("1", finding()), next(iter(post_rows(results)))).turns[0].reason == "text"


def test_dictionary_context_policy_and_the_unknown() -> None:
    other = {**row()["screened"], "dictionary": "d2"}
    assert only(row("1", finding()), row(screened=other)).turns[0].reason == "dictionary"
    undated = {**row()["screened"], "unchecked": ["date", "images"]}
    assert only(row("1", finding()), row(screened=undated)).turns[0].reason == "context"
    moved = only(row(), row(tier="b", because=[{"clause": "lift", "findings": []}]))
    assert (moved.reason, moved.turns) == ("policy", ())
    assert "lift" in moved.why
    assert only(row("1", finding()), row()).turns[0].reason == "unknown"


def test_a_finding_at_the_same_place_with_another_grade_has_changed() -> None:
    shift = [{"by": "mention", "effect": "raise 1", "why": "引用ではない"}]
    turn = only(row("1", finding()), row("1", finding(severity="high", adjustments=shift))).turns[0]
    assert (turn.what, turn.old, turn.new, turn.reason) == ("changed", "low/high", "high/high", "adjusted")
    assert "mention の raise 1（引用ではない）が加わりました" in turn.why


def test_rows_of_either_side_alone_and_rows_in_error() -> None:
    error = {"v": 1, "id": 3, "error": {"code": "json", "message": "x", "line": 3}}
    changes = list(compare([row(1), row(2), error], [row(4), row(3), {**error, "id": 2}]))
    assert [(c.id, c.what) for c in changes] == [(4, "only-new"), (3, "readable"), (2, "unreadable"), (1, "only-old")]


def test_rows_of_one_id_are_joined_in_their_order() -> None:
    old = [row("x"), row("1", finding()), row("1")]
    new = [row("1", finding()), row("1"), row("1", finding()), row("x")]
    assert [(c.id, c.what) for c in compare(old, new)] == [("1", "only-new")]


def test_old_rows_may_lack_keys_and_lines_may_be_none(tmp_path: Path) -> None:
    path = tmp_path / "old.jsonl"
    bare = {"id": "1", "tier": "a", "findings": [{"rule_id": 7}, "?"]}
    path.write_bytes(
        b"\xef\xbb\xbf" + json.dumps(bare).encode() + b"\r\n\n{broken\n[1]\n" + b"[" * 200_000 + b'\n{"id":true}\n'
    )
    summary = Summary()
    changes = list(compare(read_rows(path), [row("1")], summary=summary))
    assert [turn.reason for turn in changes[0].turns] == ["unrecorded"]
    told = summary.text()
    assert "前の結果のうち 4 行は判定の行として読めず" in told
    assert "前の結果の 1 行に screened がありません" in told
    assert "形式の版 1 ではありません" in told


def test_a_file_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="読めません"):
        next(read_rows(tmp_path / "no.jsonl"))


def test_the_summary_counts_by_rule_and_reason_and_adds_up() -> None:
    summary = Summary()
    known = Known(tiers={"a": 0, "b": 1})
    list(compare([row(1), row(2, finding()), row(3)], [row(1, finding(), tier="b", pack="p2"), row(2), row(3)], known=known, summary=summary))  # fmt: skip
    assert summary.text({"a": "担当", "b": "広報"}) == (
        "前の結果との比較: 比べた投稿 3 = 同じ 1 + 変わった 2\n"
        "  重くなった投稿 1、軽くなった投稿 1\n"
        "段階の動き\n"
        "  担当 → 広報: 1（上がった）\n"
        "指摘の動き（規則とわけ）\n"
        "  増えた 1: tone/a … 規則集が変わった\n"
        "  消えた 1: tone/a … 結果からは分からない"
    )


def test_a_changed_row_leaves_as_plain_values() -> None:
    wire = only(row("1", finding()), row("1", tier="b", pack="p2")).to_wire()
    assert json.loads(json.dumps(wire)) == wire
    assert (wire["tier"], wire["severity"]) == (["a", "b"], ["low", None])
    assert wire["findings"][0]["grade"] == ["low/high", None]


FINDINGS = st.lists(
    st.builds(finding, st.sampled_from(["tone/a", "tone/b"]), st.integers(0, 3), st.integers(4, 6), st.sampled_from("xy"), severity=st.sampled_from(["low", "high"])),
    max_size=4,
)  # fmt: skip
ROWS = st.lists(
    st.builds(lambda name, found, tier, pack: row(name, *found, tier=tier, pack=pack), st.sampled_from(["1", 1, "2", "3"]), FINDINGS, st.sampled_from("ab"), st.sampled_from(["p", "q"])),
    max_size=6,
)  # fmt: skip
SWAPPED = {"appeared": "vanished", "vanished": "appeared", "only-old": "only-new", "only-new": "only-old"}


@given(ROWS)
def test_a_run_compared_with_itself_has_no_changes(rows: list[dict[str, Any]]) -> None:
    assert list(compare(rows, rows)) == []


@given(ROWS, st.randoms())
def test_the_order_of_different_posts_does_not_count(rows: list[dict[str, Any]], random: Any) -> None:
    unique = list({row["id"]: row for row in rows}.values())
    shuffled = random.sample(unique, len(unique))
    assert list(compare(unique, shuffled)) == []


@given(ROWS, ROWS)
def test_the_other_way_round_everything_turns_round(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> None:
    there, back = list(compare(old, new)), list(compare(new, old))
    assert Counter((repr(c.id), c.what, c.tiers) for c in there) == Counter(
        (repr(c.id), SWAPPED.get(c.what, c.what), c.tiers[::-1]) for c in back
    )
    turns = Counter((t.what, t.rule, t.old, t.new) for c in there for t in c.turns if t.what != "changed")
    assert turns == Counter(
        (SWAPPED[t.what], t.rule, t.new, t.old) for c in back for t in c.turns if t.what != "changed"
    )


@given(ROWS, ROWS)
def test_the_counts_add_up(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> None:
    summary = Summary()
    changes = list(compare(old, new, summary=summary))
    assert summary.compared == summary.same + summary.whats["verdict"]
    assert summary.compared + summary.whats["only-old"] == len(old)
    assert summary.compared + summary.whats["only-new"] == len(new)
    assert sum(summary.turns.values()) == sum(len(change.turns) for change in changes)
