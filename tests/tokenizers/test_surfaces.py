"""The index of spellings is exact: a word never stands in a text without one of them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from flamecheck.normalize import fold
from flamecheck.tokenizers.sudachi import SudachiTokenizer
from flamecheck.tokenizers.surfaces import dumps, index_of, loads, shortest

ROOT = Path(__file__).parents[2]
SAMPLE = (
    "儲かりゃしないと思われましたが、もうけさせていただきます。お招きいただいて、うれしゅうございました。食っちゃ寝。"
    "ﾔﾊﾞｲってば、キモチワルくない？ ゆったじゃん、言わんこっちゃない。1000万も儲けたらしいぜ。死ねや、しんじゃえ。"
)


@pytest.fixture(scope="module")
def tokenizer() -> SudachiTokenizer:
    return SudachiTokenizer()


def missing(texts: Iterable[str], tokenizer: SudachiTokenizer) -> list[tuple[str, str]]:
    """Return every token of a known word that holds none of the word's spellings."""
    found = []
    for text in texts:
        for token in tokenizer.tokenize(fold(text).text):
            for form in (token.dictionary_form, token.normalized_form):
                spellings = tokenizer.spellings(form)
                if spellings and token.surface != form and not any(one in token.surface for one in spellings):
                    found.append((token.surface, form))
    return found


def test_no_token_of_the_corpora_is_without_its_spelling(tokenizer: SudachiTokenizer) -> None:
    texts = [
        json.loads(line)["text"]
        for path in (ROOT / "corpora").rglob("*.jsonl")
        for line in path.read_text("utf-8").splitlines()
    ]
    assert len(texts) > 100
    assert missing([SAMPLE, *texts], tokenizer) == []


@pytest.mark.skipif("FLAMECHECK_DATA" not in os.environ, reason="FLAMECHECK_DATA names a folder of *.jsonl with texts")
def test_no_token_of_other_texts_is_without_its_spelling(tokenizer: SudachiTokenizer) -> None:
    folder = Path(os.environ["FLAMECHECK_DATA"])
    lines = [line for path in sorted(folder.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    assert missing([json.loads(line)["text"] for line in lines], tokenizer) == []


def test_a_spelling_is_known_for_verbs_and_not_for_nouns(tokenizer: SudachiTokenizer) -> None:
    spellings = tokenizer.spellings("儲かる")
    assert spellings
    assert any(one in "もうかりゃ" for one in spellings)
    assert tokenizer.spellings("台風") is None


def test_only_the_shortest_are_kept() -> None:
    assert shortest({"招い", "招", "まねい", "招かれ"}) == ("まねい", "招")


def test_an_index_survives_being_written() -> None:
    index = {"思う": ("おもい", "思"), "招く": ("招",)}
    assert loads(dumps(index)) == index


class Dictionary:
    """A dictionary with one entry, which counts how often it is walked."""

    def __init__(self) -> None:
        self.walks = 0

    def entries(self) -> list[Dictionary]:
        self.walks += 1
        return [self]

    def part_of_speech(self) -> tuple[str, ...]:
        return ("動詞", "一般")

    def surface(self) -> str:
        return "招い"

    def dictionary_form(self) -> str:
        return "招く"

    normalized_form = dictionary_form


def test_an_unknown_dictionary_is_walked_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    dictionary = Dictionary()
    for _ in range(2):
        assert index_of(dictionary, "sudachidict-own 1") == {"招く": ("招い",)}
    assert dictionary.walks == 1


def test_a_broken_cache_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    path = tmp_path / "flamecheck" / "surfaces" / "sudachidict-own-1.z"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"broken")
    assert index_of(Dictionary(), "sudachidict-own 1") == {"招く": ("招い",)}
    assert loads(path.read_bytes()) == {"招く": ("招い",)}


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert index_of(Dictionary(), "sudachidict-own 1") == {"招く": ("招い",)}
