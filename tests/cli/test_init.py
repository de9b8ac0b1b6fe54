"""``flamecheck init``."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from writing import repository

from flamecheck.cli.init import KINDS, starter
from flamecheck.cli.main import main
from flamecheck.settings.load import load, names_of

_SWITCHED_OFF = re.compile(r"^#(?=[^ \n])", re.MULTILINE)


@pytest.mark.parametrize("kind", KINDS)
def test_every_starter_loads_as_it_is_and_with_everything_switched_on(kind: str, tmp_path: Path) -> None:
    whole = _SWITCHED_OFF.sub("", starter(kind))
    assert len(tomllib.loads(whole)) > len(tomllib.loads(starter(kind)))
    for text in (starter(kind), whole):
        loaded = load(here=repository(tmp_path, {"flamecheck.toml": text}))
        assert [problem.render() for problem in (*loaded.warnings, *names_of(loaded))] == []
        assert loaded.settings().report_only


def test_the_first_file_is_written_and_the_next_steps_are_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], snapshot: SnapshotAssertion
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["init", "--kind", "posts"]) == 0
    assert (tmp_path / "flamecheck.toml").read_text("utf-8") == starter("posts")
    assert capsys.readouterr().out == snapshot


def test_another_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "記事").mkdir()
    assert main(["init", str(tmp_path / "記事")]) == 0
    assert (tmp_path / "記事" / "flamecheck.toml").read_text("utf-8") == starter("blog")
    assert f"flamecheck check {tmp_path / '記事'}" in capsys.readouterr().out


@pytest.mark.parametrize(("name", "text"), [("flamecheck.toml", "x"), ("pyproject.toml", "[tool.flamecheck]\n")])
def test_settings_that_are_there_stay(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, text: str) -> None:
    repository(tmp_path, {name: text})
    assert main(["init", str(tmp_path)]) == 2
    assert "--force" in capsys.readouterr().err
    assert (tmp_path / name).read_text("utf-8") == text
    assert main(["init", "--force", str(tmp_path)]) == 0
    assert (tmp_path / "flamecheck.toml").read_text("utf-8") == starter("blog")


def test_a_link_to_nowhere_is_not_followed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "flamecheck.toml").symlink_to(tmp_path / "elsewhere")
    assert main(["init", str(tmp_path)]) == 2
    assert not (tmp_path / "elsewhere").exists()
    assert "もうあります" in capsys.readouterr().err


def test_a_folder_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", str(tmp_path / "none")]) == 2
    assert "先に作ってください" in capsys.readouterr().err
