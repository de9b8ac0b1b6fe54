"""How much longer four times the text takes each detector: about 4 when work is linear, 16 when it is quadratic.

    PYTHONPATH=tests python benchmarks/linear.py

Prints the worst hostile piece of each detector.  A clock on a shared machine proves nothing in a test; the test beside
the detectors counts calls instead, and this shows what goes on inside one call of a regular expression.
"""

from __future__ import annotations

import gc
import time

from hostile import HOSTILE

from flamecheck.context import Context
from flamecheck.detectors.registry import DETECTORS, detect

POSTED = Context.of({"posted_at": "2026-11-24"})
SMALL, LARGE = 50_000, 200_000


def main() -> None:
    """Print one detector a line: the ratio and the piece it was worst for."""
    gc.disable()
    for name in DETECTORS:
        worst = max(
            (seconds(name, piece, LARGE) / max(0.001, seconds(name, piece, SMALL)), piece) for piece in HOSTILE.values()
        )
        print(f"{name:<20}{worst[0]:6.1f}  {worst[1]!r}")


def seconds(name: str, piece: str, size: int) -> float:
    """Return the least processor time of three runs over ``piece`` repeated to ``size`` code points."""
    text = (piece * (size // len(piece) + 1))[:size]
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        for _ in detect(name, text, POSTED):
            pass
        best = min(best, time.process_time() - start)
    return best


if __name__ == "__main__":
    main()
