"""The engine sees through disguises exactly as the naive reference does."""

from __future__ import annotations

from dataclasses import replace

from agreement import PLACE, agree, pack_of, phrase, rule_of, tokenizer
from hypothesis import given, settings
from hypothesis import strategies as st

from flamecheck.compiler import compile_rules
from flamecheck.document import plain
from flamecheck.engine import find
from flamecheck.grading import Severity
from flamecheck.rules.condition import After, AnyOf
from flamecheck.rules.rule import Case, Disguise, Guard, Pack, Profile, Rule, Technique, Unit

MACHINE = ("mask", "space", "separator", "lengthen", "repeat", "kana", "decoration", "markup", "script", "vertical")
LISTED = (
    Technique("romaji", "ローマ字", "lead", "lead", units=(Unit("バカ", ("baka",), "lead"),)),
    Technique("digits", "数字", "anywhere", "lead", units=(Unit("ころ", ("56",), "anywhere"), Unit("し", ("4",), "anywhere"))),
    Technique("split", "分かち書き", exact=True, units=(Unit("死", ("タヒ",), "anywhere"), Unit("殺", ("木又",), "anywhere"))),
    Technique("alike", "似た字", exact=True, units=(Unit("カ", ("力",), "anywhere"),)),
    Technique("emoji", "絵文字", units=(Unit("死", ("💀",), "start"), Unit("殺", ("🔪",), "anywhere"))),
)  # fmt: skip
NOT = Guard("not", "打ち消し", (Case("no", "打ち消し", None, After((phrase("じゃない~"),))),))
PIECES = [
    "死", "ね", "バ", "カ", "ば", "か", "殺", "す", "し", "ころ", "ぞ", "4", "56", "タヒ", "木又", "力", "💀", "🔪", "◯", "*", "○", "・", "-",
    " ", "　", "ー", "ぁ", "っ", "えええ", "お前は", "さっさと", "だ", "じゃない", "。", "!", "\n", "**", "<b>", "</b>", "&#27515;", "%e6%ad%bb",
    "\u0337", "\u200b", "baka", "bаka", "彼", "楽しい", "年", "ンス", "死ね", "殺す", "バカ", "た", "し", "て", "#", "「", "月", "さ", "●",
]  # fmt: skip
words = st.sampled_from(["死ね", "バカ", "殺す~", "馬鹿"])


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Return pieces around a word whose letters were given a disguise or two."""
    some = st.lists(st.sampled_from(PIECES), max_size=4).map("".join)
    word = list(
        draw(
            st.sampled_from(
                ["死ね", "バカ", "殺す", "殺した", "ころす", "しね", "タヒね", "56す", "バ力", "4ね", "baka"]
            )
        )
    )
    for at in range(len(word)):
        word[at] += draw(st.sampled_from(["", "", "", "・", " ", "ー", "◯", "\u0337", "っ", "<b>"]))
        word[at] = draw(st.sampled_from([word[at]] * 8 + ["○", "**" + word[at] + "**"]))
    lead = draw(st.sampled_from(["", "お前は", "お前は", "さっさと", "お前は ", "。", "\n", "#"]))
    return draw(some) + lead + "".join(word) + draw(some)


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    ids = draw(st.lists(st.sampled_from(MACHINE), min_size=8, unique=True))
    where = st.sampled_from(["anywhere", "start", "lead"])
    machine = [
        Technique(name, name, "anywhere", draw(where), not_before=("月",) if name == "mask" else ()) for name in ids
    ]
    leads = (phrase("お前は"), phrase("(さっさと|早く)"))
    profile = Profile("test", "試し", Severity.INFO, (*machine, *draw(st.permutations(LISTED))), leads)
    named = draw(st.lists(words, min_size=1, max_size=3, unique=True))
    match = AnyOf((phrase("死ね"), phrase("お前は…{4}(バカ|馬鹿)"), phrase("(殺す~)(ぞ)?"), phrase("(バカ|馬鹿)$")))
    return replace(rule_of(match, NOT), disguise=Disguise(profile, tuple((word, PLACE) for word in named), PLACE))


@given(texts(), rules())
@settings(max_examples=400)
def test_disguises(text: str, rule: Rule) -> None:
    agree(text, pack_of([rule]))


@given(st.lists(st.sampled_from(PIECES), max_size=10).map("".join), rules())
@settings(max_examples=200)
def test_pieces_of_disguises(text: str, rule: Rule) -> None:
    agree(text, pack_of([rule]))


def test_the_generated_texts_are_not_beside_the_point() -> None:
    """At least one generated text in five has a finding that was seen through."""
    seen = []

    @given(texts(), rules())
    @settings(max_examples=100)
    def count(text: str, rule: Rule) -> None:
        pack: Pack = pack_of([rule])
        report = find(plain(text), compile_rules(pack, tokenizer()), tokenizer())
        kept = [*report.findings, *(item.finding for item in report.dismissed)]
        seen.append(any(one.via for one in kept))

    count()
    assert sum(seen) * 5 >= len(seen)
