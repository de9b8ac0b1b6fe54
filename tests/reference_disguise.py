"""Disguises a second time, slow and obvious, from docs/grammar.md: every substring against every spelling.

The lists of signs and look-alike letters are shared with the package; how they are used is written anew.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from flamecheck.analysis import _LEADING
from flamecheck.disguise.view import BULLETS, LOOK_ALIKES, MASKS
from flamecheck.normalize import fold
from flamecheck.rules.rule import Profile, Technique
from flamecheck.spans import MapBuilder, MappedText, Span
from flamecheck.tokens import Token, Tokenizer

SIGNS = "・-_.|/\\+,=:;'`^‐‑–—’‘★☆♪♡♥"
SMALL = "ーぁぃぅぇぉ〜~"
VOWELS = {
    "あ": "あかさたなはまやらわがざだばぱ", "い": "いきしちにひみりぎじぢびぴ", "う": "うくすつぬふむゆるぐずづぶぷ",
    "え": "えけせてねへめれげぜでべぺ", "お": "おこそとのほもよろをごぞどぼぽ",
}  # fmt: skip
ENDINGS = (
    "わいうえおっ",
    "かきくけこい",
    "がぎぐげごい",
    "さしすせそ",
    "たちつてとっ",
    "なにぬねのん",
    "ばびぶべぼん",
    "まみむめもん",
    "らりるれろっ",
)
DEMANDS = ["anywhere", "start", "lead"]


@dataclass(frozen=True)
class Letter:
    """One letter of the view: what it is there, what it is in the text, and where that stands."""

    char: str
    written: str
    start: int
    end: int


@dataclass(frozen=True)
class Gone:
    """What was dropped, where, and by which technique it had been put in."""

    technique: str
    start: int
    end: int


def kana(text: str, shift: int) -> str:
    low, high = ("ァ", "ヴ") if shift < 0 else ("ぁ", "ゔ")
    return "".join(chr(ord(char) + shift) if low <= char <= high else char for char in text)


def exchanged(char: str) -> str:
    if char in MASKS:
        return "◯"
    if ord(char) in LOOK_ALIKES:
        return LOOK_ALIKES[ord(char)]
    return {"ヵ": "か", "ヶ": "け", "ゎ": "わ", "ヮ": "わ"}.get(char) or kana(char, -0x60)


def is_letter(char: str) -> bool:
    return bool(char) and ("ぁ" <= char <= "ゖ" or "一" <= char <= "鿿" or "㐀" <= char <= "䶿" or char in "々◯")


def is_mark(char: str) -> bool:
    return any(
        low <= char <= high
        for low, high in (
            "\u0300\u036f",
            "\u0483\u0489",
            "\u1ab0\u1aff",
            "\u1dc0\u1dff",
            "\u20d0\u20ff",
            "\ufe20\ufe2f",
        )
    )


def letters(text: str) -> list[Letter]:
    """Return the text decoded and exchanged, nothing dropped yet; the stars of emphasis are \ufdd0."""
    found: list[Letter] = []
    at = 0
    while at < len(text):
        code = re.compile(r"&#(?:x[0-9a-f]{2,6}|[0-9]{2,7});|(?:%[0-9a-f]{2})+").match(text, at)
        decoded = text[at]
        end = at + 1
        if code:
            try:
                plain = html.unescape(code[0]) if code[0][0] == "&" else unquote_to_bytes(code[0]).decode()
            except UnicodeDecodeError:
                plain = code[0]
            decoded, end = fold(plain).text, code.end()
            if decoded == code[0]:
                decoded, end = text[at], at + 1
        found += [Letter(char, text[at], at, end) for char in decoded]
        at = end
    whole = "".join(letter.char for letter in found)
    stars: set[int] = set()
    at = 0
    while at < len(whole):
        pair = re.compile(r"\*\*[^*\s]{1,12}\*\*").match(whole, at)
        if pair:
            stars |= {at, at + 1, pair.end() - 2, pair.end() - 1}
        at = pair.end() if pair else at + 1
    return [
        Letter("\ufdd0" if number in stars else exchanged(letter.char), letter.written, letter.start, letter.end)
        for number, letter in enumerate(found)
    ]


def view(text: str) -> tuple[list[Letter], list[Gone]]:
    """Return the letters that are left, and what was dropped between them."""
    row = letters(text)
    chars = "".join(letter.char for letter in row)
    kept: list[Letter] = []
    gone: list[Gone] = []
    at = 0
    while at < len(row):
        technique, size, keep = drop(chars, at)
        if not size:
            kept.append(row[at])
            at += 1
            continue
        start, end = row[at].start, row[at + size - 1].end
        if keep:
            kept.append(Letter(chars[at], row[at].written, start, end))
        gone.append(Gone(technique, start, end))
        at += size
    return kept, gone


def drop(chars: str, at: int) -> tuple[str, int, bool]:
    """Return the technique that put in what starts at ``at``, how long it is, and whether its first letter stays."""
    char, before = chars[at], chars[at - 1 : at] if at else ""

    def run(allowed: str, start: int = at) -> int:
        end = start
        while end < len(chars) and chars[end] in allowed:
            end += 1
        return end - start

    if is_mark(char):
        size = 1
        while at + size < len(chars) and is_mark(chars[at + size]):
            size += 1
        return "decoration", size, False
    tag = re.compile(r"</?[a-z][^<>\n]{0,60}>").match(chars, at)
    if tag:
        return "markup", tag.end() - at, False
    if char == "\ufdd0":
        return "markup", run("\ufdd0"), False
    if is_letter(before):
        for lead in (1, 0):
            for count in (3, 2, 1):
                for trail in (1, 0):
                    piece = chars[at : at + lead + count + trail]
                    fits = len(piece) == lead + count + trail and (not lead or piece[0] in " \u3000")
                    fits = fits and all(sign in SIGNS for sign in piece[lead : lead + count])
                    fits = fits and (not trail or piece[-1] in " \u3000")
                    if fits and is_letter(chars[at + len(piece) : at + len(piece) + 1]):
                        return "separator", len(piece), False
        size = run(" \u3000\t")
        if 0 < size <= 4 and is_letter(chars[at + size : at + size + 1]):
            return "space", size, False
    if char in SMALL:
        return "lengthen", run(SMALL), False
    if char == "◯" and before == "◯" and chars[at - 2 : at - 1] != "◯" and chars[at + 1 : at + 2] != "◯":
        return "mask", 1, False
    same = run(char)
    if same >= 3:
        if before and before in VOWELS.get(char, ""):
            return "lengthen", same, False
        if "ぁ" <= char <= "ゖ" or ("a" <= char <= "z" and char != "w"):
            return "repeat", same, True
    return "", 0, False


@dataclass(frozen=True)
class Spelling:
    """A spelling in the view and as written, the word behind it, and what it takes."""

    key: str
    written: str
    word: str
    hops: tuple[str, ...]
    where: str
    exact: bool
    goes_on: bool


def forms(word: str, tokenizer: Tokenizer) -> list[tuple[str, str, bool]]:
    plain = fold(word.removesuffix("~")).text
    tokens = tokenizer.tokenize(plain)
    reading = kana("".join(token.reading or token.surface for token in tokens), -0x60)
    if not word.endswith("~"):
        return [(plain, reading, False)]
    kind = tokens[-1].pos
    rows = [row for row in ENDINGS if row[2] == plain[-1]]
    if kind[0] == "形容詞":
        endings = list("いかくけさ")
    elif kind[4].startswith("五段"):
        endings = list(rows[0])
    else:
        endings = ["", *"るたてなれらろよ"]
    made = [(plain[:-1] + ending, reading[:-1] + ending, True) for ending in endings]
    return [form for form in made if len(form[0]) > 1]


def spellings(word: str, profile: Profile, tokenizer: Tokenizer) -> Iterator[Spelling]:
    """Yield the spellings of a word; of equal ones of a form the first counts."""
    for plain, reading, goes_on in forms(word, tokenizer):
        seen: set[str] = set()
        for written, hops, where, exact in written_of(plain, reading, profile):
            kept, _ = view(written)
            key = "".join(letter.char for letter in kept)
            if len(key) > 1 and set(key) != {"◯"} and key not in seen:
                seen.add(key)
                yield Spelling(key, "".join(letter.written for letter in kept), plain, hops, where, exact, goes_on)


def written_of(plain: str, reading: str, profile: Profile) -> Iterator[tuple[str, tuple[str, ...], str, bool]]:
    have = {technique.id: technique for technique in profile.techniques}
    writings = list(dict.fromkeys([plain, reading, kana(reading, 0x60)]))
    for writing in writings:
        if writing == plain:
            yield writing, (), "anywhere", False
        elif "kana" in have:
            yield writing, ("kana",), demand(have["kana"], writing), False
    if "lengthen" in have:
        for writing in writings:
            if kana(writing, -0x60) == reading and len(writing) <= 6:
                for at in range(1, len(writing)):
                    yield writing[:at] + "っ" + writing[at:], ("lengthen",), demand(have["lengthen"], writing), False
    for writing in writings:
        one = [(*made, 1) for made in replaced(writing, 0, profile)]
        yield from ((text, names, where, exact) for text, _, names, where, exact, _ in one)
        for text, at, names, where, exact, _ in one:
            for more, _, added, also, strict in replaced(text, at, profile):
                both = names if set(added) <= set(names) else names + added
                yield more, both, max(where, also, key=DEMANDS.index), exact or strict
    if "mask" in have:
        for writing in writings:
            if len(writing) <= 2 and writing != plain:
                continue
            size = len(writing)
            hidden = [writing[:at] + "◯" + writing[at + 1 :] for at in range(size)]
            hidden += [writing[:at] + "◯" + writing[at + 2 :] for at in range(1, size - 1) if size >= 4]
            hidden += [writing[:at] + "◯" + writing[at:] for at in range(1, size)]
            yield from ((text, ("mask",), demand(have["mask"], writing), size <= 2) for text in hidden)


def replaced(text: str, start: int, profile: Profile) -> Iterator[tuple[str, int, tuple[str, ...], str, bool]]:
    for technique in profile.techniques:
        for unit in technique.units:
            for at in range(start, len(text)):
                if text.startswith(unit.plain, at):
                    for write in unit.write:
                        head = text[:at] + fold(write).text
                        new = head + text[at + len(unit.plain) :]
                        where = max(unit.where, demand(technique, new), key=DEMANDS.index)
                        yield new, len(head), (technique.id,), where, technique.exact


def demand(technique: Technique, writing: str) -> str:
    short = len(view(writing)[0]) <= 2
    return max(technique.where, technique.short if short else technique.where, key=DEMANDS.index)


@dataclass(frozen=True)
class Place:
    """A hidden word in the folded text."""

    span: Span
    word: str
    hops: tuple[str, ...]


def places(
    text: str,
    tokens: list[Token],
    found: Iterable[Spelling],
    profile: Profile,
    leads: set[int],
    sentences: list[Span],
    *,
    column: bool,
) -> list[Place]:
    """Return every place of ``text`` where one of the spellings stands and nothing speaks against it."""
    kept, _ = view(text)
    order = [technique.id for technique in profile.techniques]
    made = []
    for first in range(len(kept)):
        for spelling in found:
            some = kept[first : first + len(spelling.key)]
            if "".join(letter.char for letter in some) != spelling.key:
                continue
            start, end = some[0].start, some[-1].end
            if "lengthen" in order:
                end = stretched(text, end)
            if "**" in text[start:end] or "<" in text[start:end]:
                start, end = wrapped(text, start, end)
            place = judged(text, Span(start, end), some, spelling, profile, tokens, leads, sentences, column)
            if place is not None:
                made.append(place)
    return sorted(dict.fromkeys(made), key=lambda one: (one.span.start, -one.span.end, len(one.hops)))


def stretched(text: str, end: int) -> int:
    """Return where the lengthening behind ``end`` is over."""
    while text[end : end + 1] and text[end] in "ーぁぃぅぇぉァィゥェォ〜~っッ":
        end += 1
    vowels = 0
    while text[end + vowels : end + vowels + 1] and text[end + vowels] in "あいうえおアイウエオ":
        vowels += 1
    return end + (vowels if vowels >= 3 else 0)


def wrapped(text: str, start: int, end: int) -> tuple[int, int]:
    """Take in a tag or stars that open right before, and close right behind."""
    opening = re.search(r"(?:<[a-z][^<>\n]{0,60}>|\*\*)\Z", text[max(0, start - 64) : start])
    closing = re.compile(r"</[a-z]{1,12}>|\*\*").match(text, end)
    return start - (len(opening[0]) if opening else 0), closing.end() if closing else end


def judged(
    text: str,
    span: Span,
    some: list[Letter],
    spelling: Spelling,
    profile: Profile,
    tokens: list[Token],
    leads: set[int],
    sentences: list[Span],
    column: bool,
) -> Place | None:
    """Return the occurrence as a place, unless something speaks against it."""
    order = [technique.id for technique in profile.techniques]
    hops = set(spelling.hops) | techniques_in(text[span.start : span.end])
    if "markup" not in hops:
        for letter, other in zip(some, spelling.written, strict=True):
            if letter.written == other or other == "◯":
                continue
            if ord(letter.written) in LOOK_ALIKES:
                hops.add("script")
            elif spelling.exact:
                return None
            elif not spelling.hops:
                hops.add("kana")
    if not hops <= set(order):
        return None
    if column:
        return Place(span, spelling.word, ("vertical",)) if "vertical" in order and hops <= {"kana"} else None
    if not hops or (text[span.start] in BULLETS and not text[max(0, span.start - 1) : span.start].strip()):
        return None
    word = spelling.word
    if hops & {"separator", "space"}:
        row = view(text[span.start : span.end])[1]
        cuts = [one for one in row if one.technique in ("separator", "space")]
        edges = [0, *(edge for cut in cuts for edge in (cut.start, cut.end)), span.length]
        piece = text[span.start : span.end]
        sizes = [len(view(piece[low:high])[0]) for low, high in zip(edges[::2], edges[1::2], strict=True)]
        signs = {sign for cut in cuts for sign in piece[cut.start : cut.end] if sign not in " \u3000\t"}
        if any(size > 1 for size in sizes) or text[max(0, span.start - 1) : span.start] in signs:
            return None
        real = r"[ぁ-ゖァ-ヺー一-鿿㐀-䶿々]"
        several = re.escape("".join(sorted(signs)))
        pattern = rf"(?:[{several}]{{1,3}}{real}){{1,20}}" if signs else rf"(?:[ \u3000]{real}(?!{real})){{1,20}}"
        rest = re.compile(pattern).match(text, span.end)
        if rest:
            word += "".join(exchanged(char) for char in rest[0] if re.match(real, char) and char not in SMALL)
            span = Span(span.start, rest.end())
    if inside(text, span, tokens, goes_on=spelling.goes_on) or not believed(
        text, span, spelling, hops, profile, leads, sentences
    ):
        return None
    return Place(span, word, tuple(name for name in order if name in hops))


def techniques_in(piece: str) -> set[str]:
    _, gone = view(piece)
    coded = {"markup"} if re.search(r"&#(?:x[0-9a-f]{2,6}|[0-9]{2,7});|(?:%[0-9a-f]{2})+", piece) else set()
    return {one.technique for one in gone} - {"mask"} | coded


def inside(text: str, span: Span, tokens: list[Token], *, goes_on: bool) -> bool:
    for at in span:
        around = text[max(0, at - 1) : at + 1]
        if at in (0, len(text)):
            continue
        if re.fullmatch(r"[a-z]{2}|[0-9]{2}", around):
            return True
        for token in tokens:
            mine = at == span.end and goes_on and token.start >= span.start
            known = not token.is_oov or re.fullmatch(r"[ァ-ヺー]{2}", around)
            if token.start < at < token.end and not mine and known:
                return True
    return False


def believed(
    text: str, span: Span, spelling: Spelling, hops: set[str], profile: Profile, leads: set[int], sentences: list[Span]
) -> bool:
    """Return whether what stands before and behind allows the spelling."""
    used = [technique for technique in profile.techniques if technique.id in hops]
    if any(text[span.end :].startswith(stop) for technique in used for stop in technique.not_before):
        return False
    short = len(spelling.key) <= 2
    needs = {spelling.where} | {technique.short if short else technique.where for technique in used}
    if needs == {"anywhere"}:
        return True
    spaces = 0
    while spaces < 4 and text[span.start - spaces - 1 : span.start - spaces] in (" ", "\u3000"):
        spaces += 1
    if span.start - spaces in leads:
        return True
    sentence = next(one for one in sentences if one.start <= span.start < one.end)
    at_start = (
        bool(_LEADING.fullmatch(text[sentence.start : span.start])) or text[max(0, span.start - 1) : span.start] == "#"
    )
    return "lead" not in needs and at_start


def texts(text: str, found: list[Place]) -> Iterator[tuple[MappedText, list[tuple[Span, tuple[str, ...]]]]]:
    """Yield the texts to read again: first the leftmost and longest places, then what did not fit."""
    left, done = found, list[Place]()
    for _ in range(4):
        fresh: list[Place] = []
        for place in left:
            if not fresh or place.span.start >= fresh[-1].span.end:
                fresh.append(place)
        if not fresh:
            return
        left = [place for place in left if place not in fresh]
        chosen = list(fresh)
        for place in done:
            if not any(place.span.overlaps(other.span) for other in chosen):
                chosen.append(place)
        done += fresh
        builder, at = MapBuilder(), 0
        for place in sorted(chosen, key=lambda one: one.span):
            builder.copy(text[at : place.span.start])
            builder.replace(place.span.length, place.word)
            at = place.span.end
        builder.copy(text[at:])
        plain = builder.build()
        hops = [place.hops for place in sorted(chosen, key=lambda one: one.span)]
        yield plain, [(edit.new, names) for edit, names in zip(plain.alignment.edits, hops, strict=True)]


def columns(text: str, sentences: list[Span]) -> Iterator[MappedText]:
    lines = [0, *(at + 1 for at, char in enumerate(text) if char == "\n")]
    rows = [lines if len(lines) >= 3 else []]
    if sum(char in "。!?" for char in text) >= 2:
        rows.append([sentence.start for sentence in sentences])
    done: list[list[int]] = []
    for starts in rows:
        heads = []
        for start, end in zip(starts, [*starts[1:], len(text)], strict=False):
            at = start
            while at < end and _LEADING.fullmatch(text[start : at + 1]):
                at += 1
            if at < end:
                heads.append(at)
        if len(heads) >= 3 and heads not in done:
            builder, at = MapBuilder(), 0
            for head in heads:
                if head > at:
                    builder.replace(head - at, "")
                builder.copy(text[head])
                at = head + 1
            if at < len(text):
                builder.replace(len(text) - at, "")
            yield builder.build()
        done.append(heads)
