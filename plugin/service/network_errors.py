"""What went wrong on the way to a server and back, in a sentence that names the server and a remedy."""

from __future__ import annotations

from qgis.core import QgsNetworkReplyContent
from qgis.PyQt.QtNetwork import QNetworkReply, QNetworkRequest

from ..translation import tr
from .address import host_of
from .errors import ImageServerLayerError, NetworkError, RequestTimeoutError, ServerError
from .response import arcgis_error, server_error

# Servers and proxies may refuse URLs from about 2000 characters on.
LONGEST_QUERY = 1500

# How they say so: IIS uses 404 (with the sub-status 15) and 400 too.
_URI_TOO_LONG = 414
_TOO_LONG = (400, 404, 413, _URI_TOO_LONG, 431)
_NOT_FOUND = 404
_PROXY_AUTHENTICATION_REQUIRED = 407

_Error = QNetworkReply.NetworkError


def http_status(reply: QgsNetworkReplyContent) -> int:
    """Return the HTTP status of a reply, 0 where there is none."""
    return int(reply.attribute(QNetworkRequest.Attribute.HttpStatusCodeAttribute) or 0)


def reply_error(reply: QgsNetworkReplyContent, url: str, query_length: int) -> ImageServerLayerError | None:
    """Return the error that a reply amounts to, or None.

    `url` is the address without its query, `query_length` the length of what followed it.
    """
    status = http_status(reply)
    if status >= 400:
        return _http_error(status, bytes(reply.content()), url, query_length)
    error = reply.error()
    if error == _Error.NoError:
        return None
    # QGIS aborts a reply whose time is up, and says no more than that it was canceled.
    if error in (_Error.OperationCanceledError, _Error.TimeoutError):
        return timeout_error(url)
    return NetworkError(_sentence(error).format(host=host_of(url)), f"{url}\n{reply.errorString()}")


def timeout_error(url: str) -> RequestTimeoutError:
    """Return the error for an answer that is not complete in time."""
    return RequestTimeoutError(
        tr("{host} did not answer in time: try again later, or allow a longer timeout.").format(host=host_of(url)), url
    )


def _http_error(status: int, content: bytes, url: str, query_length: int) -> ImageServerLayerError:
    error = arcgis_error(content, url, status)
    if error is not None:
        return error
    if status == _URI_TOO_LONG or (status in _TOO_LONG and query_length > LONGEST_QUERY):
        return ServerError(
            tr(
                "{host} does not take a request of {length} characters: shorten the where clause, the raster ids or "
                "the processing template."
            ).format(host=host_of(url), length=query_length),
            url,
            _URI_TOO_LONG,
        )
    if status == _PROXY_AUTHENTICATION_REQUIRED:
        return NetworkError(_sentence(_Error.ProxyAuthenticationRequiredError).format(host=host_of(url)), url)
    if status == _NOT_FOUND:
        return ServerError(tr("There is nothing at {url} (HTTP 404): check the address.").format(url=url), code=status)
    if status >= 500:
        return ServerError(
            tr("{host} is out of order (HTTP {status}): try again later.").format(host=host_of(url), status=status),
            url,
            status,
        )
    return server_error(url, status)


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
    if error == _Error.ProtocolUnknownError:
        # QGIS follows complete URLs only.
        return tr("{host} redirects to an address that QGIS cannot follow: give the one that a browser ends up at.")
    return tr("The connection to {host} failed: check your connection to the network, and the proxy in QGIS' settings.")
