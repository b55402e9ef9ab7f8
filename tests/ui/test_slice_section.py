"""The variable and the dimensions of a layer: chosen, typed, reached step by step, or picked from a calendar."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from qgis.PyQt.QtCore import QDate, Qt
from qgis.PyQt.QtGui import QFont
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QCalendarWidget, QTableView, QVBoxLayout, QWidget

from image_server_layer.plugin.layer.connect import ConnectedService, connect
from image_server_layer.plugin.layer.edit import options_of
from image_server_layer.plugin.options.arcgis_arguments import dimensions as read_dimensions
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.service.access import Access
from image_server_layer.plugin.service.address import ServiceAddress
from image_server_layer.tests.imageserver.climate import MOMENTS, months
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.ui.forms import added, open_service
from image_server_layer.tests.ui.hand import click, replace_text
from image_server_layer.tests.ui.waiting import delete, wait_until
from image_server_layer.tests.warmth import cold_below, cold_of_the_plugin
from image_server_layer.ui.bands.bands_model import NAME
from image_server_layer.ui.bands.bands_section import BandsSection
from image_server_layer.ui.form.layer_form import LayerForm
from image_server_layer.ui.time.dates_calendar import DatesCalendar
from image_server_layer.ui.time.dimension_field import DimensionField
from image_server_layer.ui.time.slice_section import SliceSection
from image_server_layer.ui.time.time_section import TimeSection

CLIMATE, WATER = "Test/Climate", "Test/Water"


@pytest.fixture
def section() -> Iterator[SliceSection]:
    window = QWidget()
    layout, made = QVBoxLayout(window), SliceSection()
    layout.addWidget(made)
    yield made
    delete(window)


def known_variables(server: ImageServerProcess, name: str) -> ConnectedService:
    return connect(ServiceAddress(server.service(name)), Access())


def shown(section: SliceSection, known: ConnectedService, options: LayerOptions | None = None) -> None:
    section.set_from(options or LayerOptions(), known)
    section.window().resize(500, 700)
    section.window().show()
    section.activateWindow()


def choose(section: SliceSection, variable: str) -> None:
    """Take a variable from the list, as the keyboard does."""
    section.variable_box.setFocus()
    while section.variable_box.currentData() != variable:
        before = section.variable_box.currentIndex()
        QTest.keyClick(section.variable_box, Qt.Key.Key_Down)
        assert section.variable_box.currentIndex() > before


def field(section: SliceSection, name: str) -> DimensionField:
    return next(field for field in section.fields if field.name == name and field.isVisibleTo(section))


def chosen(section: SliceSection) -> LayerOptions:
    return section.apply_to(LayerOptions())


def click_day(calendar: DatesCalendar, day: QDate) -> None:
    """Click on a day of the page that is shown."""
    view = calendar.calendar.findChild(QTableView)
    model = view.model()
    cells = [(row, column) for row in range(model.rowCount()) for column in range(model.columnCount())]
    first = QDate(day.year(), day.month(), 1)
    before = False
    for row, column in cells:
        index = model.index(row, column)
        text = str(index.data())
        before = before or text == "1"
        if before and text == str(day.day()):
            assert (calendar.calendar.yearShown(), calendar.calendar.monthShown()) == (first.year(), first.month())
            click(view.viewport(), view.visualRect(index).center())
            return
    raise AssertionError(day)


def is_bold(calendar: QCalendarWidget, day: QDate) -> bool:
    return int(calendar.dateTextFormat(day).fontWeight()) >= int(QFont.Weight.Bold)


def test_variables_stand_with_units_and_descriptions(section: SliceSection, image_server: ImageServerProcess) -> None:
    shown(section, known_variables(image_server, CLIMATE))
    texts = [section.variable_box.itemText(index) for index in range(section.variable_box.count())]
    assert texts == [
        "As the service does (pr)",
        "pr (mm) – Monthly precipitation",
        "tas (°C) – Monthly mean temperature",
    ]
    assert chosen(section) == LayerOptions()
    assert section.sentence_label.text() == (
        "The layer follows QGIS' temporal controller; without it, it shows the first value."
    )


def test_each_variable_has_its_own_dimensions(section: SliceSection, image_server: ImageServerProcess) -> None:
    shown(section, known_variables(image_server, WATER))
    labels = [(made.label.text(), made.label.toolTip()) for made in section.fields if made.isVisible()]
    assert labels == [("StdTime", "<p>Time</p>"), ("StdZ (m)", "<p>Depth</p>")]
    assert section.variable_box.toolTip() == "<p>water_temp (degC) – Water &lt;temperature&gt;</p>"
    depth = field(section, "StdZ")
    assert [depth.box.itemText(index) for index in range(depth.box.count())] == ["0", "-10", "-50", "-200"]
    assert depth.box.lineEdit().placeholderText() == "First value: 0"
    replace_text(depth.box.lineEdit(), "-50")
    choose(section, "salinity")
    assert [made.label.text() for made in section.fields if made.isVisible()] == ["StdZ (m)"]
    # A value that the other variable has, too, stays.
    assert chosen(section) == LayerOptions(variable="salinity", dimensions=read_dimensions("StdZ=-50"))
    choose(section, "heat")
    heat = field(section, "StdZ")
    assert [heat.box.itemText(index) for index in range(heat.box.count())] == ["-100/0", "-500/-100"]
    assert not section.sentence_label.isVisible()


def test_steps_go_from_value_to_value(section: SliceSection, image_server: ImageServerProcess) -> None:
    shown(section, known_variables(image_server, WATER))
    depth, time = field(section, "StdZ"), field(section, "StdTime")
    assert (depth.previous_button.isEnabled(), depth.next_button.isEnabled()) == (True, False)
    click(depth.previous_button)
    click(depth.previous_button)
    assert depth.box.currentText() == "-50"
    click(depth.next_button)
    click(time.next_button)
    assert (depth.box.currentText(), time.edit.text()) == ("-10", "2020-02-01")
    assert chosen(section).dimensions == read_dimensions("StdZ=-10;StdTime=2020-02-01")
    assert section.sentence_label.text() == "The layer shows that time only."
    assert not section.nearest_box.isEnabled()
    replace_text(time.edit, "2020-03")
    assert not time.next_button.isEnabled()


def test_dates_stand_in_a_list_and_in_a_calendar(section: SliceSection, image_server: ImageServerProcess) -> None:
    shown(section, known_variables(image_server, WATER))
    time = field(section, "StdTime")
    (year,) = [time.dates.tree.topLevelItem(row) for row in range(time.dates.tree.topLevelItemCount())]
    assert (year.text(0), year.text(1)) == ("2020", "3")
    time.dates.setCurrentWidget(time.dates.calendar)
    calendar = time.dates.calendar.calendar
    assert (calendar.yearShown(), calendar.monthShown()) == (2020, 4)
    assert is_bold(calendar, QDate(2020, 4, 1))
    assert not is_bold(calendar, QDate(2020, 4, 2))
    click_day(time.dates.calendar, QDate(2020, 4, 2))
    assert chosen(section) == LayerOptions()
    click_day(time.dates.calendar, QDate(2020, 4, 1))
    assert time.edit.text() == "2020-04-01"
    (moment,) = chosen(section).dimensions
    assert moment.low == MOMENTS[2]
    calendar.showPreviousMonth()
    calendar.showPreviousMonth()
    assert is_bold(calendar, QDate(2020, 2, 1))
    assert not is_bold(calendar, QDate(2020, 2, 3))


def test_what_cannot_be_read_says_so_below_the_fields(section: SliceSection, image_server: ImageServerProcess) -> None:
    shown(section, known_variables(image_server, WATER))
    replace_text(field(section, "StdZ").box.lineEdit(), "deep")
    assert section.problem.text().startswith("The value “deep” of the dimension “StdZ” is no number")
    assert set(section.input_problems()) == {"dimensions"}
    assert section.differs()


def test_the_nearest_date_is_asked_here_where_the_time_is_a_dimension(
    section: SliceSection, image_server: ImageServerProcess
) -> None:
    known = known_variables(image_server, WATER)
    shown(section, known)
    click(section.nearest_box)
    assert chosen(section) == LayerOptions(nearest_date=True)
    other = TimeSection()
    other.set_from(LayerOptions(nearest_date=True), known)
    assert other.isHidden()
    assert other.apply_to(LayerOptions(nearest_date=True)) == LayerOptions(nearest_date=True)
    delete(other)


def test_other_services_have_no_such_part(section: SliceSection, landsat: ConnectedService) -> None:
    section.set_from(LayerOptions(), landsat)
    assert section.isHidden()
    section.set_from(LayerOptions(variable="tas"), landsat)
    assert not section.isHidden()
    assert chosen(section) == LayerOptions(variable="tas")


def test_the_form_has_the_tab_only_where_there_are_dimensions(
    form: LayerForm, image_server: ImageServerProcess
) -> None:
    titles = ["Image", "Area and cells", "Mosaic", "Advanced"]
    assert [form.tabs.tabText(index) for index in range(4)] == titles
    open_service(form, image_server, CLIMATE)
    assert [form.tabs.tabText(index) for index in range(5)] == ["Image", "Dimensions", *titles[1:]]
    open_service(form, image_server)
    assert [form.tabs.tabText(index) for index in range(4)] == titles


def test_the_form_makes_a_layer_of_a_slice_and_marks_its_tab(form: LayerForm, image_server: ImageServerProcess) -> None:
    open_service(form, image_server, CLIMATE)
    section, bands = form.findChild(SliceSection), form.findChild(BandsSection)
    assert bands.pickers.pickers[0].currentText() == "1: pr (mm)"
    form.tabs.setCurrentIndex(1)
    choose(section, "tas")
    # The band is the variable, as it is in the layer.
    assert bands.pickers.pickers[0].currentText() == "1: tas (°C)"
    assert bands._model.index(0, NAME).data() == "tas (°C)"
    time = field(section, "StdTime")
    replace_text(time.edit, "1999-07-02")
    assert form.problem().startswith("The dimension “StdTime” has no value 1999-07-02; the nearest are ")
    assert form.tabs.tabToolTip(1) == form.problem() == section.problem.text()
    replace_text(time.edit, "1999-07")
    assert form.problem() == ""
    assert " · tas (°C) · StdTime 1999-07-31 (UTC) · " in form.summary_label.text()
    assert form.name_edit.text() == "Climate – tas – 1999-07"
    assert cold_below(form) == []
    assert cold_of_the_plugin() == []
    added(form, form.state._project)
    (layer,) = form.state._project.mapLayers().values()
    assert layer.bandName(1) == "Band 1: tas (°C)"
    assert options_of(layer) == LayerOptions(variable="tas", dimensions=read_dimensions("StdTime=1999-07"))
    form.reset()
    assert chosen(section) == LayerOptions()
    wait_until(lambda: not form._adding.is_busy)


def test_the_preview_shows_the_slice(form: LayerForm, image_server: ImageServerProcess) -> None:
    form.preview.switch.setChecked(True)
    form.window().resize(1150, 700)
    open_service(form, image_server, CLIMATE)
    section = form.findChild(SliceSection)
    form.tabs.setCurrentIndex(1)
    choose(section, "tas")
    replace_text(field(section, "StdTime").edit, "1999-07")

    def last_definition() -> list[dict[str, object]]:
        rules = [request.query["mosaicRule"] for request in image_server.requests(operation="exportImage")]
        found: list[dict[str, object]] = json.loads(rules[-1])["multidimensionalDefinition"] if rules else []
        return found

    expected = {"variableName": "tas", "dimensionName": "StdTime", "values": [months()[6]], "isSlice": True}
    wait_until(lambda: last_definition() == [expected] and not form.preview.is_busy)
    assert form.preview.text() == ""


def test_a_slider_goes_through_the_values_in_their_order(
    section: SliceSection, image_server: ImageServerProcess
) -> None:
    shown(section, known_variables(image_server, WATER))
    depth, told = field(section, "StdZ"), []
    section.changed.connect(lambda: told.append(chosen(section).dimensions))
    # The first value is the highest: the slider stands where the steps are, and tells nothing by itself.
    assert depth.slider.value() == depth.slider.maximum() == 3
    assert told == []
    depth.slider.setFocus()
    QTest.keyClick(depth.slider, Qt.Key.Key_Left)
    assert (depth.box.currentText(), told) == ("-10", [read_dimensions("StdZ=-10")])
    QTest.keyClick(depth.slider, Qt.Key.Key_Home)
    lowest = depth.box.currentText()
    assert lowest == f"{min(span.low for span in depth._dimension.values):g}"
    assert not depth.previous_button.isEnabled()
    click(depth.next_button)
    assert depth.slider.value() == 1
    # A range is no place of it.
    replace_text(depth.box.lineEdit(), "-50/0")
    assert depth.slider.value() == 1
    assert chosen(section).dimensions == read_dimensions("StdZ=-50/0")


def test_a_slider_goes_through_dates(section: SliceSection, image_server: ImageServerProcess) -> None:
    shown(section, known_variables(image_server, CLIMATE))
    when = field(section, "StdTime")
    assert (when.slider.value(), when.slider.maximum()) == (0, 11)
    when.slider.setValue(6)
    assert when.edit.text() == "1999-07-31"
    replace_text(when.edit, "1999-02")
    assert when.slider.value() == 1
