"""How an anchor stands to what is around it: directly, in its clause, over a soft line end, inside a longer name."""

from __future__ import annotations

import pytest
from agreement import agree, pack_of, phrase, rule_of

from flamecheck.rules.condition import After, AllOf, Before, Condition, Inside, PartOf


def holds(text: str, relation: Condition, anchor: str = "焼ける~") -> bool:
    return bool(agree(text, pack_of([rule_of(AllOf((phrase(anchor), relation)))])).findings)


@pytest.mark.parametrize(
    ("text", "within", "wanted"),
    [
        ("よく焼けます保証", None, True),
        ("よく焼けます、保証", None, False),
        ("よく焼けるという保証", "clause", True),
        ("よく焼けますが、保証はありません", "clause", False),
        ("よく焼けますが、保証はありません", "sentence", True),
        ("よく焼けます。保証はありません", "sentence", False),
        ("よく焼けます。保証はありません", "post", True),
        ("保証はよく焼けます", "post", False),
    ],
)
def test_after_reaches_as_far_as_it_says(text: str, within: str | None, wanted: bool) -> None:
    assert holds(text, After((phrase("保証"),), (), within)) is wanted


def test_what_must_not_follow_is_looked_for_where_the_pattern_ends() -> None:
    relation = After((phrase("保証"),), (phrase("の話"),), "clause")
    assert not holds("よく焼けるという保証の話", relation)
    assert holds("よく焼けるという保証の紙", relation)


@pytest.mark.parametrize(
    ("text", "within", "wanted"),
    [
        ("もし焼ければ", None, True),
        ("もし全部焼ければ", None, False),
        ("もし全部焼ければ", "clause", True),
        ("もし雨なら、全部焼ければ", "clause", False),
        ("もし雨なら、全部焼ければ", "sentence", True),
        ("焼ければ、もし", "post", False),
    ],
)
def test_before_reaches_as_far_as_it_says(text: str, within: str | None, wanted: bool) -> None:
    assert holds(text, Before((phrase("もし"),), within)) is wanted


def test_a_soft_line_end_beside_the_anchor_is_passed_over() -> None:
    assert holds("よく焼ける\nわけだ", After((phrase("わけ"),)))
    assert holds("よく焼けるという\n話", After((phrase("という"),), (phrase("噂"),)))
    assert not holds("よく焼けるという\n話", After((phrase("という"),), (phrase("話"),)))
    assert holds("とても\n焼ける", Before((phrase("とても"),)))
    assert not holds("よく焼けるw\nわけだ", After((phrase("わけ"),)))


def test_behind_a_quotation_means_behind_its_closing_bracket() -> None:
    relation = Inside("quotation", After((phrase("避ける~"),), (), "clause"))
    assert holds("「よく焼ける」という言葉は避けます", relation)
    assert not holds("「よく焼ける」と言い、雨は避けます", relation)
    assert not holds("「よく焼けるので避けます」と言う", relation)


def test_the_longer_name_wins() -> None:
    names = PartOf((phrase("焼ける窯"),))
    assert holds("焼ける窯の展示", names)
    assert not holds("焼ける芋", names)
    assert holds("焼ける", PartOf((phrase("焼ける"),)))
