"""Services of ready-made tiles through the algorithms: exported as they are, refused with the reason."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import QgsProcessingException

from image_server_layer import make_image_server_layer
from image_server_layer.tests.console.test_tiles import truth
from image_server_layer.tests.processing.running import EXPORT, MAKE, Log, run

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


def test_the_algorithm_refuses_what_tiles_cannot_have(image_server: ImageServerProcess) -> None:
    log = Log()
    with pytest.raises(QgsProcessingException, match="offers only ready-made tiles"):
        run(MAKE, log, IN_IMAGE_SERVICE=image_server.service("Test/LercTiles"), WHERE_CLAUSE="OBJECTID = 1")
