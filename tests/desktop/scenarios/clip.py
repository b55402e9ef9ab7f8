"""Clip to the fields of a polygon layer and align with a raster layer, in the form; edit the layer, save, reopen."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from osgeo import gdal, osr
from qgis.core import QgsFeature, QgsGeometry, QgsProject, QgsRasterLayer, QgsVectorLayer
from qgis.PyQt.QtWidgets import QAbstractButton, QCheckBox, QDialog, QLineEdit, QRadioButton

from ..hand import click, find, says, type_into
from ..player import Steps
from ..stage import Stage
from .dialog import LANDSAT, added, connected, opened, photographed, settled
from .editing import NAME, form_window, sign_opens_the_form
from .preview import drawn

TRIANGLE = "POLYGON((289503 9119897,296803 9117701,291405 9112450,289503 9119897))"
SQUARE = "POLYGON((296850 9112950,297950 9112950,297950 9111850,296850 9111850,296850 9112950))"
CORNER, CELL = (290007.5, 9118011.25), 57.0


def steps(stage: Stage) -> Steps:
    fields, snap = fields_layer(), raster_layer(stage.folder)
    QgsProject.instance().setCrs(snap.crs())
    dialog = yield from opened(stage)
    yield from connected(stage, dialog, LANDSAT)
    type_into(find(dialog, QLineEdit, "Name"), NAME)
    yield from fields_are_chosen(stage, dialog, fields)
    yield from cells_are_aligned(stage, dialog)
    layer = yield from added(dialog, "Add and Close", NAME)
    source = layer.dataProvider().source
    assert len(source.clip.polygons) == 1
    assert (source.grid.cell_size, source.grid.extent.xmin) == ((CELL, CELL), CORNER[0] - 9 * CELL)
    for other in (fields, snap):
        QgsProject.instance().layerTreeRoot().findLayer(other).setItemVisibilityChecked(False)
    yield from stage.draw(layer.extent())
    yield from photographed(stage, "clip_4_map")
    assert is_white_outside(stage)

    yield from shape_comes_back(stage, layer)
    file = str(stage.folder / "clip.qgz")
    assert QgsProject.instance().write(file)
    stage.iface.newProject()
    assert stage.iface.addProject(file)
    (layer,) = QgsProject.instance().mapLayersByName(NAME)
    yield from stage.draw(layer.extent())
    yield from photographed(stage, "clip_6_reopened")
    assert is_white_outside(stage)


def fields_are_chosen(stage: Stage, dialog: QDialog, fields: QgsVectorLayer) -> Steps:
    """All of them, then only the one that is selected; the preview shows it."""
    click(find(dialog, QRadioButton, "Polygons of"))
    yield lambda: says(dialog, "2 polygons, 7 corners.")
    yield from drawn(dialog)
    yield from photographed(stage, "clip_1_all", dialog)
    fields.selectByIds([1])
    click(find(dialog, QCheckBox, "Only the selected one"))
    yield lambda: says(dialog, "1 polygon, 3 corners.")
    yield from drawn(dialog)
    yield from photographed(stage, "clip_2_selected", dialog)


def cells_are_aligned(stage: Stage, dialog: QDialog) -> Steps:
    click(find(dialog, QRadioButton, "As in layer"))
    click(find(dialog, QCheckBox, "Align with its cells"))
    yield lambda: dialog.form.options().snap_origin == CORNER
    yield from settled()
    yield from drawn(dialog)
    yield from photographed(stage, "clip_3_aligned", dialog)


def shape_comes_back(stage: Stage, layer: QgsRasterLayer) -> Steps:
    yield from sign_opens_the_form(stage, layer)
    window = form_window()
    kept = find(window, QRadioButton, "The shape in the layer (1 polygon)")
    assert kept.isChecked()
    yield from drawn(window)
    yield from photographed(stage, "clip_5_edited", window)
    click(find(window, QAbstractButton, "Close"))
    yield lambda: form_window() is None


def is_white_outside(stage: Stage) -> bool:
    """Whether the map shows nothing but its background in a corner, where the triangle is not, and something in it."""
    pixels = stage.pixels()
    rows, columns = pixels.shape[:2]
    middle = pixels[rows * 3 // 8 : rows // 2, columns * 2 // 5 : columns // 2]
    is_blank = bool((pixels[-60:-20, -60:-20] == 255).all())
    return is_blank and bool(np.ptp(middle, axis=(0, 1)).any())


def fields_layer() -> QgsVectorLayer:
    layer = QgsVectorLayer("Polygon?crs=EPSG:31985", "Fields", "memory")
    for text in (TRIANGLE, SQUARE):
        feature = QgsFeature()
        feature.setGeometry(QgsGeometry.fromWkt(text))
        layer.dataProvider().addFeature(feature)
    QgsProject.instance().addMapLayer(layer)
    return layer


def raster_layer(folder: Path) -> QgsRasterLayer:
    """Return a layer of large cells that lie askew to those of the service."""
    path = str(folder / "elevation.tif")
    dataset = gdal.GetDriverByName("GTiff").Create(path, 120, 90)
    dataset.SetGeoTransform((CORNER[0], CELL, 0, CORNER[1], 0, -CELL))
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(31985)
    dataset.SetProjection(reference.ExportToWkt())
    dataset.FlushCache()
    del dataset
    layer = QgsRasterLayer(path, "Elevation")
    QgsProject.instance().addMapLayer(layer)
    return layer
