"""The law of disguises: a plain and a disguised spelling give the same rule and the corresponding span.

For every word the shipped rules see through, every technique of the profile and several carriers: wherever the plain
word is found, so is the disguised one.
"""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flamecheck.disguise.spell import forms_of
from flamecheck.disguise.view import BULLETS
from flamecheck.document import plain
from flamecheck.engine import find
from flamecheck.finding import Finding
from flamecheck.normalize import fold
from flamecheck.screener import Screener

CARRIERS = {
    "tone/insult": ["{}！", "お前は{}", "さっさと{}", "あの店員は{}だ", "本日も営業中です。お前は{}。ランチは11時から"],
    "tone/threat": ["{}ぞ", "お前を{}ぞ", "あの店員を{}", "{}やる", "お前を{}やるからな", "明日も営業します。お前を{}ぞ"],
    "legal/absolute-claim": ["必ず{}", "必ず{}ます", "このクリームで必ず{}ました", "確実に{}が消える", "誰でも{}ます", "{}は一切ありません"],
    "legal/principal-guaranteed": ["{}の商品です", "この投資は{}を保証します", "{}で年5%です", "{}利益が出ます"],
}  # fmt: skip


@cache
def screener() -> Screener:
    return Screener()


def found(text: str, rule: str, at: int) -> list[Finding]:
    """Return the findings of the rule that cover the letter at ``at``."""
    report = find(plain(text), screener().ruleset, screener().tokenizer)
    kept = [*report.findings, *(item.finding for item in report.dismissed)]
    return [one for one in kept if one.rule_id == rule and one.span.start <= at < one.span.end]


@cache
def pairs() -> list[tuple[str, str, str]]:
    """Return (rule, form of a word, carrier) wherever the plain word is found."""
    kept = []
    for watch in screener().ruleset.disguises.watches:
        rule = screener().ruleset.compiled[watch.number].rule
        assert rule.disguise is not None
        for word, _ in rule.disguise.words:
            for form in forms_of(word, screener().tokenizer):
                if form.plain != fold(word).text.removesuffix("~"):
                    continue
                for carrier in CARRIERS[rule.id]:
                    text = carrier.format(form.plain)
                    at = carrier.index("{}")
                    if any(one.span.end >= at + len(form.plain) for one in found(text, rule.id, at)):
                        kept.append((rule.id, form.plain, carrier))
    return kept


def to_katakana(word: str) -> str:
    return "".join(chr(ord(char) + 0x60) if "ぁ" <= char <= "ゖ" else char for char in word)


def ways(word: str) -> dict[str, list[str]]:
    """Return disguised spellings of ``word`` by technique, written anew from the table in docs/grammar.md."""
    inner = range(1, len(word))
    return {
        "mask": [
            word[:at] + sign + word[at + 1 :]
            for at in range(len(word))
            for sign in "○◯●＊×"
            if any(char not in "のっんてでるすく" for char in word[:at] + word[at + 1 :])
        ],
        "space": [" ".join(word), "　".join(word)],
        "separator": ["・".join(word), "-".join(word), "／".join(word), "★".join(word)],
        "zero width": ["\u200b".join(word), "\u2060".join(word)],
        "decoration": ["\u0337".join(word), word[0] + "\u0336" + word[1:]],
        "markup": [
            "".join(f"&#{ord(char)};" for char in word),
            "".join(f"&#x{ord(char):X};" for char in word),
            "".join(f"%{byte:02X}" for byte in word.encode()),
            word[0] + "<b>" + word[1:] + "</b>",
            "**" + word[0] + "**" + word[1:],
        ],
        "kana": [to_katakana(word)] if len(word) > 2 and not any("一" <= char <= "鿿" for char in word) else [],
        "lengthen": [word[:at] + "ー" + word[at:] for at in inner if "ァ" <= word[at - 1] <= "ヺ"] + [word + "ーー"],
        "combined": ["＊".join([word[0], word[1:]]), "/".join(f"&#{ord(char)};" for char in word)],
        "ruby": [word[:at] + "《よみ》" + word[at:] for at in inner if "一" <= word[at - 1] <= "鿿"],
    }


def test_the_law_speaks_of_every_rule_with_a_profile() -> None:
    rules = {rule for rule, _, _ in pairs()}
    assert rules == {rule.id for rule in screener().ruleset.rules if rule.disguise}
    assert len(pairs()) > 100


@given(st.data())
def test_plain_and_disguised_spellings_give_the_same_rule_and_span(data: st.DataObject) -> None:
    rule, word, carrier = data.draw(st.sampled_from(pairs()))
    technique = data.draw(st.sampled_from(sorted(ways(word))))
    spellings = ways(word)[technique]
    disguise = next(one.disguise for one in screener().ruleset.rules if one.id == rule)
    assert disguise is not None
    if not spellings or (technique == "lengthen" and disguise.profile.id == "claim"):
        return
    spelling = data.draw(st.sampled_from(spellings))
    if not carrier.startswith("{}") or fold(spelling).text[0] not in BULLETS:  # 行の頭の ● は箇条書きの印
        check(rule, word, carrier, spelling)


def check(rule: str, word: str, carrier: str, spelling: str) -> None:
    before = carrier.index("{}")
    known = found(carrier.format(word), rule, before)
    text = carrier.format(spelling)
    if any(not one.via for one in found(text, rule, before) + found(text, rule, before + len(spelling) - 1)):
        return  # 残った部分だけで、書かれたまま見つかっている（ぶ◯殺すぞ の 殺すぞ）
    if any(token.start < before < token.end for token in screener().tokenizer.tokenize(fold(text).text)):
        return  # ふつうの読みが勝つ（さっさとく・た・ば・れ の とく）
    seen = found(text, rule, before)
    assert seen, text
    grown = len(spelling) - len(word)
    assert {(one.span.start, one.span.end + grown) for one in known} >= {tuple(one.span) for one in seen}, text


@pytest.mark.parametrize("profile", ["abuse", "claim"])
def test_every_listed_spelling_obeys_the_law(profile: str) -> None:
    """Each entry of each list, in a word that has the part, behind a lead."""
    tried = 0
    for rule, word, carrier in pairs():
        disguise = next(one.disguise for one in screener().ruleset.rules if one.id == rule)
        assert disguise is not None
        if disguise.profile.id != profile or not carrier.startswith(("お前", "必ず")):
            continue
        for technique in disguise.profile.techniques:
            for unit in technique.units:
                if unit.plain in word:
                    spellings = [word.replace(unit.plain, write, 1) for write in unit.write]
                    for spelling in spellings:
                        if len(spelling) > 1:
                            tried += 1
                            check(rule, word, carrier, spelling)
    assert tried >= 8
