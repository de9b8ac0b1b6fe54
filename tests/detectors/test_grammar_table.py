"""The table of detectors in docs/grammar.md is what they do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from detecting import drawn

from flamecheck.detectors.registry import DETECTORS

PAGE = Path(__file__).parents[2] / "docs" / "grammar.md"
ROW = re.compile(r"^\| `([a-z-]+)` \| (.+) \| (.+) \|$", re.MULTILINE)
TABLE = PAGE.read_text("utf-8").partition("### Detectors")[2].partition("\n## ")[0]
ROWS = {name: (holds, not_) for name, holds, not_ in ROW.findall(TABLE)}


def samples(cell: str) -> list[str]:
    """Return the texts of a cell without remarks in brackets, ⟦ ⟧ for what is bold."""
    bare = re.sub(r" \([a-z][^)]*\)", "", cell).replace("`", "")
    return [re.sub(r"\*\*(.+?)\*\*", r"⟦\1⟧", text) for text in re.split(r", (?!000)", bare)]


def test_every_detector_has_a_row() -> None:
    assert list(ROWS) == sorted(DETECTORS)


@pytest.mark.parametrize("name", DETECTORS)
def test_the_examples_hold(name: str) -> None:
    holds, not_ = ROWS[name]
    texts = samples(holds)
    assert all("⟦" in text for text in texts)
    for text in [*texts, *samples(not_)]:
        assert drawn(name, text, "2026-11-24") == text
