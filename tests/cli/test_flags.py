"""Flags that say what settings may say."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest
from writing import repository

from flamecheck.cli.common import loaded_of, settings_of
from flamecheck.cli.flags import given
from flamecheck.cli.main import parser
from flamecheck.errors import InputError
from flamecheck.settings.load import Loaded


def arguments(*words: str) -> argparse.Namespace:
    return parser().parse_args(["check", "x", *words])


def loaded(*words: str) -> Loaded:
    return loaded_of(arguments(*words))


def test_a_flag_that_is_not_given_says_nothing() -> None:
    assert given(arguments()) == {}


def test_every_flag_comes_under_its_key_with_its_name() -> None:
    words = (
        "--rules a --policy strict --fail-at peer --no-report-only --select tone/ --select leak/ --extend-select x "
        "--ignore y --include *.md --exclude old/ --force-exclude --fields posts.*.text --max-per-file 3 "
        "--post-type notice --paid false --scheduled true --voice 0"
    )
    assert given(arguments(*words.split())) == {
        "packs": [(Path("a"), "--rules")],
        "policy": [("strict", "--policy")],
        "fail-at": [("peer", "--fail-at")],
        "report-only": [(False, "--report-only")],
        "select": [("tone/", "--select"), ("leak/", "--select")],
        "extend-select": [("x", "--extend-select")],
        "ignore": [("y", "--ignore")],
        "include": [("*.md", "--include")],
        "exclude": [("old/", "--exclude")],
        "force-exclude": [(True, "--force-exclude")],
        "fields": [("posts.*.text", "--fields")],
        "max-per-file": [(3, "--max-per-file")],
        "context.post_type": [("notice", "--post-type")],
        "context.paid": [(False, "--paid")],
        "context.scheduled": [(True, "--scheduled")],
        "context.voice": [(0, "--voice")],
    }


def test_what_no_flag_may_say() -> None:
    with pytest.raises(InputError):
        given(arguments("--post-type", "notise"))
    with pytest.raises(ValueError, match="--include"):
        given(arguments("--include", "#x"))
    with pytest.raises(ValueError, match="--fields text --fields title"):
        given(arguments("--fields", "text,title"))


def test_flags_go_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = 'report-only = true\nmax-per-file = 3\nexclude = ["a/"]\n[[overrides]]\npaths = "x"\nfail-at = "peer"\n'
    monkeypatch.chdir(repository(tmp_path, {"flamecheck.toml": text, "own.toml": 'exclude = ["own/"]\n'}))
    both = settings_of(arguments("--no-report-only", "--max-per-file", "0", "--exclude", "b/", "--fail-at", "shacho"))
    assert (both.report_only, both.max_per_file, both.exclude) == (False, None, ("a/", "b/"))
    assert (both.applied("x").fail_at, both.applied("y").fail_at) == ("shacho", "shacho")
    assert loaded().applied("x").fail_at == "peer"
    assert loaded("--no-config").settings().exclude == ()
    assert loaded("--config", "own.toml").settings().exclude == ("own/",)


def test_warnings_are_said_on_standard_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {"flamecheck.toml": "", "pyproject.toml": "[tool.flamecheck]\n"}
    monkeypatch.chdir(repository(tmp_path, files))
    settings_of(arguments())
    assert "FC708" in capsys.readouterr().err
