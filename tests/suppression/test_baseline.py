"""What the baseline knows again, what it does not, and what its file may say."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from setting_aside import aside, controls, draft, left
from syrupy.assertion import SnapshotAssertion

from flamecheck.errors import LoadError
from flamecheck.suppression.baseline import Baseline, Entry, read_baseline
from flamecheck.suppression.sentence import Sentences

SALT = "0123456789abcdef" * 2
HEAD = f'{{"flamecheck-baseline":1,"salt":"{SALT}"}}\n'
A, B, C = (Entry(path, "tone/sorry", sign * 32) for path, sign in (("a.md", "a"), ("a.md", "b"), ("b/c.md", "c")))


def taken(marked: str, name: str = "post.md") -> Baseline:
    """Return a baseline of everything found in one draft."""
    baseline = Baseline(Path("flamecheck-baseline.jsonl"), SALT)
    document, report = draft(marked, name)
    sentences = Sentences(document)
    entries = Counter(baseline.entry(f, baseline.path_of(name), sentences) for f in report.findings)
    return replace(baseline, entries=entries)


OLD = "# 題\n\n誠に⟦遺憾⟧です。次の文。\n"


@pytest.mark.parametrize(
    ("new", "kept"),
    [
        (OLD, []),
        ("前に段落が増えた。\n\n" + OLD, []),
        ("# 題\n\n前の文。誠に⟦遺憾⟧です。別の文。\n", []),
        ("# 題\r\n\r\n誠に\r\n⟦遺憾⟧です。\r\n", []),
        ("# 題\n\n誠に ⟦遺憾⟧です。\n", []),
        ("# 題\n\n誠に⟦遺憾⟧です！次の文。\n", ["遺憾"]),
        ("# 題\n\nまことに⟦遺憾⟧です。次の文。\n", ["遺憾"]),
        ("# 題\n\n誠に⟦tone/if-any:遺憾⟧です。次の文。\n", ["遺憾"]),
        ("誠に⟦遺憾⟧です。誠に⟦遺憾⟧です。\n", ["遺憾"]),
        ("😀\t誠に⟦遺憾⟧です。\n", ["遺憾"]),
    ],
)
def test_a_sentence_that_moves_is_known_and_one_that_changes_is_new(new: str, kept: list[str]) -> None:
    report, _ = aside(new, by=controls(baseline=taken(OLD)))
    assert left(report) == kept
    assert {(item.by, item.where) for item in report.suppressed} <= {("baseline", "flamecheck-baseline.jsonl")}


def test_a_sentence_that_stands_twice_counts_twice() -> None:
    twice = "誠に⟦遺憾⟧です。\n\n誠に⟦遺憾⟧です。\n"
    assert left(aside(twice, by=controls(baseline=taken(twice)))[0]) == []
    assert left(aside(twice + "\n誠に⟦遺憾⟧です。\n", by=controls(baseline=taken(twice)))[0]) == ["遺憾"]


def test_another_file_does_not_inherit() -> None:
    report, _ = aside(OLD, name="renamed.md", by=controls(baseline=taken(OLD)))
    assert left(report) == ["遺憾"]


def test_paths_are_seen_from_the_folder_of_the_baseline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "site" / "記事").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "site" / "記事")
    baseline = Baseline(tmp_path / "site" / "b.jsonl", SALT)
    names = ("a.md", "./a.md", "../記事/a.md", str(tmp_path / "site" / "記事" / "a.md"))
    assert {baseline.path_of(name) for name in names} == {"記事/a.md"}
    assert Baseline(Path("../b.jsonl"), SALT).path_of("a.md") == "記事/a.md"
    # 「ガ」を「カ」と濁点に分けて持つ名前も、同じファイル。
    assert baseline.path_of("カ\u3099.md") == "記事/ガ.md"


def test_the_file_holds_no_words_of_the_post_and_one_entry_a_line(snapshot: SnapshotAssertion) -> None:
    text = "誠に⟦遺憾⟧です。\n\n誠に⟦遺憾⟧です。⟦topic/insult:ばか⟧だ。⟦tone/if-any:もし⟧そうなら。\n"
    written = taken(text, "記事/お詫び.md").dump()
    assert written == snapshot
    assert not any(word in written for word in ("誠", "遺憾", "ばか", "もし"))
    assert [json.loads(line) for line in written.splitlines()]


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    baseline = Baseline(tmp_path / "b.jsonl", SALT, {A: 2, B: 1, C: 1_000})
    baseline.file.write_text(baseline.dump(), "utf-8")
    assert read_baseline(baseline.file) == baseline
    baseline.file.write_bytes(b"\xef\xbb\xbf" + baseline.dump().replace("\n", "\r\n").encode())
    assert read_baseline(baseline.file) == baseline


def test_two_branches_merge_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "b.jsonl"
    ours, theirs = Baseline(path, SALT, {A: 1, B: 1}), Baseline(path, SALT, {B: 3, C: 1})
    path.write_text(ours.dump() + "\n" + theirs.dump().split("\n", 1)[1], "utf-8")
    assert read_baseline(path).entries == {A: 1, B: 3, C: 1}


BROKEN = {
    "empty": "",
    "other file": '{"name": "package"}\n',
    "text": "ベースライン\n",
    "newer": '{"flamecheck-baseline":2,"salt":"x","more":1}\n',
    "head": '{"flamecheck-baseline":1}\n',
    "salt": '{"flamecheck-baseline":1,"salt":3}\n',
    "two heads": HEAD + HEAD,
    "conflict": HEAD
    + f"<<<<<<< HEAD\n{Baseline(Path(), SALT, {A: 1}).dump().splitlines()[1]}\n=======\n>>>>>>> other\n",
    "lines": HEAD
    + '{"path":"a.md","rule":"tone/sorry"}\n[]\n{"path":"a.md","rule":"tone/sorry","sentence":"zz"}\n'
    + f'{{"path":"a.md","rule":"tone/sorry","sentence":"{"a" * 32}","count":0}}\n'
    + f'{{"path":"a.md","rule":"tone/sorry","sentence":"{"a" * 32}","count":true}}\n'
    + f'{{"path":1,"rule":"tone/sorry","sentence":"{"a" * 32}"}}\n'
    + "[" * 100_000,
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_baseline_says_which_lines(case: str, tmp_path: Path, snapshot: SnapshotAssertion) -> None:
    path = tmp_path / "b.jsonl"
    path.write_text(BROKEN[case], "utf-8")
    with pytest.raises(LoadError) as caught:
        read_baseline(path)
    assert str(caught.value).replace(str(path), "b.jsonl") == snapshot


@pytest.mark.parametrize("raw", [None, b"\x83\x4a\xff"])
def test_a_missing_or_foreign_file_is_told(raw: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "b.jsonl"
    if raw:
        path.write_bytes(raw)
    with pytest.raises(LoadError, match="FC823"):
        read_baseline(path)


@pytest.mark.parametrize(
    ("prune", "wanted"),
    [
        (False, {A: 2, B: 4, C: 1, Entry("d.md", "tone/sorry", "d" * 32): 1}),
        (True, {B: 4}),
    ],
)
def test_only_pruning_takes_away(prune: bool, wanted: dict[Entry, int]) -> None:
    gone = Entry("d.md", "tone/sorry", "d" * 32)
    baseline = Baseline(Path("b.jsonl"), SALT, {A: 2, B: 1, C: 1, gone: 1})
    seen = {"a.md": Counter({B: 4})}
    assert baseline.updated(seen, prune=prune, exists=lambda path: path == "x") == wanted


def test_pruning_leaves_files_that_nobody_looked_at() -> None:
    baseline = Baseline(Path("b.jsonl"), SALT, {A: 2, C: 1})
    assert baseline.updated({}, prune=True, exists=lambda path: path == "b/c.md") == {C: 1}
    assert baseline.updated({"a.md": Counter({A: 1})}, prune=True, exists=lambda _: True) == {A: 1, C: 1}


@given(st.lists(st.text(alphabet="あ。\n 遺憾😀\r\t！A", max_size=12), max_size=6), st.integers(0, 6))
def test_what_is_in_the_baseline_never_comes_back_when_paragraphs_move(parts: list[str], at: int) -> None:
    marked = [f"{part}\n\n⟦遺憾⟧です。\n\n" for part in parts]
    moved = marked[at:] + marked[:at]
    report, _ = aside("".join(moved), by=controls(baseline=taken("".join(marked))))
    assert left(report) == []
