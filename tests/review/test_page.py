"""``rules doc``: a page for a reader who is no engineer."""

from __future__ import annotations

from pathlib import Path

import pytest
from packs import LEXICON, pack, rule
from syrupy.assertion import SnapshotAssertion

from flamecheck.cli.main import main
from flamecheck.review.page import pages
from flamecheck.rules.load import load_pack, packaged

UNLESS = "[{id: song, match: {near: [歌]}, effect: lower 2, why: 歌の題}]"
FILES = {
    "lexicons/a.yml": LEXICON.format(id="鬼", entries="赤鬼, 青鬼, 黒鬼"),
    "tone/sample.yml": rule("<鬼>の面", "['⟦赤鬼の面⟧ #*たち*', {text: ⟦<鬼>の面⟧だ, each: 鬼}]", "[赤鬼, 海]", UNLESS),
}


def test_pages_are_as_accepted(tmp_path: Path, snapshot: SnapshotAssertion) -> None:
    assert pages(load_pack([pack(tmp_path, FILES)])) == snapshot


def test_pages_are_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    pack(Path("mine"), FILES)
    assert main(["rules", "doc", "mine", "--output", "out"]) == 0
    assert sorted(path.as_posix() for path in Path("out").rglob("*.md")) == ["out/README.md", "out/tone/sample.md"]


def test_every_shipped_rule_has_a_page_with_its_sections() -> None:
    loaded = load_pack([packaged()])
    made = pages(loaded)
    assert len(made) == len(loaded.rules) + 1
    for rule_ in loaded.rules:
        text = made[f"{rule_.id}.md"]
        assert all(f"\n## {title}" in text for title in ("なぜ", "どう書くか", "根拠", "使わないとき"))
