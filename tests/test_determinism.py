"""Same text, pack, dictionary and options: the same bytes, whatever the hash seed, locale, zone, folder or order of files."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from error_pages import over_sample

import flamecheck

SOURCE = Path(flamecheck.__file__).parents[1]

# 一つのプロセスで全部の動詞を回す。標準出力も標準エラー出力も比べる。
DRIVER = """
import sys
from flamecheck.cli.main import main
own, broken, draft, posts = sys.argv[1:]
for argv in (
    ["check", draft, "--format", "json", "--rules", own, "--posted-at", "2026-08-09T11:02", "--fail-at", "koho"],
    ["check", draft, "--verbose", "--rules", own],
    ["audit", posts, "--rules", own],
    ["explain", "主婦の皆さま、大地震の記念セールです。0.1%でも必ず儲かります！", "--rules", own, "--crisis", "active"],
    ["rules", "list", "--rules", own],
    ["rules", "show", "tone/sample", "--rules", own],
    ["rules", "check", own],
    ["rules", "check", broken],
    ["rules", "check", broken, "--format", "json"],
    ["calendar", "--from", "2026-08-01", "--days", "40"],
):
    print("==", *argv[:2], flush=True)
    print("->", main(argv), flush=True)
    sys.stderr.flush()
"""
ENVIRONMENTS = {
    "plain locale, far zone": {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "America/Los_Angeles"},
    "Japan": {"PYTHONHASHSEED": "2", "LANG": "ja_JP.UTF-8", "LC_ALL": "ja_JP.UTF-8", "TZ": "Asia/Tokyo"},
}
LEXICON = "id: {0}\ntitle: {0}\nsense: 見本\nsource: 見本\nentries: [{1}]\n"


def _packs(folder: Path, *, backwards: bool) -> None:
    """Write two packs, one right and one with errors in every file, in one order of creation or the other."""
    rule = over_sample("tone/sample.yml", "match: {any: [<店>の誤解を招く~, 誤解を招く~]}")
    files = {
        "own/tone/sample.yml": rule,
        "own/tone/other.yml": rule.replace("tone/sample", "tone/other").replace(
            "誤解を招く~]", "誤解を招く~, 誤認する~]"
        ),
        "own/lexicons/a.yml": LEXICON.format("店", "店員, 店長, 当店"),
        "own/lexicons/b.yml": LEXICON.format("町", "町民, 住民"),
        "broken/tone/sample.yml": rule.replace("<店>", "<居店>").replace("title: 見本", "titel: 見本\nmsg: 見本"),
        "broken/tone/other.yml": rule.replace("tone/sample", "tone/third").replace("<店>", "(<店>"),
        "broken/lexicons/a.yml": LEXICON.format("店", "店員, 店員, 店長"),
        "broken/lexicons/b.yml": LEXICON.format("店", "店員"),
    }
    for name, text in sorted(files.items(), reverse=backwards):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def _run(folder: Path, environment: Mapping[str, str], *, cwd: Path, backwards: bool = False) -> bytes:
    for name in ("own", "broken"):
        shutil.rmtree(folder / name, ignore_errors=True)
    _packs(folder, backwards=backwards)
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG", "TZ", "PYTHON"))}
    arguments = [str(folder / name) for name in ("own", "broken", "draft.txt", "posts.jsonl")]
    done = subprocess.run(
        [sys.executable, "-c", DRIVER, *arguments],
        env={**clean, "PYTHONPATH": str(SOURCE), **environment},
        cwd=cwd, check=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    return done.stdout


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("files")
    (made / "draft.txt").write_text(
        "主婦の皆さま、当店の誤解を招いた表現をお詫びします。\n必ず儲かります！女のくせにと言われた。\n", "utf-8"
    )
    rows = [f'{{"id": "{n}", "text": "誤解を招いた{n}件目、地震に便乗して絶対に儲かるセール"}}' for n in range(20)]
    (made / "posts.jsonl").write_text("\n".join([*rows, "壊れた行"]) + "\n", "utf-8")
    return made


@pytest.fixture(scope="module")
def expected(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return _run(folder, {"PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8", "TZ": "UTC"}, cwd=tmp_path_factory.mktemp("here"))


def test_the_run_says_something(expected: bytes) -> None:
    text = expected.decode()
    assert text.count("->") == 10
    assert "tone/sample" in text
    assert {code for code in ("FC202", "FC203", "FC303", "FC402") if code not in text} == set()
    assert "Traceback" not in text


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_the_same_bytes_leave_in_every_environment(name: str, folder: Path, expected: bytes, tmp_path: Path) -> None:
    again = _run(folder, ENVIRONMENTS[name], cwd=tmp_path, backwards=True)
    assert again.decode().splitlines() == expected.decode().splitlines()
    assert again == expected
