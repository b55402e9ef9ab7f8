"""One question to a server until it is answered: its redirects, its attempts, its credentials. Sends nothing itself."""

from __future__ import annotations

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
from .exchange import Answer, Exchange
from .network_errors import LONGEST_QUERY, answer_error, is_cut, is_late
from .redirects import REDIRECTS, next_hop
from .response import REFUSED_CREDENTIALS, Response, arcgis_error
from .retries import PASSING_STATUSES, Attempts, parse_retry_after
from .unpacking import ACCEPTED, unpacked

MAX_BYTES = 64 * 2**20

# Errors of ArcGIS in an answer with HTTP 200 are short; images are not looked into.
_LONGEST_ERROR = 64 * 1024


@dataclass(frozen=True)
class Request:
    """What is asked: a resource and its parameters.

    Long parameters go as a form (POST), unless `always_get` is set. An answer of more than `max_bytes` is refused.
    """

    url: str
    parameters: Mapping[str, str]
    max_bytes: int = MAX_BYTES
    always_get: bool = False


if TYPE_CHECKING:
    # Not at run time: Python would keep the classes in a cache of its own when the plugin is reloaded.
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
        self._is_renewed = False
        self._begin()

    def _begin(self) -> None:
        url = self._request.url
        self._asked: tuple[str, ...] = (url if self._is_form or not self._query else f"{url}?{self._query}",)
        self._form = self._query.encode("ascii") if self._is_form else None
        self._seconds_left = self._access.timeout

    def exchange(self, answers: SimpleQueue[tuple[Exchange, Answer]]) -> Exchange:
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
        for name, value in self._headers.items():
            request.setRawHeader(name, value)
        if self._form is not None:
            request.setHeader(QNetworkRequest.KnownHeaders.ContentTypeHeader, "application/x-www-form-urlencoded")
        _leave_alone(request)
        if self._access.authcfg:
            request = with_credentials(request, self._access.authcfg)
        host = f"{parts.scheme}://{parts.netloc}"
        return Exchange(host, request, self._form, max(self._seconds_left, 0.0), self._request.max_bytes, answers)

    def judge(self, answer: Answer) -> Outcome | float:
        """Return the outcome, or after how many seconds to ask again."""
        self._seconds_left -= answer.seconds
        answer = unpacked(answer, self._request.max_bytes)
        location = answer.headers.get("location", "")
        if answer.status in REDIRECTS and location and not answer.is_late:
            return self._follow(answer.status, location)
        if answer.is_too_large:
            return _too_large(self._shown_url, self._request.max_bytes)
        error = answer_error(answer, self._shown_url, 0 if self._is_form else len(self._query))
        pause = self._pause(answer, error)
        if pause is not None:
            self._begin()
            return pause
        if error is not None:
            return error
        content_type = answer.headers.get("content-type", "")
        return Response(answer.content, content_type, answer.status, self._shown_url)

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
