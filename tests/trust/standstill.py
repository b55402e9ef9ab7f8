"""How long the main thread stands still: what a user feels as a window that does not answer."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from qgis.PyQt.QtCore import QCoreApplication

_NANOSECONDS = 1e9
_TASKS = "/proc/self/task"
# In seconds, between two looks at the events.
_REST = 0.002


class Standstill:
    """Measures what lies between two looks of the main thread at its events, in seconds.

    Counted is what it works itself, and what it waits for: a lock, Python's lock, a disk. Not counted is that the
    machine has other things to do: time in which the main thread, or one that it may be waiting for, is ready to run
    and has no processor; see proc(5), schedstat.

    `worked` is what it worked alone. Where dozens of programs want a processor, a wait may be a chain of waits, for the
    X server or a page of memory too, and only work is certain.
    """

    def __init__(self) -> None:
        self._own = str(threading.get_native_id())
        self._then, self._had = time.monotonic(), _times()
        self.longest = self.worked = 0.0

    def look(self) -> None:
        """Call this once in each round of the events."""
        now, has = time.monotonic(), _times()
        worked, starved = (after - before for after, before in zip(has[self._own], self._had[self._own]))
        others = (has[task][1] - self._had[task][1] for task in has.keys() & self._had.keys() - {self._own})
        waited = now - self._then - starved - max(others, default=0.0)
        self.longest = max(self.longest, worked, waited)
        self.worked = max(self.worked, worked)
        # To look is no part of it: while others run Python, each file that is read waits for Python's lock anew.
        self._then, self._had = time.monotonic(), has


def _times() -> dict[str, tuple[float, float]]:
    """Return how long each thread of this process has run, and how long it was ready to and could not."""
    found: dict[str, tuple[float, float]] = {}
    # With as little work as possible: it is done hundreds of times a second, and QGIS has dozens of threads.
    for task in os.listdir(_TASKS):  # noqa: PTH208
        # It may have ended meanwhile.
        with suppress(OSError), open(f"{_TASKS}/{task}/schedstat", "rb", buffering=0) as file:  # noqa: PTH123
            worked, starved, _ = file.read().split()
            found[task] = int(worked) / _NANOSECONDS, int(starved) / _NANOSECONDS
    return found


def watched(is_done: Callable[[], bool], seconds: float = 60.0) -> float:
    """Let the main thread's events happen until something is so; return the longest standstill, in seconds."""
    standstill, end = Standstill(), time.monotonic() + seconds
    while not is_done():
        assert time.monotonic() < end, "it never became so"
        QCoreApplication.processEvents()
        time.sleep(_REST)
        standstill.look()
    return standstill.longest
