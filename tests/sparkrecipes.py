"""Recipes that leave a trace; the workers import this file."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from pathlib import Path

from flamecheck.document import Document
from flamecheck.policy.model import Verdict
from flamecheck.screener import Screener
from flamecheck.spark import Recipe


@dataclass(frozen=True)
class Counted(Recipe):
    """Write a line with the process for every screener made."""

    tally: str = ""

    def make(self) -> Screener:
        with Path(self.tally).open("a") as file:
            file.write(f"{os.getpid()}\n")
        return super().make()


class Mortal(Screener):
    """Ends its process without a word at one post, as long as a file does not say that this has happened."""

    victim = ""
    once: Path | None = None

    def screen(self, post: str | Document, **asked: object) -> Verdict:
        if isinstance(post, Document) and post.id == self.victim:
            try:
                if self.once is not None:
                    self.once.touch(exist_ok=False)
                os.kill(os.getpid(), signal.SIGKILL)
            except FileExistsError:
                pass
        return super().screen(post, **asked)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Deadly(Recipe):
    """The post ``victim`` kills its worker: once, when ``once`` names a file, else each time."""

    victim: str = ""
    once: str = ""
    driver: int = 0

    def make(self) -> Screener:
        if os.getpid() == self.driver:
            return super().make()
        made = Mortal(packs=self.packs, shipped=self.shipped)
        made.victim, made.once = self.victim, Path(self.once) if self.once else None
        return made
