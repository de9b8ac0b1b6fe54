"""Policy files: the four shipped ones, and a located diagnostic for everything a person may get wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from flamecheck.errors import Diagnostic, LoadError
from flamecheck.grading import GROUPS, Severity
from flamecheck.policy.load import load_policy
from flamecheck.rules.categories import CATEGORIES

FOLDER = Path(__file__).parents[2] / "rules" / "policies"
NAMES = ("standard", "strict", "relaxed", "sme")
GOOD = """\
id: own
title: 自分の方針
tiers:
  - {id: low, label: 下}
  - {id: high, label: 上}
groups:
  topic: {info: low, low: low, medium: low, high: high, critical: high}
  tone: {info: low, low: low, medium: low, high: high, critical: high}
  legal: {info: low, low: low, medium: low, high: high, critical: high}
  leak: {info: low, low: low, medium: low, high: high, critical: high}
  timing: {info: low, low: low, medium: low, high: high, critical: high}
  conduct: {info: low, low: low, medium: low, high: high, critical: high}
no_override:
  - {group: leak, severity: critical}
combine:
  - {id: three, categories: 3, at_least: medium, up: 1}
owners:
  topic: [広報]
"""


def problems(path: Path, text: str) -> tuple[Diagnostic, ...]:
    path.write_text(text, "utf-8")
    with pytest.raises(LoadError) as caught:
        load_policy(path, [])
    return caught.value.diagnostics


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_policy_is_whole(name: str) -> None:
    policy = load_policy(name, [FOLDER])
    assert policy.id == name
    assert [tier.id for tier in policy.tiers] == ["genba", "peer", "koho", "homu-somu", "shacho"]
    assert [tier.label for tier in policy.tiers] == ["現場・作者", "ダブルチェック", "広報", "法務・総務", "社長"]
    assert all(len(policy.groups[group]) == len(Severity) for group in GROUPS)
    assert all(policy.owners_of(category, group) for category in CATEGORIES for group in GROUPS)
    assert ("leak", Severity.CRITICAL) in policy.no_override


def test_only_sme_lacks_tiers() -> None:
    absent = {name: [t.id for t in load_policy(name, [FOLDER]).tiers if not t.present] for name in NAMES}
    assert absent == {"standard": [], "strict": [], "relaxed": [], "sme": ["peer", "koho"]}


def test_strict_is_one_tier_up_from_low_on() -> None:
    standard, strict = load_policy("standard", [FOLDER]), load_policy("strict", [FOLDER])
    for group in GROUPS:
        for severity in Severity:
            up = 0 if severity is Severity.INFO else 1
            wanted = min(standard.groups[group][severity].rank + up, standard.tiers[-1].rank)
            assert strict.groups[group][severity].rank == wanted, (group, severity)


def test_relaxed_never_asks_for_more_and_leaves_leaks_and_critical_alone() -> None:
    standard, relaxed = load_policy("standard", [FOLDER]), load_policy("relaxed", [FOLDER])
    for group in GROUPS:
        for severity in Severity:
            before, after = standard.groups[group][severity].rank, relaxed.groups[group][severity].rank
            same = group == "leak" or severity is Severity.CRITICAL
            assert after == before if same else after <= before
            if severity is Severity.MEDIUM and not same:
                assert after == max(0, before - 1)


def test_a_policy_of_ones_own_by_path_and_by_name(tmp_path: Path) -> None:
    path = tmp_path / "own.yml"
    path.write_text(GOOD, "utf-8")
    for policy in (load_policy(path, []), load_policy(str(path), []), load_policy("own", [FOLDER, tmp_path])):
        assert (policy.id, policy.tier("上").id, policy.tier("high").label) == ("own", "high", "上")


def test_an_unknown_policy_suggests_a_known_one() -> None:
    with pytest.raises(ValueError, match="もしかして: strict"):
        load_policy("strickt", [FOLDER])


@pytest.mark.parametrize(
    ("old", "new", "code", "place", "words"),
    [
        ("topic: {info: low", "topic: {info: lwo", "FC501", (7, 17), "段階「lwo」はありません"),
        ("  timing:", "  timming:", "FC502", (11, 3), "群「timming」はありません"),
        ("  tone: {info: low, low: low", "  tone: {info: low, lwo: low", "FC502", (8, 21), "重さ「lwo」はありません"),
        ("{group: leak,", "{group: leek,", "FC502", (14, 13), "群「leek」はありません"),
        ("  topic: [広報]", "  topik: [広報]", "FC502", (18, 3), "分類「topik」はありません"),
        ("{id: high, label: 上}", "{id: low, label: 上}", "FC504", (5, 10), "二度あります"),
        ("topic: {info: low", "topic: {info: high", "FC505", (7, 10), "重いほど低い段階"),
    ],
)
def test_a_wrong_name_is_located(
    old: str, new: str, code: str, place: tuple[int, int], words: str, tmp_path: Path
) -> None:
    assert old in GOOD
    found = [item for item in problems(tmp_path / "own.yml", GOOD.replace(old, new, 1)) if item.code == code]
    assert words in found[0].message
    assert found[0].place.path.endswith("own.yml")
    assert (found[0].place.line, found[0].place.column) == place
    assert found[0].render().count("\n") >= 2


def test_a_near_miss_is_suggested(tmp_path: Path) -> None:
    (found,) = problems(tmp_path / "own.yml", GOOD.replace("critical: high}", "critical: hihg}", 1))
    assert (found.code, found.help) == ("FC501", "もしかして: high")


def test_nobody_present_is_refused(tmp_path: Path) -> None:
    text = GOOD.replace("下}", "下, present: false}").replace("上}", "上, present: false}")
    assert [item.code for item in problems(tmp_path / "own.yml", text)] == ["FC504"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title:", "titel:"),
        ("no_override:\n", "no_overide:\n"),
        ("severity: critical}", "severity: grave}"),
        ("categories: 3", "categories: three"),
        ("up: 1", "up: 9"),
        ("title: 自分の方針", "title: [1, 2]"),
        ("title: 自分の方針", "title: 自分の方針\ntitle: 二度目"),
        ("  - {id: low, label: 下}\n", "  - low\n"),
        ("topic: [広報]", "topic: 広報"),
        ("{info: low, low: low, medium: low, high: high, critical: high}\nno_override", "low\nno_override"),
    ],
)
def test_a_wrong_shape_is_located(old: str, new: str, tmp_path: Path) -> None:
    assert old in GOOD
    found = problems(tmp_path / "own.yml", GOOD.replace(old, new, 1))
    assert all(item.code.startswith(("FC1", "FC2", "FC5")) and item.place.line >= 1 for item in found)


def test_every_problem_is_told_in_one_run(tmp_path: Path) -> None:
    text = GOOD.replace("topic: {info: low", "topic: {info: lwo", 1).replace("leak, sev", "leek, sev")
    assert {item.code for item in problems(tmp_path / "own.yml", text)} == {"FC501", "FC502"}


@pytest.mark.parametrize("content", [b"", b"- a\n", b"\xff\xfe", b"a: &x [*x]\n", b"\x00"])
def test_a_file_that_is_no_policy(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "own.yml"
    path.write_bytes(content)
    with pytest.raises(LoadError):
        load_policy(path, [])
    with pytest.raises(LoadError):
        load_policy(tmp_path / "none.yml", [])
