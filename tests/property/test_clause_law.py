"""What stands in the clause of an anchor, through commas, line ends, brackets and brackets in brackets: as the reference says.

The texts are clauses of three or four words in a row, each with one of the joints that cut or do not cut, and brackets
around some of them, so that most have a cut beside the anchor and many have one inside a quotation.
"""

from __future__ import annotations

from agreement import agree, pack_of, phrase, rule_of
from hypothesis import event, given, settings
from hypothesis import strategies as st

from flamecheck.rules.condition import After, AllOf, Before, Inside, Near, Not, Phrase
from flamecheck.rules.rule import Case, Guard

FEW = settings(max_examples=200)
REACHES = ["clause", "sentence", "post"]
HEADS = ["女が", "女が", "カスを", "損は", "必ず", "女、"]
TAILS = [
    "儲かります",
    "損しません",
    "儲かる",
    "儲かり",
    "儲かって",
    "儲かれば",
    "安全で",
    "カスだ",
    "儲からない",
    "逃げろ",
    "遠いの",
    "静かでしょう",
]
JOINTS = [
    "、", "、", "が", "けど、", "けれども", "から", "ので、", "のに", "んで", "のではなく", "のではないし", "のでもない、", "し", "と、", "なら、", "ものの、", "よ、", "ね ", "🎉", "…",
    "\n", "、\n", " ", "という", "、という", "、そんな", "、でも", "。", "！",
]  # fmt: skip
BRACKETS = ["「」", "『』", "“”", '""', "「", "」"]


@st.composite
def sentences(draw: st.DrawFn) -> str:
    """Return two to four clauses with their joints; brackets stand around any run of them, also nested or left open."""
    parts = [
        draw(st.sampled_from(HEADS)) + draw(st.sampled_from(TAILS)) + draw(st.sampled_from(JOINTS))
        for _ in range(draw(st.integers(2, 4)))
    ]
    for _ in range(draw(st.integers(0, 2))):
        pair = draw(st.sampled_from(BRACKETS))
        first = draw(st.integers(0, len(parts) - 1))
        last = draw(st.integers(first, len(parts) - 1))
        parts[first] = pair[0] + parts[first]
        parts[last] += pair[-1] if len(pair) > 1 else ""
    return "".join(parts)


said = st.lists(st.sampled_from(["損は", "(です|ません)", "儲かる~", "ない~", "という", "カス", "女", "必ず", "でも"]), min_size=2, max_size=4).map(
    lambda patterns: tuple(phrase(pattern) for pattern in patterns)
)  # fmt: skip
quoting = st.builds(
    "{}{}{}{}{}".format,
    st.sampled_from("「『“"),
    st.sampled_from(
        ["女が儲かる", "必ず儲かります", "損しません、必ず儲かる", "カスだ\n女だ", "『女』が儲かる", "必ず"]
    ),
    st.sampled_from("」』”"),
    st.sampled_from(["と", "という", "は", "、", "など\n"]),
    sentences(),
)
maybe = st.one_of(st.just(()), st.just(()), said)
anchors = st.sampled_from(["(女|カス|必ず|損)", "損しません", "女", "(女|必ず)…{6}(ません|ます)"]).map(phrase)


@given(sentences(), anchors, said, maybe, st.sampled_from(REACHES))
@FEW
def test_after_within(
    text: str, anchor: Phrase, patterns: tuple[Phrase, ...], but_not: tuple[Phrase, ...], within: str
) -> None:
    found = agree(text, pack_of([rule_of(AllOf((anchor, After(patterns, but_not, within))))]))
    event(f"found: {bool(found.findings)}")


@given(sentences(), anchors, said, st.sampled_from(REACHES))
@FEW
def test_before_within(text: str, anchor: Phrase, patterns: tuple[Phrase, ...], within: str) -> None:
    found = agree(text, pack_of([rule_of(AllOf((anchor, Before(patterns, within))))]))
    event(f"found: {bool(found.findings)}")


@given(sentences(), anchors, said)
@FEW
def test_near_in_a_clause(text: str, anchor: Phrase, patterns: tuple[Phrase, ...]) -> None:
    found = agree(text, pack_of([rule_of(AllOf((anchor, Near(patterns, "clause"))))]))
    event(f"found: {bool(found.findings)}")


@given(quoting, anchors, said)
@FEW
def test_what_follows_a_quotation_in_its_clause(text: str, anchor: Phrase, patterns: tuple[Phrase, ...]) -> None:
    found = agree(text, pack_of([rule_of(AllOf((anchor, Inside("quotation", After(patterns, (), "clause")))))]))
    event(f"found: {bool(found.findings)}")


@given(sentences(), anchors, said, said)
@FEW
def test_relations_together_in_a_guard(
    text: str, anchor: Phrase, one: tuple[Phrase, ...], other: tuple[Phrase, ...]
) -> None:
    both = AllOf((After(one, (), "sentence"), Not(After(other, (), "clause"))), "clause")
    guard = Guard("g", "守り", (Case("a", "理由", None, both),))
    found = agree(text, pack_of([rule_of(anchor, guard)]))
    event(f"dismissed: {bool(found.dismissed)}")
