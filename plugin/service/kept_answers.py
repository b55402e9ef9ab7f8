"""What services say about themselves, kept for the session, so that the next layer of a service needs fewer requests.

These are descriptions, variables, attribute tables, colormaps and key properties, as parsed values: never an error, and
no pixels. They are limited in age, number and size. Answers are kept for each set of credentials. Who is behind an
authentication configuration may change without QGIS telling, but pixels are always requested as the current user, and a
plan that fails forgets the answers about its service.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, NamedTuple

MOST_ANSWERS = 200
MOST_BYTES = 64 * 2**20
# Not for the whole session, as QGIS is left open for days, and publishers want to see what they have changed.
MOST_SECONDS = 900.0


class AnswerKey(NamedTuple):
    """What was asked: the canonical address of the service, with which credentials, which resource and parameters."""

    url: str
    identity: Hashable
    resource: str
    query: str


@dataclass(frozen=True)
class _Kept:
    answer: Any
    size: int
    since: float


class KeptAnswers:
    """A store limited in number, bytes and age; the least recently used answers go first. For any thread.

    Args:
        most: how many answers.
        most_bytes: of them together, as they came.
        most_seconds: how long each is told again; 0 keeps nothing.
        clock: tells the seconds.
    """

    def __init__(
        self,
        most: int = MOST_ANSWERS,
        most_bytes: int = MOST_BYTES,
        most_seconds: float = MOST_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.most_seconds = most_seconds
        self._most, self._most_bytes, self._clock = most, most_bytes, clock
        self._answers: OrderedDict[AnswerKey, _Kept] = OrderedDict()
        self._bytes = 0
        self._generation = 0
        self._lock = threading.Lock()

    @property
    def generation(self) -> int:
        """How often answers were forgotten on purpose. An answer requested before that is not kept after it."""
        with self._lock:
            return self._generation

    @property
    def size(self) -> tuple[int, int]:
        """How many answers there are, and their bytes."""
        with self._lock:
            return len(self._answers), self._bytes

    def find(self, key: AnswerKey) -> Any | None:
        """Return an answer; None if it is not known, or not any more."""
        with self._lock:
            kept = self._answers.get(key)
            if kept is None:
                return None
            if self._clock() - kept.since >= self.most_seconds:
                self._drop(key)
                return None
            self._answers.move_to_end(key)
            return kept.answer

    def add(self, key: AnswerKey, answer: Any, size: int, generation: int) -> None:
        """Keep an answer of `size` bytes, unless answers were forgotten since `generation`."""
        with self._lock:
            if generation != self._generation or size > self._most_bytes or self.most_seconds <= 0:
                return
            if key in self._answers:
                self._drop(key)
            self._answers[key] = _Kept(answer, size, self._clock())
            self._bytes += size
            while len(self._answers) > self._most or self._bytes > self._most_bytes:
                self._drop(next(iter(self._answers)))

    def forget(self, url: str) -> None:
        """Forget all answers of a service, with any credentials."""
        with self._lock:
            self._generation += 1
            for key in [key for key in self._answers if key.url == url]:
                self._drop(key)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._generation += 1
            self._answers.clear()
            self._bytes = 0

    def _drop(self, key: AnswerKey) -> None:
        self._bytes -= self._answers.pop(key).size


KEPT_ANSWERS = KeptAnswers()
"""That of the session."""
