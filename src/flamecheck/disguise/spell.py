"""One plain word → the spellings that stand for it, as they look in the squeezed view.

``死ね`` gives, with the profile ``abuse``, しね, シネ, タヒね, 4ね, 死◯ and a few dozen more; each knows the word it hides and
the techniques that lead there.  At most two parts of a word are replaced, and at most one is masked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from flamecheck.disguise.view import MASK, source_chars, squeeze, squeezed
from flamecheck.normalize import fold
from flamecheck.rules.rule import Profile, Technique, Unit
from flamecheck.spans import Span
from flamecheck.tokens import Tokenizer

WHERE: Final = ("anywhere", "start", "lead")
"""Where a spelling is believed, from the weakest demand to the strongest."""
SHORT: Final = 2
MOST_FOR_GEMINATE: Final = 6
REPLACED: Final = 2

_TO_HIRAGANA: Final = {code: code - 0x60 for code in range(ord("ァ"), ord("ヴ") + 1)}
_TO_KATAKANA: Final = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゔ") + 1)}
# 五段活用の語尾。音便を含む。
_ROWS: Final = {
    row[2]: row
    for row in ("わいうえおっ", "かきくけこい", "がぎぐげごい", "さしすせそ", "たちつてとっ", "なにぬねのん", "ばびぶべぼん", "まみむめもん", "らりるれろっ")
}  # fmt: skip
_AFTER_STEM: Final = ("", *"るたてなれらろよ")
_AFTER_ADJECTIVE: Final = tuple("いかくけさ")


@dataclass(slots=True, frozen=True)
class Form:
    """One form of a plain word: as the rule writes it, how it is read (hiragana), whether its ending goes on."""

    plain: str
    reading: str
    inflects: bool = False


@dataclass(slots=True, frozen=True)
class Spelling:
    """``key`` is looked for in the squeezed view; ``written`` is the same before squeezing, letter by letter."""

    key: str
    written: str
    form: Form
    hops: tuple[str, ...]
    where: str
    exact: bool


def forms_of(word: str, tokenizer: Tokenizer) -> tuple[Form, ...]:
    """Return the forms of ``word`` (``死ね``, or ``殺す~`` in any inflection)."""
    inflects = word.endswith("~")
    plain = fold(word.removesuffix("~")).text
    tokens = tokenizer.tokenize(plain)
    reading = "".join(token.reading or token.surface for token in tokens).translate(_TO_HIRAGANA)
    if not inflects or not tokens:
        return (Form(plain, reading),)
    kind = tokens[-1].pos
    if kind[0] == "形容詞":
        endings: Iterable[str] = _AFTER_ADJECTIVE
    elif kind[4].startswith("五段"):
        endings = _ROWS.get(plain[-1], plain[-1])
    else:
        endings = _AFTER_STEM
    made = (Form(plain[:-1] + ending, reading[:-1] + ending, inflects=True) for ending in endings)
    return tuple(form for form in made if len(form.plain) > 1)


def spellings_of(form: Form, profile: Profile) -> Iterator[Spelling]:
    """Yield the disguised spellings of a form, each key once, those with the fewest hops first; and the plain one."""
    techniques = {technique.id: technique for technique in profile.techniques}
    seen: set[str] = set()
    for written, hops, where, exact in _written(form, profile, techniques):
        view = squeezed(written)
        if len(view.text) < SHORT or view.text in seen or not view.text.strip(MASK):
            continue
        seen.add(view.text)
        letters = source_chars(written, view, Span(0, len(view.text)))
        yield Spelling(view.text, letters, form, hops, where, exact)


_Made = tuple[str, tuple[str, ...], str, bool]


def _written(form: Form, profile: Profile, techniques: dict[str, Technique]) -> Iterator[_Made]:
    kana = techniques.get("kana")
    writings: dict[str, tuple[str, ...]] = {form.plain: ()}
    for writing in (form.reading, form.reading.translate(_TO_KATAKANA)):
        writings.setdefault(writing, ("kana",))
    for writing, hops in writings.items():
        if not hops:
            yield writing, hops, WHERE[0], False
        elif kana is not None:
            yield writing, hops, _where(kana, writing), False
    lengthen = techniques.get("lengthen")
    if lengthen is not None:
        for writing in writings:
            if len(writing) <= MOST_FOR_GEMINATE and writing.translate(_TO_HIRAGANA) == form.reading:
                for at in range(1, len(writing)):
                    yield writing[:at] + "っ" + writing[at:], ("lengthen",), _where(lengthen, writing), False
    for writing in writings:
        yield from _replaced(writing, profile)
    mask = techniques.get("mask")
    if mask is not None:
        for writing, hops in writings.items():
            # 二字の語では残る仮名が一字なので、助詞（は◯）と取り違えないよう、規則と同じ字種だけを見る。
            short = len(writing) <= SHORT
            if not (short and hops):
                yield from ((hidden, ("mask",), _where(mask, writing), short) for hidden in masked(writing))


def masked(writing: str) -> Iterator[str]:
    """Yield ``writing`` with one letter hidden, with two neighbours behind the first hidden (of four or more), with a mark put in."""
    size = len(writing)
    yield from (writing[:at] + MASK + writing[at + 1 :] for at in range(size))
    if size >= 2 * SHORT:
        yield from (writing[:at] + MASK + writing[at + 2 :] for at in range(1, size - 1))
    yield from (writing[:at] + MASK + writing[at:] for at in range(1, size))


def _replaced(writing: str, profile: Profile) -> Iterator[_Made]:
    """Yield ``writing`` with one or two of its parts replaced by what the lists of the profile say."""
    states: list[tuple[str, int, tuple[str, ...], str, bool]] = [(writing, 0, (), WHERE[0], False)]
    for _ in range(REPLACED):
        after = []
        for text, done, hops, where, exact in states:
            for technique in profile.techniques:
                for unit in technique.units:
                    for at in _places(text, unit, done):
                        rest = text[at + len(unit.plain) :]
                        for write in unit.write:
                            new = text[:at] + fold(write).text + rest
                            demand = max(where, unit.where, _where(technique, new), key=WHERE.index)
                            names = hops if technique.id in hops else (*hops, technique.id)
                            state = (new, len(new) - len(rest), names, demand, exact or technique.exact)
                            after.append(state)
        yield from ((text, hops, where, exact) for text, _, hops, where, exact in after)
        states = after


def _places(text: str, unit: Unit, start: int) -> Iterator[int]:
    at = text.find(unit.plain, start)
    while at >= 0:
        yield at
        at = text.find(unit.plain, at + 1)


def _where(technique: Technique, writing: str) -> str:
    demand = technique.short if len(squeeze(writing)) <= SHORT else technique.where
    return max(technique.where, demand, key=WHERE.index)
