"""The newest few values are kept, and each is made once."""

from __future__ import annotations

import pytest

from flamecheck.kept import Kept


def test_a_value_is_made_once_and_the_oldest_goes_first() -> None:
    made: list[str] = []
    kept: Kept[str, str] = Kept(2)
    for key in "aabbcba":
        assert kept.get(key, lambda key=key: made.append(key) or key.upper()) == key.upper()  # type: ignore[misc, func-returns-value]
    assert made == ["a", "b", "c", "a"]


def test_what_fails_is_not_kept() -> None:
    kept: Kept[str, int] = Kept(2)
    with pytest.raises(ValueError, match="no"):
        kept.get("a", lambda: int("no"))
    assert kept.get("a", lambda: 1) == 1
