"""The one door to the network: QGIS' own network manager, with its proxy, certificates and authentication."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from qgis.core import QgsFeedback

from ..translation import tr
from .access import Access
from .credentials import unlock
from .errors import CanceledError, ImageServerLayerError, NetworkError
from .exchange import Exchange, Piece
from .network import send
from .network_thread import NetworkThread
from .pace import Pace
from .question import MAX_BYTES, Question, Request, encoded_query
from .response import Response
from .retries import TOO_LATE

if TYPE_CHECKING:
    from .exchange import Arrival
    from .question import Outcome

__all__ = ["MAX_BYTES", "Outcome", "Request", "Transport", "encoded_query"]

# The default for how many of several requests are under way at a time.
AT_A_TIME = 4

# In seconds: how soon a cancel is noticed.
_POLL = 0.05

# After so many polls without a sign of life, the network thread counts as blocked, such as by the code of another
# plugin that it has to call. Polls, not seconds, as all of QGIS may have been suspended.
_MOST_SILENT_POLLS = 200


class Transport:
    """Sends requests and waits for their answers, on any thread, without an event loop there.

    The network itself is in a thread of its own (`network_thread`). What passes, such as a busy server, is asked again
    after a pause (`retries`); redirects are followed within the server only (`redirects`). Nothing comes from QGIS'
    disk cache or stays in it, and nothing but `access` and `token` goes along: no cookies, and no password that was
    typed into a pop-up of QGIS'.

    Args:
        access: credentials, Referer and timeout.
        feedback: cancels what is under way, and all later requests.
        token: an ArcGIS token; it travels in a header, so that no URL holds it.
    """

    def __init__(self, access: Access, feedback: QgsFeedback | None = None, token: str | None = None) -> None:
        self._access = access
        self._feedback = feedback
        self._token = token

    @property
    def identity(self) -> tuple[str, str] | None:
        """As whom the server is asked, for what is kept of its answers; None where it was told a token."""
        return None if self._token else (self._access.authcfg, self._access.referer)

    def get(
        self, url: str, parameters: Mapping[str, str], *, max_bytes: int = MAX_BYTES, always_get: bool = False
    ) -> Response:
        """Ask for a resource, see `Request`. The body may still hold an error of ArcGIS: see `response.check_body`.

        Raises:
            CanceledError: the feedback was canceled.
            RequestTimeoutError: the answer was not complete in time.
            NetworkError: the server cannot be reached, or redirects elsewhere.
            AuthenticationError: the server wants other credentials, or the authentication configuration cannot be used.
            ServerError: the server answers with an HTTP error.
            ResponseError: the answer is larger than `max_bytes`.
        """
        (outcome,) = self.get_all([Request(url, parameters, max_bytes, always_get)])
        if isinstance(outcome, ImageServerLayerError):
            raise outcome
        return outcome

    def get_all(
        self,
        requests: Sequence[Request],
        *,
        at_a_time: int = AT_A_TIME,
        arrived: Callable[[int, Outcome], None] | None = None,
    ) -> list[Outcome]:
        """Ask for several resources; return what became of each, in their order: a response, or the error.

        Args:
            requests: what to ask.
            at_a_time: how many are under way together. All threads share the connections to one server.
            arrived: is called on this thread with the position and the outcome of each request as it ends. What it
                raises stops the others.

        Raises:
            CanceledError: the feedback was canceled.
            AuthenticationError: QGIS' store of credentials is needed, and stays locked.
        """
        outcomes: dict[int, Outcome] = {}
        waiting = iter(requests)
        with closing(self.stream(lambda: next(waiting, None), Pace(at_a_time))) as coming:
            for position, outcome in coming:
                outcomes[position] = outcome
                if arrived is not None:
                    arrived(position, outcome)
        return [outcomes[position] for position in range(len(requests))]

    def stream(
        self,
        next_request: Callable[[], Request | None],
        pace: Pace,
        is_unwanted: Callable[[int], bool] = lambda _number: False,
    ) -> Generator[tuple[int, Outcome], None, None]:
        """Ask for any number of resources; yield what becomes of each as it ends, with its number from 0 on.

        `next_request` is called on this thread whenever there is room for another request under way, and may answer
        None to be asked again a little later. It is over when None comes and nothing is under way. Nothing is kept:
        close the generator to stop what is under way. A request that `is_unwanted` says by its number is stopped
        without an outcome, and the others go on.

        Raises:
            CanceledError: the feedback was canceled.
            AuthenticationError: QGIS' store of credentials is needed, and stays locked.
        """
        unlock(self._access.authcfg, self._raise_if_canceled)

        def next_question() -> Question | None:
            request = next_request()
            return None if request is None else Question(request, self._access, self._token)

        conversation = _Conversation(next_question, pace, self._raise_if_canceled, is_unwanted)
        with closing(conversation.outcomes()) as coming:
            yield from coming

    def _raise_if_canceled(self) -> None:
        if self._feedback is not None and self._feedback.isCanceled():
            raise CanceledError(tr("The request was canceled."))


class _Conversation:
    """Several questions on their way, as seen by the thread that asks them."""

    def __init__(
        self,
        next_question: Callable[[], Question | None],
        pace: Pace,
        raise_if_canceled: Callable[[], None],
        is_unwanted: Callable[[int], bool],
    ) -> None:
        self._next_question = next_question
        self._pace = pace
        self._raise_if_canceled = raise_if_canceled
        self._is_unwanted = is_unwanted
        self._count = 0
        # Questions without an outcome yet, by number.
        self._questions: dict[int, Question] = {}
        # When to ask a question again, by number.
        self._paused: dict[int, float] = {}
        self._under_way: dict[Exchange, tuple[int, NetworkThread]] = {}
        self._answers: SimpleQueue[tuple[Exchange, Arrival]] = SimpleQueue()
        self._silent_polls = 0
        self._beats = -1

    def outcomes(self) -> Generator[tuple[int, Outcome], None, None]:
        """Ask, and tell number and outcome of each question as it ends. Whatever ends this stops the rest."""
        try:
            self._raise_if_canceled()
            while True:
                self._drop_what_is_unwanted()
                yield from self._send_what_is_due()
                if not self._questions:
                    break
                yield from self._receive()
                self._raise_if_canceled()
        finally:
            # The latest first: it may be waiting for a connection, which the end of another one would give it.
            for exchange, (_, thread) in reversed(self._under_way.items()):
                thread.abort(exchange)

    def _drop_what_is_unwanted(self) -> None:
        for number in [number for number in self._questions if self._is_unwanted(number)]:
            del self._questions[number]
            self._paused.pop(number, None)
        for exchange, (number, thread) in list(self._under_way.items()):
            if number not in self._questions:
                del self._under_way[exchange]
                thread.abort(exchange)

    def _send_what_is_due(self) -> Iterator[tuple[int, Outcome]]:
        now = time.monotonic()
        for number in [number for number, moment in self._paused.items() if moment <= now]:
            del self._paused[number]
            yield from self._send(number)
        while len(self._questions) < self._pace.at_a_time:
            question = self._next_question()
            if question is None:
                break
            number, self._count = self._count, self._count + 1
            self._questions[number] = question
            yield from self._send(number)

    def _send(self, number: int) -> Iterator[tuple[int, Outcome]]:
        try:
            exchange = self._questions[number].exchange(self._answers)
        except ImageServerLayerError as error:
            del self._questions[number]
            yield number, error
        else:
            self._under_way[exchange] = number, send(exchange)

    def _receive(self) -> Iterator[tuple[int, Outcome]]:
        """Wait a moment for an answer."""
        if not self._under_way and not self._paused:
            return
        next_due = min(self._paused.values(), default=float("inf")) - time.monotonic()
        try:
            exchange, answer = self._answers.get(timeout=min(_POLL, max(next_due, 0.0)))
        except Empty:
            yield from self._look_for_life()
            return
        if exchange not in self._under_way:
            # The answer came just before its request was aborted.
            return
        if isinstance(answer, Piece):
            yield from self._take(exchange, answer)
            return
        number, _ = self._under_way.pop(exchange)
        if answer.is_stopped:
            raise CanceledError(tr("The request was canceled."))
        self._pace.answered(TOO_LATE if answer.is_late else answer.status, answer.seconds, len(answer.content))
        verdict = self._questions[number].judge(answer)
        if isinstance(verdict, float):
            self._paused[number] = time.monotonic() + verdict
        else:
            del self._questions[number]
            yield number, verdict

    def _take(self, exchange: Exchange, piece: Piece) -> Iterator[tuple[int, Outcome]]:
        """Hand a piece of a body to who receives it, and make room for another."""
        number, thread = self._under_way[exchange]
        self._silent_polls = 0
        problem = self._questions[number].take(piece)
        if exchange.room is not None:
            exchange.room.release()
        if problem is not None:
            del self._under_way[exchange]
            thread.abort(exchange)
            del self._questions[number]
            yield number, problem

    def _look_for_life(self) -> Iterator[tuple[int, Outcome]]:
        beats = sum(thread.beats for _, thread in self._under_way.values())
        self._silent_polls = self._silent_polls + 1 if self._under_way and beats == self._beats else 0
        self._beats = beats
        if self._silent_polls > _MOST_SILENT_POLLS:
            error = NetworkError(tr("QGIS' network does not respond: try again, or restart QGIS."))
            for exchange, (number, thread) in list(self._under_way.items()):
                del self._under_way[exchange]
                thread.abort(exchange)
                del self._questions[number]
                yield number, error
