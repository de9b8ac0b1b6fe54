"""The facade: own rules, own policy, opting out, and errors that say what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from packs import pack, rule

import flamecheck
from flamecheck.document import plain
from flamecheck.screener import Screener

APOLOGY = "誤解を招いたのであれば、お詫びします"

OWN = (
    "id: tone/own\ncategory: snark-provocation\ntitle: 見本\nseverity: low\nmessage: 「{{matched}}」です。\naffected: 読む人\n"
    "rewrite: 書き直す\nmatch: {word}\nexamples: {{flag: [], pass: []}}\n"
)


def test_the_first_line_of_the_readme() -> None:
    verdict = flamecheck.screen(APOLOGY)
    assert verdict.tier.id == "koho"
    assert verdict.report.findings[0].rule_id == "tone/conditional-apology"


def test_a_rule_can_be_left_out_for_one_call() -> None:
    verdict = Screener.default().screen(APOLOGY, ignore=["tone/conditional-apology"])
    assert "tone/conditional-apology" not in {finding.rule_id for finding in verdict.report.findings}


def test_leaving_out_an_unknown_rule_is_an_error() -> None:
    with pytest.raises(ValueError, match="tone/nothing"):
        Screener.default().screen(APOLOGY, ignore=["tone/nothing"])


def test_a_document_brings_its_own_context() -> None:
    with pytest.raises(TypeError):
        Screener.default().screen(plain("あ"), context={"crisis": "none"})


def test_context_outside_its_list_is_an_error() -> None:
    with pytest.raises(flamecheck.InputError, match="もしかして: apology"):
        flamecheck.screen("あ", post_type="apologgy")


def test_own_rules_and_own_policy(tmp_path: Path) -> None:
    (tmp_path / "tone").mkdir()
    (tmp_path / "tone" / "own.yml").write_text(
        "id: tone/own\ncategory: overfamiliar-slang\ntitle: 社内の言い方\nseverity: medium\nmessage: 「{matched}」は社内の言葉です。\n"
        "affected: 社外の人\nrewrite: 言い換える\nmatch: なるはや\nexamples: {flag: [⟦なるはや⟧で], pass: [なるほど]}\n",
        "utf-8",
    )
    screener = Screener(packs=[tmp_path], policy="sme")
    verdict = screener.screen("なるはやで送ります")
    assert [finding.rule_id for finding in verdict.report.findings] == ["tone/own"]
    assert verdict.tier.id == "homu-somu"


def test_many_keeps_the_order() -> None:
    tiers = [verdict.tier.id for verdict in Screener.default().screen_many(["晴れです", APOLOGY, "晴れです"])]
    assert tiers == ["genba", "koho", "genba"]


def test_a_missing_dictionary_says_what_to_install() -> None:
    from flamecheck.tokenizers.sudachi import SudachiTokenizer

    with pytest.raises(flamecheck.DictionaryMissingError, match="pip install sudachidict-none"):
        SudachiTokenizer(dictionary="none")


def test_an_unknown_policy_names_the_known_ones() -> None:
    with pytest.raises(ValueError, match="standard"):
        Screener(policy="standart")


def test_an_own_policy_goes_before_a_shipped_one_of_the_same_name(tmp_path: Path) -> None:
    (tmp_path / "policies").mkdir()
    shipped = (Path(__file__).parents[1] / "rules" / "policies" / "standard.yml").read_text("utf-8")
    (tmp_path / "policies" / "standard.yml").write_text(shipped.replace("title: 標準", "title: 自社の標準"), "utf-8")
    assert Screener(packs=[tmp_path]).policy.title == "自社の標準"


def test_the_same_files_are_compiled_once_and_changed_ones_again(tmp_path: Path) -> None:
    rule = tmp_path / "tone" / "own.yml"
    rule.parent.mkdir()
    rule.write_text(OWN.format(word="海"), "utf-8")
    first, again = Screener(packs=[tmp_path], shipped=False), Screener(packs=[tmp_path], shipped=False)
    assert again.ruleset is first.ruleset
    rule.write_text(OWN.format(word="山"), "utf-8")
    changed = Screener(packs=[tmp_path], shipped=False)
    assert [found.matched for found in changed.screen("海と山").report.findings] == ["山"]


def test_a_selection_is_made_once_and_holds_for_one_call(tmp_path: Path) -> None:
    texts = {f"tone/{name}.yml": rule(word, f"[⟦{word}⟧です]") for name, word in (("sample", "鉛筆"), ("other", "鋏"))}
    texts["tone/other.yml"] = texts["tone/other.yml"].replace("tone/sample", "tone/other")
    screener = Screener(packs=[pack(tmp_path, texts)], shipped=False, ignore=["tone/other"])
    chosen = screener.selecting(ignore=["tone/sample"])
    assert chosen is screener.selecting((), (), ("tone/sample",))
    found = [screener.screen("鉛筆と鋏", selection=given).report.findings for given in (None, chosen)]
    assert [[finding.rule_id for finding in some] for some in found] == [["tone/sample"], ["tone/other"]]
    with pytest.raises(ValueError, match="tone/sampel"):
        screener.selecting(["tone/sampel"])
