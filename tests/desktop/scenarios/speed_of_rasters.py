"""The window of rasters in use, measured, with a catalog of 100 000."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from qgis.gui import QgsQueryBuilder
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QComboBox, QDialog, QLineEdit, QPushButton, QTableView, QWidget

from ..hand import choose, click, find, says, type_into
from ..player import Steps
from ..stage import Stage
from ..watch import Watch, after
from .speed_of_choices import ANSWERED, connecting

if TYPE_CHECKING:
    from ....ui.mosaic.raster_picker import RasterPicker

_LEFT = Qt.MouseButton.LeftButton
_CONTROL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
MOST_FOOTPRINTS = 1200
_LATENCY, _QUICK = 2.0, 0.1


def rasters(stage: Stage, watch: Watch, dialog: QDialog) -> Steps:
    """Work with a catalog of 100 000 rasters."""
    yield from connecting(stage, watch, dialog, "Test/BigCatalog", "read a service with 100 000 rasters")
    clause = find(dialog, QLineEdit, "Where clause")
    type_into(clause, "CloudCover < 1")
    yield from watch.step(
        "count what a clause picks", lambda: QTest.keyClicks(clause, "0"), lambda: says(dialog, "rasters match")
    )
    type_into(clause, "")
    yield from builder(watch, dialog)
    method = find(dialog, QComboBox, "Mosaic method")
    # Key by key, as a user does.
    method.setCurrentIndex(0)
    while "Lock raster" not in method.currentText():
        yield from watch.step("choose a mosaic method", lambda: QTest.keyClick(method, Qt.Key.Key_Down), after(0.5))
    button = find(dialog, QPushButton, "Choose…")
    yield from watch.step("open the window of rasters", lambda: click(button), after(0.3))
    picker = cast("RasterPicker", next(window for window in dialog.findChildren(QDialog) if window.isVisible()))
    yield from pages(watch, picker)
    yield from footprints(stage, watch, picker)
    lock = find(picker, QPushButton, "Lock")
    yield from watch.step("lock 1000 rasters", lambda: click(lock), after(2 * ANSWERED))
    yield from watch.step("choose another method", lambda: choose(method, "None"), after(1.0))


def builder(watch: Watch, dialog: QDialog) -> Steps:
    """Open QGIS' builder of clauses, and have values of a field."""
    build = find(dialog, QPushButton, "Build…")
    yield from watch.step("open the builder of clauses", lambda: click(build), lambda: True)
    window = next(window for window in dialog.findChildren(QgsQueryBuilder) if window.isVisible())
    values = find(window, QPushButton, "Sample")
    yield from watch.step("read values for it", lambda: None, after(2.5))
    yield from watch.step("show a sample of them", lambda: click(values), lambda: True)
    window.reject()


def pages(watch: Watch, picker: RasterPicker) -> Steps:
    """Read pages, sort, and filter."""
    table = find(picker, QTableView, "Rasters")
    model = table.model()
    yield from watch.step("read the first of its pages", lambda: None, lambda: model.rowCount() > 100)
    yield from watch.step("scroll to the next page", table.scrollToBottom, lambda: model.rowCount() > 300)
    header = table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(1) + 20, header.height() // 2)
    yield from watch.step("sort by a column", lambda: QTest.mouseClick(header.viewport(), _LEFT, pos=place), after(2.5))
    yield from watch.step(
        "sort the other way", lambda: QTest.mouseClick(header.viewport(), _LEFT, pos=place), after(2.5)
    )
    picker.table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    yield lambda: not model.is_loading()
    search = find(picker, QLineEdit, "Name, another text, or id")
    type_into(search, "tile_0004")
    yield from watch.step("search in it", lambda: QTest.keyClicks(search, "2"), lambda: 0 < model.rowCount() < 200)
    days = picker.filters.first_edit
    yield from watch.step("filter them by days", lambda: days.setText("2001"), model.is_loading)
    yield from watch.step("read what is left", lambda: None, lambda: not model.is_loading())
    yield from watch.step("clear the filters", picker.filters.clear, lambda: model.rowCount() == 200)


def footprints(stage: Stage, watch: Watch, picker: RasterPicker) -> Steps:
    """Go on to more footprints than are drawn, and select, move and tick them."""
    model, view, table = picker.table.model(), picker.map.view, picker.table
    # There are six pages to read, which takes as long as it takes.
    stage.server.settings(latency=_QUICK)
    while model.rowCount() < MOST_FOOTPRINTS:
        more = partial(lambda count: model.rowCount() > count, model.rowCount())
        yield from watch.step("scroll to the sixth page", table.scrollToBottom, more)
    stage.server.settings(latency=_LATENCY)
    yield from watch.step("draw the thumbnails in sight", lambda: None, after(2.5))
    corner = view.rect().bottomRight() - QPoint(1, 1)
    for name, act in (
        ("click on a footprint", lambda: _click_on(picker, 700)),
        ("add another with Shift", lambda: _click_on(picker, 702, _SHIFT)),
        ("take it out with Ctrl", lambda: _click_on(picker, 702, _CONTROL)),
        ("drag over 1000 footprints", lambda: _drag(view, QPoint(1, 1), corner)),
        ("tick 1000 rasters", lambda: QTest.keyClick(table, Qt.Key.Key_Space)),
        ("select one in the table", lambda: table.selectRow(1000)),
        ("select 1000 in the table with Shift", lambda: _shift_to(table, 0)),
        ("select all in the table", lambda: QTest.keyClick(table, Qt.Key.Key_A, _CONTROL)),
        ("zoom the map of footprints", lambda: QTest.keyClick(view, Qt.Key.Key_Plus)),
        ("move the map of footprints", lambda: QTest.keyClick(view, Qt.Key.Key_Left)),
    ):
        yield from watch.step(name, act, after(0.5))


def _click_on(picker: RasterPicker, row: int, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Click into the middle of the footprint of a row."""
    view, outline = picker.map.view, picker.table.model().outline(row)
    assert view.view is not None
    assert outline is not None
    QTest.mouseClick(view, _LEFT, keys, QPoint(*map(round, view.view.to_pixel(*outline.box.center))))


def _shift_to(table: QTableView, row: int) -> None:
    """Select all rows from the current one to another as a click with Shift does."""
    index = table.model().index(row, 1)
    table.scrollTo(index)
    QTest.mouseClick(table.viewport(), _LEFT, _SHIFT, table.visualRect(index).center())


def _drag(widget: QWidget, start: QPoint, end: QPoint) -> None:
    QTest.mousePress(widget, _LEFT, pos=start)
    QTest.mouseMove(widget, (start + end) / 2)
    QTest.mouseMove(widget, end)
    QTest.mouseRelease(widget, _LEFT, pos=end)
