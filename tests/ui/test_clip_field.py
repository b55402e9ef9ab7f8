"""Clip to the polygons of a layer, keep the shape of a layer that is edited, align cells with another layer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from qgis.core import QgsFeature, QgsGeometry, QgsProject, QgsRasterLayer, QgsVectorLayer
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest

from image_server_layer.plugin.layer.connect import ConnectedService
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.tests.clipping import clip_of
from image_server_layer.tests.console.test_snap_raster import CELL, ORIGIN, other
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.ui.hand import replace_text
from image_server_layer.tests.ui.knowing import LANDSAT, PART, known_service
from image_server_layer.tests.ui.waiting import delete, let_pass, wait_until
from image_server_layer.ui.area.grid_section import GridSection

TRIANGLE = [(289503.0, 9119897.0), (296803.0, 9117701.0), (291405.0, 9112450.0)]
SQUARE = [(296850.0, 9112950.0), (297950.0, 9112950.0), (297950.0, 9111850.0), (296850.0, 9111850.0)]


@pytest.fixture
def landsat(image_server: ImageServerProcess) -> ConnectedService:
    return known_service(image_server, LANDSAT)


@pytest.fixture
def section(project: QgsProject, canvas: QgsMapCanvas) -> Iterator[GridSection]:
    del project
    made = GridSection(canvas)
    made.show()
    yield made
    delete(made)


def fields(*shapes: list[tuple[float, float]], name: str = "fields", crs: str = "EPSG:31985") -> QgsVectorLayer:
    layer = QgsVectorLayer(f"Polygon?crs={crs}", name, "memory")
    for shape in shapes:
        feature = QgsFeature()
        feature.setGeometry(QgsGeometry.fromWkt(clip_of([shape]).wkt().replace("MULTIPOLYGON(((", "POLYGON((")[:-1]))
        layer.dataProvider().addFeature(feature)
    QgsProject.instance().addMapLayer(layer)
    return layer


def options(section: GridSection) -> LayerOptions:
    return section.apply_to(LayerOptions())


def read(section: GridSection) -> None:
    wait_until(lambda: "still being read" not in section.clip_field.input_problem())


def test_the_polygons_of_a_layer_are_read_in_the_background(section: GridSection, landsat: ConnectedService) -> None:
    fields(TRIANGLE, SQUARE)
    section.set_from(LayerOptions(), landsat)
    seen = []
    section.changed.connect(lambda: seen.append((options(section).clip, section.input_problems())))

    section.clip_field.layer_button.click()

    assert seen == [(None, {"clip": "The polygons of the layer are still being read."})]
    assert not section.clip_field.problem.isVisible()
    assert section.clip_field.result.text() == "Reading the polygons…"
    read(section)
    clip = options(section).clip
    assert clip is not None
    assert {frozenset(polygon[0]) for polygon in clip.polygons} == {frozenset(TRIANGLE), frozenset(SQUARE)}
    assert seen[1:] == [(clip, {})]
    assert section.clip_field.result.text() == "2 polygons, 7 corners."
    assert options(section).extent is None
    assert section.result.text().startswith("297 × 283 cells of 28.5 m\n")


def test_only_the_selected_ones_follow_the_selection(section: GridSection, landsat: ConnectedService) -> None:
    layer = fields(TRIANGLE, SQUARE)
    section.set_from(LayerOptions(), landsat)
    assert not section.clip_field.selected_box.isVisible()
    layer.selectByIds([2])
    assert section.clip_field.selected_box.isVisible()
    assert section.clip_field.selected_box.text() == "Only the selected one"

    section.clip_field.selected_box.click()
    assert section.clip_field.layer_button.isChecked()
    read(section)
    assert options(section).clip == clip_of([SQUARE])

    layer.selectByIds([1])
    read(section)
    clip = options(section).clip
    assert clip is not None
    assert set(clip.polygons[0][0]) == set(TRIANGLE)

    layer.removeSelection()
    assert section.input_problems() == {"clip": "Nothing is selected in the layer; select polygons on the map."}
    assert options(section).clip is None


def test_what_is_wrong_with_the_polygons_is_said_below(section: GridSection, landsat: ConnectedService) -> None:
    fields([(10.0, 50.0), (11.0, 50.0), (11.0, 51.0)], crs="EPSG:4326")
    section.set_from(LayerOptions(), landsat)
    section.clip_field.layer_button.click()
    read(section)
    problem = (
        "The shapes to clip to lie outside of the service's extent 288776.25 9110728.75 298722.75 9120760.75; choose "
        "others."
    )
    assert section.input_problems() == {"clip": problem}
    assert section.clip_field.problem.text() == problem

    section.clip_field.none_button.click()
    assert section.input_problems() == {}
    assert not section.clip_field.problem.isVisible()


def test_the_shape_of_a_layer_that_is_edited_comes_back(section: GridSection, landsat: ConnectedService) -> None:
    clip = clip_of([TRIANGLE], [SQUARE])
    fields(SQUARE)
    assert not section.clip_field.kept_button.isVisible()
    section.set_from(LayerOptions(clip=clip, extent=PART), landsat)

    button = section.clip_field.kept_button
    assert (button.isVisible(), button.isChecked()) == (True, True)
    assert button.text() == "The shape in the layer (2 polygons)"
    assert options(section) == LayerOptions(clip=clip, extent=PART)

    section.clip_field.layer_button.click()
    read(section)
    assert options(section).clip == clip_of([SQUARE])
    button.click()
    assert options(section).clip == clip
    section.clip_field.none_button.click()
    assert options(section).clip is None
    assert button.isVisible()


def test_a_shape_outlasts_its_layer_and_news_of_the_service(section: GridSection, landsat: ConnectedService) -> None:
    layer = fields(SQUARE)
    section.set_from(LayerOptions(), landsat)
    section.clip_field.layer_button.click()
    read(section)
    section.set_from(options(section), known_service_again(landsat))
    assert section.clip_field.layer_button.isChecked()

    QgsProject.instance().removeMapLayer(layer)

    assert section.clip_field.kept_button.isChecked()
    assert options(section).clip == clip_of([SQUARE])
    assert not section.clip_field.layer_button.isEnabled()


def known_service_again(known: ConnectedService) -> ConnectedService:
    return ConnectedService(known.address, known.access, known.service, known.output)


def test_another_layer_is_read_in_place_of_the_first(section: GridSection, landsat: ConnectedService) -> None:
    fields(SQUARE, name="a")
    fields(TRIANGLE, name="b")
    section.set_from(LayerOptions(), landsat)
    section.clip_field.layer_button.click()
    read(section)

    box = section.clip_field.layer_box
    assert box.currentText() == "a"
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert box.currentText() == "b"
    read(section)

    clip = options(section).clip
    assert clip is not None
    assert set(clip.polygons[0][0]) == set(TRIANGLE)
    assert section.clip_field.layer_button.isChecked()
    assert not section.clip_field.kept_button.isVisible()


def test_an_extent_drawn_elsewhere_leaves_the_layer_chosen(section: GridSection, landsat: ConnectedService) -> None:
    fields(SQUARE)
    section.set_from(LayerOptions(), landsat)
    section.clip_field.layer_button.click()
    read(section)
    section.set_from(LayerOptions(extent=PART, clip=clip_of([SQUARE])), landsat)
    assert section.clip_field.layer_button.isChecked()
    section.set_from(LayerOptions(), landsat)
    assert section.clip_field.none_button.isChecked()


def test_without_polygon_layers_there_is_nothing_to_choose(section: GridSection, landsat: ConnectedService) -> None:
    section.set_from(LayerOptions(), landsat)
    field = section.clip_field
    nothing = "The project has no polygon layer to clip to."
    assert (field.layer_button.isEnabled(), field.layer_box.isEnabled(), field.layer_button.toolTip()) == (
        False,
        False,
        nothing,
    )
    fields(SQUARE)
    assert (field.layer_button.isEnabled(), field.layer_button.toolTip()) == (True, "")


def test_other_options_leave_a_reading_behind(section: GridSection, landsat: ConnectedService) -> None:
    fields(SQUARE)
    section.set_from(LayerOptions(), landsat)
    section.clip_field.layer_button.click()
    section.set_from(LayerOptions(cell_size=(50.0, 50.0)), landsat)
    let_pass(0.3)
    assert options(section) == LayerOptions(cell_size=(50.0, 50.0))
    assert section.clip_field.none_button.isChecked()


def test_cells_are_aligned_with_a_layer(section: GridSection, landsat: ConnectedService, tmp_path: Path) -> None:
    other(tmp_path)
    section.set_from(LayerOptions(), landsat)
    field = section.cell_size_field
    assert not field.align_box.isVisible()
    field.layer_button.click()
    assert (field.align_box.isVisible(), field.align_box.isChecked()) == (True, False)
    assert options(section) == LayerOptions(cell_size=CELL)

    field.align_box.click()

    assert options(section) == LayerOptions(cell_size=CELL, snap_origin=ORIGIN)
    assert "x 288769.8 to " in section.result.text()
    field.own_button.click()
    assert options(section) == LayerOptions()
    assert not field.align_box.isVisible()


def test_cells_of_another_crs_cannot_be_aligned_with(
    section: GridSection, landsat: ConnectedService, tmp_path: Path
) -> None:
    other(tmp_path, 32725)
    section.set_from(LayerOptions(), landsat)
    section.cell_size_field.layer_button.click()
    assert section.input_problems() == {}
    section.cell_size_field.align_box.click()
    problem = section.input_problems()["cell_size"]
    assert problem.startswith("The cells of the layer “other” (EPSG:32725) cannot fall on cells in the service's")
    assert section.cell_size_field.problem.text() == problem
    assert options(section).snap_origin is None
    section.cell_size_field.align_box.click()
    assert section.input_problems() == {}


def test_the_alignment_of_a_layer_that_is_edited_comes_back(section: GridSection, landsat: ConnectedService) -> None:
    given = LayerOptions(cell_size=(50.0, 50.0), snap_origin=(290000.5, 9118000.25))
    section.set_from(given, landsat)
    field = section.cell_size_field
    assert (field.align_box.isChecked(), field.align_box.text()) == (
        True,
        "Cells aligned with a corner at 290000.5 9118000.25",
    )
    assert options(section) == given
    replace_text(field.typed_edit, "25")
    assert options(section) == LayerOptions(cell_size=(25.0, 25.0), snap_origin=(290000.5, 9118000.25))


def test_an_aligned_layer_leaves_its_numbers_when_it_goes(
    section: GridSection, landsat: ConnectedService, tmp_path: Path
) -> None:
    layer: QgsRasterLayer = other(tmp_path)
    section.set_from(LayerOptions(), landsat)
    section.cell_size_field.layer_button.click()
    section.cell_size_field.align_box.click()
    QgsProject.instance().removeMapLayer(layer)
    assert section.cell_size_field.typed_button.isChecked()
    assert options(section) == LayerOptions(cell_size=CELL, snap_origin=ORIGIN)
