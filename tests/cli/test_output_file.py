"""Where ``audit`` writes, and what goes wrong there: a message and status 2, never a traceback."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from flamecheck.cli.main import main
from flamecheck.document import Document
from flamecheck.report import Report
from flamecheck.rules.selection import Selection
from flamecheck.screener import Screener


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    Path("in.jsonl").write_text('{"text": "晴れ"}\n', "utf-8")
    return "in.jsonl"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_file_has_the_usual_permissions_and_an_old_one_keeps_its_own(source: str) -> None:
    Path("plain").touch()
    Path("old.jsonl").touch(mode=0o640)
    Path("old.jsonl").chmod(0o640)
    assert main(["audit", source, "--output", "new.jsonl"]) == 0
    assert main(["audit", source, "--output", "old.jsonl"]) == 0
    assert mode(Path("new.jsonl")) == mode(Path("plain"))
    assert mode(Path("old.jsonl")) == 0o640


def test_a_link_stays_a_link_and_the_input_may_be_the_output(source: str) -> None:
    Path("link.jsonl").symlink_to(source)
    assert main(["audit", source, "--output", "link.jsonl"]) == 0
    assert Path("link.jsonl").is_symlink()
    assert '"v":1' in Path(source).read_text("utf-8")


def test_a_pipe_is_written_not_replaced(source: str) -> None:
    os.mkfifo("pipe")
    with subprocess.Popen(["cat", "pipe"], stdout=subprocess.PIPE) as reader:
        assert main(["audit", source, "--output", "pipe"]) == 0
        out, _ = reader.communicate(timeout=30)
    assert out.startswith(b'{"v":1')
    assert Path("pipe").is_fifo()


@pytest.mark.parametrize("target", [".", "none/out.jsonl"])
def test_a_target_that_cannot_be_written(source: str, target: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", source, "--output", target]) == 2
    assert target in capsys.readouterr().err
    assert sorted(path.name for path in Path().iterdir()) == ["in.jsonl"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("verb", ["audit", "check"])
def test_a_full_disk_is_an_error_not_a_traceback(source: str, verb: str) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        command = [sys.executable, "-m", "flamecheck", verb, source]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert "読み書きできません" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("encoding", ["nope", "rot13", "undefined"])
def test_an_unknown_encoding_is_bad_usage(source: str, encoding: str) -> None:
    for verb in ("audit", "check"):
        with pytest.raises(SystemExit) as caught:
            main([verb, source, "--encoding", encoding])
        assert caught.value.code == 2


def test_an_encoding_without_lines_is_refused_for_rows(source: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", source, "--encoding", "utf-16"]) == 2
    assert "utf-16" in capsys.readouterr().err


def test_a_draft_that_fails_inside_does_not_stop_the_others(
    source: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    report = Screener.report

    def explode(self: Screener, document: Document, selection: Selection | None = None) -> Report:
        if "秘密" in document.text:
            raise RuntimeError("秘密の本文")
        return report(self, document, selection)

    monkeypatch.setattr(Screener, "report", explode)
    Path("a.txt").write_text("秘密", "utf-8")
    Path("b.txt").write_text("晴れ", "utf-8")
    assert main(["check", "--no-cache", "a.txt", "b.txt"]) == 2
    out, err = capsys.readouterr()
    assert "b.txt" in out
    assert "RuntimeError" in out
    assert "秘密" not in out + err
