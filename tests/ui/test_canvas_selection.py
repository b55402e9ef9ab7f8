"""Footprints on QGIS' map are selected there, too: with clicks, boxes and keys, and the table follows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsPointXY, QgsProject, QgsRectangle
from qgis.gui import QgsMapCanvas, QgsMapToolPan
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtTest import QTest

from image_server_layer.tests.ui.hand import click
from image_server_layer.tests.ui.knowing import FULL, UTM
from image_server_layer.tests.ui.picking import OpenPicker, bands, ids, selected
from image_server_layer.tests.ui.waiting import delete, let_pass, wait_until
from image_server_layer.ui.mosaic.raster_picker import RasterPicker

_SHIFT, _CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
_NONE, _LEFT = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
# Columns and rows of the scene.
_ONLY_1, _1_AND_2, _ONLY_3, _ONLY_4, _OUTSIDE = (20, 20), (135, 20), (320, 20), (20, 330), (-30, -30)


@pytest.fixture(params=["EPSG:31985", "EPSG:4326"])
def picker(open_picker: OpenPicker, canvas: QgsMapCanvas, request: pytest.FixtureRequest) -> Iterator[RasterPicker]:
    """Return the window, with the tool of the map of QGIS, which shows all of the service."""
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem(request.param))
    everything = QgsRectangle(*FULL)
    everything.scale(1.4)
    to_map = QgsCoordinateTransform(UTM, canvas.mapSettings().destinationCrs(), QgsProject.instance())
    canvas.setExtent(to_map.transformBoundingBox(everything))
    canvas.window().show()
    opened = open_picker()
    click(opened.map.canvas_button)
    assert opened.map.canvas_button.isChecked()
    yield opened
    canvas.window().hide()


def place(canvas: QgsMapCanvas, column: int, row: int) -> QPoint:
    """Return where a cell of the scene is on QGIS' map."""
    to_map = QgsCoordinateTransform(UTM, canvas.mapSettings().destinationCrs(), QgsProject.instance())
    x, y = FULL.xmin + column * 28.5, FULL.ymax - row * 28.5
    return canvas.getCoordinateTransform().transform(to_map.transform(QgsPointXY(x, y))).toQPointF().toPoint()


def in_window(canvas: QgsMapCanvas, at: tuple[int, int]) -> QPoint:
    return canvas.viewport().mapTo(canvas.window(), place(canvas, *at))


def click_canvas(canvas: QgsMapCanvas, at: tuple[int, int], modifier: Qt.KeyboardModifier = _NONE) -> None:
    QTest.mouseClick(canvas.viewport(), _LEFT, modifier, place(canvas, *at))


def drag_canvas(
    canvas: QgsMapCanvas, start: tuple[int, int], end: tuple[int, int], modifier: Qt.KeyboardModifier = _NONE
) -> None:
    begin, finish = in_window(canvas, start), in_window(canvas, end)
    handle = canvas.window().windowHandle()
    QTest.mousePress(handle, _LEFT, modifier, begin)
    for here in ((begin + finish) / 2, finish):
        QTest.mouseMove(handle, here)
    QTest.mouseRelease(handle, _LEFT, modifier, finish)


def test_clicks_select_the_topmost_and_again_the_one_below(picker: RasterPicker, canvas: QgsMapCanvas) -> None:
    click_canvas(canvas, _1_AND_2)
    assert selected(picker) == [1]
    # Not as fast as a double click.
    let_pass(0.5)
    click_canvas(canvas, _1_AND_2)
    assert selected(picker) == [2]
    click_canvas(canvas, _ONLY_3)
    click_canvas(canvas, _ONLY_1, _CONTROL)
    click_canvas(canvas, _ONLY_4, _SHIFT)
    assert selected(picker) == [3, 1, 4]
    let_pass(0.5)
    click_canvas(canvas, _ONLY_1, _CONTROL)
    assert selected(picker) == [3, 4]
    assert picker.map.view._selected == {3, 4}
    click_canvas(canvas, _OUTSIDE, _SHIFT)
    assert selected(picker) == [3, 4]
    click_canvas(canvas, _OUTSIDE)
    assert selected(picker) == []


def test_a_box_selects_what_it_touches(picker: RasterPicker, canvas: QgsMapCanvas) -> None:
    drag_canvas(canvas, (5, 5), (30, 40))
    assert selected(picker) == [1]
    drag_canvas(canvas, (340, 340), (300, 5), _SHIFT)
    assert selected(picker) == [1, 3, 6, 8]
    # The corner of the box around the tilted raster is not the raster.
    drag_canvas(canvas, (70, 90), (80, 95))
    assert selected(picker) == [1]
    # The box itself goes with the mouse button: all listed, and those selected.
    wait_until(lambda: sorted(band.size() for band in bands(canvas) if band.numberOfVertices()) == [1, 8])


def test_what_is_not_listed_is_not_selected(picker: RasterPicker, canvas: QgsMapCanvas) -> None:
    picker.filters.search_edit.setText("recife")
    wait_until(lambda: ids(picker) == [7, 8])
    click_canvas(canvas, _ONLY_1)
    assert selected(picker) == []
    drag_canvas(canvas, (5, 5), (340, 340))
    assert selected(picker) == [7, 8]


@pytest.mark.parametrize("way", ["button", "escape", "footprints off", "close", "delete", "another tool"])
def test_the_map_gets_its_tool_back(open_picker: OpenPicker, canvas: QgsMapCanvas, way: str) -> None:
    pan, other = QgsMapToolPan(canvas), QgsMapToolPan(canvas)
    canvas.setMapTool(pan)
    picker = open_picker()
    assert canvas.mapTool() is pan
    click(picker.map.canvas_button)
    assert canvas.mapTool() is not pan
    if way == "button":
        click(picker.map.canvas_button)
    elif way == "escape":
        QTest.keyClick(canvas, Qt.Key.Key_Escape)
    elif way == "footprints off":
        picker.map.canvas_box.setChecked(False)
        assert not picker.map.canvas_button.isEnabled()
    elif way == "close":
        picker.reject()
    elif way == "delete":
        delete(picker)
        wait_until(lambda: canvas.mapTool() is None)
        return
    else:
        canvas.setMapTool(other)
    assert canvas.mapTool() is (other if way == "another tool" else pan)
    if way != "close":
        assert not picker.map.canvas_button.isChecked()
