"""The one door to the network: QGIS' own network manager, with its proxy, certificates and authentication."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from qgis.core import QgsBlockingNetworkRequest, QgsFeedback, QgsNetworkAccessManager, QgsNetworkReplyContent
from qgis.PyQt.QtCore import QByteArray, Qt, QUrl
from qgis.PyQt.QtNetwork import QNetworkReply, QNetworkRequest

from ..translation import tr
from .address import host_of
from .errors import AuthenticationError, CanceledError, ImageServerLayerError, ResponseError
from .network_errors import LONGEST_QUERY, http_status, reply_error, timeout_error
from .response import Response

MAX_BYTES = 64 * 2**20

# How many GETs of a URL are under way. Qt crashes when an answer is taken out of the disk cache while another thread
# writes it there.
_UNDER_WAY: Counter[str] = Counter()
_LOCK = threading.Lock()


def encoded_query(parameters: Mapping[str, str]) -> str:
    """Return the query of a URL, or a form, in which all but letters, digits and `_.-~` is percent-encoded."""
    return "&".join(f"{quote(key, safe='')}={quote(value, safe='')}" for key, value in parameters.items())


@dataclass(frozen=True)
class Request:
    """One question of several."""

    url: str
    parameters: Mapping[str, str]
    max_bytes: int = MAX_BYTES
    always_get: bool = False


class Transport:
    """Sends requests and waits for each, on any thread, without an event loop of its own.

    Args:
        authcfg: id of a QGIS authentication configuration.
        referer: the page to give as the origin of the requests, which some secured servers want to know.
        timeout: seconds that a request may take.
        feedback: cancels the request under way, and all later ones.
        token: an ArcGIS token; it travels in a header, so that no URL and no cache holds it.
    """

    def __init__(
        self,
        authcfg: str = "",
        referer: str = "",
        timeout: float = 30.0,
        feedback: QgsFeedback | None = None,
        token: str = "",
    ) -> None:
        self._authcfg = authcfg
        # A line break would begin another header.
        self._referer = "".join(referer.split())
        self._timeout = timeout
        self._feedback = feedback
        self._token = "".join(token.split())

    def get(
        self,
        url: str,
        parameters: Mapping[str, str],
        *,
        max_bytes: int = MAX_BYTES,
        refresh: bool = True,
        always_get: bool = False,
    ) -> Response:
        """Ask for a resource. Long parameters go as a form (POST), unless `always_get` is set.

        With `refresh`, the answer neither comes from QGIS' disk cache nor stays in it. The body may still hold an error
        of ArcGIS: see `response.check_body`.

        Raises:
            CanceledError: the feedback was canceled.
            RequestTimeoutError: the answer was not complete in time.
            NetworkError: the server cannot be reached.
            AuthenticationError: the server wants other credentials, or the authentication configuration cannot be used.
            ServerError: the server answers with an HTTP error.
            ResponseError: the answer is larger than `max_bytes`.
        """
        query = encoded_query(parameters)
        is_form = len(query) > LONGEST_QUERY and not always_get
        shown_url = url.partition("?")[0]
        request = self._request(url if is_form or not query else f"{url}?{query}")
        # What is sent counts too, so a form must not stop itself.
        watch = _Watch(self._timeout, max(max_bytes, len(query)), self._feedback)
        reply = self._send(request, query if is_form else "", watch, refresh)
        content = bytes(reply.content())
        if watch.is_late:
            raise timeout_error(shown_url)
        if watch.is_too_large or len(content) > max_bytes:
            message = tr("{host} sent more than {size} MB: ask for less at a time.").format(
                host=host_of(shown_url), size=round(max_bytes / 2**20, 1)
            )
            raise ResponseError(message, shown_url)
        error = reply_error(reply, shown_url, 0 if is_form else len(query))
        if error is not None:
            raise error
        content_type = bytes(reply.rawHeader(b"Content-Type")).decode("latin-1")
        return Response(content, content_type, http_status(reply), shown_url)

    def get_all(self, requests: Any, *, at_a_time: int = 4, arrived: Any = None) -> list[Any]:
        """Stand-in."""
        answers: list[Any] = []
        for index, request in enumerate(requests):
            try:
                answer: Any = self.get(
                    request.url, request.parameters, max_bytes=request.max_bytes, always_get=request.always_get
                )
            except CanceledError:
                raise
            except ImageServerLayerError as error:
                answer = error
            if arrived is not None:
                arrived(index, answer)
            answers.append(answer)
        return answers

    def _request(self, url: str) -> QNetworkRequest:
        request = QNetworkRequest(QUrl(url))
        request.setTransferTimeout(round(self._timeout * 1000))
        if self._referer:
            request.setRawHeader(b"Referer", self._referer.encode())
        if self._token:
            request.setRawHeader(b"X-Esri-Authorization", f"Bearer {self._token}".encode())
        return request

    def _send(self, request: QNetworkRequest, form: str, watch: _Watch, refresh: bool) -> QgsNetworkReplyContent:
        watch.raise_if_canceled()
        blocking = QgsBlockingNetworkRequest()
        blocking.setAuthCfg(self._authcfg)
        watch.follow(blocking)
        if form:
            request.setHeader(QNetworkRequest.KnownHeaders.ContentTypeHeader, "application/x-www-form-urlencoded")
            outcome = blocking.post(request, QByteArray(form.encode("ascii")), True, watch.stop)
        else:
            outcome = _get(blocking, request, refresh, watch.stop)
        watch.raise_if_canceled()
        reply = blocking.reply()
        # A network error without a reply: there was no request, since QGIS could not add the credentials to it.
        if (
            outcome == QgsBlockingNetworkRequest.ErrorCode.NetworkError
            and reply.error() == QNetworkReply.NetworkError.NoError
        ):
            message = tr("The authentication configuration “{id}” cannot be used: check it in QGIS' settings.")
            raise AuthenticationError(message.format(id=self._authcfg), blocking.errorMessage())
        return reply


class _Watch:
    """Stops a request that the user cancels, that takes too long, or that brings too much: QGIS limits only silence."""

    def __init__(self, timeout: float, max_bytes: int, feedback: QgsFeedback | None) -> None:
        self.stop = QgsFeedback()
        self.is_late = False
        self.is_too_large = False
        self._deadline = time.monotonic() + timeout
        self._max_bytes = max_bytes
        self._feedback = feedback
        if feedback is not None:
            _disconnect_once(feedback.canceled)
            # Queued into the thread of the request: QGIS may lose the end of one that another thread cancels, and wait
            # for it forever.
            feedback.canceled.connect(self.stop.cancel)

    def follow(self, blocking: QgsBlockingNetworkRequest) -> None:
        """Watch a request. The thread that waits for its reply would never get a queued signal."""
        _disconnect_once(blocking.finished, self.stop.canceled)
        # QGIS reports what a POST brings as progress of its upload.
        for progress in (blocking.downloadProgress, blocking.uploadProgress):
            progress.connect(self._check, Qt.ConnectionType.DirectConnection)

    def raise_if_canceled(self) -> None:
        """Raise `CanceledError` if the user wants no more."""
        if self._feedback is not None and self._feedback.isCanceled():
            raise CanceledError(tr("The request was canceled."))

    def _check(self, received: int, _total: int) -> None:
        self.is_late = self.is_late or time.monotonic() > self._deadline
        self.is_too_large = self.is_too_large or received > self._max_bytes
        if self.is_late or self.is_too_large:
            self.stop.cancel()


def _get(
    blocking: QgsBlockingNetworkRequest, request: QNetworkRequest, refresh: bool, stop: QgsFeedback
) -> QgsBlockingNetworkRequest.ErrorCode:
    """Send a GET. Of equal ones at a time, the last takes the answer out of the cache."""
    url = request.url().toString()
    with _LOCK:
        _UNDER_WAY[url] += 1
    try:
        return blocking.get(request, refresh, stop)
    finally:
        with _LOCK:
            _UNDER_WAY[url] -= 1
            if not _UNDER_WAY[url]:
                del _UNDER_WAY[url]
                if refresh:
                    _remove_from_cache(blocking.reply().request().url())


def _disconnect_once(*signals: Any) -> None:
    """Do for the first time what PyQt does slowly the first time only.

    When something is disconnected from an object that Python made, PyQt waits for Python once. QGIS does so while it
    holds a lock of Qt's, for which the main thread may be waiting with Python in its hands: a deadlock.
    """
    for signal in signals:
        signal.connect(_nothing)
        signal.disconnect(_nothing)


def _nothing() -> None:
    """Be connected."""


def _remove_from_cache(url: QUrl) -> None:
    """Take an answer out of the disk cache, where QGIS saves each one, also of secured services."""
    cache = QgsNetworkAccessManager.instance().cache()
    if cache is not None:
        cache.remove(url)
