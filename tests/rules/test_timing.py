"""The shipped rules of memorial days: one base, raised by the minute, the year and the place, lowered by the words."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations

import pytest

from flamecheck.grading import Severity
from flamecheck.rules.dates import Day
from flamecheck.rules.load import load_pack, packaged
from flamecheck.rules.rule import Rule
from flamecheck.screener import Screener

SALE = "本日限りのセールを始めます"


def severities(text: str, **context: str) -> list[str]:
    report = Screener.default().screen(text, context=context).report
    return [finding.severity.label for finding in report.findings if finding.category == "sensitive-date"]


def days_of(rule: Rule) -> tuple[Day, ...]:
    return rule.requires.days if rule.requires else ()


def dated_rules() -> list[Rule]:
    """Return the rules of the category that run only on some days; one that reads the day from the words is none."""
    return [rule for rule in load_pack([packaged()]).rules if rule.category == "sensitive-date" and days_of(rule)]


def test_a_rule_is_as_severe_as_the_day_it_requires() -> None:
    assert len(dated_rules()) >= 16
    for rule in dated_rules():
        bases = {Severity[day.base.upper()] for day in days_of(rule)}
        if len(days_of(rule)) == 1:
            assert bases == {rule.severity}, rule.id
        else:
            # 何日かを見る規則は、その日を思わせる言葉まで求めるので、一段まで重くてよい。
            assert min(bases) <= rule.severity <= max(bases).shifted(1), rule.id


def test_no_day_has_two_rules_of_its_own() -> None:
    owned = [days_of(rule)[0].id for rule in dated_rules() if len(days_of(rule)) == 1]
    assert owned
    assert sorted(owned) == sorted(set(owned))


def test_no_two_rules_say_the_same_words_twice_on_any_day_of_the_year() -> None:
    screener = Screener.default()
    for number in range(365):
        day = date(2026, 1, 1) + timedelta(days=number)
        for text in (
            SALE,
            "今日はみんなでお祝いパーティーだ！🎉",
            "テンション爆上げの新作、乾杯！",
            "爆安セール、お祭り騒ぎの一日",
        ):
            findings = screener.screen(text, context={"posted_at": day.isoformat()}).report.findings
            # memorial-day-loud は日でなく騒がしさを見るので、祝いの言葉と同じ場所を指すことがある。
            dated = [f for f in findings if f.category == "sensitive-date" and f.rule_id != "timing/memorial-day-loud"]
            for one, other in combinations(dated, 2):
                assert not one.span.overlaps(other.span), (day, one.rule_id, other.rule_id)


@pytest.mark.parametrize(
    ("posted_at", "region", "wanted"),
    [
        ("2025-08-12T12:00", "", "high"),
        ("2026-08-12T12:00", "", "medium"),
        ("2026-08-12T18:41", "", "high"),
        ("2026-08-12T18:40:59", "", "medium"),
        ("2026-08-12T19:11:59", "", "high"),
        ("2026-08-12", "", "medium"),
        ("2025-08-12T18:56", "群馬県上野村", "critical"),
        ("2026-08-12T12:00", "群馬県", "high"),
        ("2026-08-12T12:00", "東京都", "medium"),
    ],
)
def test_minute_anniversary_and_region_each_raise_one_step(posted_at: str, region: str, wanted: str) -> None:
    assert severities("航空券のクーポンを配っています", posted_at=posted_at, region=region) == [wanted]


def test_before_the_event_the_day_says_nothing() -> None:
    assert severities(SALE, posted_at="2010-03-11T14:46") == []
    assert severities(SALE, posted_at="2012-03-11T09:00") == ["high"]


def test_remembrance_is_not_raised_by_the_minute_the_year_or_the_place() -> None:
    text = "震災から15年。犠牲になった方々を忘れません。おめでとうと言える春を待ちます"
    assert severities(text, posted_at="2026-03-11T14:46", region="宮城県") == ["info"]


@pytest.mark.parametrize(
    "posted_at",
    [
        "2026-01-15T12:00",
        "2026-04-23T12:00",
        "2026-06-18T07:58",
        "2026-09-06T12:00",
        "2026-10-31T12:00",
        "2026-12-26T12:00",
    ],
)
def test_a_sale_on_a_day_of_low_base_says_nothing(posted_at: str) -> None:
    assert severities(SALE, posted_at=posted_at, region="大阪府") == []


@pytest.mark.parametrize(
    ("text", "posted_at"),
    [
        ("あけましておめでとうございます。本年もよろしくお願いいたします", "2026-01-01T00:00"),
        ("ハッピーハロウィン！かぼちゃのケーキが焼けました", "2026-10-31T10:00"),
        ("敬老の日のプレゼントに、湯のみはいかがですか", "2026-09-21T10:00"),
        ("メリークリスマス！今夜は早じまいです", "2026-12-24T10:00"),
    ],
)
def test_greetings_of_the_season_never_fire_by_themselves(text: str, posted_at: str) -> None:
    assert severities(text, posted_at=posted_at) == []
