"""A promise: literals without which a condition cannot hold, as a boolean formula, and how it is read.

Whenever the condition holds, its formula is true of the set of literals that occur in the folded text with its line ends
taken out.  ``None`` is "no promise" and is always true.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(slots=True, frozen=True)
class And:
    """All literals occur and all parts are true."""

    literals: frozenset[str]
    parts: tuple[Or | AtLeast, ...] = ()


@dataclass(slots=True, frozen=True)
class Or:
    """One of the literals occurs, or one of the parts is true."""

    literals: frozenset[str]
    parts: tuple[And | AtLeast, ...] = ()


@dataclass(slots=True, frozen=True)
class AtLeast:
    """The weights of the parts that are true reach ``threshold``; no part is without a promise."""

    threshold: int
    parts: tuple[tuple[int, str | And | Or | AtLeast], ...]


Promise: TypeAlias = str | And | Or | AtLeast | None


def both(promises: Iterable[Promise]) -> Promise:
    """Return the conjunction; what promises nothing falls out."""
    literals: set[str] = set()
    parts: dict[Or | AtLeast, None] = {}
    for promise in promises:
        if isinstance(promise, str):
            literals.add(promise)
        elif isinstance(promise, And):
            literals |= promise.literals
            parts |= dict.fromkeys(promise.parts)
        elif promise is not None:
            parts[promise] = None
    if len(literals) + len(parts) == 1:
        return literals.pop() if literals else next(iter(parts))
    return And(frozenset(literals), tuple(parts)) if literals or parts else None


def either(promises: Iterable[Promise]) -> Promise:
    """Return the disjunction; one without a promise spoils it."""
    literals: set[str] = set()
    parts: dict[And | AtLeast, None] = {}
    for promise in promises:
        if promise is None:
            return None
        if isinstance(promise, str):
            literals.add(promise)
        elif isinstance(promise, Or):
            literals |= promise.literals
            parts |= dict.fromkeys(promise.parts)
        else:
            parts[promise] = None
    if len(literals) + len(parts) == 1:
        return literals.pop() if literals else next(iter(parts))
    return Or(frozenset(literals), tuple(parts)) if literals or parts else None


def reaching(threshold: int, weighted: Iterable[tuple[int, Promise]]) -> Promise:
    """Return the threshold formula: the positive weights of what holds reach ``threshold``.

    A part without a promise may always hold, so its weight is granted beforehand.
    """
    parts: list[tuple[int, str | And | Or | AtLeast]] = []
    for weight, promise in weighted:
        if weight <= 0:
            continue
        if promise is None:
            threshold -= weight
        else:
            parts.append((weight, promise))
    if threshold <= 0:
        return None
    if all(weight >= threshold for weight, _ in parts):
        return either(promise for _, promise in parts)
    if sum(weight for weight, _ in parts) - min(weight for weight, _ in parts) < threshold:
        return both(promise for _, promise in parts)
    return AtLeast(threshold, tuple(parts))


def fulfilled(promise: Promise, present: frozenset[str]) -> bool:
    """Return whether the promise is true when exactly ``present`` occur."""
    if promise is None:
        return True
    if isinstance(promise, str):
        return promise in present
    if isinstance(promise, AtLeast):
        return sum(weight for weight, part in promise.parts if fulfilled(part, present)) >= promise.threshold
    if isinstance(promise, Or):
        if not promise.literals.isdisjoint(present):
            return True
        # 部分式の字面がどれも無いのがふつうなので、そこで先に切り上げる。
        return any(
            (isinstance(part, AtLeast) or part.literals <= present) and fulfilled(part, present)
            for part in promise.parts
        )
    if not promise.literals <= present:
        return False
    return all(fulfilled(choice, present) for choice in promise.parts)


def literals_of(*promises: Promise) -> set[str]:
    """Return every literal of the promises; a part that several share is looked at once."""
    found: set[str] = set()
    seen: set[int] = set()
    waiting = list(promises)
    while waiting:
        promise = waiting.pop()
        if isinstance(promise, str):
            found.add(promise)
        elif promise is not None and id(promise) not in seen:
            seen.add(id(promise))
            if isinstance(promise, AtLeast):
                waiting += [part for _, part in promise.parts]
            else:
                found |= promise.literals
                waiting += promise.parts
    return found
