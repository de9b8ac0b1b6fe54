"""How far a run is, on a terminal: posts, posts a second, the time that is left by what is read of all archives."""

from __future__ import annotations

import time
from collections.abc import Sequence
from types import TracebackType
from typing import Final, Self, TextIO

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from flamecheck.audit.run import Progress as Quiet
from flamecheck.audit.work import Counts

_PARTS: Final = 10_000
_SECONDS: Final = 0.2


class Bar(Quiet):
    """A progress bar; a context manager.  It is drawn by whoever tells it something, never by a thread of its own."""

    def __init__(self, sizes: Sequence[int], weights: Sequence[int], stream: TextIO, already: int = 0) -> None:
        """Expect archives of these ``sizes``, in the unit of each, that weigh so many bytes on the disk.

        ``already`` is how many results an earlier run has left.
        """
        self._sizes: Final = [max(1, size) for size in sizes]
        self._weights: Final = [max(1, weight) for weight in weights]
        self._already: Final = already
        self._began = self._drawn = time.monotonic()
        self._bar: Final = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TaskProgressColumn(),
            TextColumn("{task.fields[posts]} 件 {task.fields[rate]} 件/秒 残り"),
            TimeRemainingColumn(elapsed_when_finished=True),
            console=Console(file=stream),
            auto_refresh=False,
            transient=True,
        )
        self._task: Final = self._bar.add_task("見ています", total=_PARTS, posts=f"{already:,}", rate="–")

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def at(self, archive: int, read: int, counts: Counts) -> None:
        """Draw how far the run is, a few times a second at most."""
        now = time.monotonic()
        if now - self._drawn < _SECONDS:
            return
        self._drawn = now
        before = sum(self._weights[:archive])
        share = (before + self._weights[archive] * min(1, read / self._sizes[archive])) / sum(self._weights)
        rate = (counts.read - self._already) / max(0.001, now - self._began)
        self._bar.update(
            self._task, completed=int(share * _PARTS), posts=f"{counts.read:,}", rate=f"{rate:,.0f}", refresh=True
        )
