"""Parameters of the functions that every service knows: fields, what they send, and how a layer fills them again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from qgis.core import QgsSettings
from qgis.PyQt.QtCore import QLocale, QPoint, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QWidget

from image_server_layer import make_image_server_layer
from image_server_layer.plugin.layer.connect import ConnectedService
from image_server_layer.plugin.options.arcgis_arguments import processing_template
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.options.processing_template import ProcessingTemplate
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.reading import qgis_pixels
from image_server_layer.tests.ui.editing import Window, options
from image_server_layer.tests.ui.forms import idle, open_service, settled
from image_server_layer.tests.ui.hand import click, press, replace_text, type_text
from image_server_layer.tests.ui.knowing import known_service
from image_server_layer.tests.ui.waiting import delete, let_pass, wait_until
from image_server_layer.tests.warmth import cold_below
from image_server_layer.ui.entry.dialog import AddLayerDialog
from image_server_layer.ui.form.layer_form import LayerForm
from image_server_layer.ui.function.classes_table import ClassesTable
from image_server_layer.ui.function.function_fields import FunctionFields
from image_server_layer.ui.function.function_section import FunctionSection
from image_server_layer.ui.function.number_box import NumberBox

ELEVATION = "Olinda/Elevation"
HILLSHADE = {
    "HillshadeType": 0,
    "Azimuth": 315,
    "Altitude": 45,
    "ZFactor": 1,
    "SlopeType": 1,
    "RemoveEdgeEffect": False,
}


@pytest.fixture
def section() -> Iterator[FunctionSection]:
    QgsSettings().setValue("image_server_layer/function_gallery", False)
    made = FunctionSection()
    made.resize(800, 900)
    made.show()
    QApplication.setActiveWindow(made)
    yield made
    QgsSettings().remove("image_server_layer/function_gallery")
    delete(made)


@pytest.fixture
def elevation(image_server: ImageServerProcess) -> ConnectedService:
    return known_service(image_server, ELEVATION)


def rows(section: FunctionSection) -> list[str]:
    model = section.view.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def pick(section: FunctionSection, label: str, *, last: bool = True) -> None:
    """Click on a row; the last of those with the same name is that of ArcGIS."""
    model = section.view.model()
    found = [row for row in range(model.rowCount()) if model.index(row, 0).data() == label]
    index = model.index(found[-1 if last else 0], 0)
    section.view.scrollTo(index)
    click(section.view.viewport(), section.view.visualRect(index).center())


def fields(section: FunctionSection) -> dict[str, QWidget]:
    """Return the fields that can be seen, by what they are called."""
    editors = [field.editor for field in section._fields._fields]
    return {editor.accessibleName(): editor for editor in editors if editor.isVisible()}


def field(section: FunctionSection, name: str) -> Any:
    return fields(section)[name]


def function(section: FunctionSection) -> dict[str, Any]:
    found = section.apply_to(LayerOptions()).processing_template.function
    assert found is not None
    return dict(found)


def arguments(section: FunctionSection) -> dict[str, Any]:
    return dict(function(section)["rasterFunctionArguments"])


def changes_of(section: FunctionSection) -> list[dict[str, Any]]:
    changes: list[dict[str, Any]] = []

    def keep() -> None:
        changes.append(dict(section.apply_to(LayerOptions()).processing_template.function or {}))

    section.changed.connect(keep)
    return changes


def choose(box: QComboBox, text: str) -> None:
    """Take an entry of a list with the keyboard."""
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Home)
    for _ in range(box.findText(text)):
        QTest.keyClick(box, Qt.Key.Key_Down)
    assert box.currentText() == text


def test_a_click_offers_a_field_for_each_parameter(section: FunctionSection, elevation: ConnectedService) -> None:
    section.set_from(LayerOptions(), elevation)
    changes = changes_of(section)
    pick(section, "Hillshade")
    assert {name: type(editor) for name, editor in fields(section).items()} == {
        "Light": QComboBox,
        "Azimuth": NumberBox,
        "Altitude": NumberBox,
        "Z factor": NumberBox,
        "Scaling": QComboBox,
        "Remove edge effects": QCheckBox,
        "Pixel type": QComboBox,
    }
    assert changes == [{"rasterFunction": "Hillshade", "rasterFunctionArguments": HILLSHADE}]
    box = field(section, "Azimuth")
    assert (box.text(), box.minimum(), box.maximum()) == ("315°", 0, 360)
    assert field(section, "Z factor").text() == "1"
    # That of the publisher has the same name, and no fields.
    pick(section, "Hillshade", last=False)
    assert fields(section) == {}
    assert section.apply_to(LayerOptions()).processing_template == ProcessingTemplate("Hillshade")


def test_the_heading_cannot_be_chosen(section: FunctionSection, elevation: ConnectedService) -> None:
    section.set_from(LayerOptions(), elevation)
    pick(section, "Functions of ArcGIS")
    assert section.apply_to(LayerOptions()) == LayerOptions()
    pick(section, "Slope", last=False)
    section.view.setFocus()
    QTest.keyClick(section.view, Qt.Key.Key_Down)
    assert function(section)["rasterFunction"] == "Hillshade"


def test_what_is_typed_goes_into_the_arguments(section: FunctionSection, elevation: ConnectedService) -> None:
    section.set_from(LayerOptions(), elevation)
    pick(section, "Hillshade")
    changes = changes_of(section)
    replace_text(field(section, "Azimuth"), "200.5")
    wait_until(lambda: changes)
    assert arguments(section) == {**HILLSHADE, "Azimuth": 200.5}
    replace_text(field(section, "Z factor"), "0.00001171")
    click(field(section, "Remove edge effects"), field(section, "Remove edge effects").rect().topLeft() + QPoint(8, 8))
    choose(field(section, "Pixel type"), "16-bit")
    assert function(section) == {
        "rasterFunction": "Hillshade",
        "rasterFunctionArguments": {
            **HILLSHADE,
            "Azimuth": 200.5,
            "ZFactor": 0.00001171,
            "RemoveEdgeEffect": True,
        },
        "outputPixelType": "U16",
    }


def test_typing_asks_once(section: FunctionSection, elevation: ConnectedService) -> None:
    section.set_from(LayerOptions(), elevation)
    pick(section, "Hillshade")
    changes = changes_of(section)
    (fields,) = section.findChildren(FunctionFields)
    # Longer than a busy machine takes from key to key.
    fields._later.setInterval(1500)
    replace_text(field(section, "Altitude"), "12")
    assert arguments(section)["Altitude"] == 12
    assert changes == []
    wait_until(lambda: changes)
    assert [change["rasterFunctionArguments"]["Altitude"] for change in changes] == [12]


def test_more_than_a_limit_cannot_be_typed(section: FunctionSection, elevation: ConnectedService) -> None:
    section.set_from(LayerOptions(), elevation)
    pick(section, "Hillshade")
    box = field(section, "Altitude")
    replace_text(box, "95")
    press(Qt.Key.Key_Tab)
    assert arguments(section)["Altitude"] == box.value() == 9


def test_parameters_come_and_go_with_a_choice(section: FunctionSection, elevation: ConnectedService) -> None:
    section.set_from(LayerOptions(), elevation)
    pick(section, "Hillshade")
    choose(field(section, "Light"), "From six directions (10.5.1 and later)")
    choose(field(section, "Scaling"), "With the pixel size")
    assert list(fields(section))[1:5] == ["Z factor", "Scaling", "Pixel size power", "Pixel size factor"]
    assert arguments(section) == {
        "HillshadeType": 1,
        "ZFactor": 1,
        "SlopeType": 3,
        "PSPower": 0.664,
        "PSZFactor": 0.024,
        "RemoveEdgeEffect": False,
    }


def test_tab_goes_through_the_fields(section: FunctionSection, elevation: ConnectedService) -> None:
    section.set_from(LayerOptions(), elevation)
    pick(section, "Hillshade")
    section._fields.json_button.setFocus()
    stops = []
    for _ in range(7):
        press(Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is not None
        stops.append(focus.accessibleName())
    assert stops == list(fields(section))


def test_defaults_come_back_with_a_click(section: FunctionSection, elevation: ConnectedService) -> None:
    section.set_from(LayerOptions(), elevation)
    pick(section, "Hillshade")
    replace_text(field(section, "Azimuth"), "10")
    click(section._fields.defaults_button)
    assert arguments(section) == HILLSHADE
    assert field(section, "Azimuth").text() == "315°"


@pytest.mark.parametrize(
    "text",
    [
        '{"rasterFunction":"Hillshade","rasterFunctionArguments":{"Azimuth":100,"Raster":"$$"},"variableName":"DEM"}',
        '{"rasterFunction":"Slope","rasterFunctionArguments":{"slopetype":2}}',
        '{"rasterFunction":"Aspect"}',
    ],
)
def test_json_that_fields_can_show_fills_them_and_stays_to_the_letter(
    section: FunctionSection, elevation: ConnectedService, text: str
) -> None:
    changes = changes_of(section)
    options = LayerOptions(processing_template=processing_template(text))
    section.set_from(options, elevation)
    assert section._fields.isVisible()
    assert section.apply_to(LayerOptions()) == options
    section.set_from(options, None)
    section.set_from(options, elevation)
    assert section.apply_to(LayerOptions()) == options
    assert changes == []


@pytest.mark.parametrize(
    "text",
    [
        '{"rasterFunction":"Hillshade","rasterFunctionArguments":{"Raster":{"rasterFunction":"Slope"}}}',
        '{"rasterFunction":"Hillshade","rasterFunctionArguments":{"Azimuth":1000}}',
        # The data have one band.
        '{"rasterFunction":"NDVI","rasterFunctionArguments":{"VisibleBandID":0,"InfraredBandID":1}}',
    ],
)
def test_json_that_fields_cannot_show_stays_text(
    section: FunctionSection, elevation: ConnectedService, text: str
) -> None:
    options = LayerOptions(processing_template=processing_template(text))
    section.set_from(options, elevation)
    assert (section._fields.isVisible(), section._editor.isVisible()) == (False, True)
    assert section.apply_to(LayerOptions()) == options


def test_fields_become_json_and_json_becomes_fields(section: FunctionSection, elevation: ConnectedService) -> None:
    section.set_from(LayerOptions(), elevation)
    pick(section, "Hillshade")
    replace_text(field(section, "Azimuth"), "77")
    click(section._fields.json_button)
    assert json.loads(section._editor.editor.toPlainText()) == {
        "rasterFunction": "Hillshade",
        "rasterFunctionArguments": {**HILLSHADE, "Azimuth": 77},
    }
    text = section._editor.editor.toPlainText().replace("45", "30")
    section._editor.editor.selectAll()
    section._editor.editor.insertPlainText(text)
    pick(section, "Hillshade")
    assert (field(section, "Azimuth").text(), field(section, "Altitude").text()) == ("77°", "30°")
    assert arguments(section) == {**HILLSHADE, "Azimuth": 77, "Altitude": 30}


def test_bands_are_picked_by_name(section: FunctionSection, landsat: ConnectedService) -> None:
    section.set_from(LayerOptions(), landsat)
    pick(section, "NDVI")
    red = field(section, "Red")
    assert (red.currentText(), field(section, "Near infrared").currentText()) == ("3: Red", "4: NearInfrared_1")
    choose(red, "2: Green")
    assert arguments(section) == {"VisibleBandID": 1, "InfraredBandID": 3, "ScientificOutput": False}
    choose(red, "4: NearInfrared_1")
    problem = "“Red” and “Near infrared” are the same band; choose another one."
    assert section.input_problems() == {"processing_template": problem}
    assert section._fields._message.text() == problem
    choose(red, "3: Red")
    assert section.input_problems() == {}
    assert not section._fields._message.isVisible()


def test_each_index_has_its_bands(section: FunctionSection, landsat: ConnectedService) -> None:
    section.set_from(LayerOptions(), landsat)
    pick(section, "Band arithmetic")
    assert list(fields(section)) == ["Index", "Near infrared", "Red", "Pixel type"]
    choose(field(section, "Index"), "EVI: dense vegetation")
    assert list(fields(section)) == ["Index", "Near infrared", "Red", "Blue", "Pixel type"]
    assert arguments(section) == {"Method": 19, "BandIndexes": "4 3 1"}
    choose(field(section, "Index"), "SAVI: vegetation on bare soil")
    assert arguments(section) == {"Method": 2, "BandIndexes": "4 3 0.5"}


def test_a_formula_is_checked_as_it_is_typed(section: FunctionSection, landsat: ConnectedService) -> None:
    section.set_from(LayerOptions(), landsat)
    pick(section, "Band arithmetic")
    choose(field(section, "Index"), "Formula")
    line = field(section, "Formula")
    assert isinstance(line, QLineEdit)
    replace_text(line, "(B7 - B1) / 2")
    problem = "The formula asks for band B7; there are the bands B1 to B6."
    assert section.input_problems() == {"processing_template": problem}
    replace_text(line, "(B5 - B1) / 2")
    assert section.input_problems() == {}
    assert arguments(section) == {"Method": 0, "BandIndexes": "(B5 - B1) / 2"}


def type_into_cell(table: ClassesTable, row: int, column: int, text: str) -> None:
    table.setCurrentCell(row, column)
    click(table.viewport(), table.visualItemRect(table.item(row, column)).center())
    # The first key opens the editor that gets the others.
    for letter in text:
        type_text(letter)
    press(Qt.Key.Key_Return)
    # The editor hands over in a turn of its own.
    let_pass(0.02)


def test_classes_are_typed_into_a_table(section: FunctionSection, elevation: ConnectedService) -> None:
    section.set_from(LayerOptions(), elevation)
    pick(section, "Remap")
    assert section.input_problems() == {
        "processing_template": "Give at least one range of values, and what it becomes."
    }
    table = field(section, "Classes")
    for column, text in enumerate(("0", "10.5", "1")):
        type_into_cell(table, 0, column, text)
    assert section.input_problems() == {}
    type_into_cell(table, 1, 0, "10.5")
    assert section.input_problems() == {"processing_template": "Row 2 is not whole: it needs a range and a new value."}
    type_into_cell(table, 1, 1, "far")
    assert section.input_problems() == {"processing_template": "“far” in row 2 is no number."}
    type_into_cell(table, 1, 1, "50")
    type_into_cell(table, 1, 2, "2")
    assert (section.input_problems(), table.rowCount()) == ({}, 3)
    expected = {"InputRanges": [0, 10.5, 10.5, 50], "OutputValues": [1, 2], "AllowUnmatched": False}
    assert arguments(section) == expected
    table.selectRow(0)
    press(Qt.Key.Key_Delete)
    assert arguments(section) == {"InputRanges": [10.5, 50], "OutputValues": [2], "AllowUnmatched": False}


def test_a_problem_of_the_server_stands_below_the_fields(section: FunctionSection, elevation: ConnectedService) -> None:
    section.set_from(LayerOptions(), elevation)
    pick(section, "Hillshade")
    section.show_problems({"processing_template": "No license."})
    assert section._fields._message.text() == "No license."
    pick(section, "None: raw pixels")
    assert not section._fields.isVisible()


def test_where_functions_are_not_allowed_none_are_offered(
    section: FunctionSection, image_server: ImageServerProcess
) -> None:
    section.set_from(LayerOptions(), known_service(image_server, "Test/NoFunctions"))
    assert "Functions of ArcGIS" not in rows(section)


def test_fields_are_warm(section: FunctionSection, elevation: ConnectedService, landsat: ConnectedService) -> None:
    section.set_from(LayerOptions(), elevation)
    pick(section, "Remap")
    section.set_from(LayerOptions(), landsat)
    pick(section, "Band arithmetic")
    assert cold_below(section._fields) == []


# In the whole form


def slope(z_factor: float) -> dict[str, Any]:
    """Return a rule for the percent rise."""
    arguments = {"SlopeType": 2, "ZFactor": z_factor, "RemoveEdgeEffect": False}
    return {"rasterFunction": "Slope", "rasterFunctionArguments": arguments}


def rules(server: ImageServerProcess) -> list[dict[str, Any]]:
    asked = server.requests(operation="exportImage")
    return [json.loads(request.query["renderingRule"]) for request in asked if "renderingRule" in request.query]


def test_the_preview_shows_what_the_fields_say(dialog: AddLayerDialog, image_server: ImageServerProcess) -> None:
    form: LayerForm = dialog.form
    form.preview.switch.setChecked(True)
    dialog.resize(1300, 800)
    open_service(form, image_server, ELEVATION)
    form.state.show(LayerOptions(processing_template=ProcessingTemplate(function=slope(2))))
    wait_until(lambda: settled(form) and not form.preview.is_busy)
    image_server.clear()
    replace_text(field(form._function, "Z factor"), "3")
    wait_until(lambda: slope(3) in rules(image_server) and not form.preview.is_busy)
    assert form.options() == LayerOptions(processing_template=ProcessingTemplate(function=slope(3)))
    assert form.preview.text() == ""
    # Neither what was half typed nor what was there before.
    assert slope(2) not in rules(image_server)


def test_a_layer_fills_the_fields_and_follows_them(window: Window, image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service(ELEVATION), processing_template=json.dumps(slope(2)))
    before = qgis_pixels(layer)
    form = window.edit(layer).form
    section = form._function
    assert (field(section, "Measured in").currentText(), field(section, "Z factor").text()) == ("Percent rise", "2")
    replace_text(field(section, "Z factor"), "3")
    wait_until(lambda: not form.problem())
    form._add_button.click()
    wait_until(lambda: options(layer).processing_template.function == slope(3))
    assert options(layer) == LayerOptions(processing_template=ProcessingTemplate(function=slope(3)))
    wait_until(idle)
    steeper = qgis_pixels(layer)
    known = before != before[0, 0, -1]
    assert known.mean() > 0.9
    assert np.ptp(before[known]) > 10
    assert steeper[known] == pytest.approx(before[known] * 1.5, rel=1e-4)


@pytest.mark.parametrize(("country", "shown"), [("en_US", "1.5"), ("de_DE", "1,5")], ids=["point", "comma"])
@pytest.mark.parametrize("typed", ["1.5", "1,5"], ids=["typed point", "typed comma"])
def test_either_decimal_mark_is_typed_in_any_country(country: str, shown: str, typed: str) -> None:
    usual = QLocale()
    QLocale.setDefault(QLocale(country))
    try:
        box = NumberBox(0, None)
        box.selectAll()
        QTest.keyClicks(box, typed)
        assert (box.text(), box.value()) == (shown, 1.5)
        delete(box)
    finally:
        QLocale.setDefault(usual)
