"""JSON: one object for all posts, or one line for each."""

from __future__ import annotations

import json

from syrupy.assertion import SnapshotAssertion

from flamecheck.errors import InputError
from flamecheck.outputs.json import render, render_line
from flamecheck.report import Report, Screened
from flamecheck.wire import error_row, verdict_row

ROWS = [
    verdict_row(
        id="a.txt", tier="genba", because=[], owners=[], report=Report((), (), Screened("p", "d")), extra={"鍵": "\ud800"}
    ),
    error_row("b.txt", InputError("encoding", "文字コードが分かりません", line=2)),
]  # fmt: skip


def test_one_object(snapshot: SnapshotAssertion) -> None:
    assert render(ROWS) == snapshot
    assert json.loads(render(ROWS)) == {"v": 1, "results": ROWS}
    assert json.loads(render([])) == {"v": 1, "results": []}


def test_one_line_each(snapshot: SnapshotAssertion) -> None:
    lines = [render_line(row) for row in ROWS]
    assert lines == snapshot
    assert all(line.count("\n") == 1 and line.endswith("\n") for line in lines)
