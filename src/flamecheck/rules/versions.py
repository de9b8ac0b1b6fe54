"""Versions of packs, and the ranges of them a pack may ask for; the order is that of Semantic Versioning 2.0.

``>=0.1,<0.2`` holds for 0.1.7: every part must hold, and a number that is not written is 0.
"""

from __future__ import annotations

import re
from typing import Final, TypeAlias

Key: TypeAlias = tuple[tuple[int, ...], bool, tuple[tuple[bool, int, str], ...]]

_VERSION: Final = re.compile(r"(\d{1,9})\.(\d{1,9})\.(\d{1,9})(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?")
_BOUND: Final = re.compile(r"\s*(>=|<=|==|!=|>|<)\s*(\d{1,9}(?:\.\d{1,9}){0,2})(-[0-9A-Za-z.-]+)?\s*")


def installed() -> str:
    """Return the version of this library as its metadata says."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("flamecheck")
    except PackageNotFoundError:
        return "0.1.0"


def version_key(text: str) -> Key | None:
    """Return what orders versions, or None for a text that is no version (``1.2`` is none, ``1.2.0`` is one)."""
    match = _VERSION.fullmatch(text)
    if not match:
        return None
    identifiers = tuple(
        (not name.isdecimal(), int(name) if name.isdecimal() else 0, name) for name in (match[4] or "").split(".")
    )
    return tuple(int(number) for number in match.groups()[:3]), not match[4], identifiers


def satisfies(version: str, wanted: str) -> bool | None:
    """Return whether ``version`` lies in the range ``wanted``; None for a range nobody can read."""
    have = version_key(version)
    bounds = [_BOUND.fullmatch(part) for part in wanted.split(",")]
    keys = [version_key(_filled(bound)) if bound else None for bound in bounds]
    if have is None or None in keys:
        return None
    return all(
        _holds(have, bound[1], key) for bound, key in zip(bounds, keys, strict=True) if bound and key is not None
    )


def _filled(bound: re.Match[str]) -> str:
    return ".".join([*bound[2].split("."), "0", "0"][:3]) + (bound[3] or "")


def _holds(have: Key, sign: str, key: Key) -> bool:
    if sign in ("==", "!="):
        return (have == key) == (sign == "==")
    if have == key:
        return sign in (">=", "<=")
    return (have > key) == (sign[0] == ">")
