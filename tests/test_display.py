"""What a terminal shows: cells, carets."""

from __future__ import annotations

from flamecheck.display import caret, cells
from flamecheck.spans import Span


def test_cells_and_caret_count_wide_characters_twice() -> None:
    assert cells("aあｱ\u3099") == 4
    assert caret("\taあいう", Span(3, 4)) == "\t   ^^"
    assert caret("あ", Span(1, 1)) == "  ^"
