"""What the property tests of the rule language share: rules in a line, and the law that engine and reference agree."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from hypothesis import assume
from hypothesis import strategies as st
from reference import reference, rows_of

from flamecheck.compiler import compile_rules
from flamecheck.context import Context
from flamecheck.document import Region, plain
from flamecheck.engine import find
from flamecheck.errors import Place
from flamecheck.grading import Confidence, Severity
from flamecheck.report import Report
from flamecheck.rules.condition import Condition, Phrase
from flamecheck.rules.pattern import PatternError, parse_pattern
from flamecheck.rules.rule import Guard, Lexicon, Pack, Rule
from flamecheck.stored.read import load
from flamecheck.stored.write import dump
from flamecheck.tokenizers.sudachi import SudachiTokenizer

PLACE = Place("test.yml", 1, 1)


@cache
def tokenizer() -> SudachiTokenizer:
    return SudachiTokenizer()


def phrase(text: str, split: str = "C", confidence: Confidence | None = None) -> Phrase:
    try:
        return Phrase(text, parse_pattern(text), PLACE, split, confidence)
    except PatternError:
        assume(condition=False)
        raise


def phrases(patterns: st.SearchStrategy[str]) -> st.SearchStrategy[Phrase]:
    return st.builds(phrase, patterns)


def rule_of(match: Condition, *guards: Guard, name: str = "tone/test", confidence: int = 1) -> Rule:
    return Rule(
        name, "non-apology", "試し", Severity.MEDIUM, Confidence(confidence), "test", "「{matched}」", "誰か", "直す",
        match, PLACE, guards=guards,
    )  # fmt: skip


def pack_of(rules: Iterable[Rule], lexicons: Iterable[Lexicon] = ()) -> Pack:
    ordered = tuple(sorted(rules, key=lambda rule: rule.id))
    return Pack(ordered, {lexicon.id: lexicon for lexicon in lexicons}, "test")


def agree(text: str, pack: Pack, context: Context | None = None, regions: Iterable[Region] = ()) -> Report:
    """Assert that the engine with and without its prefilter, with stored rules, and the reference say the same."""
    document = plain(text, context=context or Context(), regions=regions)
    ruleset = compile_rules(pack, tokenizer())
    found = find(document, ruleset, tokenizer(), prefilter=True)
    assert found == find(document, ruleset, tokenizer(), prefilter=False)
    _, stored = load(dump(pack, ruleset, "test"), "test")
    assert found == find(document, stored, tokenizer())
    assert rows_of(found) == reference(document, pack, tokenizer())
    return found
