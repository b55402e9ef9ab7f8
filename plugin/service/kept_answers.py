"""What services say of themselves, kept for the session: the next layer of a service needs fewer requests.

Descriptions, variables, attribute tables, colors and key properties, read, as long as they are young, few and small
enough; never an error, and nothing of the pixels. Whoever asks with other credentials is told by the server. Who is
behind an authentication configuration may change, of which QGIS says nothing: pixels are asked for as whoever it is
then, and a plan that fails forgets what was kept.
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
    """What was asked: the service's canonical address, as whom, which resource, and its parameters as text."""

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
    """A store bounded in count, bytes and time, what was used last staying longest. For any thread.

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
        """How often something was forgotten on purpose: an answer that was asked for before is not kept after."""
        with self._lock:
            return self._generation

    @property
    def size(self) -> tuple[int, int]:
        """How many answers there are, and their bytes."""
        with self._lock:
            return len(self._answers), self._bytes

    def find(self, key: AnswerKey) -> Any | None:
        """Return what was answered; None where it is not known any more."""
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
        """Keep an answer of so many bytes, unless something was forgotten since `generation`."""
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
        """Forget what a service has said, to whomever."""
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
