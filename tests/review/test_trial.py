"""``rules test``, and the same examples as pytest items."""

from __future__ import annotations

from pathlib import Path

import pytest
from packs import LEXICON, pack, rule

from flamecheck.cli.main import main

PLUGIN = ("-p", "flamecheck.review.pytest_plugin", "-p", "no:cacheprovider")
GOOD = rule("(赤|青)鬼", "[⟦赤鬼⟧が来た, {text: '⟦(赤|青)鬼⟧だ', each: alternatives}]", "[海]", status="test")
BAD = rule("赤鬼", "[⟦赤⟧鬼が来た, ⟦赤鬼⟧]", "[海, 赤鬼の絵本]", status="test")


def test_every_example_is_told_and_a_good_pack_ends_with_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pack(tmp_path, {"tone/sample.yml": GOOD})
    assert main(["rules", "test", str(tmp_path)]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[:4] == [
        "○ tone/sample flag[1] ⟦赤鬼⟧が来た",
        "○ tone/sample flag[2-1] ⟦赤鬼⟧だ",
        "○ tone/sample flag[2-2] ⟦青鬼⟧だ",
        "○ tone/sample pass[1] 海",
    ]
    assert told[4].startswith("例 4 件: 満たしたもの 4、満たさないもの 0、辞書 sudachidict-core ")


def test_a_failing_example_shows_both_drawings_and_ends_with_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack(tmp_path, {"tone/sample.yml": BAD})
    assert main(["rules", "test", "--quiet", str(tmp_path)]) == 1
    told = capsys.readouterr().out
    assert "    見つけるはず: ⟦赤⟧鬼が来た\n    見つけたもの: ⟦赤鬼⟧が来た\n" in told
    assert "    見つけるはず: なし\n    見つけたもの: ⟦赤鬼⟧の絵本\n" in told
    assert "flag[2]" not in told


def test_a_pack_that_does_not_load_ends_with_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pack(tmp_path, {"tone/sample.yml": GOOD.replace("severity: high", "severity: hihg")})
    assert main(["rules", "test", str(tmp_path)]) == 2
    assert "FC205" in capsys.readouterr().err


def test_examples_are_items_of_pytest(pytester: pytest.Pytester) -> None:
    pack(pytester.path, {"mine/tone/sample.yml": BAD})
    result = pytester.runpytest_inprocess(*PLUGIN, "-v", "--flamecheck-pack", "mine", "mine")
    result.assert_outcomes(passed=2, failed=2)
    result.stdout.fnmatch_lines(["*tone/sample::flag?1? FAILED*", "*tone/sample::flag?2? PASSED*"])
    result.stdout.fnmatch_lines(
        ["*sample.yml:12:10: tone/sample", "見つけるはず: ⟦赤⟧鬼が来た", "見つけたもの: ⟦赤鬼⟧が来た"]
    )


def test_packs_can_be_named_in_the_ini_file(pytester: pytest.Pytester) -> None:
    pack(pytester.path, {"mine/tone/sample.yml": GOOD, "mine/lexicons/a.yml": LEXICON.format(id="鬼", entries="赤鬼")})
    pytester.makeini("[pytest]\nflamecheck_packs = mine\n")
    pytester.runpytest_inprocess(*PLUGIN).assert_outcomes(passed=4)


def test_other_projects_are_left_alone(pytester: pytest.Pytester) -> None:
    pack(pytester.path, {"mine/tone/sample.yml": BAD, "docker-compose.yml": "services: {}\n"})
    pytester.makepyfile("def test_nothing(): pass")
    pytester.runpytest_inprocess(*PLUGIN).assert_outcomes(passed=1)


def test_yaml_outside_the_pack_is_left_alone(pytester: pytest.Pytester) -> None:
    pack(pytester.path, {"mine/tone/sample.yml": GOOD, "other/tone/sample.yml": BAD})
    pytester.runpytest_inprocess(*PLUGIN, "--flamecheck-pack", "mine").assert_outcomes(passed=4)


def test_a_pack_with_an_error_is_an_error_of_collection(pytester: pytest.Pytester) -> None:
    pack(pytester.path, {"mine/tone/sample.yml": GOOD.replace("severity: high", "severity: hihg")})
    result = pytester.runpytest_inprocess(*PLUGIN, "--flamecheck-pack", "mine")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*FC205*"])
