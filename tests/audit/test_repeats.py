"""How odd a repeated text is."""

from __future__ import annotations

from flamecheck.audit.repeats import Repeat

LONG = "新しいカタログができました。冬のコートの特集もあります。ぜひ一度手に取ってご覧ください"


def weight(*times: str, text: str = LONG, channels: str = "") -> int:
    repeat = Repeat()
    for n, at in enumerate(times):
        repeat.add(n, at, ("", channels[n : n + 1]), b"", str(n))
    return repeat.weight(text)


def test_the_nearer_the_odder() -> None:
    minutes = weight("2025-01-01T10:00:00+09:00", "2025-01-01T10:05:00+09:00")
    same_day = weight("2025-01-01T10:00:00+09:00", "2025-01-01T18:00:00+09:00")
    week = weight("2025-01-01T10:00:00+09:00", "2025-01-08T10:00:00+09:00")
    month = weight("2025-01-01T10:00:00+09:00", "2025-02-01T10:00:00+09:00")
    year = weight("2024-01-01T10:00:00+09:00", "2025-01-01T10:00:00+09:00")
    assert minutes > same_day > week > month > year > 0


def test_a_greeting_is_less_odd_than_a_notice() -> None:
    days = ("2025-01-01T10:00:00+09:00", "2025-01-02T12:00:00+09:00")
    assert weight(*days, text="おはようございます！今日もよろしくお願いします") < 30 < weight(*days)


def test_one_text_on_two_channels_in_a_week_is_none() -> None:
    assert weight("2025-01-01", "2025-01-03", channels="xi") == 0
    assert weight("2025-01-01", "2025-01-03", channels="xx") > 0
    assert weight("", "", channels="xi") == 0


def test_a_yearly_notice_is_not_stale_and_an_old_deadline_is() -> None:
    text = LONG + "。お申し込みは1月31日まで"
    days = ("2024-01-10T10:00:00+09:00", "2025-01-10T10:00:00+09:00")
    late = ("2024-01-10T10:00:00+09:00", "2024-03-10T10:00:00+09:00")
    assert weight(*late, text=text) > weight(*days, text=text) + 30


def test_its_size_is_bounded() -> None:
    repeat = Repeat()
    for n in range(5000):
        repeat.add(n, "2025-01-01", (str(n), "x"), str(n).encode(), str(n))
    assert repeat.count == 5000
    assert max(map(len, (repeat.listed, repeat.seen, repeat.ids, repeat.exact))) <= 20
