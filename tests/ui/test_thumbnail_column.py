"""Thumbnails in the table of rasters: each shows its own raster, of those in sight, a few at a time."""

from __future__ import annotations

import json

import numpy as np
import pytest
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtGui import QHelpEvent
from qgis.PyQt.QtTest import QTest

from image_server_layer.plugin.backend.thumbnails import AT_A_TIME, Thumbnail
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.ui.picking import OpenPicker, ids
from image_server_layer.tests.ui.waiting import let_pass, wait_until
from image_server_layer.ui.mosaic.raster_picker import RasterPicker


def _settled(picker: RasterPicker) -> None:
    wait_until(lambda: not picker.thumbnails.is_busy)


def _locked(server: ImageServerProcess) -> list[int]:
    """Return the rasters that were drawn alone, in the order of requests."""
    rules = [json.loads(request.query["mosaicRule"]) for request in server.requests(operation="exportImage")]
    assert all(rule["mosaicMethod"] == "esriMosaicLockRaster" for rule in rules)
    return [raster_id for rule in rules for raster_id in rule["lockRasterIds"]]


def _seen(picker: RasterPicker) -> list[int]:
    return [picker.table.model().raster(row).id for row in picker.thumbnails._seen()]


def test_each_raster_in_sight_is_drawn_alone_over_its_own_place(
    open_picker: OpenPicker, image_server: ImageServerProcess
) -> None:
    picker = open_picker()
    _settled(picker)
    assert sorted(_locked(image_server)) == _seen(picker)
    (first,) = [
        request.query
        for request in image_server.requests(operation="exportImage")
        if json.loads(request.query["mosaicRule"])["lockRasterIds"] == [3]
    ]
    columns, rows = map(int, first["size"].split(","))
    xmin, ymin, xmax, ymax = map(float, first["bbox"].split(","))
    assert (xmax - xmin) / columns == pytest.approx((ymax - ymin) / rows)
    outline = picker.table.model().outline(2)
    assert ((xmin + xmax) / 2, (ymin + ymax) / 2) == pytest.approx(outline.box.center)
    assert xmin <= outline.box.xmin
    assert ymax >= outline.box.ymax
    assert first["format"] == "png32"


def test_the_picture_is_that_of_the_raster(open_picker: OpenPicker) -> None:
    picker = open_picker("Test/BigCatalog")
    _settled(picker)
    # Each raster of this mosaic has one value, and the server draws it gray.
    thumbnail = picker.thumbnails._thumbnail(3)
    assert isinstance(thumbnail, Thumbnail)
    image = picker.thumbnails._loader.image(thumbnail)
    assert image is not None
    middle = image.pixelColor(image.width() // 2, image.height() // 2)
    assert (middle.red(), middle.green(), middle.blue(), middle.alpha()) == (5, 5, 5, 255)


def test_of_a_hundred_thousand_those_in_sight_are_drawn_a_few_at_a_time(
    open_picker: OpenPicker, image_server: ImageServerProcess
) -> None:
    image_server.fault("hang", match="lockRasterIds")
    picker = open_picker("Test/BigCatalog")
    bar = picker.table.verticalScrollBar()
    # Nobody looks for so long at a place that is only passed through, on any machine.
    usual = picker.thumbnails._later.interval()
    picker.thumbnails._later.setInterval(60_000)
    for place in range(20, 140, 10):
        bar.setValue(place)
        let_pass(0.05)
    picker.thumbnails._later.setInterval(usual)
    bar.setValue(place + 1)
    image_server.release()
    _settled(picker)
    asked = set(_locked(image_server))
    assert set(_seen(picker)) <= asked
    # What was scrolled through was not asked for, but for a few at the top.
    assert len(asked) <= len(_seen(picker)) + 3 * AT_A_TIME
    assert all(picker.thumbnails.has_image(row) for row in picker.thumbnails._seen())


def test_what_is_scrolled_away_is_stopped_on_its_way(open_picker: OpenPicker, image_server: ImageServerProcess) -> None:
    picker = open_picker("Test/BigCatalog")
    _settled(picker)
    image_server.clear()
    # Longer than anybody waits here.
    image_server.fault("hang", match="lockRasterIds", times=AT_A_TIME, seconds=60.0)
    bar = picker.table.verticalScrollBar()
    bar.setValue(60)
    wait_until(lambda: len(_locked(image_server)) == AT_A_TIME)
    bar.setValue(120)
    wait_until(lambda: set(_seen(picker)) <= set(_locked(image_server)))
    _settled(picker)
    assert all(picker.thumbnails.has_image(row) for row in picker.thumbnails._seen())


def test_they_are_kept_for_the_session(open_picker: OpenPicker, image_server: ImageServerProcess) -> None:
    picker = open_picker()
    _settled(picker)
    picker.reject()
    image_server.clear()
    again = open_picker()
    _settled(again)
    assert image_server.requests(operation="exportImage") == []
    assert all(again.thumbnails.has_image(row) for row in again.thumbnails._seen())


def test_one_that_fails_says_why_and_the_others_are_drawn(
    open_picker: OpenPicker, image_server: ImageServerProcess
) -> None:
    image_server.fault("json_error", match='"lockRasterIds":[2]', code=400, message="The file is gone.")
    picker = open_picker()
    _settled(picker)
    assert "The file is gone." in picker.thumbnails.problem(1)
    assert [picker.thumbnails.has_image(row) for row in range(3)] == [True, False, True]
    cell = picker.table.visualRect(picker.table.model().index(1, picker.table.model().thumbnail_column))
    where = cell.center()
    event = QHelpEvent(QHelpEvent.Type.ToolTip, where, picker.table.viewport().mapToGlobal(where))
    option = picker.table.viewOptions() if hasattr(picker.table, "viewOptions") else None
    if option is not None:
        assert picker.thumbnails.helpEvent(event, picker.table, option, picker.table.indexAt(where))


def test_the_end_of_the_window_stops_them(open_picker: OpenPicker, image_server: ImageServerProcess) -> None:
    image_server.fault("hang", match="lockRasterIds", times=AT_A_TIME, seconds=0.5)
    picker = open_picker()
    wait_until(lambda: len(_locked(image_server)) == AT_A_TIME)
    picker.reject()
    # Long enough for those that wait to be asked for, had they not been stopped.
    let_pass(1.0)
    assert len(_locked(image_server)) == AT_A_TIME


def test_a_header_without_a_field_does_not_sort(open_picker: OpenPicker, image_server: ImageServerProcess) -> None:
    picker = open_picker()
    header = picker.table.horizontalHeader()
    column = picker.table.model().thumbnail_column
    assert header.visualIndex(column) == 1
    image_server.clear()
    place = QPoint(header.sectionViewportPosition(column) + 10, header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    let_pass(0.2)
    assert image_server.requests(operation="query") == []
    assert ids(picker) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert np.all(np.diff(ids(picker)) == 1)
