"""Keys that nearly equal texts share: near duplicates meet in a bucket without any two texts being compared.

Shingles of three letters are hashed; the smallest hash of each of twelve bins is kept (one-permutation MinHash), and
every three bins make a band.  Two texts that share 80 % of their shingles meet in at least one of four bands 19 times in 20.
"""

from __future__ import annotations

import zlib
from typing import Final

_BINS: Final = 12
_ROWS: Final = 3
_SHINGLE: Final = 3


def bands(letters: str) -> tuple[str, ...]:
    """Return the keys of a text of letters alone; none for one shorter than a shingle."""
    least = [0xFFFFFFFF] * _BINS
    for shingle in shingles(letters):
        mark = zlib.crc32(shingle.encode("utf-8", "surrogatepass"))
        least[mark % _BINS] = min(least[mark % _BINS], mark)
    if len(letters) < _SHINGLE:
        return ()
    return tuple(f"{at}:{'.'.join(map(str, least[at * _ROWS : (at + 1) * _ROWS]))}" for at in range(_BINS // _ROWS))


def shingles(letters: str, size: int = _SHINGLE) -> frozenset[str]:
    """Return every run of ``size`` letters."""
    return frozenset(letters[at : at + size] for at in range(len(letters) - size + 1))


def alike(first: frozenset[str], second: frozenset[str]) -> float:
    """Return which part of all members both sets share, 0 to 1 (Jaccard); 1 for two empty ones."""
    return len(first & second) / len(first | second) if first or second else 1.0


def held(first: frozenset[str], second: frozenset[str]) -> float:
    """Return which part of the smaller set the other one holds, 0 to 1; 0 when one is empty."""
    return len(first & second) / min(len(first), len(second)) if first and second else 0.0
