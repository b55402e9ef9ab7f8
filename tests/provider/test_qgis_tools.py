"""What other parts of QGIS read from live layers."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from osgeo import gdal
from qgis.analysis import QgsHillshadeFilter, QgsRasterCalculator, QgsRasterCalculatorEntry
from qgis.core import (
    QgsCoordinateTransformContext,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProject,
    QgsRasterFileWriter,
    QgsRasterPipe,
)

from image_server_layer import make_image_server_layer
from image_server_layer.plugin.backend.source import Kind
from image_server_layer.tests.credentials import Store
from image_server_layer.tests.imageserver.security import TOKEN
from image_server_layer.tests.provider.sources import layer_of
from image_server_layer.tests.reading import qgis_pixels
from image_server_layer.tests.truth import NORTH_WEST, elevation, mosaic

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess


def test_the_raster_calculator_reads_it_exactly(image_server: ImageServerProcess, tmp_path: Path) -> None:
    layer = layer_of(image_server, "Olinda/Landsat")
    entries = []
    for band in (3, 4):
        entry = QgsRasterCalculatorEntry()
        entry.raster, entry.bandNumber, entry.ref = layer, band, f"l@{band}"
        entries.append(entry)
    path = str(tmp_path / "sum.tif")
    calculator = QgsRasterCalculator(
        '"l@3" + 2 * "l@4"',
        path,
        "GTiff",
        layer.extent(),
        layer.crs(),
        349,
        352,
        entries,
        QgsCoordinateTransformContext(),
    )
    assert calculator.processCalculation() == QgsRasterCalculator.Result.Success
    bands = mosaic(NORTH_WEST).astype(np.float32)
    np.testing.assert_array_equal(gdal.Open(path).ReadAsArray(), bands[2] + 2 * bands[3])


def test_it_is_saved_as_a_file_exactly(image_server: ImageServerProcess, tmp_path: Path) -> None:
    for service, kind, truth in (
        ("Olinda/Landsat", Kind.VALUES, mosaic(NORTH_WEST)),
        ("Olinda/Elevation", Kind.VALUES, elevation()),
    ):
        layer = layer_of(image_server, service, kind)
        path = str(tmp_path / "saved.tif")
        pipe = QgsRasterPipe()
        assert pipe.set(layer.dataProvider().clone())
        writer = QgsRasterFileWriter(path)
        writer.writeRaster(
            pipe, layer.width(), layer.height(), layer.extent(), layer.crs(), QgsCoordinateTransformContext()
        )
        saved = gdal.Open(path).ReadAsArray()
        np.testing.assert_array_equal(saved.reshape(truth.shape), truth)
        del pipe, writer


@pytest.mark.usefixtures("qgis_processing")
def test_processing_reads_it_in_the_background(image_server: ImageServerProcess) -> None:
    import processing

    layer = layer_of(image_server, "Olinda/Elevation")
    context = QgsProcessingContext()
    found = processing.run(
        "native:rasterlayerstatistics", {"INPUT": layer, "BAND": 1}, context=context, feedback=QgsProcessingFeedback()
    )
    truth = elevation()[0][elevation()[0] != -9999]
    assert found["MIN"] == truth.min()


@pytest.mark.usefixtures("qgis_processing")
def test_processing_tells_no_sum_that_nobody_has_counted(image_server: ImageServerProcess) -> None:
    import processing

    layer = layer_of(image_server, "Olinda/Landsat")
    facts = layer.dataProvider().source.bands[1]
    found = processing.run("native:rasterlayerstatistics", {"INPUT": layer, "BAND": 2})
    assert (found["MIN"], found["MAX"], found["MEAN"]) == (facts.minimum, facts.maximum, facts.mean)
    assert math.isnan(found["SUM"])
    assert math.isnan(found["SUM_OF_SQUARES"])
    assert image_server.requests() == []


@pytest.mark.parametrize("service", ["Test/SecuredLandsat", "Test/ClimateTiles"])
def test_what_gdal_cannot_draw_it_refuses(
    image_server: ImageServerProcess, stored: Store, project: QgsProject, tmp_path: Path, service: str
) -> None:
    """QGIS' terrain algorithms go past the provider: they made a hillshade of zeros and of memory, without a word."""
    authcfg = stored("EsriToken", {"token": TOKEN})
    layer = make_image_server_layer(image_server.service(service), authcfg=authcfg)
    path = tmp_path / "hillshade.tif"
    assert QgsHillshadeFilter(layer.source(), str(path), "GTiff", 315, 45).processRaster(None) != 0
    assert not path.exists()
    assert gdal.Open(layer.source()) is None
    # The layer itself is as it was, in QGIS and in a saved project.
    assert qgis_pixels(layer, size=(16, 16)).any()
    assert project.write(str(tmp_path / "map.qgs"))
    expected = qgis_pixels(layer)
    del layer
    assert project.read(str(tmp_path / "map.qgs"))
    (again,) = project.mapLayers().values()
    np.testing.assert_array_equal(qgis_pixels(again), expected)


def test_gdal_reads_the_source_of_a_live_layer(image_server: ImageServerProcess) -> None:
    layer = layer_of(image_server, "Olinda/Landsat")
    np.testing.assert_array_equal(gdal.Open(layer.source()).ReadAsArray(), mosaic(NORTH_WEST))
