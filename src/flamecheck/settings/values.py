"""What settings come to for one run, and for one file of it; plain values, made by ``settings.load``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from flamecheck.context import EMPTY, Context
from flamecheck.errors import Diagnostic, Place
from flamecheck.grading import Severity
from flamecheck.rules.provenance import Words


@dataclass(slots=True, frozen=True)
class Allowed:
    """Words of the company's own that no finding inside them is about (a product called 「爆弾おにぎり」), and why.

    ``rules`` are selectors; without one the words are allowed to every rule.  ``where`` is the place in the settings.
    """

    words: str
    reason: str
    rules: tuple[str, ...] = ()
    where: str = ""


class Graded(NamedTuple):
    """The severity that findings of a rule are given, and the place in the settings that gives it."""

    rule_id: str
    severity: Severity
    where: str = ""


@dataclass(slots=True, frozen=True)
class Asked:
    """A name in the settings that only the rules or the policy can know.

    ``kind`` is ``selector``, ``rule`` (an id, nothing else) or ``tier``.
    """

    kind: str
    name: str
    place: Place


@dataclass(slots=True, frozen=True)
class Applied:
    """What holds for one file; hashable, so that files with the same settings share one selection of rules.

    What a file says of itself goes before ``context``; a flag, which is in it too, goes before both.
    ``severity`` holds each rule id once; ``fields`` names the fields of a YAML or
    JSON file that are screened (dotted, ``*`` for any key or index; empty for the default of the format).
    """

    context: Context = EMPTY
    fail_at: str = "koho"
    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: tuple[Graded, ...] = ()
    allow: tuple[Allowed, ...] = ()
    fields: tuple[str, ...] = ()


@dataclass(slots=True, frozen=True)
class Settings:
    """What holds for the run; ``applied`` answers for one path (as seen from ``root``, with ``/``).

    ``root`` is the folder of the settings file (the current one without any); ``include`` and ``exclude`` are glob
    patterns under it that decide which files of a named folder are read; with ``force_exclude`` also which named files.
    ``words`` are added to lexicons when the rules are loaded, ``asked`` is checked once they are (``settings.names``).
    """

    root: Path
    packs: tuple[Path, ...] = ()
    policy: str = "standard"
    baseline: Path | None = None
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    max_per_file: int | None = None
    report_only: bool = False
    force_exclude: bool = False
    words: tuple[Words, ...] = ()
    asked: tuple[Asked, ...] = ()
    warnings: tuple[Diagnostic, ...] = ()
    applied: Callable[[str], Applied] = field(default=lambda _: Applied())
