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
# So old, in seconds, may be what is known of the threads.
_FRESH = 0.1


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
        self.longest = self.worked = 0.0
        self._noted = self._then = self._work = 0.0
        self._had: dict[str, float] = {}
        self._note()

    def look(self) -> None:
        """Call this once in each round of the events."""
        now, work = time.monotonic(), time.thread_time()
        worked, passed = work - self._work, now - self._then
        self.worked = max(self.worked, worked)
        if max(worked, passed) > self.longest:
            self.longest = max(self.longest, worked, passed - self._starved())
            self._note()
        elif now - self._noted > _FRESH:
            self._note()
        else:
            self._then, self._work = now, work

    def _starved(self) -> float:
        """Return how long the main thread had no processor lately, or the thread that it was waiting for had none."""
        has, had = _starvation(), self._had
        others = (has[task] - had[task] for task in has.keys() & had.keys() - {self._own})
        return has[self._own] - had[self._own] + max(others, default=0.0)

    def _note(self) -> None:
        # Whatever this takes is no standstill: each file that is read waits for Python's lock anew, while others run
        # Python. So it is done seldom, too.
        self._had = _starvation()
        self._noted = self._then = time.monotonic()
        self._work = time.thread_time()


def _starvation() -> dict[str, float]:
    """Return how long each thread of this process was ready to run, and could not."""
    found: dict[str, float] = {}
    # With as little work as possible: QGIS has dozens of threads.
    for task in os.listdir(_TASKS):  # noqa: PTH208
        # It may have ended meanwhile.
        with suppress(OSError), open(f"{_TASKS}/{task}/schedstat", "rb", buffering=0) as file:  # noqa: PTH123
            found[task] = int(file.read().split()[1]) / _NANOSECONDS
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
