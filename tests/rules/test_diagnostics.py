"""Every diagnostic code, as a person sees it: a golden rendering for each."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from flamecheck.errors import LoadError
from flamecheck.policy.load import load_policy
from flamecheck.review import check
from flamecheck.tokenizers.sudachi import SudachiTokenizer

SOURCE = Path(__file__).parents[2] / "src" / "flamecheck"
SHIPPED = Path(__file__).parents[2] / "rules"

RULE = """\
id: tone/sample
category: non-apology
title: 見本
severity: high
message: 「{matched}」は気になります。
affected: 読む人
rewrite: 書き直す
match: 誤解を招く~
examples:
  flag: [⟦誤解を招いた⟧表現]
  pass: [誤解はない]
"""


def changed(old: str, new: str) -> dict[str, str | bytes]:
    """Return the sample rule with one change."""
    assert old in RULE
    return {"tone/sample.yml": RULE.replace(old, new)}


def condition(yaml: str) -> dict[str, str | bytes]:
    """Return the sample rule with another match."""
    return changed("match: 誤解を招く~", yaml)


LEXICON = "id: {id}\ntitle: 語\nsense: 意味\nsource: 辞書\nentries: [{entries}]\n"
STABLE = changed("severity: high", "severity: high\nstatus: stable")

PACKS: dict[str, list[dict[str, str | bytes]]] = {
    "FC102": [{"tone/sample.yml": RULE.encode("cp932", "replace")}],
    "FC103": [condition("match: [誤解"), changed("読む人", "読む\x01人"), condition("match: '誤解")],
    "FC104": [changed("title: 見本", "title: 見本\n---"), condition("match: {[a]: b}")],
    "FC105": [condition("match: {any: [&x 誤解を招く~, *x]}"), condition("match: !!python/name:os.system 誤解")],
    "FC106": [changed("title: 見本", "title: 見本\ntitle: 二つ目")],
    "FC107": [condition("match: " + "{not: " * 60 + "誤解" + "}" * 60)],
    "FC201": [
        condition("match: {any: 誤解}"),
        changed("title: 見本", "title: [見本]"),
        changed("title: 見本", "valid: {from: 去年}\ntitle: 見本"),
    ],
    "FC202": [changed("title:", "titel:"), condition("match: {any: [注意: 誤解を招く]}")],
    "FC203": [changed("title: 見本\n", "")],
    "FC204": [condition("match: {any: [誤解を招く~, ]}\nunless:\n  - #拡散"), changed("読む人", "")],
    "FC205": [
        changed("severity: high", "severity: hihg"),
        condition("match: {all: [誤解, {near: [返金], within: 3 words}]}"),
    ],
    "FC206": [condition("match:\n  any:\n    - 誤解 #招く")],
    "FC301": [condition("match: 誤解)を招く")],
    "FC302": [condition("match: 誤解?を招く"), condition("match: ~誤解"), condition("match: 誤解\\")],
    "FC303": [condition("match: (誤解|誤り を招く"), condition("match: <集団を"), condition("match: 誤解{名詞")],
    "FC304": [condition("match: (誤解|)を招く"), condition("match: 誤解…{99}招く"), condition("match: <>を招く")],
    "FC305": [condition("match: (招く|与える)~")],
    "FC306": [condition("match: " + "(" * 14 + "誤解" + ")" * 14)],
    "FC307": [condition("match: (誤解)?")],
    "FC308": [condition("match: 誤解を…")],
    "FC309": [condition("match: 誤解~を招く")],
    "FC310": [condition('match: "誤解(\\u200B)?"')],
    "FC311": [condition("match: {regex: '(誤解'}")],
    "FC312": [condition("match: {regex: '誤*'}")],
    "FC313": [condition("match: {regex: '(誤+)+解'}"), condition(r"match: {regex: '(誤)\1'}")],
    "FC401": [changed("id: tone/sample", "id: tone/other")],
    "FC402": [
        {"lexicons/a.yml": LEXICON.format(id="語", entries="海, 海")},
        {
            "lexicons/a.yml": LEXICON.format(id="語", entries="海"),
            "lexicons/b.yml": LEXICON.format(id="語", entries="山"),
        },
    ],
    "FC403": [{**condition("match: <集段>を招く"), "lexicons/a.yml": LEXICON.format(id="集団", entries="海")}],
    "FC404": [
        condition("match: 誤解を招く~\nunless: [{guard: negatoin}]"),
        {"lexicons/a.yml": LEXICON.format(id="語", entries="<語>の人")},
    ],
    "FC405": [condition("match: {all: [{when: {crisis: [active]}}]}"), condition("match: {when: {crisis: [active]}}")],
    "FC406": [condition("match: 誤解を招く~\nunless: [{id: nothing, why: 理由}]")],
    "FC407": [
        condition("match: 誤解を招く~\nrequires: {date: [nagasaki]}"),
        condition("match: 誤解を招く~\nrequires: {date: [02-30]}"),
    ],
    "FC408": [changed("⟦誤解を招いた⟧", "⟦誤解を招いた"), changed("⟦誤解を招いた⟧", "誤解を招いた")],
    "FC409": [changed("pass: [誤解はない]", "pass: [{text: 誤解はない, context: {crisis: 大変}}]")],
    "FC410": [changed("{matched}", "{word}")],
    "FC601": [changed("⟦誤解を招いた⟧表現", "⟦誤解⟧を招いた表現")],
    "FC602": [changed("pass: [誤解はない]", "pass: [誤解を招きました]")],
    "FC603": [STABLE, changed("  pass: [誤解はない]\n", "")],
    "FC604": [
        condition("match: 招く~"),
    ],
}
POLICIES = {
    "FC501": ("high: koho", "high: kohou"),
    "FC502": ("  tone:", "  tonne:"),
    "FC503": ("info: genba, ", ""),
    "FC504": ("id: peer", "id: genba"),
    "FC505": ("{info: genba", "{info: shacho"),
}


@pytest.fixture(scope="module")
def tokenizer() -> SudachiTokenizer:
    return SudachiTokenizer()


@pytest.mark.parametrize("code", PACKS)
def test_every_pack_code_is_rendered_as_accepted(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, snapshot: SnapshotAssertion, tokenizer: SudachiTokenizer
) -> None:
    monkeypatch.chdir(tmp_path)
    shown = []
    for number, files in enumerate(PACKS[code]):
        for name, content in files.items():
            path = Path(f"pack{number}") / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        problems = check([Path(f"pack{number}")], tokenizer)
        assert code in {problem.code for problem in problems}
        shown += [problem.render() for problem in problems]
    assert "\n\n".join(shown) == snapshot


@pytest.mark.parametrize("code", POLICIES)
def test_every_policy_code_is_rendered_as_accepted(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, snapshot: SnapshotAssertion
) -> None:
    monkeypatch.chdir(tmp_path)
    text = (SHIPPED / "policies" / "standard.yml").read_text("utf-8")
    old, new = POLICIES[code]
    assert old in text
    Path("p.yml").write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(LoadError) as caught:
        load_policy("p.yml", [])
    assert code in {problem.code for problem in caught.value.diagnostics}
    assert str(caught.value) == snapshot


def test_unreadable_file_is_a_diagnostic(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="FC101"):
        load_policy(tmp_path / "none.yml", [])


def test_no_code_is_without_a_golden_rendering() -> None:
    used = {code for path in SOURCE.rglob("*.py") for code in re.findall(r'"(FC\d{3})"', path.read_text("utf-8"))}
    assert used - set(PACKS) - set(POLICIES) - {"FC101"} == set()


def test_all_errors_of_all_files_come_in_one_run(tmp_path: Path, tokenizer: SudachiTokenizer) -> None:
    (tmp_path / "tone").mkdir()
    (tmp_path / "tone" / "a.yml").write_text(RULE.replace("severity: high", "severity: hihg"), "utf-8")
    (tmp_path / "tone" / "b.yml").write_text(RULE.replace("match: 誤解を招く~", "match: (誤解"), "utf-8")
    found = {problem.code for problem in check([tmp_path], tokenizer)}
    assert {"FC205", "FC303"} <= found


def test_a_pack_with_an_error_does_not_screen(tmp_path: Path) -> None:
    from flamecheck.screener import Screener

    (tmp_path / "tone").mkdir()
    (tmp_path / "tone" / "a.yml").write_text(RULE.replace("severity: high", "severity: hihg"), "utf-8")
    with pytest.raises(LoadError):
        Screener(packs=[tmp_path])


def test_numbers_and_times_stay_the_words_the_author_wrote(tmp_path: Path, tokenizer: SudachiTokenizer) -> None:
    (tmp_path / "tone").mkdir()
    rule = RULE.replace("match: 誤解を招く~", "match: {any: [072, 1:30, on, 誤解を招く~]}")
    rule = rule.replace("[⟦誤解を招いた⟧表現]", "[⟦誤解を招いた⟧表現, 背番号は⟦072⟧です]")
    (tmp_path / "tone" / "sample.yml").write_text(rule, "utf-8")
    assert [p.code for p in check([tmp_path], tokenizer)] == []


def test_ten_thousand_entries_load(tmp_path: Path, tokenizer: SudachiTokenizer) -> None:
    (tmp_path / "tone").mkdir()
    (tmp_path / "lexicons").mkdir()
    entries = "\n".join(f"  - 商品{number}番" for number in range(10_000))
    lexicon = f"id: 商品\ntitle: 商品\nsense: 商品名\nsource: 自社\nentries:\n{entries}\n"
    (tmp_path / "lexicons" / "a.yml").write_text(lexicon, "utf-8")
    rule = RULE.replace("match: 誤解を招く~", "match: <商品>で誤解").replace(
        "⟦誤解を招いた⟧表現", "⟦商品7番で誤解⟧した"
    )
    (tmp_path / "tone" / "sample.yml").write_text(rule, "utf-8")
    assert check([tmp_path], tokenizer) == []
