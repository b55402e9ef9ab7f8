"""Requests sent ahead of their turn, so that those which do not depend on each other take one round trip."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING

from qgis.core import QgsFeedback

from .access import Access
from .errors import CanceledError, ImageServerLayerError
from .pace import Pace
from .question import Request, encoded_query
from .transport import AT_A_TIME, Transport

if TYPE_CHECKING:
    from .question import Outcome

# QGIS opens no more connections to one server.
_AT_A_TIME = 6


class AnticipatingTransport(Transport):
    """A transport that sends requests ahead of the steps that will make them.

    `expect` runs a step up to its first request, which is then sent together with the next one. When the step runs in
    its turn, the answer is here, or on its way. So the steps stay as they are, one after the other, each with its own
    errors, and nothing is sent twice. `close` stops requests that no step has made after all.

    For one thread. Use it in a `with` statement.
    """

    def __init__(self, access: Access, feedback: QgsFeedback | None = None, token: str | None = None) -> None:
        super().__init__(access, feedback, token)
        self._is_rehearsal = False
        self._waiting: deque[Request] = deque()
        # The keys of the stream's requests, by their numbers.
        self._keys: list[str] = []
        self._coming: Generator[tuple[int, Outcome], None, None] | None = None
        # By key; None for a request without an outcome yet.
        self._outcomes: dict[str, Outcome | None] = {}

    def __enter__(self) -> AnticipatingTransport:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def expect(self, *steps: Callable[[], object]) -> None:
        """Send the first request of each step together with the next request.

        A step is called and left at its first request that has not been answered, so it must do nothing that cannot be
        done twice. If a step fails, nothing is expected of it: it will fail again in its turn.
        """
        self._is_rehearsal = True
        try:
            for step in steps:
                with suppress(_AskedForError, ImageServerLayerError):
                    step()
        finally:
            self._is_rehearsal = False

    def get_all(
        self,
        requests: Sequence[Request],
        *,
        at_a_time: int = AT_A_TIME,  # noqa: ARG002 - the signature is that of Transport
        arrived: Callable[[int, Outcome], None] | None = None,
    ) -> list[Outcome]:
        """Do as `Transport.get_all`, but ignore `at_a_time`."""
        for request in requests:
            self._want(request)
        if self._is_rehearsal and any(self._outcomes[_key(request)] is None for request in requests):
            raise _AskedForError
        outcomes = []
        for position, request in enumerate(requests):
            outcome = self._outcome(_key(request))
            outcomes.append(outcome)
            if arrived is not None:
                arrived(position, outcome)
        return outcomes

    def close(self) -> None:
        """Stop what is under way."""
        if self._coming is not None:
            self._coming.close()
        self._coming = None
        self._waiting.clear()
        self._outcomes.clear()

    def _want(self, request: Request) -> None:
        if _key(request) not in self._outcomes:
            self._outcomes[_key(request)] = None
            self._waiting.append(request)

    def _outcome(self, key: str) -> Outcome:
        while True:
            found = self._outcomes[key]
            if found is not None:
                return found
            self._receive()

    def _receive(self) -> None:
        """Send what waits, and wait for one outcome of what is under way."""
        if self._coming is None:
            self._keys = []
            self._coming = self.stream(self._next_request, Pace(_AT_A_TIME))
        try:
            number, outcome = next(self._coming)
        except StopIteration:
            # A stream that has nothing under way is over.
            self._coming = None
        except (CanceledError, ImageServerLayerError):
            self.close()
            raise
        else:
            self._outcomes[self._keys[number]] = outcome

    def _next_request(self) -> Request | None:
        if not self._waiting:
            return None
        request = self._waiting.popleft()
        self._keys.append(_key(request))
        return request


class _AskedForError(Exception):
    """Raised to leave a step whose next request is known."""


def _key(request: Request) -> str:
    return f"{request.url}?{encoded_query(request.parameters)}"
