"""The table of rasters: pages, search, order, ticks, and footprints that go as they came."""

from __future__ import annotations

from typing import Any

import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsRectangle
from qgis.gui import QgsMapCanvas
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QCoreApplication, QEvent, QModelIndex, QPoint, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QDialogButtonBox, QPushButton

from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.ui.hand import click, click_item, press, type_into
from image_server_layer.tests.ui.picking import OpenPicker, bands, choose_area, read
from image_server_layer.tests.ui.waiting import let_pass, wait_until
from image_server_layer.ui.mosaic.raster_filters import Area
from image_server_layer.ui.mosaic.raster_picker import RasterPicker
from image_server_layer.ui.mosaic.raster_table import PAGE, RasterTableModel

_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight


def _column(picker: RasterPicker, column: int) -> list[str]:
    model = picker.table.model()
    return [model.index(row, column).data() for row in range(model.rowCount())]


def _chosen(picker: RasterPicker) -> list[int]:
    return [raster.id for raster in picker.chosen()]


def test_the_table_shows_the_catalog(open_picker: OpenPicker) -> None:
    picker = open_picker()
    assert _column(picker, 1)[:3] == ["LE07_214065_NW", "LE07; path 214: row 65", "Jaboatão dos Guararapes"]
    assert _column(picker, 2)[0] == "1999-08-11 12:41:07"
    assert picker.status_label.text() == "Rasters: 8"


def test_scrolling_reads_on_in_a_catalog_of_a_hundred_thousand(
    open_picker: OpenPicker, image_server: ImageServerProcess
) -> None:
    picker = open_picker("Test/BigCatalog")
    model = picker.table.model()
    wait_until(lambda: picker.status_label.text() == "Rasters: 200 of 100,000; scroll down for more")
    assert model.rowCount() == PAGE
    picker.table.scrollToBottom()
    wait_until(lambda: model.rowCount() == 2 * PAGE)
    assert _column(picker, 0) == [str(number) for number in range(1, 2 * PAGE + 1)]
    offsets = [request.query["resultOffset"] for request in image_server.requests() if "resultOffset" in request.query]
    # The catalog once makes sure that the server minds the offset.
    assert [offset for offset in offsets if offset != "1"] == ["0", "200"]


def test_the_server_sorts(open_picker: OpenPicker, image_server: ImageServerProcess) -> None:
    picker = open_picker()
    image_server.clear()
    picker.table.sortByColumn(3, Qt.SortOrder.DescendingOrder)
    read(picker)
    assert _column(picker, 3) == ["60", "45", "22", "12.5", "7.75", "3.25", "0", ""]
    asked = [request.query for request in image_server.requests(operation="query")]
    assert [query["orderByFields"] for query in asked if "orderByFields" in query] == ["CloudCover DESC"]


def test_what_is_typed_is_searched_at_the_server(open_picker: OpenPicker) -> None:
    picker = open_picker()
    type_into(picker.filters.search_edit, "recife")
    wait_until(lambda: _column(picker, 0) == ["7", "8"])
    picker.filters.search_edit.setText("3")
    QTest.keyClick(picker.filters.search_edit, Qt.Key.Key_Return)
    wait_until(lambda: _column(picker, 0) == ["3"])
    assert picker.isVisible()


def test_only_the_rasters_in_view_are_shown_on_request(open_picker: OpenPicker, canvas: QgsMapCanvas) -> None:
    canvas.setExtent(QgsRectangle(288800, 9120700, 288900, 9120800))
    picker = open_picker()
    choose_area(picker, Area.CANVAS)
    wait_until(lambda: _column(picker, 0) == ["1"])


def test_a_map_beyond_the_crs_of_the_service_shows_no_raster_and_says_why(
    open_picker: OpenPicker, canvas: QgsMapCanvas, image_server: ImageServerProcess
) -> None:
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    canvas.setExtent(QgsRectangle(100, 91, 101, 92))
    picker = open_picker()
    image_server.settings(latency=0.3)
    image_server.clear()
    picker.filters.search_edit.setText("recife")
    QTest.keyClick(picker.filters.search_edit, Qt.Key.Key_Return)
    # What is being read would be shown as if it lay in the view.
    choose_area(picker, Area.CANVAS)
    why = "What the map shows lies outside the service's coordinate reference system."
    picker.table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    let_pass(0.6)
    assert (picker.problem.text(), picker.status_label.text()) == (why, "Rasters: 0")
    assert picker.table.model().rowCount() == 0
    image_server.settings(latency=0.0)
    canvas.setExtent(QgsRectangle(-36, -9, -34, -7))
    wait_until(lambda: _column(picker, 0) == ["7", "8"])
    assert picker.problem.text() == ""


def test_headers_stand_above_their_columns(open_picker: OpenPicker) -> None:
    model = open_picker().table.model()
    role = Qt.ItemDataRole.TextAlignmentRole
    headers = [model.headerData(column, Qt.Orientation.Horizontal, role) for column in range(5)]
    left, right = (side | Qt.AlignmentFlag.AlignVCenter for side in (_LEFT, _RIGHT))
    # OBJECTID beside its tick, Name, AcquisitionDate; CloudCover, Best.
    assert headers == [left, left, left, right, right]
    assert [model.data(model.index(0, column), role) for column in range(5)] == headers


def test_few_rows_are_looked_at_for_the_widths_of_columns(
    open_picker: OpenPicker, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at = set()
    data = RasterTableModel.data

    def watched(model: RasterTableModel, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        looked_at.add(index.row())
        return data(model, index, role)

    monkeypatch.setattr(RasterTableModel, "data", watched)
    picker = open_picker("Test/BigCatalog")
    assert picker.table.model().rowCount() == PAGE
    assert picker.table.columnWidth(1) >= picker.fontMetrics().horizontalAdvance("tile_000001")
    assert 0 in looked_at
    assert max(looked_at) < PAGE // 2


def test_ticks_outlast_searches_and_keep_their_order(open_picker: OpenPicker) -> None:
    picker = open_picker(chosen=(5,))
    model = picker.table.model()
    picker.filters.search_edit.setText("recife")
    wait_until(lambda: _column(picker, 0) == ["7", "8"])
    assert model.setData(model.index(1, 0), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    picker.filters.search_edit.clear()
    wait_until(lambda: model.rowCount() == 8)
    model.setData(model.index(0, 0), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert _chosen(picker) == [5, 8, 1]
    assert picker.chosen_label.text() == "3 chosen, at most 20: 5, 8, 1"
    model.setData(model.index(4, 0), Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    assert _chosen(picker) == [8, 1]


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_the_keyboard_ticks_the_selected_rows(open_picker: OpenPicker, key: Qt.Key) -> None:
    picker = open_picker()
    picker.table.selectAll()
    QTest.keyClick(picker.table, key)
    assert _chosen(picker) == [1, 2, 3, 4, 5, 6, 7, 8]
    QTest.keyClick(picker.table, key)
    assert _chosen(picker) == []
    assert picker.isVisible()


def test_footprints_are_on_the_map_until_the_end(open_picker: OpenPicker, canvas: QgsMapCanvas) -> None:
    picker = open_picker()
    selected, every = bands(canvas)
    wait_until(lambda: every.size() == 8)
    assert (every.size(), selected.numberOfVertices()) == (8, 0)
    picker.table.selectRow(0)
    wait_until(selected.numberOfVertices)
    box = selected.asGeometry().boundingBox()
    assert (box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()) == pytest.approx(
        (288776.25, 9120760.75 - 200 * 28.5, 288776.25 + 160 * 28.5, 9120760.75)
    )
    picker.table.selectAll()
    wait_until(lambda: selected.size() == 8)
    click(picker.map.canvas_box, QPoint(8, picker.map.canvas_box.height() // 2))
    assert [band.numberOfVertices() for band in bands(canvas)] == [0, 0]
    click(picker.map.canvas_box, QPoint(8, picker.map.canvas_box.height() // 2))
    assert [band.size() for band in bands(canvas)] == [8, 8]
    picker.reject()
    assert bands(canvas) == []


def test_a_picker_deleted_with_its_form_takes_its_footprints_along(
    open_picker: OpenPicker, canvas: QgsMapCanvas
) -> None:
    picker = open_picker()
    picker.table.selectAll()
    sip.delete(picker)
    assert bands(canvas) == []


def test_a_refusal_shows_the_servers_words_and_can_be_retried(
    open_picker: OpenPicker, image_server: ImageServerProcess
) -> None:
    picker = open_picker()
    image_server.fault("json_error", match="query", times=2, message="The database is asleep.")
    picker.filters.search_edit.setText("recife")
    wait_until(lambda: "The database is asleep." in picker.problem.text())
    assert picker.table.model().rowCount() == 0
    picker.retry_button.click()
    wait_until(lambda: _column(picker, 0) == ["7", "8"])
    assert picker.problem.text() == ""
    assert picker.retry_button.isHidden()


def test_a_superseded_search_never_lands(open_picker: OpenPicker, image_server: ImageServerProcess) -> None:
    picker = open_picker()
    image_server.clear()
    image_server.settings(latency=1.0)
    picker.filters.search_edit.setText("recife")
    wait_until(image_server.requests)
    image_server.settings(latency=0.0)
    picker.filters.search_edit.setText("20010805")
    wait_until(lambda: _column(picker, 0) == ["5"])
    let_pass(1.2)
    assert _column(picker, 0) == ["5"]


def test_closing_while_the_server_answers_is_safe(open_picker: OpenPicker, image_server: ImageServerProcess) -> None:
    picker = open_picker()
    image_server.settings(latency=0.5)
    picker.filters.search_edit.setText("recife")
    QTest.keyClick(picker.filters.search_edit, Qt.Key.Key_Return)
    picker.close()
    QCoreApplication.sendPostedEvents(picker, QEvent.Type.DeferredDelete)
    assert sip.isdeleted(picker)
    let_pass(1.0)


def _lock(picker: RasterPicker) -> QPushButton:
    return picker.button_box.button(QDialogButtonBox.StandardButton.Ok)


def test_selected_rows_are_locked_where_nothing_is_ticked(open_picker: OpenPicker) -> None:
    picker = open_picker()
    assert not _lock(picker).isEnabled()
    click_item(picker.table, 2, 1)
    assert picker.chosen_label.text().startswith("1 chosen")
    locked: list[int] = []
    picker.accepted.connect(lambda: locked.extend(_chosen(picker)))
    click(_lock(picker))
    assert locked == [3]


def test_once_something_is_ticked_only_ticks_count(open_picker: OpenPicker) -> None:
    picker = open_picker()
    click_item(picker.table, 2, 1)
    press(Qt.Key.Key_Space)
    click_item(picker.table, 4, 1)
    assert _chosen(picker) == [3]
    click_item(picker.table, 2, 1)
    press(Qt.Key.Key_Space)
    # Selected, but the tick has just been taken away.
    assert _chosen(picker) == []
    assert not _lock(picker).isEnabled()


def test_all_locked_rasters_can_be_given_up(open_picker: OpenPicker) -> None:
    picker = open_picker(chosen=(3,))
    click_item(picker.table, 2, 1)
    press(Qt.Key.Key_Space)
    assert _chosen(picker) == []
    assert _lock(picker).isEnabled()
