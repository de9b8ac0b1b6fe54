"""The fast path gives the findings of the slow path; one literal less in any formula, and it does not."""

from __future__ import annotations

from itertools import chain, combinations

from agreement import pack_of, phrase, rule_of, tokenizer
from hypothesis import given, settings
from hypothesis import strategies as st

from flamecheck.compiler import compile_rules
from flamecheck.document import plain
from flamecheck.engine import find
from flamecheck.prefilter import Prefilter
from flamecheck.promise import And, AtLeast, Or, Promise, fulfilled, literals_of
from flamecheck.rules.condition import AllOf, AnyOf, Condition, Count, Near, WeakCue, Weigh
from flamecheck.ruleset import Ruleset

WORDS = ("海", "山", "川", "空", "森", "雪")
FEW = settings(max_examples=60, deadline=None)
word = st.sampled_from(WORDS).map(phrase)


def weigh(members: list[Condition], weights: list[int], threshold: int) -> Condition:
    cues = tuple(WeakCue(f"c{n}", m, w, "わけ") for n, (m, w) in enumerate(zip(members, weights, strict=False)))
    reach = sum(max(0, cue.weight) for cue in cues)
    return Weigh(cues, min(threshold, reach), "post")


several = st.lists(word, min_size=2, max_size=4, unique_by=lambda item: item.text).map(list[Condition])
conditions: st.SearchStrategy[Condition] = st.recursive(
    word,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda members: AnyOf(tuple(members))),
        st.lists(inner, min_size=2, max_size=3).map(lambda members: AllOf(tuple(members), "post")),
        st.builds(lambda a, b: AllOf((a, Near((b,), "post")), "post"), word, inner),
        st.builds(
            lambda members, n: Count(tuple(members), min(n, len(members)), None, distinct=True, within="post"),
            several,
            st.integers(1, 3),
        ),
        st.builds(weigh, several, st.lists(st.integers(1, 3), min_size=4, max_size=4), st.integers(1, 5)),
    ),
    max_leaves=5,
)


def text_of(words: tuple[str, ...]) -> str:
    return "。".join([*words, ""])


def subsets(words: list[str]) -> list[tuple[str, ...]]:
    """Return every choice of the words, the smallest first."""
    return list(chain.from_iterable(combinations(words, size) for size in range(1, len(words) + 1)))


def stricter(promise: Promise, literal: str) -> Promise:
    """Return the formula as if ``literal`` had been forgotten: nothing makes that part of it true any more."""
    if promise == literal:
        return "\0"
    if isinstance(promise, AtLeast):
        parts = [(weight, stricter(part, literal)) for weight, part in promise.parts]
        return AtLeast(promise.threshold, tuple((weight, part) for weight, part in parts if part is not None))
    if isinstance(promise, (And, Or)):
        literals = frozenset("\0" if item == literal else item for item in promise.literals)
        inner = [stricter(part, literal) for part in promise.parts]
        if isinstance(promise, And):
            return And(literals, tuple(part for part in inner if isinstance(part, (Or, AtLeast))))
        return Or(literals, tuple(part for part in inner if isinstance(part, (And, AtLeast))))
    return promise


def needed_by(promise: Promise, literal: str) -> tuple[str, ...] | None:
    """Return the fewest words that make the formula true only thanks to ``literal``, or None when none do."""
    for words in subsets(sorted(literals_of(promise))):
        if fulfilled(promise, frozenset(words)) and not fulfilled(promise, frozenset(words) - {literal}):
            return words
    return None


@given(conditions)
@FEW
def test_deleting_one_literal_from_any_formula_breaks_the_law(condition: Condition) -> None:
    ruleset = compile_rules(pack_of([rule_of(condition)]), tokenizer())
    promise = ruleset.compiled[0].matcher.promise
    for literal in sorted(literals_of(promise)):
        words = needed_by(promise, literal)
        if words is None:
            continue  # 「海」か「海と山」のように、無くても真偽の変わらない字面である。
        document = plain(text_of(words))
        slow = find(document, ruleset, tokenizer(), prefilter=False)
        if not slow.findings:
            continue  # 式は真でも、重なりなどで条件が成り立たない。
        assert find(document, ruleset, tokenizer()) == slow
        broken = Ruleset(ruleset.compiled, Prefilter([stricter(promise, literal)]), ruleset.fingerprint)
        assert find(document, broken, tokenizer()) != slow


def test_the_law_is_broken_for_nearly_every_literal_of_a_fixed_sample() -> None:
    """The test above skips some literals; over hand-made formulas of every kind it may skip none."""
    a, b, c = (phrase(text) for text in WORDS[:3])
    kinds: list[Condition] = [
        a,
        AnyOf((a, b)),
        AllOf((a, b), "post"),
        AllOf((AnyOf((a, b)), c), "post"),
        AnyOf((AllOf((a, b), "post"), c)),
        Count((a, b, c), 2, None, distinct=True, within="post"),
        Count((a, b), 2, None, within="post"),
        weigh([a, b, c], [2, 1, 1], 2),
        weigh([a, b, c], [1, 1, 1], 2),
    ]
    for condition in kinds:
        ruleset = compile_rules(pack_of([rule_of(condition)]), tokenizer())
        promise = ruleset.compiled[0].matcher.promise
        literals = sorted(literals_of(promise))
        assert literals
        for literal in literals:
            words = needed_by(promise, literal)
            assert words is not None, (condition, literal)
            document = plain(text_of(words * 2))
            slow = find(document, ruleset, tokenizer(), prefilter=False)
            assert slow.findings, (condition, words)
            assert find(document, ruleset, tokenizer()) == slow
            broken = Ruleset(ruleset.compiled, Prefilter([stricter(promise, literal)]), ruleset.fingerprint)
            assert not find(document, broken, tokenizer()).findings


def test_one_generated_case_in_five_at_least_has_a_finding() -> None:
    seen: list[bool] = []

    @given(conditions, st.lists(st.sampled_from(WORDS), min_size=2, max_size=5))
    @settings(max_examples=150, derandomize=True, database=None, deadline=None)
    def sample(condition: Condition, words: list[str]) -> None:
        ruleset = compile_rules(pack_of([rule_of(condition)]), tokenizer())
        document = plain(text_of(tuple(words)))
        found = find(document, ruleset, tokenizer())
        assert found == find(document, ruleset, tokenizer(), prefilter=False)
        seen.append(bool(found.findings))

    sample()
    assert sum(seen) >= len(seen) / 5
