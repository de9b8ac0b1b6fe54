"""``fold(text) -> MappedText``: undo what does not change meaning, with an exact map back.

Two passes, their maps composed.  Characters: line ends, width, case, compatibility forms, combining kana, and
zero-width, format and control characters (``ﾊﾞ<U+200B>ｶ`` → ``バカ``).  Then runs: long marks (``バーーカ`` → ``バーカ``)
and readings in brackets after kanji (``死(し)ね`` → ``死ね``).

A cluster is one character with the marks that follow it; NFKC never reaches over its edges, so folding cluster by
cluster equals folding the whole text, and every folded character knows the cluster it came from.
"""

from __future__ import annotations

import unicodedata
from typing import Final

import regex

from flamecheck.spans import Alignment, MapBuilder, MappedText, compose

# 消しても読みの変わらない文字: 書式文字、異体字セレクタ、結合抑止、ハングルの埋め草、改行とタブ以外の制御文字。
_DROPPED: Final = r"\p{Cf}\uFE00-\uFE0F\U000E0100-\U000E01EF\u180B-\u180F\u034F\u115F\u1160\u3164\uFFA0\x00-\x08\x0E-\x1F\x7F-\x84\x86-\x9F"
# 前の文字と一つになりうる文字: 結合文字、濁点・半濁点、ハングル字母。
_JOINS: Final = r"\p{M}\u309B\u309C\uFF9E\uFF9F\u1161-\u1175\u11A8-\u11C2\u3131-\u318E\uFFA1-\uFFDC"
# 何もしなくてよい文字の続き。小書き・旧字なども NFKC で変わらないものだけを並べる。
_INERT: Final = r"[\n\t !-@\[-~ぁ-ゖァ-ヺ・ー、。「」『』【】々一-龥〇○●◎★☆♪→]"
_CLUSTER: Final = regex.compile(
    rf"(?P<inert>(?:{_INERT}(?![{_JOINS}{_DROPPED}]))+)"
    r"|(?P<line>\r\n|[\r\u2028\u2029\x85\x0B\x0C])"
    rf"|(?P<dropped>[{_DROPPED}]+)"
    rf"|(?P<cluster>.[{_JOINS}{_DROPPED}]{{0,400}})",
    regex.DOTALL,
)
_DROPPED_ONE: Final = regex.compile(rf"[{_DROPPED}]+")
_CLEAN: Final = regex.compile(rf"(?:{_INERT})*\Z")
_BAD: Final = regex.compile(r"[\ud800-\udfff]")
# 読みではなく、書き手の身ぶりや笑いを表す括弧。消すと調子が分からなくなる。
_GESTURES: Final = "わら|わらい|てへ|えへ|あせ|なみだ|ばく|ぺこ|えみ|しろめ|どや|ぼそ|ちら|うそ"
_RUNS: Final = regex.compile(
    r"(?P<long>ー[ー〜~]+)|(?P<wave>[〜~]{2,})"
    rf"|(?<=[\p{{Han}}々])(?P<reading>(?:\((?!(?:{_GESTURES})\))[ぁ-ゖァ-ヺー]{{1,4}}\)|《[ぁ-ゖァ-ヺー]{{1,16}}》)+)"
)


def fold(text: str) -> MappedText:
    """Return the folded text with its map; ``fold(fold(x).text).text == fold(x).text``.

    Lone surrogates become U+FFFD, one for one.  Linear in the length of the text.
    """
    characters = _fold_characters(text)
    return compose(characters, _fold_runs(characters.text))


def _fold_characters(text: str) -> MappedText:
    if _CLEAN.match(text) and text == text.lower():
        return MappedText(text, Alignment())
    builder = MapBuilder()
    for match in _CLUSTER.finditer(text):
        piece = match.group()
        kind = match.lastgroup
        if kind == "inert":
            _lowered(builder, piece)
        elif kind == "line":
            _put(builder, piece, "\n")
        elif kind == "dropped":
            builder.replace(len(piece), "")
        else:
            _put(builder, piece, _folded(_DROPPED_ONE.sub("", piece)))
    return builder.build()


def _put(builder: MapBuilder, old: str, new: str) -> None:
    if old == new:
        builder.copy(old)
    else:
        builder.replace(len(old), new)


def _lowered(builder: MapBuilder, piece: str) -> None:
    """Copy inert characters; each ASCII capital is an edit of its own."""
    start = 0
    if piece != piece.lower():
        for at, char in enumerate(piece):
            if "A" <= char <= "Z":
                if at > start:
                    builder.copy(piece[start:at])
                builder.replace(1, char.lower())
                start = at + 1
    if start < len(piece):
        builder.copy(piece[start:])


def _folded(cluster: str) -> str:
    """Return one cluster folded: combining kana marks, NFKC, lower case, until nothing changes."""
    cluster = _BAD.sub("\ufffd", cluster).replace("\u309b", "\u3099").replace("\u309c", "\u309a")
    for _ in range(4):
        # ´ や ¨ のように「空白＋記号」に分解される文字は、分解すると語が割れるのでそのまま。
        parts = (c if _spacing(c) else unicodedata.normalize("NFKC", c) for c in cluster)
        after = unicodedata.normalize("NFC", "".join(parts))
        after = "".join("σ" if c == "ς" else c.lower() for c in after)
        after = _DROPPED_ONE.sub("", after)
        if after == cluster:
            break
        cluster = after
    return cluster


def _spacing(char: str) -> bool:
    decomposed = unicodedata.normalize("NFKC", char)
    return len(decomposed) > 1 and decomposed[0] == " "


def _fold_runs(text: str) -> MappedText:
    if not _RUNS.search(text):
        return MappedText(text, Alignment())
    builder = MapBuilder()
    done = 0
    for match in _RUNS.finditer(text):
        # 括弧の中の読みは消す。長音の続きは最初の一つにする。
        new = "" if match["reading"] else match.group()[0]
        builder.copy(text[done : match.start()])
        _put(builder, match.group(), new)
        done = match.end()
    builder.copy(text[done:])
    return builder.build()
