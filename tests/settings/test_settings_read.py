"""Files → steps, and every mistake at its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from writing import repository

from flamecheck.errors import in_order
from flamecheck.grading import Severity
from flamecheck.settings.read import Chain
from flamecheck.settings.values import Allowed

WRONG = """\
fail_at = "koho"
fail-at = 3
select = ["tone/", 5, ""]
max-per-file = -1
report-only = "yes"
packs = ["pakc"]
polcy = "x"
policy = "own.yml"
baseline = ["a"]
exclude = ["", '\\', "./drafts/"]
lexicons = { "災害" = ["工場火災", { from = "x" }, { form = "a", reason = 1 }], "天気" = 5 }
allow = ["おにぎり", { words = "a" }, { words = ["b", ""], reason = "", rule = "x" }, 4]
extends = ["base.toml", "none.toml"]
severity = { "tone/insult" = "hihg", "tone/x" = 3 }
context = { post-type = "recruiting", paid = "yes", posted_at = 25:00 }
fields = {}

[tool.flamecheck]

[[overrides]]
path = "posts/**"
packs = ["a"]
[[overrides]]
paths = []
fail-at = true
[[overrides]]
paths = ["a/**", "#b"]
context = []
"""


def chain(folder: Path, name: str = "flamecheck.toml") -> Chain:
    found = Chain()
    found.add(folder / name)
    return found


def codes(folder: Path, name: str = "flamecheck.toml") -> list[str]:
    return [problem.code for problem in in_order(chain(folder, name).problems)]


def test_every_mistake_of_every_file_is_told_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, snapshot: SnapshotAssertion
) -> None:
    monkeypatch.chdir(tmp_path)
    repository(tmp_path, {"flamecheck.toml": WRONG.replace("25:00", "07:00:00"), "base.toml": "ingore = 1\n"})
    found = in_order(chain(Path()).problems)
    assert "\n\n".join(problem.render() for problem in found) == snapshot


def test_what_is_right_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = """\
    packs = "rules"
    policy = "own.yml"
    baseline = "b.jsonl"
    report-only = true
    max-per-file = 0
    select = "tone/"
    allow = { words = ["甲", "乙"], reason = "品の名", rules = "tone/insult" }
    [lexicons]
    "災害" = ["火災", { form = "工場火災", reason = "自社" }]
    [severity]
    "tone/insult" = "low"
    [context]
    posted_at = 2026-08-09T09:00:00+09:00
    voice = 2
    """
    repository(tmp_path, {"flamecheck.toml": text, "rules/pack.yml": "", "own.yml": ""})
    found = chain(tmp_path)
    assert found.problems == []
    (only,) = found.steps
    values = {key: [said.value for said in said] for key, said in only.entries.items()}
    words = values.pop("lexicons")
    allowed = values.pop("allow")
    assert values == {
        "packs": [tmp_path / "rules"],
        "policy": [str(tmp_path / "own.yml")],
        "baseline": [tmp_path / "b.jsonl"],
        "report-only": [True],
        "max-per-file": [0],
        "select": ["tone/"],
        "severity.tone/insult": [Severity.LOW],
        "context.posted_at": ["2026-08-09T09:00:00+09:00"],
        "context.voice": [2],
    }
    assert [(word.lexicon, word.form, word.why, word.place.line, word.named.line) for word in words] == [
        ("災害", "火災", "設定に書かれた自社の言葉", 9, 9),
        ("災害", "工場火災", "自社", 9, 9),
    ]
    assert allowed == [Allowed(words, "品の名", ("tone/insult",), "flamecheck.toml:7") for words in "甲乙"]


def test_extended_files_come_first_and_each_once(tmp_path: Path) -> None:
    files = {
        "flamecheck.toml": 'extends = ["a/one.toml", "b/pyproject.toml"]\nignore = ["last"]\n',
        "a/one.toml": 'extends = "../common.toml"\nignore = ["one"]\npacks = "pack"\n',
        "a/pack/pack.yml": "",
        "b/pyproject.toml": '[tool.flamecheck]\nextends = "../common.toml"\nignore = ["two"]\n',
        "common.toml": 'ignore = ["common"]\n[[overrides]]\npaths = "x"\nignore = ["under x"]\n',
    }
    found = chain(repository(tmp_path, files))
    assert found.problems == []
    assert [said.value for step in found.steps for said in step.entries["ignore"]] == [
        "common", "under x", "one", "two", "last",
    ]  # fmt: skip
    assert [said.value for step in found.steps for said in step.entries.get("packs", ())] == [tmp_path / "a" / "pack"]
    assert [path.name for path in found.files] == ["common.toml", "one.toml", "pyproject.toml", "flamecheck.toml"]


def test_a_circle_of_files_is_an_error_of_the_file_that_closes_it(tmp_path: Path) -> None:
    files = {
        "flamecheck.toml": 'extends = "a.toml"\n',
        "a.toml": 'extends = "b.toml"\n',
        "b.toml": 'extends = "a.toml"\n',
    }
    (problem,) = chain(repository(tmp_path, files)).problems
    assert problem.code == "FC702"
    assert problem.place.path.endswith("b.toml")
    assert problem.message.count("a.toml") == 2
    (tmp_path / "flamecheck.toml").write_text('extends = "./flamecheck.toml"\n', "utf-8")
    assert codes(tmp_path) == ["FC702"]


def test_a_long_chain_of_files_ends_in_an_error(tmp_path: Path) -> None:
    files = {f"{number}.toml": f'extends = "{number + 1}.toml"\n' for number in range(2000)}
    assert codes(repository(tmp_path, files), "0.toml") == ["FC702"]


@pytest.mark.parametrize(
    ("raw", "code"),
    [(b"\xef\xbb\xbffail-at = 'koho'\r\n", None), ("fail-at = '広報'".encode("cp932"), "FC102"), (b"a = \0", "FC701")],
)
def test_files_as_they_come(tmp_path: Path, raw: bytes, code: str | None) -> None:
    (tmp_path / "flamecheck.toml").write_bytes(raw)
    assert codes(tmp_path) == ([code] if code else [])


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert codes(tmp_path) == ["FC101"]


def test_a_pyproject_that_is_extended_needs_the_table(tmp_path: Path) -> None:
    files = {"flamecheck.toml": 'extends = "pyproject.toml"\n', "pyproject.toml": "[project]\n"}
    assert codes(repository(tmp_path, files)) == ["FC702"]


@pytest.mark.parametrize(
    ("text", "code"), [("tool = 3\n", "FC702"), ("[project]\n", "FC702"), ("[tool]\nflamecheck = 3\n", "FC201")]
)
def test_a_pyproject_that_is_named_needs_the_table_too(tmp_path: Path, text: str, code: str) -> None:
    assert codes(repository(tmp_path, {"pyproject.toml": text}), "pyproject.toml") == [code]
