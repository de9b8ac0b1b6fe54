from __future__ import annotations

from pathlib import Path

import pytest

from flamecheck.cli.main import main

OWN = "id: own\ntitle: 自社\ndays: [{id: plant, date: '*-19', minute: '15:10', base: high, year: 2009, title: 工場の事故, source: 社史}]\n"


def test_the_days_to_come_stand_in_order_with_minute_and_region(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["calendar", "--from", "2026-08-09", "--days", "4"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "2026-08-09 から 2026-08-12 まで",
        "2026-08-09（日）長崎原爆の日　重い日　11:02　長崎　1945 年から 81 年　[nagasaki-day]",
        "2026-08-12（水）日航123便の墜落　配慮の日　18:56　群馬　1985 年から 41 年　[jal-123]",
    ]


def test_a_range_is_told_once_even_when_it_has_begun(capsys: pytest.CaptureFixture[str]) -> None:
    main(["calendar", "--from", "2026-12-30", "--days", "7"])
    lines = [line for line in capsys.readouterr().out.splitlines() if "new-year]" in line]
    assert lines == ["2027-01-01（金）三が日　知っておく日　01-03 まで　[new-year]"]
    main(["calendar", "--from", "2027-01-02", "--days", "1"])
    assert "2027-01-02（土）三が日　知っておく日　01-03 まで" in capsys.readouterr().out


def test_own_days_are_listed_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "calendars").mkdir()
    (tmp_path / "calendars" / "own.yml").write_text(OWN, "utf-8")
    main(["calendar", "--from", "2026-03-15", "--days", "5", "--rules", str(tmp_path)])
    assert "2026-03-19（木）工場の事故　重い日　15:10　2009 年から 17 年　[plant]" in capsys.readouterr().out


def test_the_ends_of_the_calendar(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["calendar", "--from", "9999-12-31", "--days", "1"]) == 0
    assert "大晦日" in capsys.readouterr().out
    assert main(["calendar", "--from", "9999-12-31", "--days", "2"]) == 2
    assert main(["calendar", "--from", "2026-01-01", "--days", "0"]) == 2
    assert main(["calendar", "--from", "0001-01-01", "--days", "1"]) == 0


def test_a_day_that_does_not_exist_is_bad_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["calendar", "--from", "2026-02-30"])
    assert caught.value.code == 2
    assert "2026-02-30" in capsys.readouterr().err


def test_as_of_reaches_check_and_explain(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rule = (
        "id: tone/dated\ncategory: non-apology\ntitle: 期限つき\nseverity: high\nmessage: 期限つきの規則です。\n"
        "affected: 読む人\nrewrite: 書き直す\nmatch: 合言葉\nvalid: {to: 2025-12-31}\n"
    )
    (tmp_path / "pack" / "tone").mkdir(parents=True)
    (tmp_path / "pack" / "tone" / "dated.yml").write_text(rule, "utf-8")
    (tmp_path / "draft.txt").write_text("合言葉です", "utf-8")
    rules, draft = ["--rules", str(tmp_path / "pack")], str(tmp_path / "draft.txt")
    assert main(["check", draft, "--posted-at", "2026-05-01", *rules]) == 0
    assert main(["check", draft, "--posted-at", "2026-05-01", "--as-of", "2025-05-01", *rules]) == 1
    assert main(["check", draft, "--as-of", "2026-05-01", *rules]) == 0
    capsys.readouterr()
    main(["explain", "合言葉です", "--as-of", "2025-05-01", *rules])
    assert "○ tone/dated" in capsys.readouterr().out
    (tmp_path / "rows.jsonl").write_text('{"text": "合言葉です", "context": {"posted_at": "2026-05-01"}}\n', "utf-8")
    assert main(["audit", str(tmp_path / "rows.jsonl"), "--as-of", "2025-05-01", *rules]) == 1
