"""A service is dragged onto the form, from QGIS' Browser or from elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from qgis.core import QgsLayerItem, QgsMimeDataUtils, QgsProject, QgsProviderRegistry
from qgis.PyQt.QtCore import QMimeData, QPointF, Qt, QUrl
from qgis.PyQt.QtGui import QDragEnterEvent, QDropEvent
from qgis.PyQt.QtWidgets import QApplication, QWidget

from image_server_layer.plugin.service.preferences import prefer_pictures
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.ui.editing import Window
from image_server_layer.tests.ui.forms import idle, messages, settled
from image_server_layer.tests.ui.knowing import LANDSAT
from image_server_layer.tests.ui.waiting import delete, let_pass, wait_until
from image_server_layer.tests.warmth import cold_of_the_plugin
from image_server_layer.ui.entry.data_source_page import DataSourcePage, DataSourcePageProvider
from image_server_layer.ui.entry.dialog import AddLayerDialog
from image_server_layer.ui.entry.dropped_service import dropped_service, services_of_browser
from image_server_layer.ui.entry.map_drop import MapDrop

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


def drop(dialog: QWidget, data: QMimeData) -> bool:
    """Drag something into the middle of a window and let go; return whether it was taken."""
    middle, copy = dialog.rect().center(), Qt.DropAction.CopyAction
    button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(middle, copy, data, button, none)
    enter.ignore()
    QApplication.sendEvent(dialog, enter)
    if enter.isAccepted():
        QApplication.sendEvent(dialog, QDropEvent(QPointF(middle), copy, data, button, none))
    return bool(enter.isAccepted())


@pytest.mark.parametrize("provider", ["arcgismapserver", "arcgisimageserver"])
def test_a_service_of_the_browser_comes_with_its_credentials(provider: str) -> None:
    """Also as QGIS 4.2 drags it."""
    dragged, expected = from_browser(URL, "abc1234", provider), (URL, "abc1234", "https://portal.example.org/")
    assert dropped_service(dragged) == expected
    assert services_of_browser(dragged) == [expected]


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


def test_what_is_dropped_on_the_page_of_the_data_source_manager_is_opened(
    window: Window, image_server: ImageServerProcess
) -> None:
    provider = DataSourcePageProvider(window.iface, window.editing.add_target)
    page = provider.createDataSourceWidget(None, Qt.WindowType.Widget, QgsProviderRegistry.WidgetMode.Embedded)
    assert isinstance(page, DataSourcePage)
    page.show()
    assert not drop(page, from_elsewhere("some words", is_link=False))
    assert drop(page, from_browser(image_server.service(LANDSAT)))
    wait_until(lambda: page.form is not None and settled(page.form))
    assert page.form is not None
    assert page.form.state.known is not None
    assert page.form.state.known.service.name == LANDSAT
    delete(page)


@pytest.fixture
def map_drop(window: Window) -> Iterator[MapDrop]:
    """Return what takes what is dropped on QGIS' window."""
    made = MapDrop(window.iface, window.editing.add_target)
    made.start()
    yield made
    made.stop()
    delete(made)


def drop_on_map(window: Window, data: QMimeData) -> bool:
    (handler,) = window.iface.drop_handlers
    return bool(handler.handleMimeDataV2(data))


@pytest.mark.usefixtures("map_drop")
def test_what_is_dropped_on_the_map_becomes_a_layer(
    window: Window, image_server: ImageServerProcess, project: QgsProject
) -> None:
    assert drop_on_map(window, from_browser(image_server.service(LANDSAT)))
    assert cold_of_the_plugin() == []
    wait_until(project.mapLayers)
    (layer,) = project.mapLayers().values()
    assert (layer.name(), layer.providerType(), layer.bandCount()) == ("Landsat", "imageserver", 6)
    assert {request.headers["referer"] for request in image_server.requests()} == {"https://portal.example.org/"}
    assert messages(window.iface.bar) == ["The layer “Landsat” was added."]
    window.press("Undo")
    assert not project.mapLayers()


@pytest.mark.usefixtures("map_drop")
def test_a_service_that_is_dropped_twice_makes_two_names(
    window: Window, image_server: ImageServerProcess, project: QgsProject
) -> None:
    for _ in range(2):
        assert drop_on_map(window, from_browser(image_server.service(LANDSAT)))
    wait_until(lambda: len(project.mapLayers()) == 2)
    assert sorted(layer.name() for layer in project.mapLayers().values()) == ["Landsat", "Landsat (2)"]


@pytest.mark.usefixtures("map_drop")
def test_the_kind_that_is_preferred_is_made(
    window: Window, image_server: ImageServerProcess, project: QgsProject
) -> None:
    prefer_pictures(preferred=True)
    assert drop_on_map(window, from_browser(image_server.service(LANDSAT)))
    wait_until(project.mapLayers)
    (layer,) = project.mapLayers().values()
    assert layer.bandCount() == 4


@pytest.mark.usefixtures("map_drop")
def test_a_service_that_fails_is_told_of(window: Window, image_server: ImageServerProcess, project: QgsProject) -> None:
    image_server.fault("status", match="ImageServer")
    assert drop_on_map(window, from_browser(image_server.service(LANDSAT)))
    wait_until(lambda: messages(window.iface.bar))
    assert "500" in messages(window.iface.bar)[0]
    assert not project.mapLayers()


def test_the_plugin_goes_before_the_layer_has_come(
    window: Window, image_server: ImageServerProcess, project: QgsProject, map_drop: MapDrop
) -> None:
    image_server.settings(latency=0.2)
    assert drop_on_map(window, from_browser(image_server.service(LANDSAT)))
    map_drop.stop()
    wait_until(idle)
    let_pass(0.1)
    assert not project.mapLayers()
    map_drop.start()


def test_qgis_keeps_what_is_not_all_image_services() -> None:
    service, maps = from_browser(URL), from_browser("https://a.example.org/arcgis/rest/services/X/MapServer")
    both = QgsMimeDataUtils.encodeUriList(
        [*QgsMimeDataUtils.decodeUriList(service), *QgsMimeDataUtils.decodeUriList(maps)]
    )
    assert services_of_browser(service) == [(URL, "", "https://portal.example.org/")]
    for data in (maps, both, from_elsewhere(URL, is_link=True)):
        assert services_of_browser(data) == []
    # Layers that are moved in the layer tree.
    service.setData("application/qgis.layertreemodeldata", b"<layers/>")
    assert services_of_browser(service) == []
