"""Downloads are offered where a service allows them, and where it does not, the reason is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from qgis import utils
from qgis.core import QgsProject, QgsVectorLayer

from image_server_layer import make_image_server_layer
from image_server_layer.plugin.layer.footprint_layer import RasterList, mark_raster_list
from image_server_layer.tests.processing.running import DOWNLOAD
from image_server_layer.tests.ui.editing import Window, filled
from image_server_layer.tests.ui.forms import messages
from image_server_layer.tests.ui.waiting import wait_until

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess
    from image_server_layer.ui.entry.quick_menu import QuickMenu
    from image_server_layer.ui.mosaic.raster_picker import RasterPicker

SOURCES = "Test/SourceRasters"
Opened = list[tuple[str, dict[str, Any]]]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Opened:
    """Return what QGIS is asked to open: its dialog would wait for a user."""
    import processing

    found: Opened = []
    monkeypatch.setattr(processing, "createAlgorithmDialog", lambda *given: found.append(given), raising=False)
    monkeypatch.setitem(utils.plugins, "processing", processing)
    return found


def quick_of(window: Window, server: ImageServerProcess, name: str) -> QuickMenu:
    layer = make_image_server_layer(server.service(name))
    window.activate(layer)
    quick = window.editing.menu.quick
    filled(quick, lambda: len(quick.templates.actions()) > 1)
    return quick


def test_the_menu_of_a_layer_opens_the_dialog_for_it(
    window: Window, image_server: ImageServerProcess, opened: Opened
) -> None:
    quick = quick_of(window, image_server, SOURCES)
    assert quick.download.isEnabled()
    quick.download.trigger()
    wait_until(lambda: opened)
    layer = window.iface.active_layer
    assert layer is not None
    assert opened == [(DOWNLOAD, {"INPUT": layer.id()})]


def test_where_it_is_not_allowed_the_entry_is_gray_and_says_why(
    window: Window, image_server: ImageServerProcess
) -> None:
    quick = quick_of(window, image_server, "Olinda/Landsat")
    assert not quick.download.isEnabled()
    assert "“Olinda/Landsat” does not allow downloads" in quick.download.toolTip()


def test_what_is_selected_in_footprints_is_downloaded(
    window: Window, image_server: ImageServerProcess, project: QgsProject, opened: Opened
) -> None:
    listed = QgsVectorLayer("None?field=OBJECTID:integer&field=Name:string", "Scenes", "memory")
    mark_raster_list(listed, RasterList(image_server.service(SOURCES), "OBJECTID"))
    project.addMapLayer(listed)
    action = window.editing.menu.download_listed
    assert listed in window.iface.actions_of_layers[action]
    window.iface.active_layer = listed
    action.trigger()
    assert messages(window.iface.bar) == ["Select the rasters to download in “Scenes” first."]
    listed.startEditing()
    listed.addFeature(_feature(listed, 4))
    listed.commitChanges()
    listed.selectAll()
    action.trigger()
    wait_until(lambda: opened)
    ((algorithm, given),) = opened
    footprints = given.pop("FOOTPRINTS")
    assert (algorithm, given) == (DOWNLOAD, {"IN_IMAGE_SERVICE": image_server.service(SOURCES)})
    assert (footprints.source.staticValue(), footprints.selectedFeaturesOnly) == (listed.id(), True)


def _feature(layer: QgsVectorLayer, raster_id: int) -> Any:
    from qgis.core import QgsFeature

    feature = QgsFeature(layer.fields())
    feature.setAttributes([raster_id, ""])
    return feature


def test_the_picker_downloads_what_is_chosen(
    open_picker: Callable[..., RasterPicker], image_server: ImageServerProcess, opened: Opened
) -> None:
    picker = open_picker(SOURCES)
    assert not picker.download_button.isEnabled()
    picker.table.selectRow(2)
    assert picker.download_button.isEnabled()
    picker.download_button.click()
    wait_until(lambda: opened)
    ((algorithm, given),) = opened
    assert (algorithm, given) == (
        DOWNLOAD,
        {
            "IN_IMAGE_SERVICE": image_server.service(SOURCES),
            "AUTHCFG": "",
            "REFERER": "",
            "TIMEOUT": 30.0,
            "LOCK_RASTERID": "3",
        },
    )


def test_in_the_picker_too_the_reason_is_said(open_picker: Callable[..., RasterPicker]) -> None:
    picker = open_picker("Olinda/Landsat", (3,))
    assert not picker.download_button.isEnabled()
    assert "does not allow downloads" in picker.download_button.toolTip()
