"""The squeezed view of a text: what can be put between or around the letters of a word is taken out.

``squeeze("死 ・ ね")`` is ``死ね``, ``squeeze("バァカ")`` is ``ばか``, ``squeeze("死＊")`` is ``死◯``.  Only the spellings of a
short list of words are looked for in this view (``flamecheck.disguise.spell``); no lexicon ever reads it.

Three steps: entities and percent signs are decoded; letters are exchanged one for one (katakana → hiragana, signs that
hide a letter → ◯, look-alike foreign letters → Latin); what separates and lengthens is dropped.
"""

from __future__ import annotations

import html
import re
from typing import Final
from urllib.parse import unquote

from flamecheck.normalize import fold
from flamecheck.spans import Alignment, MapBuilder, MappedText, Span, compose

MASK: Final = "◯"
MASKS: Final = "○●〇◯⭕⚪⚫❌×✕✖*☓■□△"

BULLETS: Final = "●■□△*×✕✖"
"""Of these signs, those that stand before a heading or a note when nothing but a space stands before them."""

# 別の文字体系の、形が同じ字と小型大文字。Unicode UTS #39 confusables.txt から、ローマ字の語に使われるものだけ。
_LOOK: Final = "аɑαᴀ:a вʙβ:b сϲᴄ:c ԁᴅ:d еєᴇε:e ғ:f ɡɢ:g һнʜ:h іıɪι:i јᴊ:j кᴋκ:k ʟ:l мᴍ:m пɴη:n оοᴏσ:o рᴘρ:p ʀг:r ѕꜱ:s тᴛτ:t υᴜц:u ѵᴠν:v ѡᴡω:w хχ:x уʏγ:y ᴢ:z"
LOOK_ALIKES: Final = {ord(char): pair[-1] for pair in _LOOK.split() for char in pair[:-2]}

_KANA: Final = {code: chr(code - 0x60) for code in range(ord("ァ"), ord("ヴ") + 1)} | {
    ord("ヵ"): "か",
    ord("ヶ"): "け",
    ord("ゎ"): "わ",
    ord("ヮ"): "わ",
}
_TABLE: Final = {**_KANA, **LOOK_ALIKES, **dict.fromkeys(map(ord, MASKS), MASK)}

_LETTER: Final = r"[ぁ-ゖ一-鿿㐀-䶿々◯]"
_VOWELS: Final = "|".join(
    rf"(?<=[{row}]){vowel}{{3,}}"
    for vowel, row in (
        ("あ", "あかさたなはまやらわがざだばぱ"),
        ("い", "いきしちにひみりぎじぢびぴ"),
        ("う", "うくすつぬふむゆるぐずづぶぷ"),
        ("え", "えけせてねへめれげぜでべぺ"),
        ("お", "おこそとのほもよろをごぞどぼぽ"),
    )
)
_SIGNS: Final = r"・\-_.|/\\+,=:;'`^‐‑–—’‘★☆♪♡♥"
_MARKS: Final = r"\u0300-\u036F\u0483-\u0489\u1AB0-\u1AFF\u1DC0-\u1DFF\u20D0-\u20FF\uFE20-\uFE2F"
_FIRST: Final = rf"(?=[{_SIGNS}{_MARKS} \u3000\t<\uFDD0ーぁぃぅぇぉ〜~◯])"
_SIGN_BY_SIGN: Final = (
    rf"(?P<decoration>[{_MARKS}]+)"
    r"|(?P<markup></?[a-z][^<>\n]{0,60}>|\uFDD0+)"
    rf"|(?P<separator>(?<={_LETTER})[ \u3000]?[{_SIGNS}]{{1,3}}[ \u3000]?(?={_LETTER}))"
    rf"|(?P<space>(?<={_LETTER})[ \u3000\t]{{1,4}}(?={_LETTER}))"
    r"|(?P<lengthen>[ーぁぃぅぇぉ〜~]+)"
    r"|(?P<mask>(?<=(?<!◯)◯)◯(?!◯))"
)
_THRICE: Final = re.compile(r"([ぁ-ゖa-vx-z])\1\1")
_DROPPED: Final = re.compile(rf"{_FIRST}(?:{_SIGN_BY_SIGN})(?P<keep>)")
# 同じ字が三つ続く文だけ、続きも見る。続かない文では同じ結果になる。
_DROPPED_AND_REPEATED: Final = re.compile(
    rf"{_FIRST}(?:{_SIGN_BY_SIGN})|(?P<vowel>{_VOWELS})|(?P<repeat>(?P<keep>[ぁ-ゖa-vx-z])(?P=keep){{2,}})"
)
_NAMES: Final = ("decoration", "markup", "separator", "space", "lengthen")
SEPARATING: Final = frozenset({"separator", "space"})
_CODED: Final = re.compile(r"&#(?:x[0-9a-f]{2,6}|[0-9]{2,7});|(?:%[0-9a-f]{2})+")
_STARS: Final = "\ufdd0" * 2
_EMPHASIS: Final = re.compile(r"\*\*([^*\s]{1,12})\*\*")
_TAG: Final = re.compile(r"</[a-z]{1,12}>|\*\*")
_KANA_OR_KANJI: Final = r"[ぁ-ゖァ-ヺー一-鿿㐀-䶿々]"
_SPACED: Final = re.compile(rf"(?:[ \u3000]{_KANA_OR_KANJI}(?!{_KANA_OR_KANJI})){{1,20}}")
_OPENING: Final = re.compile(r"(?:<[a-z][^<>\n]{0,60}>|\*\*)\Z")
_TAIL: Final = re.compile(r"[ーぁぃぅぇぉァィゥェォ〜~っッ]*(?:[あいうえおアイウエオ]{3,})?")


def letters(text: str) -> str:
    """Return ``text`` with letters exchanged one for one; its length stays the same.

    The stars of ``**強調**`` hide nothing: they become a sign of their own, which is dropped.
    """
    if "**" in text:
        text = _EMPHASIS.sub(rf"{_STARS}\1{_STARS}", text)
    return text.translate(_TABLE)


def _dropping(exchanged: str) -> re.Pattern[str]:
    return _DROPPED_AND_REPEATED if _THRICE.search(exchanged) else _DROPPED


def squeeze(text: str) -> str:
    """Return the squeezed view of a folded ``text`` without its map."""
    exchanged = letters(_decoded(text).text)
    return _dropping(exchanged).sub(r"\g<keep>", exchanged)


def squeezed(text: str) -> MappedText:
    """Return the squeezed view of a folded ``text`` with its map; the same text as ``squeeze``."""
    decoded = _decoded(text)
    exchanged = letters(decoded.text)
    builder = MapBuilder()
    done = 0
    for match in _dropping(exchanged).finditer(exchanged):
        builder.copy(exchanged[done : match.start()])
        builder.replace(match.end() - match.start(), match["keep"] or "")
        done = match.end()
    builder.copy(exchanged[done:])
    return compose(decoded, builder.build())


def dropped(text: str) -> set[str]:
    """Return the techniques that the squeezed view of a folded ``text`` undoes."""
    exchanged = letters(_decoded(text).text)
    found = {name for match in _dropping(exchanged).finditer(exchanged) for name in _NAMES if match[name] is not None}
    if _THRICE.search(exchanged):
        found |= {
            "lengthen" if match["vowel"] else "repeat"
            for match in _DROPPED_AND_REPEATED.finditer(exchanged)
            if match["vowel"] or match["repeat"]
        }
    return found | ({"markup"} if _CODED.search(text) else set())


def separated(text: str) -> tuple[list[str], set[str]]:
    """Return the pieces between the separators and spaces inside a folded ``text``, and the signs that separate."""
    plain = _decoded(text).text
    exchanged = letters(plain)
    pieces, signs, done = [], set(), 0
    for match in _dropping(exchanged).finditer(exchanged):
        if match["separator"] or match["space"]:
            pieces.append(squeeze(plain[done : match.start()]))
            signs |= set(match.group()) - set(" \u3000\t")
            done = match.end()
    return [*pieces, squeeze(plain[done:])], signs


def tail(text: str, end: int) -> int:
    """Return where the lengthening that starts at ``end`` of a folded text is over."""
    match = _TAIL.match(text, end)
    return match.end() if match else end


def run(text: str, end: int, signs: set[str]) -> int:
    """Return where the letters that go on, separated in the same way, behind ``end`` of a folded text are over."""
    if signs:
        several = re.escape("".join(sorted(signs)))
        match = re.compile(rf"(?:[{several}]{{1,3}}{_KANA_OR_KANJI}){{1,20}}").match(text, end)
    else:
        match = _SPACED.match(text, end)
    return match.end() if match else end


def wrapped(text: str, span: Span) -> Span:
    """Return ``span`` of a folded text with the marks of emphasis and closing tags that touch it."""
    start, end = span
    closing = _TAG.match(text, end)
    opening = _OPENING.search(text, max(0, start - 64), start)
    return Span(opening.start() if opening else start, closing.end() if closing else end)


def _decoded(text: str) -> MappedText:
    """Return ``text`` with numeric entities and percent signs decoded and folded again."""
    if "&#" not in text and "%" not in text:
        return MappedText(text, Alignment())
    builder = MapBuilder()
    done = 0
    for match in _CODED.finditer(text):
        builder.copy(text[done : match.start()])
        code = match.group()
        try:
            plain = html.unescape(code) if code[0] == "&" else unquote(code, errors="strict")
        except UnicodeDecodeError:
            plain = code
        plain = fold(plain).text
        if plain == code:
            builder.copy(code)
        else:
            builder.replace(len(code), plain)
        done = match.end()
    builder.copy(text[done:])
    return builder.build()


def source_chars(text: str, view: MappedText, span: Span) -> str:
    """Return, letter by letter, how ``span`` of the view is written in ``text`` before it was squeezed."""
    return "".join(text[view.to_source(Span(at, at + 1)).start] for at in range(span.start, span.end))
