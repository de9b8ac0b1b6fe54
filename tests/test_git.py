"""What git knows, asked of real repositories."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import flamecheck
from flamecheck.errors import InputError
from flamecheck.git import changed, changed_lines, staged
from flamecheck.spans import Hunk, Span, spans_of


def git(root: Path, *arguments: str) -> str:
    known = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    known |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    options = ("-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "protocol.file.allow=always")
    command = ["git", *options, *arguments]
    return subprocess.run(command, cwd=root, env=known, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    root = tmp_path / "repo"
    root.mkdir()
    git(root, "init", "-q", "-b", "main")
    return root


@pytest.fixture
def repo(empty: Path) -> Path:
    write(empty, "記事/a.md", "一\n二\n三\n四\n五\n")
    write(empty, "記事/消す.md", "消える\n")
    write(empty, "名前.md", "同じ文が続く\nもう一行\nさらに一行\n")
    write(empty, "b.md", "変わらない\n")
    commit(empty)
    return empty


def write(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def commit(root: Path) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "x")


SOURCE = Path(flamecheck.__file__).parents[1]
ODD = ("改\n行.md", "引用\"符'.md", " 空白 .md", "-n.md", ":コロン.md", "タブ\t.md", "diff --git a b.md", "a -> b.md")


def test_files_that_were_added_changed_or_renamed_are_told(repo: Path) -> None:
    write(repo, "記事/a.md", "一\n二！\n三\n四\n五\n")
    (repo / "記事" / "消す.md").unlink()
    git(repo, "mv", "名前.md", "新しい名前.md")
    write(repo, "まだ.md", "足していない\n")
    write(repo, ".gitignore", "下書き/\n")
    write(repo, "下書き/x.md", "見ない\n")
    assert changed(repo, "HEAD") == (".gitignore", "まだ.md", "新しい名前.md", "記事/a.md")
    assert changed(repo / "記事", "HEAD") == ("a.md",)


@pytest.mark.parametrize("name", ODD)
def test_odd_names_are_read_as_they_are(repo: Path, name: str) -> None:
    write(repo, name, "新しい\n")
    assert changed(repo, "HEAD") == (name,)
    git(repo, "add", "-A")
    assert staged(repo) == ((name, "新しい\n".encode()),)
    assert changed_lines(repo, None) == {name: (Hunk(1, 1),)}


def test_a_name_that_is_no_text_stays_the_same_file(repo: Path) -> None:
    name = os.fsdecode(b"\x83\x4a.md")
    write(repo, name, "新しい\n")
    assert changed(repo, "HEAD") == (name,)


def test_what_is_staged_is_what_the_index_holds(repo: Path) -> None:
    write(repo, "記事/a.md", "一\n索引\n三\n四\n五\n")
    git(repo, "add", "-A")
    write(repo, "記事/a.md", "一\n作業\n三\n四\n五\n")
    git(repo, "mv", "名前.md", "改名.md")
    write(repo, "空.md", "")
    git(repo, "add", "空.md")
    git(repo, "rm", "-q", "記事/消す.md")
    write(repo, "まだ.md", "足していない\n")
    found = dict(staged(repo))
    assert found == {
        "記事/a.md": "一\n索引\n三\n四\n五\n".encode(),
        "改名.md": "同じ文が続く\nもう一行\nさらに一行\n".encode(),
        "空.md": b"",
    }
    assert list(dict(staged(repo / "記事"))) == ["a.md"]
    assert changed_lines(repo, None) == {"記事/a.md": (Hunk(2, 1),), "改名.md": (), "空.md": ()}


def test_the_first_commit_has_nothing_before_it(empty: Path) -> None:
    write(empty, "a.md", "一\n二\n")
    git(empty, "add", "-A")
    assert staged(empty) == (("a.md", "一\n二\n".encode()),)
    assert changed_lines(empty, None) == {"a.md": (Hunk(1, 2),)}
    with pytest.raises(InputError, match="版「HEAD」はありません"):
        changed(empty, "HEAD")


@pytest.mark.parametrize(
    ("new", "hunks"),
    [
        ("一\n二\n三\n四\n五\n", ()),
        ("零\n一\n二\n三\n四\n五\n", (Hunk(1, 1),)),
        ("一\n二\n三\n四\n五\n六", (Hunk(6, 1),)),
        ("一\n三！\n五\n", (Hunk(2, 1),)),
        ("二\n三\n四\n五\n", (Hunk(0, 0),)),
        ("一\n二\n四\n五\n", (Hunk(2, 0),)),
        ("一\n二\n三\n四\n", (Hunk(4, 0),)),
        ("一！\n二\n三！\n四\n五！\n", (Hunk(1, 1), Hunk(3, 1), Hunk(5, 1))),
        ("diff --git a/x b/x\n@@ -1 +1,9 @@\n--- a\n+++ b\n三\n四\n五\n", (Hunk(1, 4),)),
        ("\0\n二\n三\n四\n五\n", (Hunk(1, 1),)),
    ],
)
def test_lines_are_told_hunk_by_hunk(repo: Path, new: str, hunks: tuple[Hunk, ...]) -> None:
    write(repo, "記事/a.md", new)
    write(repo, "b.md", "変わった\n")
    lines = changed_lines(repo, "HEAD")
    assert lines.get("記事/a.md", ()) == hunks
    assert lines["b.md"] == (Hunk(1, 1),)


@pytest.mark.parametrize(
    ("text", "hunks", "parts"),
    [
        ("一\n二\n三\n", (Hunk(2, 1),), ["二\n"]),
        ("一\r\n二\r三\r\n四", (Hunk(2, 1), Hunk(3, 1)), ["二\r三\r\n", "四"]),
        ("😀\n二", (Hunk(1, 2),), ["😀\n二"]),
        ("", (Hunk(0, 0),), [""]),
    ],
)
def test_hunks_are_lines_as_git_counts_them(text: str, hunks: tuple[Hunk, ...], parts: list[str]) -> None:
    assert [text[start:end] for start, end in spans_of(text, hunks)] == parts


def test_where_lines_were_taken_out_is_an_empty_range() -> None:
    assert spans_of("一\n二\n", (Hunk(0, 0), Hunk(1, 0), Hunk(2, 0))) == (Span(0, 0), Span(2, 2), Span(4, 4))


def test_a_branch_is_compared_with_where_it_left(repo: Path) -> None:
    git(repo, "checkout", "-q", "-b", "autumn")
    write(repo, "秋.md", "秋\n")
    commit(repo)
    git(repo, "checkout", "-q", "main")
    write(repo, "b.md", "main で変わった\n")
    commit(repo)
    git(repo, "checkout", "-q", "autumn")
    assert changed(repo, "main") == ("秋.md",)


def test_settings_of_the_user_change_nothing(repo: Path) -> None:
    for name, value in (
        ("color.ui", "always"), ("diff.noprefix", "true"), ("diff.external", "false"), ("diff.interHunkContext", "9"),
        ("diff.renames", "false"), ("core.quotePath", "true"), ("diff.context", "9"), ("diff.mnemonicPrefix", "true"),
    ):  # fmt: skip
        git(repo, "config", name, value)
    git(repo, "mv", "名前.md", "改名.md")
    write(repo, "記事/a.md", "一！\n二\n三！\n四\n五\n")
    assert changed_lines(repo, "HEAD") == {"改名.md": (), "記事/a.md": (Hunk(1, 1), Hunk(3, 1))}


def test_links_and_submodules_are_left_out(repo: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    git(other, "init", "-q")
    write(other, "x.md", "x\n")
    commit(other)
    git(repo, "submodule", "--quiet", "add", str(other), "下")
    (repo / "link.md").symlink_to("b.md")
    (repo / "まだ.md").symlink_to("b.md")
    git(repo, "add", "link.md")
    assert changed(repo, "HEAD") == (".gitmodules",)
    assert [name for name, _ in staged(repo)] == [".gitmodules"]
    assert list(changed_lines(repo, None)) == [".gitmodules"]
    assert list(changed_lines(repo, "HEAD")) == [".gitmodules"]


def test_a_shallow_clone_says_what_to_do(repo: Path, tmp_path: Path) -> None:
    first = git(repo, "rev-parse", "HEAD").strip()
    write(repo, "b.md", "二度目\n")
    commit(repo)
    clone = tmp_path / "shallow"
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{repo}", str(clone))
    with pytest.raises(InputError, match="fetch-depth: 0"):
        changed(clone, first)
    write(clone, "b.md", "三度目\n")
    assert changed(clone, "origin/main") == ("b.md",)


def test_without_a_common_past_the_revision_itself_is_compared_with(repo: Path) -> None:
    git(repo, "checkout", "-q", "--orphan", "別")
    write(repo, "b.md", "別の始まり\n")
    commit(repo)
    assert changed(repo, "main") == ("b.md",)


@pytest.mark.parametrize("since", ["ありません", "--output=x", "", "HEAD:b.md", "HEAD..main"])
def test_what_is_no_revision_is_told(repo: Path, since: str) -> None:
    with pytest.raises(InputError, match="はありません"):
        changed(repo, since)
    assert not (repo / "x").exists()


def test_a_folder_outside_and_a_missing_git_are_told(
    repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for ask in (lambda: changed(tmp_path, "HEAD"), lambda: staged(tmp_path)):
        with pytest.raises(InputError, match="リポジトリーの中ではありません"):
            ask()
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(InputError, match="git が見つかりません"):
        staged(repo)


def test_a_hook_sees_the_index_of_the_commit_it_stands_before(repo: Path) -> None:
    # git commit FILE は、その場かぎりの索引を GIT_INDEX_FILE で渡す。
    probe = repo / ".git" / "probe.py"
    probe.write_text(
        "import sys, pathlib, flamecheck.git as g\nfor name in sys.argv[1:]:\n"
        "    print([[name, raw.decode()] for name, raw in g.staged(pathlib.Path(name))])\n",
        "utf-8",
    )
    hook = repo / ".git" / "hooks" / "pre-commit"
    hook.write_text(
        f"#!/bin/sh\nPYTHONUTF8=1 PYTHONPATH={SOURCE} {sys.executable} {probe} . 記事 > .git/seen\n", "utf-8"
    )
    hook.chmod(0o755)
    write(repo, "b.md", "足さない\n")
    git(repo, "add", "b.md")
    write(repo, "記事/a.md", "一\n")
    git(repo, "commit", "-q", "-m", "x", "記事/a.md")
    assert (repo / ".git" / "seen").read_text("utf-8").splitlines() == [
        str([["記事/a.md", "一\n"]]),
        str([["a.md", "一\n"]]),
    ]
