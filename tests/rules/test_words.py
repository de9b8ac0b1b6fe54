"""Words of settings in lexicons of packs."""

from __future__ import annotations

from pathlib import Path

import pytest
from packs import LEXICON, pack, rule

from flamecheck.errors import LoadError, Place
from flamecheck.rules.load import load_pack
from flamecheck.rules.provenance import Words
from flamecheck.screener import Screener

WRITTEN = Place("flamecheck.toml", 3, 8, '道具 = ["鋏", "糊"]', 3)
NAMED = Place("flamecheck.toml", 3, 1, '道具 = ["鋏", "糊"]', 2)


def words(*forms: str, lexicon: str = "道具", why: str = "自社の品") -> tuple[Words, ...]:
    return tuple(Words(lexicon, form, why, WRITTEN, NAMED) for form in forms)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lexicon = LEXICON.replace("{id}", "道具").replace("{entries}", "鉛筆")
    return pack(tmp_path, {"tone/sample.yml": rule("<道具>", "[⟦鉛筆⟧です]"), "lexicons/a.yml": lexicon})


def test_the_words_are_found_and_on_record(folder: Path) -> None:
    screener = Screener(packs=[folder], shipped=False, words=words("鋏", "糊"))
    assert [found.matched for found in screener.screen("鋏と鉛筆と糊").report.findings] == ["鋏", "鉛筆", "糊"]
    assert [overlay.why for overlay in screener.pack.overlays] == ["自社の品"]
    assert [used.id for used in screener.pack.packs] == [folder.name, "settings"]


def test_a_pack_without_the_words_stays_as_it_is(folder: Path) -> None:
    load_pack([folder], words("鋏"))
    assert [entry.id for entry in load_pack([folder]).lexicons["道具"].entries] == ["鉛筆"]


def test_the_fingerprint_depends_on_the_words_alone(folder: Path) -> None:
    moved = tuple(Words(word.lexicon, word.form, word.why, NAMED, NAMED) for word in words("鋏"))
    prints = [
        load_pack([folder], said).fingerprint for said in (words("鋏"), moved, words("糊"), words("鋏", why="別"))
    ]
    assert prints[0] == prints[1]
    assert len({*prints}) == 3


def test_every_mistake_is_told_at_its_place_in_the_settings(folder: Path) -> None:
    said = (*words("鋏", lexicon="新しい道具"), *words("(糊"), *words("のり"))
    with pytest.raises(LoadError) as caught:
        load_pack([folder], said)
    found = {problem.code: problem for problem in caught.value.diagnostics}
    assert found["FC433"].place == NAMED
    assert "道具" in found["FC433"].help
    assert found["FC303"].place == WRITTEN


def test_a_word_that_is_there_already_is_a_warning(folder: Path) -> None:
    warnings = load_pack([folder], words("鉛筆")).warnings
    assert [(problem.code, problem.level) for problem in warnings] == [("FC435", "warning")]
