"""What people do with layers every day, with values and with pictures: each way shows the same pixels."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from qgis.core import (
    QgsLayerDefinition,
    QgsLayout,
    QgsLayoutExporter,
    QgsLayoutItemMap,
    QgsLayoutItemPage,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsMapThemeCollection,
    QgsProject,
    QgsRasterLayer,
    QgsReadWriteContext,
    QgsRectangle,
    QgsUnitTypes,
)
from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtGui import QImage
from qgis.PyQt.QtWidgets import QApplication
from qgis.PyQt.QtXml import QDomDocument

import image_server_layer
from image_server_layer import make_image_server_layer
from image_server_layer.tests.drawing import drawn
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.truth import landsat_extent

WHOLE = QgsRectangle(*landsat_extent(0, 0, 349, 352))
OPTIONS: dict[str, Any] = {
    "band_index": "4;3;2",
    "mosaic_method": "NONE",
    "where_clause": "Name <> 'a|b&c'",
    "processing_template": "None",
}


@pytest.fixture(params=["values", "picture"])
def layer(
    request: pytest.FixtureRequest, project: QgsProject, image_server: ImageServerProcess
) -> Iterator[QgsRasterLayer]:
    """Return a layer of either kind with options, in the project."""
    image_server_layer.start()
    assert not project.mapLayers()
    yield make_image_server_layer(image_server.service("Olinda/Landsat"), "Coast", kind=request.param, **OPTIONS)
    image_server_layer.stop()


def look(layer: QgsRasterLayer) -> npt.NDArray[np.uint8]:
    pixels, errors = drawn(layer, WHOLE)
    assert errors == []
    assert pixels[3].all()
    return pixels


def test_a_duplicate_is_the_same(layer: QgsRasterLayer, project: QgsProject) -> None:
    expected = look(layer)
    duplicate = layer.clone()
    project.addMapLayer(duplicate)
    np.testing.assert_array_equal(look(duplicate), expected)
    assert (duplicate.source(), duplicate.providerType()) == (layer.source(), layer.providerType())


def test_copy_and_paste_gives_the_same(layer: QgsRasterLayer, project: QgsProject) -> None:
    expected = look(layer)
    # What QGIS' Copy Layer puts on the clipboard, and Paste takes from it.
    copied = QDomDocument("qgis-layer-definition")
    node = project.layerTreeRoot().findLayer(layer)
    done, message = QgsLayerDefinition.exportLayerDefinition(copied, [node], QgsReadWriteContext())
    assert done, message
    QApplication.clipboard().setText(copied.toString())
    pasted = QDomDocument()
    pasted.setContent(QApplication.clipboard().text())
    done, message = QgsLayerDefinition.loadLayerDefinition(
        pasted, project, project.layerTreeRoot(), QgsReadWriteContext()
    )
    assert done, message
    # Paste gives it an id of its own; the project takes no second layer with the id of the first.
    (copy,) = (other for other in project.mapLayers().values() if other.id() != layer.id())
    np.testing.assert_array_equal(look(copy), expected)


def test_a_layer_definition_file_brings_it_back(layer: QgsRasterLayer, project: QgsProject, tmp_path: Path) -> None:
    expected, path = look(layer), str(tmp_path / "coast é.qlr")
    done, message = QgsLayerDefinition.exportLayerDefinition(path, [project.layerTreeRoot().findLayer(layer)])
    assert done, message
    project.clear()
    done, message = QgsLayerDefinition.loadLayerDefinition(path, project, project.layerTreeRoot())
    assert done, message
    (loaded,) = project.mapLayers().values()
    np.testing.assert_array_equal(look(loaded), expected)


def test_a_map_theme_shows_it(layer: QgsRasterLayer, project: QgsProject) -> None:
    expected = look(layer)
    record = QgsMapThemeCollection.MapThemeRecord()
    record.addLayerRecord(QgsMapThemeCollection.MapThemeLayerRecord(layer))
    project.mapThemeCollection().insert("coast", record)
    (shown,) = project.mapThemeCollection().mapThemeVisibleLayers("coast")
    np.testing.assert_array_equal(look(shown), expected)


@pytest.mark.parametrize("file", ["coast.qgs", "coast ção.qgz"])
def test_a_saved_project_can_be_moved(layer: QgsRasterLayer, project: QgsProject, tmp_path: Path, file: str) -> None:
    expected, layer_id, source = look(layer), layer.id(), layer.source()
    (tmp_path / "here").mkdir()
    assert project.write(str(tmp_path / "here" / file))
    project.clear()
    moved = shutil.move(tmp_path / "here", tmp_path / "there é")
    assert project.read(str(Path(moved) / file))
    assert (project.mapLayer(layer_id).source(), project.mapLayer(layer_id).providerType()) == (source, "imageserver")
    np.testing.assert_array_equal(look(project.mapLayer(layer_id)), expected)


@pytest.mark.parametrize("dpi", [96, 300])
def test_a_layout_prints_it(layer: QgsRasterLayer, project: QgsProject, tmp_path: Path, dpi: int) -> None:
    layout = QgsLayout(project)
    page = QgsLayoutItemPage(layout)
    page.setPageSize(QgsLayoutSize(349, 352, QgsUnitTypes.LayoutUnit.LayoutMillimeters))
    layout.pageCollection().addPage(page)
    item = QgsLayoutItemMap(layout)
    item.attemptMove(QgsLayoutPoint(0, 0))
    item.attemptResize(QgsLayoutSize(349, 352, QgsUnitTypes.LayoutUnit.LayoutMillimeters))
    item.setLayers([layer])
    item.setCrs(layer.crs())
    item.setExtent(WHOLE)
    layout.addLayoutItem(item)
    settings = QgsLayoutExporter.ImageExportSettings()
    settings.dpi = dpi
    path = str(tmp_path / "print.png")
    assert QgsLayoutExporter(layout).exportToImage(path, settings) == QgsLayoutExporter.ExportResult.Success
    printed = QImage(path)
    assert printed.width() == pytest.approx(349 / 25.4 * dpi, abs=2)
    # One millimeter is one pixel of the scene: colors on paper are those on screen, but for resampling.
    small = printed.scaled(
        QSize(349, 352), Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    ).convertToFormat(QImage.Format.Format_RGBA8888)
    data = small.constBits()
    data.setsize(small.sizeInBytes())
    pixels = np.frombuffer(bytes(data), np.uint8).reshape(352, small.bytesPerLine() // 4, 4)[:, :349].transpose(2, 0, 1)
    difference = np.abs(pixels[:3].astype(int) - look(layer)[:3])
    assert difference.mean() < 6
