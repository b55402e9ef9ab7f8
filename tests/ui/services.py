"""What a user does to find a service, what QGIS keeps for it, and what the server gets."""

from __future__ import annotations

from qgis.core import QgsSettings
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QTreeWidgetItem

from image_server_layer.plugin.layer.connect import ConnectedService
from image_server_layer.tests.credentials import store_credentials
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.imageserver.security import TOKEN
from image_server_layer.tests.ui.hand import click, press, replace_text
from image_server_layer.tests.ui.knowing import LANDSAT
from image_server_layer.ui.service.service_area import ServiceArea
from image_server_layer.ui.service.service_section import ServiceSection

SECURED = "Test/Secured"
SUMMARY = "6 bands, 8-bit, 28.5 m, mosaic of 8 rasters, 16 raster functions, SIRGAS 2000 / UTM zone 25S"


def type_text(section: ServiceSection, text: str) -> None:
    """Click into the address, and put a text in its place, key by key; unfold what has folded."""
    area = section.parentWidget()
    if isinstance(area, ServiceArea) and area.is_folded:
        click(area.bar.change_button)
    replace_text(section._address, text)


def type_and_enter(section: ServiceSection, text: str) -> None:
    """Put a text in place of the address, and press Return."""
    type_text(section, text)
    press(Qt.Key.Key_Return)


def loaded(section: ServiceSection) -> ConnectedService:
    """Return the service that there is."""
    found = section.loader.current
    assert found is not None
    return found


def connected(section: ServiceSection) -> bool:
    """Whether there is a service, and no other is being read."""
    return not section.loader.is_busy and section.loader.current is not None


def idle(section: ServiceSection) -> bool:
    """Whether there is a service, of which nothing more is to come."""
    return connected(section) and not section.loader._counting.is_busy


def child(parent: QTreeWidgetItem, text: str) -> QTreeWidgetItem:
    """Return the child of a tree item whose text begins so."""
    return next(parent.child(row) for row in range(parent.childCount()) if parent.child(row).text(0).startswith(text))


def texts(parent: QTreeWidgetItem) -> list[str]:
    """Return what the children of a tree item say."""
    return [parent.child(row).text(0) for row in range(parent.childCount())]


def store_token(token: str = TOKEN) -> str:
    """Put a token into QGIS' authentication database, and return the id of its configuration."""
    return store_credentials("EsriToken", {"token": token})


def save_connection(name: str, url: str, authcfg: str = "", referer: str = "") -> None:
    """Save a connection as QGIS does."""
    key = f"connections/arcgisfeatureserver/items/{name}"
    QgsSettings().setValue(f"{key}/url", url)
    QgsSettings().setValue(f"{key}/authcfg", authcfg)
    QgsSettings().setValue(f"{key}/http-header", {"referer": referer})


def credentials(server: ImageServerProcess) -> set[tuple[str, str]]:
    """Return which tokens and Referers a server was sent; there is nothing in it if nothing was asked."""
    headers = [request.headers for request in server.requests()]
    return {
        (found.get("x-esri-authorization", "").removeprefix("Bearer "), found.get("referer", "")) for found in headers
    }


def descriptions(server: ImageServerProcess, name: str = LANDSAT) -> int:
    """Return how often the server was asked what a service is."""
    return len([found for found in server.requests(f"{name}/ImageServer", "") if "renderingRule" not in found.query])
