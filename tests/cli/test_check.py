"""What ``check`` leaves out because a person said so, and what it reads because git did."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import cast

import pytest

from flamecheck.cli.main import main

APOLOGY = "誤解を招いたとしたら申し訳ありません。\n"
IGNORE = '<!-- flamecheck: ignore[tone/conditional-apology] reason="社史の引用です"{} -->\n\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_text(APOLOGY, "utf-8")
    return tmp_path


def rows(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[dict[str, object]]]:
    status = main(["check", "--format", "json", *arguments])
    return status, json.loads(capsys.readouterr().out)["results"]


def git(*arguments: str) -> None:
    subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@example.com", *arguments], check=True)


def test_a_directive_with_a_reason_releases_a_draft(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert folder.is_dir()
    Path("a.md").write_text(IGNORE.format("") + APOLOGY, "utf-8")
    status, (row,) = rows(capsys, "a.md")
    assert (status, row["tier"], row["findings"]) == (0, "genba", [])
    (set_aside,) = cast("list[dict[str, object]]", row["suppressed"])
    assert [set_aside[key] for key in ("suppressed_by", "where", "why", "until")] == [
        "directive", "a.md:1", "社史の引用です", None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "status", "told"),
    [
        (IGNORE.format(" until=2020-01-01") + APOLOGY, 1, "a.md:1:74: warning[FC807]"),
        (IGNORE.format(" untill=2020-01-01") + APOLOGY, 3, "a.md:1:68: error[FC802]"),
        (IGNORE.format("") + "晴れです。\n", 0, "a.md:1:25: warning[FC808]"),
    ],
)
def test_a_directive_that_does_nothing_is_told(
    folder: Path, text: str, status: int, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.md").write_text(text, "utf-8")
    assert main(["check", "a.md"]) == status
    assert told in capsys.readouterr().out


def test_allowed_words_of_the_settings_release_a_draft(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "flamecheck.toml").write_text(
        '[[allow]]\nwords = "誤解を招いたとしたら申し訳ありません"\nreason = "舞台の題名"\n', "utf-8"
    )
    status, (row,) = rows(capsys, "a.md")
    assert (status, row["findings"]) == (0, [])
    assert row["suppressed"][0]["suppressed_by"] == "allow"  # type: ignore[index]


def test_the_baseline_beside_the_settings_is_used_unless_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["baseline", "create", "a.md"]) == 0
    capsys.readouterr()
    assert rows(capsys, "a.md")[0] == 0
    assert rows(capsys, "a.md", "--no-baseline")[0] == 1
    (folder / "a.md").write_text(f"前の段落。\n\n{APOLOGY}\n不快に思われたのなら申し訳ありません。\n", "utf-8")
    status, (row,) = rows(capsys, "a.md")
    assert status == 1
    assert [item["location"]["line"] for item in row["findings"]] == [5]  # type: ignore[attr-defined]
    (folder / "flamecheck-baseline.jsonl").write_text("<<<<<<< HEAD\n", "utf-8")
    assert main(["check", "a.md"]) == 2
    assert "FC822" in capsys.readouterr().err


def test_a_pack_that_is_not_there_is_told_whatever_was_kept(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = ["--cache-dir", str(folder / "kept")]
    assert main(["check", "a.md", *kept]) == 1
    capsys.readouterr()
    assert main(["check", "a.md", "--rules", "none", *kept]) == 2
    assert "FC432" in capsys.readouterr().err


def test_a_file_named_twice_is_read_once_and_an_empty_folder_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "下書き").mkdir()
    assert main(["check", "--format", "concise", "a.md", ".", "./a.md", "下書き"]) == 1
    out, err = capsys.readouterr()
    assert out.count("tone/conditional-apology") == 1
    assert err.startswith("下書き: 見るファイル（.md")


def test_only_what_changed_fails(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git("init", "-q")
    git("add", "-A")
    git("commit", "-q", "-m", "x")
    assert rows(capsys, "--since", "HEAD") == (0, [])
    (folder / "a.md").write_text(f"{APOLOGY}\n不快に思われたのなら申し訳ありません。\n", "utf-8")
    (folder / "b.md").write_text("晴れです。\n", "utf-8")
    status, (first, second) = rows(capsys, "--since", "HEAD")
    assert (status, first["id"], second["id"]) == (1, "a.md", "b.md")
    assert [item["location"]["line"] for item in first["findings"]] == [3]  # type: ignore[attr-defined]
    assert [(i["location"]["line"], i["suppressed_by"]) for i in first["suppressed"]] == [(1, "unchanged")]  # type: ignore[attr-defined]
    git("add", "a.md")
    (folder / "a.md").write_text("書き直しました。\n", "utf-8")
    status, (row,) = rows(capsys, "--staged")
    assert (status, row["id"]) == (1, "a.md")
    assert rows(capsys, "--since", "HEAD")[0] == 0


def test_a_rewrite_is_shown_and_then_made(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "a.md").write_text("# 運動会\r\n\r\n**父兄の皆**さまへ\r\n", "utf-8", newline="")
    assert main(["check", "--diff", "a.md"]) == 0
    assert "-**父兄の皆**さまへ\r\n+**保護者の皆**さまへ\r\n" in capsys.readouterr().out
    assert main(["check", "--fix", "a.md"]) == 0
    assert (folder / "a.md").read_bytes().decode() == "# 運動会\r\n\r\n**保護者の皆**さまへ\r\n"
    capsys.readouterr()
    assert main(["check", "--fix", "a.md"]) == 0
    assert capsys.readouterr().out == ""
