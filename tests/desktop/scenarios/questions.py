"""Footprints and samples of a layer from the dialogs of Processing, clicked through: they land on the map."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsFeature, QgsGeometry, QgsPointXY, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QDialogButtonBox

from ...truth import LANDSAT_CELL, LANDSAT_ORIGIN, NORTH_WEST, mosaic
from ..player import Steps
from ..stage import Stage

PLACES = ((20, 30), (150, 160), (300, 300))


def steps(stage: Stage) -> Steps:
    from image_server_layer import make_image_server_layer

    project = QgsProject.instance()
    layer = make_image_server_layer(stage.server.service("Olinda/Landsat"), "Landsat", band_index="3;2;1")
    project.setCrs(layer.crs())
    yield from stage.draw(layer.extent())

    yield from run(stage, "catalogtolayer", {"INPUT": layer}, "Footprints")
    (footprints,) = project.mapLayersByName("Footprints")
    assert footprints.featureCount() == 8

    points = QgsVectorLayer("Point?crs=EPSG:31985", "Places", "memory")
    points.dataProvider().addFeatures(map(feature, PLACES))
    project.addMapLayer(points)
    yield from run(stage, "samplepoints", {"INPUT": layer, "POINTS": points}, "Samples")
    (samples,) = project.mapLayersByName("Samples")
    truth = mosaic(NORTH_WEST)[[2, 1, 0]]
    rows = [row.attributes() for row in samples.getFeatures()]
    assert rows == [[*map(float, truth[:, row, column]), "value"] for column, row in PLACES], rows
    footprints.setOpacity(0.4)
    yield from stage.draw(layer.extent())
    stage.photograph("questions_map")


def feature(place: tuple[int, int]) -> QgsFeature:
    column, row = place
    x, y = LANDSAT_ORIGIN[0] + (column + 0.5) * LANDSAT_CELL, LANDSAT_ORIGIN[1] - (row + 0.5) * LANDSAT_CELL
    made = QgsFeature()
    made.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(x, y)))
    return made


def run(stage: Stage, algorithm: str, parameters: dict[str, Any], result: str) -> Steps:
    """Open the dialog of an algorithm, look at it, click Run, and wait for the layer that it makes."""
    import processing

    dialog = processing.createAlgorithmDialog(f"imageserver:{algorithm}", parameters)
    dialog.resize(900, 640)
    dialog.show()
    yield dialog.isVisible
    wrappers = dialog.mainWidget().wrappers
    yield lambda: "Olinda/Landsat" in wrappers["IN_IMAGE_SERVICE"].wrappedWidget().toolTip()
    stage.photograph(f"questions_{algorithm}", dialog)
    (buttons,) = dialog.findChildren(QDialogButtonBox)
    (click,) = (button for button in buttons.buttons() if button.text().replace("&", "") == "Run")
    QTest.mouseClick(click, Qt.MouseButton.LeftButton)
    yield lambda: QgsProject.instance().mapLayersByName(result)
    stage.photograph(f"questions_{algorithm}_done", dialog)
    dialog.close()
