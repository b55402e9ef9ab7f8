"""How often Python looks for garbage: now and then through all of QGIS, which stands still meanwhile."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

THRESHOLD = 700
"""Python looks once for so many lists, tuples and objects that are made and stay; QGIS leaves it at that."""


@contextmanager
def searching() -> Iterator[None]:
    """See to it that Python looks for garbage as it does in QGIS, whatever a test has left."""
    was_on, thresholds = gc.isenabled(), gc.get_threshold()
    gc.enable()
    gc.set_threshold(THRESHOLD, 10, 10)
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)
        if not was_on:
            gc.disable()


def searches(act: Callable[[], object]) -> int:
    """Return how often Python looks for garbage in this thread while something is done; its result is kept so long."""
    found, here = [0], threading.get_ident()

    def note(phase: str, _: object) -> None:
        found[0] += phase == "start" and threading.get_ident() == here

    with searching():
        # What was made before does not count.
        gc.collect()
        gc.callbacks.append(note)
        try:
            _kept = act()
        finally:
            gc.callbacks.remove(note)
    return found[0]
