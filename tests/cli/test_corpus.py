"""``flamecheck corpus``: a table, what moved, what is accepted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from flamecheck.cli.main import main

ROWS = [
    {"id": "a", "text": "誤解を招いたのであれば、お詫びします", "expect": ["non-apology"], "want": "high"},
    {"id": "b", "text": "今日は晴れです", "expect": ["non-apology"]},
    {"id": "c", "text": "明日は雨です", "hard": True},
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "posts" / "non-apology" / "one.jsonl"
    path.parent.mkdir(parents=True)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS), "utf-8")
    return tmp_path


def test_the_table_has_the_rates(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["corpus", "run", str(folder)]) == 0
    assert "| non-apology | 1/2 = 50.0 % (9–91) |" in capsys.readouterr().out


def test_a_difference_is_news_until_it_is_accepted(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["corpus", "diff", str(folder)]) == 1
    assert "ラベルどおり → 見逃し: non-apology" in capsys.readouterr().out
    assert main(["corpus", "accept", str(folder)]) == 0
    assert main(["corpus", "diff", str(folder)]) == 0


def test_a_finding_beside_the_drawn_words_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "functional").mkdir()
    text = "不快に思われた方がいらっしゃいましたらおわびします。⟦本日は晴れです⟧。"
    row = {"id": "a", "text": text, "expect": ["non-apology"]}
    (tmp_path / "functional" / "direct.jsonl").write_text(json.dumps(row), "utf-8")
    assert main(["corpus", "diff", str(tmp_path)]) == 1
    assert "別の所を指摘: ⟦不快に" in capsys.readouterr().out


def test_failures_of_one_category(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["corpus", "run", str(folder), "--failures", "non-apology"]) == 0
    assert "今日は晴れです" in capsys.readouterr().out
    main(["corpus", "run", str(folder), "--failures", "threat"])
    assert capsys.readouterr().out.strip() == ""


def test_first_figures_are_recorded_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["corpus", "record", str(folder)])
    assert "記録しました: posts/non-apology/one" in capsys.readouterr().out
    main(["corpus", "record", str(folder)])
    assert capsys.readouterr().out == ""


def test_a_broken_corpus_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["corpus", "run", str(tmp_path)]) == 2
    assert "ラベル付きの投稿" in capsys.readouterr().err
