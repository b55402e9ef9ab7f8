"""Services of ready-made tiles through the algorithms: exported as they are, refused with the reason."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import QgsFeature, QgsGeometry, QgsPointXY, QgsProcessingException, QgsProject, QgsVectorLayer

from image_server_layer import make_image_server_layer
from image_server_layer.tests.console.test_tiles import truth
from image_server_layer.tests.processing.running import EXPORT, MAKE, SAMPLE, Log, run

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess

pytestmark = pytest.mark.usefixtures("project")


def test_an_export_has_the_values_of_the_tiles(image_server: ImageServerProcess, tmp_path: Path) -> None:
    layer = make_image_server_layer(image_server.service("Test/LercTiles"))
    path = str(tmp_path / "tiles.tif")
    run(EXPORT, INPUT=layer.id(), OUTPUT=path)
    dataset = gdal.Open(path)
    expected, there = truth()
    band = dataset.GetRasterBand(1)
    mask = band.GetMaskBand().ReadAsArray() > 0
    assert np.array_equal(mask, there)
    assert np.array_equal(band.ReadAsArray()[there], expected[0][there])


def test_points_are_sampled_from_the_tiles(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service("Test/LercTilesBands"))
    points = QgsVectorLayer("Point?crs=EPSG:31985", "points", "memory")
    feature = QgsFeature()
    # The cell of column 20 and row 31.
    feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(300000.0 + 20.3 * 4, 9100000.0 - 31.7 * 4)))
    points.dataProvider().addFeature(feature)
    QgsProject.instance().addMapLayer(points)
    out = run(SAMPLE, POINTS=points, INPUT=layer, OUTPUT="memory:")["OUTPUT"]
    (sampled,) = out.getFeatures()
    assert [value for value in sampled.attributes() if isinstance(value, (int, float)) and value > 1000] == [
        1036,
        2036,
        3036,
    ]


def test_the_algorithm_refuses_what_tiles_cannot_have(image_server: ImageServerProcess) -> None:
    log = Log()
    with pytest.raises(QgsProcessingException, match="offers only ready-made tiles"):
        run(MAKE, log, IN_IMAGE_SERVICE=image_server.service("Test/LercTiles"), WHERE_CLAUSE="OBJECTID = 1")
