"""The folder compiled packs are kept in."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from flamecheck.errors import said
from flamecheck.rules.rule import Pack
from flamecheck.ruleset import Ruleset
from flamecheck.saving import save
from flamecheck.stored.read import BrokenError, load
from flamecheck.stored.write import dump

MOST: Final = 6
"""How many compiled packs a folder keeps: a few repositories with packs of their own."""


class Store(NamedTuple):
    """Where compiled packs are stored, what this one depends on, and who is told when that does not work."""

    folder: Path
    made_from: str
    warn: Callable[[str], object]

    def get(self, make: Callable[[], tuple[Pack, Ruleset]]) -> tuple[Pack, Ruleset]:
        """Return what is stored, or else what ``make`` returns, which is stored then.

        A pack with warnings is not stored, so that they are told every time.  A file that is damaged is made anew.
        """
        path = self.folder / f"{hashlib.blake2b(self.made_from.encode(), digest_size=12).hexdigest()}.fcr"
        try:
            made = load(path.read_bytes(), self.made_from)
            with suppress(OSError):
                os.utime(path)
            return made
        except FileNotFoundError:
            pass
        except (OSError, BrokenError) as error:
            self.warn(f"{path}: 読めないので作り直します（{error}）")
        made = pack, ruleset = make()
        if not pack.warnings:
            try:
                self.folder.mkdir(parents=True, exist_ok=True)
                save(path, dump(pack, ruleset, self.made_from))
                self._sweep()
            except OSError as error:
                self.warn(f"{path}: 書けないので、次も規則を読みます（{said(error)}）")
        return made

    def _sweep(self) -> None:
        """Remove all but the files that were used last."""
        found = sorted(self.folder.glob("*.fcr"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in found[MOST:]:
            with suppress(OSError):
                path.unlink()
