"""The command line: exit codes, encodings, and what a person sees."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from syrupy.assertion import SnapshotAssertion

from flamecheck.cli.main import main
from flamecheck.wireschema import json_schema

APOLOGY = "このたびの件で、誤解を招いたのであれば、お詫びします。\n"


@pytest.fixture
def draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("draft.txt").write_text("一行目です。\n🍎\t" + APOLOGY, "utf-8")
    return Path("draft.txt")


def test_check_shows_finding_tier_and_rewrite(
    draft: Path, capsys: pytest.CaptureFixture[str], snapshot: SnapshotAssertion
) -> None:
    assert main(["check", str(draft)]) == 1
    assert capsys.readouterr().out == snapshot


@pytest.mark.usefixtures("draft")
@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["check", "draft.txt"], 1),
        (["check", "draft.txt", "--report-only"], 0),
        (["check", "draft.txt", "--fail-at", "shacho"], 0),
        (["check", "draft.txt", "--fail-at", "広報"], 1),
        (["check", "draft.txt", "--fail-at", "nobody"], 2),
        (["check", "draft.txt", "none.txt"], 3),
        (["check", "none.txt"], 2),
        (["check"], 2),
        (["check", "draft.txt", "--staged", "--fix"], 2),
        (["check", "draft.txt", "--since", "HEAD"], 2),
        (["check", "draft.txt", "--baseline", "none.jsonl"], 2),
        (["check", "draft.txt", "--policy", "none"], 2),
        (["check", "draft.txt", "--post-type", "poem"], 2),
        (["check", "draft.txt", "--ignore", "tone/none"], 2),
        (["check", "draft.txt", "--rules", "none"], 2),
        (["check", "draft.txt", "--ignore", "tone/"], 0),
        (["rules", "list"], 0),
        (["rules", "show", "tone/conditional-apology"], 0),
        (["rules", "show", "non-apology"], 0),
        (["rules", "show", "none"], 2),
        (["rules", "check", "none"], 2),
        (["explain", "誤解を招いた"], 0),
    ],
)
def test_exit_status(arguments: list[str], status: int) -> None:
    assert main(arguments) == status


@pytest.mark.parametrize("arguments", [[], ["chekc", "x"], ["check", "--format", "xml", "x"]])
def test_bad_usage_exits_with_two(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "euc_jp"])
def test_encodings_are_read_and_said(encoding: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "draft.txt"
    path.write_bytes(APOLOGY.encode(encoding))
    assert main(["check", str(path), "--format", "jsonl"]) == 1
    out, err = capsys.readouterr()
    assert json.loads(out)["findings"][0]["rule_id"] == "tone/conditional-apology"
    assert ("として読みました" in err) == (not encoding.startswith("utf"))


def test_a_broken_file_is_an_error_and_the_run_goes_on(draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("broken.txt").write_bytes(b"\xff\xff\x80\x00")
    assert main(["check", "broken.txt", str(draft), "--format", "json"]) == 3
    results = json.loads(capsys.readouterr().out)["results"]
    assert results[0]["error"]["code"] == "encoding"
    assert results[1]["tier"] == "koho"


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(APOLOGY.encode())))
    assert main(["check", "-"]) == 1


@pytest.mark.usefixtures("draft")
def test_closed_streams_are_no_crash(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", None)
    assert main(["check", "-"]) == 2
    assert "<stdin>: 誤り: 読めません: 標準入力が閉じています" in capsys.readouterr().out
    monkeypatch.setattr("sys.stdout", None)
    monkeypatch.setattr("sys.stderr", None)
    assert main(["check", "draft.txt"]) == 1
    for stream in (sys.stdout, sys.stderr):
        stream.close()


def test_audit_writes_a_whole_file_and_a_summary(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text('{"text": "晴れ"}\n{"text": 3}\n', "utf-8")
    assert main(["audit", str(source), "--output", str(target)]) == 2
    assert len(target.read_text("utf-8").splitlines()) == 2
    assert "読んだ記録 2 = 見た投稿 1 + 同じ投稿 0 + 隔離した記録 1" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl", "out.quarantine.jsonl"]


def test_escape_sequences_in_a_post_never_reach_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "draft.txt"
    path.write_text("\x1b[31m\x9b誤解を\x00招いたのであれば、お詫びします", "utf-8")
    main(["check", str(path), "--verbose"])
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "\x9b" not in out


def test_no_output_says_safe_or_unlawful(draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", str(draft)])
    main(["rules", "list"])
    out = capsys.readouterr().out
    assert "安全" not in out
    assert "違法" not in out


def test_help_and_version_import_nothing_heavy() -> None:
    code = (
        "import sys\nfrom flamecheck.cli.main import main\n"
        "try: main(['--version'])\nexcept SystemExit: pass\n"
        "print(sorted({'pydantic', 'yaml', 'sudachipy', 'rich', 'regex', 'daachorse', 'tree_sitter'} & set(sys.modules)))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.splitlines()[-1] == "[]"


MARKED = (
    "---\r\ntitle: お知らせ\r\npost_type: apology\r\n---\r\n\r\n"
    "> 🍎\t誤解を**招いた**&#x306E;であれば、お詫びします。\r\n\r\n- 誤解を招いたのであれば、お詫びします。\r\n"
)


@pytest.fixture
def marked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("draft.md").write_bytes(MARKED.encode())
    return Path("draft.md")


def test_markdown_is_quoted_as_it_stands_in_the_file(
    marked: Path, capsys: pytest.CaptureFixture[str], snapshot: SnapshotAssertion
) -> None:
    assert main(["check", str(marked)]) == 1
    assert capsys.readouterr().out == snapshot


def test_rows_of_files_have_places_of_the_file(marked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", str(marked), "--format", "json"])
    row = json.loads(capsys.readouterr().out)["results"][0]
    Draft202012Validator(json_schema()).validate(row)
    first, second = (found["location"] for found in row["findings"])
    assert (first["path"], first["line"], first["column"]) == ("draft.md", 6, 5)
    assert (second["line"], second["column"]) == (8, 3)
    for found, place in zip(row["findings"], (first, second), strict=True):
        line = MARKED.split("\r\n")[place["line"] - 1]
        assert place["end_line"] == place["line"]
        assert line[place["column"] - 1 : place["end_column"] - 1] == MARKED[found["start"] : found["end"]]
        assert found["matched"].startswith("誤解を招いた")


def test_bad_front_matter_is_an_error_about_that_file(marked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("bad.mdx").write_text("---\npost_type: apolgy\n---\n", "utf-8")
    assert main(["check", "bad.mdx", str(marked), "--format", "json"]) == 3
    results = json.loads(capsys.readouterr().out)["results"]
    assert results[0]["error"]["code"] == "context-value"
    assert results[0]["error"]["line"] == 2
    assert results[1]["findings"]
