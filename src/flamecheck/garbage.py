"""Leave the garbage collector alone while hundreds of thousands of lasting objects are made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Make objects without collections in between, which would look at all of them over and over and free nothing.

    Loading and compiling the shipped pack takes two thirds of the time this way.  A collector that the program has
    switched off stays off; another thread that loads at the same time may switch it on early, which costs only time.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
