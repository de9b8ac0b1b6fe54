"""Without PySpark, whoever asks for the job is told which extra installs it; the job itself is tried in tests/spark."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from flamecheck.errors import InputError
from flamecheck.spark import Counts, run, screen


def test_the_extra_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    for call in (lambda: run("local[2]", str(tmp_path), str(tmp_path / "out")), lambda: screen(None)):
        with pytest.raises(InputError, match=r"pyspark が入っていません.*'flamecheck\[spark\]'") as caught:
            call()
        assert caught.value.code == "extra"


def test_the_counts_add_up() -> None:
    counts = Counts(read=12, errors=2, flagged=3, tiers={"genba": 9, "koho": 1})
    assert str(counts) == "読んだ行 12 = 見た投稿 10 + 読めなかった行 2（指摘のある投稿 3）"
