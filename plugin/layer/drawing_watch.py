"""Notice when a picture layer draws nothing although QGIS reports no error.

QGIS' provider takes an answer that is no image (a sign-in page, say) for an empty one and stays silent, and it cannot
know that another plugin took the options out of a request. Both show in the replies that pass through QGIS' network
manager.
"""

from __future__ import annotations

from collections.abc import Iterator

from qgis.core import QgsDataSourceUri, QgsMapLayer, QgsNetworkAccessManager, QgsNetworkReplyContent, QgsProject
from qgis.PyQt.QtCore import QObject, pyqtSignal
from qgis.PyQt.QtNetwork import QNetworkReply

from ..backend.choice import PICTURE
from ..backend.request_rewriter import options_in_url, rewritten
from ..translation import tr
from .other_plugins import plugins_that_rewrite_requests


class DrawingWatch(QObject):
    """Watches the replies to the picture layers of a project.

    Signals carry the id of the layer; `failed` also a sentence for the user, once until the layer has drawn again.
    """

    failed = pyqtSignal(str, str)
    recovered = pyqtSignal(str)

    def __init__(self, project: QgsProject, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Both kept, as Python's garbage collector takes the connections of a wrapper that nobody holds.
        self._project = project
        self._manager = QgsNetworkAccessManager.instance()
        self._failing: set[str] = set()

    def start(self) -> None:
        """Watch from now on."""
        self._manager.finished[QgsNetworkReplyContent].connect(self._on_finished)
        self._project.layersRemoved.connect(self._forget)

    def stop(self) -> None:
        """Watch no longer."""
        self._manager.finished[QgsNetworkReplyContent].disconnect(self._on_finished)
        self._project.layersRemoved.disconnect(self._forget)

    def _on_finished(self, reply: QgsNetworkReplyContent) -> None:
        url = bytes(reply.request().url().toEncoded()).decode("ascii")
        if "/ImageServer" not in url or "bbox=" not in url or reply.error() != QNetworkReply.NetworkError.NoError:
            return
        for layer in self._layers_that_ask(url):
            problem = _problem(reply, url)
            if problem:
                # QGIS' disk cache would give the same answer for ever.
                self._manager.cache().remove(reply.request().url())
            if problem and layer.id() not in self._failing:
                self._failing.add(layer.id())
                self.failed.emit(
                    layer.id(),
                    tr("The layer “{name}” draws nothing: {problem}").format(name=layer.name(), problem=problem),
                )
            elif not problem and layer.id() in self._failing:
                self._failing.discard(layer.id())
                self.recovered.emit(layer.id())

    def _layers_that_ask(self, url: str) -> Iterator[QgsMapLayer]:
        """Yield the layers whose options are in the URL, or should have been."""
        path, _, query = url.partition("?")
        for layer in self._project.mapLayers().values():
            if layer.providerType() != PICTURE:
                continue
            layer_url = QgsDataSourceUri(layer.source()).param("url")
            if options_in_url(layer_url) is None:
                continue
            expected_path, _, options = (rewritten(f"{layer_url}/exportImage") or "").partition("?")
            if (path == expected_path and query.endswith(options)) or path == layer_url.partition("#")[0]:
                yield layer

    def _forget(self, layer_ids: list[str]) -> None:
        self._failing.difference_update(layer_ids)


def _problem(reply: QgsNetworkReplyContent, url: str) -> str:
    """Return what is wrong with an answer that the provider takes for an image, as the end of a sentence, or ""."""
    if not url.partition("?")[0].endswith("/exportImage"):
        suspects = ", ".join(f"“{name}”" for name in plugins_that_rewrite_requests()) or tr("which cannot be told")
        return tr(
            "another plugin ({names}) takes the options out of its requests; switch that plugin off and on again."
        ).format(names=suspects)
    content_type = bytes(reply.rawHeader(b"Content-Type")).decode("latin-1").partition(";")[0].strip().lower()
    # An error in JSON is reported by QGIS itself.
    if not content_type or content_type.startswith("image/") or content_type == "application/json":
        return ""
    return tr("the server sends {type}, not an image; you may have to sign in.").format(
        type=tr("a web page") if content_type == "text/html" else content_type
    )
