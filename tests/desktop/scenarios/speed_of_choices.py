"""The form in use, measured: servers, functions, tabs, bands and dates, of each as many as there may be."""

from __future__ import annotations

import json
from functools import partial

from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QCalendarWidget,
    QComboBox,
    QDialog,
    QLineEdit,
    QListView,
    QPushButton,
    QToolButton,
    QTreeView,
    QTreeWidget,
    QTreeWidgetItem,
)

from ..hand import click, click_row, find, press, row_of, says, show, type_into
from ..player import Steps
from ..stage import Stage
from ..watch import Watch, after
from .dialog import address_of

_LEFT = Qt.MouseButton.LeftButton
_CONTROL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
# Seconds in which a slow server has answered all that is asked one after the other.
ANSWERED = 4.5
_SERVICES, _BANDS, _DATES = 2000, 1000, 10_000
# The dates begin with the year 2010, and there is one every seven hours.
_FIRST, _EVERY = 1_262_304_000_000, 7 * 3600_000


def connecting(stage: Stage, watch: Watch, dialog: QDialog, service: str, name: str) -> Steps:
    """Connect to a service, and wait until all is known of it."""
    add = find(dialog, QAbstractButton, "Add")
    address = address_of(dialog)
    type_into(address.lineEdit(), stage.server.service(service))
    yield from watch.step(name, lambda: press(address, Qt.Key.Key_Return), add.isEnabled)
    yield from watch.step(f"{name}: what comes later", lambda: None, after(ANSWERED))


def servers(stage: Stage, watch: Watch, dialog: QDialog) -> Steps:
    """Unfold a server and a folder of many services, narrow them down, and look at one."""
    names = [{"name": f"Olinda/Scene{number:04}", "type": "ImageServer"} for number in range(_SERVICES)]
    names.append({"name": "Olinda/Landsat", "type": "ImageServer"})
    body = json.dumps({"services": names})
    stage.server.fault(
        "status", match="rest/services/Olinda?f=json", status=200, body=body, content_type="application/json"
    )
    address = address_of(dialog)
    type_into(address.lineEdit(), stage.server.url)
    trees = dialog.findChildren(QTreeWidget)
    (tree,) = (tree for tree in trees if tree.accessibleName() == "Image services of the server")
    yield from watch.step(
        "list the folders of a server",
        lambda: press(address, Qt.Key.Key_Return),
        lambda: tree.topLevelItem(0) is not None and tree.topLevelItem(0).childCount() > 1,
    )
    folder = tree.itemFromIndex(row_of(tree, "Olinda"))
    yield from watch.step(
        f"list a folder of {_SERVICES} services",
        lambda: folder.setExpanded(True),
        lambda: folder.childCount() == _SERVICES + 1,
    )
    bar = tree.verticalScrollBar()
    yield from watch.step("scroll to the end of the services", lambda: bar.setValue(bar.maximum()), after(0.3))
    words = find(dialog, QLineEdit, "Filter of image services, or words to search a portal for")
    type_into(words, "scene19")
    yield from watch.step("filter the services", lambda: QTest.keyClicks(words, "9"), after(0.3))
    yield from watch.step("show all services again", words.clear, after(0.3))
    yield from watch.step("move down with the keyboard", lambda: press(tree, Qt.Key.Key_PageDown), after(0.3))
    yield from watch.step("look at one of them", lambda: click_row(tree, "Olinda"), after(0.3))
    landsat = folder.child(0)
    tree.scrollToItem(landsat)
    place = tree.visualItemRect(landsat).center()
    yield from watch.step(
        "look at a service", lambda: QTest.mouseClick(tree.viewport(), _LEFT, pos=place), after(ANSWERED)
    )


def functions(stage: Stage, watch: Watch, dialog: QDialog) -> Steps:
    """Connect to a service with many functions, scroll and filter them, and choose."""
    yield from connecting(stage, watch, dialog, "Test/ManyFunctions", "read a service with 500 functions")
    (gallery,) = (view for view in dialog.findChildren(QListView) if view.accessibleName() == "Processing template")
    show(gallery)
    bar = gallery.verticalScrollBar()
    yield from watch.step("scroll their thumbnails to the end", lambda: bar.setValue(bar.maximum()), after(0.3))
    yield from watch.step("draw those in sight", lambda: None, after(2 * ANSWERED))
    for number in range(1, 9):
        scroll = partial(bar.setValue, bar.maximum() * number // 9)
        yield from watch.step(f"scroll on ({number})", scroll, after(0.2))
    yield from watch.step(
        "choose a thumbnail",
        lambda: click_row(gallery, gallery.indexAt(gallery.rect().center()).data()),
        after(ANSWERED),
    )
    yield from watch.step("go on with the arrow key", lambda: press(gallery, Qt.Key.Key_Down), after(ANSWERED))
    filter_edit = find(dialog, QLineEdit, "Filter the processing templates")
    type_into(filter_edit, "remap_4")
    yield from watch.step("filter 500 functions", lambda: QTest.keyClicks(filter_edit, "2"), after(1.0))
    yield from watch.step("choose what is left", lambda: click_row(gallery, "Remap_427"), after(ANSWERED))
    yield from watch.step("show all functions again", filter_edit.clear, after(1.0))
    switch = find(dialog, QToolButton, "Show the processing templates as thumbnails")
    yield from watch.step("turn to the list", lambda: click(switch), after(0.5))
    listed = find(dialog, QAbstractItemView, "Processing template")
    yield from watch.step("choose in the list", lambda: click_row(listed, "Remap_300"), after(ANSWERED))
    yield from watch.step("turn to the thumbnails", lambda: click(switch), after(1.0))
    stop = find(dialog, QToolButton, "Stop drawing the preview")
    click_row(gallery, "Remap_299")
    yield stop.isEnabled
    yield from watch.step("stop the preview", lambda: click(stop), lambda: says(dialog, "The preview was stopped."))
    again = find(dialog, QAbstractButton, "Try Again")
    yield from watch.step("try it again", lambda: click(again), lambda: not stop.isEnabled())


def tabs(watch: Watch, dialog: QDialog) -> Steps:
    """Turn to each tab, and back to the first."""
    bar = dialog.form.tabs.tabBar()
    for index in (*range(1, bar.count()), 0):
        turn = partial(QTest.mouseClick, bar, _LEFT, pos=bar.tabRect(index).center())
        yield from watch.step(f"turn to the tab “{bar.tabText(index)}”", turn, after(0.3))


def bands(stage: Stage, watch: Watch, dialog: QDialog) -> Steps:
    """Connect to a service with many bands, choose one as red, and move, tick and untick half of them."""
    stage.server.patch(
        "Test/NoFunctions",
        {"bandCount": _BANDS, "bandNames": [f"Band {number}" for number in range(1, _BANDS + 1)]},
    )
    yield from connecting(stage, watch, dialog, "Test/NoFunctions", f"read a service with {_BANDS} bands")
    red = next(box for box in dialog.findChildren(QComboBox) if box.accessibleName() == "Red" and box.isVisible())
    yield from watch.step(f"open the list of {_BANDS} bands", red.showPopup, after(0.5))
    yield from watch.step("close that list", red.hidePopup, after(0.3))
    yield from watch.step("choose a band as red", lambda: press(red, Qt.Key.Key_End), after(1.0))
    more = find(dialog, QPushButton, "More bands…")
    yield from watch.step(f"open the table of {_BANDS} bands", lambda: click(more), after(0.5))
    table = find(dialog, QTreeView, "Bands")
    yield from watch.step("select all bands", lambda: QTest.keyClick(table, Qt.Key.Key_A, _CONTROL), after(0.3))
    yield from watch.step("untick all bands", lambda: press(table, Qt.Key.Key_Space), after(1.0))
    yield from watch.step("take all bands", lambda: click(find(dialog, QPushButton, "All")), after(1.0))
    model = table.model()
    table.clearSelection()
    table.setCurrentIndex(model.index(_BANDS // 2, 0))
    yield from watch.step(
        "select half of the bands with Shift", lambda: QTest.keyClick(table, Qt.Key.Key_End, _SHIFT), after(0.3)
    )
    up = find(dialog, QToolButton, "Move Up")
    yield from watch.step(f"move {_BANDS // 2} bands", lambda: click(up), after(1.0))
    table.scrollToTop()
    place = table.visualRect(model.index(0, 0)).topLeft() + QPoint(10, 8)
    yield from watch.step("untick a band", lambda: QTest.mouseClick(table.viewport(), _LEFT, pos=place), after(1.0))


def dates(stage: Stage, watch: Watch, dialog: QDialog) -> Steps:
    """Connect to a service with many dates, look through them, and choose some."""
    records = [{"attributes": {"StartDate": _FIRST + number * _EVERY, "RasterCount": 1}} for number in range(_DATES)]
    stage.server.fault(
        "status",
        match="groupByFieldsForStatistics",
        status=200,
        body=json.dumps({"features": records}),
        content_type="application/json",
    )
    dialog.form.tabs.setCurrentIndex(0)
    yield from connecting(stage, watch, dialog, "Test/Monthly", "read a service with dates")
    bar = dialog.form.tabs.tabBar()
    place = next(bar.tabRect(index).center() for index in range(bar.count()) if bar.tabText(index) == "Mosaic")
    # To look for a sentence among hundreds of widgets takes as long as what is measured.
    state = dialog.form._time.state_label
    yield from watch.step(
        f"read {_DATES} dates",
        lambda: QTest.mouseClick(bar, _LEFT, pos=place),
        lambda: state.text() in ("10,000 dates", "10000 dates"),
    )
    tree = find(dialog, QTreeWidget, "Dates of the service")
    show(tree)
    year = tree.topLevelItem(3)
    yield from watch.step("unfold a year", lambda: year.setExpanded(True), after(0.3))
    yield from watch.step("unfold a month", lambda: year.child(4).setExpanded(True), after(0.3))
    day = year.child(4)
    tree.scrollToItem(day)
    yield from watch.step(
        "choose a month", lambda: QTest.mouseClick(tree.viewport(), _LEFT, pos=_place_of(day)), after(1.0)
    )
    last = tree.topLevelItem(tree.topLevelItemCount() - 1)
    tree.scrollToItem(last)
    yield from watch.step(
        "choose all until the last year with Shift",
        lambda: QTest.mouseClick(tree.viewport(), _LEFT, _SHIFT, _place_of(last)),
        after(1.0),
    )
    line = find(dialog, QLineEdit, "Time")
    type_into(line, "2016-07-0")
    yield from watch.step("type a day", lambda: QTest.keyClicks(line, "5"), after(1.0))
    field = tree.parentWidget().parentWidget()
    yield from watch.step("turn to the calendar", lambda: field.setCurrentIndex(1), after(0.5))
    calendar = find(dialog, QCalendarWidget, "Calendar of the service's dates")
    yield from watch.step("turn a page of it", calendar.showNextMonth, after(0.3))
    yield from watch.step("clear the time", line.clear, after(1.0))


def _place_of(item: QTreeWidgetItem) -> QPoint:
    """Return where an item is in the viewport of its tree."""
    return QPoint(item.treeWidget().visualItemRect(item).center())
