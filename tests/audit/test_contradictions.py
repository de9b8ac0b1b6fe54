"""Two posts of one thing, and what they say differently."""

from __future__ import annotations

import pytest

from flamecheck.audit.contradictions import Seen, contradictions
from flamecheck.audit.facts import facts_of
from flamecheck.context import parse_time


def between(first: str, second: str, days: tuple[str, str] = ("2025-04-01", "2025-04-05"), name: str = "name") -> list[str]:  # fmt: skip
    one, two = (
        Seen(n, at, "", "x", facts_of(text, parse_time(at)))
        for n, (at, text) in enumerate(zip(days, (first, second), strict=True))
    )
    return [f"{found.kind} {found.first.value} {found.second.value}" for found in contradictions(one, two, name)]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("【桜祭】4月12日(土)開催", "【桜祭】4月13日(日)開催", ["date 2025-04-12 2025-04-13"]),
        ("【桜祭】4月12日(土)開催", "【桜祭】4月19日(土)開催", []),
        ("【体験教室】4月12日(土)開催", "【体験教室】4月13日(日)開催", []),
        ("【桜祭】4月12日〜4月20日", "【桜祭】4月12日〜4月27日", ["date 2025-04-20 2025-04-27"]),
        ("【桜祭】4月12日〜4月20日", "【桜祭】5月10日〜5月20日", []),
        ("【桜祭】第1回 4月12日開催", "【桜祭】第2回 4月13日開催", []),
        ("【桜祭】参加費 大人800円", "【桜祭】参加費 大人900円", ["price 800円 900円"]),
        ("【桜祭】参加費 大人800円", "【桜祭】参加費 子ども400円", []),
        ("【桜祭】弁当 1,000円(税抜)", "【桜祭】弁当 1,080円(税込)", []),
        ("【桜祭】弁当 1,000円", "【桜祭】弁当 1,080円", ["price 1000円 1080円"]),
        ("【桜祭】本日の弁当 1,000円", "【桜祭】本日の弁当 1,200円", []),
        ("【桜祭】電話 03-3463-2211", "【桜祭】電話 03-3463-2212", ["telephone 0334632211 0334632212"]),
        ("【桜祭】TEL 03-3463-2211", "【桜祭】FAX 03-3463-2212", []),
        ("【桜祭】4月12日 申込 https://a.example.jp/x", "【桜祭】4月12日 申込 https://a.example.jp/y", ["url a.example.jp/x a.example.jp/y"]),
        ("【桜祭】4月12日 申込 https://a.example.jp/x", "【桜祭】4月12日 申込 https://a.example.jp/x/map", []),
        ("【桜祭】4月12日 申込 https://t.co/x", "【桜祭】4月12日 申込 https://t.co/y", []),
    ],
)  # fmt: skip
def test_precision_comes_first(first: str, second: str, expected: list[str]) -> None:
    assert between(first, second) == expected


def test_a_date_that_is_over_is_of_an_earlier_round() -> None:
    texts = "【桜祭】4月12日(土)開催", "【桜祭】4月13日(日)開催"
    assert between(*texts, days=("2025-04-01", "2025-04-13")) == []


def test_without_a_name_nearly_everything_must_agree() -> None:
    texts = "桜祭の参加費は大人800円です", "桜祭の参加費は大人900円です"
    assert between(*texts, name="") == ["price 800円 900円"]
    assert between(texts[0], "花見の参加費は大人900円です", name="") == []


def test_undated_posts_are_compared_in_their_numbers_only() -> None:
    texts = "【桜祭】大人800円 電話 03-3463-2211", "【桜祭】大人900円 電話 03-3463-2212"
    assert between(*texts) == ["price 800円 900円", "telephone 0334632211 0334632212"]
    one, two = (Seen(n, "", "", "x", facts_of(text)) for n, text in enumerate(texts))
    assert [found.kind for found in contradictions(one, two, "name")] == ["telephone"]
