"""Packs: what stands on what, what may see what, and a fingerprint of the content alone."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from flamecheck.errors import LoadError
from flamecheck.rules.load import load_pack, packaged

RULE = """\
id: {id}
category: non-apology
title: 見本
severity: high
message: 「{{matched}}」は気になります。
affected: 読む人
rewrite: 書き直す
match: {match}
examples: {{flag: [⟦誤解⟧を招く], pass: [晴れ]}}
"""
LEXICON = "id: {id}\ntitle: 語\nsense: 意味\nsource: 辞書\nentries: [誤解]\n"
Write: TypeAlias = Callable[[dict[str, str]], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(files: dict[str, str]) -> Path:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        return tmp_path

    return write


def manifest(name: str, *, extends: str = "", version: str = "1.0.0") -> str:
    return f"id: {name}\ntitle: 規則\nversion: {version}\nextends: [{extends}]\n"


def codes(*folders: Path) -> list[str]:
    with pytest.raises(LoadError) as caught:
        load_pack(folders)
    return [problem.code for problem in caught.value.diagnostics]


def test_what_a_pack_stands_on_comes_first_and_once(write: Write) -> None:
    root = write(
        {
            "a/pack.yml": manifest("a", extends="../b, ../c"),
            "b/pack.yml": manifest("b", extends="../c"),
            "c/pack.yml": manifest("c", version="2.1.0"),
        }
    )
    pack = load_pack([root / "a", root / "c"])
    assert [(info.id, info.version) for info in pack.packs] == [("c", "2.1.0"), ("b", "1.0.0"), ("a", "1.0.0")]


def test_a_pack_may_stand_on_the_shipped_one(write: Write) -> None:
    root = write(
        {"pack.yml": manifest("own", extends="flamecheck"), "tone/x.yml": RULE.format(id="tone/x", match="<災害>")}
    )
    pack = load_pack([root])
    assert [info.id for info in pack.packs] == ["flamecheck", "own"]
    assert {rule.pack for rule in pack.rules} == {"flamecheck", "own"}
    assert next(rule for rule in pack.rules if rule.id == "tone/x").pack == "own"


def test_a_later_pack_sees_the_words_of_an_earlier_one_and_never_the_other_way_round(write: Write) -> None:
    root = write(
        {"a/lexicons/w.yml": LEXICON.format(id="語"), "b/tone/x.yml": RULE.format(id="tone/x", match="<語>を")}
    )
    assert [rule.id for rule in load_pack([root / "a", root / "b"]).rules] == ["tone/x"]
    assert codes(root / "b", root / "a") == ["FC403"]


def test_guards_and_days_are_seen_the_same_way(write: Write) -> None:
    guard = "id: {id}\ntitle: 引用\ncases: [{{id: c, when: {{date: [day]}}, why: 理由}}]\n"
    root = write(
        {
            "a/calendars/c.yml": "id: c\ntitle: 暦\ndays: [{id: day, date: 05-05, title: 日, source: 社内}]\n",
            "b/guards/g.yml": guard.format(id="g"),
            "c/tone/x.yml": RULE.format(id="tone/x", match="誤解\nunless: [{guard: g}]"),
        }
    )
    a, b, c = root / "a", root / "b", root / "c"
    assert [rule.id for rule in load_pack([a, b, c]).rules] == ["tone/x"]
    assert codes(b, a, c) == ["FC407"]
    assert codes(a, c, b) == ["FC404"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("tone/x.yml", RULE.format(id="tone/x", match="誤解")),
        ("lexicons/w.yml", LEXICON.format(id="語")),
        ("guards/g.yml", "id: g\ntitle: 引用\ncases: [{id: c, match: 誤解, why: 理由}]\n"),
        ("calendars/c.yml", "id: c\ntitle: 暦\ndays: [{id: day, date: 05-05, title: 日, source: 社内}]\n"),
    ],
)
def test_no_pack_takes_an_id_over_in_silence(name: str, text: str, write: Write) -> None:
    root = write({f"a/{name}": text, f"b/{name}": text})
    assert codes(root / "a", root / "b") == ["FC430"]


def test_a_missing_or_empty_folder_is_an_error_and_not_an_empty_pack(write: Write, tmp_path: Path) -> None:
    root = write({"empty/notes.txt": "規則ではない"})
    assert codes(root / "none") == ["FC432"]
    assert codes(root / "empty") == ["FC432"]


def test_a_circle_is_told_once_and_ends(write: Write) -> None:
    root = write({"a/pack.yml": manifest("a", extends="../b"), "b/pack.yml": manifest("b", extends="../a")})
    with pytest.raises(LoadError, match="a → b → a") as caught:
        load_pack([root / "a"])
    assert len(caught.value.diagnostics) == 1


def test_errors_of_files_are_told_together_with_a_missing_base(write: Write) -> None:
    root = write({"pack.yml": manifest("a", extends="../none"), "tone/x.yml": "id: tone/x\n"})
    assert set(codes(root)) == {"FC432", "FC203"}


def fingerprint(folder: Path) -> str:
    return load_pack([folder]).fingerprint


def test_the_fingerprint_knows_nothing_of_places_line_ends_and_byte_order_marks(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "deep" / "there"
    shutil.copytree(packaged(), here)
    shutil.copytree(packaged(), there)
    for path in there.rglob("*.yml"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert fingerprint(here) == fingerprint(there) == fingerprint(packaged())
    one, two = load_pack([here]), load_pack([there])
    assert [rule.id for rule in one.rules] == [rule.id for rule in two.rules]


def test_the_fingerprint_changes_with_a_word_a_name_or_a_version(write: Write) -> None:
    files = {"pack.yml": manifest("a"), "tone/x.yml": RULE.format(id="tone/x", match="誤解")}
    before = fingerprint(write(files))
    assert fingerprint(write({"pack.yml": manifest("a", version="1.0.1")})) != before
    root = write(files)
    assert fingerprint(root) == before
    (root / "tone" / "x.yml").rename(root / "tone" / "y.yml")
    write({"tone/y.yml": RULE.format(id="tone/y", match="誤解")})
    assert fingerprint(root) != before


def test_what_is_not_loaded_does_not_count(write: Write) -> None:
    root = write({"pack.yml": manifest("a"), "tone/x.yml": RULE.format(id="tone/x", match="誤解")})
    before = fingerprint(root)
    write({"README.md": "規則の説明", "policies/own.yml": "id: own\n"})
    assert fingerprint(root) == before


def test_the_order_of_packs_is_part_of_the_fingerprint_of_all(write: Write) -> None:
    root = write({"a/pack.yml": manifest("a"), "b/pack.yml": manifest("b")})
    assert load_pack([root / "a", root / "b"]).fingerprint != load_pack([root / "b", root / "a"]).fingerprint


def test_the_order_of_keys_and_of_files_on_the_disk_changes_no_rule(write: Write) -> None:
    text = RULE.format(id="tone/x", match="誤解")
    turned = "".join(f"{line}\n" for line in reversed(text.splitlines()))
    one = load_pack([write({"a/tone/x.yml": text, "a/tone/w.yml": RULE.format(id="tone/w", match="誤解")}) / "a"])
    other = load_pack([write({"b/tone/w.yml": RULE.format(id="tone/w", match="誤解"), "b/tone/x.yml": turned}) / "b"])
    assert [(rule.id, rule.match) for rule in one.rules] == [(rule.id, rule.match) for rule in other.rules]
