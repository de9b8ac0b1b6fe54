"""What was accepted, and first figures that are never rewritten."""

from __future__ import annotations

from pathlib import Path

from flamecheck.corpus import golden
from flamecheck.corpus.model import Case, Outcome, Seen
from flamecheck.document import plain
from flamecheck.grading import Severity
from flamecheck.spans import Span

CASE = Case("posts/x/one#1", "posts/x/one", plain("本文"), ("non-apology",))
FOUND = Outcome(CASE, (Seen("tone/a", "non-apology", Severity.HIGH, Span(0, 2)),))
MISSED = Outcome(CASE, ())


def test_what_is_accepted_is_what_differs(tmp_path: Path) -> None:
    golden.accept(tmp_path, [MISSED])
    assert golden.accepted(tmp_path) == {"posts/x/one#1": {"missed": ["non-apology"]}}
    golden.accept(tmp_path, [FOUND])
    assert golden.accepted(tmp_path) == {}


def test_the_first_figures_stay(tmp_path: Path) -> None:
    assert golden.record(tmp_path, [MISSED], "rules@1") == ["posts/x/one"]
    assert golden.record(tmp_path, [FOUND], "rules@2") == []
    assert golden.first_runs(tmp_path)["posts/x/one"]["caught"] == 0
    assert golden.first_runs(tmp_path)["posts/x/one"]["ruleset"] == "rules@1"


def test_a_batch_that_was_open_from_the_start_gets_no_figures(tmp_path: Path) -> None:
    (tmp_path / "first-runs.json").write_text('{"posts/x/one": null}', "utf-8")
    assert golden.record(tmp_path, [FOUND], "rules@1") == []
    assert golden.first_runs(tmp_path) == {}
