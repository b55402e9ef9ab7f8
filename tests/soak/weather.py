"""The weather on the way to the server: 0.2 to 3 s until it answers, and one answer in ten goes wrong."""

from __future__ import annotations

import random
import threading
from pathlib import Path
from typing import Any

from ..imageserver.process import ImageServerProcess

LATENCY = (0.2, 3.0)
# Fine weather is not ideal weather.
FINE_LATENCY = 0.05
ONE_FAULT_IN = 10
# With a word of the requests that they can befall. A picture of one band may be meant so: nobody can tell.
_SERVICES, _VALUES = "/ImageServer", "format=tiff"
FAULTS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("status", _SERVICES, {"status": 503, "headers": {"Retry-After": "1"}}),
    ("status", _SERVICES, {"status": 429, "headers": {"Retry-After": "1"}}),
    ("status", _SERVICES, {"status": 500}),
    ("json_error", _SERVICES, {"code": 400, "message": "The requested image exceeds the size limit."}),
    ("html", _SERVICES, {}),
    ("empty", _SERVICES, {}),
    ("drop", _SERVICES, {}),
    ("truncate", _SERVICES, {}),
    ("hang", _SERVICES, {"seconds": 15.0}),
    ("bands", _VALUES, {}),
)
_CHANGE_EVERY = 0.5


class Weather:
    """Changes the server's latency all the time while a file says that it is bad; a context manager.

    Args:
        server: the image server.
        is_bad: a file that is there as long as the weather is to be bad.
        seed: of latencies and faults.

    Attributes:
        requests: how many requests came in bad weather.
        faults: how many of them were to go wrong.
    """

    def __init__(self, server: ImageServerProcess, is_bad: Path, seed: int) -> None:
        self.requests = self.faults = 0
        self._server, self._file = server, is_bad
        self._random = random.Random(seed)  # noqa: S311 - repeatable, not secret
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Weather:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        was_bad = True
        while not self._ended.wait(_CHANGE_EVERY):
            is_bad = self._file.exists()
            if is_bad:
                self._server.settings(latency=self._random.uniform(*LATENCY))
                self._set_faults()
            elif was_bad:
                self._server.reset()
                self._server.settings(latency=FINE_LATENCY)
            was_bad = is_bad

    def _set_faults(self) -> None:
        """Let one of the next requests go wrong for every ten that have come."""
        self.requests += len(self._server.requests(_SERVICES))
        # The log would grow for a quarter of an hour.
        self._server.clear()
        while self.faults < self.requests // ONE_FAULT_IN:
            self.faults += 1
            kind, match, arguments = self._random.choice(FAULTS)
            self._server.fault(kind, match=match, times=1, **arguments)
