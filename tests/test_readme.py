"""What the READMEs tell a stranger to type, typed."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from flamecheck.cli.main import main, parser

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.ja.md")


def blocks(name: str, language: str) -> list[str]:
    """Return the code blocks of ``language`` in a README."""
    return [part.split("```")[0] for part in (ROOT / name).read_text("utf-8").split(f"```{language}\n")[1:]]


def flamechecks(name: str) -> list[list[str]]:
    """Return the arguments of every ``flamecheck`` command in a README's shell blocks."""
    lines = [line.split("&&")[-1] for block in blocks(name, "sh") for line in block.splitlines()]
    return [words[1:] for words in map(shlex.split, lines) if words[:1] == ["flamecheck"]]


@pytest.mark.parametrize("name", READMES)
def test_the_python_runs(name: str) -> None:
    code = blocks(name, "python")[0]
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    assert "広報" in done.stdout


@pytest.mark.parametrize("name", READMES)
def test_every_command_is_one_the_parser_knows(name: str) -> None:
    for arguments in flamechecks(name):
        parser().parse_args(arguments)


def test_the_first_command_shows_findings_tier_and_rewrite(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    assert main(flamechecks("README.md")[0]) == 0
    shown = capsys.readouterr().out
    assert "tone/conditional-apology" in shown
    assert "書き換え" in shown
    assert "決める人" in shown


def test_the_other_commands_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "examples", "examples")
    Path("draft.txt").write_text("誤解を招いたのであれば、お詫びします。\n", "utf-8")
    Path("posts.jsonl").write_text(json.dumps({"id": "a", "text": "晴れです。"}) + "\n", "utf-8")
    for arguments in flamechecks("README.md")[1:]:
        # 指摘があれば 1。誤り（2）は出てはならない。
        assert main(arguments) in (0, 1), arguments
    assert json.loads(Path("rows.jsonl").read_text("utf-8"))["id"] == "a"
    assert capsys.readouterr().err.count("読んだ記録") == 1


def test_the_overlay_shown_is_one_of_the_example() -> None:
    shown = blocks("README.md", "yaml")
    written = (ROOT / "examples" / "my-rules" / "overlays" / "our.yml").read_text("utf-8")
    assert any(block.startswith("overlays:") and written.startswith(block.rstrip()) for block in shown)
    assert f"```yaml\n{written}```" in (ROOT / "docs" / "packs.md").read_text("utf-8")


def test_both_languages_name_the_same_commands() -> None:
    assert blocks("README.md", "sh") == blocks("README.ja.md", "sh")
    assert blocks("README.md", "sh")[1:2] == ["python -m pytest\n"]
