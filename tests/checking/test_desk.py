"""Who screens: rules are loaded for what is not kept, and only then; kept and fresh say the same."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flamecheck.checking.cache import Cache
from flamecheck.checking.desk import Desk, made_from
from flamecheck.document import plain
from flamecheck.policy.load import load_policy
from flamecheck.rules.load import packaged
from flamecheck.screener import Screener
from flamecheck.settings.values import Applied

TODAY = date(2026, 11, 24)
POLICY = load_policy("standard", [packaged() / "policies"])
WORDS = [
    "不快に思われた方がいたなら",
    "お詫びします",
    "馬鹿",
    "090-3812-4417",
    "です。",
    "\n",
    "必ず儲かる",
    "死ね",
    "😀",
]


def loading() -> NoReturn:
    pytest.fail("規則を読みにいった")


def desk(folder: Path, *, kept: bool = False, made_from: str = "a") -> Desk:
    cache = Cache(folder, made_from, today=TODAY, warn=pytest.fail)
    return Desk(loading if kept else Screener.default, POLICY, cache)


@given(st.lists(st.sampled_from(WORDS), max_size=6).map("".join), st.sampled_from(["", "tone/", "leak/"]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_kept_and_fresh_say_the_same(tmp_path: Path, text: str, ignored: str) -> None:
    applied = Applied(ignore=(ignored,) if ignored else ())
    first = desk(tmp_path / "kept")
    fresh = first.report(plain(text), applied)
    first._cache.close()
    again = desk(tmp_path / "kept", kept=True)
    assert again.report(plain(text), applied) == fresh
    again._cache.close()


def test_what_is_known_of_rules_is_kept(tmp_path: Path) -> None:
    first = desk(tmp_path)
    known = dict(first.rules)
    first._cache.close()
    assert "tone/conditional-apology" in known
    assert desk(tmp_path, kept=True).rules == known


def test_a_selection_of_its_own_is_asked_anew(tmp_path: Path) -> None:
    draft = plain("不快に思われた方がいらっしゃいましたら、おわびします。")
    first = desk(tmp_path)
    assert first.report(draft, Applied()).findings
    assert not first.report(draft, Applied(ignore=("tone/",))).findings


def test_reports_depend_on_packs_and_added_words(tmp_path: Path) -> None:
    pack = tmp_path / "own"
    (pack / "lexicons").mkdir(parents=True)
    (pack / "lexicons" / "品.yml").write_text("id: 品\ntitle: 品\nentries: [茶]\n", "utf-8")
    before = made_from([pack])
    assert before != made_from([])
    assert before == made_from([pack])
    (pack / "lexicons" / "品.yml").write_text("id: 品\ntitle: 品\nentries: [茶, 菓子]\n", "utf-8")
    assert before != made_from([pack])
