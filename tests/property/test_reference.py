"""The engine, with and without its prefilter, says what the naive reference says: one test per construct."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import cast

import pytest
from agreement import PLACE, agree, pack_of, phrase, rule_of, tokenizer
from hypothesis import given, settings
from hypothesis import strategies as st

from flamecheck.context import Context
from flamecheck.detectors.numerals import Limits
from flamecheck.detectors.registry import DETECTORS
from flamecheck.grading import Confidence
from flamecheck.rules.condition import (
    After,
    AllOf,
    AnyOf,
    Before,
    Condition,
    Detector,
    InContext,
    Inside,
    Near,
    Not,
    PartOf,
    Phrase,
)
from flamecheck.rules.dates import Dated, Day, parse_date
from flamecheck.rules.rule import Case, Entry, Guard, Lexicon
from flamecheck.rules.when import When
from flamecheck.tokenizers.sudachi import SudachiTokenizer

WORDS = [
    "誤解", "を", "招く", "招いた", "たら", "ば", "なら", "ない", "必ず", "儲かる", "わけではない", "女", "らしい", "男", "カス",
    "カスタマー", "思う", "思われた", "お思いになった", "お", "て", "いる", "に", "という言葉", "の", "は", "専用車両", "連絡",
]  # fmt: skip
MARKS = ["「", "」", "『", "』", "。", "、", "\n", "!", "#", "(", "😂", "😊😂👍🏽", "w", " ", "ｶｽ", "\u200b"]
INFLECTING = ["思う~", "招く~", "儲かる~", "嬉しい~", "連絡する~", "誤解を招く~", "許せない~"]
INFLECTED = [
    "思った", "思わない", "思っていない", "思ったら", "思われました", "お思いになる", "招かれ", "招いちゃった", "嬉しかった", "嬉しくない",
    "ご連絡いただき", "連絡をした", "連絡しない", "許せない", "許せませんでした", "儲かりません", "誤解を招けば", "てしまいました",
]  # fmt: skip
REACHES = ["clause", "sentence", "post"]
FEW = settings(max_examples=200)

words = st.sampled_from([word for word in WORDS if word])
literals = st.lists(words, min_size=1, max_size=2).map("".join)
texts = st.lists(st.sampled_from([*WORDS, *WORDS, *MARKS, *INFLECTED]), max_size=10).map("".join)


@pytest.fixture(scope="session")
def sudachi() -> SudachiTokenizer:
    return tokenizer()


# --- patterns: the text always contains something near the pattern, so that most examples say something ---


@st.composite
def around(draw: st.DrawFn, pieces: list[str]) -> str:
    """Return a text in which ``pieces`` stand in order, with other words and marks between some of them."""
    between = st.one_of(
        st.just(""), st.just(""), st.sampled_from(["\n", "。", "、", "女", "カス", "「", "」", "を", "必ず"])
    )
    body = "".join(piece + draw(between) for piece in pieces)
    return draw(texts) + body + draw(texts)


@given(st.data())
@FEW
def test_literal(data: st.DataObject) -> None:
    text = data.draw(literals)
    split = data.draw(st.sampled_from("AC"))
    chars = data.draw(st.sampled_from([[text], [text[:1], text[1:]], [*text]]))
    agree(data.draw(around(chars)), pack_of([rule_of(phrase(text, split))]))


@given(st.data())
@FEW
def test_inflection(data: st.DataObject) -> None:
    word = data.draw(st.sampled_from(INFLECTING))
    before, after = (
        data.draw(st.sampled_from(["", "", "を", "女"])),
        data.draw(st.sampled_from(["", "たら", "ない", "方", "て"])),
    )
    pieces = [before, data.draw(st.sampled_from(INFLECTED)), after]
    agree(data.draw(around(pieces)), pack_of([rule_of(phrase(before + word + after))]))


@given(st.data())
@FEW
def test_inflection_in_groups_and_lexicons(data: st.DataObject) -> None:
    one, other = data.draw(st.sampled_from(INFLECTING)), data.draw(st.sampled_from(INFLECTING))
    tail = data.draw(st.sampled_from(["", "(ない)?", "(たら|ない)", "$", "…{4}ない", "(て)?(いる~)?"]))
    lexicon = Lexicon("語", "語", (Entry("a", phrase(one)), Entry("b", phrase(other))), PLACE)
    head = data.draw(st.sampled_from([f"({one}|{other})", "<語>", f"(女)?{one}"]))
    pieces = [data.draw(st.sampled_from(INFLECTED)), data.draw(words)]
    agree(data.draw(around(pieces)), pack_of([rule_of(phrase(head + tail))], [lexicon]))


@given(st.data())
@FEW
def test_group(data: st.DataObject) -> None:
    a, b, c, d = (data.draw(literals) for _ in range(4))
    pattern = data.draw(
        st.sampled_from(
            [f"{a}({b}|{c})", f"({a})?{b}", f"{a}({b}|{c})?{d}", f"({a}|{b}({c})?)({d})?", f"{a}({b}(を|は)?{c})?"]
        )
    )
    pieces = data.draw(st.lists(st.sampled_from([a, b, c, d]), min_size=1, max_size=4))
    agree(data.draw(around(pieces)), pack_of([rule_of(phrase(pattern))]))


@given(st.data())
@FEW
def test_gap(data: st.DataObject) -> None:
    a, b, c = (data.draw(literals) for _ in range(3))
    limit = data.draw(st.integers(1, 12))
    pattern = data.draw(
        st.sampled_from([f"{a}…{{{limit}}}{b}", f"{a}…{b}…{{{limit}}}{c}", f"{a}(…{{{limit}}}{b})?{c}"])
    )
    pieces = [a, data.draw(words), b, data.draw(words), c]
    agree(data.draw(around(pieces)), pack_of([rule_of(phrase(pattern, data.draw(st.sampled_from("AC"))))]))


@given(st.data())
@FEW
def test_sentence_edges(data: st.DataObject) -> None:
    a, b = data.draw(literals), data.draw(literals)
    pattern = data.draw(
        st.sampled_from(
            [f"^{a}", f"{a}$", f"^{a}$", f"{a}(^|を){b}", f"(^|を){a}", f"($|{a}){b}", f"({a}$|{b})", f"{a}(。)?$"]
        )
    )
    pieces = [
        data.draw(st.sampled_from(["", "。", "\n", "「", "・"])),
        a,
        data.draw(st.sampled_from(["", "。", "w", "!?", "」\n"])),
        b,
    ]
    agree(data.draw(around(pieces)), pack_of([rule_of(phrase(pattern))]))


@given(st.data())
@FEW
def test_part_of_speech(data: st.DataObject) -> None:
    pos = data.draw(st.sampled_from(["{名詞}", "{動詞}", "{助詞}", "{名詞-普通名詞}", "{補助記号}"]))
    a, b = data.draw(literals), data.draw(literals)
    pattern = data.draw(st.sampled_from([pos, a + pos, pos + a, f"{a}({pos}|{b})", f"({pos})?{a}", a + pos + b]))
    agree(data.draw(around([a, data.draw(words), b])), pack_of([rule_of(phrase(pattern))]))


@given(st.data())
@FEW
def test_lexicon(data: st.DataObject) -> None:
    entries = data.draw(
        st.lists(st.one_of(literals, st.sampled_from(["(女|男)らしい", "女(の)?", "カス"])), min_size=1, max_size=3)
    )
    split = data.draw(st.sampled_from("AC"))
    lexicon = Lexicon("語", "語", tuple(Entry(entry, phrase(entry, split)) for entry in entries), PLACE, split)
    a = data.draw(literals)
    pattern = data.draw(
        st.sampled_from(["<語>", f"<語>{a}", f"{a}<語>", f"<語>…{{5}}{a}", f"(<語>|{a})<語>", f"(<語>)?{a}"])
    )
    pieces = data.draw(st.lists(st.sampled_from([a, *entries]), max_size=3))
    agree(data.draw(around(pieces)), pack_of([rule_of(phrase(pattern, data.draw(st.sampled_from("AC"))))], [lexicon]))


# --- conditions ---

MEMBERS = [
    "女",
    "カス",
    "らしい",
    "必ず",
    "儲かる~",
    "思う~",
    "誤解",
    "女らしい",
    "誤解を(招く~)?",
    "女(らしい)?",
    "、",
    "男…{6}女",
]
sure = st.sampled_from([None, None, *Confidence])
member_phrases = st.builds(phrase, st.sampled_from(MEMBERS), st.sampled_from("AC"), sure)
# 少ない語をたくさん並べるほど、条件どうしがよくぶつかる。
posts = st.lists(st.sampled_from(["女", "女", "カス", "らしい", "必ず", "儲かる", "思った", "誤解を", "招いた", "男", "、", "。", "\n", "「", "」"]), min_size=4, max_size=14).map(
    "".join
)  # fmt: skip
some = st.lists(member_phrases, min_size=1, max_size=3).map(tuple)


@given(posts, some)
@FEW
def test_any(text: str, members: tuple[Phrase, ...]) -> None:
    agree(text, pack_of([rule_of(AnyOf(members))]))


@given(posts, some, st.sampled_from(["clause", "sentence", "post"]), sure)
@FEW
def test_all(text: str, members: tuple[Phrase, ...], within: str, confidence: Confidence | None) -> None:
    agree(text, pack_of([rule_of(AllOf(members, within, confidence))]))


@given(posts, some, member_phrases, st.sampled_from(["clause", "sentence", "post"]))
@FEW
def test_not(text: str, members: tuple[Phrase, ...], unwanted: Phrase, within: str) -> None:
    agree(text, pack_of([rule_of(AllOf((*members, Not(unwanted)), within))]))


@given(posts, member_phrases, some, st.sampled_from(["clause", "sentence", "post", "tokens"]), st.integers(1, 6))
@FEW
def test_near(text: str, anchor: Phrase, members: tuple[Phrase, ...], within: str, tokens: int) -> None:
    agree(text, pack_of([rule_of(AllOf((anchor, Near(members, within, tokens))))]))


related = st.lists(st.sampled_from(["らしい", "女(らしい)?", "(、)?(カス|女)", "を", "(を)?招く~", "(は)?ない~"]), min_size=1, max_size=2).map(
    lambda patterns: tuple(phrase(pattern) for pattern in patterns)
)  # fmt: skip
relating = st.lists(st.sampled_from(["女", "女", "らしい", "カス", "誤解", "を", "招いた", "、", "「", "」", "\n"]), min_size=5, max_size=14).map(
    "".join
)  # fmt: skip
anchors = st.sampled_from(["女", "カス", "誤解", "(女|カス)(らしい)?"]).map(phrase)


@given(relating, anchors, related, st.one_of(st.just(()), related))
@FEW
def test_after_and_but_not(text: str, anchor: Phrase, after: tuple[Phrase, ...], but_not: tuple[Phrase, ...]) -> None:
    agree(text, pack_of([rule_of(AllOf((anchor, After(after, but_not))))]))


@given(relating, anchors, related)
@FEW
def test_before(text: str, anchor: Phrase, before: tuple[Phrase, ...]) -> None:
    agree(text, pack_of([rule_of(AllOf((anchor, Before(before))))]))


behind = st.builds(After, related, st.one_of(st.just(()), related), st.sampled_from([None, *REACHES]))


@given(relating, anchors, st.one_of(st.none(), behind), st.sampled_from(["quotation", "hashtag"]))
@FEW
def test_inside(text: str, anchor: Phrase, after: After | None, kind: str) -> None:
    if kind == "hashtag":
        text = text.replace("「", "#")
    agree(text, pack_of([rule_of(AllOf((anchor, Inside(kind, after))))]))


@given(relating, anchors, related)
@FEW
def test_part_of(text: str, anchor: Phrase, longer: tuple[Phrase, ...]) -> None:
    agree(text, pack_of([rule_of(AllOf((anchor, PartOf(longer))))]))


days = st.sampled_from(["", "08-09", "12-28..01-03", "06-01..08-31"]).map(
    lambda text: (Day(text, text, (cast("Dated", parse_date(text)),)),) if text else ()
)
whens = st.builds(
    When, days=days, post_type=st.sampled_from([(), ("apology",)]), paid=st.sampled_from([None, True, False, "gifted"])
)
contexts = st.fixed_dictionaries(
    {},
    optional={
        "posted_at": st.sampled_from(
            ["2026-08-09", "2026-12-31", "2027-01-02", "2026-04-01T23:59:59Z", "2026-08-08T15:00:00Z"]
        ),
        "post_type": st.sampled_from(["apology", "product"]),
        "paid": st.sampled_from([True, False, "gifted"]),
    },
).map(Context.of)


@given(posts, member_phrases, whens, contexts)
@FEW
def test_when(text: str, anchor: Phrase, when: When, context: Context) -> None:
    agree(text, pack_of([rule_of(AllOf((anchor, InContext(when))))]), context)


DETECTED = [
    "090-8765-4321", "taro@gmail.com", "100万", "円", "99", "一千万", "パスワードは", "neko2026", "11月20日", "(月)", "まで", "応募", "○○", "様", "自宅は",
    "東京都港区芝公園", "4-2-8", "普通", "2345678", "品川300あ", "12-34", "女", "カス", "らしい", "、", "。", "\n",
]  # fmt: skip
detected = st.lists(st.sampled_from(DETECTED), min_size=2, max_size=10).map("".join)
detectors = st.one_of(
    st.builds(Detector, st.sampled_from(sorted(DETECTORS)), sure=st.sampled_from(list(Confidence))),
    st.builds(
        Detector, st.just("number"), st.sampled_from([Limits(Fraction(100)), Limits(None, Fraction(10**6), ("円",))])
    ),
)


@given(detected, detectors, member_phrases, st.sampled_from(["sentence", "post"]), contexts)
@FEW
def test_detector(text: str, detector: Detector, member: Phrase, within: str, context: Context) -> None:
    for match in (
        detector,
        AllOf((detector, member), within),
        AnyOf((member, detector)),
        AllOf((member, Not(detector))),
    ):
        agree(text, pack_of([rule_of(match)]), context)


short = st.lists(
    st.sampled_from(["女", "女", "カス", "らしい", "必ず", "儲かる", "男", "、", "。"]), min_size=3, max_size=8
).map("".join)

simple: st.SearchStrategy[Condition] = st.one_of(
    member_phrases,
    st.builds(Near, some, st.sampled_from(["sentence", "post"])),
    st.builds(After, related, related),
    st.builds(After, related, related, st.sampled_from(REACHES)),
    st.builds(Before, related, st.sampled_from([None, *REACHES])),
    st.builds(PartOf, related),
    st.builds(Inside, st.just("quotation"), behind),
    st.just(Inside("quotation")),
    st.builds(InContext, whens),
)


conditions: st.SearchStrategy[Condition] = st.recursive(
    simple,
    lambda inner: st.one_of(
        st.builds(AnyOf, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(AllOf, st.lists(inner, min_size=1, max_size=3).map(tuple), st.sampled_from(REACHES)),
        st.builds(Not, inner),
        st.builds(
            Near,
            st.lists(inner, min_size=1, max_size=2).map(tuple),
            st.sampled_from(["sentence", "tokens"]),
            st.just(2),
        ),
    ),
    max_leaves=4,
)
cases = st.builds(
    Case,
    st.sampled_from(["a", "b"]),
    st.sampled_from(["理由一", "理由二"]),
    st.sampled_from([None, -2, -1, 1, 3]),
    conditions,
    st.one_of(st.none(), whens),
)
guards = st.builds(
    Guard, st.sampled_from(["g", "h"]), st.just("守り"), st.lists(cases, min_size=1, max_size=3).map(tuple)
)


@given(short, member_phrases, conditions, contexts)
@FEW
def test_conditions_inside_conditions(text: str, anchor: Phrase, condition: Condition, context: Context) -> None:
    agree(text, pack_of([rule_of(AllOf((anchor, condition)))]), context)


@given(short, some, st.lists(guards, max_size=3), contexts)
@FEW
def test_guards(text: str, members: tuple[Phrase, ...], several: list[Guard], context: Context) -> None:
    agree(text, pack_of([rule_of(AnyOf(members), *several)]), context)


@given(posts, st.sampled_from(["2026-08-08", "2026-08-09", "2026-08-10"]), st.booleans())
@FEW
def test_valid_days_and_requirements(text: str, day: str, paid: bool) -> None:
    from dataclasses import replace

    base = rule_of(phrase("(女|カス)"))
    rules = [
        replace(base, id="tone/a", valid_from=date(2026, 8, 9)),
        replace(base, id="tone/b", valid_to=date(2026, 8, 9)),
        replace(base, id="tone/c", requires=When(paid=True)),
    ]
    agree(text, pack_of(rules), Context.of({"posted_at": day, "paid": paid}))


@given(short, st.lists(st.builds(lambda a, c: AllOf((a, c)), member_phrases, conditions), min_size=2, max_size=4))
@FEW
def test_adding_a_rule_never_removes_a_finding_of_another(text: str, matches: list[Condition]) -> None:
    rules = [rule_of(match, name=f"tone/{number}") for number, match in enumerate(matches)]
    whole = agree(text, pack_of(rules))
    for number in range(len(rules)):
        rest = agree(text, pack_of(rules[:number] + rules[number + 1 :]))
        assert rest.findings == tuple(row for row in whole.findings if row.rule_id != f"tone/{number}")


def test_the_generated_texts_are_not_beside_the_point(sudachi: SudachiTokenizer) -> None:
    """A few by hand, so that a reference that finds nothing does not pass."""
    pack = pack_of([rule_of(AllOf((phrase("誤解を招く~"), Not(phrase("必ず")))))])
    for text, wanted in (
        ("誤解を\n招いた", ["誤解を\n招いた"]),
        ("誤解を招かない", []),
        ("必ず誤解を招いた。誤解を招きました", ["誤解を招きました"]),
    ):
        assert [row.matched for row in agree(text, pack).findings] == wanted


@pytest.mark.parametrize(
    ("match", "text", "wanted"),
    [
        pytest.param(
            phrase("思う~…{4}ない"), "思わない。思うしかない", ["思うしかない"], id="no gap before an owed negation"
        ),
        pytest.param(phrase("思う~$"), "思わない。思う。", ["思う"], id="no sentence end before an owed negation"),
        pytest.param(
            AllOf((phrase("女"), After((phrase("らしい"),), (phrase("カス"),)))),
            "女らしい。女らしいカス",
            ["女"],
            id="but_not",
        ),
    ],
)
def test_rare_meetings(match: Condition, text: str, wanted: list[str]) -> None:
    assert [row.matched for row in agree(text, pack_of([rule_of(match)])).findings] == wanted
