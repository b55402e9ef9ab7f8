"""Layouts, and files that QGIS makes of a layer by Save As."""

from __future__ import annotations

import numpy as np
from qgis.core import (
    QgsApplication,
    QgsContrastEnhancement,
    QgsCoordinateTransformContext,
    QgsLayoutExporter,
    QgsLayoutItemMap,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsMultiBandColorRenderer,
    QgsPrintLayout,
    QgsProject,
    QgsRasterFileWriter,
    QgsRasterFileWriterTask,
    QgsRasterLayer,
    QgsRasterPipe,
)
from qgis.PyQt.QtGui import QImage

from ...desktop.player import Steps
from ...desktop.stage import rgb
from ...truth import NORTH_WEST, mosaic
from ..scenes import cells
from .subject import Array, Subject, assert_same, read

_DPI = 600
# Of the page, in millimeters: larger than the server draws in one image, and a picture that does not take it too long.
_SIDE_OF_VALUES, _SIDE_OF_PICTURE = 200.0, 100.0
# A part of the scene that the mosaic covers: left, top, columns, rows.
_PART = (40, 30, 240, 240)
_FEW = (60, 50, 100, 80)


def layout_of_values(subject: Subject) -> None:
    """Bands 1, 2 and 3 without a stretch, at ten pixels and more a cell."""
    assert_cells_shown(layout(subject, plain(subject.values), _SIDE_OF_VALUES), part_of(mosaic(NORTH_WEST)[:3], _PART))


def layout_of_picture(subject: Subject) -> None:
    """The server's picture, at nearly ten pixels a cell."""
    assert_cells_shown(layout(subject, subject.picture, _SIDE_OF_PICTURE), part_of(mosaic(NORTH_WEST)[:3], _PART))


def save_as_raw_data(subject: Subject) -> Steps:
    """In a task, as the dialog does; exactly the pixels of the service."""
    file = subject.file("raw.tif")
    yield from write(subject.values, file, raw=True)
    assert_same(read(file), part_of(mosaic(NORTH_WEST), _FEW))


def save_as_rendered_image(subject: Subject) -> Steps:
    """With the renderer: what the map shows."""
    file = subject.file("rendered.tif")
    yield from write(plain(subject.values), file, raw=False)
    assert_same(read(file)[:3], part_of(mosaic(NORTH_WEST)[:3], _FEW))


def plain(layer: QgsRasterLayer) -> QgsRasterLayer:
    """Return a copy of a layer that shows the values of its first three bands as they are."""
    copy = layer.clone()
    renderer = QgsMultiBandColorRenderer(copy.dataProvider(), 1, 2, 3)
    for number, put in enumerate(
        (
            renderer.setRedContrastEnhancement,
            renderer.setGreenContrastEnhancement,
            renderer.setBlueContrastEnhancement,
        ),
        start=1,
    ):
        contrast = QgsContrastEnhancement(copy.dataProvider().dataType(number))
        contrast.setContrastEnhancementAlgorithm(QgsContrastEnhancement.ContrastEnhancementAlgorithm.NoEnhancement)
        put(contrast)
    copy.setRenderer(renderer)
    return copy


def layout(subject: Subject, layer: QgsRasterLayer, side: float) -> Array:
    """Return (rows, columns, 3): a square page with nothing on it but a part of a layer; `side` is in millimeters."""
    page = QgsPrintLayout(QgsProject.instance())
    page.initializeDefaults()
    page.pageCollection().page(0).setPageSize(QgsLayoutSize(side, side))
    item = QgsLayoutItemMap(page)
    item.attemptMove(QgsLayoutPoint(0, 0))
    item.attemptResize(QgsLayoutSize(side, side))
    item.setLayers([layer])
    item.setKeepLayerSet(True)
    item.setCrs(layer.crs())
    item.setExtent(cells(layer, *_PART))
    page.addLayoutItem(item)
    settings = QgsLayoutExporter.ImageExportSettings()
    settings.dpi = _DPI
    file = subject.file("layout.png")
    result = QgsLayoutExporter(page).exportToImage(file, settings)
    assert result == QgsLayoutExporter.ExportResult.Success, result
    return rgb(QImage(file))


def assert_cells_shown(image: Array, expected: Array) -> None:
    """Compare a map with (3, rows, columns) in the middle of each cell."""
    rows, columns = expected.shape[1:]
    assert image.shape[0] > rows * 9, image.shape
    places = [
        ((np.arange(count) + 0.5) * size / count).astype(int) for count, size in zip((rows, columns), image.shape)
    ]
    assert_same(np.moveaxis(image[np.ix_(*places)], 2, 0), expected)


def write(layer: QgsRasterLayer, file: str, raw: bool) -> Steps:
    """Save a part of a layer as a GeoTIFF."""
    _, _, columns, rows = _FEW
    pipe = QgsRasterPipe()
    assert pipe.set(layer.dataProvider().clone())
    if not raw:
        assert pipe.set(layer.renderer().clone())
    writer = QgsRasterFileWriter(file)
    writer.setOutputFormat("GTiff")
    task = QgsRasterFileWriterTask(
        writer, pipe, columns, rows, cells(layer, *_FEW), layer.crs(), QgsCoordinateTransformContext()
    )
    ended: list[str] = []
    task.writeComplete.connect(lambda *_: ended.append("written"))
    task.errorOccurred.connect(lambda *_: ended.append("failed"))
    QgsApplication.taskManager().addTask(task)
    yield lambda: ended
    assert ended == ["written"], ended


def part_of(pixels: Array, part: tuple[int, int, int, int]) -> Array:
    """Return a part (left, top, columns, rows) of (bands, rows, columns)."""
    left, top, columns, rows = part
    return pixels[:, top : top + rows, left : left + columns]
