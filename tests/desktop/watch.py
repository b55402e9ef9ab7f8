"""How long QGIS stands still while something is done in it: what a user sees, and what of it is QGIS' own doing."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import NamedTuple

from qgis.PyQt.QtCore import QObject, Qt, QTimer

from ..trust.standstill import Standstill
from .player import Condition, Steps

TICK = 0.004
"""Seconds between two looks."""
_FRAMES = 60
# Programs to a core.
_BUSY = 2.0


class Stall(NamedTuple):
    """The longest time, in seconds, in which the main thread did not come round to its events, in one step.

    `seen` is by the clock. `own` is what QGIS itself worked, and on a machine that is not busy also what it waited for:
    a lock, a disk, a pause.
    """

    seen: float
    own: float

    @property
    def frames(self) -> int:
        """How many frames of a screen with 60 of them a second it costs."""
        return int(self.own * _FRAMES)


class Watch(QObject):
    """Measures step by step; what came of it stands in `stalls`, by the names of the steps."""

    def __init__(self) -> None:
        super().__init__()
        self.stalls: dict[str, Stall] = {}
        self._begin()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(round(TICK * 1000))

    def step(self, name: str, act: Callable[[], object], condition: Condition) -> Steps:
        """Act, and wait for the condition, which takes no time itself; note the longest stall of steps of that name."""
        yield lambda: True
        self._begin()
        act()
        yield condition
        self._tick()
        former = self.stalls.get(name, Stall(0.0, 0.0))
        own = self._standstill.worked if is_busy() else self._standstill.longest
        self.stalls[name] = Stall(max(former.seen, self._seen), max(former.own, own))

    def _begin(self) -> None:
        self._seen, self._last = 0.0, time.perf_counter()
        self._standstill = Standstill()

    def _tick(self) -> None:
        self._seen = max(self._seen, time.perf_counter() - self._last - TICK)
        self._standstill.look()
        # Without what the looking took.
        self._last = time.perf_counter()


def is_busy() -> bool:
    """Whether so many programs want a processor that nobody can tell what a wait was for."""
    return os.getloadavg()[0] > _BUSY * (os.cpu_count() or 1)


def after(seconds: float) -> Condition:
    """Return a condition that holds when some time has passed."""
    end = time.monotonic() + seconds
    return lambda: time.monotonic() > end
