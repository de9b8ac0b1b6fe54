"""Which parts of a pack no example needs: each is taken away in turn, and some example has to fail.

Errors for what a stable rule relies on.  For the other rules one warning a rule counts them and points at the first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from flamecheck.errors import Diagnostic, Place
from flamecheck.review.bench import Bench
from flamecheck.review.branches import Branch, branches, place_of
from flamecheck.rules.rule import Entry, Guard, Lexicon, Rule

HINT: Final = "この枝が無いと満たせない例を足すか、枝を消してください"


@dataclass(slots=True, frozen=True)
class Gap:
    """A part that no example needs: ``code`` says of what kind, ``owner`` to which rule, lexicon or guard it belongs."""

    code: str
    owner: str
    what: str
    place: Place
    stable: bool


def gaps(bench: Bench, wanted: Callable[[Place], bool] = lambda _: True) -> Iterator[Gap]:
    """Yield every part of the rules, lexicons and guards in use that no example needs, of files that are ``wanted``."""
    for rule in bench.pack.rules:
        for example in (*rule.flags, *rule.passes):
            bench.findings(bench.compiled[rule.id], example, keep=True)
    for rule in bench.pack.rules:
        if wanted(rule.place):
            yield from _in_rule(bench, rule)
    for _, lexicon in sorted(bench.pack.lexicons.items()):
        if wanted(lexicon.place):
            yield from _in_lexicon(bench, lexicon)
    for _, guard in sorted(bench.pack.guards.items()):
        if guard.place is None or wanted(guard.place):
            yield from _in_guard(bench, guard)


def _in_rule(bench: Bench, rule: Rule) -> Iterator[Gap]:
    stable = rule.status == "stable"
    for branch in branches(rule.match, rule.place):
        tried = bench.examples(rule, branch.part)
        if not tried or not bench.fails(bench.with_match(rule, branch.without), tried):
            yield Gap("FC605", rule.id, branch.what, branch.place, stable)
    uses = dict(rule.guard_places)
    for number, guard in enumerate(rule.guards):
        place = uses.get(guard.id) or guard.place or rule.place
        if not bench.needs(rule, number, None):
            yield Gap("FC607", rule.id, f"例外「{guard.id}」", place, stable)
        for branch in () if guard.shared else branches(guard, place):
            if not bench.needs(rule, number, branch.without, branch.part):
                yield Gap("FC605", rule.id, branch.what, branch.place, stable)


def _in_lexicon(bench: Bench, lexicon: Lexicon) -> Iterator[Gap]:
    users = [rule for rule in bench.pack.rules if lexicon.id in bench.slots(rule)]
    stable = any(rule.status == "stable" and lexicon.id in _own_slots(bench, rule) for rule in users)

    def needed(entries: Iterable[Entry], part: object) -> bool:
        changed = replace(lexicon, entries=tuple(entries))
        tried = ((rule, bench.examples(rule, part)) for rule in users)
        return any(bench.fails(bench.with_lexicon(rule, changed), examples) for rule, examples in tried if examples)

    for number, entry in enumerate(lexicon.entries if users else ()):
        before, after = lexicon.entries[:number], lexicon.entries[number + 1 :]
        place = place_of(entry.phrase) or lexicon.place
        if not needed((*before, *after), entry.phrase.pattern):
            yield Gap("FC606", lexicon.id, f"項目「{entry.id}」", place, stable)
            continue
        for branch in branches(entry, place):
            if not needed((*before, branch.without, *after), branch.part):
                yield Gap("FC606", lexicon.id, branch.what, branch.place, stable)


def _own_slots(bench: Bench, rule: Rule) -> frozenset[str]:
    """Return the lexicons a rule names itself, not through a shared guard."""
    own = (rule.match, *(guard for guard in rule.guards if not guard.shared))
    return frozenset().union(*(bench.slots(part) for part in own))


def _in_guard(bench: Bench, guard: Guard) -> Iterator[Gap]:
    place = guard.place or Place(guard.id, 1, 1)
    # 暦の日に結びついたガードは規則ごとに中身が違うので、枝は場所と名前で合わせる。
    uses: dict[tuple[Place, str], list[tuple[Rule, int, Branch]]] = {}
    known: dict[int, list[Branch]] = {}
    for rule in bench.pack.rules:
        for number, used in enumerate(rule.guards):
            if used.shared and used.id == guard.id:
                if id(used) not in known:
                    known[id(used)] = list(branches(used, place))
                for branch in known[id(used)]:
                    uses.setdefault((branch.place, branch.what), []).append((rule, number, branch))
    for (where, what), found in uses.items():
        if not any(bench.needs(rule, number, branch.without, branch.part) for rule, number, branch in found):
            yield Gap("FC607", guard.id, what, where, stable=False)


def coverage(
    bench: Bench, wanted: Callable[[Place], bool] = lambda _: True, *, everything: bool = False
) -> Iterator[Diagnostic]:
    """Yield a diagnostic for every gap; without ``everything``, those that are no errors as one for each owner."""
    counted: dict[tuple[str, str], list[Gap]] = {}
    for gap in gaps(bench, wanted):
        if gap.stable or everything:
            level = "error" if gap.stable else "warning"
            yield Diagnostic(
                gap.code, gap.place, f"{gap.owner}: {gap.what}が無くても、例はすべて通ります", HINT, level=level
            )
        else:
            counted.setdefault((gap.owner, gap.code), []).append(gap)
    for (owner, code), found in counted.items():
        others = f"ほか {len(found) - 1} の枝" if len(found) > 1 else ""
        message = f"{owner}: {found[0].what}{others}が無くても、例はすべて通ります"
        yield Diagnostic(
            code, found[0].place, message, "--verbose で一つずつ見せます" if others else HINT, level="warning"
        )
