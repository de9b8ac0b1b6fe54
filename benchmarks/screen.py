"""How much screening costs, as a ratio to bare Sudachi on the same posts in the same run.

    python benchmarks/screen.py POSTS.jsonl [ROUNDS]

Rounds are interleaved and medians of CPU time compared, because machines are shared; absolute times mean little.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from flamecheck.document import plain
from flamecheck.engine import find
from flamecheck.normalize import fold
from flamecheck.screener import Screener


def main() -> None:
    """Print one ratio a line."""
    texts = [json.loads(line)["text"] for line in Path(sys.argv[1]).read_text("utf-8").splitlines()]
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    screener = Screener.default()
    native = screener.tokenizer._native("C")  # type: ignore[attr-defined]
    prefilter = screener.ruleset.prefilter
    folded = [fold(text).text[:10_000] for text in texts]
    documents = [plain(text) for text in texts]
    stages: dict[str, Callable[[], object]] = {
        "bare Sudachi": lambda: [len(native.tokenize(text)) for text in folded],
        "fold": lambda: [fold(text) for text in texts],
        "fold and scan": lambda: [prefilter.present(fold(text).text) for text in texts],
        "fold and prefilter": lambda: [prefilter.candidates(prefilter.true(fold(text).text)) for text in texts],
        "screen": lambda: [find(document, screener.ruleset, screener.tokenizer) for document in documents],
        "screen without the prefilter": lambda: [
            find(document, screener.ruleset, screener.tokenizer, prefilter=False) for document in documents
        ],
    }
    spent: dict[str, list[float]] = {name: [] for name in stages}
    for _ in range(rounds):
        for name, stage in stages.items():
            start = time.process_time()
            stage()
            spent[name].append(time.process_time() - start)
    base = statistics.median(spent["bare Sudachi"])
    print(f"{len(texts)} posts, {sum(map(len, texts)) / len(texts):.0f} characters each, {rounds} rounds")
    for name, times in spent.items():
        print(f"{name}: {statistics.median(times) / base:.2f}")


if __name__ == "__main__":
    main()
