"""Labelled posts are read whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from flamecheck.corpus.read import batches, read
from flamecheck.errors import InputError
from flamecheck.grading import Severity
from flamecheck.spans import Span


def write(folder: Path, name: str, *rows: object) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(row if isinstance(row, str) else json.dumps(row) + "\n" for row in rows), "utf-8")


def test_a_case_takes_what_the_row_says(tmp_path: Path) -> None:
    row = {
        "id": "a",
        "text": "本文",
        "expect": ["non-apology"],
        "want": "high",
        "level": "world",
        "context": {"channel": "x"},
    }
    write(tmp_path, "posts/non-apology/one.jsonl", row)
    (case,) = read(tmp_path)
    assert (case.id, case.batch) == ("posts/non-apology/one#a", "posts/non-apology/one")
    assert (case.want, case.level, case.risky, case.document.context.channel) == (Severity.HIGH, "world", True, "x")


def test_an_everyday_post_may_have_a_low_finding(tmp_path: Path) -> None:
    write(tmp_path, "everyday/shop.jsonl", {"text": "晴れです"})
    write(tmp_path, "posts/non-apology/one.jsonl", {"text": "晴れです"})
    assert [case.silent_below for case in read(tmp_path)] == [Severity.MEDIUM, Severity.LOW]


def test_an_everyday_article_is_read_as_what_a_reader_sees(tmp_path: Path) -> None:
    (tmp_path / "everyday" / "shop").mkdir(parents=True)
    (tmp_path / "everyday" / "shop" / "a.md").write_text("# 見出し\n\n`code` と**本**文\n", "utf-8")
    (tmp_path / "README.md").write_text("# 読まない\n", "utf-8")
    (case,) = read(tmp_path)
    assert (case.id, case.batch, case.silent_below) == ("everyday/shop/a.md", "everyday/shop", Severity.MEDIUM)
    assert "見出し\n\n" in case.text
    assert "本文" in case.text


def test_drawn_spans_and_the_pair_come_with_the_case(tmp_path: Path) -> None:
    write(
        tmp_path, "functional/a.jsonl", {"text": "もう⟦二度と来るな⟧。", "expect": ["customer-blaming"], "pair": "p1"}
    )
    (case,) = read(tmp_path)
    assert (case.text, case.spans, case.pair) == ("もう二度と来るな。", (Span(2, 8),), "p1")


def test_a_sealed_batch_is_read_only_when_it_is_asked_for(tmp_path: Path) -> None:
    write(tmp_path, "a.jsonl", {"text": "一"})
    write(tmp_path, "sealed/posts/non-apology/c.jsonl", {"text": "二"})
    assert [case.batch for case in read(tmp_path)] == ["a"]
    assert [case.batch for case in read(tmp_path / "sealed")] == ["posts/non-apology/c"]


def test_batches_come_in_the_order_of_their_files(tmp_path: Path) -> None:
    write(tmp_path, "b.jsonl", {"text": "一"}, "\n", {"text": "二"})
    write(tmp_path, "a.jsonl", {"text": "三"})
    assert [(name, len(cases)) for name, cases in batches(read(tmp_path))] == [("a", 1), ("b", 2)]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("{", "Expecting"),
        ({"text": 1}, "text のある組"),
        ([], "text のある組"),
        ({"text": "a", "expekt": []}, "もしかして: expect"),
        ({"text": "a", "expect": "non-apology"}, "expect には"),
        ({"text": "a", "want": "hihg"}, "もしかして: high"),
        ({"text": "a", "level": "easy"}, "level に「easy」"),
        ({"text": "⟦a", "expect": ["non-apology"]}, "⟦ と ⟧"),
        ({"text": "⟦a⟧"}, "expect のない投稿に ⟦ ⟧"),
        ({"text": "a", "context": {"chanel": "x"}}, "もしかして: channel"),
    ],
)
def test_a_broken_row_is_told_with_its_place(tmp_path: Path, row: object, said: str) -> None:
    write(tmp_path, "a.jsonl", {"text": "一"}, row)
    with pytest.raises(InputError) as caught:
        read(tmp_path)
    assert said in str(caught.value)
    assert f"{tmp_path / 'a.jsonl'}:2:" in str(caught.value)


def test_all_problems_come_at_once_and_an_id_is_unique(tmp_path: Path) -> None:
    write(tmp_path, "a.jsonl", {"id": "x", "text": "一"}, {"id": "x", "text": "二"}, {"text": 3})
    with pytest.raises(InputError) as caught:
        read(tmp_path)
    assert len(str(caught.value).splitlines()) == 2


def test_a_folder_without_posts_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="ラベル付きの投稿"):
        read(tmp_path)
