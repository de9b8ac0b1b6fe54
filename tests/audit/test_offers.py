"""What a chain of posts of one offer comes to."""

from __future__ import annotations

import pytest

from flamecheck.audit.contradictions import Seen
from flamecheck.audit.facts import facts_of
from flamecheck.audit.offers import Chain, cues_of, same_offer
from flamecheck.context import parse_time


def seen(at: str, text: str, account: str = "") -> Seen:
    return Seen(1, at, account, "x", facts_of(text, parse_time(at)))


def kinds(*said: tuple[str, str]) -> list[str]:
    chain = Chain()
    for at, text in said:
        chain.add(at, cues_of(seen(at, text)))
    return [kind for kind, *_ in chain.verdicts()]


DAILY, STOCK, PERIOD = "本日限り全品半額", "先着順で特典の品をプレゼント", "期間限定で送料無料"


@pytest.mark.parametrize(
    ("text", "days", "expected"),
    [
        (DAILY, ("01-01", "01-01"), []),
        (DAILY, ("01-01", "01-02"), ["offer-day"]),
        (DAILY, ("01-01", "02-01"), []),
        (DAILY, ("01-01", "02-01", "03-01"), ["offer-day"]),
        (STOCK, ("01-01", "01-02", "01-03", "01-04"), []),
        (STOCK, ("01-01", "01-10", "01-20", "01-30"), ["offer-stock"]),
        (PERIOD, ("01-01", "01-20", "02-10", "03-01"), []),
        (PERIOD, ("01-01", "02-01", "03-01", "04-05"), ["offer-period"]),
    ],
)
def test_a_limit_that_comes_again_is_told_by_its_kind(text: str, days: tuple[str, ...], expected: list[str]) -> None:
    assert kinds(*((f"2025-{day}", text) for day in days)) == expected


def test_one_offer_has_its_words_prices_shop_and_account_in_common() -> None:
    first = seen("2025-01-01", DAILY + "。卵は98円")
    assert same_offer(first, seen("2025-01-02", DAILY + "！卵は98円✨"))
    assert not same_offer(first, seen("2025-01-02", DAILY + "。卵は88円"))
    assert not same_offer(first, seen("2025-01-02", DAILY + "。牛乳98円"))
    assert not same_offer(first, seen("2025-01-02", DAILY + "。卵は98円", account="b"))
    assert not same_offer(first, seen("2025-03-02", DAILY + "。卵は98円"))
    assert not same_offer(first, seen("2025-01-02", "毎週火曜は" + DAILY + "。卵は98円"))
    assert not same_offer(first, seen("2025-01-02", "駅前店 " + DAILY + "。卵は98円"))
