"""The order base value: typed, pasted, or taken from a calendar."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace

import pytest
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QDialog, QTableView, QVBoxLayout, QWidget

from image_server_layer.plugin.layer.connect import ConnectedService
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.service.vocabulary import MosaicMethod
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.ui.hand import click, paste_into, replace_text, type_into
from image_server_layer.tests.ui.knowing import LANDSAT, connected_service, known_service
from image_server_layer.tests.ui.waiting import as_soon_as, delete, wait_until
from image_server_layer.ui.mosaic.mosaic_section import MosaicSection

BY_DATE = LayerOptions(mosaic_method=MosaicMethod.ATTRIBUTE, order_field="AcquisitionDate")


@pytest.fixture
def section() -> Iterator[MosaicSection]:
    dialog = QDialog()
    section = MosaicSection(None, dialog)
    QVBoxLayout(dialog).addWidget(section)
    dialog.show()
    yield section
    delete(dialog)


def test_base_values_are_typed_the_same_in_every_country(section: MosaicSection, landsat: ConnectedService) -> None:
    options = LayerOptions(mosaic_method=MosaicMethod.ATTRIBUTE, order_field="CloudCover")
    section.set_from(options, landsat)
    type_into(section.base_value_edit, "12.5")
    assert section.apply_to(LayerOptions()).order_base_value == 12.5
    assert not section.base_value_edit.calendar_button.isVisible()


@pytest.mark.parametrize("enter", [replace_text, paste_into])
@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("2001-01-05", "2001/01/05"),
        ("2001/1/5", "2001/01/05"),
        (" 2001-01-05T14:30Z ", "2001/01/05 14:30:00"),
        ("2001-01-05 02:30:00", "2001/01/05 02:30:00"),
    ],
)
def test_a_date_is_typed_or_pasted_as_base_value(
    section: MosaicSection, landsat: ConnectedService, enter: Callable[[QWidget, str], None], typed: str, value: str
) -> None:
    section.set_from(BY_DATE, landsat)
    enter(section.base_value_edit, typed)
    assert section.apply_to(LayerOptions()) == replace(BY_DATE, order_base_value=value)
    section.base_value_edit.line.clear()
    assert section.apply_to(LayerOptions()).order_base_value is None


def test_a_date_is_taken_from_the_calendar_without_a_time_of_day(
    section: MosaicSection, landsat: ConnectedService
) -> None:
    section.set_from(replace(BY_DATE, order_base_value="2001/03/25 02:30:00"), landsat)
    edit, seen = section.base_value_edit, []
    assert edit.line.text() == "2001-03-25 02:30:00"

    def click_a_week_later() -> None:
        seen.append(edit.calendar.selectedDate().toString(Qt.DateFormat.ISODate))
        view = edit.calendar.findChild(QTableView)
        with closing(edit.calendar_button.menu()):
            click(view.viewport(), view.visualRect(view.currentIndex().siblingAtRow(5)).center())
            assert not edit.calendar.isVisible()

    as_soon_as(edit.calendar.isVisible, click_a_week_later)
    click(edit.calendar_button)
    wait_until(lambda: seen)
    assert seen == ["2001-03-25"]
    assert edit.line.text() == "2001-04-01"
    assert section.apply_to(LayerOptions()).order_base_value == "2001/04/01"


def test_the_calendar_opens_where_the_service_orders_by_itself(
    section: MosaicSection, image_server: ImageServerProcess
) -> None:
    known = known_service(image_server, LANDSAT)
    assert known.service.mosaic is not None
    mosaic = replace(known.service.mosaic, sort_field="AcquisitionDate", sort_value="1999/12/31")
    service = replace(known.service, mosaic=mosaic)
    section.set_from(LayerOptions(mosaic_method=MosaicMethod.ATTRIBUTE), connected_service(service))
    edit = section.base_value_edit
    assert edit.line.placeholderText() == "Service default (1999-12-31)"
    edit._show_day()
    assert edit.calendar.selectedDate().toString(Qt.DateFormat.ISODate) == "1999-12-31"
