"""Which drafts are read: paths, settings, and what git says has changed."""

from __future__ import annotations

import os
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from flamecheck.checking.drafts import Changes, drafts_in, since, staged
from flamecheck.errors import InputError
from flamecheck.settings.values import Settings
from flamecheck.spans import Hunk, Span


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.chdir(tmp_path)
    Path("記事/古い").mkdir(parents=True)
    for name in ("記事/a.md", "記事/古い/b.md", "c.txt", "d.py"):
        Path(name).write_text("一\n二\n三\n", "utf-8")
    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-q", "-m", "x")
    return Settings(tmp_path)


def git(*arguments: str) -> None:
    names = ("-c", "user.name=a", "-c", "user.email=a@example.com")
    subprocess.run(["git", *names, *arguments], check=True)


def names(settings: Settings, changes: Changes | None, *paths: str) -> list[str]:
    return [draft.name for draft in drafts_in(paths, settings, changes)]


def test_without_changes_every_file_of_the_paths_is_read(repo: Settings) -> None:
    assert names(repo, None, ".", "d.py") == ["c.txt", "記事/a.md", "記事/古い/b.md", "d.py"]


def test_since_reads_only_what_changed_below_the_paths(repo: Settings) -> None:
    Path("記事/a.md").write_text("一\n二！\n三\n", "utf-8")
    Path("d.py").write_text("x\n", "utf-8")
    Path("新.md").write_text("新しい\n", "utf-8")
    changes = since("HEAD")
    assert names(repo, changes, ".") == ["新.md", "記事/a.md"]
    assert names(repo, changes, "記事") == ["記事/a.md"]
    assert names(repo, changes, "d.py", "c.txt", "記事/../記事/a.md") == ["d.py", "記事/../記事/a.md"]
    changed = changes.of("記事/a.md", "一\n二！\n三\n")
    assert changed is not None
    assert (changed.spans, changed.since) == ((Span(2, 5),), "--since HEAD")
    assert changes.of("新.md", "新しい\n") is None


def test_staged_reads_the_index(repo: Settings) -> None:
    Path("記事/a.md").write_text("索引\n", "utf-8")
    Path("記事/古い/b.md").write_text("古い\n", "utf-8")
    Path("d.py").write_text("x\n", "utf-8")
    git("add", "-A")
    Path("記事/a.md").unlink()
    Path("c.txt").write_text("足していない\n", "utf-8")
    changes = staged()
    drafts = list(drafts_in(["."], repo, changes))
    assert [(draft.name, draft.path) for draft in drafts] == [
        ("記事/a.md", "記事/a.md"),
        ("記事/古い/b.md", "記事/古い/b.md"),
    ]
    assert [draft.read() for draft in drafts] == ["索引\n".encode(), "古い\n".encode()]
    assert names(repo, changes, "記事/a.md", "d.py") == ["d.py", "記事/a.md"]
    assert names(replace(repo, exclude=("古い/",)), changes, "記事") == ["記事/a.md"]
    forced = replace(repo, exclude=("古い/",), force_exclude=True)
    assert names(replace(forced, force_exclude=False), changes, "記事/古い/b.md") == ["記事/古い/b.md"]
    assert names(forced, changes, "記事/古い/b.md") == []
    assert names(replace(repo, include=("*/a.md",)), changes, ".") == ["記事/a.md"]
    assert changes.lines["d.py"] == (Hunk(1, 1),)


def test_a_folder_below_sees_its_own_names(repo: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("記事/a.md").write_text("変わった\n", "utf-8")
    git("add", "-A")
    monkeypatch.chdir("記事")
    (draft,) = drafts_in(["."], repo, staged())
    assert (draft.name, draft.path) == ("a.md", "記事/a.md")
    assert names(repo, since("HEAD"), "a.md") == ["a.md"]


def test_what_is_named_above_the_folder_is_read(repo: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("記事/a.md", "c.txt"):
        Path(name).write_text("一\n変わった\n三\n", "utf-8")
    git("add", "-A")
    monkeypatch.chdir("記事/古い")
    for changes in (since("HEAD"), staged()):
        assert names(repo, changes, "..") == ["../a.md"]
        assert sorted(os.path.relpath(name) for name in names(repo, changes, "../..")) == ["../../c.txt", "../a.md"]
        assert names(repo, changes, "../../c.txt") == ["../../c.txt"]
        assert names(repo, changes, ".") == []
        told = changes.of("../../c.txt", "一\n変わった\n三\n")
        assert told is not None
        assert told.spans == (Span(2, 7),)


def test_what_cannot_be_read_is_an_error_about_that_file(repo: Settings) -> None:
    (draft,) = drafts_in(["ありません.md"], repo)
    with pytest.raises(InputError, match="読めません"):
        draft.read()
