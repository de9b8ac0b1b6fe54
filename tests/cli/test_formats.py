"""Which form goes where: standard output, files beside it, colours and links only where they are taken."""

from __future__ import annotations

import argparse
import io
import json
from pathlib import Path

import pytest
from telling import SECRETS, spot, whole

from flamecheck.cli.formats import FORMATS, add, dressed, renderer, tell
from flamecheck.cli.main import main
from flamecheck.errors import InputError
from flamecheck.shown import Options


def arguments(*given: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add(parser)
    return parser.parse_args(given)


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_form_tells_the_run_and_no_secret(form: str, lang: str) -> None:
    text = renderer(form)(whole(), Options(lang=lang))
    assert "leak" in text
    assert text.endswith("\n")
    text.encode()
    assert not any(secret in text for secret in SECRETS)
    assert renderer(form)(whole(), Options(lang=lang)) == text


def test_several_forms_in_one_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sarif, junit = tmp_path / "a=b.sarif", tmp_path / "x.xml"
    tell(whole(), arguments("--output", f"sarif={sarif}", "--output", f"junit={junit}"))
    out, err = capsys.readouterr()
    assert out == renderer("text")(whole(), Options())
    assert err == ""
    assert json.loads(sarif.read_text("utf-8"))["version"] == "2.1.0"
    assert junit.read_text("utf-8") == renderer("junit")(whole(), Options())


def test_a_plain_file_takes_the_place_of_standard_output(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "x=y.json"
    tell(whole(), arguments("--format", "json", "--output", str(path), "--output", f"concise={tmp_path / 'c'}"))
    out, err = capsys.readouterr()
    assert out == ""
    assert json.loads(path.read_text("utf-8"))["v"] == 1
    assert (tmp_path / "c").read_text("utf-8") == renderer("concise")(whole(), Options())
    assert err == "投稿 a[1].md: CP932 として読みました\nbad.txt: 文字コードが分かりません\\x1b\n"


@pytest.mark.parametrize(
    ("given", "told"),
    [("sarf=x.sarif", "もしかして: sarif"), ("=x", "使えるもの"), ("sarif=", "ファイル名を書いてください")],
)
def test_a_form_that_does_not_exist_is_bad_usage(given: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        arguments("--output", given)
    assert told in capsys.readouterr().err


def test_a_file_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="書けません"):
        tell(whole(), arguments("--output", f"sarif={tmp_path / 'none' / 'x'}"))
    with pytest.raises(InputError, match="フォルダー"):
        tell(whole(), arguments("--output", str(tmp_path)))


def test_a_cap_reaches_the_forms_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    tell(whole(), arguments(), max_per_file=1)
    assert "ほか 2 件" in capsys.readouterr().out
    tell(whole(), arguments(), max_per_file=0)
    assert "ほか 2 件" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("terminal", "environ", "wanted"),
    [
        (True, {"TERM": "xterm"}, (True, True)),
        (True, {}, (True, True)),
        (False, {"TERM": "xterm"}, (False, False)),
        (True, {"NO_COLOR": "1"}, (False, False)),
        (True, {"NO_COLOR": ""}, (True, True)),
        (False, {"FORCE_COLOR": "1"}, (True, False)),
        (True, {"NO_COLOR": "1", "FORCE_COLOR": "1"}, (False, False)),
        (True, {"TERM": "dumb"}, (False, False)),
        (True, {"TERM": "linux"}, (True, False)),
    ],
)
def test_colours_and_links(terminal: bool, environ: dict[str, str], wanted: tuple[bool, bool]) -> None:
    assert dressed(Screen() if terminal else io.StringIO(), environ) == wanted


def test_files_are_bare_even_when_the_screen_is_coloured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)
    tell(whole(), arguments("--output", f"text={tmp_path / 'x'}"))
    assert "\x1b[31m" in capsys.readouterr().out
    assert "\x1b" not in (tmp_path / "x").read_text("utf-8")


DRAFT = (
    "# 🎉\tおしらせ\r\n\r\n"
    "👨‍👩‍👧\t&#128512; **誤解**を招いたのであれば、お詫び申し上げます。\t連絡は担当の田中の携帯&#48;90-8765-4321までお願いします。\r\n"
)


def test_a_file_with_all_its_traps_through_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("draft.md").write_bytes(b"\xef\xbb\xbf" + DRAFT.encode())
    files = {form: Path(f"out.{form}") for form in FORMATS}
    outputs = [f"--output={form}={path}" for form, path in files.items()]
    assert main(["check", "draft.md", "--no-config", "--no-cache", "--verbose", "--statistics", *outputs]) == 1
    text = {form: path.read_text("utf-8") for form, path in files.items()}
    assert capsys.readouterr().out == text["text"]
    assert not any("8765" in told for told in text.values())
    for needle, rule in (
        ("誤解**を招いたのであれば", "tone/conditional-apology"),
        ("&#48;90-8765-4321", "leak/mobile-phone"),
    ):
        place = spot(needle, DRAFT)
        (start, end), (start16, end16), (start8, end8) = place.points, place.utf16, place.utf8
        assert f"draft.md:3:{start}: {rule}" in text["text"]
        assert f"draft.md:3:{start}: " in text["concise"]
        assert f"col={start16},endColumn={end16},title={rule} " in text["github"]
        assert f"{rule} draft.md:3:{start}" in text["junit"]
        (region,) = (
            result["locations"][0]["physicalLocation"]["region"]
            for result in json.loads(text["sarif"])["runs"][0]["results"]
            if result["ruleId"] == rule
        )
        assert (region["startLine"], region["startColumn"], region["endColumn"]) == (3, start, end)
        (spread,) = (
            row["location"]["range"]
            for row in json.loads(text["rdjson"])["diagnostics"]
            if row["code"]["value"] == rule
        )
        assert spread == {"start": {"line": 3, "column": start8}, "end": {"line": 3, "column": end8}}
        (location,) = (row["location"] for row in json.loads(text["jsonl"])["findings"] if row["rule_id"] == rule)
        assert (location["line"], location["column"], location["end_column"]) == (3, start, end)
