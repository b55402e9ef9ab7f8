"""What the table of rasters lists: what is typed and chosen, and what goes out to the server."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from qgis.PyQt.QtCore import QDate, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAbstractItemView, QCalendarWidget, QLineEdit, QMenu, QToolButton

from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.ui.hand import click, press, type_into
from image_server_layer.tests.ui.knowing import LANDSAT
from image_server_layer.tests.ui.picking import OpenPicker, choose_area, clauses, ids, read
from image_server_layer.tests.ui.waiting import let_pass, wait_until
from image_server_layer.ui.mosaic.raster_filters import Area, RasterFilters
from image_server_layer.ui.mosaic.where_builder import WhereBuilder


def test_days_are_asked_of_the_server_both_of_them_whole(
    open_picker: OpenPicker, image_server: ImageServerProcess
) -> None:
    picker = open_picker()
    assert picker.filters.date_box.currentData() == "AcquisitionDate"
    image_server.clear()
    type_into(picker.filters.first_edit, "2000-05-09")
    type_into(picker.filters.last_edit, "2001-11-25")
    wait_until(lambda: ids(picker) == [2, 3, 4, 6])
    assert clauses(image_server)[-1] == (
        "(AcquisitionDate >= DATE '2000-05-09') AND (AcquisitionDate < DATE '2001-11-26')"
    )
    wait_until(lambda: picker.status_label.text() == "Rasters: 4")


def test_a_year_is_enough(open_picker: OpenPicker, image_server: ImageServerProcess) -> None:
    picker = open_picker()
    image_server.clear()
    type_into(picker.filters.first_edit, "2001")
    press(Qt.Key.Key_Return)
    type_into(picker.filters.last_edit, "2001")
    press(Qt.Key.Key_Return)
    wait_until(lambda: ids(picker) == [3, 4])
    assert clauses(image_server)[-1] == (
        "(AcquisitionDate >= DATE '2001-01-01') AND (AcquisitionDate < DATE '2002-01-01')"
    )
    assert picker.isVisible()


def test_a_day_is_taken_from_the_calendar(open_picker: OpenPicker) -> None:
    picker = open_picker()
    edit = picker.filters.first_edit
    click(edit.findChild(QToolButton))
    menu = edit.findChild(QMenu)
    wait_until(menu.isVisible)
    calendar = menu.findChild(QCalendarWidget)
    calendar.setSelectedDate(QDate(2002, 10, 1))
    QTest.keyClick(calendar.findChild(QAbstractItemView), Qt.Key.Key_Return)
    assert not menu.isVisible()
    assert picker.filters.first_edit.text() == "2002-10-01"
    wait_until(lambda: ids(picker) == [8])


def test_clouds_are_bounded_above(open_picker: OpenPicker, image_server: ImageServerProcess) -> None:
    picker = open_picker()
    image_server.clear()
    type_into(picker.filters.cloud_edit, "7.75")
    press(Qt.Key.Key_Return)
    wait_until(lambda: ids(picker) == [2, 4, 5])
    assert clauses(image_server) == ["CloudCover <= 7.75"]


def test_a_clause_of_the_builder_counts_beside_the_others(
    open_picker: OpenPicker, image_server: ImageServerProcess
) -> None:
    picker = open_picker()
    type_into(picker.filters.search_edit, "recife")
    click(picker.filters.build_button)
    (builder,) = picker.findChildren(WhereBuilder)
    builder.setSql("Best > 30 OR Best IS NULL")
    builder.accept()
    assert picker.filters.where_edit.text() == "Best > 30 OR Best IS NULL"
    wait_until(lambda: ids(picker) == [8])
    assert clauses(image_server)[-1] == (
        "(UPPER(Name) LIKE '%RECIFE%' OR UPPER(Tag) LIKE '%RECIFE%' OR UPPER(GroupName) LIKE '%RECIFE%' "
        "OR UPPER(ProductName) LIKE '%RECIFE%') AND (Best > 30 OR Best IS NULL)"
    )


@pytest.mark.parametrize(
    ("line", "typed", "words"),
    [
        (lambda filters: filters.first_edit, "2001-13", "“2001-13” is no day"),
        (lambda filters: filters.last_edit, "tomorrow", "“tomorrow” is no day"),
        (lambda filters: filters.cloud_edit, "few", "“few” is no number"),
    ],
    ids=["month", "word", "clouds"],
)
def test_what_is_no_value_is_said_and_not_asked(
    open_picker: OpenPicker,
    image_server: ImageServerProcess,
    line: Callable[[RasterFilters], QLineEdit],
    typed: str,
    words: str,
) -> None:
    picker = open_picker()
    image_server.clear()
    type_into(line(picker.filters), typed)
    press(Qt.Key.Key_Return)
    assert words in picker.filters.problem.text()
    let_pass(0.6)
    assert clauses(image_server) == []
    assert ids(picker) == [1, 2, 3, 4, 5, 6, 7, 8]
    line(picker.filters).clear()
    wait_until(lambda: not picker.filters.problem.text())


def test_where_nothing_matches_it_is_said_in_place_of_the_rows(open_picker: OpenPicker) -> None:
    picker = open_picker()
    type_into(picker.filters.cloud_edit, "-1")
    wait_until(lambda: ids(picker) == [])
    wait_until(picker.note.isVisible)
    assert picker.note.label.text() == "No raster matches: loosen the filters, or look elsewhere."
    choose_area(picker, Area.HERE)
    read(picker)
    click(picker.note.button)
    wait_until(lambda: len(ids(picker)) == 8)
    assert picker.note.isHidden()
    assert (picker.filters.cloud_edit.text(), picker.filters.area) == ("", Area.ANYWHERE)


def test_a_service_without_dates_and_clouds_has_no_fields_for_them(
    open_picker: OpenPicker, image_server: ImageServerProcess
) -> None:
    fields = [
        {"name": "OBJECTID", "type": "esriFieldTypeOID", "alias": "OBJECTID"},
        {"name": "Name", "type": "esriFieldTypeString", "alias": "Name"},
    ]
    image_server.patch(LANDSAT, {"fields": fields}, ["timeInfo"])
    picker = open_picker()
    for widget in (picker.filters.date_box, picker.filters.first_edit, picker.filters.cloud_edit):
        assert not widget.isVisible()
    assert ids(picker) == [1, 2, 3, 4, 5, 6, 7, 8]


def test_a_superseded_filter_is_stopped_on_its_way(open_picker: OpenPicker, image_server: ImageServerProcess) -> None:
    picker = open_picker()
    wait_until(lambda: not picker.thumbnails.is_busy)
    image_server.clear()
    image_server.settings(latency=1.0)
    type_into(picker.filters.cloud_edit, "10")
    press(Qt.Key.Key_Return)
    wait_until(lambda: clauses(image_server))
    image_server.settings(latency=0.0)
    type_into(picker.filters.cloud_edit, "0")
    press(Qt.Key.Key_Return)
    wait_until(lambda: len(ids(picker)) == 8 and clauses(image_server)[-1] == "CloudCover <= 100")
    let_pass(1.2)
    assert clauses(image_server) == ["CloudCover <= 10", "CloudCover <= 100"]
    assert len(ids(picker)) == 7
