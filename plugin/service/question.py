"""One question to a server until it is answered: its redirects, its attempts, its credentials. Sends nothing itself."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Union
from urllib.parse import quote, urlsplit

from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtNetwork import QNetworkRequest

from ..translation import tr
from .access import Access
from .address import host_of
from .credentials import renew, with_credentials
from .errors import ImageServerLayerError, NetworkError, ResponseError, ServerError
from .exchange import Answer, Exchange, Piece
from .network_errors import LONGEST_QUERY, answer_error, is_cut, is_late
from .reception import NOT_SATISFIABLE, Reception
from .redirects import REDIRECTS, next_hop
from .response import REFUSED_CREDENTIALS, Response, arcgis_error, describe_content
from .retries import PASSING_STATUSES, Attempts, parse_retry_after
from .unpacking import ACCEPTED, unpacked

MAX_BYTES = 64 * 2**20

# Errors of ArcGIS in an answer with HTTP 200 are short; images are not looked into.
_LONGEST_ERROR = 64 * 1024

# How many pieces of a body may wait for the receiver.
_PIECES_HELD = 2


@dataclass(frozen=True)
class Request:
    """What is asked: a resource and its parameters.

    Long parameters go as a form (POST), unless `always_get` is set. An answer of more than `max_bytes` is refused.
    A `receiver` gets the body piece by piece, so that it is never held in memory; the response has none then.
    """

    url: str
    parameters: Mapping[str, str]
    max_bytes: int = MAX_BYTES
    always_get: bool = False
    receiver: Receiver | None = None


if TYPE_CHECKING:
    # Not at run time: Python would keep the classes in a cache of its own when the plugin is reloaded.
    from .exchange import Arrival
    from .reception import Receiver

    Outcome = Union[Response, ImageServerLayerError]


def encoded_query(parameters: Mapping[str, str]) -> str:
    """Return the query of a URL, or a form, in which all but letters, digits and `_.-~` is percent-encoded."""
    return "&".join(f"{quote(key, safe='')}={quote(value, safe='')}" for key, value in parameters.items())


class Question:
    """A request, and what has become of it so far.

    `exchange` makes what is to be sent next, `judge` says what its answer amounts to.
    """

    def __init__(self, request: Request, access: Access, token: str | None) -> None:
        self._request, self._access = request, access
        self._shown_url = request.url.partition("?")[0]
        self._query = encoded_query(request.parameters)
        self._is_form = len(self._query) > LONGEST_QUERY and not request.always_get
        self._headers = _headers(access.referer, token)
        self._attempts = Attempts()
        self._reception = None if request.receiver is None else Reception(request.receiver, request.url)
        self._is_renewed = False
        self._begin()

    def _begin(self) -> None:
        url = self._request.url
        self._asked: tuple[str, ...] = (url if self._is_form or not self._query else f"{url}?{self._query}",)
        self._form = self._query.encode("ascii") if self._is_form else None
        self._seconds_left = self._access.timeout

    def exchange(self, answers: SimpleQueue[tuple[Exchange, Arrival]]) -> Exchange:
        """Return what to send now; its answer is to go into `answers`.

        Raises:
            NetworkError: it is no address of the web.
            AuthenticationError: the credentials cannot be used.
        """
        parts = urlsplit(self._asked[-1])
        if parts.scheme not in ("http", "https") or not parts.netloc:
            message = tr("“{url}” is no address of the web: give one that begins with https://.")
            raise NetworkError(message.format(url=self._shown_url))
        request = QNetworkRequest(QUrl(self._asked[-1]))
        headers, max_bytes, room = self._headers, self._request.max_bytes, None
        if self._reception is not None:
            headers = {**headers, **self._reception.headers()}
            max_bytes, room = self._reception.room(max_bytes), threading.Semaphore(_PIECES_HELD)
        for name, value in headers.items():
            request.setRawHeader(name, value)
        if self._form is not None:
            request.setHeader(QNetworkRequest.KnownHeaders.ContentTypeHeader, "application/x-www-form-urlencoded")
        _leave_alone(request)
        if self._access.authcfg:
            request = with_credentials(request, self._access.authcfg)
        host = f"{parts.scheme}://{parts.netloc}"
        return Exchange(host, request, self._form, max(self._seconds_left, 0.0), max_bytes, answers, room)

    def take(self, piece: Piece) -> ImageServerLayerError | None:
        """Hand a piece of the body to who receives it; return why it is none of what was asked for.

        Raises:
            ImageServerLayerError: it cannot be taken.
        """
        if self._reception is None:
            return None
        return self._reception.take(piece.status, piece.headers, piece.content)

    def judge(self, answer: Answer) -> Outcome | float:
        """Return the outcome, or after how many seconds to ask again."""
        self._seconds_left -= answer.seconds
        if self._reception is None:
            answer = unpacked(answer, self._request.max_bytes)
        location = answer.headers.get("location", "")
        if answer.status in REDIRECTS and location and not answer.is_late:
            return self._follow(answer.status, location)
        if answer.is_too_large:
            return self._too_large()
        if self._reception is not None and answer.status == NOT_SATISFIABLE and self._reception.begin_anew():
            self._begin()
            return 0.0
        error = answer_error(answer, self._shown_url, 0 if self._is_form else len(self._query))
        pause = self._pause(answer, error)
        if pause is not None:
            self._begin()
            return pause
        if error is not None:
            return error
        if self._reception is not None:
            return self._received(self._reception, answer)
        content_type = answer.headers.get("content-type", "")
        return Response(answer.content, content_type, answer.status, self._shown_url)

    def _received(self, reception: Reception, answer: Answer) -> Outcome:
        """Hand the rest of a body to who receives it. If that is all of it, it may be something else."""
        content_type = answer.headers.get("content-type", "")
        if not reception.has_begun and len(answer.content) <= _LONGEST_ERROR:
            error = arcgis_error(answer.content, self._shown_url)
            if error is not None:
                return error
        is_page = not reception.has_begun and content_type.lower().startswith("text/html")
        problem = reception.take(answer.status, answer.headers, answer.content) or reception.end()
        if problem is not None and is_page:
            text = tr("{host} sent {content} instead of a file: check whether it needs credentials, or try again.")
            text = text.format(host=host_of(self._shown_url), content=describe_content(answer.content))
            return ResponseError(text, self._shown_url)
        return problem or Response(b"", content_type, answer.status, self._shown_url)

    def _too_large(self) -> ImageServerLayerError:
        receiver = self._request.receiver
        if receiver is not None and receiver.size is not None:
            words = tr("{host} sends more than the {promised} bytes it promised: the file may be changing just now.")
            return ResponseError(words.format(host=host_of(self._shown_url), promised=receiver.size), self._shown_url)
        return _too_large(self._shown_url, self._request.max_bytes)

    def _follow(self, status: int, location: str) -> Outcome | float:
        try:
            hop = next_hop(self._asked[-1], status, location, self._asked)
        except NetworkError as error:
            return error
        self._asked += (hop.url,)
        if not hop.keeps_form:
            self._form = None
        return 0.0

    def _pause(self, answer: Answer, error: ImageServerLayerError | None) -> float | None:
        """Return how long to wait before another attempt, None where there is none."""
        late = is_late(answer)
        if late or is_cut(answer) or answer.status in PASSING_STATUSES:
            self._keep_rest(answer)
            retry_after = parse_retry_after(answer.headers.get("retry-after", ""))
            return self._attempts.pause_after(is_late=late, retry_after=retry_after)
        if not self._access.authcfg or self._is_renewed:
            return None
        if error is None and len(answer.content) <= _LONGEST_ERROR:
            error = arcgis_error(answer.content, self._shown_url)
        if not isinstance(error, ServerError) or error.code not in REFUSED_CREDENTIALS:
            return None
        self._is_renewed = renew(self._access.authcfg, error.code)
        return 0.0 if self._is_renewed else None

    def _keep_rest(self, answer: Answer) -> None:
        """Hand on what came before a body broke off: the next attempt goes on from there."""
        reception = self._reception
        if reception is None:
            return
        if reception.has_begun and answer.content:
            reception.take(answer.status, answer.headers, answer.content)
        if reception.has_progressed():
            self._attempts = Attempts()


def _headers(referer: str, token: str | None) -> dict[bytes, bytes]:
    # A line break would begin another header.
    headers = {b"Accept-Encoding": ACCEPTED, b"Referer": "".join(referer.split()).encode()}
    if token:
        headers[b"X-Esri-Authorization"] = b"Bearer " + "".join(token.split()).encode()
    return {name: value for name, value in headers.items() if value}


def _leave_alone(request: QNetworkRequest) -> None:
    """Keep Qt from following redirects, from its disk cache, from cookies, and from passwords of other requests."""
    attribute = QNetworkRequest.Attribute
    redirects = _number(QNetworkRequest.RedirectPolicy.ManualRedirectPolicy)
    request.setAttribute(attribute.RedirectPolicyAttribute, redirects)
    request.setAttribute(attribute.CacheSaveControlAttribute, False)
    request.setAttribute(attribute.CacheLoadControlAttribute, _number(QNetworkRequest.CacheLoadControl.AlwaysNetwork))
    manual = _number(QNetworkRequest.LoadControl.Manual)
    for control in (
        attribute.AuthenticationReuseAttribute,
        attribute.CookieLoadControlAttribute,
        attribute.CookieSaveControlAttribute,
    ):
        request.setAttribute(control, manual)


def _number(member: Any) -> int:
    """Return the number of an enum's member, as attributes want it; PyQt 6 has enums of Python's."""
    return int(getattr(member, "value", member))


def _too_large(url: str, max_bytes: int) -> ResponseError:
    message = tr("{host} sent more than {size} MB: ask for less at a time.")
    return ResponseError(message.format(host=host_of(url), size=round(max_bytes / 2**20, 1)), url)
