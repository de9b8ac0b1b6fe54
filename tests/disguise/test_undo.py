"""What each technique hides, undone by the shipped profiles; what it costs; and that nothing else is touched."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from flamecheck.analysis import Analysis
from flamecheck.disguise import undo as module
from flamecheck.disguise.view import squeezed
from flamecheck.document import plain
from flamecheck.engine import find
from flamecheck.finding import Finding
from flamecheck.grading import Confidence, Severity
from flamecheck.screener import Screener

HIDDEN = {
    "伏せ字": [
        "お前は死◯",
        "ブ◯な女",
        "ク●野郎",
        "ぶっ〇すぞ",
        "必ず治◯",
        "元本○証の商品です",
        "さっさと死＊ね",
        "#死◯",
    ],
    "字のあいだの空白": ["死 ね", "消　え　ろ", "く た ば れ", "元 本 保 証の商品です", "必ず痩 せ ま す"],
    "字のあいだの記号": [
        "死・ね！",
        "さっさと消・え・ろ",
        "殺-すぞ",
        "元-本-保-証の商品です",
        "どんな腰痛もな・お・り・ます",
    ],
    "伸ばし書き": [
        "お前はバァカ",
        "お前はバーーーカ",
        "キモ～い上司",
        "しねえええ",
        "死ねえええ",
        "お前はアッホだ",
        "きっもぉい客だな",
    ],
    "字の繰り返し": ["お前はバカカカカ"],
    "仮名への書き換え": [
        "き・え・ろ",
        "ｸｿﾔﾛｳ",
        "お前はばヵ",
        "コロシてやる",
        "必ずなおります",
        "飲むだけでヤセル",
        "元本ほしょう",
    ],
    "飾り文字": ["死\u0337ね", "お前はバ\u0336カ"],
    "文字参照やタグ": ["&#27515;ね", "&#x6B7B;ね", "%E6%AD%BBね", "死<b>ね</b>", "お前は**死**ね", "必ず治&#x308B;"],
    "似た形の外国文字": ["お前ѕhіne", "お前はвака", "お前はʙᴀᴋᴀ"],
    "ローマ字": ["お前shine", "お前はＢＡＫＡ", "お前は𝒃𝒂𝒌𝒂"],
    "数字の当て字": ["お前4ね", "お前Ⅳね", "さっさと④ね", "56してやる"],
    "同じ音の当て字": ["頃すぞ", "お前は市ね"],
    "字の分かち書き": ["夕ヒね", "木又すぞ", "ぶっ木又してやる"],
    "形の似た字": ["お前はバ力だな", "お前は八ゲだ", "お前らはゴ三だな", "必ずシ三が消えます"],
    "絵文字の当て字": ["💀ね", "お前は💀ね", "🔪すぞ", "お前を👊ってやる", "🐷野郎"],
    "縦読み": ["きょうは晴れ\nえがおで\nろうかを歩く", "だんだん秋。まずは一杯。れいの店で"],
}
UNDONE_BY_THE_FOLD = [
    "ｼﾈ！",
    "死\u200bね",
    "死\u00adね",
    "死（し）ね",
    "死《し》ね",
    "お前はハ゛カ",
    "お前はﾊﾞｶ",
    "⽊又ではなく、お前はバカ",
]
PLAIN = ["お前はバカだ", "必ず治ります", "死ね！", "ぶっ殺すぞ", "元本保証の商品です"]


@cache
def screener() -> Screener:
    return Screener()


def findings(text: str) -> list[Finding]:
    """Return what the rules with a profile find; others may speak of the same words in their own ways."""
    ruleset = screener().ruleset
    seeing = {ruleset.compiled[watch.number].rule.id for watch in ruleset.disguises.watches}
    found = find(plain(text), ruleset, screener().tokenizer).findings
    return [one for one in found if one.rule_id in seeing]


@pytest.mark.parametrize(("label", "text"), [(label, text) for label, texts in HIDDEN.items() for text in texts])
def test_a_hidden_word_is_found_and_its_finding_says_how_it_was_undone(label: str, text: str) -> None:
    assert label in [name for one in findings(text) for name in one.via]


@pytest.mark.parametrize("text", [*UNDONE_BY_THE_FOLD, *PLAIN])
def test_what_the_fold_undoes_and_what_is_plain_says_nothing(text: str) -> None:
    assert [one.via for one in findings(text)] == [()]


def test_a_hidden_word_is_one_grade_graver_and_one_step_less_sure() -> None:
    (open_,), (hidden,) = findings("必ず治る"), findings("必ず治◯")
    assert (open_.rule_id, open_.severity, open_.confidence) == (hidden.rule_id, Severity.HIGH, Confidence.MEDIUM)
    assert (hidden.severity, hidden.confidence) == (Severity.CRITICAL, Confidence.LOW)
    assert hidden.message.startswith(open_.message.replace("治る", "治◯"))
    assert "伏せ字で書かれています" in hidden.message


def test_a_column_is_an_info_whatever_the_rule() -> None:
    (found,) = findings("きょうは晴れ\nえがおで\nろうかを歩く")
    assert (found.severity, found.via, tuple(found.span)) == (Severity.INFO, ("縦読み",), (0, 13))


def test_techniques_stand_in_the_order_of_the_profile() -> None:
    (found,) = findings("き ・ え ・ ろ")
    assert found.via == ("字のあいだの記号", "仮名への書き換え")


def test_inflection_and_guards_hold_of_a_hidden_word() -> None:
    assert [one.matched for one in findings("このサプリで必ずヤ・セ・ました")] == ["必ずヤ・セ・ました"]
    assert findings("必ず痩◯るわけではありません") == []
    assert findings("必ず治◯とは限りません") == []


def test_what_is_found_as_written_is_not_found_twice() -> None:
    assert [one.via for one in findings("お前はバカ")] == [()]
    assert sorted(one.via for one in findings("お前はバカ。さっさと死◯")) == [(), ("伏せ字",)]


def test_a_spelling_of_several_words_is_read_as_each() -> None:
    """◯す is 殺す, 刺す, 晒す …; only one of them may be what the sentence says."""
    assert [one.rule_id for one in findings("お前を◯すぞ")] == ["tone/threat"]


def test_finding_nothing_costs_no_token() -> None:
    made = []

    class Counting:
        version = screener().tokenizer.version

        def tokenize(self, text: str) -> list[object]:
            made.append(text)
            return []

        split = tokenize

    for text in ("秋の新作をご紹介します。", "コーヒーを どうぞ・ゆっくり", "○月○日は○×クイズ"):
        analysis = Analysis(plain(text), Counting())  # type: ignore[arg-type]
        assert list(module.undo(analysis, screener().ruleset.disguises)) == []
    assert made == []


UNITS = [
    "死◯",
    "◯",
    "死・",
    "死 ね ",
    "しー",
    "お前4ね",
    "お前はバ○。",
    "&#27515;",
    "**死**ね",
    "し\nね\nよ\n",
    "えええ",
    "・・・4ね",
    "<b",
]


@pytest.mark.parametrize("unit", UNITS)
def test_the_work_grows_no_faster_than_the_text(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted, not timed: letters that are tokenized, squeezed or tried as a place."""
    work: list[int] = []

    def counted(function: Callable[..., Any], of: Callable[..., int]) -> Callable[..., Any]:
        def counting(*args: Any) -> Any:
            work.append(of(*args))
            return function(*args)

        return counting

    monkeypatch.setattr(module._Screen, "place", counted(module._Screen.place, lambda *_: 1))
    monkeypatch.setattr("flamecheck.disguise.undo.squeezed", counted(squeezed, len))
    monkeypatch.setattr(Analysis, "read_as", counted(Analysis.read_as, lambda _, other: len(other.text)))

    def cost(size: int) -> int:
        work.clear()
        analysis = Analysis(plain((unit * size)[:size]), screener().tokenizer)
        for _ in module.undo(analysis, screener().ruleset.disguises):
            pass
        return sum(work)

    assert cost(16_000) <= 2.5 * cost(8_000) + 100
