"""Every diagnostic code as a person sees it; the golden renderings are the pages of docs/errors/.

A new code needs a text in src/flamecheck/codes.toml, pairs in tests/errors/ and ``python tools/error_pages.py``.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from error_pages import PAGES, PAIRS, SERIES, pages, pairs, problems

from flamecheck.codes import catalog
from flamecheck.errors import LoadError
from flamecheck.review.check import check
from flamecheck.tokenizers.sudachi import SudachiTokenizer

SOURCE = Path(__file__).parents[2] / "src" / "flamecheck"

RULE = """\
id: tone/sample
category: non-apology
title: 見本
severity: high
message: 「{matched}」は気になります。
affected: 読む人
rewrite: 書き直す
match: 誤解を招く~
examples:
  flag: [⟦誤解を招いた⟧表現]
  pass: [誤解はない]
"""


@pytest.fixture(scope="module")
def tokenizer() -> SudachiTokenizer:
    return SudachiTokenizer()


@pytest.mark.parametrize("code", catalog())
def test_a_wrong_file_is_told_its_code_and_the_mended_one_loads(code: str, tokenizer: SudachiTokenizer) -> None:
    assert pairs(code), f"tests/errors/{code}.toml がありません"
    for pair in pairs(code):
        assert code in {problem.code for problem in problems(pair, tokenizer, wrong=True)}
        assert [problem.render() for problem in problems(pair, tokenizer, wrong=False)] == []


def test_the_pages_show_what_is_really_said(tokenizer: SudachiTokenizer) -> None:
    # 古いときは python tools/error_pages.py で作りなおす。
    assert {path.name: path.read_text("utf-8") for path in PAGES.glob("*.md")} == pages(tokenizer)


def test_every_code_is_in_the_catalog_and_every_code_of_the_catalog_is_raised() -> None:
    used = {code for path in SOURCE.rglob("*.py") for code in re.findall(r'"(FC\d{3})"', path.read_text("utf-8"))}
    assert used == set(catalog()) == {path.stem for path in PAIRS.glob("FC*.toml")}
    assert list(catalog()) == sorted(catalog())
    assert {code[2] for code in catalog()} == set(SERIES)


def test_all_errors_of_all_files_come_in_one_run(tmp_path: Path, tokenizer: SudachiTokenizer) -> None:
    (tmp_path / "tone").mkdir()
    (tmp_path / "tone" / "a.yml").write_text(RULE.replace("severity: high", "severity: hihg"), "utf-8")
    (tmp_path / "tone" / "b.yml").write_text(RULE.replace("match: 誤解を招く~", "match: (誤解"), "utf-8")
    found = {problem.code for problem in check([tmp_path], tokenizer)}
    assert {"FC205", "FC303"} <= found


def test_a_pack_with_an_error_does_not_screen(tmp_path: Path) -> None:
    from flamecheck.screener import Screener

    (tmp_path / "tone").mkdir()
    (tmp_path / "tone" / "a.yml").write_text(RULE.replace("severity: high", "severity: hihg"), "utf-8")
    with pytest.raises(LoadError):
        Screener(packs=[tmp_path])


def test_numbers_and_times_stay_the_words_the_author_wrote(tmp_path: Path, tokenizer: SudachiTokenizer) -> None:
    (tmp_path / "tone").mkdir()
    rule = RULE.replace("match: 誤解を招く~", "match: {any: [072, 1:30, on, 誤解を招く~]}")
    rule = rule.replace("[⟦誤解を招いた⟧表現]", "[⟦誤解を招いた⟧表現, 背番号は⟦072⟧です]")
    (tmp_path / "tone" / "sample.yml").write_text(rule, "utf-8")
    assert [p.code for p in check([tmp_path], tokenizer, cover=False)] == []


@pytest.mark.parametrize(("entries", "cover"), [(10_000, False), (1_000, True)])
def test_thousands_of_entries_load(tmp_path: Path, tokenizer: SudachiTokenizer, entries: int, *, cover: bool) -> None:
    (tmp_path / "tone").mkdir()
    (tmp_path / "lexicons").mkdir()
    names = "\n".join(f"  - 商品{number}番" for number in range(entries))
    lexicon = f"id: 商品\ntitle: 商品\nsense: 商品名\nsource: 自社\nentries:\n{names}\n"
    (tmp_path / "lexicons" / "a.yml").write_text(lexicon, "utf-8")
    rule = RULE.replace("match: 誤解を招く~", "match: <商品>で誤解").replace(
        "⟦誤解を招いた⟧表現", "⟦商品7番で誤解⟧した"
    )
    (tmp_path / "tone" / "sample.yml").write_text(rule, "utf-8")
    unused = f"商品: 項目「商品0番」ほか {entries - 2} の枝が無くても、例はすべて通ります"
    assert [p.message for p in check([tmp_path], tokenizer, cover=cover)] == [unused] * cover
