"""One line a finding: ``path:line:column``, the tier, the rule, the severity, the message."""

from __future__ import annotations

import re

import pytest
from syrupy.assertion import SnapshotAssertion
from telling import APOLOGY, PHONE, SECRETS, hostile, run_of, spot, whole

from flamecheck.outputs.concise import render
from flamecheck.shown import Options


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_line(lang: str, snapshot: SnapshotAssertion) -> None:
    assert render(whole(), Options(lang=lang, verbose=True)) == snapshot


def test_columns_count_code_points() -> None:
    shown = render(whole(), Options())
    for needle, rule in ((APOLOGY, "広報 tone/apology [重]"), (PHONE, "法務・総務 leak/phone [最重]")):
        place = spot(needle)
        assert f"\n投稿 a[1].md:{place.line}:{place.points[0]}: {rule} " in f"\n{shown}"


def test_quiet_and_the_cap() -> None:
    quiet = render(whole(), Options(quiet=True, max_per_file=1)).splitlines()
    assert [re.sub(r": .*", "", line) for line in quiet] == [
        "投稿 a[1].md:3:42",
        "投稿 a[1].md",
        "posts.yml:1:7",
        "bad.txt",
    ]
    assert quiet[1] == "投稿 a[1].md: ほか 2 件"


def test_a_line_break_in_a_name_is_no_line() -> None:
    assert render(run_of(hostile("a\n::b.md")), Options()).count("\n") == 4


def test_no_secret_is_told() -> None:
    assert not any(secret in render(whole(), Options(verbose=True)) for secret in SECRETS)
