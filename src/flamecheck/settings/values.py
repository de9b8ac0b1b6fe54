"""What settings come to for one run, and for one file of it; plain values, made by ``settings.load``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from flamecheck.context import EMPTY, Context
from flamecheck.grading import Severity


@dataclass(slots=True, frozen=True)
class Allowed:
    """Words of the company's own that no finding inside them is about (a product called 「爆弾おにぎり」), and why.

    ``rules`` are selectors; without one the words are allowed to every rule.  ``where`` is the place in the settings.
    """

    words: str
    reason: str
    rules: tuple[str, ...] = ()
    where: str = ""


@dataclass(slots=True, frozen=True)
class Applied:
    """What holds for one file; hashable, so that files with the same settings share one selection of rules.

    ``severity`` sets the severity of the findings of a rule id, in order; ``fields`` names the fields of a YAML or
    JSON file that are screened (dotted, ``*`` for any key or index; empty for the default of the format).
    """

    context: Context = EMPTY
    fail_at: str = "koho"
    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: tuple[tuple[str, Severity], ...] = ()
    allow: tuple[Allowed, ...] = ()
    fields: tuple[str, ...] = ()


@dataclass(slots=True, frozen=True)
class Settings:
    """What holds for the run; ``applied`` answers for one path (as seen from ``root``, with ``/``).

    ``root`` is the folder of the settings file (the current one without any); ``include`` and ``exclude`` are glob
    patterns under it that decide which files of a named folder are read.
    """

    root: Path
    packs: tuple[Path, ...] = ()
    policy: str = "standard"
    baseline: Path | None = None
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    max_per_file: int | None = None
    report_only: bool = False
    applied: Callable[[str], Applied] = field(default=lambda _: Applied())
