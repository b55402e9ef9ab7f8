"""Single rasters are locked without the form: by a click on the map, and from a layer of footprints."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsPointXY,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
)
from qgis.gui import QgsIdentifyMenu, QgsMapCanvas, QgsMapToolIdentify, QgsRubberBand
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QPoint, Qt, QTimer
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QMenu

from image_server_layer import make_image_server_layer
from image_server_layer.plugin.layer.footprint_layer import raster_list_of
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.options.processing_template import RAW
from image_server_layer.plugin.service.vocabulary import MosaicMethod
from image_server_layer.tests.imageserver.data import DATA
from image_server_layer.tests.imageserver.landsat import GRID
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.processing.running import CATALOG, RASTERS, run
from image_server_layer.tests.reading import qgis_pixels
from image_server_layer.tests.truth import mosaic
from image_server_layer.tests.ui.editing import Window, entry, filled, options
from image_server_layer.tests.ui.forms import messages
from image_server_layer.tests.ui.knowing import LANDSAT, UTM
from image_server_layer.tests.ui.waiting import delete, let_pass, wait_until
from image_server_layer.tests.warmth import cold_below, cold_of_the_plugin
from image_server_layer.ui.common.footprints import Footprints

LATEST_FIRST = [
    "20010805 (2002-02-13 12:37:21)",
    "LE07_214065_SW (2001-11-25 13:05:30)",
    "LE07; path 214: row 65 (2000-05-09 12:39:55)",
    "Recife (1999-12-01 12:40:44)",
    "LE07_214065_NW (1999-08-11 12:41:07)",
]
"""The rasters at column 130, row 160."""
HERE, NOWHERE = (130, 160), (-30, -30)


def quick_of(window: Window, layer: QgsRasterLayer) -> QMenu:
    """Open the quick ways of a layer, and wait until its service has been read."""
    window.activate(layer)
    quick = window.editing.menu.quick
    filled(quick, lambda: len(quick.templates.actions()) > 1)
    return quick


def click_at(window: Window, layer: QgsRasterLayer, cell: tuple[int, int]) -> None:
    """Choose *Lock Raster Here…*, and click on a cell of the layer (column, row)."""
    window.iface.window.show()
    quick_of(window, layer).lock.trigger()
    canvas = window.iface.mapCanvas()
    QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=pixel_of(canvas, cell))


def pixel_of(canvas: QgsMapCanvas, cell: tuple[int, int]) -> QPoint:
    """Return where a cell of the mosaic is on the map."""
    column, row = cell
    place = QgsPointXY(GRID.xmin + (column + 0.5) * 28.5, GRID.ymax - (row + 0.5) * 28.5)
    shown = QgsCoordinateTransform(UTM, canvas.mapSettings().destinationCrs(), QgsProject.instance())
    pixel = canvas.getCoordinateTransform().transform(shown.transform(place)).toQPointF().toPoint()
    assert canvas.viewport().rect().contains(pixel)
    return pixel


def offered(window: Window) -> QMenu:
    """Wait for the menu of the rasters at a point."""
    picker = window.editing.menu.quick._on_map
    wait_until(lambda: picker.menu is not None and not sip.isdeleted(picker.menu) and picker.menu.isVisible())
    return picker.menu


def texts(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if action.text()]


@pytest.fixture
def layer(window: Window, image_server: ImageServerProcess) -> QgsRasterLayer:
    """Return a layer that the map shows."""
    made = make_image_server_layer(image_server.service(LANDSAT), "Coast", processing_template="None")
    canvas = window.iface.mapCanvas()
    window.iface.window.resize(800, 600)
    canvas.setDestinationCrs(UTM)
    window.iface.window.show()
    extent = made.extent()
    extent.scale(1.6)
    canvas.setExtent(extent)
    image_server.clear()
    return made


def test_the_rasters_at_a_point_are_offered_the_latest_first(
    window: Window, layer: QgsRasterLayer, image_server: ImageServerProcess
) -> None:
    click_at(window, layer, HERE)
    menu = offered(window)
    assert texts(menu) == ["Show only:", *LATEST_FIRST]
    (query,) = (request.query for request in image_server.requests(operation="query"))
    box = json.loads(query["geometry"])
    assert (box["xmin"] + box["xmax"]) / 2 == pytest.approx(GRID.xmin + 130.5 * 28.5, abs=28.5)
    assert (box["ymin"] + box["ymax"]) / 2 == pytest.approx(GRID.ymax - 160.5 * 28.5, abs=28.5)
    assert query["inSR"] == "31985"
    assert cold_below(menu) == []
    assert cold_of_the_plugin() == []
    # The tool has done its work, and what it said goes with it.
    assert window.iface.mapCanvas().mapTool() is None
    assert messages(window.iface.bar) == []
    menu.close()


def test_the_raster_that_is_pointed_at_is_outlined_on_the_map(window: Window, layer: QgsRasterLayer) -> None:
    click_at(window, layer, HERE)
    menu = offered(window)
    (outlines,) = window.iface.mapCanvas().findChildren(Footprints)
    assert outlines.count() == 0
    entry(menu, "Recife (1999-12-01 12:40:44)").hover()
    assert outlines.count() == 1
    band = next(item for item in window.iface.mapCanvas().scene().items() if isinstance(item, QgsRubberBand))
    corners = [GRID.xmin + 28.5 * 70, GRID.ymax - 28.5 * 260, GRID.xmin + 28.5 * 280, GRID.ymax - 28.5 * 90]
    box = band.asGeometry().boundingBox()
    assert [box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()] == pytest.approx(corners)
    menu.close()
    let_pass(0.05)
    assert window.iface.mapCanvas().findChildren(Footprints) == []


def test_the_chosen_raster_is_shown_alone_and_undone(window: Window, layer: QgsRasterLayer) -> None:
    source = layer.source()
    click_at(window, layer, HERE)
    entry(offered(window), "LE07_214065_SW (2001-11-25 13:05:30)").trigger()
    wait_until(lambda: layer.source() != source)
    locked = LayerOptions(processing_template=RAW, mosaic_method=MosaicMethod.LOCK_RASTER, lock_raster_ids=(4,))
    assert (options(layer), layer.name()) == (locked, "Coast")
    np.testing.assert_array_equal(qgis_pixels(layer), mosaic([4]))
    window.press("Undo")
    assert layer.source() == source


def test_a_locked_layer_offers_the_others_too_and_all_of_them_again(
    window: Window, image_server: ImageServerProcess, layer: QgsRasterLayer
) -> None:
    QgsProject.instance().removeMapLayer(layer.id())
    locked = make_image_server_layer(image_server.service(LANDSAT), processing_template="None", lock_rasterid="7")
    click_at(window, locked, HERE)
    menu = offered(window)
    assert texts(menu) == ["Show only:", *LATEST_FIRST, "All Rasters"]
    assert [action.text() for action in menu.actions() if action.isChecked()] == [LATEST_FIRST[3]]
    source = locked.source()
    entry(menu, "All Rasters").trigger()
    wait_until(lambda: locked.source() != source)
    assert options(locked) == LayerOptions(processing_template=RAW)


def test_the_where_clause_of_the_layer_counts(
    window: Window, layer: QgsRasterLayer, image_server: ImageServerProcess
) -> None:
    QgsProject.instance().removeMapLayer(layer.id())
    some = make_image_server_layer(image_server.service(LANDSAT), where_clause="CloudCover < 10")
    click_at(window, some, HERE)
    assert texts(offered(window)) == ["Show only:", LATEST_FIRST[0], LATEST_FIRST[1], LATEST_FIRST[2]]
    offered(window).close()


def test_where_there_is_none_it_is_said(window: Window, layer: QgsRasterLayer) -> None:
    click_at(window, layer, NOWHERE)
    wait_until(lambda: messages(window.iface.bar))
    assert messages(window.iface.bar) == ["No raster of “Coast” lies there: click where the layer shows something."]


def test_a_map_of_another_reference_system_asks_at_the_same_place(window: Window, layer: QgsRasterLayer) -> None:
    canvas = window.iface.mapCanvas()
    extent = canvas.extent()
    web = QgsCoordinateReferenceSystem("EPSG:3857")
    canvas.setDestinationCrs(web)
    canvas.setExtent(QgsCoordinateTransform(UTM, web, QgsProject.instance()).transformBoundingBox(extent))
    click_at(window, layer, HERE)
    assert texts(offered(window))[1:] == LATEST_FIRST
    offered(window).close()


def test_a_catalog_that_does_not_answer_is_told_of(
    window: Window, layer: QgsRasterLayer, image_server: ImageServerProcess
) -> None:
    quick_of(window, layer)
    image_server.fault("status", match="query")
    click_at(window, layer, HERE)
    wait_until(lambda: messages(window.iface.bar))
    (said,) = messages(window.iface.bar)
    assert "500" in said


def test_escape_gives_up(window: Window, layer: QgsRasterLayer, image_server: ImageServerProcess) -> None:
    quick_of(window, layer).lock.trigger()
    assert "Coast" in messages(window.iface.bar)[0]
    canvas = window.iface.mapCanvas()
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert canvas.mapTool() is None
    assert image_server.requests(operation="query") == []


def test_the_plugin_goes_while_a_point_is_asked_for(
    window: Window, layer: QgsRasterLayer, image_server: ImageServerProcess
) -> None:
    quick_of(window, layer)
    image_server.settings(latency=0.3)
    click_at(window, layer, HERE)
    window.editing.stop()
    let_pass(0.5)
    assert window.iface.mapCanvas().mapTool() is None
    assert messages(window.iface.bar) == []
    window.editing.start()


def test_without_a_catalog_there_is_nothing_to_lock(window: Window, image_server: ImageServerProcess) -> None:
    single = make_image_server_layer(image_server.service("PuertoRico/LandCover"))
    quick = quick_of(window, single)
    for action in (quick.lock, quick.footprints):
        assert not action.isEnabled()
        reason = "The service “PuertoRico/LandCover” has no catalog of rasters to look into."
        assert action.toolTip() == f"<p>{reason}</p>"
    assert quick.export.isEnabled()
    assert not quick.download.isEnabled()


def footprints_of(service: str, algorithm: str = CATALOG) -> QgsVectorLayer:
    """Return the footprints as the toolbox makes them, in the project."""
    found = run(algorithm, IN_IMAGE_SERVICE=service, OUTPUT="memory:")["OUTPUT"]
    QgsProject.instance().addMapLayer(found)
    return found


@pytest.mark.parametrize("algorithm", [CATALOG, RASTERS])
def test_a_layer_is_locked_to_the_selected_features_in_their_order(
    window: Window, layer: QgsRasterLayer, image_server: ImageServerProcess, algorithm: str
) -> None:
    listed = footprints_of(image_server.service(LANDSAT), algorithm)
    menu = window.editing.menu.raster_list
    assert listed in window.iface.actions_of_layers[menu.menuAction()]
    listed.selectByExpression("OBJECTID IN (8, 1, 3)")
    window.activate(listed)
    menu.aboutToShow.emit()
    source = layer.source()
    entry(menu, "Coast").trigger()
    wait_until(lambda: layer.source() != source)
    assert options(layer).lock_raster_ids == (1, 3, 8)
    np.testing.assert_array_equal(qgis_pixels(layer), mosaic([1, 3, 8]))
    assert messages(window.iface.bar) == ["The layer “Coast” was changed."]
    window.press("Undo")
    assert layer.source() == source


def test_what_is_missing_is_said_in_the_menu(
    window: Window, layer: QgsRasterLayer, image_server: ImageServerProcess
) -> None:
    listed = footprints_of(image_server.service(LANDSAT))
    window.activate(listed)
    menu = window.editing.menu.raster_list
    menu.aboutToShow.emit()
    assert texts(menu) == ["Select the rasters first"]
    listed.selectAll()
    QgsProject.instance().removeMapLayer(layer.id())
    make_image_server_layer(image_server.service("PuertoRico/LandCover"))
    menu.aboutToShow.emit()
    assert texts(menu) == ["The project has no layer of this image service"]
    assert not any(action.isEnabled() for action in menu.actions())


def test_rasters_that_the_where_clause_leaves_out_are_not_locked(
    window: Window, layer: QgsRasterLayer, image_server: ImageServerProcess
) -> None:
    QgsProject.instance().removeMapLayer(layer.id())
    some = make_image_server_layer(image_server.service(LANDSAT), "Clear", where_clause="CloudCover < 10")
    source = some.source()
    listed = footprints_of(image_server.service(LANDSAT))
    listed.selectByExpression("OBJECTID IN (2, 3, 6)")
    window.activate(listed)
    menu = window.editing.menu.raster_list
    menu.aboutToShow.emit()
    entry(menu, "Clear").trigger()
    wait_until(lambda: messages(window.iface.bar))
    said = (
        "The where clause “CloudCover &lt; 10” of the layer “Clear” leaves out 2 of the rasters to lock: loosen it, or "
        "choose others."
    )
    assert messages(window.iface.bar) == [said]
    assert some.source() == source
    listed.selectByExpression("OBJECTID IN (2, 5)")
    menu.aboutToShow.emit()
    entry(menu, "Clear").trigger()
    wait_until(lambda: some.source() != source)
    wanted = LayerOptions(where="CloudCover < 10", mosaic_method=MosaicMethod.LOCK_RASTER, lock_raster_ids=(2, 5))
    assert options(some) == replace(wanted, processing_template=options(some).processing_template)


def test_other_vector_layers_have_no_entry(window: Window, project: QgsProject) -> None:
    other = QgsVectorLayer("Polygon?field=OBJECTID:integer", "other", "memory")
    project.addMapLayer(other)
    assert raster_list_of(other) is None
    assert other not in window.iface.actions_of_layers[window.editing.menu.raster_list.menuAction()]


def identify_at(window: Window, layer: QgsRasterLayer, cell: tuple[int, int], text: str = "") -> list[str]:
    """Click with QGIS' identify tool and Shift, and take an entry of its menu; return what the menu has."""
    canvas = window.iface.mapCanvas()
    found: list[str] = []
    pixel = pixel_of(canvas, cell)
    shown = canvas.window()
    for place in (pixel + QPoint(9, 9), pixel):
        QTest.mouseMove(shown.windowHandle(), canvas.viewport().mapTo(shown, place))
    wait_until(lambda: canvas.mouseLastXY() == pixel)
    QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, pixel)
    menu = QgsIdentifyMenu(canvas)
    menu.setExecWithSingleResult(True)
    menu.setShowFeatureActions(True)

    def take() -> None:
        below = [action.menu() for action in menu.actions() if action.menu() is not None]
        actions = [action for under in below for action in under.actions() if action.text()]
        found.extend(action.text() for action in actions)
        for action in actions:
            if action.text() == text:
                action.trigger()
        menu.close()

    QTimer.singleShot(100, take)
    menu.exec([QgsMapToolIdentify.IdentifyResult(layer, "", {}, {})], canvas.mapToGlobal(pixel))
    delete(menu)
    return found


def test_the_identify_tool_locks_the_raster_that_was_clicked(
    window: Window, layer: QgsRasterLayer, image_server: ImageServerProcess
) -> None:
    assert identify_at(window, layer, HERE, "Lock Raster Here…") == ["Identify", "Lock Raster Here…"]
    menu = offered(window)
    assert texts(menu) == ["Show only:", *LATEST_FIRST]
    (query,) = (request.query for request in image_server.requests(operation="query"))
    box = json.loads(query["geometry"])
    assert (box["xmin"] + box["xmax"]) / 2 == pytest.approx(GRID.xmin + 130.5 * 28.5, abs=28.5)
    entry(menu, "Recife (1999-12-01 12:40:44)").trigger()
    wait_until(lambda: options(layer).mosaic_method is MosaicMethod.LOCK_RASTER)
    assert len(options(layer).lock_raster_ids) == 1


def test_what_lists_no_rasters_says_so(window: Window, image_server: ImageServerProcess) -> None:
    single = make_image_server_layer(image_server.service("Olinda/Elevation"), "Heights")
    canvas = window.iface.mapCanvas()
    window.iface.window.resize(800, 600)
    canvas.setDestinationCrs(single.crs())
    canvas.setExtent(single.extent())
    window.iface.window.show()
    window.editing.menu.quick.lock_at(single, single.extent().center())
    wait_until(lambda: messages(window.iface.bar))
    assert messages(window.iface.bar) == ["“Olinda/Elevation” lists no rasters, so that none of them can be locked."]


def test_other_layers_have_no_such_entry(window: Window, layer: QgsRasterLayer) -> None:
    other = QgsRasterLayer(str(DATA / "dem_olinda.tif"), "Other")
    assert other.isValid()
    assert "Lock Raster Here…" not in identify_at(window, other, HERE)
    window.editing.menu.stop()
    assert "Lock Raster Here…" not in identify_at(window, layer, HERE)
    window.editing.menu.start()
