"""``rules new``: what the brackets become, and that the draft holds what it claims."""

from __future__ import annotations

from pathlib import Path

import pytest
from packs import pack

from flamecheck.cli.main import main
from flamecheck.review.bench import Bench
from flamecheck.review.draft import PACK, bracketed, draft
from flamecheck.review.trial import trials
from flamecheck.rules.load import load_pack, packaged
from flamecheck.rules.rule import Lexicon
from flamecheck.spans import Span
from flamecheck.tokenizers.sudachi import SudachiTokenizer


@pytest.fixture(scope="module")
def tokenizer() -> SudachiTokenizer:
    return SudachiTokenizer()


@pytest.fixture(scope="module")
def lexicons() -> dict[str, Lexicon]:
    # 語彙が増えても、ここで見る下書きが変わらないように選ぶ。
    known = load_pack([packaged()]).lexicons
    return {name: known[name] for name in ("女性呼称", "笑い")}


def pattern(text: str) -> str:
    """Return the drafted pattern of a rule file."""
    lines = text.splitlines()
    return lines[lines.index("  any:") + 1].split('"')[1]


@pytest.mark.parametrize(
    ("phrase", "wanted"),
    [
        ("(雨の日のくせに)元気だ", "雨の日のくせに"),
        ("(女のくせに)生意気だ", "<女性呼称>のくせに"),
        ("この店は(味が落ちました)ね", "味が落ちる~"),
        ("（味が分からなかった）人", "味が分かる~ない~"),
        ("(壊れたら)捨てる", "壊れる~たら"),
        ("(3杯目)から割増", "{名詞-数詞}杯目"),
        ("そうですか(笑)", "<笑い>"),
        ("とても静かだ", "とても静かだ"),
    ],
)
def test_the_words_in_brackets_become_a_pattern(
    phrase: str, wanted: str, lexicons: dict[str, Lexicon], tokenizer: SudachiTokenizer
) -> None:
    assert pattern(draft(phrase, "tone/sample", lexicons, tokenizer)) == wanted


@pytest.mark.parametrize(
    "phrase", ["(雨の日のくせに)元気だ", "(味が分からなかった)人", "この店は(味が落ちました)ね", "100%(引用)|"]
)
def test_the_draft_loads_and_its_examples_hold(
    phrase: str, tmp_path: Path, lexicons: dict[str, Lexicon], tokenizer: SudachiTokenizer
) -> None:
    text = draft(phrase, "tone/sample", lexicons, tokenizer)
    bench = Bench.of(load_pack([pack(tmp_path, {"pack.yml": PACK, "tone/sample.yml": text})]), tokenizer)
    rule = next(rule for rule in bench.pack.rules if rule.id == "tone/sample")
    assert rule.flags
    assert [trial.failure for trial in trials(bench, rule)] == [""] * len(rule.flags + rule.passes)


@pytest.mark.parametrize("phrase", ["(雨)の(日)", "((雨))", "(雨", "雨)", "()雨", " "])
def test_brackets_that_cannot_be_read_are_refused(phrase: str) -> None:
    with pytest.raises(ValueError, match="例: "):
        bracketed(phrase)


def test_brackets_are_taken_out_of_the_sentence() -> None:
    assert bracketed("今日は(雨)だ") == ("今日は雨だ", Span(3, 4))


def test_brackets_inside_a_word_are_refused(lexicons: dict[str, Lexicon], tokenizer: SudachiTokenizer) -> None:
    with pytest.raises(ValueError, match="語の途中"):
        draft("カスタ(マー)です", "tone/sample", lexicons, tokenizer)


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mine.yml"
    assert main(["rules", "new", "(雨の日のくせに)元気だ", "--id", "tone/mine", "--output", str(path)]) == 0
    first = path.read_text("utf-8")
    assert "id: tone/mine\n" in first
    assert main(["rules", "new", "(晴れのくせに)元気だ", "--output", str(path)]) == 2
    assert path.read_text("utf-8") == first
    assert "上書きはしません" in capsys.readouterr().err


def test_an_id_outside_the_groups_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "new", "雨", "--id", "weather/rain"]) == 2
    assert "weather/rain" in capsys.readouterr().err
