"""What is dropped: image services from QGIS' Browser, or an address from elsewhere; and the form that takes it."""

from __future__ import annotations

from typing import NamedTuple

from qgis.core import QgsDataSourceUri, QgsMimeDataUtils
from qgis.PyQt.QtCore import QEvent, QMimeData, QObject, pyqtSignal
from qgis.PyQt.QtWidgets import QWidget

from ...plugin.service.address import parse_web_address
from ...plugin.service.errors import AddressError
from ...plugin.service.warming import warm

# The MIME type of layers that are dragged within the layer tree.
_LAYERS = "application/qgis.layertreemodeldata"
# QGIS' own providers of ArcGIS services; the last one came with 4.2.
_PROVIDER_KEYS = ("arcgismapserver", "arcgisimageserver")


class DroppedService(NamedTuple):
    """Where a service is, and how its connection asks it."""

    address: str
    authcfg: str = ""
    referer: str = ""


class ServiceDrop(QObject):
    """Lets a widget, and whatever is in it, take image services from the Browser, and addresses."""

    dropped = pyqtSignal(object)
    """A `DroppedService`."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        warm(self)
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Say what can be dropped, and take it."""
        if event.type() in (QEvent.Type.DragEnter, QEvent.Type.Drop):
            service = dropped_service(event.mimeData())
            if service is not None:
                event.acceptProposedAction()
                if event.type() == QEvent.Type.Drop:
                    self.dropped.emit(service)
                return True
        return bool(super().eventFilter(watched, event))


def dropped_service(data: QMimeData) -> DroppedService | None:
    """Return the first image service in what is dragged, None where there is none."""
    if QgsMimeDataUtils.isUriList(data):
        return next(filter(None, map(_service_behind, QgsMimeDataUtils.decodeUriList(data))), None)
    texts = [url.toString() for url in data.urls()] or [data.text().strip()]
    return next((DroppedService(text) for text in texts if _is_image_service(text)), None)


def services_of_browser(data: QMimeData) -> list[DroppedService]:
    """Return the image services that are dragged from the Browser; none where there is anything else among it."""
    if not QgsMimeDataUtils.isUriList(data) or data.hasFormat(_LAYERS):
        return []
    found = [_service_behind(dragged) for dragged in QgsMimeDataUtils.decodeUriList(data)]
    services = [service for service in found if service is not None]
    return services if len(services) == len(found) else []


def _service_behind(dragged: QgsMimeDataUtils.Uri) -> DroppedService | None:
    uri = QgsDataSourceUri(dragged.uri)
    if dragged.providerKey not in _PROVIDER_KEYS or not _is_image_service(uri.param("url")):
        return None
    referer = uri.param("referer") or uri.param("http-header:referer")
    return DroppedService(uri.param("url"), uri.authConfigId(), referer)


def _is_image_service(text: str) -> bool:
    if not text.lower().startswith(("http://", "https://")):
        return False
    try:
        parse_web_address(text)
    except AddressError:
        return False
    return True
