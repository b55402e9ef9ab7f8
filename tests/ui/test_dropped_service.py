"""A service is dragged onto the form, from QGIS' Browser or from elsewhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from qgis.core import QgsLayerItem, QgsMimeDataUtils
from qgis.PyQt.QtCore import QMimeData, QPointF, Qt, QUrl
from qgis.PyQt.QtGui import QDragEnterEvent, QDropEvent
from qgis.PyQt.QtWidgets import QApplication

from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.ui.forms import settled
from image_server_layer.tests.ui.knowing import LANDSAT
from image_server_layer.tests.ui.waiting import let_pass, wait_until
from image_server_layer.ui.entry.dialog import AddLayerDialog
from image_server_layer.ui.entry.dropped_service import dropped_service

URL = "https://a.example.org/arcgis/rest/services/X/ImageServer"


def from_browser(url: str, authcfg: str = "", provider: str = "arcgismapserver") -> QMimeData:
    """Return what the Browser drags of a layer."""
    secured = f" authcfg={authcfg}" if authcfg else ""
    uri = f"crs='EPSG:3857' format='' layer='0'{secured} url='{url}' referer='https://portal.example.org/'"
    item = QgsLayerItem(None, "X", "/X", uri, QgsLayerItem.Raster, provider)
    return QgsMimeDataUtils.encodeUriList(item.mimeUris())


def from_elsewhere(text: str, *, is_link: bool) -> QMimeData:
    """Return what a web browser drags."""
    data = QMimeData()
    data.setText(text)
    if is_link:
        data.setUrls([QUrl(text)])
    return data


def drop(dialog: AddLayerDialog, data: QMimeData) -> bool:
    """Drag something into the middle of the form and let go; return whether it was taken."""
    middle, copy = dialog.rect().center(), Qt.DropAction.CopyAction
    button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(middle, copy, data, button, none)
    enter.ignore()
    QApplication.sendEvent(dialog, enter)
    if enter.isAccepted():
        QApplication.sendEvent(dialog, QDropEvent(QPointF(middle), copy, data, button, none))
    return bool(enter.isAccepted())


def test_a_service_of_the_browser_comes_with_its_credentials() -> None:
    assert dropped_service(from_browser(URL, "abc1234")) == (URL, "abc1234", "https://portal.example.org/")


@pytest.mark.parametrize("is_link", [True, False])
def test_an_address_is_taken_from_elsewhere(is_link: bool) -> None:
    assert dropped_service(from_elsewhere(URL, is_link=is_link)) == (URL, "", "")


@pytest.mark.parametrize(
    "dragged",
    [
        lambda: from_browser("https://a.example.org/arcgis/rest/services/X/MapServer"),
        lambda: from_browser(URL, provider="wms"),
        lambda: from_elsewhere("https://a.example.org/", is_link=True),
        lambda: from_elsewhere("some words", is_link=False),
    ],
    ids=["map service", "other provider", "web page", "words"],
)
def test_other_things_are_not_taken(dialog: AddLayerDialog, dragged: Callable[[], QMimeData]) -> None:
    assert not drop(dialog, dragged())
    let_pass(0.02)
    assert not dialog.form._service.loader.is_busy


def test_what_is_dropped_is_opened(dialog: AddLayerDialog, image_server: ImageServerProcess) -> None:
    assert drop(dialog, from_browser(image_server.service(LANDSAT)))
    wait_until(lambda: settled(dialog.form))
    loaded = dialog.form._service.loader.current
    assert loaded is not None
    assert (loaded.service.name, loaded.access.referer) == (LANDSAT, "https://portal.example.org/")
