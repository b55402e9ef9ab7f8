"""QGIS never waits for the server on its main thread; a script that asks there gets its answer."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from qgis.core import (
    QgsLayoutExporter,
    QgsLayoutItemMap,
    QgsLayoutSize,
    QgsPrintLayout,
    QgsProject,
    QgsRasterLayer,
    QgsRasterMinMaxOrigin,
)
from qgis.PyQt.QtCore import QRectF
from qgis.PyQt.QtGui import QImage
from qgis.PyQt.QtXml import QDomDocument

from image_server_layer.plugin.backend.source import Kind
from image_server_layer.plugin.provider.layers import make_layer
from image_server_layer.plugin.service.access import Access
from image_server_layer.tests.patience import soon
from image_server_layer.tests.provider.drawing import started, wait
from image_server_layer.tests.provider.sources import layer_of, source_of
from image_server_layer.tests.reading import qgis_pixels
from image_server_layer.tests.truth import NORTH_WEST, mosaic

if TYPE_CHECKING:
    from pathlib import Path

    from image_server_layer.tests.imageserver.process import ImageServerProcess


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("service", ["Olinda/Landsat", "Test/NaN", "Olinda/Elevation"])
def test_nothing_of_a_layers_life_waits_for_the_server(
    image_server: ImageServerProcess, project: QgsProject, tmp_path: Path, kind: Kind, service: str
) -> None:
    source = source_of(image_server, service, kind, access=Access(timeout=60.0))
    image_server.fault("hang", match="ImageServer")
    with soon(20.0):
        layer = make_layer(source, "slow")
        assert layer.isValid()
        project.addMapLayer(layer)
        project.addMapLayer(layer.clone())
        layer.setContrastEnhancement(1, QgsRasterMinMaxOrigin.MinMax)
        layer.setDefaultContrastEnhancement()
        layer.loadDefaultStyle()
        layer.exportNamedStyle(QDomDocument())
        layer.htmlMetadata()
        follow_the_canvas(layer)
        job = started(layer, layer.extent(), (100, 100))
        wait(job.isActive)
        project.write(str(tmp_path / "map.qgz"))
        project.removeMapLayer(layer.id())
        job.cancelWithoutBlocking()
        project.clear()
        wait(lambda: not job.isActive())
    assert {request.operation for request in image_server.requests()} <= {"exportImage"}


def follow_the_canvas(layer: QgsRasterLayer) -> None:
    """Let the stretch be worked out anew for each view, which QGIS does on the main thread."""
    origin = QgsRasterMinMaxOrigin()
    origin.setLimits(QgsRasterMinMaxOrigin.MinMax)
    origin.setExtent(QgsRasterMinMaxOrigin.UpdatedCanvas)
    layer.renderer().setMinMaxOrigin(origin)


def test_a_script_on_the_main_thread_gets_its_pixels(image_server: ImageServerProcess) -> None:
    layer = layer_of(image_server, "Olinda/Landsat")
    image_server.settings(latency=0.4)
    np.testing.assert_array_equal(qgis_pixels(layer), mosaic(NORTH_WEST))


def test_a_script_on_the_main_thread_waits_no_longer_than_the_timeout(image_server: ImageServerProcess) -> None:
    layer = layer_of(image_server, "Olinda/Landsat", access=Access(timeout=1.0))
    image_server.fault("hang", match="ImageServer")
    # Three questions, each of them asked twice.
    with soon(30.0):
        block = layer.dataProvider().block(1, layer.extent(), 50, 50)
        assert block.isNoData(0, 0)
        result = layer.dataProvider().identify(layer.extent().center(), 1)
        assert not result.isValid()
        value, is_known = layer.dataProvider().sample(layer.extent().center(), 1)
        assert not is_known
        assert math.isnan(value)


@pytest.mark.parametrize("kind", Kind)
def test_a_layout_is_exported_on_the_main_thread(
    image_server: ImageServerProcess, project: QgsProject, tmp_path: Path, kind: Kind
) -> None:
    layer = layer_of(image_server, "Olinda/Landsat", kind)
    image_server.settings(latency=0.2)
    project.addMapLayer(layer)
    layout = QgsPrintLayout(project)
    layout.initializeDefaults()
    page = layout.pageCollection().page(0)
    page.setPageSize(QgsLayoutSize(100, 100))
    item = QgsLayoutItemMap(layout)
    item.attemptSetSceneRect(QRectF(0, 0, 100, 100))
    item.setLayers([layer])
    item.setCrs(layer.crs())
    item.zoomToExtent(layer.extent())
    layout.addLayoutItem(item)
    settings = QgsLayoutExporter.ImageExportSettings()
    settings.dpi = 200
    path = str(tmp_path / "map.png")
    assert QgsLayoutExporter(layout).exportToImage(path, settings) == QgsLayoutExporter.ExportResult.Success
    image = QImage(path)
    inside = image.pixelColor(image.width() // 2, image.height() // 2)
    assert inside.getRgb()[:3] != (255, 255, 255)
    pdf = str(tmp_path / "map.pdf")
    exported = QgsLayoutExporter(layout).exportToPdf(pdf, QgsLayoutExporter.PdfExportSettings())
    assert exported == QgsLayoutExporter.ExportResult.Success


def test_a_preview_image_is_drawn_for_a_script(image_server: ImageServerProcess) -> None:
    from qgis.PyQt.QtCore import QSize

    layer = layer_of(image_server, "Olinda/Landsat", Kind.PICTURE)
    image = layer.previewAsImage(QSize(60, 60))
    assert image.pixelColor(30, 30).getRgb()[:3] != (255, 255, 255)
    assert isinstance(layer, QgsRasterLayer)
