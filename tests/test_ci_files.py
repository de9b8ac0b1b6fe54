"""The action for GitHub, the job for GitLab and the hooks: what they run is this program, with arguments that exist."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from flamecheck.cli.main import parser

ROOT = Path(__file__).parents[1]
BAD = "誤解を招いたのであれば、申し訳ありません。\n"


def loaded(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text("utf-8"))


@pytest.fixture
def act(tmp_path: Path) -> Any:
    """Run the last step of the action as a runner does, in a folder of its own."""
    action = loaded("action.yml")
    script = action["runs"]["steps"][-1]["run"]
    bin_ = tmp_path / "bin"
    bin_.mkdir()
    program = bin_ / "flamecheck"
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m flamecheck "$@"\n', "utf-8")
    program.chmod(0o755)
    work = tmp_path / "work"
    work.mkdir()

    def run(**given: str) -> tuple[int, str, str]:
        values = {"PATHS": ".", "SINCE": "", "REPORT_ONLY": "false", "SARIF": "", "ARGUMENTS": "", **given}
        summary = tmp_path / "summary.md"
        summary.write_text("", "utf-8")
        known = {
            **os.environ,
            "PATH": f"{bin_}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT / "src"),
            "KEPT": str(tmp_path / "kept"),
            "GITHUB_STEP_SUMMARY": str(summary),
            **values,
        }
        done = subprocess.run(
            ["bash", "-e", "-c", script], cwd=work, env=known, capture_output=True, text=True, check=False
        )
        return done.returncode, done.stdout + done.stderr, summary.read_text("utf-8")

    run.work = work  # type: ignore[attr-defined]
    return run


def test_the_action_annotates_and_fails(act: Any) -> None:
    (act.work / "a b.md").write_text(BAD, "utf-8")
    status, told, summary = act(PATHS="a b.md", SARIF="out.sarif", ARGUMENTS="--max-per-file\n3")
    assert status == 1, told
    assert "::error file=a b.md,line=1" in told
    assert "条件つきのおわび" in summary
    assert (act.work / "out.sarif").exists()
    status, told, summary = act(REPORT_ONLY="true")
    assert status == 0, told
    assert "条件つきのおわび" in summary


def test_nothing_given_to_the_action_is_run(act: Any) -> None:
    (act.work / "a.md").write_text("本日は晴天です\n", "utf-8")
    status, _, _ = act(PATHS="a.md\n$(touch one)\n`touch two`", ARGUMENTS="--policy\nstandard; touch three")
    assert status == 2
    assert sorted(path.name for path in act.work.iterdir()) == ["a.md"]


def test_what_the_action_takes_reaches_its_script() -> None:
    action = loaded("action.yml")
    steps = action["runs"]["steps"]
    said = [value for step in steps for part in ("env", "with") for value in step.get(part, {}).values()]
    for name in action["inputs"]:
        assert f"${{{{ inputs.{name} }}}}" in said
    assert not any("${{" in step.get("run", "") for step in steps)


def test_every_command_in_these_files_is_understood() -> None:
    job = loaded("templates/gitlab.yml")["flamecheck"]
    (line,) = job["script"]
    commands = [line.replace('"$CI_MERGE_REQUEST_DIFF_BASE_SHA"', "HEAD").replace("$PATHS", ".")]
    commands += [f"{hook['entry']} a.md" for hook in loaded(".pre-commit-hooks.yaml")]
    for command in commands:
        program, *arguments = shlex.split(command)
        assert program == "flamecheck"
        parser().parse_args(arguments)


def test_one_process_reads_all_files_of_a_hook() -> None:
    assert [(hook["id"], hook["require_serial"]) for hook in loaded(".pre-commit-hooks.yaml")] == [
        ("flamecheck", True),
        ("flamecheck-baseline", True),
    ]
