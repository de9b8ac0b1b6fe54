"""Versions and ranges: the order of Semantic Versioning, and nothing guessed about what cannot be read."""

from __future__ import annotations

import pytest

from flamecheck.rules.versions import installed, satisfies, version_key

ASCENDING = [
    "0.1.0", "0.1.9", "0.1.10", "0.2.0-alpha", "0.2.0-alpha.1", "0.2.0-alpha.beta", "0.2.0-beta.2", "0.2.0-beta.11",
    "0.2.0-rc.1", "0.2.0", "1.0.0", "10.0.0",
]  # fmt: skip


def test_versions_ascend_as_numbers_and_a_preview_comes_before_its_release() -> None:
    keys = [version_key(text) for text in ASCENDING]
    assert None not in keys
    assert keys == sorted(key for key in keys if key)


@pytest.mark.parametrize("text", ["", "1", "1.2", "v1.2.3", "1.2.3.4", "1.2.x", "1.2.3-", "一.二.三"])
def test_what_is_no_version_has_no_key(text: str) -> None:
    assert version_key(text) is None


@pytest.mark.parametrize(
    ("version", "wanted", "holds"),
    [
        ("0.1.7", ">=0.1,<0.2", True),
        ("0.2.0", ">=0.1,<0.2", False),
        ("0.1.0", ">=0.1", True),
        ("0.1.0", ">0.1", False),
        ("0.1.0", "<=0.1", True),
        ("1.2.0", "==1.2", True),
        ("1.2.1", "==1.2", False),
        ("1.2.1", "!=1.2", True),
        ("1.0.0-rc.1", ">=1", False),
        ("1.0.0", " >= 1.0.0-rc.1 , < 2 ", True),
    ],
)
def test_ranges(version: str, wanted: str, holds: bool) -> None:
    assert satisfies(version, wanted) is holds


@pytest.mark.parametrize("wanted", ["", "新しいもの", "1.2", "~=1.2", ">=1,", ">=1.2.3.4", ">=1;<2"])
def test_a_range_nobody_can_read_is_neither_true_nor_false(wanted: str) -> None:
    assert satisfies("1.0.0", wanted) is None


def test_the_library_has_a_version() -> None:
    assert installed().startswith("0.1.0")
