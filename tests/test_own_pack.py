"""The pack of a made-up company under examples/my-rules: it proves itself, and does what the documents say."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from flamecheck.cli.main import main
from flamecheck.errors import LoadError
from flamecheck.review.check import check
from flamecheck.screener import Screener

OWN = Path(__file__).parents[1] / "examples" / "my-rules"
APOLOGY = "誤解を招いたのであれば、お詫びします。"
DOORS = (
    ["check", "draft.txt"],
    ["audit", "posts.jsonl"],
    ["explain", APOLOGY],
    ["rules", "list"],
    ["rules", "show", "tone/insult"],
)


@pytest.fixture(scope="module")
def screener() -> Screener:
    return Screener(packs=[OWN])


def test_every_example_of_the_pack_holds_and_nothing_is_worth_a_word() -> None:
    assert [problem.render() for problem in check([OWN], cover=False)] == []


def test_the_rule_runs_on_the_day_of_the_company_only(screener: Screener) -> None:
    on = screener.screen("新色の開発に燃えています", context={"posted_at": "2027-02-17"})
    assert [finding.rule_id for finding in on.report.findings] == ["timing/factory-fire"]
    assert screener.screen("新色の開発に燃えています", context={"posted_at": "2027-02-18"}).report.findings == ()


def test_the_overlay_is_seen_in_the_finding_and_in_the_tier(screener: Screener) -> None:
    verdict = screener.screen(APOLOGY)
    finding = verdict.report.findings[0]
    assert (finding.severity.label, verdict.tier.id) == ("critical", "shacho")
    assert [(a.by, a.effect) for a in finding.adjustments] == [("aozora-stationery/overlays/our.yml", "raise 1")]
    assert Screener.default().screen(APOLOGY).report.findings[0].severity.label == "high"


def test_explain_names_the_overlay_and_the_entries(screener: Screener) -> None:
    told = screener.explain("工場火災セール。" + APOLOGY)
    assert "この規則は aozora-stationery/overlays/our.yml で変えています（重さ high → critical）: 昨年のおわび" in told
    assert "語彙の項目 災害#factory-fire「工場火災」" in told


def test_both_packs_are_named_in_every_row(screener: Screener) -> None:
    packs = screener.screen("晴れです").to_wire()["screened"]["packs"]
    assert [(pack["id"], pack["version"]) for pack in packs] == [
        ("flamecheck", "0.1.0"),
        ("aozora-stationery", "1.0.0"),
    ]
    assert all(len(pack["fingerprint"]) == 16 for pack in packs)


def test_the_row_is_the_same_from_wherever_the_pack_is_read(tmp_path: Path, screener: Screener) -> None:
    moved = shutil.copytree(OWN, tmp_path / "elsewhere" / "my-rules")
    rows = [json.dumps(each.screen(APOLOGY).to_wire()) for each in (screener, Screener(packs=[moved]))]
    assert rows[0] == rows[1]


def test_rules_show_knows_overlays_and_entries(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "show", "tone/conditional-apology", "--rules", str(OWN)]) == 0
    assert "overlays/our.yml で変えています" in capsys.readouterr().out
    assert main(["rules", "show", "災害#factory-fire", "--rules", str(OWN)]) == 0
    assert "災害#factory-fire　工場火災" in capsys.readouterr().out
    assert main(["rules", "show", "災害#none", "--rules", str(OWN)]) == 2


def test_rules_list_says_what_does_not_run_and_which_packs_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "list", "--rules", str(OWN), "--ignore", "timing/"]) == 0
    out, err = capsys.readouterr()
    assert "timing/factory-fire\t中\tsensitive-date\t使わない（ignore で外した）" in out
    assert "規則集 aozora-stationery 1.0.0" in err


@pytest.mark.parametrize("door", DOORS)
def test_nothing_loads_half_through_any_door(
    door: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(OWN, "own")
    with Path("own/overlays/our.yml").open("a", encoding="utf-8") as file:
        file.write("\nunknown: 1\n")
    Path("draft.txt").write_text(APOLOGY, "utf-8")
    Path("posts.jsonl").write_text(json.dumps({"text": APOLOGY}) + "\n", "utf-8")
    assert main([*door, "--rules", "own"]) == 2
    out, err = capsys.readouterr()
    assert "tone/conditional-apology" not in out
    assert "FC202" in err


@pytest.mark.parametrize("broken", ["timing/factory-fire.yml", "overlays/our.yml", "pack.yml", "retired.yml"])
def test_nothing_loads_half_in_the_library(broken: str, tmp_path: Path) -> None:
    own = shutil.copytree(OWN, tmp_path / "own")
    with (own / broken).open("a", encoding="utf-8") as file:
        file.write("\nunknown: 1\n")
    with pytest.raises(LoadError, match="FC202"):
        Screener(packs=[own])
