"""What went wrong on the way to a server and back, in a sentence that names the server and a remedy."""

from __future__ import annotations

import math

from qgis.PyQt.QtNetwork import QNetworkReply

from ..translation import tr
from .address import host_of
from .errors import AuthenticationError, ImageServerLayerError, NetworkError, RequestTimeoutError, ServerError
from .exchange import Answer
from .response import arcgis_error, server_error
from .retries import TOO_MANY_REQUESTS, parse_retry_after

# Servers and proxies may refuse URLs from about 2000 characters on.
LONGEST_QUERY = 1500

# The statuses by which they do. IIS also uses 404 (with the sub-status 15) and 400.
_CONTENT_TOO_LARGE, _URI_TOO_LONG = 413, 414
_TOO_LONG = (400, 404, _CONTENT_TOO_LARGE, _URI_TOO_LONG, 431)
_FORBIDDEN = 403
_NOT_FOUND = 404
_PROXY_AUTHENTICATION_REQUIRED = 407
_UNAVAILABLE = 503

_Error = QNetworkReply.NetworkError

# Errors of a connection that was there and broke: worth another attempt.
_CUT = (
    _Error.RemoteHostClosedError,
    _Error.TemporaryNetworkFailureError,
    _Error.NetworkSessionFailedError,
    _Error.ProxyConnectionClosedError,
    _Error.ProxyTimeoutError,
)


def is_cut(answer: Answer) -> bool:
    """Whether the connection broke off before the answer was complete."""
    return answer.error in _CUT


def is_late(answer: Answer) -> bool:
    """Whether the answer was not there in time: ours, or QGIS' own, which aborts a reply that is silent for long."""
    stopped = answer.error in (_Error.OperationCanceledError, _Error.TimeoutError)
    return answer.is_late or (stopped and answer.status < 400)


def answer_error(answer: Answer, url: str, query_length: int) -> ImageServerLayerError | None:
    """Return the error that an answer amounts to, or None.

    `url` is the address without its query, `query_length` the length of what followed it.
    """
    host = host_of(url)
    if is_late(answer):
        return RequestTimeoutError(
            tr("{host} did not answer in time: try again later, or allow a longer timeout.").format(host=host), url
        )
    if answer.certificate_errors:
        details = "\n".join([url, *answer.certificate_errors])
        return NetworkError(_sentence(_Error.SslHandshakeFailedError).format(host=host), details)
    if answer.status >= 300:
        return _http_error(answer, url, query_length)
    if answer.error == _Error.NoError:
        return None
    return NetworkError(_sentence(answer.error).format(host=host), f"{url}\n{answer.error_text}")


def _http_error(answer: Answer, url: str, query_length: int) -> ImageServerLayerError:
    status, host = answer.status, host_of(url)
    error = arcgis_error(answer.content, url, status)
    if error is not None:
        return error
    if status == _URI_TOO_LONG or (status in _TOO_LONG and query_length > LONGEST_QUERY):
        return ServerError(
            tr(
                "{host} does not take a request of {length} characters: shorten the where clause, the raster ids or "
                "the processing template."
            ).format(host=host, length=query_length),
            url,
            _URI_TOO_LONG,
        )
    if status == _PROXY_AUTHENTICATION_REQUIRED:
        return NetworkError(_sentence(_Error.ProxyAuthenticationRequiredError).format(host=host), url)
    if status == _FORBIDDEN:
        message = tr(
            "{host} forbids this request (HTTP 403): it may want other credentials, or a firewall on the way may not "
            "let pass what is asked. Try it with fewer options, and ask the owner of the service."
        )
        return AuthenticationError(message.format(host=host), url, status)
    sentence = _status_sentence(status)
    if not sentence:
        return server_error(url, status)
    when = _when(parse_retry_after(answer.headers.get("retry-after", "")))
    return ServerError(sentence.format(host=host, url=url, status=status, when=when), url, status)


def _status_sentence(status: int) -> str:
    """Return what to say of an HTTP status that has one meaning only; empty for all others."""
    if status == _NOT_FOUND:
        return tr("There is nothing at {url} (HTTP 404): check the address.")
    if status == _CONTENT_TOO_LARGE:
        return tr("{host} does not take or give that much at a time (HTTP 413): ask for less.")
    if status == TOO_MANY_REQUESTS:
        return tr("{host} asks for fewer requests (HTTP 429): try again {when}.")
    if status == _UNAVAILABLE:
        return tr("{host} is unavailable (HTTP 503): try again {when}.")
    if status >= 500:
        return tr("{host} is unavailable (HTTP {status}): try again later.")
    return ""


def _when(seconds: float | None) -> str:
    """Return in words when a server wants to be asked again."""
    if not seconds:
        return tr("later")
    if seconds <= 90:
        return tr("in {count} seconds").format(count=math.ceil(seconds))
    return tr("in {count} minutes").format(count=math.ceil(seconds / 60))


def _sentence(error: QNetworkReply.NetworkError) -> str:
    if error == _Error.HostNotFoundError:
        return tr("The server {host} was not found: check its name, and your connection to the network.")
    if error == _Error.ConnectionRefusedError:
        # QGIS does not say which of them it was.
        return tr("{host}, or the proxy on the way to it, refuses the connection: check address, port and proxy.")
    if error == _Error.RemoteHostClosedError:
        return tr("The server {host} cut the connection: try again later.")
    if error == _Error.SslHandshakeFailedError:
        return tr(
            "No secure connection to {host}: it does not understand https, or QGIS does not trust its certificate (see "
            "Settings ▸ Options ▸ Authentication)."
        )
    if error == _Error.ProxyAuthenticationRequiredError:
        return tr("The proxy on the way to {host} wants a password: set it under Settings ▸ Options ▸ Network.")
    if error in (
        _Error.ProxyConnectionRefusedError,
        _Error.ProxyConnectionClosedError,
        _Error.ProxyNotFoundError,
        _Error.ProxyTimeoutError,
    ):
        return tr("The proxy on the way to {host} does not answer: check it under Settings ▸ Options ▸ Network.")
    return tr("The connection to {host} failed: check your connection to the network, and the proxy in QGIS' settings.")
