"""Token patterns, counts, weighed cues, regular expressions over views, and regions agree with the naive reference."""

from __future__ import annotations

from agreement import PLACE, agree, pack_of, phrase, rule_of
from hypothesis import event, given, settings
from hypothesis import strategies as st

from flamecheck.context import Context
from flamecheck.document import REGIONS, Region
from flamecheck.grading import Confidence
from flamecheck.rules.condition import (
    AllOf,
    AnyOf,
    Condition,
    Count,
    Features,
    InContext,
    Inside,
    Phrase,
    Regex,
    Tokens,
    TokenSpec,
    WeakCue,
    Weigh,
)
from flamecheck.rules.when import When
from flamecheck.spans import Span

FEW = settings(max_examples=200)
PIECES = [
    "さすが", "です", "ね", "笑", "(笑)", "w", "女", "カス", "バカ", "ばか", "馬鹿", "だ", "必ず", "儲かる", "思った", "誤解を", "招いた", "、", "。", "!",
    "\n", "ｶｽ", "死(し)ね", "バ\u200bカ", "ー", "、\n",
]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), min_size=3, max_size=14).map("".join)
sure = st.sampled_from([None, None, *Confidence])
scopes = st.sampled_from(["sentence", "post"])
members: st.SearchStrategy[Condition] = st.builds(
    phrase,
    st.sampled_from(["さすが", "カス", "女", "思う~", "(笑|w)$", "バカ", "誤解を(招く~)?", "。", "儲かる~"]),
    st.just("C"),
    sure,
)
several = st.lists(members, min_size=1, max_size=3).map(tuple)

features = st.builds(
    Features,
    surface=st.sampled_from([(), (), ("カス", "女"), ("。",), ("\n",)]),
    dictionary=st.sampled_from([(), (), ("思う", "招く")]),
    normalized=st.sampled_from([(), (), ("馬鹿", "バカ", "ばか"), ("だ", "です")]),
    reading=st.sampled_from([(), (), ("バカ",), ("カス", "シネ")]),
    pos=st.sampled_from([(), (), ("名詞",), ("助詞", "動詞"), ("補助記号-句点",)]),
)
specs = st.builds(
    TokenSpec,
    features,
    st.one_of(st.none(), st.none(), features),
    st.sampled_from([0, 1, 1]),
    st.sampled_from([1, 1, 3]),
)


@given(texts, st.lists(specs, min_size=1, max_size=3), st.sampled_from("AC"), sure)
@FEW
def test_token_patterns(text: str, elements: list[TokenSpec], split: str, confidence: Confidence | None) -> None:
    if all(spec.least == 0 for spec in elements):
        elements = [TokenSpec(elements[0].features), *elements[1:]]
    report = agree(text, pack_of([rule_of(Tokens(tuple(elements), split, confidence))]))
    event(f"found: {bool(report.findings)}")


counts = st.builds(
    Count, several, st.integers(1, 3), st.one_of(st.none(), st.integers(3, 4)), st.booleans(), scopes, sure
)


@given(texts, counts)
@FEW
def test_count(text: str, condition: Count) -> None:
    agree(text, pack_of([rule_of(condition)]))


cue_conditions = st.one_of(members, members, members, st.sampled_from([InContext(When(paid=True))]))
cues = st.lists(st.tuples(cue_conditions, st.integers(-3, 4)), min_size=1, max_size=5).map(
    lambda pairs: tuple(WeakCue(f"c{number}", match, weight, "わけ") for number, (match, weight) in enumerate(pairs))
)
weighs = st.builds(Weigh, cues, st.integers(1, 6), scopes, sure)


@given(texts, weighs, st.sampled_from([None, True, False]))
@FEW
def test_weigh(text: str, condition: Weigh, paid: bool | None) -> None:
    report = agree(text, pack_of([rule_of(condition)]), Context(paid=paid))
    for finding in report.findings:
        assert sum(cue.weight for cue in finding.cues) >= condition.threshold


@given(texts, st.lists(st.one_of(counts, weighs, members), min_size=1, max_size=3), members, scopes)
@FEW
def test_they_go_into_each_other(text: str, inner: list[Condition], anchor: Phrase, within: str) -> None:
    agree(text, pack_of([rule_of(AllOf((anchor, AnyOf(tuple(inner))), within))]))
    agree(text, pack_of([rule_of(Count((anchor, *inner), 2, None, distinct=True, within=within))]))


@given(texts, st.sampled_from(["folded", "written", "reading", "dictionary", "normalized"]), st.data())
@FEW
def test_regular_expressions_over_views(text: str, view: str, data: st.DataObject) -> None:
    pattern = data.draw(
        st.sampled_from(
            ["[カバ].", "バカ", "(?:思う|招く) ?", "だ .", "[a-zｶ]", "シネ?", "\u200b.?", "[^、]{2}", "笑|w"]
        )
    )
    literals = data.draw(st.sampled_from([(), (), ("カス",), ("誤解", "笑")]))
    agree(text, pack_of([rule_of(Regex(pattern, literals, PLACE, view))]))


@given(texts, st.data())
@FEW
def test_regions(text: str, data: st.DataObject) -> None:
    points = data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=6).map(sorted))
    spans = [Span(low, high) for low, high in zip(points[::2], points[1::2], strict=False) if low < high]
    regions = [Region(data.draw(st.sampled_from(["heading", "link"])), span) for span in spans]
    wanted = Inside(data.draw(st.sampled_from(["heading", "link", "code"])))
    agree(text, pack_of([rule_of(AllOf((phrase("(カス|女|バカ|思う~)"), wanted)))]), regions=regions)


def test_every_kind_of_region_can_be_asked_for() -> None:
    for kind in REGIONS:
        rule = rule_of(AllOf((phrase("カス"), Inside(kind))))
        assert agree("ｶｽ", pack_of([rule]), regions=[Region(kind, Span(0, 2))]).findings
        assert not agree("ｶｽ", pack_of([rule])).findings
