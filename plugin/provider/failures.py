"""Which sources draw nothing, and why: written on the threads that draw, read on the main thread."""

from __future__ import annotations

import threading
from collections.abc import Hashable
from dataclasses import dataclass

from ..service.errors import ImageServerLayerError


@dataclass(frozen=True)
class Failure:
    """Why a source draws nothing, or not all: a sentence for the user, and what a specialist wants to see."""

    sentence: str
    details: str


class FailureBoard:
    """The current failure of each source. All methods may be called on any thread; they call nobody."""

    def __init__(self) -> None:
        self._failures: dict[Hashable, Failure] = {}
        self._lock = threading.Lock()

    def failed(self, source: Hashable, error: ImageServerLayerError) -> None:
        """Note why a source could not be drawn."""
        with self._lock:
            self._failures[source] = Failure(error.message, error.details)

    def drawn(self, source: Hashable) -> None:
        """Note that a source was drawn completely."""
        # Nearly always nothing is wrong, and then drawing needs no lock.
        if source in self._failures:
            with self._lock:
                self._failures.pop(source, None)

    def forget(self, source: Hashable) -> None:
        """Note that nobody uses a source any more."""
        self.drawn(source)

    def now(self) -> dict[Hashable, Failure]:
        """Return what is wrong at this moment."""
        with self._lock:
            return dict(self._failures)
