"""Everything that can be taken away from a rule, one at a time.

The walk is generic over the frozen values of ``rules.rule`` and ``rules.pattern``, so that a new construct is covered
without a line here: a tuple of values or strings in a dataclass is a list of members, each of which can go as long as
one stays (or none, where the field is empty by default); a value that may be missing can go; a pattern and the ``specs`` of a token pattern are
sequences, whose parts only make sense together.  In a pattern each alternative of a group can go, and the ``?``.

「不快に(思う~|感じる~)(ご)?」 has four branches: without 思う~, without 感じる~, without ご, and with ご always.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, Final

from flamecheck.errors import Place
from flamecheck.rules.condition import AnyOf, Before, Count, Near, PartOf, Phrase, Weigh
from flamecheck.rules.pattern import Group, Node, Sequence, Slot
from flamecheck.rules.rule import Case, Guard
from flamecheck.rules.when import When
from flamecheck.spans import Span

ORDERED: Final = frozenset({"pattern", "specs"})
"""Fields whose parts stand in a row."""
UNIONS: Final = (AnyOf, Near, Before, PartOf, Count, Weigh, Guard)
"""Values of which a member counts only where it holds itself, so that the texts without it need not be tried."""


@dataclass(slots=True, frozen=True)
class Branch:
    """One thing that can be taken away: what it is, where it stands, and the whole ``without`` it.

    ``part`` is the removed condition or pattern when a text in which it cannot hold reads the same without it.
    """

    what: str
    place: Place
    without: Any
    part: Any = None


def branches(value: Any, place: Place) -> Iterator[Branch]:
    """Yield every branch below ``value``; ``place`` is where to point when a value does not know its own."""
    here = place_of(value) or place
    if isinstance(value, Phrase):
        for branch in _in_pattern(value.pattern, value):
            yield replace(branch, without=replace(value, pattern=branch.without))
        return
    for item in fields(value):
        child = getattr(value, item.name)
        if isinstance(child, tuple):
            # 文脈の条件は、値を全部除くと「何でもよい」になるので、一つは残す。
            empty = item.default == () and not isinstance(value, When)
            found = _members(value, item.name, child, 0 if empty else 1, here)
        elif is_dataclass(child) and not isinstance(child, (Place, Span)):
            found = branches(child, here)
            if item.default is None and not (isinstance(value, Case) and (value.match is None or value.when is None)):
                yield Branch(named(child), place_of(child) or here, replace(value, **{item.name: None}))
        else:
            continue
        for branch in found:
            yield replace(branch, without=replace(value, **{item.name: branch.without}))


def _members(owner: Any, name: str, members: tuple[Any, ...], least: int, place: Place) -> Iterator[Branch]:
    for number, member in enumerate(members):
        rest = members[:number] + members[number + 1 :]
        inner = is_dataclass(member)
        if name not in ORDERED and len(rest) >= (least if inner else 1) and (inner or isinstance(member, str)):
            part = member if inner and isinstance(owner, UNIONS) else None
            yield Branch(named(member), place_of(member) or place, rest, part)
        if inner:
            for branch in branches(member, place):
                yield replace(branch, without=(*members[:number], branch.without, *members[number + 1 :]))


def _in_pattern(pattern: Sequence, phrase: Phrase) -> Iterator[Branch]:
    for number, node in enumerate(pattern):
        if isinstance(node, Group):
            for branch in _in_group(node, phrase):
                kept: tuple[Node, ...] = () if branch.without is None else (branch.without,)
                yield replace(branch, without=(*pattern[:number], *kept, *pattern[number + 1 :]))


def _in_group(group: Group, phrase: Phrase) -> Iterator[Branch]:
    for number, option in enumerate(group.options):
        span = group.ranges[number]
        rest = group.options[:number] + group.options[number + 1 :]
        if rest or group.optional:
            ranges = group.ranges[:number] + group.ranges[number + 1 :]
            without = replace(group, options=rest, ranges=ranges) if rest else None
            text = phrase.text[slice(*span)]
            yield Branch(f"選択肢「{text}」", within(phrase, span), without, option)
        for branch in _in_pattern(option, phrase):
            options = (*group.options[:number], branch.without, *group.options[number + 1 :])
            yield replace(branch, without=replace(group, options=options))
    if group.optional:
        whole = Span(group.ranges[0].start - 1, group.ranges[-1].end + 2)
        text = phrase.text[slice(*whole)]
        yield Branch(f"「{text}」の ?（無い場合）", within(phrase, whole), replace(group, optional=False))


def within(phrase: Phrase, span: Span) -> Place:
    """Return where ``span`` of the text of a phrase stands in its file."""
    return phrase.place.within(span.start, max(1, span.length))


def place_of(value: Any) -> Place | None:
    """Return where a value stands, or the first place below it; None when nothing below it knows."""
    own = getattr(value, "place", None)
    if isinstance(own, Place):
        return own.within(0, len(value.text)) if isinstance(value, Phrase) else own
    if not is_dataclass(value) or isinstance(value, (Place, Span)):
        return None
    for item in fields(value):
        child = getattr(value, item.name)
        for member in child if isinstance(child, tuple) else (child,):
            found = place_of(member)
            if found:
                return found
    return None


def named(value: Any) -> str:
    """Return what to call a member in a message."""
    if isinstance(value, Phrase):
        return f"パターン「{value.text}」"
    if isinstance(value, Case):
        return f"場合「{value.id}」"
    if isinstance(value, str):
        return f"値「{value}」"
    name = getattr(value, "id", None) or getattr(value, "name", None)
    return f"条件「{name}」" if name else f"条件（{type(value).__name__}）"


def slots_in(value: Any) -> Iterator[str]:
    """Yield the name of every lexicon that a value asks for."""
    if isinstance(value, Slot):
        yield value.name
    elif isinstance(value, tuple):
        for member in value:
            yield from slots_in(member)
    elif is_dataclass(value) and not isinstance(value, (Place, Span)):
        for item in fields(value):
            yield from slots_in(getattr(value, item.name))
