"""Carry the options of a picture layer past QGIS' provider, which knows none, to the server.

They travel in the fragment of the layer's URL, which is never sent: `…/ImageServer#imageserverlayer:v=1&bandIds=3,1,0`.
The provider appends the operation to the end of what it takes for the URL, so it arrives in the fragment too; here it
moves into the path, and the options into the query. Every character of an option outside `[A-Za-z0-9._~-]` is
percent-encoded, so the operation begins at the first raw `/`.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, unquote

from qgis.core import Qgis, QgsMessageLog, QgsNetworkAccessManager
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtNetwork import QNetworkRequest

from ..resources import LOG_TAG
from ..translation import tr

MARK = "imageserverlayer:"
VERSION = "1"
_MARK_BYTES = f"#{MARK}".encode()
# The layer's own options, which are for the plugin.
_OPTIONS = "options"
# QGIS' provider sends the Referer with all requests but `identify` (qgis#45482).
_REFERER = "referer"

# What each operation takes of the parameters of `exportImage`; None is all of them.
_TAKEN: Mapping[str, frozenset[str] | None] = {
    "exportImage": None,
    "identify": frozenset({"mosaicRule", "renderingRule"}),
    "legend": frozenset({"bandIds", "renderingRule"}),
}
_NOT_SENT = frozenset({"v", _OPTIONS, _REFERER})
# A scheme that no network manager knows, so that the request fails at once and without leaving the machine.
_REFUSED = "imageserverlayer-refused:"


class RequestRewriter:
    """Rewrites the requests of picture layers from `install` to `remove`, in whichever thread QGIS sends them."""

    def __init__(self) -> None:
        self._id = ""

    def install(self) -> None:
        """Register with QGIS' network manager; once is enough."""
        if not self._id:
            self._id = QgsNetworkAccessManager.setRequestPreprocessor(_preprocess)

    def remove(self) -> None:
        """Unregister. Layers with options draw nothing from now on."""
        if self._id:
            QgsNetworkAccessManager.removeRequestPreprocessor(self._id)
            self._id = ""


def _preprocess(request: QNetworkRequest) -> str:
    """Rewrite a request in place.

    QGIS crashes on an exception here, and on anything but a text being returned, hence the wide `except`: what cannot
    be rewritten is made to fail, which the map reports. Requests without the mark are none of ours and stay untouched.
    """
    encoded = bytes(request.url().toEncoded())
    if _MARK_BYTES not in encoded:
        return ""
    try:
        asked = encoded.decode("ascii")
        referer = _carried(asked).get(_REFERER)
        if referer:
            request.setRawHeader(b"Referer", referer.encode())
        url = rewritten(asked)
        if url is not None:
            request.setUrl(QUrl.fromEncoded(url.encode("ascii")))
    except BaseException as error:
        request.setUrl(QUrl(_REFUSED))
        # The kind only: its text could repeat the address.
        text = tr("A request of a picture layer could not be rewritten: {kind}").format(kind=type(error).__name__)
        QgsMessageLog.logMessage(text, LOG_TAG, Qgis.MessageLevel.Critical)
    return ""


def url_with_options(url: str, parameters: Mapping[str, str], options_json: str, referer: str = "") -> str:
    """Return the service's URL with the options in its fragment."""
    items = {"v": VERSION, _OPTIONS: options_json, **({_REFERER: referer} if referer else {}), **parameters}
    return f"{url}#{MARK}{'&'.join(f'{key}={_encoded(value)}' for key, value in items.items())}"


def options_in_url(url: str) -> str | None:
    """Return the JSON text of the options that a URL carries, or None where it carries none."""
    return _carried(url).get(_OPTIONS)


def rewritten(url: str) -> str | None:
    """Return the URL to send instead of `url` (percent-encoded), or None where it is none of ours and stays as it is.

    Tiles are ready-made and take no options, so a request for one is turned into one that fails.
    """
    base, _, fragment = url.partition("#")
    if not fragment.startswith(MARK):
        return None
    carried, slash, operation = fragment[len(MARK) :].partition("/")
    if not slash:
        return base
    if operation not in _TAKEN:
        return _REFUSED + quote(operation, safe="/")
    taken = _TAKEN[operation]
    path, question, query = base.partition("?")
    items = [
        f"{key}={_encoded(value)}"
        for key, value in _items(carried)
        if key not in _NOT_SENT and (taken is None or key in taken)
    ]
    return f"{path}/{operation}?{'&'.join([query, *items] if question and query else items)}"


def _encoded(value: str) -> str:
    return quote(value, safe=",")


def _carried(url: str) -> dict[str, str]:
    """Return all that a URL carries in its fragment."""
    fragment = url.partition("#")[2]
    return dict(_items(fragment[len(MARK) :].partition("/")[0])) if fragment.startswith(MARK) else {}


def _items(carried: str) -> list[tuple[str, str]]:
    pairs = (item.partition("=") for item in carried.split("&"))
    return [(key, unquote(value)) for key, _, value in pairs if key]
