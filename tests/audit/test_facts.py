"""What is read of one post."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flamecheck.audit.facts import NONE, READ, facts_of


def test_a_post_without_values_limits_and_changes_tells_nothing() -> None:
    assert facts_of("おはようございます！「麦の音」です") is NONE


def test_headings_are_no_names_and_campaigns_are() -> None:
    facts = facts_of("【お知らせ】【いちごフェア】「苺サンド」380円 #麦の音")
    assert facts.names == {"いちごフェア", "苺サンド"}
    assert facts.tags == {"麦の音"}


def test_the_skeleton_holds_no_values() -> None:
    one, two = (facts_of(text) for text in ("りんご1個180円、4月1日(火)から", "りんご1個1,200円 4/2（水）から"))
    assert one.skeleton == two.skeleton == "りんご1個から"


@pytest.mark.parametrize(
    ("text", "cues"),
    [
        ("本日限り全品半額", {"day"}),
        ("セール本日最終日です", {"day"}),
        ("セール最終日は10日です", set()),
        ("残り3点！1,200円", {"stock"}),
        ("期間限定 1,200円", {"period"}),
        ("送料無料キャンペーン 3月31日まで", {"term"}),
        ("本日限りの展示です", set()),
        ("本日最終日、セールは終了しました", set()),
    ],
)
def test_limits_of_offers_are_known(text: str, cues: set[str]) -> None:
    assert facts_of(text).cues == cues


def test_a_change_says_of_what() -> None:
    assert facts_of("4月から価格を改定します").changes == {"text", "price"}
    assert facts_of("電話番号が変わりました").changes == {"text", "telephone"}
    assert facts_of("1,200円。内容は変更する場合があります").changes == set()


@given(st.text(max_size=80))
def test_spans_count_the_text_as_written(text: str) -> None:
    for value in facts_of(text + " ①２００円 １月２日").values:
        assert 0 <= value.span.start < value.span.end <= len(text) + 13


def test_only_the_beginning_of_a_long_post_is_read() -> None:
    assert facts_of("あ" * READ + "180円") is NONE
