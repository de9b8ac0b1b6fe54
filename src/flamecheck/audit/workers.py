"""Processes that screen, each with the rules loaded once; whoever dies is replaced, and what killed it is found.

A worker gets at most two tasks at a time and reads them in a thread of its own, so that nobody waits on a full pipe.
A task whose worker died is tried once more; then its items are tried one by one, and one that kills again is handed
back as it is.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
import warnings
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from typing import Any, Final, Self

from flamecheck.audit.parcel import packed, unpacked
from flamecheck.audit.screening import Desk, Item, Line
from flamecheck.errors import InputError

_AHEAD: Final = 2
_MOST_DEATHS: Final = 20
"""So many deaths one after another, with nothing screened between them, are no matter of a single post."""


@dataclass(slots=True)
class Task:
    """Items of one chunk; ``first`` is the place of the first of them in the chunk, ``tries`` how often it was tried."""

    chunk: int
    first: int
    items: Sequence[Item]
    tries: int = 0


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    tasks: deque[Task] = field(default_factory=deque)


class Workers:
    """So many processes; a context manager that ends them all."""

    def __init__(self, jobs: int, make: Callable[[], Desk], warn: Callable[[str], object]) -> None:
        """Start ``jobs`` processes, each with what ``make`` returns; ``make`` is called once where processes can fork."""
        forking = sys.platform == "linux"
        self._context: Final[Any] = multiprocessing.get_context("fork" if forking else "spawn")
        if forking:
            desk = make()
            make = lambda: desk  # noqa: E731 - 子は親の作ったものをそのまま使う
            gc.collect()
            # 集めなおすと、分け合っているページがひとつずつ複製される。
            gc.freeze()
        self._make: Final = make
        self._warn: Final = warn
        self._waiting: deque[Task] = deque()
        self._deaths = 0
        self._workers: list[_Worker] = [self._start() for _ in range(jobs)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.process.kill()
            worker.pipe.close()
        for worker in self._workers:
            worker.process.join()
            worker.process.close()
        gc.unfreeze()

    def give(self, task: Task) -> None:
        """Take a task; it is done in turn."""
        self._waiting.append(task)
        self._hand_out()

    def done(self, timeout: float) -> Iterator[tuple[Task, list[Line | None]]]:
        """Yield tasks that are done within ``timeout`` seconds, with a line for each item, None for one that kills.

        Raises InputError (code ``workers``) when workers die one after another.
        """
        ready = wait([worker.pipe for worker in self._workers], timeout)
        for worker in [worker for worker in self._workers if worker.pipe in ready]:
            try:
                lines: list[Line | None] = list(worker.pipe.recv())
            except (EOFError, OSError):
                yield from self._buried(worker)
                continue
            self._deaths = 0
            yield worker.tasks.popleft(), lines
        self._hand_out()

    def _hand_out(self) -> None:
        for depth in range(_AHEAD):
            for worker in self._workers:
                if self._waiting and len(worker.tasks) <= depth:
                    task = self._waiting.popleft()
                    worker.tasks.append(task)
                    try:
                        worker.pipe.send(packed(task.items))
                    except OSError:
                        continue  # 死んでいる。次に待つときに分かる。

    def _buried(self, worker: _Worker) -> Iterator[tuple[Task, list[Line | None]]]:
        """Put another worker in the place of one that died, and its tasks back into the queue."""
        worker.process.join()
        code = worker.process.exitcode
        worker.process.close()
        worker.pipe.close()
        at = self._workers.index(worker)
        del self._workers[at]
        self._deaths += 1
        if self._deaths >= _MOST_DEATHS:
            raise InputError(
                "workers",
                f"見るプロセスが続けて止まります（終了コード {code}）。メモリーが足りているか確かめてください",
            )
        self._warn(f"見ているプロセスが一つ止まりました（終了コード {code}）。その分を見なおします")
        self._workers.insert(at, self._start())
        again: list[Task] = list(worker.tasks)[1:]
        if worker.tasks:
            task = worker.tasks[0]
            task.tries += 1
            if task.tries == 1:
                again.insert(0, task)
            elif len(task.items) == 1:
                yield task, [None]
            else:
                singles = [Task(task.chunk, task.first + at, [item], 1) for at, item in enumerate(task.items)]
                again[:0] = singles
        self._waiting.extendleft(reversed(again))

    def _start(self) -> _Worker:
        here, there = self._context.Pipe()
        process = self._context.Process(target=_work, args=(there, self._make), daemon=True)
        with warnings.catch_warnings():
            # 子は自分のものしか使わないので、ほかのスレッドがいても分かれてよい。
            warnings.simplefilter("ignore", DeprecationWarning)
            process.start()
        there.close()
        return _Worker(process, here)


def _work(pipe: Connection, make: Callable[[], Desk]) -> None:
    """Screen what comes until nobody asks any more; Ctrl-C is for the one who asks."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    tasks: SimpleQueue[list[Any]] = SimpleQueue()
    threading.Thread(target=_receive, args=(pipe, tasks), daemon=True).start()
    desk = make()
    gc.freeze()
    while True:
        pipe.send([desk.line(item) for item in unpacked(tasks.get())])


def _receive(pipe: Connection, tasks: SimpleQueue[list[Any]]) -> None:
    """Read tasks ahead; when the parent is gone, however it went, this process ends."""
    parent: Any = multiprocessing.parent_process()
    try:
        while pipe in wait([pipe, parent.sentinel]):
            tasks.put(pipe.recv())
    finally:
        os._exit(0)
