"""The map beside the table of rasters: what is drawn, clicked and dragged, and what the table makes of it."""

from __future__ import annotations

import json
from functools import partial

import numpy as np
import pytest
from qgis.core import QgsSettings
from qgis.PyQt.QtCore import QEvent, QPoint, Qt
from qgis.PyQt.QtGui import QColor, QHelpEvent, QPalette
from qgis.PyQt.QtWidgets import QApplication, QToolTip

from image_server_layer.plugin.service.extent import Extent
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.ui.hand import click, click_item, double_click, press, turn_wheel
from image_server_layer.tests.ui.knowing import FULL
from image_server_layer.tests.ui.picking import (
    OpenPicker,
    choose_area,
    chosen,
    click_map,
    drag_map,
    ids,
    pixel,
    read,
    selected,
)
from image_server_layer.tests.ui.waiting import let_pass, wait_until
from image_server_layer.ui.mosaic.footprint_view import MOST_DRAWN
from image_server_layer.ui.mosaic.raster_filters import Area
from image_server_layer.ui.mosaic.raster_picker import RasterPicker

_SHIFT, _CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
# Beside the name that the fixtures of Landsat are counted by: columns and rows of the scene.
_ONLY_1, _1_AND_2, _ONLY_3 = (20, 20), (135, 20), (320, 20)


def _at(column: int, row: int) -> tuple[float, float]:
    return FULL.xmin + column * 28.5, FULL.ymax - row * 28.5


def _color(picker: RasterPicker, x: float, y: float) -> QColor:
    return QColor(picker.map.view.grab().toImage().pixel(pixel(picker, x, y)))


def _is_highlighted(picker: RasterPicker, x: float, y: float) -> bool:
    """Whether a place of the map has the tint of what is selected."""
    palette = picker.map.view.palette()
    tint, base = (palette.color(role) for role in (QPalette.ColorRole.Highlight, QPalette.ColorRole.Base))
    color = _color(picker, x, y)
    return color != base and abs(color.hue() - tint.hue()) < 15


def test_a_click_on_the_map_selects_the_topmost_and_again_the_one_below(open_picker: OpenPicker) -> None:
    picker = open_picker()
    click_map(picker, *_at(*_1_AND_2))
    assert selected(picker) == [1]
    assert _is_highlighted(picker, *_at(*_ONLY_1))
    assert not _is_highlighted(picker, *_at(*_ONLY_3))
    # Not as fast as a double click.
    let_pass(0.5)
    click_map(picker, *_at(*_1_AND_2))
    assert selected(picker) == [2]
    let_pass(0.5)
    click_map(picker, *_at(*_1_AND_2))
    assert selected(picker) == [1]
    assert picker.table.currentIndex().row() == 0
    click_map(picker, FULL.xmin - 200, FULL.ymax + 100)
    assert selected(picker) == []


def test_control_and_shift_extend_what_is_selected_in_the_order_of_clicks(open_picker: OpenPicker) -> None:
    picker = open_picker()
    click_map(picker, *_at(*_ONLY_3))
    click_map(picker, *_at(*_ONLY_1), _CONTROL)
    click_map(picker, *_at(20, 330), _SHIFT)
    assert selected(picker) == [3, 1, 4]
    click_map(picker, *_at(*_ONLY_1), _CONTROL)
    assert selected(picker) == [3, 4]
    assert chosen(picker) == [3, 4]


def test_a_drag_selects_what_it_touches(open_picker: OpenPicker) -> None:
    picker = open_picker()
    (left, top), (right, bottom) = _at(5, 5), _at(30, 40)
    drag_map(picker, Extent(left, bottom, right, top))
    assert selected(picker) == [1]
    (left, top), (right, bottom) = _at(300, 5), _at(340, 340)
    drag_map(picker, Extent(left, bottom, right, top), _SHIFT)
    assert selected(picker) == [1, 3, 6, 8]
    # The corner of the box around the tilted raster is not the raster.
    (left, top), (right, bottom) = _at(70, 90), _at(80, 95)
    drag_map(picker, Extent(left, bottom, right, top))
    assert selected(picker) == [1]


def test_the_table_selects_on_the_map(open_picker: OpenPicker) -> None:
    picker = open_picker()
    click_item(picker.table, 2, 1)
    assert _is_highlighted(picker, *_at(*_ONLY_3))
    press(Qt.Key.Key_Up, _SHIFT)
    assert selected(picker) == [3, 2]
    assert _is_highlighted(picker, *_at(*_1_AND_2))
    assert not _is_highlighted(picker, *_at(*_ONLY_1))


def test_what_is_added_to_the_lock_list_keeps_the_order_of_picking(open_picker: OpenPicker) -> None:
    picker = open_picker(chosen=(8,))
    click_map(picker, *_at(*_ONLY_3))
    click_map(picker, *_at(*_ONLY_1), _CONTROL)
    click(picker.add_button)
    assert chosen(picker) == [8, 3, 1]
    assert picker.chosen_label.text() == "3 chosen, at most 20: 8, 3, 1"
    # Once more, nothing comes twice.
    click(picker.add_button)
    assert chosen(picker) == [8, 3, 1]


def test_the_map_numbers_what_is_chosen(open_picker: OpenPicker) -> None:
    picker = open_picker()
    center = picker.table.model().outline(2).box.center
    before = _color(picker, center[0] - 3 * 28.5, center[1])
    click_map(picker, *_at(*_ONLY_3))
    press(Qt.Key.Key_Space)
    click_map(picker, FULL.xmin - 200, FULL.ymax + 100)
    assert (selected(picker), chosen(picker)) == ([], [3])
    assert picker.map.view._numbers == {3: 1}
    assert before != _color(picker, center[0] - 3 * 28.5, center[1])
    assert _color(picker, center[0] - 3 * 28.5, center[1]) == picker.map.view.palette().color(
        QPalette.ColorRole.Highlight
    )


def test_the_mouse_says_which_rasters_lie_below_it(open_picker: OpenPicker) -> None:
    picker = open_picker()
    place = pixel(picker, *_at(*_1_AND_2))
    view = picker.map.view
    QApplication.sendEvent(view, QHelpEvent(QEvent.Type.ToolTip, place, view.mapToGlobal(place)))
    assert QToolTip.text() == "LE07_214065_NW (1999-08-11 12:41:07)<br>LE07; path 214: row 65 (2000-05-09 12:39:55)"
    QToolTip.hideText()


def test_a_double_click_adds_on_the_map_and_in_the_table(open_picker: OpenPicker) -> None:
    picker = open_picker(chosen=(8,))
    click_map(picker, *_at(*_ONLY_3))
    double_click(picker.map.view, pixel(picker, *_at(*_ONLY_3)))
    assert chosen(picker) == [8, 3]
    picker.table.scrollTo(picker.table.model().index(4, 1))
    cell = picker.table.visualRect(picker.table.model().index(4, 1))
    double_click(picker.table.viewport(), cell.center())
    assert chosen(picker) == [8, 3, 5]
    assert picker.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_the_keyboard_adds_on_the_map_and_moves_it(open_picker: OpenPicker, key: Qt.Key) -> None:
    picker = open_picker()
    click_map(picker, *_at(*_ONLY_3))
    press(key)
    assert chosen(picker) == [3]
    press(key)
    assert chosen(picker) == []
    assert picker.isVisible()
    before = picker.map.view.view
    press(Qt.Key.Key_Left)
    press(Qt.Key.Key_Plus)
    assert picker.map.view.view != before
    press(Qt.Key.Key_Home)
    assert picker.map.view.view == before


def test_the_map_is_moved_with_the_middle_button_or_the_hand(open_picker: OpenPicker) -> None:
    picker = open_picker()
    before = picker.map.view.view
    assert before is not None
    box = Extent(*_at(100, 200), *_at(200, 100))
    by = pixel(picker, box.xmax, box.ymin) - pixel(picker, box.xmin, box.ymax)
    drag_map(picker, box, button=Qt.MouseButton.MiddleButton)
    assert picker.map.view.view == before.moved(by.x(), by.y())
    click(picker.map.pan_button)
    drag_map(picker, Extent(*_at(100, 200), *_at(200, 100)))
    assert picker.map.view.view.center == pytest.approx(before.moved(2 * by.x(), 2 * by.y()).center)
    assert selected(picker) == []
    click(picker.map.all_button)
    assert picker.map.view.view == before
    turn_wheel(picker.map.view, 1)
    assert picker.map.view.view.scale == pytest.approx(before.scale / 2)


def test_the_footprints_selected_or_listed_are_looked_at(open_picker: OpenPicker) -> None:
    picker = open_picker("Test/BigCatalog")
    click(picker.map.listed_button)
    view = picker.map.view.view
    assert view is not None
    # The first 200 are in one row.
    assert view.center == pytest.approx((300000 + (200 * 16 + 2) * 5, 9100000 - 90))
    picker.table.selectRow(100)
    click(picker.map.listed_button)
    view = picker.map.view.view
    assert view is not None
    assert view.center == pytest.approx(picker.table.model().outline(100).box.center)


def test_what_qgis_map_shows_is_looked_at(open_picker: OpenPicker) -> None:
    picker = open_picker()
    click(picker.map.here_button)
    view = picker.map.view.view
    assert view is not None
    # The part of the fixture, whatever the shape of the canvas is.
    assert view.extent.width < FULL.width
    assert view.extent.intersection(Extent(289061.25, 9120589.75, 289346.25, 9120703.75)) is not None


def test_only_the_rasters_in_view_of_the_map_are_listed(
    open_picker: OpenPicker, image_server: ImageServerProcess
) -> None:
    picker = open_picker()
    picker.map.view.look_at(Extent(*_at(300, 30), *_at(340, 5)))
    image_server.clear()
    choose_area(picker, Area.HERE)
    wait_until(lambda: ids(picker) == [3])
    (query,) = [
        request.query for request in image_server.requests(operation="query") if "resultRecordCount" in request.query
    ]
    view = picker.map.view.view
    assert view is not None
    box = json.loads(query["geometry"])
    assert [box[key] for key in ("xmin", "ymin", "xmax", "ymax")] == pytest.approx(tuple(view.extent))
    assert (query["geometryType"], query["spatialRel"]) == ("esriGeometryEnvelope", "esriSpatialRelIntersects")
    assert picker.status_label.text() == "Rasters: 1"
    # The list follows the view.
    picker.map.view.show_all()
    wait_until(lambda: ids(picker) == [1, 2, 3, 4, 5, 6, 7, 8])


@pytest.mark.parametrize("name", ["Olinda/Landsat", "Test/LandsatDefault"])
def test_the_picture_of_the_service_lies_behind(
    open_picker: OpenPicker, image_server: ImageServerProcess, name: str
) -> None:
    """Also where the service applies a raster function to what it draws."""
    picker = open_picker(name)
    assert not image_server.requests(operation="exportImage") or not picker.map.picture_box.isChecked()
    click(picker.map.picture_box, QPoint(8, picker.map.picture_box.height() // 2))
    wait_until(lambda: not picker.map.view._image.isNull())
    drawn = picker.map.view._image
    assert len(np.unique([drawn.pixel(column, 100) for column in range(100, 200)])) > 20
    assert picker.map.problem.text() == ""
    click(picker.map.picture_box, QPoint(8, picker.map.picture_box.height() // 2))
    assert picker.map.view._image.isNull()


def test_without_a_picture_the_footprints_stay_and_it_is_said_why(
    open_picker: OpenPicker, image_server: ImageServerProcess
) -> None:
    image_server.fault("json_error", match="exportImage", message="No pixels today.")
    picker = open_picker()
    click(picker.map.picture_box, QPoint(8, picker.map.picture_box.height() // 2))
    wait_until(lambda: "No pixels today." in picker.map.problem.text())
    assert picker.map.problem.text().startswith("There is no picture behind the footprints: ")
    click_map(picker, *_at(*_ONLY_3))
    assert _is_highlighted(picker, *_at(*_ONLY_3))


def test_the_picture_follows_what_the_user_prefers_of_previews(open_picker: OpenPicker) -> None:
    assert not open_picker().map.picture_box.isChecked()
    QgsSettings().setValue("image_server_layer/preview", True)


def test_rasters_without_a_footprint_are_said(open_picker: OpenPicker, image_server: ImageServerProcess) -> None:
    image_server.fault("placeless", match="returnGeometry", count=2)
    picker = open_picker()
    assert picker.map.note_label.text() == "Rasters listed without a footprint: 2"
    picker.table.selectAll()
    assert len(selected(picker)) == 8
    wait_until(lambda: not picker.thumbnails.is_busy)
    assert picker.thumbnails.problem(0) == "The raster has no footprint, so nothing is drawn."
    assert picker.thumbnails.has_image(2)


def test_a_service_without_footprints_says_so(open_picker: OpenPicker, image_server: ImageServerProcess) -> None:
    image_server.fault("placeless", match="returnGeometry")
    picker = open_picker()
    assert picker.map.note_label.text() == "The rasters listed have no footprints."
    assert picker.map.note_label.isVisible()


def test_of_many_footprints_the_first_are_drawn_and_it_is_said(open_picker: OpenPicker) -> None:
    picker = open_picker("Test/BigCatalog")
    model = picker.table.model()
    assert picker.map.note_label.isHidden()
    while model.rowCount() <= MOST_DRAWN:
        more = partial(lambda count: model.rowCount() > count, model.rowCount())
        picker.table.scrollToBottom()
        wait_until(more)
    assert picker.map.view.drawn == MOST_DRAWN
    text = "The map shows the first 1,000 of 1,200 footprints listed, and those selected."
    assert picker.map.note_label.text() == text
    # One that is not drawn by itself is when it is selected.
    let_pass(0.1)
    click_item(picker.table, 1100, 1)
    box = model.outline(1100).box
    picker.map.view.look_at(box)
    assert _is_highlighted(picker, *box.center)


def test_footprints_go_with_what_is_listed(open_picker: OpenPicker) -> None:
    picker = open_picker()
    picker.filters.search_edit.setText("recife")
    wait_until(lambda: ids(picker) == [7, 8])
    click_map(picker, *_at(*_ONLY_1))
    assert selected(picker) == []
    click_map(picker, *_at(150, 150))
    assert selected(picker) == [7]
    read(picker)
