"""What is dropped onto the form: an image service from QGIS' Browser, or an address from elsewhere."""

from __future__ import annotations

from typing import NamedTuple

from qgis.core import QgsDataSourceUri, QgsMimeDataUtils
from qgis.PyQt.QtCore import QMimeData

from ...plugin.service.address import parse_web_address
from ...plugin.service.errors import AddressError

# Of QGIS' own layers of ArcGIS services; the last one came with 4.2.
_PROVIDER_KEYS = ("arcgismapserver", "arcgisimageserver")


class DroppedService(NamedTuple):
    """Where a service is, and how its connection asks it."""

    address: str
    authcfg: str = ""
    referer: str = ""


def dropped_service(data: QMimeData) -> DroppedService | None:
    """Return the first image service in what is dragged, None where there is none."""
    if QgsMimeDataUtils.isUriList(data):
        for dragged in QgsMimeDataUtils.decodeUriList(data):
            uri = QgsDataSourceUri(dragged.uri)
            if dragged.providerKey in _PROVIDER_KEYS and _is_image_service(uri.param("url")):
                referer = uri.param("referer") or uri.param("http-header:referer")
                return DroppedService(uri.param("url"), uri.authConfigId(), referer)
        return None
    texts = [url.toString() for url in data.urls()] or [data.text().strip()]
    return next((DroppedService(text) for text in texts if _is_image_service(text)), None)


def _is_image_service(text: str) -> bool:
    if not text.lower().startswith(("http://", "https://")):
        return False
    try:
        parse_web_address(text)
    except AddressError:
        return False
    return True
