"""What a post tells, and what it is the value of."""

from __future__ import annotations

import pytest

from flamecheck.audit.values import address, values
from flamecheck.context import Context, parse_time
from flamecheck.normalize import fold

DAY = Context(posted_at=parse_time("2025-11-20"))


def read(text: str) -> list[tuple[str, str, str]]:
    return [(value.kind, value.value, value.role) for value in values(fold(text).text, DAY)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12月1日(月)〜12月7日(日)", [("date", "2025-12-01", "start"), ("date", "2025-12-07", "end")]),
        ("1月10日まで", [("date", "2026-01-10", "end")]),
        ("応募締切は12/3", [("date", "2025-12-03", "entryend")]),
        ("12月3日(水) 14時〜 開催", [("date", "2025-12-03", "day")]),
        ("12月5日発売", [("date", "2025-12-05", "saleday")]),
        (
            "年末の休業は12月29日から1月3日まで",
            [("date", "2025-12-29", "pausestart"), ("date", "2026-01-03", "pauseend")],
        ),
        ("1,280円", [("price", "1280円", "")]),
        ("¥1,280", [("price", "1280円", "")]),
        ("果汁20%のジュースが20%OFF", [("price", "20%", "")]),
        ("０１２０－１２３－４５６", [("telephone", "0120123456", "")]),
        ("FAX 03-3463-2211", [("telephone", "0334632211", "fax")]),
        ("https://ex.example.jp/a/?utm_source=x&id=3", [("url", "ex.example.jp/a?id=3", "")]),
        ("第12回 1.5kg 注文番号 0120-123-456", []),
        ("090-****-5678", []),
    ],
)
def test_values_are_read_in_one_form(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert read(text) == expected


def test_an_undated_post_has_no_day_without_a_year() -> None:
    found = [value.value for value in values("12月1日と2025年12月1日", Context())]
    assert found == ["", "2025-12-01"]


def test_the_words_around_a_value_say_what_it_is_the_price_of() -> None:
    first, second = values("お得です。松 5,980円 竹 3,980円から", DAY)
    assert (first.before, first.after) == ("松", "竹")
    assert (second.before, second.after) == ("竹", "から")


@pytest.mark.parametrize("url", ["https://t.co/abc", "https://[bad", "https:///x"])
def test_a_shortened_or_broken_address_leads_nowhere_known(url: str) -> None:
    assert not address(url)
