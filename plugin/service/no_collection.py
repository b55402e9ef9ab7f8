"""Keep Python from looking through all of QGIS for garbage while plain values are made, of which none is garbage."""

from __future__ import annotations

import gc
import threading
from contextlib import ContextDecorator


class _NoCollection(ContextDecorator):
    """While this is entered, by however many threads, Python does not search all there is for garbage.

    It searches when many lists, tuples and objects were made and are still there, as if they could be garbage, and each
    search through all of them has every thread stand still for half a tenth of a second or more: QGIS and its plugins
    are large. What an answer of a server is read into has no circles, and is gone when nobody holds it.

    All of QGIS is without the search meanwhile, so this is for a moment's work, and never for a wait: not for a
    request, nor for a generator. Afterwards everything is as it was; Python looks at once through what was made, alone.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._count = 0
        self._was_on = False

    def __enter__(self) -> None:
        with self._lock:
            if not self._count:
                self._was_on = gc.isenabled()
                gc.disable()
            self._count += 1

    def __exit__(self, *_error: object) -> None:
        with self._lock:
            self._count -= 1
            if not self._count and self._was_on:
                gc.enable()


NO_COLLECTION = _NoCollection()
"""Stands in a `with`, or before a function."""
