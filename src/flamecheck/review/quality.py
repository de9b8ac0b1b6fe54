"""What is wrong with a rule beyond its examples: branches that repeat another, words that accuse, breadth.

A branch is redundant (FC608) when it and an earlier member of the same list compile to the same steps, or differ only
in one inflected word whose forms are all forms of the other's: 酷い~ beside ひどい~, which Sudachi gives one
normalised form.  That much is certain; a branch that another one swallows by a gap or by its neighbours is found by
coverage instead, because no example can need it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Final

from flamecheck.analysis import Analysis
from flamecheck.document import Document
from flamecheck.engine import candidates, judge
from flamecheck.errors import Diagnostic, Place
from flamecheck.prefilter import Prefilter
from flamecheck.program import Inflects, Program
from flamecheck.review.bench import Bench
from flamecheck.rules.condition import AllOf, Phrase
from flamecheck.rules.pattern import Group
from flamecheck.rules.rule import Lexicon, Rule
from flamecheck.ruleset import Ruleset
from flamecheck.spans import Span

_ACCUSING: Final = re.compile(
    r"安全(?:です|な投稿|と言え|に問題)|違法(?:です|な投稿|行為です)|犯罪(?:です|者)|あなたは?(?:悪い|差別)|差別主義|非常識です|最低です"
)
HITS: Final = 0.01
"""The share of everyday posts a rule may flag above info before it is called too broad."""
CANDIDATES: Final = 0.25
"""The share of everyday posts that may be candidates of a rule."""


def repeated(bench: Bench) -> Iterator[Diagnostic]:
    """Yield FC608 for every member of a list that an earlier one makes redundant."""
    seen: set[int] = set()
    for rule in bench.pack.rules:
        yield from _repeated(bench, (rule.match, rule.guards), rule.id, seen)
    for name, lexicon in sorted(bench.pack.lexicons.items()):
        phrases = [entry.phrase for entry in lexicon.entries]
        yield from _among(bench, [(p.pattern, p.place.within(0, len(p.text)), p.text) for p in phrases], name)
        yield from _repeated(bench, tuple(phrases), name, seen)


def _repeated(bench: Bench, value: Any, owner: str, seen: set[int]) -> Iterator[Diagnostic]:
    if id(value) in seen or isinstance(value, (Place, Span, Lexicon)):
        return
    seen.add(id(value))
    if isinstance(value, tuple):
        for member in value:
            yield from _repeated(bench, member, owner, seen)
    elif isinstance(value, Phrase):
        for node in value.pattern:
            yield from _in_node(bench, node, value, owner)
    elif is_dataclass(value):
        for item in fields(value):
            child = getattr(value, item.name)
            if isinstance(child, tuple) and not isinstance(value, AllOf):
                phrases = [member for member in child if isinstance(member, Phrase)]
                found = [(p.pattern, p.place.within(0, len(p.text)), p.text) for p in phrases]
                yield from _among(bench, found, owner)
            yield from _repeated(bench, child, owner, seen)


def _in_node(bench: Bench, node: Any, phrase: Phrase, owner: str) -> Iterator[Diagnostic]:
    if not isinstance(node, Group):
        return
    found = [
        (option, phrase.place.within(span.start, max(1, span.length)), phrase.text[slice(*span)])
        for option, span in zip(node.options, node.ranges, strict=True)
    ]
    yield from _among(bench, found, owner)
    for option in node.options:
        for inner in option:
            yield from _in_node(bench, inner, phrase, owner)


def _among(bench: Bench, members: Sequence[tuple[Any, Place, str]], owner: str) -> Iterator[Diagnostic]:
    known: list[tuple[Program, str]] = []
    for pattern, place, text in members:
        program = bench.compiler.program(pattern, place)
        earlier = next((other for steps, other in known if _within(program, steps)), None)
        if earlier is not None:
            message = f"{owner}: 「{text}」は「{earlier}」と同じものしか見つけません"
            yield Diagnostic("FC608", place, message, "どちらかを消してください", level="warning")
        known.append((program, text))


def _within(program: Program, other: Program) -> bool:
    """Return whether ``other`` certainly holds wherever ``program`` does."""
    return len(program) == len(other) and all(
        one == two
        or (
            isinstance(one, Inflects)
            and isinstance(two, Inflects)
            and one.inflection.noun == two.inflection.noun
            and one.inflection.forms <= two.inflection.forms
            and one.inflection.stems <= two.inflection.stems
        )
        for one, two in zip(program, other, strict=True)
    )


def wording(rule: Rule) -> Iterator[Diagnostic]:
    """Yield FC611 for a message, a rewrite hint or a title that accuses or judges what no program can."""
    for name in ("title", "message", "rewrite"):
        found = _ACCUSING.search(getattr(rule, name))
        if found:
            message = f"{rule.id}: {name} の「{found[0]}」は、言い切りすぎか、責めています"
            yield Diagnostic("FC611", rule.place, message, "「〜と受け取られるおそれがあります」のように書いてください")


@dataclass(slots=True, frozen=True)
class Rate:
    """How many of some posts are candidates of a rule, and in how many it finds something above info."""

    rule: Rule
    posts: int
    candidates: int
    hits: int

    @property
    def broad(self) -> bool:
        """Return whether the rule is above its budget."""
        return self.hits > self.posts * HITS or self.candidates > self.posts * CANDIDATES


def rates(bench: Bench, posts: Iterable[Document]) -> list[Rate]:
    """Return the rate of every rule on everyday posts, in id order."""
    compiled = tuple(bench.compiled.values())
    number = 0
    tried, hits = (dict.fromkeys((item.rule.id for item in compiled), 0) for _ in range(2))
    ruleset = Ruleset(compiled, Prefilter([item.matcher.promise for item in compiled]), "")
    for post in posts:
        number += 1
        analysis = Analysis(post, bench.tokenizer)
        for item in candidates(analysis, ruleset):
            tried[item.rule.id] += 1
        found = {
            judged.rule.id
            for judged in judge(analysis, ruleset)
            if judged.cancelled is None
            and judged.rule.severity.shifted(sum(case.steps or 0 for _, case in judged.acted)) > 0
        }
        for rule_id in found:
            hits[rule_id] += 1
    return [Rate(item.rule, number, tried[item.rule.id], hits[item.rule.id]) for item in compiled]
