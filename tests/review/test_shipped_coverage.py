"""Coverage of a real rule: one branch less and a named example fails, one example less and the branch is named."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from flamecheck.errors import Diagnostic
from flamecheck.review.check import check
from flamecheck.rules.load import packaged
from flamecheck.tokenizers.sudachi import SudachiTokenizer

RULE = "tone/conditional-apology.yml"


@pytest.fixture(scope="module")
def tokenizer() -> SudachiTokenizer:
    return SudachiTokenizer()


@pytest.fixture
def alone(tmp_path: Path) -> Path:
    """Return the shipped pack with that rule only, as a folder of its own."""
    shipped = packaged()
    for part in ("lexicons", "guards", "calendars"):
        shutil.copytree(shipped / part, tmp_path / part)
    (tmp_path / "tone").mkdir()
    shutil.copy(shipped / RULE, tmp_path / RULE)
    return tmp_path


def errors(folder: Path, tokenizer: SudachiTokenizer) -> list[Diagnostic]:
    return [problem for problem in check([folder], tokenizer) if problem.level == "error"]


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


def test_as_it_is_every_branch_is_needed(alone: Path, tokenizer: SudachiTokenizer) -> None:
    assert [problem.render() for problem in errors(alone, tokenizer)] == []


@pytest.mark.parametrize(
    ("old", "new", "example"),
    [
        ("誤解を(招く~|与える~|生む~|する~)", "誤解を(招く~|与える~|する~)", "誤解を生む"),
        ("((もし|もしも|万が一|仮に)(、)?)?(不快", "((もし|もしも|万が一|仮に))?(不快", "もし、不快な思い"),
        (
            '(お詫び|おわび|謝罪|謝り|謝る|申し訳|すみません|ごめん)"\n',
            '(お詫び|おわび|謝罪|謝る|申し訳|すみません|ごめん)"\n',
            "謝り",
        ),
    ],
)
def test_without_a_branch_a_named_example_fails(
    old: str, new: str, example: str, alone: Path, tokenizer: SudachiTokenizer
) -> None:
    change(alone / RULE, old, new)
    found = [problem for problem in errors(alone, tokenizer) if problem.code == "FC601"]
    assert found
    assert any(example in problem.message for problem in found)
    assert {problem.place.path for problem in found} == {str(alone / RULE)}


def test_without_an_exception_a_named_example_fails(alone: Path, tokenizer: SudachiTokenizer) -> None:
    text = (alone / RULE).read_text("utf-8").splitlines(keepends=True)
    (alone / RULE).write_text("".join(line for line in text if "{id: concrete-remedy" not in line), "utf-8")
    found = errors(alone, tokenizer)
    assert {problem.code for problem in found} == {"FC601"}
    assert all("重さが例と違います（例 medium、実際 high）" in problem.message for problem in found)


def test_without_its_example_the_branch_is_named(alone: Path, tokenizer: SudachiTokenizer) -> None:
    change(alone / RULE, "万が一|仮に)(、)?不快な思い", "仮に)(、)?不快な思い")
    [problem] = errors(alone, tokenizer)
    place = problem.place
    assert (problem.code, place.source[place.column - 1 : place.column - 1 + place.length]) == ("FC605", "万が一")
    assert place.path == str(alone / RULE)


def test_without_the_example_of_a_lexicon_its_entries_are_named(alone: Path, tokenizer: SudachiTokenizer) -> None:
    lines = (alone / RULE).read_text("utf-8").splitlines(keepends=True)
    fixed = [line.replace(", 受け手", "").replace("<受け手>", "方") if "each:" in line else line for line in lines]
    (alone / RULE).write_text("".join(fixed), "utf-8")
    found = [problem for problem in errors(alone, tokenizer) if problem.code == "FC606"]
    assert {Path(problem.place.path).name for problem in found} == {"apology-reader.yml"}
    assert "受け手: 項目「お客さま」が無くても、例はすべて通ります" in {problem.message for problem in found}
