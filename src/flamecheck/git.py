"""What git knows: which files and lines changed since a revision, and what the index holds; the only module that runs git.

Paths are seen from the folder asked about, with ``/``; only files below it are told.  Deleted files, symbolic links and
submodules are left out.  Every function raises InputError (code ``git``) when git is missing, the folder is in no
repository, or git refuses.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from flamecheck.errors import InputError
from flamecheck.spans import Hunk

_FILE: Final = re.compile(rb"100\d{3}")
_HUNK: Final = re.compile(rb"@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@")
_DIFF: Final = (
    "diff", "--no-color", "--no-ext-diff", "--no-textconv", "--ignore-submodules=all", "--relative", "--text", "-M",
    "--no-abbrev",
)  # fmt: skip
# 作業ツリーの根からの相対で渡されることがある。ほかのフォルダーで git を動かす前に、絶対にしておく。
_PLACES: Final = ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY")


class _Entry(NamedTuple):
    path: str
    blob: bytes
    is_file: bool


def top(root: Path) -> Path:
    """Return the root of the work tree as seen from ``root``: ``.``, ``..`` and so on."""
    return Path(_run(root, "rev-parse", "--show-cdup").decode().strip())


def changed(root: Path, since: str) -> tuple[str, ...]:
    """Return the files of the work tree that were added, changed or renamed since ``since``, and untracked ones.

    What counts is what happened on this side: with a branch, since it was left.
    """
    base = _base(root, since)
    entries = _raw(root, "--diff-filter=AMRT", base)
    others = _run(root, "ls-files", "--others", "--exclude-standard", "-z", "--", ".").split(b"\0")
    untracked = [path for raw in others if raw and _is_plain(root, path := os.fsdecode(raw))]
    return tuple(sorted({*(entry.path for entry in entries if entry.is_file), *untracked}))


def staged(root: Path) -> tuple[tuple[str, bytes], ...]:
    """Return the files of the index that the next commit adds, changes or renames, as the index has them."""
    _run(root, "rev-parse", "--git-dir")  # リポジトリーの外では、git diff は別の指示になる
    entries = [entry for entry in _raw(root, "--cached", "--diff-filter=AMRT") if entry.is_file]
    asked = b"".join(entry.blob + b"\n" for entry in entries)
    answer = _run(root, "cat-file", "--batch", given=asked) if entries else b""
    found = []
    at = 0
    for entry in entries:
        end = answer.index(b"\n", at)
        size = int(answer[at:end].rsplit(b" ", 1)[1])
        found.append((entry.path, answer[end + 1 : end + 1 + size]))
        at = end + 1 + size + 1
    return tuple(found)


def changed_lines(root: Path, since: str | None) -> dict[str, tuple[Hunk, ...]]:
    """Return the lines of each file that changed since ``since`` or, for None, that are staged; see :func:`changed`.

    A file that is not there (an untracked one) is new as a whole.
    """
    _run(root, "rev-parse", "--git-dir")
    scope = ("--cached", "--diff-filter=AMR") if since is None else ("--diff-filter=AMR", _base(root, since))
    entries = _raw(root, *scope)
    # 名前は -z の出力から、行は順の同じもう一つの出力から取る。パッチの見出しの名前は読まない。
    patch = _run(root, *_DIFF, "--unified=0", "--inter-hunk-context=0", *scope, "--")
    sections = list(_sections(patch))
    if len(sections) != len(entries):
        raise InputError("git", "git diff を見ている間に、ファイルが変わりました。もう一度試してください")
    return {entry.path: hunks for entry, hunks in zip(entries, sections, strict=True) if entry.is_file}


def _sections(patch: bytes) -> Iterator[tuple[Hunk, ...]]:
    """Yield the hunks of each file of a patch; a line of content never starts like a heading, for it has a sign."""
    hunks: list[Hunk] | None = None
    for line in patch.split(b"\n"):
        if line.startswith(b"diff --git "):
            if hunks is not None:
                yield tuple(hunks)
            hunks = []
        elif hunks is not None and (found := _HUNK.match(line)):
            hunks.append(Hunk(int(found[1]), 1 if found[2] is None else int(found[2])))
    if hunks is not None:
        yield tuple(hunks)


def _raw(root: Path, *scope: str) -> list[_Entry]:
    """Return what changed, file by file."""
    parts = iter(_run(root, *_DIFF, "--raw", "-z", *scope, "--").split(b"\0"))
    found = []
    for meta in parts:
        if meta:
            _, mode, _, blob, status = meta.split(b" ")
            path = next(parts)
            if status[:1] in (b"R", b"C"):
                path = next(parts)
            found.append(_Entry(os.fsdecode(path), blob, _FILE.fullmatch(mode) is not None))
    return found


def _base(root: Path, since: str) -> str:
    """Return the commit to compare with: where this side left ``since``, or ``since`` when nobody knows."""
    commit = _ask(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{since}^{{commit}}")
    if not commit:
        shallow = _run(root, "rev-parse", "--is-shallow-repository").strip() == b"true"
        hint = "浅い clone です。CI では fetch-depth: 0 にするか、git fetch でその版を取ってください"
        raise InputError("git", f"版「{since}」はありません。{hint if shallow else 'git log で確かめてください'}")
    return _ask(root, "merge-base", commit, "HEAD") or commit


def _is_plain(root: Path, path: str) -> bool:
    whole = root / path
    return whole.is_file() and not whole.is_symlink()


def _ask(root: Path, *arguments: str) -> str:
    """Return the answer, or nothing when git has none."""
    done = _started(root, arguments, None)
    if done.returncode > 1 and b"not a git repository" in done.stderr:
        raise _refused(done)
    return "" if done.returncode else done.stdout.decode().strip()


def _run(root: Path, *arguments: str, given: bytes | None = None) -> bytes:
    done = _started(root, arguments, given)
    if done.returncode:
        raise _refused(done)
    return done.stdout


def _refused(done: subprocess.CompletedProcess[bytes]) -> InputError:
    said = done.stderr.decode("utf-8", "replace").strip().splitlines()
    if "not a git repository" in " ".join(said):
        return InputError("git", "ここは git のリポジトリーの中ではありません")
    return InputError("git", f"git が断りました: {said[0] if said else done.returncode}")


def _started(root: Path, arguments: tuple[str, ...], given: bytes | None) -> subprocess.CompletedProcess[bytes]:
    known = dict(os.environ, LC_ALL="C", GIT_OPTIONAL_LOCKS="0")
    for name in _PLACES:
        if known.get(name):
            known[name] = str(Path(known[name]).absolute())
    if known.get("GIT_DIR"):
        known.setdefault("GIT_WORK_TREE", str(Path.cwd()))
    # 断られた引数が指示に読まれないよう、版は rev-parse を通した後のものだけを渡す。
    command = ["git", *arguments]
    try:
        return subprocess.run(command, cwd=root, input=given, env=known, capture_output=True, check=False)  # noqa: S603
    except FileNotFoundError:
        raise InputError("git", "git が見つかりません。--since と --staged には git が要ります") from None
    except OSError as error:
        raise InputError("git", f"git を動かせません: {error}") from None
