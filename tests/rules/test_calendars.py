from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from flamecheck.errors import LoadError
from flamecheck.rules.load import load_pack, packaged
from flamecheck.screener import Screener

RULE = (
    "id: timing/own\ncategory: sensitive-date\ntitle: 見本\nseverity: low\nmessage: 見本です。\naffected: 読む人\n"
    "rewrite: 書き直す\nmatch: 売り出し\n"
)
DAYS = (
    "id: own\ntitle: 自社の日\ndays:\n"
    '  - {id: accident, date: 07-19, minute: "15:10", region: 三重, year: 2009, title: 工場の事故, source: 社史}\n'
    "  - {id: eve, date: accidentの前日, title: 前夜, source: 社史}\n"
    "  - {id: month, date: '*-19', since: 2009-07-19, title: 月命日, source: 社史}\n"
    "  - {id: votes, date: [2026-10-20..2026-11-01, 2026-12-05], title: 選挙, source: 公示}\n"
)
QUIET = (
    "id: quiet\ntitle: 時刻\ncases:\n"
    "  - {id: minute, when: {around: 15}, effect: raise 2, why: 時刻}\n"
    "  - {id: place, when: {region: same}, effect: raise 1, why: 土地}\n"
)


def pack(folder: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def test_days_of_all_forms_are_built(tmp_path: Path) -> None:
    days = {day.id: day for day in load_pack([pack(tmp_path, {"calendars/own.yml": DAYS})]).days}
    assert days["accident"].minute == 910
    assert days["eve"].began(date(2026, 7, 18)) == 2026
    assert days["eve"].began(date(2008, 7, 18)) is None
    assert days["month"].began(date(2009, 6, 19)) is None
    assert days["month"].began(date(2009, 8, 19)) == 2009
    assert [day for day in (date(2026, 10, 19), date(2026, 11, 1), date(2026, 12, 5)) if days["votes"].began(day)] == [
        date(2026, 11, 1),
        date(2026, 12, 5),
    ]


def test_days_may_count_from_a_day_of_an_earlier_folder(tmp_path: Path) -> None:
    own = "id: own\ntitle: 自社\ndays: [{id: a-eve, date: nagasaki-dayの前日, title: 前日, source: 社内}]\n"
    days = {day.id: day for day in load_pack([packaged(), pack(tmp_path, {"calendars/a.yml": own})]).days}
    assert days["a-eve"].began(date(2026, 8, 8)) == 2026


def test_a_shared_guard_is_about_the_days_each_rule_requires(tmp_path: Path) -> None:
    rules = {
        f"timing/{name}.yml": RULE.replace("own", name) + f"requires: {{date: {name}}}\nunless: [{{guard: quiet}}]\n"
        for name in ("accident", "month")
    }
    folder = pack(tmp_path, {"calendars/own.yml": DAYS, "guards/quiet.yml": QUIET, **rules})
    screener = Screener(packs=[folder], shipped=False)

    def found(**context: str) -> dict[str, str]:
        report = screener.screen("売り出しの日です", context=context).report
        return {finding.rule_id: finding.severity.label for finding in report.findings}

    assert found(posted_at="2026-07-19T15:00") == {"timing/accident": "high", "timing/month": "low"}
    assert found(posted_at="2026-07-19T09:00", region="三重県") == {"timing/accident": "medium", "timing/month": "low"}
    assert found(posted_at="2026-06-19T15:00", region="三重県") == {"timing/month": "low"}


def test_an_exception_of_a_rule_is_about_the_days_it_requires(tmp_path: Path) -> None:
    text = RULE + (
        "requires: {date: accident}\nadjust: [{id: fifth, when: {anniversary: 5}, effect: raise 1, why: 節目}]\n"
    )
    screener = Screener(packs=[pack(tmp_path, {"calendars/own.yml": DAYS, "timing/own.yml": text})], shipped=False)
    labels = {
        year: screener.screen("売り出し", context={"posted_at": f"{year}-07-19"}).report.findings[0].severity.label
        for year in (2018, 2019)
    }
    assert labels == {2018: "low", 2019: "medium"}


def test_a_guard_without_days_to_ask_about_does_not_load(tmp_path: Path) -> None:
    text = RULE + "unless: [{guard: quiet}]\n"
    with pytest.raises(LoadError, match="FC423"):
        load_pack([pack(tmp_path, {"timing/own.yml": text, "guards/quiet.yml": QUIET})])


def test_one_value_may_stand_without_brackets(tmp_path: Path) -> None:
    text = RULE + "requires: {date: accident, post_type: campaign, weekday: 日, time: '09:00..18:00', region: 三重}\n"
    screener = Screener(packs=[pack(tmp_path, {"calendars/own.yml": DAYS, "timing/own.yml": text})], shipped=False)
    context = {"posted_at": "2026-07-19T10:00", "post_type": "campaign", "region": "三重県"}
    assert screener.screen("売り出し", context=context).report.findings
    assert not screener.screen("売り出し", context=context | {"posted_at": "2026-07-19"}).report.findings


def test_a_rule_out_of_its_time_runs_as_of_another_day(tmp_path: Path) -> None:
    folder = pack(tmp_path, {"timing/own.yml": RULE + "valid: {from: 2027-04-01, to: 2027-12-31}\n"})

    def found(as_of: date | None, **context: str) -> bool:
        screener = Screener(packs=[folder], shipped=False, as_of=as_of)
        return bool(screener.screen("売り出し", context=context).report.findings)

    assert not found(None, posted_at="2027-03-31T14:59:59Z")
    assert found(None, posted_at="2027-03-31T15:00:00Z")
    assert found(date(2027, 4, 1), posted_at="2026-01-01")
    assert not found(date(2028, 1, 1), posted_at="2027-05-01")
    assert found(None)
    assert not found(date(2026, 1, 1))
