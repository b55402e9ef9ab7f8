"""The ways into the form, in a QGIS without its main window's own menus."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from qgis.core import QgsDataCollectionItem, QgsDataItem, QgsLayerItem, QgsProject, QgsProviderRegistry, QgsSettings
from qgis.gui import QgisInterface, QgsCustomDropHandler, QgsGui, QgsSourceSelectProvider
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QMenu, QToolBar

from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.ui.knowing import LANDSAT
from image_server_layer.tests.ui.waiting import delete, wait_until
from image_server_layer.ui.entry.browser_menu import BrowserMenu
from image_server_layer.ui.entry.data_source_page import DataSourcePage
from image_server_layer.ui.entry.entries import Entries
from image_server_layer.ui.form.layer_form import LayerForm
from image_server_layer.ui.form.target import AddTarget


class Places:
    """The menus and toolbars that entries go to."""

    def __init__(self) -> None:
        self.raster_menu, self.layer_menu, self.tool_bar = QMenu(), QMenu(), QToolBar()

    def texts(self) -> list[list[str]]:
        return [[action.text() for action in place.actions()] for place in vars(self).values()]


@pytest.fixture
def places(qgis_iface: QgisInterface, monkeypatch: pytest.MonkeyPatch) -> Iterator[Places]:
    found = Places()
    monkeypatch.setattr(qgis_iface, "rasterMenu", lambda: found.raster_menu, raising=False)
    monkeypatch.setattr(qgis_iface, "addToolBarIcon", found.tool_bar.addAction, raising=False)
    monkeypatch.setattr(qgis_iface, "removeToolBarIcon", found.tool_bar.removeAction, raising=False)
    monkeypatch.setattr(qgis_iface, "insertAddLayerAction", found.layer_menu.addAction, raising=False)
    monkeypatch.setattr(qgis_iface, "removeAddLayerAction", found.layer_menu.removeAction, raising=False)
    handlers: list[QgsCustomDropHandler] = []
    monkeypatch.setattr(qgis_iface, "registerCustomDropHandler", handlers.append, raising=False)
    monkeypatch.setattr(qgis_iface, "unregisterCustomDropHandler", handlers.remove, raising=False)
    yield found
    assert handlers == []
    for place in vars(found).values():
        delete(place)


def page_provider() -> QgsSourceSelectProvider | None:
    providers = QgsGui.sourceSelectProviderRegistry().providersByKey("imageserverlayer")
    return providers[0] if providers else None


def test_all_entries_come_and_go(qgis_iface: QgisInterface, places: Places, project: QgsProject) -> None:
    del project
    for _ in range(2):
        entries = Entries(qgis_iface, AddTarget(qgis_iface.mapCanvas()))
        entries.start()
        assert places.texts() == [["Add ArcGIS Image Server Layer…"]] * 3
        assert page_provider() is not None
        names = [provider.name() for provider in QgsGui.dataItemGuiProviderRegistry().providers()]
        assert names.count("image_server_layer") == 1
        entries.dialog().present()
        entries.stop()
        assert places.texts() == [[], [], []]
        assert page_provider() is None
        names = [provider.name() for provider in QgsGui.dataItemGuiProviderRegistry().providers()]
        assert "image_server_layer" not in names


def test_the_action_opens_the_one_window(qgis_iface: QgisInterface, places: Places, project: QgsProject) -> None:
    del project
    entries = Entries(qgis_iface, AddTarget(qgis_iface.mapCanvas()))
    entries.start()
    (action,) = places.tool_bar.actions()
    action.trigger()
    dialog = entries.dialog()
    assert dialog.isVisible()
    dialog.close()
    action.trigger()
    assert dialog.isVisible()
    assert entries.dialog() is dialog
    entries.stop()


@pytest.mark.usefixtures("places")
def test_the_page_makes_its_form_when_it_is_shown(
    qgis_iface: QgisInterface, image_server: ImageServerProcess, project: QgsProject
) -> None:
    entries = Entries(qgis_iface, AddTarget(qgis_iface.mapCanvas()))
    entries.start()
    provider = page_provider()
    assert provider is not None
    assert (provider.text(), provider.ordering()) == (
        "ArcGIS Image Server",
        QgsSourceSelectProvider.OrderRemoteProvider + 155,
    )
    page = provider.createDataSourceWidget(None, Qt.WindowType.Widget, QgsProviderRegistry.WidgetMode.Embedded)
    assert isinstance(page, DataSourcePage)
    assert page.findChildren(LayerForm) == []
    page.show()
    (form,) = page.findChildren(LayerForm)
    form.open(image_server.service(LANDSAT))
    wait_until(lambda: not form.problem())
    form._buttons.finish.trigger()
    wait_until(project.mapLayers)
    assert not page.isVisible()
    delete(page)
    entries.stop()


@pytest.mark.parametrize("newer", [True, False])
def test_the_browser_offers_services_and_connections(newer: bool) -> None:
    settings = QgsSettings()
    if newer:
        settings.setValue("connections/arcgisfeatureserver/items/Harbour/url", "https://a.example/rest/services")
        settings.setValue("connections/arcgisfeatureserver/items/Harbour/authcfg", "abc1234")
    else:
        settings.setValue("qgis/connections-arcgisfeatureserver/Harbour/url", "https://a.example/rest/services")
        settings.setValue("qgis/ARCGISFEATURESERVER/Harbour/authcfg", "abc1234")
    url = "https://a.example/rest/services/X/ImageServer"
    connection = QgsDataCollectionItem(None, "Harbour", "afs:/Harbour", "AFS")
    service = QgsDataCollectionItem(connection, "X", url, "AMS")
    layer = QgsLayerItem(
        service,
        "X",
        f"{url}/0",
        f"crs='EPSG:3857' format='' layer='0' url='{url}'",
        QgsLayerItem.Raster,
        "arcgismapserver",
    )
    # As QGIS 4.2 has them.
    newer = QgsDataCollectionItem(connection, "X", url, "IMS")
    newer_layer = QgsLayerItem(
        newer, "X", f"{url}/0", f"format='LERC' layer='0' url='{url}'", QgsLayerItem.Raster, "arcgisimageserver"
    )
    maps = QgsDataCollectionItem(connection, "M", "https://a.example/rest/services/M/MapServer", "AMS")
    folder = QgsDataCollectionItem(connection, "Olinda", "https://a.example/rest/services/Olinda", "AFS")
    other = QgsDataCollectionItem(None, "W", "wms:/W", "WMS")
    assert chosen(connection) == ("Harbour", "abc1234", "")
    assert chosen(service) == (url, "abc1234", "")
    assert chosen(layer) == (url, "abc1234", "")
    assert chosen(newer) == (url, "abc1234", "")
    assert chosen(newer_layer) == (url, "abc1234", "")
    assert chosen(folder) == ("https://a.example/rest/services/Olinda", "abc1234", "")
    assert chosen(maps) is None
    assert chosen(other) is None


def chosen(item: QgsDataItem) -> tuple[str, str, str] | None:
    """Trigger what the Browser offers for an item; return what comes of it."""
    found: list[tuple[str, str, str]] = []
    menu = QMenu()
    BrowserMenu(lambda *address: found.append(address)).populateContextMenu(item, menu, [item], None)
    for action in menu.actions():
        assert action.text() == "Add ArcGIS Image Server Layer…"
        action.trigger()
    return found[0] if found else None
