"""The corpus: what is found and what is missed, post by post, compared with what was accepted.

``corpora/accepted.json`` holds the outcome of every post that differs from its label.  A new difference fails, and so
does one that has gone: an accepted miss that is found now must be taken off the list.
"""

from __future__ import annotations

import json
from pathlib import Path

from flamecheck.grading import Severity
from flamecheck.screener import Screener

CORPORA = Path(__file__).parents[1] / "corpora"


def differences() -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = {}
    for path in sorted(CORPORA.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            report = Screener.default().screen(row["text"], context=row.get("context")).report
            seen = {finding.category for finding in report.findings if finding.severity > Severity.INFO}
            wanted = set(row["expect"])
            missed = sorted(wanted) if wanted and not seen & wanted else []
            false = sorted(seen) if not wanted else []
            if missed or false:
                found[f"{path.stem}/{row['id']}"] = {"missed": missed, "false": false}
    return found


def test_no_verdict_has_moved() -> None:
    accepted = json.loads((CORPORA / "accepted.json").read_text("utf-8"))
    assert differences() == accepted


def test_posts_are_distinct() -> None:
    texts = [
        json.loads(line)["text"] for path in CORPORA.glob("*.jsonl") for line in path.read_text("utf-8").splitlines()
    ]
    grams = [{text[at : at + 5] for at in range(len(text) - 4)} for text in texts]
    for number, one in enumerate(grams):
        for other in grams[number + 1 :]:
            assert len(one & other) <= max(4, min(len(one), len(other)) // 2)
