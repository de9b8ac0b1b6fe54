"""Which form goes where: standard output, files beside it, colours and links only where they are taken."""

from __future__ import annotations

import argparse
import io
import json
from pathlib import Path

import pytest
from telling import SECRETS, whole

from flamecheck.cli.formats import FORMATS, add, dressed, renderer, tell
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
