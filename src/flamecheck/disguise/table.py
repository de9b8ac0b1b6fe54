"""Every spelling of every rule that asks for a disguise profile, in one automaton.

This is what keeps it cheap: a rule names a short list of words (``MOST_WORDS``), each of at least two letters; their
spellings are listed when the pack is compiled (at most ``MOST_SPELLINGS`` a word), and a post is read once more, in its
squeezed view, by one Aho-Corasick automaton.  A post in which it finds nothing costs nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from flamecheck.disguise.spell import Spelling, forms_of, spellings_of
from flamecheck.disguise.view import squeeze
from flamecheck.errors import Diagnostic
from flamecheck.matchers.phrase import PhraseMatcher
from flamecheck.normalize import fold
from flamecheck.rules.condition import AllOf, AnyOf, Condition, Phrase
from flamecheck.rules.pattern import Group, Literal, Sequence, Slot
from flamecheck.rules.rule import Disguise, Lexicon, Profile, Rule
from flamecheck.spans import Span
from flamecheck.tokens import Tokenizer

MOST_WORDS: Final = 60
MOST_SPELLINGS: Final = 900


@dataclass(slots=True, frozen=True, eq=False)
class Watch:
    """One rule that sees through disguises: its number in the ruleset, its profile, what may go before."""

    number: int
    profile: Profile
    leads: tuple[PhraseMatcher, ...]
    spellings: tuple[Spelling, ...]


@dataclass(slots=True, frozen=True)
class Occurrence:
    """A spelling of a rule's word, in the squeezed view."""

    span: Span
    watch: Watch
    spelling: Spelling


class Disguises:
    """Immutable once built; safe to share between threads."""

    __slots__ = ("_automaton", "_keys", "_of_key", "watches")

    def __init__(self, watches: tuple[Watch, ...]) -> None:
        """Build the automaton over the keys of all spellings."""
        import daachorse

        self.watches = watches
        of_key: dict[str, list[tuple[Watch, Spelling]]] = {}
        for watch in watches:
            for spelling in watch.spellings:
                of_key.setdefault(spelling.key, []).append((watch, spelling))
        self._keys = sorted(of_key)
        self._of_key = [of_key[key] for key in self._keys]
        automaton: Any = daachorse.CharwiseDoubleArrayAhoCorasick
        self._automaton = automaton(self._keys) if self._keys else None

    @property
    def size(self) -> int:
        """Return how many spellings are looked for."""
        return sum(len(watch.spellings) for watch in self.watches)

    def possible(self, text: str) -> bool:
        """Return whether the squeezed view of a folded ``text`` holds a spelling at all."""
        return self._automaton is not None and bool(self._automaton.find(squeeze(text)))

    def occurrences(self, view: str) -> Iterator[Occurrence]:
        """Yield every spelling in the squeezed ``view``, by where it starts, the longest first."""
        if self._automaton is None:
            return
        for start, end, number in sorted(self._automaton.find_overlapping(view), key=lambda hit: (hit[0], -hit[1])):
            for watch, spelling in self._of_key[number]:
                yield Occurrence(Span(start, end), watch, spelling)


NO_DISGUISES: Final = Disguises(())
"""What a pack without a disguise profile looks for."""


def watch_of(
    number: int,
    rule: Rule,
    *,
    lexicons: dict[str, Lexicon],
    tokenizer: Tokenizer,
    leads: tuple[PhraseMatcher, ...],
    problems: list[Diagnostic],
) -> Watch:
    """Return what to look for on behalf of ``rule``; what is wrong goes to ``problems`` (FC441 to FC444, FC446)."""
    disguise = rule.disguise
    if disguise is None:
        raise ValueError(rule.id)
    known = tuple(dict.fromkeys(literals(rule.match, lexicons)))
    words = disguise.words or tuple((word, disguise.place) for word in known if len(fold(word).text) > 1)
    least = disguise.profile.least
    if rule.severity < least:
        _say(
            problems,
            "FC441",
            disguise,
            f"重さ {rule.severity.label} の規則に「{disguise.profile.id}」は使えません",
            f"{least.label} 以上の規則で使ってください",
        )
    if len(words) > MOST_WORDS:
        _say(
            problems,
            "FC442",
            disguise,
            f"見破る言葉が {len(words)} あります（{MOST_WORDS} まで）",
            "words: に、隠して書かれやすい言葉だけを並べてください",
        )
        words = ()
    found: list[Spelling] = []
    plain = [fold(word).text for word in known]
    for word, place in words:
        text = fold(word.removesuffix("~")).text
        if len(text) < 2:
            problems.append(Diagnostic("FC443", place, f"「{word}」は短すぎます", "二字以上の言葉を書いてください"))
            continue
        if not any(text in other for other in plain) and not _composed(text, plain):
            problems.append(
                Diagnostic(
                    "FC444", place, f"「{word}」は、この規則の match にありません", "match に書いた言葉を並べてください"
                )
            )
            continue
        made = [spelling for form in forms_of(word, tokenizer) for spelling in spellings_of(form, disguise.profile)]
        if len(made) > MOST_SPELLINGS:
            problems.append(
                Diagnostic(
                    "FC446",
                    place,
                    f"「{word}」の書き方が {len(made)} になります（{MOST_SPELLINGS} まで）",
                    "短い言葉に分けるか、プロファイルの units を減らしてください",
                )
            )
            continue
        found += made
    return Watch(number, disguise.profile, leads, tuple(found))


def _composed(text: str, pieces: Iterable[str]) -> bool:
    """Return whether ``text`` is a row of whole ``pieces``: 元本保証 of 元本 and 保証."""
    known = set(pieces)
    reached = {0}
    for end in range(1, len(text) + 1):
        if any(text[start:end] in known for start in reached):
            reached.add(end)
    return len(text) in reached


def literals(condition: Condition, lexicons: dict[str, Lexicon]) -> Iterator[str]:
    """Yield the literals of the patterns by which a condition finds; an inflected one ends with ``~``."""
    if isinstance(condition, Phrase):
        yield from _literals(condition.pattern, lexicons)
    elif isinstance(condition, (AnyOf, AllOf)):
        for member in condition.members:
            yield from literals(member, lexicons)


def _literals(sequence: Sequence, lexicons: dict[str, Lexicon]) -> Iterator[str]:
    for node in sequence:
        if isinstance(node, Literal):
            yield node.text + ("~" if node.inflects else "")
        elif isinstance(node, Group):
            for option in node.options:
                yield from _literals(option, lexicons)
        elif isinstance(node, Slot) and node.name in lexicons:
            for entry in lexicons[node.name].entries:
                yield from _literals(entry.phrase.pattern, lexicons)


def _say(problems: list[Diagnostic], code: str, disguise: Disguise, message: str, hint: str) -> None:
    problems.append(Diagnostic(code, disguise.place, message, hint))
