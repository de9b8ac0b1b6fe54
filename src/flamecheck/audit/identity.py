"""What a run depends on, so that one that goes on can tell whether anything changed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from flamecheck.audit.choice import Choice
from flamecheck.screener import Screener


def asked_of(paths: Iterable[str], screener: Screener, choice: Choice, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return everything that decides what a run writes, by the name a person would know it by.

    A file is known by its name, size and time of change, a folder by all the files in it.
    """
    return {
        "読むもの": [[str(Path(path).absolute()), *sorted(_files(Path(path)))] for path in paths],
        "規則": [screener.ruleset.fingerprint.split("@")[0], sorted(screener.selection.left_out)],
        "方針": repr(screener.policy),
        "辞書": screener.tokenizer.version,
        "期間と抽出": repr(choice),
        "オプション": {key: str(value) for key, value in options.items()},
    }


def size_of(path: Path) -> int:
    """Return the bytes of a file, or of all files below a folder."""
    return sum(size for _, size, _ in _files(path))


def _files(path: Path) -> Iterator[tuple[str, int, int]]:
    if not path.is_dir():
        yield ("", *_seen(path))
        return
    for folder, _, names in os.walk(path):
        for name in names:
            file = Path(folder) / name
            yield (file.relative_to(path).as_posix(), *_seen(file))


def _seen(path: Path) -> tuple[int, int]:
    try:
        seen = path.stat()
    except OSError:
        return 0, 0
    return seen.st_size, seen.st_mtime_ns
