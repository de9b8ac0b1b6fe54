"""``flamecheck settings show``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from writing import repository

from flamecheck.cli.main import main

FILES = {
    "base.toml": 'ignore = ["timing/"]\n[severity]\n"tone/insult" = "low"\n',
    "flamecheck.toml": """\
extends = "base.toml"
exclude = ["drafts/"]
include = []
fail-at = "peer"
lexicons = { "災害" = "工場火災" }
allow = { words = "爆弾おにぎり", reason = "商品の名前", rules = ["tone/insult"] }
[context]
channel = "blog"
industry = "alcohol"
[[overrides]]
paths = ["**/recruit/**"]
context = { post_type = "recruiting", voice = 0 }
severity = { "tone/insult" = "high" }
""",
    "recruit/a.md": "---\ntitle: 𠮷\ndate: 2026-08-09\npost_type: notice\n---\n本文\n",
    "drafts/a.txt": "本文\n",
    "q.csv": "",
    "bad.md": "---\npost_type: notise\n---\n本文\n",
}
FLAGS = ["--ignore", "tone/", "--industry", "bank", "--scheduled", "true", "--exclude", "old/"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(repository(tmp_path, FILES))
    return tmp_path


@pytest.mark.parametrize(
    "arguments",
    [
        ["recruit/a.md", *FLAGS],
        ["drafts/a.txt"],
        ["none.md", "--no-config"],
        ["bad.md"],
        ["q.csv"],
        ["none/記事.md", "--config", "base.toml"],
    ],
    ids=lambda arguments: " ".join(arguments[:2]),
)
def test_what_applies_and_who_says_so(
    arguments: list[str], capsys: pytest.CaptureFixture[str], snapshot: SnapshotAssertion
) -> None:
    assert main(["settings", "show", *arguments]) == 0
    assert capsys.readouterr().out == snapshot


def test_json(folder: Path, capsys: pytest.CaptureFixture[str], snapshot: SnapshotAssertion) -> None:
    assert main(["settings", "show", "recruit/a.md", "--format", "json", *FLAGS]) == 0
    row = json.loads(capsys.readouterr().out)
    assert row.pop("root") == str(folder)
    assert row == snapshot


def test_settings_with_errors_show_nothing_else(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "flamecheck.toml").write_text("fial-at = 'koho'\n", "utf-8")
    assert main(["settings", "show", "a.md"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "もしかして: fail-at" in said.err


@pytest.mark.parametrize(
    "arguments",
    [["--channel", "twitter"], ["--exclude", "./x"], ["--config", "none.toml"], ["--policy", "strct"]],
)
def test_flags_that_cannot_be(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["settings", "show", "a.md", *arguments]) == 2
    assert arguments[1] in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments", [["--config", "a", "--no-config"], ["--max-per-file", "-1"], ["--max-per-file", "²"]]
)
def test_bad_usage(arguments: list[str]) -> None:
    with pytest.raises(SystemExit):
        main(["settings", "show", "a.md", *arguments])
