"""Coverage: what no example needs is reported at its very place, and what one needs is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from packs import LEXICON, pack, rule

from flamecheck.errors import Diagnostic
from flamecheck.review.bench import Bench
from flamecheck.review.check import check
from flamecheck.review.coverage import gaps
from flamecheck.rules.load import load_pack
from flamecheck.tokenizers.sudachi import SudachiTokenizer
from flamecheck.tokens import Token

COVERAGE = ("FC605", "FC606", "FC607")


@pytest.fixture(scope="module")
def tokenizer() -> SudachiTokenizer:
    return SudachiTokenizer()


def reported(problems: list[Diagnostic]) -> list[str]:
    """Return the text under the caret of each coverage problem."""
    found = [problem.place for problem in problems if problem.code in COVERAGE]
    return [place.source[place.column - 1 : place.column - 1 + place.length] for place in found]


@pytest.mark.parametrize(
    ("match", "flag", "passes", "wanted"),
    [
        ("(桃|栗)を拾う~", "[⟦桃を拾った⟧]", "[海]", ["栗"]),
        ("(桃|栗)を拾う~", "[⟦桃を拾った⟧, ⟦栗を拾う⟧]", "[海]", []),
        ("桃(色)?の傘", "[⟦桃の傘⟧]", "[海]", ["色"]),
        ("桃(色)?の傘", "[⟦桃色の傘⟧]", "[海]", ["(色)?"]),
        ("桃(色)?の傘", "[⟦桃色の傘⟧, ⟦桃の傘⟧]", "[海]", []),
        ("桃((薄い|濃い)色)?の傘", "[⟦桃薄い色の傘⟧, ⟦桃の傘⟧]", "[海]", ["濃い"]),
        ("{any: [赤鬼, 青鬼]}", "[⟦赤鬼⟧が来た]", "[海]", ["青鬼"]),
        ("{all: [赤鬼, 青鬼]}", "[⟦赤鬼と青鬼⟧]", "[海]", []),
        ("{all: [赤鬼, {near: [金棒, 豆]}]}", "[金棒を持つ⟦赤鬼⟧]", "[赤鬼が来た]", ["豆"]),
        ("{all: [赤鬼, {near: [金棒]}]}", "[金棒を持つ⟦赤鬼⟧]", "[海]", ["金棒"]),
        ("{all: [赤鬼, {not: {near: [節分, 絵本]}}]}", "[⟦赤鬼⟧]", "[絵本の赤鬼]", ["節分"]),
        ("{all: [赤鬼, {after: [の面, の角], but_not: [を]}]}", "[⟦赤鬼⟧の面]", "[赤鬼, 赤鬼の面を]", ["の角"]),
        ("{all: [赤鬼, {after: [の面], but_not: [を]}]}", "[⟦赤鬼⟧の面]", "[赤鬼]", ["を"]),
        ("{all: [赤鬼, {before: [大きな, 小さな]}]}", "[小さな⟦赤鬼⟧]", "[赤鬼]", ["大きな"]),
        ("{all: [赤鬼, {inside: quotation, after: [と]}]}", "[「⟦赤鬼⟧」と言う]", "[赤鬼]", ["と"]),
    ],
)
def test_a_branch_that_no_example_needs_is_under_the_caret(
    match: str, flag: str, passes: str, wanted: list[str], tmp_path: Path, tokenizer: SudachiTokenizer
) -> None:
    pack(tmp_path, {"tone/sample.yml": rule(match, flag, passes)})
    assert reported(check([tmp_path], tokenizer)) == wanted


UNLESS = "[{id: song, match: {near: [歌, 曲], within: post}, why: 歌の題}]"
LOWER = "[{id: song, match: {near: [歌], within: post}, effect: lower 1, why: 歌の題}]"


@pytest.mark.parametrize(
    ("unless", "flag", "passes", "wanted"),
    [
        (UNLESS, "[⟦赤鬼⟧]", "[海]", ["song", "歌", "曲"]),
        (UNLESS, "[⟦赤鬼⟧]", "[赤鬼の歌]", ["曲"]),
        (UNLESS, "[⟦赤鬼⟧]", "[赤鬼の歌, 赤鬼の曲]", []),
        (LOWER, "[⟦赤鬼⟧の歌]", "[海]", ["song"]),
        (LOWER, "[{text: ⟦赤鬼⟧の歌, severity: medium}]", "[海]", []),
    ],
)
def test_an_exception_has_to_decide_some_example(
    unless: str, flag: str, passes: str, wanted: list[str], tmp_path: Path, tokenizer: SudachiTokenizer
) -> None:
    pack(tmp_path, {"tone/sample.yml": rule("赤鬼", flag, passes, unless)})
    assert reported(check([tmp_path], tokenizer)) == wanted


def test_a_wrong_severity_of_an_example_is_an_error(tmp_path: Path, tokenizer: SudachiTokenizer) -> None:
    pack(tmp_path, {"tone/sample.yml": rule("赤鬼", "[{text: ⟦赤鬼⟧の歌, severity: low}]", "[海]", LOWER)})
    [problem] = [problem for problem in check([tmp_path], tokenizer) if problem.code == "FC601"]
    assert problem.message == "tone/sample: 重さが例と違います（例 low、実際 medium）"


def test_a_shared_guard_is_covered_by_any_rule_that_asks_for_it(tmp_path: Path, tokenizer: SudachiTokenizer) -> None:
    guard = (
        "id: tale\ntitle: 昔話\ncases:\n"
        "  - {id: book, match: {near: [絵本, 童話], within: post}, why: 本}\n"
        "  - {id: play, match: {near: [芝居], within: post}, why: 芝居}\n"
    )
    one = rule("赤鬼", "[⟦赤鬼⟧]", "[赤鬼の絵本]", "[{guard: tale}]")
    other = rule("青鬼", "[⟦青鬼⟧]", "[青鬼の芝居]", "[{guard: tale}]").replace("tone/sample", "tone/other")
    unused = rule("黒鬼", "[⟦黒鬼⟧]", "[海]", "[{guard: tale}]").replace("tone/sample", "tone/third")
    files = {"guards/tale.yml": guard, "tone/sample.yml": one, "tone/other.yml": other, "tone/third.yml": unused}
    problems = check([pack(tmp_path, files)], tokenizer, verbose=True)
    assert reported(problems) == ["tale", "童話"]
    assert [problem.message.split(":")[0] for problem in problems if problem.code in COVERAGE] == ["tone/third", "tale"]


def test_each_entry_in_use_needs_an_example_of_some_rule(tmp_path: Path, tokenizer: SudachiTokenizer) -> None:
    files = {
        "lexicons/a.yml": LEXICON.format(id="鬼", entries="赤鬼, 青鬼, '(大|小)鬼'"),
        "tone/sample.yml": rule("<鬼>の面", "[⟦赤鬼の面⟧, ⟦大鬼の面⟧]"),
        "tone/other.yml": rule("<鬼>の角", "[⟦赤鬼の角⟧]").replace("tone/sample", "tone/other"),
    }
    assert reported(check([pack(tmp_path, files)], tokenizer)) == ["青鬼", "小"]


def test_a_lexicon_nobody_uses_needs_no_examples(tmp_path: Path, tokenizer: SudachiTokenizer) -> None:
    files = {"lexicons/a.yml": LEXICON.format(id="鬼", entries="赤鬼"), "tone/sample.yml": rule("角", "[⟦角⟧]")}
    assert reported(check([pack(tmp_path, files)], tokenizer)) == []


@pytest.mark.parametrize(
    ("each", "text", "wanted"),
    [
        ("鬼", "⟦<鬼>の面⟧だ", []),
        ("[鬼]", "⟦<鬼>の面⟧だ", []),
        ("alternatives", "⟦(赤鬼|青鬼)の面⟧だ", ["拾う~", "小"]),
        ("[alternatives, 鬼]", "(さあ)?⟦<鬼>の面⟧だ", []),
    ],
)
def test_one_example_may_stand_for_every_entry(
    each: str, text: str, wanted: list[str], tmp_path: Path, tokenizer: SudachiTokenizer
) -> None:
    files = {
        "lexicons/a.yml": LEXICON.format(id="鬼", entries="赤鬼, 青鬼, 拾う~, '(大|小)鬼'"),
        "tone/sample.yml": rule("<鬼>の面", f"[{{text: '{text}', each: {each}}}, ⟦大鬼の面⟧]"),
    }
    problems = check([pack(tmp_path, files)], tokenizer)
    assert [problem for problem in problems if problem.code == "FC601"] == []
    assert reported(problems) == wanted


def test_a_rule_below_stable_is_told_in_one_warning(tmp_path: Path, tokenizer: SudachiTokenizer) -> None:
    pack(tmp_path, {"tone/sample.yml": rule("(桃|栗|柿)の実", "[⟦桃の実⟧]", status="test")})
    [problem] = [problem for problem in check([tmp_path], tokenizer) if problem.code in COVERAGE]
    assert (problem.level, problem.message) == (
        "warning",
        "tone/sample: 選択肢「栗」ほか 1 の枝が無くても、例はすべて通ります",
    )
    told = [problem for problem in check([tmp_path], tokenizer, verbose=True) if problem.code in COVERAGE]
    assert reported(told) == ["栗", "柿"]


def test_coverage_tokenizes_each_example_once(tmp_path: Path, tokenizer: SudachiTokenizer) -> None:
    class Counting:
        version = tokenizer.version

        def __init__(self) -> None:
            self.cut: list[str] = []

        @property
        def parts_of_speech(self) -> frozenset[str]:
            return tokenizer.parts_of_speech

        def tokenize(self, text: str) -> list[Token]:
            self.cut.append(text)
            return tokenizer.tokenize(text)

        def split(self, text: str) -> list[Token]:
            return tokenizer.split(text)

        def spellings(self, form: str) -> tuple[str, ...] | None:
            return tokenizer.spellings(form)

    pack(tmp_path, {"tone/sample.yml": rule("(桃|栗|柿|梨|桃栗)を拾う~", "[⟦桃を拾った⟧, ⟦栗を拾う⟧]")})
    counting = Counting()
    assert len(list(gaps(Bench(load_pack([tmp_path]), counting)))) == 3
    assert len(counting.cut) == len(set(counting.cut))


def test_a_guard_bound_to_the_days_of_its_rules_is_covered_by_any_of_them(
    tmp_path: Path, tokenizer: SudachiTokenizer
) -> None:
    guard = (
        "id: memory\ntitle: 追悼\ncases:\n"
        "  - {id: words, match: {near: [祈り, 黙とう], within: post}, why: 追悼}\n"
        "  - {id: year, when: {anniversary: 10}, effect: raise 1, why: 節目}\n"
    )
    calendar = (
        "id: days\ntitle: 日\ndays:\n"
        "  - {id: one, date: 08-06, title: 一, year: 1945, source: 記録}\n"
        "  - {id: two, date: 08-09, title: 二, year: 1945, source: 記録}\n"
    )
    files = {"guards/memory.yml": guard, "calendars/days.yml": calendar}
    for name, days, word in (("sample", "[one]", "祈り"), ("other", "[one, two]", "黙とう")):
        when = 'context: {posted_at: "2026-08-06T12:00:00+09:00"}'
        text = rule("祭り", f"[{{text: ⟦祭り⟧だ, {when}}}]", f"[{{text: 祭りと{word}, {when}}}]", "[{guard: memory}]")
        text = text.replace("tone/sample", f"tone/{name}").replace("match:", f"requires: {{date: {days}}}\nmatch:", 1)
        files[f"tone/{name}.yml"] = text
    problems = check([pack(tmp_path, files)], tokenizer, verbose=True)
    assert [problem.message for problem in problems if problem.code in ("FC601", "FC602", "FC404")] == []
    told = [problem.message for problem in problems if problem.code == "FC607"]
    assert "memory: パターン「祈り」が無くても、例はすべて通ります" not in told
    assert "memory: パターン「黙とう」が無くても、例はすべて通ります" not in told
    assert "memory: 場合「year」が無くても、例はすべて通ります" in told
