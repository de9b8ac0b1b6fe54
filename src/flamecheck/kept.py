"""A small store of what is costly to make: the newest few values, by what they were made from."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Kept(Generic[K, V]):
    """Values by key, at most ``most`` of them; safe to share between threads."""

    def __init__(self, most: int) -> None:
        """Keep nothing yet."""
        self._most = most
        self._values: dict[K, V] = {}
        self._lock = threading.Lock()

    def get(self, key: K, make: Callable[[], V]) -> V:
        """Return the value of ``key``, made when it is not kept; what ``make`` raises is raised, and nothing kept.

        Two threads that ask at the same time may both make it; both get the one that was ready first.
        """
        with self._lock:
            if key in self._values:
                return self._values[key]
        made = make()
        with self._lock:
            while key not in self._values and len(self._values) >= self._most:
                self._values.pop(next(iter(self._values)))
            return self._values.setdefault(key, made)
