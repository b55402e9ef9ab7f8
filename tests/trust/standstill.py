"""How long the main thread stands still: what a user feels as a window that does not answer."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

from qgis.PyQt.QtCore import QCoreApplication

_NANOSECONDS = 1e9
# In seconds, between two looks at the events.
_REST = 0.002


class Standstill:
    """Measures what lies between two looks of the main thread at its events.

    Time that it was ready to run and had no processor is not counted: the machine had other things to do. Whatever else
    it waits for is: work of its own, a lock, Python's lock.
    """

    def __init__(self) -> None:
        self._file = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")
        self._then, self._had_waited = time.monotonic(), self._waited()
        self.longest = 0.0

    def look(self) -> None:
        """Call this once in each round of the events."""
        now, waited = time.monotonic(), self._waited()
        self.longest = max(self.longest, now - self._then - (waited - self._had_waited))
        self._then, self._had_waited = now, waited

    def _waited(self) -> float:
        """Return how long this thread has waited for a processor so far, in seconds; see proc(5), schedstat."""
        return int(self._file.read_text(encoding="ascii").split()[1]) / _NANOSECONDS


def watched(is_done: Callable[[], bool], seconds: float = 60.0) -> float:
    """Let the main thread's events happen until something is so; return the longest standstill, in seconds."""
    standstill, end = Standstill(), time.monotonic() + seconds
    while not is_done():
        assert time.monotonic() < end, "it never became so"
        QCoreApplication.processEvents()
        time.sleep(_REST)
        standstill.look()
    return standstill.longest
