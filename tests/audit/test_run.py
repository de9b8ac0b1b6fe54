"""An audit: every record once, in order, the same bytes for any number of workers and however often it was killed."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from auditing import Made, job, judged
from hypothesis import given, settings
from hypothesis import strategies as st

from flamecheck.audit import run as engine
from flamecheck.audit import work
from flamecheck.audit.run import Progress, run
from flamecheck.audit.screening import Desk
from flamecheck.audit.work import Counts, Work
from flamecheck.document import Document
from flamecheck.errors import InputError
from flamecheck.policy.model import Verdict

BROKEN = InputError("json", "JSON として読めません")
POSTS: list[Any] = [
    "おはようございます"
    if number % 4 == 0
    else BROKEN
    if number % 17 == 5
    else None
    if number % 23 == 7
    else f"{number} 個売れました"
    for number in range(230)
]


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "RECORDS", 9)


def audited(folder: Path, posts: list[Any], **more: Any) -> bytes:
    made = job(folder, [Made(posts)], **more)
    with made.work:
        assert run(made)
    return (folder / "results.jsonl").read_bytes()


def rows(raw: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in raw.splitlines()]


def test_every_record_becomes_one_result_in_order(tmp_path: Path) -> None:
    made = job(tmp_path / "w", [Made(POSTS[:100]), Made(POSTS[100:], "more.csv")])
    run(made)
    results = list(made.work)
    counts = made.work.counts
    kept = [post for post in POSTS if post is not None]
    assert [result.number for result in results] == list(range(1, len(kept) + 1))
    assert [result.failed for result in results] == [post is BROKEN for post in kept]
    assert [result.post.text for result in results] == ["" if post is BROKEN else post for post in kept]
    assert counts.read == counts.screened + counts.duplicates + counts.quarantined == len(kept)
    assert (counts.quarantined, counts.blank) == (kept.count(BROKEN), POSTS.count(None))
    assert counts.duplicates == kept.count("おはようございます") - 1
    assert {result.post.archive for result in results} == {"made.csv", "more.csv"}


def test_the_same_text_is_screened_once_and_says_of_which_result_it_speaks(tmp_path: Path) -> None:
    found = rows(audited(tmp_path / "w", ["炎", "晴れ", "炎", ("炎", {"posted_at": "2020-08-09"})]))
    assert [row["post"].get("same_as") for row in found] == [None, None, 1, None]
    assert [row["row"]["tier"] for row in found] == ["koho", "genba", "koho", "koho"]
    assert [row["row"]["id"] for row in found] == ["p1", "p2", "p3", "p4"]
    assert [row["row"]["extra"] for row in found] == [{"行": 1}, {"行": 2}, {"行": 3}, {"行": 4}]


def test_any_number_of_workers_writes_the_same_bytes(tmp_path: Path) -> None:
    one, two, three = (audited(tmp_path / str(jobs), POSTS, jobs=jobs) for jobs in (1, 2, 3))
    assert one == two == three


def test_a_post_that_kills_its_worker_is_quarantined_and_no_other(tmp_path: Path) -> None:
    def kills(document: Document) -> Verdict:
        if "爆弾" in document.text:
            os.kill(os.getpid(), signal.SIGKILL)
        return judged(document)

    warned: list[str] = []
    posts = [f"{number} 番" for number in range(40)]
    posts[21] = "爆弾 090-1234-5678"
    found = rows(audited(tmp_path / "w", posts, make=lambda: Desk(kills), jobs=2, warn=warned.append))
    assert [row["number"] for row in found if "error" in row["row"]] == [22]
    assert found[21]["row"]["error"]["code"] == "internal"
    assert found[21]["raw"] == "爆弾 ***-****-****"
    assert len(warned) == 3
    assert all("プロセスが一つ止まりました" in told for told in warned)


def test_a_worker_that_dies_once_costs_nothing(tmp_path: Path) -> None:
    mark = tmp_path / "died"

    def dies(document: Document) -> Verdict:
        if document.text == "21 番" and not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return judged(document)

    posts = [f"{number} 番" for number in range(40)]
    assert audited(tmp_path / "w", posts, make=lambda: Desk(dies)) == audited(tmp_path / "v", posts)


def test_workers_that_all_die_end_the_run_with_a_message(tmp_path: Path) -> None:
    def dies(_: Document) -> Verdict:
        os._exit(3)

    made = job(tmp_path / "w", [Made([f"{number} 番" for number in range(400)])], make=lambda: Desk(dies))
    with pytest.raises(InputError, match="終了コード 3") as caught:
        run(made)
    assert caught.value.code == "workers"


def test_an_inner_failure_is_an_error_row_without_the_text(tmp_path: Path) -> None:
    def explodes(document: Document) -> Verdict:
        raise RuntimeError(document.text)

    (found,) = rows(audited(tmp_path / "w", ["秘密の本文"], make=lambda: Desk(explodes)))
    assert found["row"]["error"] == {
        "code": "internal",
        "message": "内部の誤りで見られませんでした: RuntimeError",
        "line": 1,
    }


class Torn(Made):
    """An archive that breaks off."""

    def rows(self) -> Any:
        yield from super().rows()
        raise InputError("unreadable", "壊れています")


def test_an_archive_that_breaks_off_is_one_record_in_error_and_the_next_is_read(tmp_path: Path) -> None:
    made = job(tmp_path / "w", [Torn(["晴れ"]), Made(["雨"])])
    assert run(made)
    assert [result.row.get("error", {}).get("code") for result in made.work] == [None, "unreadable", None]


def test_a_run_that_is_stopped_goes_on_where_it_was(tmp_path: Path) -> None:
    asked = iter([False] * 12 + [True] * 9)
    made = job(tmp_path / "w", [Made(POSTS)], stopped=lambda: next(asked))
    with made.work:
        assert not run(made)
        left = made.work.counts.read
    assert 0 < left < len(POSTS)
    assert audited(tmp_path / "w", POSTS, resume=True) == audited(tmp_path / "v", POSTS)


def _dying(folder: Path, at: int) -> None:
    """Run the job in this process and kill it at its ``at``-th step on the disk, in the middle of a write."""
    steps = 0

    def step() -> bool:
        nonlocal steps
        steps += 1
        return steps == at

    write, fsync, commit = os.write, os.fsync, Work._commit

    def torn(handle: int, data: Any) -> int:
        if step():
            write(handle, data[: len(data) // 2])
            os.kill(os.getpid(), signal.SIGKILL)
        return write(handle, data)

    def killed(call: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*values: Any) -> Any:
            if step():
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*values)

        return wrapped

    fakes = type("Os", (), {**vars(os), "write": staticmethod(torn), "fsync": staticmethod(killed(fsync))})
    vars(work)["os"] = fakes
    setattr(Work, "_commit", killed(commit))  # noqa: B010 - この子だけのもの
    made = job(folder, [Made(POSTS)], resume=True, every=20)
    with made.work:
        run(made)


@settings(max_examples=12)
@given(st.lists(st.integers(1, 60), min_size=3, max_size=3))
def test_a_run_killed_three_times_equals_one_that_was_not(points: list[int]) -> None:
    with tempfile.TemporaryDirectory() as where:
        folder = Path(where)
        for at in points:
            process = multiprocessing.get_context("fork").Process(target=_dying, args=(folder / "w", at))
            process.start()
            process.join()
            assert process.exitcode in (0, -signal.SIGKILL)
        again = audited(folder / "w", POSTS, resume=True, every=20)
        made = job(folder / "w", [Made(POSTS)], resume=True)
        whole = job(folder / "v", [Made(POSTS)])
        with made.work, whole.work:
            assert run(whole)
            assert again == (folder / "v" / "results.jsonl").read_bytes()
            assert made.work.counts == whole.work.counts
            assert made.work.line(7) == whole.work.line(7)


def test_memory_does_not_grow_with_the_posts(tmp_path: Path) -> None:
    peaks = []
    for name, count in (("small", 1_600), ("large", 8_000)):
        results, told = multiprocessing.Pipe(duplex=False)
        process = multiprocessing.get_context("fork").Process(target=_peak, args=(tmp_path / name, count, told))
        process.start()
        peaks.append(results.recv())
        process.join()
    small, large = peaks
    assert large < small * 1.5


def _peak(folder: Path, count: int, told: Any) -> None:
    import tracemalloc

    class Many(Made):
        def rows(self) -> Any:
            from auditing import row

            return (row(number, f"{number} 番目の投稿です") for number in range(1, count + 1))

    made = job(folder, [Many([])])
    tracemalloc.start()
    run(made)
    told.send(tracemalloc.get_traced_memory()[1])


def test_progress_tells_how_far_what_is_written_had_been_read(tmp_path: Path) -> None:
    told: list[tuple[int, int, int]] = []

    class Told(Progress):
        def at(self, archive: int, read: int, counts: Counts) -> None:
            told.append((archive, read, counts.read + counts.blank))

    posts = ["晴れ"] * 20
    made = job(tmp_path / "w", [Made(posts), Made(posts[:4])], progress=Told())
    with made.work:
        run(made)
    assert told == [(0, 9, 9), (0, 18, 18), (1, 4, 24)]
