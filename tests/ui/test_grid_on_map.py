"""Take an extent from the map, and see on it what comes of one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from qgis.core import QgsCoordinateTransform, QgsProject, QgsRasterLayer, QgsRectangle
from qgis.gui import QgsMapCanvas, QgsMapToolPan
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QDialog, QLineEdit, QToolButton, QVBoxLayout

from image_server_layer.plugin.layer.connect import ConnectedService
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.service.extent import Extent
from image_server_layer.plugin.service.image_service import SpatialReference
from image_server_layer.tests.imageserver.data import DATA
from image_server_layer.tests.ui.hand import replace_text
from image_server_layer.tests.ui.knowing import FULL, GEOGRAPHIC, PART, UTM, connected_service
from image_server_layer.tests.ui.waiting import delete
from image_server_layer.ui.area.grid_section import GridSection


@pytest.fixture
def section(project: QgsProject, canvas: QgsMapCanvas, landsat: ConnectedService) -> Iterator[GridSection]:
    del project
    made = GridSection(canvas)
    made.set_from(LayerOptions(), landsat)
    made.show()
    yield made
    delete(made)


def part(section: GridSection) -> Extent | None:
    return section.apply_to(LayerOptions()).extent


def parts_of(section: GridSection) -> list[LayerOptions]:
    """Return what the section gives with each change, from now on."""
    changes: list[LayerOptions] = []
    section.changed.connect(lambda: changes.append(section.apply_to(LayerOptions())))
    return changes


def menu_button(section: GridSection) -> QToolButton:
    return section.extent_field.extent_widget.findChild(QToolButton, "mCondensedToolButton")


def drag(canvas: QgsMapCanvas, start: QPoint, end: QPoint) -> None:
    view, left = canvas.viewport(), Qt.MouseButton.LeftButton
    QTest.mousePress(view, left, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(view, end)
    QTest.mouseRelease(view, left, Qt.KeyboardModifier.NoModifier, end)


def test_a_part_begins_with_what_the_map_shows(section: GridSection, canvas: QgsMapCanvas) -> None:
    changes = parts_of(section)
    section.extent_field.part_button.click()
    shown = canvas.extent()
    expected = Extent(shown.xMinimum(), shown.yMinimum(), shown.xMaximum(), shown.yMaximum())
    assert changes == [LayerOptions(extent=expected)]
    section.extent_field.whole_button.click()
    section.extent_field.part_button.click()
    assert changes[1:] == [LayerOptions(), LayerOptions(extent=expected)]


def test_a_map_in_another_crs_gives_the_box_around_what_it_shows(section: GridSection, canvas: QgsMapCanvas) -> None:
    canvas.setDestinationCrs(GEOGRAPHIC)
    canvas.setExtent(QgsRectangle(-34.9, -8.03, -34.88, -8.01))
    section.extent_field.part_button.click()
    transform = QgsCoordinateTransform(GEOGRAPHIC, UTM, QgsProject.instance())
    box = transform.transformBoundingBox(canvas.extent())
    assert part(section) == pytest.approx((box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()), abs=1e-3)


def test_where_the_map_shows_another_place_a_part_begins_with_all(section: GridSection, canvas: QgsMapCanvas) -> None:
    canvas.setExtent(QgsRectangle(0, 0, 1000, 1000))
    section.extent_field.part_button.click()
    assert part(section) == FULL


def test_an_extent_is_drawn_on_the_map(section: GridSection, canvas: QgsMapCanvas) -> None:
    corners = QPoint(20, 30), QPoint(120, 90)
    start, end = (canvas.getCoordinateTransform().toMapCoordinates(corner.x(), corner.y()) for corner in corners)
    pan = QgsMapToolPan(canvas)
    canvas.setMapTool(pan)
    (draw,) = [action for action in menu_button(section).menu().actions() if action.text().startswith("Draw on")]
    changes = parts_of(section)
    draw.trigger()
    drag(canvas, *corners)
    extent = Extent(start.x(), end.y(), end.x(), start.y())
    assert changes == [LayerOptions(extent=extent)]
    assert section.extent_field.part_button.isChecked()
    assert canvas.mapTool() is pan
    canvas.unsetMapTool(pan)


def test_the_dialog_steps_aside_while_an_extent_is_drawn(landsat: ConnectedService, canvas: QgsMapCanvas) -> None:
    dialog = QDialog()
    section = GridSection(canvas, dialog)
    QVBoxLayout(dialog).addWidget(section)
    dialog.show()
    section.set_from(LayerOptions(), landsat)
    section.extent_field.extent_widget.setOutputExtentFromDrawOnCanvas()
    assert not dialog.isVisible()
    tool = canvas.mapTool()
    assert tool is not None
    canvas.unsetMapTool(tool)
    assert dialog.isVisible()
    sip.delete(dialog)


def footprints(canvas: QgsMapCanvas) -> list[QgsRectangle]:
    """Return the boxes of what lies over the map in the color of selected things."""
    items = [item for item in canvas.scene().items() if hasattr(item, "asGeometry") and item.isVisible()]
    return [item.asGeometry().boundingBox() for item in items if item.asGeometry().area() > 0]


def test_the_resulting_rectangle_is_shown_on_the_map_as_long_as_the_section_is(
    section: GridSection, landsat: ConnectedService, canvas: QgsMapCanvas
) -> None:
    section.set_from(LayerOptions(extent=PART), landsat)
    assert footprints(canvas) == [QgsRectangle(*PART)]
    section.extent_field.whole_button.click()
    assert footprints(canvas) == []
    section.extent_field.part_button.click()
    section.hide()
    assert footprints(canvas) == []
    section.show()
    assert footprints(canvas) == [QgsRectangle(*PART)]
    sip.delete(section)
    assert footprints(canvas) == []


def test_the_rectangle_follows_the_map_into_another_crs(
    section: GridSection, landsat: ConnectedService, canvas: QgsMapCanvas
) -> None:
    section.set_from(LayerOptions(extent=PART), landsat)
    canvas.setDestinationCrs(GEOGRAPHIC)
    (box,) = footprints(canvas)
    edges = box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()
    # The outermost of the four corners after GDAL.
    assert edges == pytest.approx((-34.913588, -7.951392, -34.910999, -7.950349), abs=1e-6)
    section.hide()
    canvas.setDestinationCrs(UTM)
    assert footprints(canvas) == []


@pytest.mark.parametrize("reference", [SpatialReference(), SpatialReference(999999)])
def test_where_the_crs_of_the_service_is_unknown_nothing_is_taken_to_it(
    section: GridSection,
    landsat: ConnectedService,
    canvas: QgsMapCanvas,
    project: QgsProject,
    reference: SpatialReference,
) -> None:
    project.addMapLayer(QgsRasterLayer(str(DATA / "dem_olinda.tif")))
    service = replace(landsat.service, spatial_reference=reference)
    section.set_from(LayerOptions(), connected_service(service, service))
    assert section.cell_size_field.own_button.text() == "As in the service: 28.5"
    assert section.result.text() == ("349 × 352 cells of 28.5\nx 288776.25 to 298722.75, y 9110728.75 to 9120760.75")
    reason = "The coordinate reference system of the service is unknown, so nothing can be taken to it."
    sources = menu_button(section), section.cell_size_field.layer_button, section.cell_size_field.layer_box
    assert [(source.isEnabled(), source.toolTip()) for source in sources] == [(False, reason)] * 3
    section.extent_field.part_button.click()
    assert part(section) == FULL
    edit = section.extent_field.extent_widget.findChild(QLineEdit, "mCondensedLineEdit")
    replace_text(edit, "289061.25 9120589.75 289346.25 9120703.75")
    assert part(section) == PART
    assert footprints(canvas) == []
    section.set_from(LayerOptions(), landsat)
    assert [(source.isEnabled(), source.toolTip()) for source in sources] == [(True, "")] * 3
