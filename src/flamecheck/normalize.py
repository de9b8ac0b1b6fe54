"""``fold(text) -> MappedText``: undo what does not change meaning, with an exact map back.

Three passes, their maps composed.  Characters: line ends, width, case, compatibility forms, combining kana, and
invisible characters (``ﾊﾞ<U+200B>ｶ`` → ``バカ``).  Long marks: ``バーーカ`` → ``バーカ``.  Readings in brackets after
kanji: ``死(し)ね`` → ``死ね``.

A cluster is one character with the joining characters that follow it.  NFKC never reaches over its edges, so folding
cluster by cluster equals folding the whole text, and every folded character knows the cluster it came from.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from itertools import groupby
from typing import Final

import regex

from flamecheck.spans import Alignment, MapBuilder, MappedText, compose

# 消しても読みの変わらない文字: 書式文字、異体字セレクタ、結合抑止、ハングルの埋め草、改行とタブ以外の制御文字。
_DROPPED: Final = (
    r"\p{Cf}\uFE00-\uFE0F\U000E0100-\U000E01EF\u180B-\u180F\u034F\u115F\u1160\u3164\uFFA0"
    r"\x00-\x08\x0E-\x1F\x7F-\x84\x86-\x9F"
)
# 前の文字と一つになりうる文字: 結合文字、濁点・半濁点、ハングル字母、キラト・ライ文字の母音。
_JOINING: Final = (
    r"\p{M}\u309B\u309C\uFF9E\uFF9F\u1161-\u1175\u11A8-\u11C2\u3131-\u318E\uFFA1-\uFFDC\U00016D63\U00016D67\U00016D68"
)
# 何もしなくてよい文字: 空白・改行、英大文字を除く ASCII、かな、漢字、NFKC で変わらない記号。
INERT: Final = (
    r"\t\n -@\[-~ぁ-ゖゝゞァ-ヾ㐀-䶿一-鿿々〇、。〈〉《》「」『』【】〒〔〕〖〗〜※○●◎◯☆★♪♡♥△▲▽▼□■◇◆←↑→↓―–—‘’“”"
)
"""Characters that fold to themselves wherever no joining character follows (the inside of a character class)."""

_CLEAN: Final = re.compile(rf"[{INERT}]*+")
_TOKEN: Final = regex.compile(
    rf"(?P<inert>[{INERT}]+(?![{_DROPPED}]*+[[{_JOINING}]--[{_DROPPED}]]))"
    r"|(?P<line>\r\n|[\r\u2028\u2029\x85\x0B\x0C])"
    rf"|(?P<dropped>[{_DROPPED}]++)"
    rf"|(?P<cluster>.(?:[{_DROPPED}]*+[[{_JOINING}]--[{_DROPPED}]]++)*+)",
    regex.DOTALL | regex.VERSION1,
)
_DROP: Final = regex.compile(rf"[{_DROPPED}]+", regex.VERSION1)
# 単独の濁点・半濁点は、前のかなと一つになるよう結合文字にする。対にならないサロゲートは文字ではない。
_BEFORE: Final = re.compile("[\u309b\u309c\ud800-\udfff]")
_STAND_INS: Final = {"\u309b": "\u3099", "\u309c": "\u309a"}
# これより短いかたまりは同じものが何度も出る。長いものは結合文字をあらかじめ並べ替える。
_SHORT: Final = 16

_LONG: Final = re.compile(r"ー[ー〜~]+|[〜~]{2,}")
_LONG_PAIRS: Final = ("ーー", "ー〜", "ー~", "〜〜", "〜~", "~〜", "~~")

_HAN: Final = regex.compile(r"\p{Han}")
_READING: Final = re.compile(
    r"\((?P<hiragana>[ぁ-ゖゝゞー]{1,16})\)|\((?P<kana>[ぁ-ゖゝゞァ-ヺー-ヾ]{1,4})\)|《[ぁ-ゖゝゞァ-ヺー-ヾ]{1,16}》"
)
_KANA_PER_KANJI: Final = 4
_LONGEST_READING: Final = 16
# 読みではなく、書き手の身ぶりや笑いを表す括弧。消すと調子が分からなくなる。片仮名で書いても同じ。
_REACTIONS: Final = frozenset(
    re.findall(
        r"\w+",
        "わら わらい わらわら ばく ばくわら えみ にこ にや てへ てへっ てへぺろ えへ えへへ あせ "
        "あせあせ なみだ ぺこ ぺこり しろめ どや きり きりっ ぼそ ぼそっ ちら ちらっ うそ ",
    )
)
_TO_HIRAGANA: Final = {katakana: katakana - 0x60 for katakana in range(ord("ァ"), ord("ヶ") + 1)}


def fold(text: str) -> MappedText:
    """Return the folded text with its map; folding twice gives the same text.

    Lone surrogates become U+FFFD, one for one.  The time taken is linear in the length of the text.
    """
    folded = MappedText(text, Alignment()) if _CLEAN.fullmatch(text) else _fold_characters(text)
    if any(pair in folded.text for pair in _LONG_PAIRS):
        folded = compose(folded, _fold_long_marks(folded.text))
    if "(" in folded.text or "《" in folded.text:
        folded = compose(folded, _fold_readings(folded.text))
    return folded


def _fold_characters(text: str) -> MappedText:
    builder = MapBuilder()
    for match in _TOKEN.finditer(text):
        piece = match.group()
        kind = match.lastgroup
        if kind == "inert":
            builder.copy(piece)
        elif kind == "dropped":
            builder.replace(len(piece), "")
        else:
            new = "\n" if kind == "line" else _folded_short(piece) if len(piece) < _SHORT else _folded(piece)
            if new == piece:
                builder.copy(piece)
            else:
                builder.replace(len(piece), new)
    return builder.build()


def _folded(cluster: str) -> str:
    """Return one cluster folded: invisible characters out, then NFKC and lower case until nothing changes."""
    cluster = _BEFORE.sub(lambda match: _STAND_INS.get(match.group(), "\ufffd"), _DROP.sub("", cluster))
    while True:
        # 小文字にして初めて合成できる字（H̱ → ẖ）があるので、変わらなくなるまで繰り返す。
        after = "".join(map(_lower, _composed("".join(map(_compatible, cluster)))))
        if after == cluster:
            return cluster
        cluster = after


_folded_short: Final[Callable[[str], str]] = lru_cache(maxsize=8192)(_folded)


def _compatible(char: str) -> str:
    """Return the NFKC form of ``char``; characters that would become a space and a mark stay as they are."""
    # ´ や ￣ を「空白＋記号」にすると語が割れる。
    folded = unicodedata.normalize("NFKC", char)
    return char if len(folded) > 1 and folded[0] == " " else folded


def _lower(char: str) -> str:
    # 語末のシグマは前後を見ないと決まらないので、いつも σ にする。
    return "σ" if char == "ς" else char.lower()


def _composed(cluster: str) -> str:
    """Return the NFC form of ``cluster`` in linear time."""
    if len(cluster) >= _SHORT:
        # unicodedata は結合文字を挿入法で並べ替えるので、長い列では二乗の時間がかかる。先に並べておく。
        decomposed = (part for char in cluster for part in unicodedata.normalize("NFD", char))
        runs = groupby(decomposed, key=lambda char: unicodedata.combining(char) > 0)
        cluster = "".join(
            char for joins, run in runs for char in (sorted(run, key=unicodedata.combining) if joins else run)
        )
    return unicodedata.normalize("NFC", cluster)


def _fold_long_marks(text: str) -> MappedText:
    """Make one mark of each run of long marks; a run that starts with a wave is a wave."""
    builder = MapBuilder()
    done = 0
    for match in _LONG.finditer(text):
        builder.copy(text[done : match.start()])
        builder.replace(match.end() - match.start(), "ー" if match.group()[0] == "ー" else "〜")
        done = match.end()
    builder.copy(text[done:])
    return builder.build()


def _fold_readings(text: str) -> MappedText:
    """Remove the readings in brackets that stand right after kanji, with readings already removed looked through."""
    builder = MapBuilder()
    done = 0  # 最後に消した読みの終わり
    run = 0  # そこまでの結果の末尾に続く漢字の数
    for match in _READING.finditer(text):
        start = match.start()
        first = start
        # 読みは 16 字までなので、漢字は 4 字まで数えれば足りる。
        while first > done and (start - first) * _KANA_PER_KANJI < _LONGEST_READING and _HAN.match(text[first - 1]):
            first -= 1
        kanji = start - first + (run if first == done else 0)
        if kanji and _is_reading(match, kanji):
            if start > done:
                builder.copy(text[done:start])
            builder.replace(match.end() - start, "")
            done, run = match.end(), kanji
    if not done:
        return MappedText(text, Alignment())
    builder.copy(text[done:])
    return builder.build()


def _is_reading(match: re.Match[str], kanji: int) -> bool:
    """Return whether a bracket after ``kanji`` kanji says how they are read."""
    hiragana: str | None = match["hiragana"]
    inside: str | None = hiragana or match["kana"]
    if inside is None:  # 《》は読みにしか使わない。
        return True
    if inside.translate(_TO_HIRAGANA) in _REACTIONS:
        return False
    return len(inside) <= kanji * _KANA_PER_KANJI
