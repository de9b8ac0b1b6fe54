"""``X~``: a word in any inflection with its auxiliaries, as docs/grammar.md defines it.

``思う~`` holds on 思った, 思われました, 思っていらっしゃる, お思いになる; it stops before たら, なら, ば; and it does not
hold where a negation follows that the pattern does not write (思わない, 思ってはいない).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flamecheck.tokens import Token

STOPS: Final = frozenset({"たら", "だら", "なら", "ば"})
NEGATIONS: Final = frozenset({"ない", "無い", "ず", "ぬ", "ん", "まい", "へん", "ねえ"})
# て・での後ろに付いて一まとまりになる補助動詞（正規化形）。
AUXILIARY_VERBS: Final = frozenset(
    "居る おる おく 仕舞う 呉れる 貰う 上げる 見る 置く 来る 行く 遣る 下さる 頂く 有る 欲しい 参る 御座る いらっしゃる"
    " 致す 差し上げる 見せる 済む".split()
)
PREFIXES: Final = frozenset({"お", "ご", "御"})
# お伝えする・お待ちいただく・ご連絡くださる・お思いになる。
HONORIFIC: Final = frozenset({"する", "為る", "致す", "いたす", "頂く", "下さる", "出来る", "申し上げる", "為さる"})
# 「連絡をいただく」は受け取る側なので、を の後ろに来るのはこれだけ。
DOING: Final = frozenset({"為る", "致す", "為さる"})
BECOME: Final = frozenset({"成る", "なる"})
_ROWS: Final = dict(zip("うくぐすつぬぶむる", "いきぎしちにびみり", strict=True))


@dataclass(slots=True, frozen=True)
class Inflection:
    """The forms of one word: ``forms`` are dictionary or normalised forms, ``stems`` what follows お or ご."""

    forms: frozenset[str]
    stems: frozenset[str]
    noun: str = ""

    def end(self, tokens: list[Token], at: int) -> int | None:
        """Return the index after the longest run that starts with token ``at``, or None."""
        if at >= len(tokens):
            return None
        if self.noun:
            return self._noun_end(tokens, at)
        if self._is(tokens[at]):
            # 「お感じになりません」の 感じ だけを取ると、打ち消しを見落とす。
            inner = at and tokens[at - 1].surface in PREFIXES and self._honorific_end(tokens, at - 1) is not None
            return None if inner else run(tokens, at + 1)
        return self._honorific_end(tokens, at)

    def _is(self, token: Token) -> bool:
        return token.dictionary_form in self.forms or token.normalized_form in self.forms

    def _noun_end(self, tokens: list[Token], at: int) -> int | None:
        # サ変：連絡する、連絡いたします、連絡をする、ご連絡いただく、ご連絡になる。
        start = at + 1 if tokens[at].surface in PREFIXES else at
        if start >= len(tokens):
            return None
        if tokens[start].surface != self.noun:
            # 「損する」のように一語の動詞になっていることがある。
            whole = tokens[start].dictionary_form == self.noun + "する"
            return run(tokens, start + 1) if whole and tokens[start].surface.startswith(self.noun) else None
        after = start + 1
        if after < len(tokens) and tokens[after].surface == "を":
            does = after + 1 < len(tokens) and tokens[after + 1].normalized_form in DOING
            return run(tokens, after + 2) if does else None
        if after < len(tokens) and (self._is(tokens[after]) or tokens[after].normalized_form in HONORIFIC):
            return run(tokens, after + 1)
        return _polite(tokens, after) if start > at else None

    def _honorific_end(self, tokens: list[Token], at: int) -> int | None:
        surface = tokens[at].surface
        if surface in PREFIXES and at + 1 < len(tokens):
            following = tokens[at + 1]
            if following.surface in self.stems or self._is(following):
                return _polite(tokens, at + 2)
        if surface[:1] in PREFIXES and surface[1:] in self.stems:
            return _polite(tokens, at + 1)
        return None


def _polite(tokens: list[Token], at: int) -> int | None:
    """Return the index after ［に］なる／する and what follows, when that stands at ``at``."""
    if at < len(tokens) and tokens[at].surface == "に":
        at = _past(tokens, at + 1, ("は", "も"))
        wanted = BECOME
    else:
        wanted = HONORIFIC
    if at < len(tokens) and tokens[at].normalized_form in wanted:
        return run(tokens, at + 1)
    return None


def run(tokens: list[Token], at: int) -> int:
    """Return the index after the longest run of auxiliaries from ``at``; a negation or たら, なら, ば ends it."""
    while at < len(tokens):
        token = tokens[at]
        if token.surface in STOPS or is_negation(token):
            return at
        if token.pos[0] == "助動詞":
            at += 1
        elif _is_te(token) and at + 1 < len(tokens) and tokens[at + 1].normalized_form in AUXILIARY_VERBS:
            at += 2
        else:
            return at
    return at


def _is_te(token: Token) -> bool:
    return token.surface in ("て", "で") and token.pos[1] == "接続助詞"


def is_negation(token: Token) -> bool:
    """Return whether the token negates: ない, ぬ, ん, ず, まい, へん."""
    return token.normalized_form in NEGATIONS and token.pos[0] in ("助動詞", "形容詞")


def negated(tokens: list[Token], at: int) -> bool:
    """Return whether a negation of what ended before ``at`` follows: ない, はしない, くはありません, て(は)いない."""
    at = _past(tokens, at, ("て", "で", "ては", "では", "ても", "でも", "たり", "だり"))
    at = _past(tokens, at, ("は", "も", "など", "なんか", "なんて", "じゃ", "ちゃ"))
    while at < len(tokens) and tokens[at].normalized_form in ("為る", "有る", "御座る", "居る", "おる", "ます"):
        at += 1
    return at < len(tokens) and is_negation(tokens[at])


def _past(tokens: list[Token], at: int, surfaces: tuple[str, ...]) -> int:
    return at + 1 if at < len(tokens) and tokens[at].surface in surfaces else at


def inflection_of(tokens: list[Token]) -> tuple[int, Inflection] | None:
    """Return where the inflecting word of a tokenized literal starts, and its forms; None when it cannot inflect."""
    if not tokens:
        return None
    last = tokens[-1]
    if last.pos[0] not in ("動詞", "形容詞", "助動詞"):
        return None
    forms = frozenset({last.surface, last.dictionary_form, last.normalized_form})
    if last.normalized_form == "為る" and len(tokens) > 1 and "サ変可能" in tokens[-2].pos:
        return tokens[-2].start, Inflection(forms, frozenset(), tokens[-2].surface)
    if last.dictionary_form.endswith("する") and len(last.dictionary_form) > 2 and "サ行変格" in last.pos[4]:
        return last.start, Inflection(forms, frozenset({last.dictionary_form[:-2]}))
    return last.start, Inflection(forms, _stems(last))


def _stems(token: Token) -> frozenset[str]:
    """Return the continuative form(s) of a verb by its conjugation class."""
    if token.pos[0] != "動詞" or not token.dictionary_form:
        return frozenset()
    word, kind = token.dictionary_form, token.pos[4]
    if kind.startswith("五段"):
        return frozenset({word[:-1] + _ROWS.get(word[-1], "")})
    return frozenset({word[:-1]}) if "一段" in kind else frozenset()
