"""``flamecheck rules new "(女のくせに)生意気だ"``: a first rule file from a phrase; the brackets hold what must be found.

The words in brackets become the pattern: an inflecting word X becomes ``X~`` and swallows its auxiliaries, a word of a
shared lexicon becomes its slot, a numeral a part of speech; everything else stays as written.  What the draft claims
is tried before it is shown: a pattern that does not find the brackets falls back to the words as written, and a pass
example that does not pass is left out.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from flamecheck.errors import LoadError
from flamecheck.inflection import NEGATIONS, STOPS, inflection_of
from flamecheck.normalize import fold
from flamecheck.review.bench import Bench
from flamecheck.review.trial import trials
from flamecheck.rules.examples import NotWritable, written
from flamecheck.rules.load import load_pack
from flamecheck.rules.rule import Lexicon
from flamecheck.spans import Span
from flamecheck.tokens import Token, Tokenizer

_BRACKETS: Final = re.compile(r"[(（]([^()（）]+)[)）]")
_SIGNS: Final = re.compile(r"[(|)?~…<>{}^$\\]")
PACK: Final = "id: draft\ntitle: 下書き\nversion: 0.0.0\nextends: [flamecheck]\n"


def bracketed(phrase: str) -> tuple[str, Span]:
    """Return the sentence without brackets and what they held; without brackets that is everything.

    Raises ValueError for more than one pair, an empty one, or a bracket without a partner.
    """
    found = list(_BRACKETS.finditer(phrase))
    if len(found) > 1 or re.search(r"[()（）]", _BRACKETS.sub("", phrase)):
        raise ValueError("( ) は一組だけ書いてください。例: (女のくせに)生意気だ")
    if not phrase.strip():
        raise ValueError("文を書いてください。例: (女のくせに)生意気だ")
    if not found:
        return phrase, Span(0, len(phrase))
    start, inner = found[0].start(), found[0][1]
    return phrase[:start] + inner + phrase[found[0].end() :], Span(start, start + len(inner))


def draft(phrase: str, rule_id: str, lexicons: Mapping[str, Lexicon], tokenizer: Tokenizer) -> str:
    """Return the text of a rule file for a phrase; raises ValueError for brackets or an id that cannot be read."""
    if not re.fullmatch(r"(topic|tone|legal|leak|timing|conduct)/[a-z0-9][a-z0-9-]*", rule_id):
        raise ValueError(f"id「{rule_id}」は使えません。例: tone/my-rule（群は topic tone legal leak timing conduct）")
    sentence, span = bracketed(phrase)
    trigger = sentence[span.start : span.end]
    flag = f"{sentence[: span.start]}⟦{trigger}⟧{sentence[span.end :]}"
    passes = {
        f"「{trigger}」という言葉について調べました。": "言葉として引いている",
        f"{sentence}とは思いません。": "打ち消している",
    }
    for pattern in dict.fromkeys((proposed(sentence, span, lexicons, tokenizer), escaped(trigger))):
        held = _held(_file(rule_id, pattern, flag, passes), rule_id, tokenizer)
        if "flag[1]" in held:
            kept = {text: why for at, (text, why) in enumerate(passes.items(), 1) if f"pass[{at}]" in held}
            return _file(rule_id, pattern, flag, kept)
    raise ValueError(f"「{trigger}」は語の途中で始まるか終わっています。( ) を語の切れ目に合わせてください")


def proposed(sentence: str, span: Span, lexicons: Mapping[str, Lexicon], tokenizer: Tokenizer) -> str:
    """Return a pattern for the words of ``sentence`` in ``span``."""
    trigger = fold(sentence[span.start : span.end]).text
    before = len(fold(sentence[: span.start]).text)
    tokens = [
        token
        for token in tokenizer.tokenize(fold(sentence).text)
        if before <= token.start and token.end <= before + len(trigger)
    ]
    if "".join(token.surface for token in tokens) != trigger:
        tokens = tokenizer.tokenize(trigger)
    known = dict(_words(lexicons))
    return "".join(_parts(tokens, known, tokenizer))


def _words(lexicons: Mapping[str, Lexicon]) -> Iterator[tuple[str, str]]:
    """Yield every plain word of a lexicon with its slot; of several lexicons the first by name stays."""
    for name in sorted(lexicons, reverse=True):
        for entry in lexicons[name].entries:
            try:
                yield from ((form, f"<{name}>") for form in written(entry.phrase.pattern))
            except NotWritable:
                continue


def _parts(tokens: list[Token], known: Mapping[str, str], tokenizer: Tokenizer) -> Iterator[str]:
    at = 0
    while at < len(tokens):
        token = tokens[at]
        at += 1
        if token.surface in known and token.pos[0] in ("名詞", "代名詞"):
            yield known[token.surface]
        elif "数詞" in token.pos:
            yield "{名詞-数詞}"
        elif _inflects(token) and inflection_of(tokenizer.tokenize(token.dictionary_form)):
            # 打ち消しは、書かなければ X~ に入らない。
            while at < len(tokens) and tokens[at].pos[0] == "助動詞" and not _ends_run(tokens[at]):
                at += 1
            yield escaped(token.dictionary_form) + "~"
        else:
            yield escaped(token.surface)


def _inflects(token: Token) -> bool:
    return token.pos[0] in ("動詞", "形容詞") or (token.pos[0] == "助動詞" and token.normalized_form in NEGATIONS)


def _ends_run(token: Token) -> bool:
    return token.surface in STOPS or token.normalized_form in NEGATIONS


def escaped(text: str) -> str:
    """Return ``text`` as a pattern that stands for its own characters."""
    return _SIGNS.sub(r"\\\g<0>", text)


def _held(text: str, rule_id: str, tokenizer: Tokenizer) -> set[str]:
    """Return the names of the examples that hold, in a pack that extends the shipped one."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{rule_id}.yml"
        path.parent.mkdir(parents=True)
        path.write_text(text, "utf-8")
        (Path(folder) / "pack.yml").write_text(PACK, "utf-8")
        try:
            pack = load_pack([Path(folder)])
            bench = Bench.of(pack, tokenizer)
        except LoadError:
            return set()
        rule = next(rule for rule in pack.rules if rule.id == rule_id)
        return {trial.name for trial in trials(bench, rule) if not trial.failure}


def _file(rule_id: str, pattern: str, flag: str, passes: Mapping[str, str]) -> str:
    examples = "".join(f"    - {{text: {_quoted(text)}, because: {why}}}\n" for text, why in passes.items())
    return f"""\
# pack.yml に extends: [flamecheck] と書いた規則集の {rule_id}.yml に置いてください。
id: {rule_id}
category: {CATEGORY[rule_id.split("/", maxsplit=1)[0]]}  # rules list に出る分類から、いちばん近いものを選ぶ
title: {_quoted(_short(flag))}  # 一覧に出る短い名前
severity: low  # もし本当なら、どれだけ重いか: info low medium high critical
confidence: low  # どれだけ確かか: low medium high
status: experimental  # 例がそろったら test、枝がすべて例で確かめられたら stable
message: 「{{matched}}」は、気になる人がいるおそれがあります。  # 誰がどう受け取るか。責める言葉は書かない
affected: 投稿を読む人  # 傷つく人、困る人
rewrite: 言い方を改める。  # 何をどう書けばよいか
references: []  # 根拠: {{title: …, url: …, retrieved: 年-月-日}}
match:
  any:
    - {_quoted(pattern)}  # ほかの言い方を、行を足して書く
unless:
  - {{guard: mention}}
  - {{guard: negation}}
examples:
  flag:  # ⟦ ⟧ が見つける範囲。実際の書き方を足す
    - {_quoted(flag)}
  pass:  # 通すべき文。下の文は作りものなので、読んで確かめ、実際の善良な文を足す
{examples or "    - よい天気です。" + chr(10)}"""


CATEGORY: Final = {
    "topic": "sweeping-generalization",
    "tone": "insult-violence",
    "legal": "superlative-claim",
    "leak": "draft-misfire",
    "timing": "sensitive-date",
    "conduct": "workplace-gripe",
}
"""A category of each group to start from."""


def _short(flag: str) -> str:
    return "「" + flag.split("⟦")[1].split("⟧", maxsplit=1)[0] + "」"


def _quoted(text: str) -> str:
    """Return ``text`` as a double-quoted YAML string, which JSON's is."""
    return json.dumps(text, ensure_ascii=False)
