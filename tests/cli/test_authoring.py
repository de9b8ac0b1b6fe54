"""The tools of a rule author on the command line."""

from __future__ import annotations

import json

import pytest

from flamecheck.cli.main import main


def test_tokens_show_both_modes_and_the_fold(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "tokens", "ﾊﾞｰｶ女性専用車両"]) == 0
    told = capsys.readouterr().out
    assert "表記をそろえた文: バーカ女性専用車両" in told
    assert "女性専用車両\t女性専用車両" in told
    assert "女性\t女性\t女性\tジョセイ\t名詞-普通名詞-一般" in told


def test_tokens_as_json_tile_the_fold(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "tokens", "儲かった", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert set(told) == {"dictionary", "folded", "tokens"}
    for mode in ("C", "A"):
        assert "".join(token["surface"] for token in told["tokens"][mode]) == told["folded"] == "儲かった"
    assert told["tokens"]["C"][0]["dictionary_form"] == "儲かる"


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("mention", "使う規則: "),
        ("災害#地震", "出典: "),
        ("災害", "災害#津波"),
        ("non-apology", "tone/conditional-apology"),
    ],
)
def test_show_takes_guards_lexicons_entries_and_categories(
    name: str, wanted: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rules", "show", name]) == 0
    assert wanted in capsys.readouterr().out
