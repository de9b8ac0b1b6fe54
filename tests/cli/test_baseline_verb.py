"""``flamecheck baseline`` as a user meets it."""

from __future__ import annotations

from pathlib import Path

import pytest

from flamecheck.cli.main import main

POST = "# お知らせ\n\n誤解を招いたとしたら申し訳ありません。\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "記事").mkdir()
    (tmp_path / "記事" / "a.md").write_text(POST, "utf-8")
    (tmp_path / "記事" / "b.md").write_text("晴れです。\n", "utf-8")
    return tmp_path


def entries(folder: Path) -> list[str]:
    return (folder / "flamecheck-baseline.jsonl").read_text("utf-8").splitlines()[1:]


def test_a_baseline_is_made_shown_added_to_and_pruned(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["baseline", "create", "記事"]) == 0
    first = entries(folder)
    assert len(first) == 1
    assert "flamecheck-baseline.jsonl: 1 件（足した 1、消した 0）" in capsys.readouterr().err

    assert main(["baseline", "show"]) == 0
    assert capsys.readouterr().out == (
        "flamecheck-baseline.jsonl: 1 件、1 ファイル\n\n規則\n      1 tone/conditional-apology\n\n"
        "ファイル\n      1 記事/a.md\n"
    )

    (folder / "記事" / "a.md").write_text(f"前の段落。\n\n{POST}", "utf-8")
    (folder / "記事" / "b.md").write_text("不快に思われた方がいたとしたら申し訳ありません。\n", "utf-8")
    assert main(["baseline", "update", "記事"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("記事/b.md:1:")
    assert out.count("\n") == 1
    assert "2 件（足した 1、消した 0）" in err
    assert first[0] in entries(folder)

    (folder / "記事" / "a.md").unlink()
    assert main(["baseline", "update", "--prune", "記事/b.md"]) == 0
    assert "1 件（足した 0、消した 1）" in capsys.readouterr().err
    assert first[0] not in entries(folder)


def test_create_does_not_overwrite_unless_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["baseline", "create", "記事/a.md"]) == 0
    before = (folder / "flamecheck-baseline.jsonl").read_text("utf-8")
    assert main(["baseline", "create", "記事"]) == 2
    assert "--force" in capsys.readouterr().err
    assert (folder / "flamecheck-baseline.jsonl").read_text("utf-8") == before
    assert main(["baseline", "create", "--force", "記事"]) == 0
    # 塩は作るたびに変わるので、同じ文でも同じハッシュにならない。
    assert entries(folder) != before.splitlines()[1:]


def test_what_is_ignored_with_a_reason_is_no_entry(folder: Path) -> None:
    comment = '<!-- flamecheck: ignore-file[tone/conditional-apology] reason="見本" -->\n\n'
    (folder / "記事" / "a.md").write_text(comment + POST, "utf-8")
    assert main(["baseline", "create", "記事"]) == 0
    assert entries(folder) == []


def test_a_file_that_cannot_be_read_keeps_its_entries(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["baseline", "create", "記事"]) == 0
    first = entries(folder)
    (folder / "記事" / "a.md").write_bytes(b"\xff\xfe\x81")
    assert main(["baseline", "update", "--prune", "記事"]) == 2
    assert "記事/a.md" in capsys.readouterr().err
    assert entries(folder) == first


def test_what_nobody_may_release_is_counted_and_left_out(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "記事" / "a.md").write_text("管理画面のパスワードはneko2026です。\n", "utf-8")
    assert main(["baseline", "create", "記事"]) == 0
    out, err = capsys.readouterr()
    assert entries(folder) == []
    assert "上書きできない指摘が 1 件" in err
    assert "neko2026" not in out + err


def test_show_of_a_file_that_is_not_there_is_an_error(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert folder.is_dir()
    assert main(["baseline", "show"]) == 2
    assert "FC823" in capsys.readouterr().err
