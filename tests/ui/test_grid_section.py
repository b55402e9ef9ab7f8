"""Choose extent and cell size, and see the pixels that come of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from qgis.core import QgsCoordinateTransform, QgsProject, QgsRasterLayer, QgsRectangle
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QLineEdit

from image_server_layer.plugin.layer.connect import ConnectedService
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.service.extent import Extent
from image_server_layer.plugin.service.image_service import SpatialReference
from image_server_layer.tests.imageserver.data import DATA
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.ui.hand import replace_text, type_into
from image_server_layer.tests.ui.knowing import FULL, GEOGRAPHIC, LANDSAT, PART, UTM, connected_service, known_service
from image_server_layer.tests.ui.waiting import delete
from image_server_layer.ui.area.grid_section import GridSection

WHOLE_RESULT = "349 × 352 cells of 28.5 m\nx 288776.25 to 298722.75, y 9110728.75 to 9120760.75 (EPSG:31985)"
Size = tuple[float, float]


@pytest.fixture
def section(project: QgsProject, canvas: QgsMapCanvas) -> Iterator[GridSection]:
    del project
    made = GridSection(canvas)
    made.show()
    yield made
    delete(made)


def in_crs(known: ConnectedService, wkid: int) -> ConnectedService:
    service = replace(known.service, spatial_reference=SpatialReference(wkid))
    return connected_service(service, service)


def given(section: GridSection) -> tuple[Extent | None, Size | None]:
    options = section.apply_to(LayerOptions())
    return options.extent, options.cell_size


def changes_of(section: GridSection) -> list[tuple[Extent | None, Size | None]]:
    changes: list[tuple[Extent | None, Size | None]] = []
    section.changed.connect(lambda: changes.append(given(section)))
    return changes


def extent_edit(section: GridSection) -> QLineEdit:
    return section.extent_field.extent_widget.findChild(QLineEdit, "mCondensedLineEdit")


def type_extent(section: GridSection, text: str) -> None:
    replace_text(extent_edit(section), text)
    QTest.keyClick(extent_edit(section), Qt.Key.Key_Return)


def extent_text(section: GridSection) -> str:
    return str(extent_edit(section).text())


def type_cell_size(section: GridSection, text: str) -> None:
    edit = section.cell_size_field.typed_edit
    replace_text(edit, text)


def test_the_whole_service_with_its_own_cells_is_what_there_is_at_first(
    section: GridSection, landsat: ConnectedService
) -> None:
    section.set_from(LayerOptions(), landsat)
    assert section.extent_field.whole_button.isChecked()
    assert section.cell_size_field.own_button.isChecked()
    assert section.cell_size_field.own_button.text() == "As in the service: 28.5 m"
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
    section: GridSection, landsat: ConnectedService, extent: Extent | None, size: Size | None
) -> None:
    changes = changes_of(section)
    options = LayerOptions(extent=extent, cell_size=size, where="Best > 3")
    section.set_from(options, landsat)
    assert section.apply_to(LayerOptions(where="Best > 3")) == options
    section.set_from(LayerOptions(), landsat)
    assert given(section) == (None, None)
    assert changes == []


def test_an_extent_in_another_crs_is_typed(section: GridSection, landsat: ConnectedService) -> None:
    section.set_from(LayerOptions(), landsat)
    changes = changes_of(section)
    type_extent(section, "-34.9,-34.88,-8.03,-8.01 [EPSG:4326]")
    transform = QgsCoordinateTransform(GEOGRAPHIC, UTM, QgsProject.instance())
    box = transform.transformBoundingBox(QgsRectangle(-34.9, -8.03, -34.88, -8.01))
    expected = Extent(box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum())
    assert given(section) == (expected, None)
    assert changes[-1] == (expected, None)
    assert section.extent_field.extent_widget.outputCrs() == UTM
    assert extent_text(section).endswith("[EPSG:31985]")


def test_what_is_no_extent_is_said_at_once(section: GridSection, landsat: ConnectedService) -> None:
    section.set_from(LayerOptions(extent=PART), landsat)
    type_extent(section, "289061.25,289346.25")
    expected = (
        "The template extent “289061.25,289346.25” is unusable; give xmin ymin xmax ymax, or with commas "
        "xmin,xmax,ymin,ymax, each minimum below its maximum."
    )
    assert section.input_problems() == {"extent": expected}
    assert section.extent_field.problem.text() == expected
    # Beyond the pole.
    type_extent(section, "-35,-34,91,92 [EPSG:4326]")
    (problem,) = section.input_problems().values()
    assert problem.startswith("The template extent -35")
    assert "cannot be transformed" in problem


@pytest.mark.parametrize(
    "text",
    [
        "289061.25,289346.25,9120589.75,9120703.75 [EPSG:31985]",
        "289061.25, 289346.25, 9120589.75, 9120703.75",
        "289061.25 9120589.75 289346.25 9120703.75",
        "28906125e-2 9120589.75 289346.25 9120703.75 NaN NaN NaN NaN",
    ],
)
@pytest.mark.parametrize("is_pasted", [False, True])
def test_an_extent_is_typed_or_pasted(
    section: GridSection, landsat: ConnectedService, text: str, *, is_pasted: bool
) -> None:
    section.set_from(LayerOptions(), landsat)
    if is_pasted:
        QApplication.clipboard().setText(text)
        extent_edit(section).paste()
        assert extent_text(section) == text
    else:
        type_extent(section, text)
        assert extent_text(section).endswith("[EPSG:31985]")
    assert section.extent_field.part_button.isChecked()
    assert given(section) == (PART, None)
    assert section.result.text() == (
        "10 × 4 cells of 28.5 m\nx 289061.25 to 289346.25, y 9120589.75 to 9120703.75 (EPSG:31985)"
    )


def test_the_result_grows_to_whole_cells_within_the_service(section: GridSection, landsat: ConnectedService) -> None:
    outside = Extent(PART.xmin + 1, PART.ymin + 1, PART.xmax - 1, FULL.ymax + 1000)
    section.set_from(LayerOptions(extent=outside), landsat)
    assert section.result.text() == (
        "10 × 6 cells of 28.5 m\nx 289061.25 to 289346.25, y 9120589.75 to 9120760.75 (EPSG:31985)"
    )
    assert given(section) == (outside, None)


def test_an_extent_that_is_cleared_is_missing(section: GridSection, landsat: ConnectedService) -> None:
    section.set_from(LayerOptions(extent=PART), landsat)
    changes = changes_of(section)
    extent_edit(section).selectAll()
    QTest.keyClick(extent_edit(section), Qt.Key.Key_Delete)
    expected = {"extent": "Draw or type an extent, or take that of the map, a layer or a bookmark."}
    assert section.input_problems() == expected
    assert section.extent_field.problem.text() == expected["extent"]
    assert section.result.text() == ""
    assert changes
    section.extent_field.whole_button.click()
    assert section.input_problems() == {}
    assert not section.extent_field.problem.isVisible()


@pytest.mark.parametrize(("text", "size"), [("30", (30, 30)), ("30,5 20.5", (30.5, 20.5)), ("1e-3", (0.001, 0.001))])
def test_a_cell_size_is_typed(section: GridSection, landsat: ConnectedService, text: str, size: Size) -> None:
    section.set_from(LayerOptions(), landsat)
    type_cell_size(section, text)
    assert section.cell_size_field.typed_button.isChecked()
    assert given(section) == (None, size)
    section.cell_size_field.own_button.click()
    assert given(section) == (None, None)


def test_other_cells_change_the_result(section: GridSection, landsat: ConnectedService) -> None:
    section.set_from(LayerOptions(extent=PART), landsat)
    type_cell_size(section, "100 50")
    assert section.result.text() == (
        "3 × 3 cells of 100 × 50 m\nx 289061.25 to 289361.25, y 9120553.75 to 9120703.75 (EPSG:31985)"
    )


def test_what_is_no_cell_size_is_said_at_once(section: GridSection, landsat: ConnectedService) -> None:
    section.set_from(LayerOptions(), landsat)
    type_cell_size(section, "1,500")
    expected = "“1,500” is no cell size; give one or two positive numbers with a decimal point, as 30 or 30 20.5."
    assert section.input_problems() == {"cell_size": expected}
    assert section.cell_size_field.problem.isVisible()
    assert section.cell_size_field.problem.text() == expected
    assert section.result.text() == ""
    section.cell_size_field.typed_edit.selectAll()
    QTest.keyClick(section.cell_size_field.typed_edit, Qt.Key.Key_Delete)
    assert section.input_problems() == {"cell_size": "Type a cell size."}
    type_cell_size(section, "30.5")
    assert section.input_problems() == {}
    assert not section.cell_size_field.problem.isVisible()


@pytest.mark.parametrize(
    ("option", "edit", "text"), [("cell_size", "typed_edit", "28,,5"), ("extent", "mCondensedLineEdit", "290000 91")]
)
def test_what_is_half_typed_outlasts_news_of_the_service_and_no_other_options(
    section: GridSection, landsat: ConnectedService, image_server: ImageServerProcess, option: str, edit: str, text: str
) -> None:
    section.set_from(LayerOptions(), landsat)
    field = section.findChild(QLineEdit, edit)
    replace_text(field, text)
    refreshed = known_service(image_server, LANDSAT)
    for news in (connected_service(landsat.service, refreshed.service), refreshed):
        section.set_from(section.apply_to(LayerOptions()), news)
        assert field.text() == text
        assert set(section.input_problems()) == {option}
    section.set_from(LayerOptions(), refreshed)
    assert section.input_problems() == {}
    assert given(section) == (None, None)
    section.cell_size_field.typed_button.click()
    assert given(section) == (None, (28.5, 28.5))


def test_an_extent_is_no_longer_what_was_typed_when_the_service_gets_another_crs(
    section: GridSection, landsat: ConnectedService
) -> None:
    section.set_from(LayerOptions(), landsat)
    type_extent(section, "289061.25 9120589.75 289346.25 9120703.75")
    section.set_from(section.apply_to(LayerOptions()), in_crs(landsat, 32725))
    assert extent_text(section).endswith("[EPSG:32725]")
    assert given(section) == (PART, None)
    type_into(extent_edit(section), "x")
    section.set_from(section.apply_to(LayerOptions()), landsat)
    assert extent_text(section) == ""


def raster(path: Path, project: QgsProject) -> QgsRasterLayer:
    layer = QgsRasterLayer(str(path), path.stem)
    assert layer.isValid()
    project.addMapLayer(layer)
    return layer


def test_the_cell_size_of_a_layer_is_taken(
    section: GridSection, landsat: ConnectedService, project: QgsProject
) -> None:
    layer = raster(DATA / "dem_olinda.tif", project)
    section.set_from(LayerOptions(), landsat)
    section.cell_size_field.layer_button.click()
    assert section.input_problems() == {}
    extent, size = given(section)
    assert extent is None
    assert size is not None
    assert size == pytest.approx((layer.rasterUnitsPerPixelX(), layer.rasterUnitsPerPixelY()), rel=1e-6)


def test_a_layer_s_cell_size_is_measured_where_the_layer_is(
    section: GridSection, landsat: ConnectedService, project: QgsProject, tmp_path: Path
) -> None:
    # A thousandth of a degree at 60° north, half as wide as high.
    raster_at(tmp_path / "north.tif", 60, project)
    section.set_from(LayerOptions(), landsat)
    section.cell_size_field.layer_button.click()
    _, size = given(section)
    assert size is not None
    assert size[0] / size[1] == pytest.approx(0.5, abs=0.01)
    assert size[1] == pytest.approx(111.4, abs=1)


def test_the_cell_size_of_a_layer_is_taken_only_where_there_is_one(
    section: GridSection, landsat: ConnectedService, project: QgsProject
) -> None:
    nothing = "The project has no raster layer to take it from."
    button, box = section.cell_size_field.layer_button, section.cell_size_field.layer_box
    section.set_from(LayerOptions(), landsat)
    seen = []
    for _ in range(2):
        seen.append((button.isEnabled(), box.isEnabled(), button.toolTip()))
        layer = raster(DATA / "dem_olinda.tif", project)
        seen.append((button.isEnabled(), box.isEnabled(), button.toolTip()))
        project.removeMapLayer(layer)
    assert seen == [(False, False, nothing), (True, True, "")] * 2
    button.click()
    assert section.cell_size_field.own_button.isChecked()


def test_a_layer_that_cannot_be_used_is_forgotten_when_it_goes(
    section: GridSection, landsat: ConnectedService, project: QgsProject, tmp_path: Path
) -> None:
    # Beyond the pole.
    useless = raster_at(tmp_path / "beyond.tif", 95, project)
    section.set_from(LayerOptions(), landsat)
    section.cell_size_field.layer_button.click()
    assert "cannot be transformed" in section.cell_size_field.problem.text()
    project.removeMapLayer(useless)
    assert section.cell_size_field.problem.text() == "The project has no raster layer to take it from."
    raster(DATA / "dem_olinda.tif", project)
    assert section.cell_size_field.problem.text() == ""
    assert given(section)[1] is not None


def raster_at(path: Path, latitude: float, project: QgsProject) -> QgsRasterLayer:
    from osgeo import gdal

    dataset = gdal.GetDriverByName("GTiff").Create(str(path), 10, 10)
    dataset.SetGeoTransform((-33.0, 0.001, 0, latitude, 0, -0.001))
    dataset.SetProjection(GEOGRAPHIC.toWkt())
    dataset = None
    return raster(path, project)


def test_a_size_stays_as_a_number_when_its_layer_goes(
    section: GridSection, landsat: ConnectedService, project: QgsProject
) -> None:
    layer = raster(DATA / "dem_olinda.tif", project)
    section.set_from(LayerOptions(), landsat)
    section.cell_size_field.layer_button.click()
    before = given(section)
    project.removeMapLayer(layer)
    assert section.cell_size_field.typed_button.isChecked()
    assert given(section) == before


def test_problems_stand_beside_their_fields(section: GridSection, landsat: ConnectedService) -> None:
    section.set_from(LayerOptions(extent=Extent(0, 0, 1, 1)), landsat)
    section.show_problems({"extent": "It lies elsewhere.", "cell_size": "Too small.", "where": "Not here."})
    assert section.extent_field.problem.text() == "It lies elsewhere."
    assert section.cell_size_field.problem.text() == "Too small."
    assert section.result.text() == ""
    section.show_problems({})
    assert not section.extent_field.problem.isVisible()
    assert not section.cell_size_field.problem.isVisible()


def test_another_service_brings_its_own_crs_and_cells(
    section: GridSection, landsat: ConnectedService, image_server: ImageServerProcess
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
    section.cell_size_field.typed_button.click()
    assert given(section) == (None, (width, height))


def test_without_a_service_the_choice_is_kept_but_nothing_can_be_chosen(
    section: GridSection, landsat: ConnectedService
) -> None:
    section.set_from(LayerOptions(), landsat)
    section.set_from(LayerOptions(extent=PART, cell_size=(30, 30)), None)
    assert not section.isEnabled()
    assert section.result.text() == ""
    assert section.input_problems() == {}
    assert given(section) == (PART, (30, 30))
