"""Keys, candidates and gates: which formulas are looked at, and which conditions are not even tried."""

from __future__ import annotations

from agreement import agree, pack_of, phrase, rule_of, tokenizer

from flamecheck.analysis import Analysis
from flamecheck.compiler import compile_rules
from flamecheck.document import plain
from flamecheck.engine import candidates
from flamecheck.matching import And, AtLeast, Or
from flamecheck.prefilter import Keys, Prefilter
from flamecheck.rules.condition import AllOf, Not


def test_the_key_of_a_conjunction_is_its_rarest_part() -> None:
    laughs, disasters = Or(frozenset({"w", "草"})), Or(frozenset({"台風", "地震"}))
    assert Keys().of(And(frozenset({"は"}), (laughs, disasters))).literals == {"台風", "地震"}


def test_the_key_of_a_disjunction_has_a_key_of_every_part() -> None:
    assert Keys().of(Or(frozenset({"津波"}), (And(frozenset({"を", "地震"})),))).literals == {"津波", "地震"}


def test_the_key_of_a_threshold_leaves_out_what_cannot_reach_it_alone() -> None:
    promise = AtLeast(3, ((2, "ね"), (2, "ご立派"), (1, "さすが")))
    assert Keys().of(promise).literals == {"ご立派", "さすが"}


def test_longer_and_rarer_scripts_are_rarer() -> None:
    order = ["ね", "w", "です", "雨", "さすが", "台風", "返金対応"]
    assert sorted(order, key=lambda text: -Keys().of(text).common) == order


def test_a_rule_without_a_promise_is_always_a_candidate() -> None:
    prefilter = Prefilter([None, "津波", And(frozenset({"津波", "笑"}))])
    assert prefilter.candidates("晴れ") == [0]
    assert prefilter.candidates("津\n波") == [0, 1]
    assert prefilter.candidates("津波で笑った") == [0, 1, 2]


def test_what_stands_only_behind_a_not_has_no_gate() -> None:
    # 「ない」の中の字面は走査されないので、無いと決めつけてはいけない。
    rule = rule_of(AllOf((phrase("津波"), Not(phrase("避難訓練")))))
    assert agree("津波の避難訓練", pack_of([rule])).findings == ()
    assert len(agree("津波だ", pack_of([rule])).findings) == 1


def test_a_member_whose_literals_are_missing_is_not_tried() -> None:
    rule = rule_of(phrase("津波"))
    ruleset = compile_rules(pack_of([rule, rule_of(phrase("地震"), name="tone/other")]), tokenizer())
    analysis = Analysis(plain("津波だ"), tokenizer())
    assert [item.rule.id for item in candidates(analysis, ruleset)] == ["tone/test"]
    assert set(analysis.gates.values()) == {"津波", "地震"}
    assert analysis.present == {"津波"}
