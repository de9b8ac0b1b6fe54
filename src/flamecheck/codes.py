"""The catalog of diagnostic codes: what each means, why it stops the load, how to mend it.

The texts stand in ``codes.toml``; ``docs/errors/`` is made from them and from the pairs in ``tests/errors/``.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Code:
    """One code; every text is Japanese except ``en``."""

    id: str
    title: str
    means: str
    why: str
    mend: str
    en: str


@cache
def catalog() -> dict[str, Code]:
    """Return every code by its id, in the order of the file."""
    text = (files("flamecheck") / "codes.toml").read_text("utf-8")
    return {name: Code(name, **texts) for name, texts in tomllib.loads(text).items()}
