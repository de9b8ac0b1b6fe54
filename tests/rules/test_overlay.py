"""Overlays: what each key changes, in which order they apply, and what they refuse."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from flamecheck.compiler import compile_rules
from flamecheck.context import Context
from flamecheck.document import plain
from flamecheck.engine import find
from flamecheck.errors import LoadError
from flamecheck.report import Report
from flamecheck.rules.load import load_pack
from flamecheck.rules.rule import Pack, Rule
from flamecheck.tokenizers.sudachi import SudachiTokenizer

BASE = {
    "base/pack.yml": "id: base\ntitle: 土台\nversion: 1.0.0\n",
    "base/tone/a.yml": """\
id: tone/a
category: non-apology
title: 見本
severity: medium
message: 「{matched}」は気になります。
affected: 読む人
rewrite: 書き直す
match:
  any:
    - {phrase: <食べ物>の恨み, id: grudge}
    - 逆恨み
unless:
  - {guard: talk}
  - {id: recipe, match: {near: [レシピ]}, why: 料理の話}
examples: {flag: [⟦逆恨み⟧だ], pass: [晴れ]}
""",
    "base/lexicons/food.yml": "id: 食べ物\ntitle: 食べ物\nsense: 意味\nsource: 辞書\nentries: [{form: 団子, id: dango}, 煎餅]\n",
    "base/guards/talk.yml": """\
id: talk
title: 言葉の話
cases:
  - {id: saying, match: {near: [ことわざ]}, why: ことわざの話}
  - {id: day, when: {date: proverb-day}, why: ことわざの日}
""",
    "base/calendars/c.yml": "id: c\ntitle: 暦\ndays: [{id: proverb-day, date: 06-06, title: 日, source: 社内}]\n",
}
Put: TypeAlias = Callable[..., Pack]


@pytest.fixture(scope="module")
def tokenizer() -> SudachiTokenizer:
    return SudachiTokenizer()


@pytest.fixture
def put(tmp_path: Path) -> Put:
    """Load the base with one pack of overlays for each text."""

    def put(*overlays: str, base: dict[str, str] | None = None) -> Pack:
        files = {**BASE, **(base or {})}
        for number, text in enumerate(overlays):
            files[f"own{number}/overlays/our.yml"] = "overlays:\n" + text
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        return load_pack([tmp_path / "base", *(tmp_path / f"own{number}" for number in range(len(overlays)))])

    return put


def rule(pack: Pack) -> Rule:
    return next(rule for rule in pack.rules if rule.id == "tone/a")


def screened(pack: Pack, text: str, tokenizer: SudachiTokenizer, posted_at: str | None = None) -> Report:
    document = plain(text, context=Context.of({"posted_at": posted_at}))
    return find(document, compile_rules(pack, tokenizer), tokenizer)


def codes(make: Callable[[], Pack]) -> list[str]:
    with pytest.raises(LoadError) as caught:
        make()
    return [problem.code for problem in caught.value.diagnostics]


def warned(pack: Pack) -> list[str]:
    return [warning.code for warning in pack.warnings]


def test_a_severity_is_changed_and_the_finding_says_by_whom_and_why(put: Put, tokenizer: SudachiTokenizer) -> None:
    pack = put("  - {rule: tone/a, severity: critical, why: うちでは重い}\n")
    finding = screened(pack, "それは逆恨みだ", tokenizer).findings[0]
    assert finding.severity.label == "critical"
    assert [(a.by, a.effect, a.why) for a in finding.adjustments] == [
        ("own0/overlays/our.yml", "raise 2", "うちでは重い")
    ]


def test_a_changed_severity_is_not_counted_twice_with_an_exception(put: Put, tokenizer: SudachiTokenizer) -> None:
    extra = "    adjust: [{id: joke, match: {near: [冗談]}, effect: lower 1, why: 冗談と書いている}]\n"
    pack = put("  - rule: tone/a\n    severity: high\n    why: うちでは重い\n" + extra)
    finding = screened(pack, "逆恨みだ、冗談です", tokenizer).findings[0]
    assert finding.severity.label == "medium"
    assert [a.steps for a in finding.adjustments] == [1, -1]


def test_words_confidence_and_status_are_changed(put: Put) -> None:
    changed = rule(
        put(
            "  - {rule: tone/a, message: '「{matched}」は避けます', affected: お客さま, rewrite: 言い換える, "
            "confidence: low, status: deprecated, why: 社内の言い方}\n"
        )
    )
    assert (changed.message, changed.affected, changed.rewrite) == ("「{matched}」は避けます", "お客さま", "言い換える")
    assert (changed.confidence.label, changed.status) == ("low", "deprecated")


def test_a_house_message_is_checked_like_any_message(put: Put) -> None:
    assert codes(lambda: put("  - {rule: tone/a, message: '「{word}」は避けます', why: 社内の言い方}\n")) == ["FC410"]


def test_off_keeps_the_rule_but_says_why_it_does_not_run(put: Put) -> None:
    assert rule(put("  - {rule: tone/a, off: true, why: うちでは使わない}\n")).off == "うちでは使わない"


@pytest.mark.parametrize(
    ("without", "text", "found"),
    [
        ("recipe", "レシピどおりでも逆恨み", ["逆恨み"]),
        ("talk", "ことわざの逆恨み", ["逆恨み"]),
        ("grudge", "団子の恨みと逆恨み", ["逆恨み"]),
        ("[grudge, recipe]", "レシピと団子の恨みと逆恨み", ["逆恨み"]),
    ],
)
def test_exceptions_guards_and_branches_are_switched_off(
    without: str, text: str, found: list[str], put: Put, tokenizer: SudachiTokenizer
) -> None:
    before = screened(put(), text, tokenizer)
    after = screened(put(f"  - {{rule: tone/a, without: {without}, why: うちでは要らない}}\n"), text, tokenizer)
    assert [finding.matched for finding in before.findings] != found
    assert [finding.matched for finding in after.findings] == found


def test_an_exception_is_added_in_the_same_language(put: Put, tokenizer: SudachiTokenizer) -> None:
    pack = put("  - {rule: tone/a, unless: [{id: shop, match: {near: [<食べ物>]}, why: 店の名}], why: 店名に出る}\n")
    assert screened(pack, "逆恨みという店の煎餅", tokenizer).dismissed[0].why == "店の名"
    assert screened(pack, "逆恨みという店", tokenizer).findings


def test_an_exception_may_take_the_place_of_one_it_switches_off(put: Put) -> None:
    changed = rule(
        put(
            "  - {rule: tone/a, without: recipe, unless: [{id: recipe, match: 献立, why: 献立の話}], why: 言い方が違う}\n"
        )
    )
    assert [guard.title for guard in changed.guards] == ["言葉の話", "献立の話"]


def test_examples_are_added_and_carry_their_own_place(put: Put) -> None:
    changed = rule(put("  - {rule: tone/a, examples: {flag: [⟦逆恨み⟧です], pass: [曇り]}, why: うちの例}\n"))
    assert [example.text for example in changed.flags] == ["逆恨みだ", "逆恨みです"]
    assert changed.flags[-1].place.path.endswith("own0/overlays/our.yml")


def test_words_of_a_lexicon_are_added_and_switched_off_for_the_rules_of_the_base(
    put: Put, tokenizer: SudachiTokenizer
) -> None:
    pack = put("  - {lexicon: 食べ物, add: [{form: 羊羹, id: yokan}], without: dango, why: 和菓子の会社}\n")
    assert screened(pack, "羊羹の恨み", tokenizer).findings
    assert screened(pack, "煎餅の恨み", tokenizer).findings
    assert not screened(pack, "団子の恨み", tokenizer).findings
    assert [(entry.id, entry.source) for entry in pack.lexicons["食べ物"].entries] == [
        ("煎餅", "辞書"),
        ("yokan", "和菓子の会社"),
    ]


def test_cases_of_a_guard_are_added_and_switched_off(put: Put, tokenizer: SudachiTokenizer) -> None:
    add = "add: [{id: book, match: {near: [文庫]}, why: 本の題}]"
    pack = put(f"  - {{guard: talk, {add}, without: saying, why: 書店なので}}\n")
    assert screened(pack, "文庫の逆恨み", tokenizer).dismissed[0].why == "本の題"
    assert screened(pack, "ことわざの逆恨み", tokenizer).findings


def test_a_day_switched_off_never_comes(put: Put, tokenizer: SudachiTokenizer) -> None:
    on = screened(put(), "逆恨みだ", tokenizer, "2027-06-06")
    off = screened(
        put("  - {calendar: c, without: proverb-day, why: うちの行事ではない}\n"), "逆恨みだ", tokenizer, "2027-06-06"
    )
    assert (len(on.findings), len(off.findings)) == (0, 1)


def test_a_later_pack_wins_and_both_are_on_record(put: Put, tokenizer: SudachiTokenizer) -> None:
    pack = put("  - {rule: tone/a, severity: low, why: 支社}\n", "  - {rule: tone/a, severity: high, why: 本社}\n")
    finding = screened(pack, "逆恨みだ", tokenizer).findings[0]
    assert finding.severity.label == "high"
    assert [(a.by, a.steps, a.why) for a in finding.adjustments] == [
        ("own0/overlays/our.yml", -1, "支社"),
        ("own1/overlays/our.yml", 2, "本社"),
    ]
    assert [overlaid.why for overlaid in pack.overlays] == ["支社", "本社"]


def test_an_overlay_sees_only_what_comes_before_its_pack(put: Put) -> None:
    later = "id: 飲み物\ntitle: 飲み物\nsense: 意味\nsource: 辞書\nentries: [緑茶]\n"
    overlay = "  - {lexicon: 飲み物, add: [番茶], why: 茶の会社}\n"
    first = "  - {rule: tone/a, severity: low, why: 理由}\n"
    assert codes(lambda: put(overlay, first, base={"own1/lexicons/w.yml": later})) == ["FC433"]


@pytest.mark.parametrize(
    ("overlay", "code"),
    [
        ("{rule: tone/b, severity: low, why: 理由}", "FC433"),
        ("{lexicon: 飲み物, add: [茶], why: 理由}", "FC433"),
        ("{guard: talks, without: saying, why: 理由}", "FC433"),
        ("{calendar: d, without: proverb-day, why: 理由}", "FC433"),
        ("{rule: tone/a, without: recipes, why: 理由}", "FC434"),
        ("{lexicon: 食べ物, without: 団子, why: 理由}", "FC434"),
        ("{lexicon: 食べ物, without: [dango, 煎餅], why: 理由}", "FC434"),
        ("{guard: talk, without: [saying, day], why: 理由}", "FC434"),
        ("{calendar: c, without: new-year, why: 理由}", "FC434"),
        ("{guard: talk, add: [{id: saying, match: 諺, why: 諺}], why: 理由}", "FC402"),
        ("{rule: tone/a, unless: [{id: recipe, match: 献立, why: 献立}], why: 理由}", "FC402"),
        ("{rule: tone/a, unless: [{guard: talks}], why: 理由}", "FC404"),
        ("{rule: tone/a, unless: [{id: x, match: {near: [<飲み物>]}, why: 茶}], why: 理由}", "FC403"),
        ("{lexicon: 食べ物, add: [<食べ物>の皿], why: 理由}", "FC404"),
        ("{lexicon: 食べ物, add: [(羊羹], why: 理由}", "FC303"),
        ("{rule: tone/a, examples: {flag: [逆恨み]}, why: 理由}", "FC408"),
        ("{rule: tone/a, severity: low}", "FC203"),
        ("{severity: low, why: 理由}", "FC203"),
        ("{rule: tone/a, severtiy: low, why: 理由}", "FC202"),
    ],
)
def test_what_an_overlay_refuses(overlay: str, code: str, put: Put) -> None:
    assert code in codes(lambda: put(f"  - {overlay}\n"))


@pytest.mark.parametrize(
    "overlay",
    [
        "{rule: tone/a, severity: medium, why: 理由}",
        "{rule: tone/a, affected: 読む人, why: 理由}",
        "{rule: tone/a, why: 理由}",
        "{lexicon: 食べ物, add: [煎餅], why: 理由}",
    ],
)
def test_an_overlay_that_changes_nothing_is_told_and_does_not_stop_the_pack(overlay: str, put: Put) -> None:
    pack = put(f"  - {overlay}\n")
    assert warned(pack) == ["FC435"]
    assert pack.overlays == ()


@pytest.mark.parametrize(
    "overlay",
    [
        "{rule: tone/a, without: recipe, why: 理由}",
        "{rule: tone/a, off: true, why: 理由}",
        "{lexicon: 食べ物, without: dango, why: 理由}",
        "{guard: talk, without: saying, why: 理由}",
        "{calendar: c, without: proverb-day, why: 理由}",
    ],
)
def test_doing_it_a_second_time_changes_nothing(overlay: str, put: Put) -> None:
    assert warned(put(f"  - {overlay}\n")) == []
    assert warned(put(f"  - {overlay}\n", f"  - {overlay}\n")) == ["FC435"]


def test_off_for_a_retired_id_reaches_what_replaced_it_and_nothing_else_does(put: Put) -> None:
    base = {"base/retired.yml": "retired: [{id: tone/old, replaced_by: [tone/a], why: 名前を変えた}]\n"}
    pack = put("  - {rule: tone/old, off: true, why: うちでは使わない}\n", base=base)
    assert (rule(pack).off, warned(pack)) == ("うちでは使わない", ["FC437"])
    pack = put("  - {rule: tone/old, severity: low, why: うちでは軽い}\n", base=base)
    assert (rule(pack).severity.label, warned(pack)) == ("medium", ["FC437"])


def test_a_branch_and_an_exception_do_not_share_an_id(put: Put) -> None:
    twice = BASE["base/tone/a.yml"].replace("id: recipe", "id: grudge")
    assert codes(lambda: put(base={"base/tone/a.yml": twice})) == ["FC402"]
