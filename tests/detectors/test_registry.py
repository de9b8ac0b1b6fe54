"""Every detector keeps its promise, finds from the left without overlaps, and does work in proportion to the text."""

from __future__ import annotations

import sys
from itertools import pairwise
from types import FrameType

import pytest
from hostile import HOSTILE
from hypothesis import given, settings
from hypothesis import strategies as st

from flamecheck.context import Context
from flamecheck.detectors.registry import DETECTORS, detect
from flamecheck.normalize import fold

POSTED = Context.of({"posted_at": "2026-11-24"})
# どの検出器にも当たる断片と、それを崩す断片。
PIECES = [
    "090-8765-4321", "03-3456-7890", "(045)681-2345", "+81 3-3456-7890", "taro@gmail.com", "@", "〒105-0011", "東京都港区芝公園", "4-2-8",
    "さいたま市大宮区桜木町", "1丁目2番3号", "自宅は", "さくらハイツ203号室", "4539 1488 0343 6467", "4539148803436467", "カード", "みずほ銀行", "渋谷支店",
    "普通", "2345678", "記号", "10170", "番号", "23456781", "振替口座", "00120-3-45678", "品川", "300", "あ", "12-34", "11月20日", "(月)",
    "(火)", "12/5", "(sat)", "2026年", "令和8年", "まで", "締切", "応募", "開催予定", "1000万", "一千万", "二〇〇〇", "1,000", "円", "パスワードは",
    "neko2026", "password=", "hunter22!", "AKIAQ3EGTN5ABCDEFGHI", "ghp_", "a1B2c3D4" * 5, "Bearer ", "-----BEGIN PRIVATE KEY-----",
    "https://", "user:pa55word@host", "マイナンバー", "123456789018", "○○", "様", "{{name}}", "TODO:", "【仮】", "(", ")", "-", "ー", " ", "\n", "。",
    "、", "は", "に", "０９０", "ﾊﾟｽﾜｰﾄﾞ", "十", "曜",
]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
EXAMPLES = {
    "bank-account": "普通 2345678",
    "card": "4539 1488 0343 6467",
    "credentials": "パスワードはneko2026",
    "email": "taro@gmail.com",
    "landline": "03-3456-7890",
    "licence-plate": "品川300あ12-34",
    "my-number": "123456789018",
    "number": "1000",
    "past-date": "応募は11月20日まで",
    "phone": "090-8765-4321",
    "placeholder": "○○様",
    "postal-address": "〒105-0011",
    "private-address": "自宅は東京都港区芝公園4-2-8",
    "weekday-mismatch": "11月24日(水)",
}


def test_every_detector_finds_its_example() -> None:
    assert set(EXAMPLES) == set(DETECTORS)
    assert [name for name, text in EXAMPLES.items() if not list(detect(name, fold(text).text, POSTED))] == []


@pytest.mark.parametrize("name", DETECTORS)
def test_promised_literals_are_folded(name: str) -> None:
    assert [literal for literal in DETECTORS[name].literals if not literal or fold(literal).text != literal] == []


@given(texts)
@settings(max_examples=400)
def test_what_is_found_keeps_the_promise_and_never_overlaps(text: str) -> None:
    folded = fold(text).text
    joined = folded.replace("\n", "")
    for name, detector in DETECTORS.items():
        found = list(detect(name, folded, POSTED))
        assert not found or any(literal in joined for literal in detector.literals), name
        assert all(one.span.end <= other.span.start for one, other in pairwise(found)), name
        assert all(0 <= item.span.start < item.span.end <= len(folded) for item in found), name


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_four_times_the_text_takes_four_times_the_calls(piece: str) -> None:
    small, large = ((piece * (size // len(piece) + 1))[:size] for size in (2_000, 8_000))
    for name in DETECTORS:
        # 二乗なら 16 倍になる。少ない呼び出しは、どちらの長さでも要る分なので、割る前に足しておく。
        assert (calls(name, large) + 50) / (calls(name, small) + 50) < 6, name


def calls(name: str, text: str) -> int:
    """Return how many functions one detector calls, its own and built-in ones: work without a clock."""
    count = 0

    def counted(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        for _ in detect(name, text, POSTED):
            pass
    finally:
        sys.setprofile(None)
    return count
