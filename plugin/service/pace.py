"""How many requests to one server are under way together."""

from __future__ import annotations

from .retries import TOO_LATE, TOO_MANY_REQUESTS

# Statuses by which a server, or a proxy before it, says that it has too much to do.
_BUSY_STATUSES = (TOO_MANY_REQUESTS, 503, TOO_LATE)

# In seconds: an answer within this time is never slow.
_NEVER_SLOW = 1.0
# A server whose answers take so many times as long as at its best is overloaded; below the second factor, it has time
# for more.
_SLOW, _QUICK = 3.0, 1.5
# The weight of the latest answer in the average.
_NEWS = 0.3
# After so many quick answers for each request under way, one more request is allowed.
_PATIENCE = 3
# Requests that wait behind those under way, so that no connection is idle while the caller is busy.
_SPARE = 2


class Pace:
    """A fixed number of requests at a time."""

    def __init__(self, at_a_time: int) -> None:
        self._at_a_time = max(at_a_time, 1)

    @property
    def at_a_time(self) -> int:
        """How many requests may be under way now, at least one."""
        return self._at_a_time

    def answered(self, status: int, seconds: float, size: int) -> None:
        """Take note of an answer: its HTTP status (0 for a cut connection), how long it took, its length in bytes."""


class AdaptivePace(Pace):
    """As many requests at a time as the server takes well: half of them when it refuses, one less when it slows down.

    Attributes:
        received: the bytes of all answers.
    """

    def __init__(self, at_a_time: int, most: int) -> None:
        super().__init__(at_a_time)
        self.received = 0
        self._most = most
        self._average = 0.0
        self._best = float("inf")
        self._good = 0
        # Answers to requests that were sent before the last slowdown: they say nothing about it.
        self._unheeded = 0

    @property
    def at_a_time(self) -> int:
        """How many requests may be under way now, those waiting for a connection among them."""
        return self._at_a_time + (_SPARE if self._at_a_time == self._most else 0)

    @property
    def limit(self) -> int:
        """How many requests the server is to have at a time."""
        return self._at_a_time

    def answered(self, status: int, seconds: float, size: int) -> None:
        """Take note of an answer, and change the pace where it says so."""
        self.received += size
        is_heeded = self._unheeded == 0
        self._unheeded = max(0, self._unheeded - 1)
        if status in _BUSY_STATUSES and is_heeded:
            self._slow_down(self._at_a_time // 2)
        if status in _BUSY_STATUSES or not status:
            return
        self._average = seconds if not self._average else _NEWS * seconds + (1 - _NEWS) * self._average
        self._best = min(self._best, self._average)
        if self._average > max(_NEVER_SLOW, _SLOW * self._best):
            if is_heeded:
                self._slow_down(self._at_a_time - 1)
        elif self._average <= max(_NEVER_SLOW, _QUICK * self._best):
            self._good += 1
            if self._good >= _PATIENCE * self._at_a_time and self._at_a_time < self._most:
                self._at_a_time += 1
                self._good = 0

    def _slow_down(self, at_a_time: int) -> None:
        self._unheeded = self.at_a_time
        self._at_a_time = max(1, at_a_time)
        self._good = 0
