"""Choose extent and cell size, and see the pixels that come of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsProject, QgsRasterLayer, QgsRectangle
from qgis.gui import QgsMapCanvas
from qgis.PyQt import sip
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QDialog, QLineEdit, QToolButton, QVBoxLayout

from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.service.extent import Extent
from image_server_layer.tests.imageserver.data import DATA
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.ui.knowing import known_service
from image_server_layer.ui.grid_section import GridSection
from image_server_layer.ui.section import KnownService

LANDSAT = "Olinda/Landsat"
UTM, GEOGRAPHIC = QgsCoordinateReferenceSystem("EPSG:31985"), QgsCoordinateReferenceSystem("EPSG:4326")
FULL = Extent(288776.25, 9110728.75, 298722.75, 9120760.75)
# Columns 10 to 19 and rows 2 to 5 of the service.
PART = Extent(288776.25 + 285, 9120760.75 - 171, 288776.25 + 570, 9120760.75 - 57)
WHOLE_RESULT = "349 × 352 cells of 28.5 m\nx 288776.25 to 298722.75, y 9110728.75 to 9120760.75 (EPSG:31985)"
Size = tuple[float, float]


@pytest.fixture
def canvas(qgis_canvas: QgsMapCanvas) -> QgsMapCanvas:
    qgis_canvas.setDestinationCrs(UTM)
    qgis_canvas.setExtent(QgsRectangle(*PART))
    return qgis_canvas


@pytest.fixture
def section(project: QgsProject, canvas: QgsMapCanvas) -> Iterator[GridSection]:
    del project
    made = GridSection(canvas)
    made.show()
    yield made
    if not sip.isdeleted(made):
        sip.delete(made)


@pytest.fixture
def landsat(image_server: ImageServerProcess) -> KnownService:
    return known_service(image_server, LANDSAT)


def given(section: GridSection) -> tuple[Extent | None, Size | None]:
    options = section.apply_to(LayerOptions())
    return options.extent, options.cell_size


def changes_of(section: GridSection) -> list[tuple[Extent | None, Size | None]]:
    changes: list[tuple[Extent | None, Size | None]] = []
    section.changed.connect(lambda: changes.append(given(section)))
    return changes


def type_extent(section: GridSection, text: str) -> None:
    field = section.extent_widget.findChild(QLineEdit, "mCondensedLineEdit")
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def extent_text(section: GridSection) -> str:
    return str(section.extent_widget.findChild(QLineEdit, "mCondensedLineEdit").text())


def type_cell_size(section: GridSection, text: str) -> None:
    section.typed_edit.selectAll()
    QTest.keyClicks(section.typed_edit, text)


def test_the_whole_service_with_its_own_cells_is_what_there_is_at_first(
    section: GridSection, landsat: KnownService
) -> None:
    section.set_from(LayerOptions(), landsat)
    assert section.whole_button.isChecked()
    assert section.own_button.isChecked()
    assert section.own_button.text() == "As in the service: 28.5 m"
    assert given(section) == (None, None)
    assert section.result.text() == WHOLE_RESULT


@pytest.mark.parametrize(
    ("extent", "size"),
    [
        (None, None),
        (PART, None),
        (None, (30.0, 30.0)),
        (Extent(289000.123456789, 9111000.987654321, 290000.1, 9112000.2), (10.123456789012345, 1e-7)),
    ],
)
def test_options_come_back_to_the_last_digit(
    section: GridSection, landsat: KnownService, extent: Extent | None, size: Size | None
) -> None:
    changes = changes_of(section)
    options = LayerOptions(extent=extent, cell_size=size, where="Best > 3")
    section.set_from(options, landsat)
    assert section.apply_to(LayerOptions(where="Best > 3")) == options
    section.set_from(LayerOptions(), landsat)
    assert given(section) == (None, None)
    assert changes == []


def test_a_part_begins_with_what_the_map_shows(
    section: GridSection, landsat: KnownService, canvas: QgsMapCanvas
) -> None:
    section.set_from(LayerOptions(), landsat)
    changes = changes_of(section)
    section.part_button.click()
    shown = canvas.extent()
    expected = Extent(shown.xMinimum(), shown.yMinimum(), shown.xMaximum(), shown.yMaximum())
    assert changes == [(expected, None)]
    section.whole_button.click()
    section.part_button.click()
    assert changes[1:] == [(None, None), (expected, None)]


def test_a_map_in_another_crs_gives_the_box_around_what_it_shows(
    section: GridSection, landsat: KnownService, canvas: QgsMapCanvas
) -> None:
    canvas.setDestinationCrs(GEOGRAPHIC)
    canvas.setExtent(QgsRectangle(-34.9, -8.03, -34.88, -8.01))
    section.set_from(LayerOptions(), landsat)
    section.part_button.click()
    transform = QgsCoordinateTransform(GEOGRAPHIC, UTM, QgsProject.instance())
    box = transform.transformBoundingBox(canvas.extent())
    extent, _ = given(section)
    assert extent == pytest.approx((box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()), abs=1e-3)


def test_where_the_map_shows_another_place_a_part_begins_with_all(
    section: GridSection, landsat: KnownService, canvas: QgsMapCanvas
) -> None:
    canvas.setExtent(QgsRectangle(0, 0, 1000, 1000))
    section.set_from(LayerOptions(), landsat)
    section.part_button.click()
    assert given(section) == (FULL, None)


def test_an_extent_in_another_crs_is_typed(section: GridSection, landsat: KnownService) -> None:
    section.set_from(LayerOptions(), landsat)
    changes = changes_of(section)
    type_extent(section, "-34.9,-34.88,-8.03,-8.01 [EPSG:4326]")
    transform = QgsCoordinateTransform(GEOGRAPHIC, UTM, QgsProject.instance())
    box = transform.transformBoundingBox(QgsRectangle(-34.9, -8.03, -34.88, -8.01))
    expected = Extent(box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum())
    assert given(section) == (expected, None)
    assert changes[-1] == (expected, None)
    assert section.extent_widget.outputCrs() == UTM
    assert extent_text(section).endswith("[EPSG:31985]")


def test_what_is_no_extent_is_said_at_once(section: GridSection, landsat: KnownService) -> None:
    section.set_from(LayerOptions(extent=PART), landsat)
    type_extent(section, "289061.25,289346.25")
    expected = (
        "The template extent “289061.25,289346.25” is unusable; give xmin ymin xmax ymax, or with commas "
        "xmin,xmax,ymin,ymax, each minimum below its maximum."
    )
    assert section.input_problems() == {"extent": expected}
    assert section._extent_problem.text() == expected
    # Beyond the pole.
    type_extent(section, "-35,-34,91,92 [EPSG:4326]")
    (problem,) = section.input_problems().values()
    assert problem.startswith("The template extent -35")
    assert "cannot be transformed" in problem


def test_an_extent_is_typed(section: GridSection, landsat: KnownService) -> None:
    section.set_from(LayerOptions(), landsat)
    type_extent(section, "289061.25,289346.25,9120589.75,9120703.75 [EPSG:31985]")
    assert section.part_button.isChecked()
    assert given(section) == (PART, None)
    assert section.result.text() == (
        "10 × 4 cells of 28.5 m\nx 289061.25 to 289346.25, y 9120589.75 to 9120703.75 (EPSG:31985)"
    )


def test_the_result_grows_to_whole_cells_within_the_service(section: GridSection, landsat: KnownService) -> None:
    outside = Extent(PART.xmin + 1, PART.ymin + 1, PART.xmax - 1, FULL.ymax + 1000)
    section.set_from(LayerOptions(extent=outside), landsat)
    assert section.result.text() == (
        "10 × 6 cells of 28.5 m\nx 289061.25 to 289346.25, y 9120589.75 to 9120760.75 (EPSG:31985)"
    )
    assert given(section) == (outside, None)


def test_an_extent_that_is_cleared_is_missing(section: GridSection, landsat: KnownService) -> None:
    section.set_from(LayerOptions(extent=PART), landsat)
    changes = changes_of(section)
    field = section.extent_widget.findChild(QLineEdit, "mCondensedLineEdit")
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    expected = {"extent": "Draw or type an extent, or take that of the map or a layer."}
    assert section.input_problems() == expected
    assert section._extent_problem.text() == expected["extent"]
    assert section.result.text() == ""
    assert changes
    section.whole_button.click()
    assert section.input_problems() == {}
    assert not section._extent_problem.isVisible()


def test_the_extent_of_the_service_is_among_those_to_take(section: GridSection, landsat: KnownService) -> None:
    section.set_from(LayerOptions(), landsat)
    actions = [
        action
        for button in section.extent_widget.findChildren(QToolButton)
        if button.menu()
        for action in button.menu().actions()
    ]
    (own,) = [action for action in actions if action.text() == "Use Service's Extent"]
    own.trigger()
    assert given(section) == (FULL, None)


@pytest.mark.parametrize(("text", "size"), [("30", (30, 30)), ("30 20.5", (30, 20.5)), ("1e-3", (0.001, 0.001))])
def test_a_cell_size_is_typed(section: GridSection, landsat: KnownService, text: str, size: Size) -> None:
    section.set_from(LayerOptions(), landsat)
    type_cell_size(section, text)
    assert section.typed_button.isChecked()
    assert given(section) == (None, size)
    section.own_button.click()
    assert given(section) == (None, None)


def test_other_cells_change_the_result(section: GridSection, landsat: KnownService) -> None:
    section.set_from(LayerOptions(extent=PART), landsat)
    type_cell_size(section, "100 50")
    assert section.result.text() == (
        "3 × 3 cells of 100 × 50 m\nx 289061.25 to 289361.25, y 9120553.75 to 9120703.75 (EPSG:31985)"
    )


def test_what_is_no_cell_size_is_said_at_once(section: GridSection, landsat: KnownService) -> None:
    section.set_from(LayerOptions(), landsat)
    type_cell_size(section, "30,5")
    expected = "“30,5” is no cell size; give one or two positive numbers with a decimal point, as 30 or 30 20.5."
    assert section.input_problems() == {"cell_size": expected}
    assert section._cell_size_problem.isVisible()
    assert section._cell_size_problem.text() == expected
    assert section.result.text() == ""
    section.typed_edit.selectAll()
    QTest.keyClick(section.typed_edit, Qt.Key.Key_Delete)
    assert section.input_problems() == {"cell_size": "Type a cell size."}
    type_cell_size(section, "30.5")
    assert section.input_problems() == {}
    assert not section._cell_size_problem.isVisible()


def raster(path: Path, project: QgsProject) -> QgsRasterLayer:
    layer = QgsRasterLayer(str(path), path.stem)
    assert layer.isValid()
    project.addMapLayer(layer)
    return layer


def test_the_cell_size_of_a_layer_is_taken(section: GridSection, landsat: KnownService, project: QgsProject) -> None:
    section.set_from(LayerOptions(), landsat)
    section.layer_button.click()
    assert section.input_problems() == {"cell_size": "The project has no raster layer to take it from."}
    layer = raster(DATA / "dem_olinda.tif", project)
    section.layer_box.setLayer(layer)
    section.layer_button.click()
    assert section.input_problems() == {}
    extent, size = given(section)
    assert extent is None
    assert size is not None
    assert size == pytest.approx((layer.rasterUnitsPerPixelX(), layer.rasterUnitsPerPixelY()), rel=1e-6)


def test_a_layer_s_cell_size_is_measured_where_the_layer_is(
    section: GridSection, landsat: KnownService, project: QgsProject, tmp_path: Path
) -> None:
    from osgeo import gdal

    # A thousandth of a degree at 60° north, half as wide as high.
    path = tmp_path / "north.tif"
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), 10, 10)
    dataset.SetGeoTransform((-33.0, 0.001, 0, 60.0, 0, -0.001))
    dataset.SetProjection(GEOGRAPHIC.toWkt())
    dataset = None
    raster(path, project)
    section.set_from(LayerOptions(), landsat)
    section.layer_button.click()
    _, size = given(section)
    assert size is not None
    assert size[0] / size[1] == pytest.approx(0.5, abs=0.01)
    assert size[1] == pytest.approx(111.4, abs=1)


def test_a_size_stays_as_a_number_when_its_layer_goes(
    section: GridSection, landsat: KnownService, project: QgsProject
) -> None:
    layer = raster(DATA / "dem_olinda.tif", project)
    section.set_from(LayerOptions(), landsat)
    section.layer_button.click()
    before = given(section)
    project.removeMapLayer(layer)
    assert section.typed_button.isChecked()
    assert given(section) == before


def test_problems_stand_beside_their_fields(section: GridSection, landsat: KnownService) -> None:
    section.set_from(LayerOptions(extent=Extent(0, 0, 1, 1)), landsat)
    section.show_problems({"extent": "It lies elsewhere.", "cell_size": "Too small.", "where": "Not here."})
    assert section._extent_problem.text() == "It lies elsewhere."
    assert section._cell_size_problem.text() == "Too small."
    assert section.result.text() == ""
    section.show_problems({})
    assert not section._extent_problem.isVisible()
    assert not section._cell_size_problem.isVisible()


def footprints(canvas: QgsMapCanvas) -> list[QgsRectangle]:
    """Return the boxes of what lies over the map in the colour of selected things."""
    items = [item for item in canvas.scene().items() if hasattr(item, "asGeometry") and item.isVisible()]
    return [item.asGeometry().boundingBox() for item in items if item.asGeometry().area() > 0]


def test_the_resulting_rectangle_is_shown_on_the_map_as_long_as_the_section_is(
    section: GridSection, landsat: KnownService, canvas: QgsMapCanvas
) -> None:
    section.set_from(LayerOptions(extent=PART), landsat)
    assert footprints(canvas) == [QgsRectangle(*PART)]
    section.whole_button.click()
    assert footprints(canvas) == []
    section.part_button.click()
    section.hide()
    assert footprints(canvas) == []
    section.show()
    assert footprints(canvas) == [QgsRectangle(*PART)]
    sip.delete(section)
    assert footprints(canvas) == []


def test_the_dialog_steps_aside_while_an_extent_is_drawn(landsat: KnownService, canvas: QgsMapCanvas) -> None:
    dialog = QDialog()
    section = GridSection(canvas, dialog)
    QVBoxLayout(dialog).addWidget(section)
    dialog.show()
    section.set_from(LayerOptions(), landsat)
    section.extent_widget.setOutputExtentFromDrawOnCanvas()
    assert not dialog.isVisible()
    tool = canvas.mapTool()
    assert tool is not None
    canvas.unsetMapTool(tool)
    assert dialog.isVisible()
    sip.delete(dialog)


def test_another_service_brings_its_own_crs_and_cells(
    section: GridSection, landsat: KnownService, image_server: ImageServerProcess
) -> None:
    section.set_from(LayerOptions(extent=PART, cell_size=(30, 30)), landsat)
    other = known_service(image_server, "Test/WebMercator")
    section.set_from(LayerOptions(), other)
    assert given(section) == (None, None)
    assert section.result.text().startswith("601 × 401 cells of 1 m\n")
    assert section.result.text().endswith("(EPSG:3857)")


def test_cells_that_are_no_squares_have_two_sizes(section: GridSection, image_server: ImageServerProcess) -> None:
    other = known_service(image_server, "Test/SyntheticNonSquare")
    width, height = other.service.pixel_size
    section.set_from(LayerOptions(), other)
    assert f" cells of {width} × {height} " in section.result.text()
    section.typed_button.click()
    assert given(section) == (None, (width, height))


def test_without_a_service_the_choice_is_kept_but_nothing_can_be_chosen(
    section: GridSection, landsat: KnownService
) -> None:
    section.set_from(LayerOptions(), landsat)
    section.set_from(LayerOptions(extent=PART, cell_size=(30, 30)), None)
    assert not section.isEnabled()
    assert section.result.text() == ""
    assert section.input_problems() == {}
    assert given(section) == (PART, (30, 30))
