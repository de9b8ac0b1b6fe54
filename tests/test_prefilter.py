"""Candidates and gates: which rules are looked at, and which conditions are not even tried."""

from __future__ import annotations

from agreement import agree, pack_of, phrase, rule_of, tokenizer

from flamecheck.analysis import Analysis
from flamecheck.compiler import compile_rules
from flamecheck.document import plain
from flamecheck.engine import candidates
from flamecheck.prefilter import Prefilter
from flamecheck.promise import And
from flamecheck.rules.condition import AllOf, Not


def test_a_rule_without_a_promise_is_always_a_candidate() -> None:
    prefilter = Prefilter([None, "津波", And(frozenset({"津波", "笑"}))])
    assert prefilter.candidates(prefilter.true("晴れ")) == [0]
    assert prefilter.candidates(prefilter.true("津\n波")) == [0, 1]
    assert prefilter.candidates(prefilter.true("津波で笑った")) == [0, 1, 2]
    assert prefilter.candidates(prefilter.true("津波で笑った"), frozenset({2})) == [2]


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
    assert len(set(analysis.gates.values())) == 2
    assert len(analysis.true) == 1
    assert ruleset.prefilter.present(analysis.text) == {"津波"}
